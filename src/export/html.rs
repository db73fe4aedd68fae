//! Quotes as HTML to paste into a word processor or a mail: plain elements, no style.

use std::fmt::Write as _;

use super::contents::{Export, ExportedQuote, lines};
use crate::i18n::ExportWords;

pub(super) fn entry(entry: &ExportedQuote, words: &ExportWords) -> String {
    let lang = if entry.lang.is_empty() { String::new() } else { format!(" lang=\"{}\"", entry.lang) };
    let link = escape(&entry.citation.permalink);
    let mut html = format!("<blockquote{lang} cite=\"{link}\">");
    for line in lines(&entry.text) {
        // Writing to a String cannot fail.
        let _ = write!(html, "<p>{}</p>", escape(line));
    }
    let _ = write!(
        html,
        "</blockquote>\n<p lang=\"{}\">— <a href=\"{link}\">{}</a><br>\n{}<span{lang}>{}</span>",
        words.lang,
        escape(&entry.source(words)),
        escape(words.asked),
        escape(&entry.asked),
    );
    for note in entry.notes(words) {
        let _ = write!(html, "<br>\n{}", escape(&note));
    }
    html + "</p>\n"
}

pub(super) fn all(export: &Export, words: &ExportWords) -> String {
    let title = escape(&export.title);
    let mut html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<h1>{title}</h1>\n",
        words.lang
    );
    for part in &export.parts {
        for (line, tag) in part.query.iter().map(|query| (query, "h2")).chain(part.verdict.iter().map(|v| (v, "p"))) {
            let _ = writeln!(html, "<{tag}>{}</{tag}>", escape(line));
        }
        for quote in &part.quotes {
            html.push_str(&entry(quote, words));
        }
    }
    if !export.left_out.is_empty() {
        let _ = write!(html, "<h2>{}</h2>\n<ul>\n", escape(words.left_out));
        for one in &export.left_out {
            let (link, why) = (escape(&one.permalink), escape(&one.why));
            let _ = writeln!(html, "<li><a href=\"{link}\">{link}</a>: {why}</li>");
        }
        html.push_str("</ul>\n");
    }
    if let Some(method) = &export.method {
        let _ = writeln!(html, "<h2>{}</h2>", escape(&method.title));
        for paragraph in &method.paragraphs {
            let _ = writeln!(html, "<p>{}</p>", escape(paragraph));
        }
    }
    html + "</html>\n"
}

fn escape(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}
