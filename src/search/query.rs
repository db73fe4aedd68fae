//! What a person typed → what they ask: words to match, phrases to hold, words
//! to leave out, filters; and these made ready to be compared with answers
//! ([`PreparedQuery`]). Knows no transcript and finds nothing.

pub(crate) mod expansion;
pub(crate) mod follow_up;
pub(crate) mod parse;
mod prepared;

use std::fmt;

use serde::Serialize;

pub use follow_up::{Carried, Chip, Kind, Reading, follow_up};
pub use parse::read;
pub use prepared::PreparedQuery;

/// What a person asks, read from what they typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What is matched: the words without operators, those of phrases included.
    pub text: String,
    /// Each must stand in an answer word for word, whatever its script, width and case.
    pub phrases: Vec<String>,
    /// None may stand in an answer, likewise.
    pub without: Vec<String>,
    /// Where to look. Filters by the same thing widen each other, those by
    /// different things narrow each other.
    pub filters: Vec<Filter>,
    /// Whether there are words to match besides those of phrases.
    pub open: bool,
}

/// A restriction to some answers, `q:1` or, to all but those, `-q:1`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// What it looks at.
    pub by: By,
    /// What it wants there.
    pub value: String,
    /// Whether it leaves out what it names.
    pub not: bool,
}

/// What a filter looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum By {
    /// `q:`, the label or number of a question.
    Question,
    /// `who:`, the label of an answer or the name of its speaker.
    Who,
    /// `in:`, the name or title of a transcript.
    Transcript,
}

impl By {
    /// Its name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "q",
            Self::Who => "who",
            Self::Transcript => "in",
        }
    }
}

impl Query {
    /// Whether it asks for nothing but what holds its phrases and passes its
    /// filters, so that there is nothing to rank by meaning.
    pub fn only_lists(&self) -> bool {
        let narrows = !self.phrases.is_empty() || !self.without.is_empty() || !self.filters.is_empty();
        narrows && !self.open
    }
}

/// The query as one would type it: reading that gives the same query again,
/// but for spaces.
impl fmt::Display for Query {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.open {
            parts.push(self.text.trim().to_owned());
        }
        // Words of a phrase that stand in the text are not said twice.
        parts.extend(self.phrases.iter().map(|phrase| format!("\"{phrase}\"")));
        parts.extend(self.without.iter().map(|word| format!("-{}", quoted(word))));
        parts.extend(self.filters.iter().map(ToString::to_string));
        to.write_str(&parts.join(" "))
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}{}:{}", if self.not { "-" } else { "" }, self.by.name(), quoted(&self.value))
    }
}

fn quoted(value: &str) -> String {
    if value.contains(char::is_whitespace) { format!("\"{value}\"") } else { value.to_owned() }
}

#[cfg(test)]
mod tests;
