//! Signals → one probability. The numbers are written by `models/train/score.py`.

use std::collections::BTreeMap;

use super::Signals;

/// Probability, 0 to 1, that an answer with these signals speaks to the query.
pub(super) fn probability(signals: &Signals) -> f32 {
    let sum = OFFSET
        + MEANING * signals.meaning
        + NEAR * signals.near
        + QUESTION * signals.question
        + WORDS * signals.words
        + PASSAGE_WORDS * signals.passage_words;
    1.0 / (1.0 + (-sum).exp())
}

/// The weight of each signal by its name, and the offset.
pub(super) fn weights() -> BTreeMap<&'static str, f32> {
    BTreeMap::from([
        ("offset", OFFSET),
        ("meaning", MEANING),
        ("near", NEAR),
        ("question", QUESTION),
        ("words", WORDS),
        ("passage_words", PASSAGE_WORDS),
    ])
}

// Fit by `score.py`.
const OFFSET: f32 = -6.2;
const MEANING: f32 = 10.0;
const NEAR: f32 = 0.0;
const QUESTION: f32 = 3.0;
const WORDS: f32 = 8.0;
const PASSAGE_WORDS: f32 = 0.0;
