//! The words for interviews that are not ready, and for an empty library. In these cases, the page cannot claim
//! that nobody said it.

use crate::i18n::Notice;

/// The words for interviews that are not ready, and for an empty library. In these cases, the page cannot claim
/// that nobody said it.
#[derive(Debug)]
pub(crate) struct PendingWords {
    /// The number of interviews that are not ready.
    pub(crate) note: fn(usize) -> String,
    /// The verdicts that replace those about all interviews.
    pub(crate) not_said: &'static str,
    pub(crate) related: &'static str,
    /// For an empty library.
    pub(crate) nothing: &'static str,
    pub(crate) ask_again: &'static str,
    /// For a source or a quote that may be in such an interview.
    pub(crate) source: Notice,
    pub(crate) quote: &'static str,
}
