//! Ranges of bytes in a text.

use std::ops::Range;

/// Returns whether two ranges share a byte.
pub(crate) fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

/// Returns the place after the last character for which `ends` holds, or 0 if there is none.
pub(crate) fn after_last(text: &str, ends: impl Fn(char) -> bool) -> usize {
    text.char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(at, c)| at + c.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_that_only_touch_share_nothing() {
        assert!(overlap(&(0..3), &(2..5)) && overlap(&(2..5), &(0..3)));
        assert!(!overlap(&(0..3), &(3..5)) && !overlap(&(3..5), &(0..3)));
    }

    #[test]
    fn what_comes_after_the_last_mark_is_found_by_whole_characters() {
        let is_mark = |c: char| "，。".contains(c);
        for (text, rest) in [("好，走吧", "走吧"), ("走吧", "走吧"), ("走吧。", ""), ("", "")] {
            assert_eq!(&text[after_last(text, is_mark)..], rest, "{text}");
        }
    }
}
