//! The sentences of errors.

use crate::error::{Error, QueryError};
use crate::library::Reason;
use crate::transcript::Problem;

/// The sentences of errors.
#[derive(Debug)]
pub(crate) struct ErrorWords {
    pub(crate) error: fn(&Error) -> String,
    /// The reason why a query could not be asked.
    pub(crate) query: fn(&QueryError) -> String,
    /// The reason why a file is not read, or was not added.
    pub(crate) unread: fn(&Reason) -> String,
    /// A problem of a transcript.
    pub(crate) source_problem: fn(&Problem) -> String,
}
