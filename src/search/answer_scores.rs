//! The score of every answer, shown or not, for the map of the answers.

use std::collections::HashMap;

use super::duplicates::Duplicates;
use super::ranking::Ranked;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::transcript::Span;

/// The score of one answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// The answer.
    pub place: AnswerPlace,
    /// The probability, 0 to 1, that it speaks to the query. It is 0 if the answer shares neither a meaning nor a word
    /// with it.
    pub score: f32,
    /// Its best passage, if any.
    pub passage: Option<Span>,
}

/// Returns the scores of all answers within reach, in the order of the sources. An answer in several transcripts has
/// the same score in each.
pub(super) fn strengths(
    corpus: &Corpus,
    within: &[usize],
    ranked: &[Ranked],
    duplicates: &Duplicates,
) -> Vec<Strength> {
    let mut known: HashMap<usize, (f32, Option<usize>)> = HashMap::new();
    for one in ranked {
        let hit = one.hit;
        known.insert(hit.answer, (hit.score, Some(hit.passage)));
        known.extend(duplicates.of(hit.answer).iter().map(|copy| (*copy, (hit.score, None))));
    }
    let strength = |answer: &usize| {
        let (score, passage) = known.get(answer).copied().unwrap_or_default();
        let passage = passage.and_then(|passage| corpus.passages.get(passage).copied());
        Some(Strength { place: *corpus.answers.get(*answer)?, score, passage })
    };
    within.iter().filter_map(strength).collect()
}
