//! Whether the interviewers asked about what a query asks: "never asked" reads
//! differently from "asked, but nobody said".

use super::query::PreparedQuery;
use super::score;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;

/// Whether any interview question is near to the query.
///
/// # Errors
/// When the calibration is not of its form, which is a bug.
pub(super) fn asked(corpus: &Corpus, query: &PreparedQuery) -> Result<bool, Error> {
    let near = score::calibration()?.asked;
    let nearest = corpus.index.questions.nearest(&query.vector, 1);
    Ok(nearest.first().is_some_and(|(_, cosine)| corpus.encoder.comparable(*cosine) >= near))
}
