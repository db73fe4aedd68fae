//! All that is on disk at one moment: the material of a snapshot.

use std::sync::Arc;

use super::source::SourceReading;
use super::unread::Unread;
use super::withdrawals::WithdrawnSources;

/// The material of a snapshot.
#[derive(Default)]
pub(crate) struct LibraryState {
    pub(crate) readings: Vec<Arc<SourceReading>>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) withdrawn: WithdrawnSources,
    pub(crate) closed: Option<String>,
}
