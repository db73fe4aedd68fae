//! Why a program gets no answer. Knows no HTTP.

use std::fmt;

use crate::error::Error;

/// Why a call gets no answer, in a sentence that names the remedy.
#[derive(Debug)]
pub enum Refusal {
    /// What was sent cannot be used.
    Input(String),
    /// More is asked at once than can be answered in time.
    Busy {
        /// When to come again, in seconds.
        seconds: u64,
    },
    /// The library failed, or the query cannot be read.
    Library(Error),
    /// We failed.
    Broken,
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Input(sentence) => f.write_str(sentence),
            Self::Busy { seconds } => {
                write!(f, "so many are asking that this could not be done in time; try again in {seconds} seconds")
            }
            Self::Library(error) => error.fmt(f),
            Self::Broken => f.write_str("this failed, which is a bug in yuanhua; please report it"),
        }
    }
}
