//! Quotes as plain text.

use std::fmt::Write as _;

use super::contents::{Export, ExportedQuote};
use crate::i18n::ExportWords;

pub(super) fn entry(entry: &ExportedQuote, words: &ExportWords) -> String {
    let [open, close] = words.marks;
    let mut lines = vec![
        format!("{open}{}{close}", entry.text.trim()),
        format!("— {}", entry.source(words)),
        format!("{}{}", words.asked, entry.asked),
    ];
    lines.extend(entry.notes(words));
    lines.push(entry.citation.permalink.clone());
    lines.join("\n") + "\n"
}

pub(super) fn all(export: &Export, words: &ExportWords) -> String {
    let mut text = format!("{}\n", export.title);
    for part in &export.parts {
        for line in part.query.iter().chain(&part.verdict) {
            // Writing to a String cannot fail.
            let _ = write!(text, "\n{line}\n");
        }
        for quote in &part.quotes {
            let _ = write!(text, "\n{}", entry(quote, words));
        }
    }
    if !export.left_out.is_empty() {
        let _ = write!(text, "\n{}\n", words.left_out);
        for one in &export.left_out {
            let _ = write!(text, "{}\n{}\n", one.why, one.permalink);
        }
    }
    if let Some(method) = &export.method {
        let _ = write!(text, "\n{}\n\n{}\n", method.title, method.paragraphs.join("\n"));
    }
    text
}
