//! The start pages that were rendered last. A start page depends on little more than the snapshot and the language, so a
//! crowd gets it at once, whatever else the program does meanwhile. It holds nothing of a snapshot that was replaced.

use std::sync::{Arc, Mutex, MutexGuard, Weak};

use axum::body::Bytes;

use crate::lock::locked;
use crate::retrieval::corpus::Corpus;
use crate::text::script::Display;

/// The most pages of one snapshot: three languages, in each of the scripts that can be chosen.
const KEPT: usize = 24;

/// The start pages of one snapshot.
#[derive(Default)]
pub(super) struct StartPages(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    snapshot: Weak<Corpus>,
    pages: Vec<(StartPageKey, Bytes)>,
}

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

impl StartPages {
    /// The page, if it was rendered from this snapshot.
    pub(super) fn get(&self, corpus: &Corpus, key: StartPageKey) -> Option<Bytes> {
        let kept = self.kept();
        let of_snapshot = std::ptr::eq(kept.snapshot.as_ptr(), corpus);
        of_snapshot.then(|| kept.pages.iter().find(|(of, _)| *of == key).map(|(_, page)| page.clone())).flatten()
    }

    /// Keeps a page that was rendered from this snapshot, and forgets those of other snapshots.
    pub(super) fn keep(&self, corpus: &Arc<Corpus>, key: StartPageKey, page: Bytes) {
        let mut kept = self.kept();
        if !std::ptr::eq(kept.snapshot.as_ptr(), Arc::as_ptr(corpus)) {
            *kept = Kept { snapshot: Arc::downgrade(corpus), pages: Vec::new() };
        }
        kept.pages.retain(|(of, _)| *of != key);
        if kept.pages.len() == KEPT {
            kept.pages.remove(0);
        }
        kept.pages.push((key, page));
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        locked(&self.0)
    }
}
