//! The progress of long work, and the request to stop it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;

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
    now: ArcSwap<UnderWay>,
    /// How often the work that was under way was to stop.
    stops: AtomicUsize,
}

/// The number of pieces of work under way, and the latest progress that one of them reported.
#[derive(Clone, Copy, Default)]
struct UnderWay {
    pieces: usize,
    progress: Option<Progress>,
}

/// A piece of work. It is under way until this value is dropped, even by a panic.
pub(crate) struct PieceOfWork<'a> {
    work: &'a WorkInProgress,
    /// How often work had been stopped when this began. What was stopped before does not concern it.
    stops: usize,
}

/// No pace is reported before the work has taken this long.
const MIN_TIME_FOR_PACE: Duration = Duration::from_secs(1);

impl Progress {
    /// Files are being read. The amount of work is not known yet.
    pub(crate) const BEGUN: Self = Self { done: 0, total: 0, left_s: None };

    pub(crate) fn new(done: usize, total: usize, began: Instant) -> Self {
        let took = began.elapsed();
        let left = (done > 0 && took >= MIN_TIME_FOR_PACE)
            .then(|| took.as_secs_f64() / done as f64 * total.saturating_sub(done) as f64);
        Self { done, total, left_s: left.map(|seconds| seconds.ceil() as u64) }
    }
}

impl WorkInProgress {
    /// Begins a piece of work. It must end only when all its results are in place, because a page that
    /// waits for it looks again only once.
    pub(crate) fn begin(&self) -> PieceOfWork<'_> {
        self.now.rcu(|now| UnderWay { pieces: now.pieces + 1, progress: now.progress.or(Some(Progress::BEGUN)) });
        PieceOfWork { work: self, stops: self.stops.load(Ordering::SeqCst) }
    }

    pub(crate) fn tell(&self, progress: Progress) {
        self.now.rcu(|now| UnderWay { progress: Some(progress), ..**now });
    }

    pub(crate) fn now(&self) -> Option<Progress> {
        self.now.load().progress
    }

    /// Stops all work that is under way.
    pub(crate) fn stop(&self) {
        self.stops.fetch_add(1, Ordering::SeqCst);
    }
}

impl PieceOfWork<'_> {
    /// Whether it is to stop.
    pub(crate) fn is_stopped(&self) -> bool {
        self.work.stops.load(Ordering::SeqCst) != self.stops
    }
}

impl Drop for PieceOfWork<'_> {
    fn drop(&mut self) {
        self.work.now.rcu(|now| {
            let pieces = now.pieces.saturating_sub(1);
            UnderWay { pieces, progress: now.progress.filter(|_| pieces > 0) }
        });
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

    #[test]
    fn a_request_to_stop_concerns_the_work_that_is_under_way_and_none_that_begins_later() {
        let work = WorkInProgress::default();
        work.stop();
        let first = work.begin();
        assert!(!first.is_stopped());
        work.stop();
        assert!(first.is_stopped() && !work.begin().is_stopped());
    }
}
