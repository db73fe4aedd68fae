//! The order of quotes. Every interviewee with a matching answer comes before anyone comes twice. Scores do not change.

use std::collections::HashSet;

use super::ranking::Ranked;
use crate::retrieval::corpus::Corpus;

/// The speaker of an answer: a named interviewee of one transcript, or the unnamed speaker of one answer.
#[derive(PartialEq, Eq, Hash)]
enum Speaker {
    Named(usize, String),
    OfAnswer(usize),
}

/// Returns the answers in rounds: first the best answer of each speaker, best first, then the second best of each, and
/// so on.
pub(super) fn in_turns(corpus: &Corpus, ranked: &[Ranked]) -> Vec<Ranked> {
    let mut waiting: Vec<Ranked> = ranked.to_vec();
    let mut ordered = Vec::with_capacity(ranked.len());
    while !waiting.is_empty() {
        let mut heard = HashSet::new();
        let (round, later) = waiting.into_iter().partition(|one| heard.insert(speaker(corpus, one.hit.answer)));
        ordered.extend::<Vec<Ranked>>(round);
        waiting = later;
    }
    ordered
}

fn speaker(corpus: &Corpus, answer: usize) -> Speaker {
    let named = corpus.answers.get(answer).and_then(|place| {
        let (_, _, answer) = corpus.answer(*place)?;
        Some(Speaker::Named(place.transcript, answer.interviewee.clone()?))
    });
    named.unwrap_or(Speaker::OfAnswer(answer))
}
