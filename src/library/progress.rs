//! The progress of long work, and the request to stop it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use crate::lock::locked;

/// How far the work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Passages that are done.
    pub done: usize,
    /// Passages there are to do.
    pub total: usize,
    /// Seconds until the end, at the pace so far. `None` before a pace is known.
    pub left_s: Option<u64>,
}

/// The work that is under way, if any.
#[derive(Default)]
pub(crate) struct WorkInProgress {
    now: Mutex<UnderWay>,
    stop: AtomicBool,
}

/// The number of pieces of work under way, and the latest progress that one of them reported.
#[derive(Default)]
struct UnderWay {
    pieces: usize,
    progress: Option<Progress>,
}

/// A piece of work. It is under way until this value is dropped, even by a panic.
pub(crate) struct PieceOfWork<'a>(&'a WorkInProgress);

/// No pace is reported before the work has taken this long.
const TELLING: Duration = Duration::from_secs(1);

impl Progress {
    /// Files are being read. The amount of work is not known yet.
    pub(crate) const BEGUN: Self = Self { done: 0, total: 0, left_s: None };

    pub(crate) fn new(done: usize, total: usize, began: Instant) -> Self {
        let took = began.elapsed();
        let left =
            (done > 0 && took >= TELLING).then(|| took.as_secs_f64() / done as f64 * total.saturating_sub(done) as f64);
        Self { done, total, left_s: left.map(|seconds| seconds.ceil() as u64) }
    }
}

impl WorkInProgress {
    /// Begins a piece of work. It must end only when all its results are in place, because a page that
    /// waits for it looks again only once.
    pub(crate) fn begin(&self) -> PieceOfWork<'_> {
        let mut now = self.lock();
        now.pieces += 1;
        now.progress.get_or_insert(Progress::BEGUN);
        PieceOfWork(self)
    }

    pub(crate) fn tell(&self, progress: Progress) {
        self.lock().progress = Some(progress);
    }

    pub(crate) fn now(&self) -> Option<Progress> {
        self.lock().progress
    }

    fn lock(&self) -> MutexGuard<'_, UnderWay> {
        locked(&self.now)
    }

    pub(crate) fn stop(&self, stop: bool) {
        self.stop.store(stop, Ordering::SeqCst);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }
}

impl Drop for PieceOfWork<'_> {
    fn drop(&mut self) {
        let mut now = self.0.lock();
        now.pieces = now.pieces.saturating_sub(1);
        if now.pieces == 0 {
            now.progress = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_is_under_way_until_its_last_piece_has_ended() {
        let work = WorkInProgress::default();
        assert_eq!(work.now(), None);
        let first = work.begin();
        let second = work.begin();
        let far = Progress { done: 1, total: 2, left_s: None };
        work.tell(far);
        drop(first);
        assert_eq!(work.now(), Some(far));
        drop(second);
        assert_eq!(work.now(), None);
    }
}
