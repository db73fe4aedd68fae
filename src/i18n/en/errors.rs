//! The sentences of errors. In English, an error's own sentence is used.

use crate::error::Error;
use crate::i18n::messages::ErrorWords;
use crate::i18n::sentences::sentence;
use crate::library::Reason;

pub(super) static WORDS: ErrorWords = ErrorWords {
    error: |error| sentence(&error.to_string()),
    query: |error| sentence(&error.to_string()),
    unread,
    source_problem: |problem| problem.problem.clone(),
};

fn unread(reason: &Reason) -> String {
    match reason {
        // The page names the file beside it.
        Reason::Failed(error) => match &**error {
            Error::Read { source, .. } => sentence(&source.to_string()),
            other => other.to_string(),
        },
        other => other.to_string(),
    }
}
