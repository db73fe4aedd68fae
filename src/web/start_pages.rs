//! The start pages that were rendered last. A start page depends on little more than the snapshot and the language, so a
//! crowd gets it at once, whatever else the program does meanwhile.

use axum::body::Bytes;

use super::snapshot_cache::SnapshotCache;
use crate::text::script::Display;

/// The most pages of one snapshot: three languages, in each of the scripts that can be chosen.
const MAX_START_PAGES: usize = 24;

/// The start pages of one snapshot.
pub(super) type StartPages = SnapshotCache<StartPageKey, Bytes>;

/// Everything that a start page depends on, besides the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct StartPageKey {
    pub(super) lang: &'static str,
    /// The script that was chosen, and that of the reader.
    pub(super) scripts: [Option<Display>; 2],
    /// Whether interviews can be added.
    pub(super) can_change: bool,
    /// The number of interviews that are not ready.
    pub(super) coming: usize,
}

/// An empty cache of start pages.
pub(super) fn start_pages() -> StartPages {
    SnapshotCache::new(MAX_START_PAGES)
}
