//! Typed text → query: words, phrases, excluded words and filters, and their prepared form ([`PreparedQuery`]). This
//! module knows no transcripts and searches nothing.

mod comparison;
pub(crate) mod expansion;
pub(crate) mod follow_up;
pub(crate) mod parse;
mod people_asked;
mod prepared;
mod put_to_one;
mod subject;
mod wish;

use std::fmt;

use serde::Serialize;

pub use comparison::{Sides, compared};
pub use follow_up::{Carried, Chip, ChipKind, FollowUpRule, follow_up};
pub use parse::read;
pub use people_asked::{PeopleAsked, UnknownName};
pub use prepared::PreparedQuery;
pub use subject::Subject;
pub use wish::Wish;

/// A query as read from typed text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The words without operators, including the words of phrases.
    pub text: String,
    /// Phrases that an answer must hold word for word, in any script, width and case.
    pub phrases: Vec<String>,
    /// Words that no answer may hold.
    pub without: Vec<String>,
    /// The filters. Filters of one kind widen each other. Filters of different kinds narrow each other.
    pub filters: Vec<Filter>,
    /// Whether there are words to match besides those of phrases.
    pub open: bool,
}

/// A restriction to some answers (`q:1`), or to all others (`-q:1`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Filter {
    /// The kind of filter.
    pub by: FilterKind,
    /// The value as typed.
    pub value: String,
    /// Whether it excludes the value.
    pub not: bool,
}

/// The kinds of filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FilterKind {
    /// `q:`, the label or number of a question.
    Question,
    /// `who:`, the label of an answer or the name of its speaker.
    Who,
    /// `in:`, the name or title of a transcript.
    Transcript,
}

impl FilterKind {
    /// Returns its name in a query.
    pub fn name(self) -> &'static str {
        match self {
            Self::Question => "q",
            Self::Who => "who",
            Self::Transcript => "in",
        }
    }

    /// Returns it with values, as an example.
    fn example(self) -> &'static str {
        match self {
            Self::Question => "q:1",
            Self::Who => "who:A3 or who:\"Full Name\"",
            Self::Transcript => "in:interview",
        }
    }
}

impl Query {
    /// Returns whether it has only phrases and filters. Then nothing is ranked by meaning.
    pub fn only_lists(&self) -> bool {
        let narrows = !self.phrases.is_empty() || !self.without.is_empty() || !self.filters.is_empty();
        narrows && !self.open
    }
}

/// Writes the query as one would type it. Reading it again gives the same query, except for spaces.
impl fmt::Display for Query {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if self.open {
            parts.push(self.text.trim().to_owned());
        }
        // Words of a phrase that are also in the text are not repeated.
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
