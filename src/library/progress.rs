//! How far long work has come, and that it should stop.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Passages that are done.
    pub done: usize,
    /// Passages there are to do.
    pub total: usize,
    /// Seconds until the end, at the pace so far; `None` before there is one.
    pub left_s: Option<u64>,
}

/// The work that is under way, if any.
#[derive(Default)]
pub(crate) struct Work {
    now: Mutex<Option<Progress>>,
    stop: AtomicBool,
}

/// A pace is told from this much work.
const TELLING: Duration = Duration::from_secs(1);

impl Progress {
    /// Files are being read; how much there is to do is not known yet.
    pub(crate) const BEGUN: Self = Self { done: 0, total: 0, left_s: None };

    pub(crate) fn new(done: usize, total: usize, began: Instant) -> Self {
        let took = began.elapsed();
        let left =
            (done > 0 && took >= TELLING).then(|| took.as_secs_f64() / done as f64 * total.saturating_sub(done) as f64);
        Self { done, total, left_s: left.map(|seconds| seconds.ceil() as u64) }
    }
}

impl Work {
    pub(crate) fn tell(&self, progress: Option<Progress>) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) = progress;
    }

    pub(crate) fn now(&self) -> Option<Progress> {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn stop(&self, stop: bool) {
        self.stop.store(stop, Ordering::SeqCst);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}
