//! Makes names and titles safe to show anywhere, including a terminal: no control characters, no
//! changes of direction, limited length. Pure.

/// The most characters of a title, a name or a pseudonym.
pub const LONGEST_NAME: usize = 200;

/// A text with `\u{fffd}` in place of every control character, and without invisible characters.
pub fn inert(text: &str) -> String {
    if !text.chars().any(|c| c.is_control() || is_hidden(c)) {
        return text.to_owned();
    }
    text.chars().filter(|c| !is_hidden(*c)).map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// A name or a title on one line, inert, and cut at [`LONGEST_NAME`].
pub fn short(text: &str) -> String {
    let one_line: String =
        text.split(['\n', '\r', '\t']).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
    let inert = inert(&one_line);
    match inert.char_indices().nth(LONGEST_NAME) {
        Some((at, _)) => format!("{}…", inert[..at].trim_end()),
        None => inert,
    }
}

/// Marks of direction, and zero-width characters that only hide something.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn displayed_text_controls_nothing() {
        assert_eq!(inert("a\u{1b}[31mb\u{9b}c\u{7}"), "a\u{fffd}[31mb\u{fffd}c\u{fffd}");
        assert_eq!(inert("txt\u{202e}fdp.exe\u{2066}"), "txtfdp.exe");
        assert_eq!(inert("老周（第二位）"), "老周（第二位）");
        // Of letters that join, and of drawings made of several, nothing is taken.
        assert_eq!(inert("👩\u{200d}🔬"), "👩\u{200d}🔬");
    }

    #[test]
    fn a_name_is_one_line_of_limited_length() {
        assert_eq!(short(" One\r\n\t two "), "One two");
        assert_eq!(short(&"长".repeat(1000)).chars().count(), LONGEST_NAME + 1);
    }
}
