//! Notices files that are put into the folder, changed, or taken out of it while the program runs. It
//! looks every second. Unlike the system's own notices this works on network and shared folders too,
//! and misses nothing.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::writer::Library;
use crate::error::Error;
use crate::library::store::file_stamp::FileStamp;

const PAUSE: Duration = Duration::from_secs(1);

/// Keeps a library in step with its folder while it is open. A look that panics is logged, and counted
/// in [`Library::health`]. The next look follows.
pub fn watch(shelf: Weak<Library>) {
    thread::spawn(move || {
        let mut looks = Looks::default();
        while let Some(open) = shelf.upgrade() {
            open.health.watching(true);
            if panic::catch_unwind(AssertUnwindSafe(|| looks.look(&open))).is_err() {
                open.health.panicked("looking at the folder");
                // Its state may be half done, so it begins anew.
                looks = Looks::default();
            }
            drop(open);
            thread::sleep(PAUSE);
        }
    });
}

/// The state of the folder at the last looks.
#[derive(Default)]
struct Looks {
    seen: Option<Vec<FileStamp>>,
    taken: Option<Vec<FileStamp>>,
    /// Whether the folder is missing.
    missing: bool,
    /// Whether a shared store does not answer.
    apart: bool,
}

impl Looks {
    fn look(&mut self, open: &Arc<Library>) {
        // Every request asks a shared store as well, and says what is wrong. Without requests, withdrawn words must go, too.
        if let Err(error) = open.catch_up() {
            open.health.trouble(Some(error.to_string()));
            self.apart = true;
            return;
        }
        if std::mem::take(&mut self.apart) {
            open.health.trouble(None);
        }
        if open.stock.reopen() {
            // Decisions may have changed, so everything is taken in anew.
            self.taken = None;
        }
        match open.stock.look() {
            // A file that still changes is still being written: wait until it looks the same twice.
            Ok(now) if self.seen.as_ref() == Some(&now) && self.taken.as_ref() != Some(&now) => {
                if open.adding.try_lock().is_ok() {
                    // An earlier cancellation does not concern this work.
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
                    // A folder that is missing is not shown.
                    if let Err(error) = open.fill(|_| {}) {
                        tracing::warn!("{error}");
                    }
                }
                // A folder that is made again is read again.
                *self = Self { missing: true, ..Self::default() };
            }
        }
    }
}
