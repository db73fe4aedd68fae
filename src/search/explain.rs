//! Explains the place of a quote: its ranks by meaning and by words, the matching words, and how they
//! became one score.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use super::query::PreparedQuery;
use super::quote::Quote;
use super::ranking::{Ranked, Signals, matched};
use super::score;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;

/// The explanation of a score.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Explained {
    /// Among all answers that were ranked, by the cosine of meaning.
    pub meaning: Standing,
    /// Among the same, by the words of the answer and its question.
    pub words: Standing,
    /// The words of the query, or forms of them, that the answer or its question holds.
    pub matched: Vec<String>,
    /// The signals of the score …
    pub signals: Signals,
    /// … with these weights: their sum with the offset, through a logistic curve,
    /// is the probability.
    pub weights: BTreeMap<String, f32>,
    /// Damaged places inside the quote.
    pub restorations: Vec<RestoredPlace>,
}

/// A rank, and its basis.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct Standing {
    /// 1 is best; equals share a rank.
    pub rank: usize,
    /// The number of ranked answers.
    pub of: usize,
    /// The value by which they were ranked.
    pub score: f32,
}

/// A restored place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Restoration)]
pub struct RestoredPlace {
    /// The received text.
    pub received: String,
    /// The displayed text.
    pub restored: String,
    /// Whether no other wording came near.
    pub proved: bool,
}

/// Explains a quote. `ranked` holds all ranked answers.
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
        let inside = |r: &&crate::restore::Restoration| {
            r.restored_span.start < quote.span.end() && quote.span.start() < r.restored_span.end
        };
        let told = |r: &crate::restore::Restoration| RestoredPlace {
            received: r.received.clone(),
            restored: r.restored.clone(),
            proved: r.proved,
        };
        transcript.restored.restorations().iter().filter(inside).map(told).collect()
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
