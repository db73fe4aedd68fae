//! What an index of vectors outside this program must do for a search: propose passages. Their scores are always made
//! here, from the snapshot, so a reply is the same whoever proposes.

use super::vectors::VectorIndex;
use crate::error::Error;

/// An index that proposes passages.
pub trait CandidateIndex: Send + Sync {
    /// The numbers of some `count` passages nearest to a query's unit vector. One may be missing or twice.
    ///
    /// # Errors
    /// If the index does not answer.
    fn nearest_passages(&self, query: &[f32], count: usize) -> Result<Vec<usize>, Error>;
}

impl CandidateIndex for VectorIndex {
    fn nearest_passages(&self, query: &[f32], count: usize) -> Result<Vec<usize>, Error> {
        Ok(self.nearest(query, count).into_iter().map(|(id, _)| id).collect())
    }
}
