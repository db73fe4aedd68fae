//! Noticing files that are put into the folder, changed or taken out of it
//! while the program runs. By looking, every second: unlike the system's own
//! notices this works on network and shared folders too, and misses nothing.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::writer::Shelf;
use crate::error::Error;
use crate::library::store::file_stamp::Stamp;

const PAUSE: Duration = Duration::from_secs(1);

/// Keeps a library in step with its folder for as long as it is open. A look that
/// panics is told, counted in [`Shelf::health`], and followed by the next.
pub fn watch(shelf: Weak<Shelf>) {
    thread::spawn(move || {
        let mut looks = Looks::default();
        while let Some(open) = shelf.upgrade() {
            open.health.watching(true);
            if panic::catch_unwind(AssertUnwindSafe(|| looks.look(&open))).is_err() {
                open.health.panicked("looking at the folder");
                // What it had noticed may be half done: from the beginning.
                looks = Looks::default();
            }
            drop(open);
            thread::sleep(PAUSE);
        }
    });
}

/// What was seen of the folder so far.
#[derive(Default)]
struct Looks {
    seen: Option<Vec<Stamp>>,
    taken: Option<Vec<Stamp>>,
    /// Whether the folder is not there to be looked at.
    missing: bool,
}

impl Looks {
    fn look(&mut self, open: &Arc<Shelf>) {
        if open.stock.reopen() {
            // What was decided may be decided otherwise: all is taken in anew.
            self.taken = None;
        }
        match open.stock.look() {
            // A file that still changes is still being written: wait until it looks the same twice.
            Ok(now) if self.seen.as_ref() == Some(&now) && self.taken.as_ref() != Some(&now) => {
                if open.adding.try_lock().is_ok() {
                    // Whatever was cancelled, this is other work.
                    open.work.stop(false);
                }
                match open.fill(|_| {}) {
                    Ok(()) => open.health.trouble(None),
                    Err(Error::Cancelled) => {}
                    Err(error) => {
                        tracing::warn!("{error}");
                        open.health.trouble(Some(error.to_string()));
                    }
                }
                self.taken = Some(now);
            }
            Ok(now) => {
                self.seen = Some(now);
                self.missing = false;
            }
            Err(error) => {
                open.health.trouble(Some(error.to_string()));
                if !self.missing {
                    tracing::warn!("{error}");
                    // What is not there is not shown.
                    if let Err(error) = open.fill(|_| {}) {
                        tracing::warn!("{error}");
                    }
                }
                // Made again, it is read again.
                *self = Self { missing: true, ..Self::default() };
            }
        }
    }
}
