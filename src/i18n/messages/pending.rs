//! The words for interviews that are not ready or not read closely, and for an empty library. In these cases, the page
//! cannot claim that nobody said it.

use crate::i18n::Notice;
use crate::retrieval::ReadSoFar;

/// The words for interviews that are not ready or not read closely, and for an empty library. In these cases, the page
/// cannot claim that nobody said it.
#[derive(Debug)]
pub(crate) struct PendingWords {
    /// The number of interviews that are not ready.
    pub(crate) note: fn(usize) -> String,
    /// The verdicts that replace those about all interviews.
    pub(crate) not_said: &'static str,
    pub(crate) related: &'static str,
    /// How many passages are read closely, until all are.
    pub(crate) closely: fn(ReadSoFar) -> String,
    /// The verdicts until then, and the word when all are.
    pub(crate) not_found: &'static str,
    pub(crate) only_related: &'static str,
    pub(crate) all_closely: &'static str,
    /// For an empty library.
    pub(crate) nothing: &'static str,
    pub(crate) ask_again: &'static str,
    /// For a source or a quote that may be in such an interview.
    pub(crate) source: Notice,
    pub(crate) quote: &'static str,
}
