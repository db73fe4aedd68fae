//! How strongly each answer speaks to a query, shown or not: what a map of the
//! answers is drawn from. Changes no score and no order.

use std::collections::HashMap;

use super::ranking::Ranked;
use crate::retrieval::corpus::{Corpus, Place};
use crate::transcript::Span;

/// How strongly one answer speaks to a query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Strength {
    /// The answer.
    pub place: Place,
    /// Probability, 0 to 1, that it speaks to the query; 0 where it shares neither
    /// a meaning nor a word with it.
    pub score: f32,
    /// Its passage that speaks to the query most, where one does.
    pub passage: Option<Span>,
}

/// Of every answer within reach, in the order of the sources. An answer that stands
/// in several transcripts is as strong in each.
pub(super) fn strengths(
    corpus: &Corpus,
    within: &[usize],
    ranked: &[Ranked],
    twins: &HashMap<usize, Vec<usize>>,
) -> Vec<Strength> {
    let mut known: HashMap<usize, (f32, Option<usize>)> = HashMap::new();
    for one in ranked {
        let hit = one.hit;
        known.insert(hit.answer, (hit.score, Some(hit.passage)));
        known.extend(twins.get(&hit.answer).into_iter().flatten().map(|twin| (*twin, (hit.score, None))));
    }
    let strength = |answer: &usize| {
        let (score, passage) = known.get(answer).copied().unwrap_or_default();
        let passage = passage.and_then(|passage| corpus.passages.get(passage).copied());
        Some(Strength { place: *corpus.answers.get(*answer)?, score, passage })
    };
    within.iter().filter_map(strength).collect()
}
