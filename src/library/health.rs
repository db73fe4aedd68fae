//! The state of the background work: whether the folder is watched, and what went wrong. No failure
//! goes unreported.

use arc_swap::ArcSwap;

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

/// The present [`Health`], which threads share.
#[derive(Default)]
pub(crate) struct SharedHealth(ArcSwap<Health>);

impl SharedHealth {
    pub(crate) fn now(&self) -> Health {
        Health::clone(&self.0.load())
    }

    pub(crate) fn watching(&self, watching: bool) {
        if self.0.load().watching != watching {
            self.0.rcu(|health| Health { watching, ..Health::clone(health) });
        }
    }

    pub(crate) fn trouble(&self, trouble: Option<&str>) {
        if self.0.load().trouble.as_deref() != trouble {
            self.0.rcu(|health| Health { trouble: trouble.map(str::to_owned), ..Health::clone(health) });
        }
    }

    /// Counts a panic, and logs what the work was `doing`.
    pub(crate) fn panicked(&self, doing: &str) {
        tracing::error!("{doing} failed, which is a bug in yuanhua, please report it; it is begun again");
        self.0.rcu(|health| Health { panics: health.panics + 1, ..Health::clone(health) });
    }
}
