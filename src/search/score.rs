//! Signals → one probability. The numbers are written here by
//! `models/train/score.py`, which says what each was fit on.

use std::collections::BTreeMap;

use super::Signals;

/// How much speaks for an answer; orders the answers to one query.
pub(super) fn strength(signals: &Signals) -> f32 {
    MEANING * signals.meaning
        + NEAR * signals.near
        + LEAD * signals.lead
        + QUESTION * signals.question
        + FROM_CHINESE * signals.from_chinese
        + TO_CHINESE * signals.to_chinese
}

/// Probability, 0 to 1, that an answer speaks to the query, by its strength and
/// that of the best answer to the same query: one that stands far behind another
/// seldom speaks to it, whatever they share.
pub(super) fn probability(strength: f32, best: f32) -> f32 {
    let sum = OFFSET + SLOPE * strength + BEHIND * (best - strength).max(0.0);
    1.0 / (1.0 + (-sum).exp())
}

/// The weight of each signal by its name, and the offset.
pub(super) fn weights() -> BTreeMap<&'static str, f32> {
    BTreeMap::from([
        ("offset", OFFSET),
        ("meaning", SLOPE * MEANING),
        ("near", SLOPE * NEAR),
        ("lead", SLOPE * LEAD),
        ("question", SLOPE * QUESTION),
        ("from_chinese", SLOPE * FROM_CHINESE),
        ("to_chinese", SLOPE * TO_CHINESE),
        ("behind", BEHIND),
    ])
}

// Written by score.py; to be fit again for every encoder.
const MEANING: f32 = 0.38;
const NEAR: f32 = 0.88;
const LEAD: f32 = 0.71;
const QUESTION: f32 = 0.30;
const OFFSET: f32 = -7.55;
const SLOPE: f32 = 7.52;
const BEHIND: f32 = -0.48;
const FROM_CHINESE: f32 = 0.33;
const TO_CHINESE: f32 = 0.07;
