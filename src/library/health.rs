//! The state of the background work: whether the folder is watched, and what went wrong. No failure
//! goes unreported.

use std::sync::Mutex;

use crate::lock::locked;

/// The state of the background work.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Health {
    /// Whether the folder is watched for changes.
    pub watching: bool,
    /// How often the work panicked and started again.
    pub panics: usize,
    /// The present trouble, in a sentence.
    pub trouble: Option<String>,
}

impl Health {
    /// Whether nothing went wrong.
    pub fn is_good(&self) -> bool {
        self.panics == 0 && self.trouble.is_none()
    }
}

/// The present [`Health`], behind a lock.
#[derive(Default)]
pub(crate) struct SharedHealth(Mutex<Health>);

impl SharedHealth {
    pub(crate) fn now(&self) -> Health {
        locked(&self.0).clone()
    }

    pub(crate) fn watching(&self, watching: bool) {
        self.change(|health| health.watching = watching);
    }

    pub(crate) fn trouble(&self, trouble: Option<String>) {
        self.change(|health| health.trouble = trouble);
    }

    /// Counts a panic, and logs what the work was `doing`.
    pub(crate) fn panicked(&self, doing: &str) {
        tracing::error!("{doing} failed, which is a bug in yuanhua, please report it; it is begun again");
        self.change(|health| health.panics += 1);
    }

    fn change(&self, change: impl FnOnce(&mut Health)) {
        change(&mut locked(&self.0));
    }
}
