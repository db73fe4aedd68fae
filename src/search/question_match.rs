//! Finds out whether the interviewers asked about the subject of a query. "Never asked" differs from "asked, but nobody
//! said it".

use super::query::PreparedQuery;
use super::score;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;

/// Returns whether any interview question is near the query.
///
/// # Errors
/// If the calibration is malformed, which is a bug.
pub(super) fn asked(corpus: &Corpus, query: &PreparedQuery) -> Result<bool, Error> {
    let near = score::calibration()?.asked;
    let nearest = corpus.index.questions.nearest(&query.vector, 1);
    Ok(nearest.first().is_some_and(|(_, cosine)| corpus.encoder.comparable(*cosine) >= near))
}
