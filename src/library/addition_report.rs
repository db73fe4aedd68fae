//! The outcomes of the files that were added last. Anybody reads them while more files are added.

use std::collections::HashSet;
use std::sync::{Arc, MutexGuard};

use arc_swap::ArcSwap;

use super::add_outcome::AddOutcome;
use crate::error::Error;

/// The report of an addition that is under way. There is one at a time.
pub(crate) struct AdditionReport<'a> {
    shown: &'a ArcSwap<Vec<Arc<AddOutcome>>>,
    _turn: MutexGuard<'a, ()>,
}

impl<'a> AdditionReport<'a> {
    /// Begins an empty report.
    pub(crate) fn new(shown: &'a ArcSwap<Vec<Arc<AddOutcome>>>, turn: MutexGuard<'a, ()>) -> Self {
        shown.store(Arc::default());
        Self { shown, _turn: turn }
    }

    /// What it says so far.
    pub(crate) fn outcomes(&self) -> Arc<Vec<Arc<AddOutcome>>> {
        self.shown.load_full()
    }

    /// Adds outcomes.
    pub(crate) fn extend(&mut self, more: Vec<AddOutcome>) {
        if !more.is_empty() {
            let more = more.into_iter().map(Arc::new);
            self.shown.store(Arc::new(self.outcomes().iter().cloned().chain(more).collect()));
        }
    }

    /// Says of sources that their addition was cancelled.
    pub(crate) fn take_back(&mut self, sources: &HashSet<String>) {
        let outcome = |outcome: &Arc<AddOutcome>| match &outcome.added {
            Ok(added) if sources.contains(&added.sha256) => {
                Arc::new(AddOutcome { file: outcome.file.clone(), added: Err(Arc::new(Error::Cancelled)) })
            }
            _ => Arc::clone(outcome),
        };
        self.shown.store(Arc::new(self.outcomes().iter().map(outcome).collect()));
    }
}
