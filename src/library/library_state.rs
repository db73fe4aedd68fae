//! All that is on disk at one moment: the material of a snapshot.

use std::collections::HashSet;
use std::sync::{Arc, OnceLock};

use super::source::SourceReading;
use super::unread::Unread;
use super::withdrawals::WithdrawnSources;
use crate::error::ClosedReason;
use crate::library::store::vector_cache::Key;

/// The material of a snapshot.
#[derive(Default)]
pub(crate) struct LibraryState {
    pub(crate) readings: Vec<Arc<SourceReading>>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) withdrawn: WithdrawnSources,
    pub(crate) closed: Option<ClosedReason>,
    pub(super) all_keys: OnceLock<HashSet<Key>>,
}

impl LibraryState {
    /// The keys of all texts that are embedded.
    pub(crate) fn keys(&self) -> &HashSet<Key> {
        self.all_keys.get_or_init(|| self.readings.iter().flat_map(|reading| reading.keys.iter().copied()).collect())
    }
}
