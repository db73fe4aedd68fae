//! Lets the judge read the passages of a snapshot while nobody asks, so that no reply waits for it.

use std::sync::{Arc, Mutex, Weak};
use std::thread;
use std::time::Duration;

use arc_swap::ArcSwap;

use super::http::gate::Gates;
use crate::lock::locked;
use crate::retrieval::corpus::Corpus;
use crate::search;

/// The wait before the reading begins. A page that was just opened needs the machine for itself.
const QUIET: Duration = Duration::from_millis(1_500);
/// The wait while a query runs.
const PAUSE: Duration = Duration::from_millis(50);

/// The snapshot that is read ahead, or was.
#[derive(Default)]
pub(super) struct BackgroundReading(Mutex<Weak<Corpus>>);

impl BackgroundReading {
    /// Begins to read the present snapshot, unless that has begun already. It stops when the snapshot is replaced.
    pub(super) fn begin(&self, current: &Arc<ArcSwap<Corpus>>, gates: &Arc<Gates>) {
        let snapshot = Arc::downgrade(&current.load_full());
        {
            let mut latest = locked(&self.0);
            if latest.ptr_eq(&snapshot) {
                return;
            }
            latest.clone_from(&snapshot);
        }
        let (current, gates) = (Arc::downgrade(current), Arc::clone(gates));
        thread::spawn(move || {
            thread::sleep(QUIET);
            let Some(corpus) = snapshot.upgrade() else { return };
            let is_current = || current.upgrade().is_some_and(|current| Arc::ptr_eq(&current.load(), &corpus));
            let goes_on = || {
                // A snapshot that was replaced is let go at once, as something may have been withdrawn from it.
                while is_current() && gates.queries.is_in_use() {
                    thread::sleep(PAUSE);
                }
                is_current()
            };
            if let Err(error) = search::warm_all().and_then(|()| search::read_ahead(&corpus, goes_on)) {
                tracing::warn!("{error}");
            }
        });
    }
}
