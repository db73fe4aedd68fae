//! The outcome of adding a file: a transcript, or the reason why it was not added.

use std::sync::Arc;

use crate::error::Error;
use crate::text::sanitize;

/// The outcome of adding one file.
#[derive(Debug, Clone)]
pub struct AddOutcome {
    /// The file's original name, made safe to show.
    pub file: String,
    /// The added transcript, or the reason why it was not added.
    pub added: Result<Added, Arc<Error>>,
}

/// A transcript that was added.
#[derive(Debug, Clone, Default)]
pub struct Added {
    /// The name that citations use.
    pub name: String,
    /// SHA-256 of the source.
    pub sha256: String,
    /// How many questions.
    pub questions: usize,
    /// How many answers.
    pub answers: usize,
    /// How many answers and questions are held back because they contain withdrawn words.
    pub held: usize,
    /// How many problems the source has.
    pub problems: usize,
    /// The name of a transcript that is nearly the same, and the share they have in common, in
    /// percent.
    pub alike: Option<(String, u8)>,
}

pub(super) fn shown(file: &str) -> String {
    if file.is_empty() { "?".to_owned() } else { sanitize::short(file) }
}

impl AddOutcome {
    pub(super) fn new(file: &str, added: Result<Added, Error>) -> Self {
        Self { file: shown(file), added: added.map_err(Arc::new) }
    }
}
