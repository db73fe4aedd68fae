//! Whether the interviewers asked about what a query asks: "never asked" reads
//! differently from "asked, but nobody said".

use super::meaning;
use crate::corpus::Corpus;
use crate::error::Error;

/// A question this near to the query, by cosine, asks about the same. Nineteen
/// of twenty queries that belong to other interviews are farther from every question
/// (`models/train/score.py`, held-out interviews).
const NEAR: f32 = 0.55;

/// Whether any interview question is near to the query.
///
/// # Errors
/// When the encoder fails.
pub(super) fn asked(corpus: &Corpus, query: &str) -> Result<bool, Error> {
    let vector = meaning::vector(&corpus.encoder, query)?;
    let nearest = corpus.index.questions.nearest(&vector, 1);
    Ok(nearest.first().is_some_and(|(_, cosine)| corpus.encoder.comparable(*cosine) >= NEAR))
}
