//! Limits on work at once. Requests beyond a limit wait, up to a number and a time, and then get an error that asks to
//! try again. So a burst does not use up memory or block other pages. Nobody is refused at once: a client that tries
//! again without a pause would use up the machine with refusals.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::config::ServerLimits;
use crate::web::problem::{NotServed, WebProblem};

/// A limited number of permits, and a queue for them.
pub(crate) struct Gate {
    permits: Arc<Semaphore>,
    /// How many permits there are.
    size: usize,
    queue: Semaphore,
    queue_timeout: Duration,
    /// The wait of a request that finds the queue full, before it is refused.
    refusal_delay: Duration,
}

/// Permission to work, which is given back on drop.
pub(crate) type Permit = OwnedSemaphorePermit;

/// The gates of a site, one for each kind of work, so that no kind waits for another.
pub(crate) struct Gates {
    /// Queries, which need the encoder.
    pub(crate) queries: Gate,
    /// Pages without a query.
    pub(crate) pages: Gate,
    /// Changes to the library.
    pub(crate) changes: Gate,
    /// Forms whose body is incomplete.
    pub(crate) forms: Gate,
    /// Uploads, from the first byte until they are stored.
    pub(crate) uploads: Gate,
}

impl Gate {
    /// Whether a permit is taken.
    pub(crate) fn is_in_use(&self) -> bool {
        self.permits.available_permits() < self.size
    }

    fn new(permits: usize, queue_length: usize, limits: &ServerLimits) -> Self {
        let ServerLimits { queue_timeout, refusal_delay, .. } = *limits;
        let size = permits.max(1);
        Self {
            permits: Arc::new(Semaphore::new(size)),
            size,
            queue: Semaphore::new(queue_length),
            queue_timeout,
            refusal_delay,
        }
    }

    /// Returns a permit, at once or after a wait.
    pub(crate) async fn enter(&self) -> Result<Permit, WebProblem> {
        if let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() {
            return Ok(permit);
        }
        let busy = || WebProblem::NotServed(NotServed::TooBusy { seconds: self.queue_timeout.as_secs().max(1) });
        let Ok(_place) = self.queue.try_acquire() else {
            tokio::time::sleep(self.refusal_delay).await;
            return Err(busy());
        };
        let permit = tokio::time::timeout(self.queue_timeout, Arc::clone(&self.permits).acquire_owned());
        permit.await.map_err(|_| busy())?.map_err(|_| WebProblem::Broken)
    }
}

impl Gates {
    pub(crate) fn new(limits: &ServerLimits) -> Self {
        let ServerLimits { queries, pages, uploads, queue_length, .. } = *limits;
        let few = queue_length.div_ceil(4);
        Self {
            queries: Gate::new(queries, queue_length, limits),
            pages: Gate::new(pages, queue_length, limits),
            changes: Gate::new(2, few, limits),
            // Only these two wait for bytes of strangers, so they must not use up the connections.
            forms: Gate::new(few.max(2), few, limits),
            uploads: Gate::new(uploads, few, limits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_busy(entered: &Result<Permit, WebProblem>) -> bool {
        matches!(entered, Err(WebProblem::NotServed(NotServed::TooBusy { .. })))
    }

    fn patient(queue_timeout: Duration) -> ServerLimits {
        ServerLimits { queue_timeout, refusal_delay: Duration::from_millis(20), ..ServerLimits::default() }
    }

    #[tokio::test]
    async fn requests_wait_for_room_and_excess_requests_fail_soon() {
        let gate = Arc::new(Gate::new(1, 1, &patient(Duration::from_mins(10))));
        let first = gate.enter().await.expect("room");
        let second = tokio::spawn({
            let gate = Arc::clone(&gate);
            async move { gate.enter().await }
        });
        while gate.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert!(is_busy(&gate.enter().await), "the queue is full");
        drop(first);
        let second = second.await.expect("it ran").expect("it had its turn");
        drop(second);
        assert!(gate.enter().await.is_ok());
    }

    #[tokio::test]
    async fn nobody_waits_for_ever() {
        let gate = Gate::new(1, 1, &patient(Duration::from_millis(20)));
        let _first = gate.enter().await.expect("room");
        assert!(is_busy(&gate.enter().await));
    }
}
