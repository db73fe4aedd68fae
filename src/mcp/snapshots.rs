//! The snapshots that the tools read. The server decides how much work runs at once. The tools know neither pages nor
//! gates.

use std::sync::Arc;

use crate::api::Refusal;
use crate::library::Withdrawals;
use crate::retrieval::corpus::Corpus;

/// The cost of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallCost {
    /// The encoder runs for it.
    Query,
    /// It only looks something up.
    Lookup,
}

/// Access to the present snapshot, with a limit on the work at once.
pub trait Snapshots: Clone + Send + Sync + 'static {
    /// The marks of withdrawn words. A check of a text must show none of these words.
    fn withdrawals(&self) -> Arc<Withdrawals>;

    /// Runs `make` on the present snapshot, when there is room for it.
    fn with_corpus<T, F>(&self, work: CallCost, make: F) -> impl Future<Output = Result<T, Refusal>> + Send
    where
        T: Send + 'static,
        F: FnOnce(&Corpus) -> Result<T, Refusal> + Send + 'static;
}
