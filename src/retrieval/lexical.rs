//! Finds the best texts for terms. Only this module names the text-search library. The index is in
//! memory and knows no vectors. A score depends only on texts of the same transcript, so that no file
//! moves the scores of another.

mod index;
mod scores;
mod terms;
mod word_frequency;
mod word_index;

use std::collections::HashSet;

use crate::error::Error;
pub use index::LexicalIndex;
pub use scores::{LexicalHit, Scores};
pub use terms::{TermKind, Wanted, content_terms, plain, terms, wanted};
pub use word_frequency::{MIN_TELLING_RARITY, MIN_UNLISTED_RARITY, is_unlisted, rarity};
pub use word_index::{IndexFile, Snapshot, TranscriptTexts, WordIndex};

impl LexicalIndex {
    /// Indexes texts of one transcript, in any script, width and case. Each text is known by its
    /// position.
    ///
    /// # Errors
    /// If the library refuses, which is a bug.
    pub fn new<T: AsRef<str>>(texts: &[T]) -> Result<Self, Error> {
        Self::of_transcripts(texts, &vec![0; texts.len()])
    }

    /// Indexes texts of several transcripts. `transcript_of` has the transcript of each text.
    ///
    /// # Errors
    /// If the library refuses, which is a bug.
    pub fn of_transcripts<T: AsRef<str>>(texts: &[T], transcript_of: &[usize]) -> Result<Self, Error> {
        let passages = texts.iter().map(|text| text.as_ref().to_owned()).collect();
        let mut index = WordIndex::new()?;
        index.update(&HashSet::from([0]), &[TranscriptTexts { id: 0, passages, answers: Vec::new() }])?;
        let mut one = index.snapshot(&[(0, texts.len(), 0)])?.passages;
        one.transcript_of = transcript_of.iter().copied().map(Some).collect();
        one.transcripts = scores::statistics(&one.lengths, &one.transcript_of);
        Ok(one)
    }
}

#[cfg(test)]
mod tests;
