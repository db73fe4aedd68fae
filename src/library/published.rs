//! What readers see of a library. Each part is replaced whole, and nobody who reads waits for the writer.

use std::sync::Arc;

use arc_swap::{ArcSwap, ArcSwapOption};

use super::listing::Listing;
use super::tags::TagsAsRead;
use super::withdrawals::Withdrawals;
use crate::retrieval::corpus::Corpus;

/// The present snapshots of a library.
pub(crate) struct Published {
    /// All that can be searched.
    pub(crate) corpus: Arc<ArcSwap<Corpus>>,
    /// All transcripts, and all files that are not read.
    pub(crate) listing: ArcSwap<Listing>,
    /// The marks of withdrawn words.
    pub(crate) withdrawals: ArcSwap<Withdrawals>,
    /// The tags as they were last read.
    pub(crate) tags: ArcSwapOption<TagsAsRead>,
}

impl Published {
    /// Before anything is read.
    pub(crate) fn new(empty: Corpus, withdrawals: Arc<Withdrawals>) -> Self {
        Self {
            corpus: Arc::new(ArcSwap::from_pointee(empty)),
            listing: ArcSwap::default(),
            withdrawals: ArcSwap::new(withdrawals),
            tags: ArcSwapOption::empty(),
        }
    }
}
