//! Quotation marks around a whole line: `“为什么做这个产品？”`. It knows no other line.

use super::labelled_line::unnumbered;

/// Marks that open a quotation, with those that close it. People mix the two sides.
const MARKS: [(&str, &str); 5] =
    [("“”„‟\"＂〝〞", "“”„‟\"＂〝〞"), ("‘’‚‛'＇", "‘’‚‛'＇"), ("「", "」"), ("『", "』"), ("«»", "«»")];

/// The words inside quotation marks, if one pair of them encloses the line.
pub(super) fn inside(line: &str) -> Option<&str> {
    MARKS.iter().find_map(|(open, close)| {
        let words = line.strip_prefix(|c| open.contains(c))?.strip_suffix(|c| close.contains(c))?;
        // An apostrophe is inside words. `“是吗？”他说，“好。”` is two quotations.
        let one = open.starts_with('‘') || !words.contains(|c| open.contains(c) || close.contains(c));
        (one && !words.trim().is_empty()).then(|| words.trim())
    })
}

/// A line without quotation marks around it.
pub(super) fn bare(line: &str) -> &str {
    inside(line).unwrap_or(line)
}

/// Whether a line ends with a question mark, in quotation marks around all of it or without them.
pub(super) fn asks(line: &str) -> bool {
    let ends = |words: &str| words.ends_with(['?', '？']);
    ends(line) || inside(unnumbered(line)).is_some_and(ends)
}

/// Whether a line begins with a quotation.
pub(super) fn opens(line: &str) -> bool {
    line.starts_with(|c| MARKS.iter().any(|(open, _)| open.contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_in_quotation_marks_asks_if_they_enclose_all_of_it() {
        for line in [
            "“为什么？”",
            "「为什么？」",
            "『为什么？』",
            "\"Why?\"",
            "‘What's hard?’",
            "«Pourquoi ?»",
            "”为什么？”",
            "1. “为什么？”",
            "为什么？",
        ] {
            assert!(asks(line), "{line}");
        }
        for line in ["“为什么？”他问。", "“是吗？”他说，“真的？”", "“因为。”", "“”", "从“为什么？”到“怎么办？”"]
        {
            assert!(!asks(line), "{line}");
        }
    }
}
