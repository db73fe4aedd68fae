//! Signals → one probability. The weights are written here by
//! `models/train/score.py`, which says what each was fit on.

use super::Signals;

/// Probability, 0 to 1, that an answer with these signals speaks to the query.
pub(super) fn probability(signals: &Signals) -> f32 {
    let sum =
        OFFSET + MEANING * signals.meaning + NEAR * signals.near + QUESTION * signals.question + LEAD * signals.lead;
    1.0 / (1.0 + (-sum).exp())
}

// Written by score.py; to be fit again for every encoder.
const OFFSET: f32 = -8.0;
const MEANING: f32 = 5.4;
const NEAR: f32 = 7.2;
const QUESTION: f32 = 3.0;
const LEAD: f32 = 4.3;
