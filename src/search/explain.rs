//! Explains the rank of a quote: its ranks by meaning and by words, the matching words, and the score that they give.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::query::PreparedQuery;
use super::quote::Quote;
use super::ranking::{Ranked, matched};
use super::score;
use super::signals::Signals;
use crate::error::Error;
use crate::restore::Restoration;
use crate::retrieval::corpus::Corpus;
use crate::text::ranges::overlap;

/// The explanation of a score.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Explained {
    /// The rank by the cosine of meaning, among all ranked answers.
    pub meaning: Standing,
    /// The rank by the words of the answer and its question, among the same answers.
    pub words: Standing,
    /// The words of the query, or their forms, in the answer or its question.
    pub matched: Vec<String>,
    /// The signals behind the score.
    pub signals: Signals,
    /// The weight of each signal. The weighted sum of the signals plus the offset, put through a logistic curve, is the
    /// probability.
    pub weights: BTreeMap<String, f32>,
    /// The restored places inside the quote.
    pub restorations: Vec<RestoredPlace>,
}

/// A rank and its basis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Standing {
    /// The rank, from 1. Equal values share a rank.
    pub rank: usize,
    /// The number of ranked answers.
    pub of: usize,
    /// The value that the rank is based on.
    pub score: f32,
}

/// A damaged place that was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Restoration)]
pub struct RestoredPlace {
    /// The text as received.
    pub received: String,
    /// The text as displayed.
    pub restored: String,
    /// Whether no other wording was nearly as likely.
    pub proved: bool,
}

/// Explains the score of a quote. `ranked` holds all ranked answers.
///
/// # Errors
/// If the word index fails.
pub(super) fn explain(
    corpus: &Corpus,
    query: &PreparedQuery,
    ranked: &[Ranked],
    one: &Ranked,
    quote: &Quote,
) -> Result<Explained, Error> {
    let standing = |by: fn(&Signals) -> f32| {
        let score = by(&one.signals);
        let above = ranked.iter().filter(|other| by(&other.signals) > score).count();
        Standing { rank: above + 1, of: ranked.len(), score }
    };
    let restorations = corpus.transcripts.get(quote.place.transcript).map(|transcript| {
        let inside = |one: &&Restoration| overlap(&one.restored_span, &quote.span.range());
        let place = |one: &Restoration| RestoredPlace {
            received: one.received.clone(),
            restored: one.restored.clone(),
            proved: one.proved,
        };
        transcript.restored.restorations().iter().filter(inside).map(place).collect()
    });
    Ok(Explained {
        meaning: standing(|signals| signals.meaning),
        words: standing(|signals| signals.words),
        matched: matched(&corpus.index, query, one.hit.answer)?,
        signals: one.signals,
        weights: score::calibration()?.weights(&one.signals),
        restorations: restorations.unwrap_or_default(),
    })
}
