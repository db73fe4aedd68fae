//! The verdict on a query, in a terminal and in exported files.

/// The verdict on a query, in a terminal and in exported files.
#[derive(Debug)]
pub(crate) struct VerdictWords {
    /// The heading of a file of quotes.
    pub(crate) title: &'static str,
    /// The verdict on a query that only lists the answers with its phrases and filters.
    pub(crate) listed: fn(speaking: usize, answers: usize) -> String,
    pub(crate) said: fn(speaking: usize, answers: usize) -> String,
    pub(crate) nothing_listed: &'static str,
    pub(crate) related: &'static str,
    pub(crate) not_said: &'static str,
    /// The verdicts if the query may hold a slip.
    pub(crate) related_as_typed: &'static str,
    pub(crate) not_said_as_typed: &'static str,
    /// The verdict if no question was near the query either.
    pub(crate) never_asked: &'static str,
}
