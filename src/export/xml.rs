//! Text inside XML.

/// Text on one line. XML cannot hold control characters. They become U+FFFD.
pub(super) fn escape(text: &str) -> String {
    let held = |c: char| if (c < ' ' && c != '\t') || c == '\u{fffe}' || c == '\u{ffff}' { '\u{fffd}' } else { c };
    quick_xml::escape::escape(text.chars().map(held).collect::<String>()).into_owned()
}

/// Text of several lines.
pub(super) fn escape_lines(text: &str) -> String {
    text.lines().map(escape).collect::<Vec<_>>().join("\n")
}
