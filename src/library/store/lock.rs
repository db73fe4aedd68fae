//! One process at a time changes a folder.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::time::{Duration, Instant};

use super::atomic_file;
use crate::error::Error;

const LOCK: &str = "lock";
/// A lock may outlive its holder for this long. A process that is being started has a copy until it
/// becomes another program. A killed process keeps its lock until the system has cleared it away.
const PATIENCE: Duration = Duration::from_millis(400);

/// What a folder is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To change it. This fails if another process has it open, or if it cannot be written.
    Write,
    /// To change it if possible, otherwise to read it.
    ReadAtLeast,
    /// To change it if no other process has it open, otherwise to read it. This never waits for a lock.
    ReadAtOnce,
}

impl Access {
    /// The time that a lock may outlive its holder.
    fn patience(self) -> Duration {
        if self == Self::ReadAtOnce { Duration::ZERO } else { PATIENCE }
    }
}

/// Takes the lock of a folder. A missing folder is made if `access` is to write.
pub(super) fn take(root: &Path, state_folder: &Path, access: Access) -> Result<File, Error> {
    let write = |source| Error::Write { path: root.to_owned(), source };
    if access != Access::Write && !root.is_dir() {
        return Err(Error::Io { path: root.to_owned(), source: io::ErrorKind::NotFound.into() });
    }
    atomic_file::folder(state_folder).map_err(|error| match error {
        Error::Write { source, .. } => write(source),
        other => other,
    })?;
    let file = atomic_file::open_own(&state_folder.join(LOCK)).map_err(write)?;
    let until = Instant::now() + access.patience();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(PATIENCE / 20),
            Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: root.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(write(source)),
        }
    }
}

/// Whether a lock is still the folder's. The folder may have been deleted and made again.
pub(super) fn is_in_place(lock: &File, state_folder: &Path) -> bool {
    match (lock.metadata(), fs::symlink_metadata(state_folder.join(LOCK))) {
        (Ok(held), Ok(there)) => atomic_file::identity(&held)[0] == atomic_file::identity(&there)[0],
        _ => false,
    }
}
