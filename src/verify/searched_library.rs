//! The library that quotations are searched in.

use std::sync::Arc;

use crate::library::Withdrawals;
use crate::retrieval::WithdrawnLookup;
use crate::retrieval::corpus::{Corpus, Gone};
use crate::transcript::Transcript;

/// The library that quotations are searched in.
#[derive(Clone, Copy)]
pub struct SearchedLibrary<'a> {
    /// The interviews, without what was withdrawn.
    pub transcripts: &'a [Arc<Transcript>],
    /// The withdrawn parts of each interview.
    pub gone: &'a [Gone],
    /// What was withdrawn: sources as a whole, and quotes.
    pub withdrawn: &'a dyn WithdrawnLookup,
    /// The fingerprints of withdrawn words.
    pub withdrawals: &'a Withdrawals,
    /// The number of transcripts that cannot be searched yet.
    pub coming: usize,
}

impl<'a> SearchedLibrary<'a> {
    /// Returns the library of a snapshot.
    pub fn of(corpus: &'a Corpus, withdrawals: &'a Withdrawals) -> Self {
        Self {
            transcripts: &corpus.transcripts,
            gone: &corpus.gone,
            withdrawn: &*corpus.withdrawn,
            withdrawals,
            coming: corpus.coming(),
        }
    }
}
