//! The open connections. Their number is limited, and idle ones make room for new ones. This module knows nothing of
//! pages.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};

use crate::lock::locked;

/// The time before an idle connection may have to make room, because its request may be on its way.
const MIN_IDLE_TIME: Duration = Duration::from_millis(250);
/// The time between two searches for a connection that can make room.
const SEARCH_INTERVAL: Duration = Duration::from_millis(100);

/// The open connections of a server.
pub(crate) struct Connections {
    most: usize,
    room: Arc<Semaphore>,
    open: Mutex<HashMap<u64, Arc<Connection>>>,
    next: AtomicU64,
}

/// The state of one connection.
pub(crate) struct Connection {
    /// The number of requests in progress.
    busy: AtomicUsize,
    /// The number of requests so far.
    requests: AtomicUsize,
    /// The start of its idle time.
    idle_since: Mutex<Instant>,
    close: Notify,
}

/// An open connection, which is removed from the list on drop.
pub(crate) struct Open {
    pub(crate) connection: Arc<Connection>,
    all: Arc<Connections>,
    number: u64,
    _room: OwnedSemaphorePermit,
}

/// A request in progress.
pub(crate) struct Busy(Arc<Connection>);

impl Connections {
    pub(crate) fn new(most: usize) -> Self {
        let most = most.clamp(1, Semaphore::MAX_PERMITS.min(u32::MAX as usize));
        Self { most, room: Arc::new(Semaphore::new(most)), open: Mutex::default(), next: AtomicU64::new(0) }
    }

    /// Waits for room for one more connection. If there is none, the connection that was idle longest makes room.
    pub(crate) async fn open(self: &Arc<Self>) -> Open {
        let room = loop {
            if let Ok(room) = Arc::clone(&self.room).try_acquire_owned() {
                break room;
            }
            self.make_room();
            if let Ok(Ok(room)) = tokio::time::timeout(SEARCH_INTERVAL, Arc::clone(&self.room).acquire_owned()).await {
                break room;
            }
        };
        let connection = Arc::new(Connection {
            busy: AtomicUsize::new(0),
            requests: AtomicUsize::new(0),
            idle_since: Mutex::new(Instant::now()),
            close: Notify::new(),
        });
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        locked(&self.open).insert(number, Arc::clone(&connection));
        Open { connection, all: Arc::clone(self), number, _room: room }
    }

    fn make_room(&self) {
        let open = locked(&self.open);
        let idle = open.values().filter(|one| !one.is_busy());
        let longest = idle.map(|one| (*locked(&one.idle_since), one)).min_by_key(|(since, _)| *since);
        if let Some((_, one)) = longest.filter(|(since, _)| since.elapsed() >= MIN_IDLE_TIME) {
            one.close.notify_one();
        }
    }

    /// The number of requests in progress.
    pub(crate) fn busy(&self) -> usize {
        locked(&self.open).values().map(|one| one.busy.load(Ordering::SeqCst)).sum()
    }

    /// Waits until all are closed.
    pub(crate) async fn all_closed(&self) {
        // This fails only if the semaphore is closed, and then no connection is open.
        let _ = self.room.acquire_many(u32::try_from(self.most).unwrap_or(u32::MAX)).await;
    }
}

impl Connection {
    /// Marks the start of a request.
    pub(crate) fn begin(self: &Arc<Self>) -> Busy {
        self.busy.fetch_add(1, Ordering::SeqCst);
        self.requests.fetch_add(1, Ordering::SeqCst);
        Busy(Arc::clone(self))
    }

    /// Whether a request is in progress.
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::SeqCst) > 0
    }

    /// Whether no request has come yet.
    pub(crate) fn is_unused(&self) -> bool {
        self.requests.load(Ordering::SeqCst) == 0
    }

    /// Waits until it has to make room.
    pub(crate) async fn has_to_close(&self) {
        self.close.notified().await;
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        *locked(&self.0.idle_since) = Instant::now();
        self.0.busy.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        locked(&self.all.open).remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_longest_idle_connection_makes_room_and_a_busy_one_never_does() {
        let all = Arc::new(Connections::new(2));
        let busy = all.open().await;
        let working = busy.connection.begin();
        let idle = all.open().await;
        let third = tokio::spawn({
            let all = Arc::clone(&all);
            async move { all.open().await }
        });
        let told = tokio::time::timeout(Duration::from_secs(5), idle.connection.has_to_close());
        assert!(told.await.is_ok(), "the idle one is told");
        drop(idle);
        let third = third.await.expect("it is open");
        assert_eq!(all.busy(), 1);
        drop((working, busy, third));
        all.all_closed().await;
    }
}
