//! Noticing files that are put into the folder, changed or taken out of it
//! while the program runs. By looking, every second: unlike the system's own
//! notices this works on network and shared folders too, and misses nothing.

use std::sync::Weak;
use std::thread;
use std::time::Duration;

use super::shelf::Shelf;
use crate::error::Error;
use crate::library::Stamp;

const PAUSE: Duration = Duration::from_secs(1);

/// Keeps a library in step with its folder for as long as it is open.
pub fn watch(shelf: Weak<Shelf>) {
    thread::spawn(move || {
        let mut seen: Option<Vec<Stamp>> = None;
        let mut taken: Option<Vec<Stamp>> = None;
        loop {
            let Some(open) = shelf.upgrade() else { return };
            open.stock.reopen();
            match open.stock.look() {
                // A file that still changes is still being written: wait until it looks the same twice.
                Ok(now) if seen.as_ref() == Some(&now) && taken.as_ref() != Some(&now) => {
                    if open.adding.try_lock().is_ok() {
                        // Whatever was cancelled, this is other work.
                        open.work.stop(false);
                    }
                    match open.fill(|_| {}) {
                        Ok(()) | Err(Error::Cancelled) => {}
                        Err(error) => tracing::warn!("{error}"),
                    }
                    taken = Some(now);
                }
                Ok(now) => seen = Some(now),
                Err(error) => {
                    if seen.take().is_some() {
                        tracing::warn!("{error}");
                    }
                }
            }
            drop(open);
            thread::sleep(PAUSE);
        }
    });
}
