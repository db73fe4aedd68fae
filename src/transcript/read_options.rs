//! How to read a source, where its owner knows better than the program.

use super::limits::ReadLimits;

/// How to read a source that does not say so itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The interviewers; the others answer. An empty list means that they are inferred.
    pub interviewers: Vec<String>,
    /// Nobody asks: every turn is an answer.
    pub nobody_asks: bool,
    /// The columns of a table or fields of JSON, for a source whose names do not tell them.
    pub columns: Columns,
    /// `interviewers` holds for several transcripts, so it may name people who are absent here.
    pub for_all: bool,
    /// The limits of the source.
    pub limits: ReadLimits,
}

/// The columns of a table or fields of JSON. `None` means guessed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The column of the speaker.
    pub speaker: Option<String>,
    /// The column of the words.
    pub text: Option<String>,
    /// The column of the time.
    pub time: Option<String>,
}
