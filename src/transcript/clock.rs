//! Times in transcripts, as whole seconds from the start of the recording.

use std::sync::LazyLock;

use regex::Regex;

/// `12:03`, `00:12:03`, `00:12:03.450`, with either colon.
pub(super) const TIME: &str = r"(?:\d{1,2}[:：])?\d{1,3}[:：]\d{2}(?:[.,]\d{1,3})?";

static FIRST: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(TIME).ok());

/// The seconds of the first time in `text`.
pub(super) fn seconds(text: &str) -> Option<u32> {
    let found = FIRST.as_ref()?.find(text)?.as_str();
    let whole = found.split(['.', ',']).next().unwrap_or(found);
    whole.split([':', '：']).try_fold(0u32, |sum, part| sum.checked_mul(60)?.checked_add(part.parse().ok()?))
}

/// As citations show it: `00:12:03`.
pub(super) fn show(seconds: u32) -> String {
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}
