//! The outcomes of the files that were added last. Anybody reads them while more files are added.

use std::sync::{Arc, MutexGuard};

use arc_swap::ArcSwap;

use super::add_outcome::AddOutcome;
use crate::error::Error;

/// The report of an addition that is under way. There is one at a time.
pub(crate) struct AdditionReport<'a> {
    shown: &'a ArcSwap<Vec<AddOutcome>>,
    _turn: MutexGuard<'a, ()>,
}

impl<'a> AdditionReport<'a> {
    /// Begins an empty report.
    pub(crate) fn new(shown: &'a ArcSwap<Vec<AddOutcome>>, turn: MutexGuard<'a, ()>) -> Self {
        shown.store(Arc::default());
        Self { shown, _turn: turn }
    }

    /// What it says so far.
    pub(crate) fn outcomes(&self) -> Arc<Vec<AddOutcome>> {
        self.shown.load_full()
    }

    /// Adds outcomes.
    pub(crate) fn extend(&mut self, more: Vec<AddOutcome>) {
        if !more.is_empty() {
            self.shown.store(Arc::new([self.outcomes().to_vec(), more].concat()));
        }
    }

    /// Says of a file that its addition was cancelled.
    pub(crate) fn take_back(&mut self, sha256: &str) {
        let mut outcomes = self.outcomes().to_vec();
        for outcome in &mut outcomes {
            if outcome.added.as_ref().is_ok_and(|added| added.sha256 == sha256) {
                outcome.added = Err(Arc::new(Error::Cancelled));
            }
        }
        self.shown.store(Arc::new(outcomes));
    }
}
