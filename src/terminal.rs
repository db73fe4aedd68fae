//! The only way to write to a terminal. File names, titles, pseudonyms and transcripts come from other people. A
//! control character or bidirectional character in them could move the cursor, change colours or reorder text. This
//! module shows such a character as an escape, such as `\u{1b}`, so it has no effect.

use std::fmt::{self, Write as _};
use std::io::{self, Write};

/// Returns standard output, for text.
pub fn out() -> Inert<io::StdoutLock<'static>> {
    Inert::new(io::stdout().lock(), Escape::Text)
}

/// Returns standard output, for JSON. Active characters become JSON escapes, so nothing is lost.
pub fn json() -> Inert<io::StdoutLock<'static>> {
    Inert::new(io::stdout().lock(), Escape::Json)
}

/// Returns standard error.
pub fn err() -> Inert<io::StderrLock<'static>> {
    Inert::new(io::stderr().lock(), Escape::Text)
}

/// Returns standard error, for JSON.
pub fn json_err() -> Inert<io::StderrLock<'static>> {
    Inert::new(io::stderr().lock(), Escape::Json)
}

/// Writes a failure or a note to standard error as one line.
pub fn message(sentence: impl fmt::Display) {
    // The program goes on even if standard error is closed.
    let _ = writeln!(err(), "yuanhua: {sentence}");
}

/// The form of the escape for an active character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escape {
    /// `\u{202e}`, for text.
    Text,
    /// `\u202e`. A JSON reader turns it back into the character.
    Json,
}

/// A writer that escapes every character that acts on a terminal.
pub struct Inert<W: Write> {
    to: W,
    escape: Escape,
    /// The first bytes of a character whose rest has not been written yet.
    begun: Vec<u8>,
}

impl<W: Write> Inert<W> {
    /// Creates a writer to `to`.
    pub fn new(to: W, escape: Escape) -> Self {
        Self { to, escape, begun: Vec::new() }
    }

    /// Returns the inner writer, for bytes that are not text.
    pub fn into_inner(self) -> W {
        self.to
    }
}

impl<W: Write> Write for Inert<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut all = std::mem::take(&mut self.begun);
        all.extend_from_slice(bytes);
        let mut shown = String::with_capacity(all.len());
        let mut chunks = all.utf8_chunks().peekable();
        while let Some(chunk) = chunks.next() {
            for c in chunk.valid().chars() {
                if c == '\n' || c == '\t' || !acts(c) { shown.push(c) } else { self.escape.push(c, &mut shown) }
            }
            match chunk.invalid() {
                [] => {}
                rest if chunks.peek().is_none() && may_go_on(rest) => self.begun = rest.to_vec(),
                _ => shown.push(char::REPLACEMENT_CHARACTER),
            }
        }
        self.to.write_all(shown.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

impl Escape {
    fn push(self, c: char, shown: &mut String) {
        let code = u32::from(c);
        // Writing to a String cannot fail. Four digits are enough, because all these characters are below U+10000.
        let _ = match self {
            Self::Text => write!(shown, "\\u{{{code:x}}}"),
            Self::Json => write!(shown, "\\u{code:04x}"),
        };
    }
}

/// A name to be shown within a line. Line breaks and tabs are escaped too.
pub struct Name<'a>(pub &'a str);

impl fmt::Display for Name<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = String::with_capacity(self.0.len());
        for c in self.0.chars() {
            if acts(c) { Escape::Text.push(c, &mut shown) } else { shown.push(c) }
        }
        f.write_str(&shown)
    }
}

/// Returns whether a text has no active characters except line breaks and tabs.
pub fn is_inert(text: &str) -> bool {
    text.chars().all(|c| c == '\n' || c == '\t' || !acts(c))
}

/// Returns whether a character acts on a terminal: control characters, line and paragraph separators, and characters
/// that reorder text.
fn acts(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Returns whether the bytes are the beginning of a character.
fn may_go_on(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_err_and(|error| error.error_len().is_none())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(escape: Escape, pieces: &[&[u8]]) -> String {
        let mut inert = Inert::new(Vec::new(), escape);
        for piece in pieces {
            inert.write_all(piece).expect("memory takes it");
        }
        String::from_utf8(inert.into_inner()).expect("it is UTF-8")
    }

    #[test]
    fn control_characters_become_visible() {
        let hostile = "a\u{1b}[31mred\u{7}\r\n\tb\u{9b}2J\u{202e}txt.exe\u{7f}";
        assert_eq!(
            shown(Escape::Text, &[hostile.as_bytes()]),
            "a\\u{1b}[31mred\\u{7}\\u{d}\n\tb\\u{9b}2J\\u{202e}txt.exe\\u{7f}"
        );
        assert_eq!(Name("two\nlines\u{1b}c").to_string(), "two\\u{a}lines\\u{1b}c");
    }

    #[test]
    fn words_in_any_script_stay() {
        let words = "原话 “their very words” — עברית 👩‍👩‍👧 é\n";
        assert_eq!(shown(Escape::Text, &[words.as_bytes()]), words);
        assert_eq!(Name("原话").to_string(), "原话");
    }

    #[test]
    fn json_can_be_read_back() {
        let hostile = "a\u{1b}[31m\u{9b}\u{202e}\u{7f}\u{2028}";
        let json = serde_json::to_string(hostile).expect("JSON");
        let inert = shown(Escape::Json, &[json.as_bytes()]);
        assert!(!inert.chars().any(acts), "{inert}");
        assert_eq!(serde_json::from_str::<String>(&inert).expect("JSON"), hostile);
    }

    proptest! {
        #[test]
        fn nothing_that_acts_gets_through(bytes: Vec<u8>, cut: prop::sample::Index) {
            let cut = cut.index(bytes.len() + 1);
            let text = shown(Escape::Text, &[&bytes[..cut], &bytes[cut..]]);
            prop_assert!(text.chars().all(|c| c == '\n' || c == '\t' || !acts(c)));
            prop_assert_eq!(text, shown(Escape::Text, &[&bytes]));
        }
    }
}
