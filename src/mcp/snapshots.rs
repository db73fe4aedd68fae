//! What the tools read from. Whoever serves them decides how much is worked on at once;
//! the tools know neither pages nor gates.

use std::sync::Arc;

use crate::api::Refusal;
use crate::library::Withdrawals;
use crate::retrieval::corpus::Corpus;

/// What a call costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallCost {
    /// The encoder runs for it.
    Query,
    /// It only looks something up.
    Lookup,
}

/// Where the present snapshot is, and room to work on it.
pub trait Snapshots: Clone + Send + Sync + 'static {
    /// The marks of withdrawn words, so that none of them is shown in a text that is checked.
    fn withdrawals(&self) -> Arc<Withdrawals>;

    /// Makes something of the present snapshot when there is room for it.
    fn with_corpus<T, F>(&self, work: CallCost, make: F) -> impl Future<Output = Result<T, Refusal>> + Send
    where
        T: Send + 'static,
        F: FnOnce(&Corpus) -> Result<T, Refusal> + Send + 'static;
}
