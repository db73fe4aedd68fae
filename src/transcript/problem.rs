//! What in a source could not be read as it stands: a sentence for a person, and, of
//! what is usual, what it says, so that a page can tell it in its own language.

use std::fmt;

use serde::Serialize;

/// Something in a source that could not be read as it stands, and what was
/// done about it. Never fatal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// 1-based line of the received text.
    pub line: usize,
    /// A sentence for a person.
    pub problem: String,
    /// What it says, where it is one of the usual.
    #[serde(skip)]
    pub usual: Option<Usual>,
}

/// The problems that most sources have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Usual {
    /// A damaged place that could not be restored for certain.
    Doubt {
        /// As it came.
        received: String,
        /// As it is shown.
        restored: String,
    },
    /// A question, by its label, that nobody answers.
    Unanswered(String),
    /// A number that is not the next one.
    OutOfOrder {
        /// As the source has it, `Q5`.
        found: String,
        /// What would have followed, `Q3`.
        expected: String,
    },
}

impl Problem {
    /// One that is told in a sentence of its own.
    pub(super) fn new(line: usize, problem: String) -> Self {
        Self { line, problem, usual: None }
    }

    /// One of the usual.
    pub(super) fn usual(line: usize, usual: Usual) -> Self {
        Self { line, problem: usual.to_string(), usual: Some(usual) }
    }
}

impl fmt::Display for Usual {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Doubt { received, restored } if received == restored => {
                write!(f, "“{received}” looks damaged but could not be restored with proof; it is shown as received.")
            }
            Self::Doubt { received, restored } => {
                write!(f, "“{received}” is damaged; “{restored}” is its likeliest wording, but not certain.")
            }
            Self::Unanswered(label) => write!(f, "{label} has no answer."),
            Self::OutOfOrder { found, expected } => write!(f, "{found} stands where {expected} was expected."),
        }
    }
}
