//! Whether the interviewers asked about what a query asks: "never asked" reads
//! differently from "asked, but nobody said".

use super::query_vector;
use super::score;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;

/// Whether any interview question is near to the query.
///
/// # Errors
/// When the encoder fails.
pub(super) fn asked(corpus: &Corpus, query: &str) -> Result<bool, Error> {
    let near = score::calibration()?.asked;
    let vector = query_vector::vector(&corpus.encoder, query)?;
    let nearest = corpus.index.questions.nearest(&vector, 1);
    Ok(nearest.first().is_some_and(|(_, cosine)| corpus.encoder.comparable(*cosine) >= near))
}
