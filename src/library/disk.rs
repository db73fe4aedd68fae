//! Writing so that a crash leaves the old file or the new one, never half of
//! either: temporary file → fsync → rename → fsync of the folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::error::Error;

/// Where files are written before they are whole, in a folder's own corner.
pub(super) const UNFINISHED: &str = "unfinished";

/// Puts `bytes` at `to`, which is replaced; `corner` is on the same file system.
pub(super) fn write(corner: &Path, to: &Path, bytes: &[u8]) -> Result<(), Error> {
    let place = || -> io::Result<()> {
        let unfinished = corner.join(UNFINISHED);
        let written = fill(&unfinished, bytes).and_then(|()| fs::rename(&unfinished, to));
        if written.is_err() {
            // What is left of it is cleared at the next start as well.
            let _ = fs::remove_file(&unfinished);
        }
        written?;
        sync_folder(to.parent())
    };
    place().map_err(|source| Error::Write { path: to.to_owned(), source })
}

/// Removes a file so that it stays removed; one that is not there is fine.
pub(super) fn remove(path: &Path) -> Result<(), Error> {
    let gone = match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    };
    gone.and_then(|()| sync_folder(path.parent())).map_err(|source| Error::Write { path: path.to_owned(), source })
}

fn fill(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// A rename is only kept through a power cut when its folder is.
pub(super) fn sync_folder(folder: Option<&Path>) -> io::Result<()> {
    match folder {
        // Elsewhere a folder cannot be opened as a file, and the system sees to it.
        Some(folder) if cfg!(unix) => File::open(folder)?.sync_all(),
        _ => Ok(()),
    }
}
