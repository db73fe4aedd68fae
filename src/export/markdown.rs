//! Quotes as Markdown. Words are escaped: an asterisk does not become emphasis, and a number does not
//! become a list.

use std::fmt::Write as _;

use super::contents::{Export, ExportedQuote, lines};
use crate::i18n::ExportWords;

pub(super) fn entry(entry: &ExportedQuote, words: &ExportWords) -> String {
    let quoted: Vec<String> = lines(&entry.text).map(|line| format!("> {}\n", escape(line))).collect();
    let mut text = quoted.join(">\n");
    // Writing to a String cannot fail.
    let _ = write!(text, "\n— [{}](<{}>)\n", escape(&entry.source(words)), entry.citation.permalink);
    for note in std::iter::once(format!("{}{}", words.asked, entry.asked)).chain(entry.notes(words)) {
        // Two spaces break the line.
        text = text.trim_end().to_owned() + "  \n" + &lines(&note).map(escape).collect::<Vec<_>>().join(" ") + "\n";
    }
    text
}

pub(super) fn all(export: &Export, words: &ExportWords) -> String {
    let mut text = format!("# {}\n", escape(&one(&export.title)));
    for part in &export.parts {
        if let Some(query) = &part.query {
            let _ = write!(text, "\n## {}\n", escape(&one(query)));
        }
        if let Some(verdict) = &part.verdict {
            let _ = write!(text, "\n{}\n", escape(&one(verdict)));
        }
        for quote in &part.quotes {
            let _ = write!(text, "\n{}", entry(quote, words));
        }
    }
    if !export.left_out.is_empty() {
        let _ = write!(text, "\n## {}\n\n", words.left_out);
        for one in &export.left_out {
            let _ = writeln!(text, "- <{}>: {}", one.permalink, escape(&one.why));
        }
    }
    if let Some(method) = &export.method {
        let _ = writeln!(text, "\n## {}", escape(&method.title));
        for paragraph in &method.paragraphs {
            let _ = writeln!(text, "\n{}", escape(&one(paragraph)));
        }
    }
    text
}

fn one(text: &str) -> String {
    lines(text).collect::<Vec<_>>().join(" ")
}

/// Escapes a line, so that no character of it is markup.
fn escape(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    for (at, character) in line.char_indices() {
        let active = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '|' | '&' => true,
            '#' | '+' | '-' | '=' | ':' => at == 0,
            '.' | ')' => at == digits && digits > 0,
            _ => false,
        };
        if active {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use crate::export::markdown::escape;

    #[test]
    fn words_are_never_read_as_markup() {
        assert_eq!(escape("*No* <b>_never_</b> [a](b) & `c`"), r"\*No\* \<b\>\_never\_\</b\> \[a\](b) \& \`c\`");
        assert_eq!(escape("# 1. - a"), r"\# 1. - a");
        assert_eq!(escape("12. first 3.5"), r"12\. first 3.5");
        assert_eq!(escape("- well"), r"\- well");
        assert_eq!(escape("我觉得可以。"), "我觉得可以。");
    }
}
