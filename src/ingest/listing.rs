//! What there is in a library, for whoever looks after it.

use std::fmt;
use std::sync::Arc;

use crate::error::Error;
use crate::transcript::{Layout, Problem};

/// All transcripts, and all files that are none.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// In the order of their names.
    pub items: Vec<Item>,
    /// Files that are not read.
    pub unread: Vec<Unread>,
    /// Why nothing can be changed; `None` where it can.
    pub closed: Option<String>,
}

/// One transcript.
#[derive(Debug, Clone)]
pub struct Item {
    /// What citations call it.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// SHA-256 of the source.
    pub sha256: String,
    /// The day it was added, or its file last written: `2026-01-31`.
    pub date: Option<String>,
    /// BCP 47 of most of its answers.
    pub language: &'static str,
    /// How many questions.
    pub questions: usize,
    /// How many answers.
    pub answers: usize,
    /// How many passages are embedded.
    pub passages: usize,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// What could not be read as it stands.
    pub problems: Vec<Problem>,
    /// Titles of transcripts that are nearly the same, and how much, in percent.
    pub alike: Vec<(String, u8)>,
    /// Answers that were withdrawn.
    pub withdrawn: usize,
    /// Whether it can be searched already.
    pub ready: bool,
    /// The interviewers that were set.
    pub interviewers: Vec<String>,
    /// Who asks, set or found out.
    pub asking: Vec<String>,
    /// Who may ask or answer, and has not been told; as shown.
    pub undecided: Vec<String>,
    /// Of a table or JSON: its columns, and which are read.
    pub columns: Option<Layout>,
}

/// A file that is not read as a transcript.
#[derive(Debug, Clone)]
pub struct Unread {
    /// Its name.
    pub file: String,
    /// Why not.
    pub reason: Reason,
}

/// Why a file is not read; each page tells it in its own language.
#[derive(Debug, Clone)]
pub enum Reason {
    /// It was withdrawn, on this day.
    Withdrawn(String),
    /// It is the same as another, of this name.
    SameAs(String),
    /// It cannot be read.
    Failed(Arc<Error>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withdrawn(on) => write!(f, "withdrawn on {on}; it is not read"),
            Self::SameAs(name) => write!(f, "the same as {name}; it is counted once"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

/// An interviewee.
#[derive(Debug, Clone, Default)]
pub struct Speaker {
    /// The name that is shown.
    pub shown: String,
    /// Whether it is not their own.
    pub pseudonym: bool,
    /// How many answers they gave.
    pub answers: usize,
    /// As the source names them.
    pub spellings: Vec<String>,
    /// How often one of their names occurs in what is said, where a pseudonym
    /// does not reach.
    pub in_words: usize,
}
