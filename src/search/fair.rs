//! The order in which quotes are shown: every interviewee who speaks to a query
//! is seen before anyone is seen twice. Changes no score.

use std::collections::HashSet;

use crate::corpus::{Corpus, Hit};

/// Who gave an answer: a named interviewee of one transcript, or, where the
/// source names none, whoever gave that answer.
#[derive(PartialEq, Eq, Hash)]
enum Speaker {
    Named(usize, String),
    OfAnswer(usize),
}

/// Hits, best first, in rounds: each speaker's best, best first, then each
/// speaker's second best, and so on.
pub(super) fn in_turns(corpus: &Corpus, hits: &[Hit]) -> Vec<Hit> {
    let mut waiting: Vec<Hit> = hits.to_vec();
    let mut ordered = Vec::with_capacity(hits.len());
    while !waiting.is_empty() {
        let mut heard = HashSet::new();
        let (round, later) = waiting.into_iter().partition(|hit| heard.insert(speaker(corpus, hit.answer)));
        ordered.extend::<Vec<Hit>>(round);
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
