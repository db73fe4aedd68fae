//! One line of a text, with a possible mark in it.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::speaker_labels::SpeakerLabel;
use crate::transcript::extract::LineHint;

/// One line, and a possible mark in it.
pub(crate) struct LabelledLine<'a> {
    pub(crate) number: usize,
    pub(crate) words: &'a str,
    pub(crate) hint: LineHint,
    pub(crate) mark: Option<SpeakerLabel<'a>>,
    /// Whether an empty line comes before it.
    pub(crate) apart: bool,
    /// White space before it, in characters.
    pub(crate) indent: usize,
    /// Whether `>>` says that somebody else speaks.
    pub(crate) change: bool,
}

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\d{1,2}(?:\.\d{1,2}){1,3}[.．、)）:：]?(?:\s+|$)|\d{1,3}\s*[.．、)）:：]|[（(](?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]|[一二三四五六七八九十]{1,3}、)\s*").ok()
});

/// A line without the number before it.
pub(crate) fn unnumbered(line: &str) -> &str {
    let found = NUMBER.as_ref().and_then(|number| number.find(line));
    found.map_or(line, |found| &line[found.end()..])
}

/// Takes lines out by their indexes, and returns their words.
pub(crate) fn take_out<'a>(lines: &mut Vec<LabelledLine<'a>>, taken: &HashSet<usize>) -> Vec<&'a str> {
    let mut indexes = 0..;
    let is_taken = |_: &mut LabelledLine<'a>| indexes.next().is_some_and(|at| taken.contains(&at));
    lines.extract_if(.., is_taken).map(|line| line.words).collect()
}
