//! The outcome of adding a file: a transcript, or the reason why it was not added.

use std::sync::Arc;

use super::listing::Listing;
use super::withdrawals::Withdrawals;
use crate::error::Error;
use crate::retrieval::WithdrawnLookup;
use crate::text::sanitize;

/// Stands for the name of a file that tells of somebody who withdrew.
const HIDDEN: &str = "…";

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
    /// The outcome as it may be shown now: under the present name of the transcript, and without a file that was withdrawn.
    pub(super) fn as_listed(
        &self,
        listing: &Listing,
        withdrawn: &dyn WithdrawnLookup,
        withdrawals: &Withdrawals,
    ) -> Option<Self> {
        let mut seen = self.clone();
        let unnamed = |name: &mut String| {
            if withdrawals.tells_of(name) {
                HIDDEN.clone_into(name);
            }
        };
        match &mut seen.added {
            Ok(added) if withdrawn.has(&added.sha256) => return None,
            Ok(added) => {
                let listed = listing.items.iter().find(|item| item.sha256 == added.sha256);
                match listed {
                    Some(item) => {
                        if item.name != added.name {
                            seen.file.clone_from(&item.name);
                        }
                        added.name.clone_from(&item.name);
                        (added.questions, added.answers) = (item.questions, item.answers);
                        added.alike = item.alike.first().cloned();
                    }
                    None => added.alike = added.alike.take().filter(|(title, _)| !withdrawals.tells_of(title)),
                }
                unnamed(&mut added.name);
            }
            Err(error) if withdrawals.tells_of(&error.to_string()) => {
                let file = HIDDEN.to_owned();
                seen.added = Err(Arc::new(match &**error {
                    Error::HeldBack { on, .. } => Error::HeldBack { file, on: on.clone() },
                    Error::Withdrawn { on, .. } => Error::Withdrawn { file, on: on.clone() },
                    _ => return None,
                }));
            }
            Err(_) => {}
        }
        unnamed(&mut seen.file);
        Some(seen)
    }

    pub(super) fn new(file: &str, added: Result<Added, Error>) -> Self {
        Self { file: shown(file), added: added.map_err(Arc::new) }
    }
}
