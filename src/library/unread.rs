//! A file that is not read as a transcript, and the reason.

use std::fmt;
use std::sync::Arc;

use crate::error::Error;

/// A file that is not read as a transcript.
#[derive(Debug, Clone)]
pub struct Unread {
    /// Its name.
    pub file: String,
    /// Why it is not read.
    pub reason: Reason,
    /// Its SHA-256, if it is held back until somebody decides.
    pub held: Option<String>,
    /// The day on which its content was withdrawn, if that is the reason.
    pub held_on: Option<String>,
}

/// Why a file is not read. Each page says it in its own language.
#[derive(Debug, Clone)]
pub enum Reason {
    /// It was withdrawn, on this day.
    Withdrawn(String),
    /// It equals another transcript, which has this name.
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
