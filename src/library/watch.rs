//! Notices files that are put into the folder, changed, or taken out of it while the program runs. It
//! looks every second. Unlike the system's own notices this works on network and shared folders too,
//! and misses nothing.

use std::panic::{self, AssertUnwindSafe};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::Duration;

use super::folder_scan::FolderScan;
use super::handle::Library;
use super::writer::LibraryWriter;
use crate::error::Error;
use crate::library::store::folder::Folder;
use crate::library::store::lock::Access;

const PAUSE: Duration = Duration::from_secs(1);

/// Keeps a library in step with its folder while it is open. A look that panics is logged, and counted
/// in [`Library::health`]. The next look follows.
pub fn watch(library: Weak<Library>) {
    thread::spawn(move || {
        let mut looks = Looks::default();
        while let Some(open) = library.upgrade() {
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
    seen: Option<FolderScan>,
    taken: Option<FolderScan>,
    /// Whether the folder is missing.
    missing: bool,
    /// Whether a shared store does not answer.
    apart: bool,
}

impl Looks {
    fn look(&mut self, open: &Arc<Library>) {
        // Every request asks a shared store as well, and says what is wrong. Without requests, withdrawn words must go, too.
        if let Err(error) = open.catch_up() {
            open.health.trouble(Some(&error.to_string()));
            self.apart = true;
            return;
        }
        if std::mem::take(&mut self.apart) {
            open.health.trouble(None);
        }
        if open.reopen() {
            // Decisions may have changed, so everything is taken in anew.
            self.taken = None;
        }
        match open.look() {
            // A file that still changes is still being written: wait until it looks the same twice.
            Ok(now) if self.seen.as_ref() == Some(&now) && self.taken.as_ref() != Some(&now) => {
                // What a change of our own wrote is in place already.
                let filled = if self.taken.is_some() && open.has(&now) { Ok(()) } else { open.fill(|_| {}) };
                match filled {
                    Ok(()) => open.health.trouble(None),
                    Err(Error::Cancelled) => {}
                    Err(error) => {
                        tracing::warn!("{error}");
                        open.health.trouble(Some(&error.to_string()));
                    }
                }
                self.taken = Some(now);
            }
            Ok(now) => {
                self.seen = Some(now);
                self.missing = false;
            }
            Err(error) => {
                open.health.trouble(Some(&error.to_string()));
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

/// Takes in what another process decided. What it withdrew is no longer shown, even if embedding is under way.
fn take_in(writer: &mut LibraryWriter) -> bool {
    let decided = writer.store.take_in();
    if decided && let Err(error) = writer.publish() {
        tracing::warn!("{error}");
    }
    decided
}

impl Library {
    /// What stands in the folder now. A missing folder is an error.
    fn look(&self) -> Result<FolderScan, Error> {
        let writer = self.writer();
        match &writer.store.folder {
            Some(folder) if !folder.root().is_dir() => {
                Err(Error::Io { path: folder.root().to_owned(), source: std::io::ErrorKind::NotFound.into() })
            }
            _ => writer.store.list_folder(),
        }
    }

    /// Whether all that stands in the folder was taken in and can be searched.
    fn has(&self, now: &FolderScan) -> bool {
        self.writer().shows(now) && self.corpus().load().coming() == 0
    }

    /// Opens the folder for writing if that failed before, or if the folder was made anew. Otherwise
    /// takes in what another process decided. Returns whether decisions may have changed.
    fn reopen(&self) -> bool {
        if self.folder().is_none() {
            return take_in(&mut self.writer());
        }
        let Some(root) = self.writer().store.to_open() else { return false };
        // Opening waits a little for the lock. Nobody else waits for it.
        let opened = Folder::open(&root, Access::Write);
        let mut writer = self.writer();
        match opened {
            Ok(open) => {
                writer.store.take_over(open);
                true
            }
            Err(error) => {
                tracing::debug!("{error}");
                take_in(&mut writer)
            }
        }
    }
}
