//! Writing so that a crash leaves the old file or the new one, never half of
//! either: temporary file → fsync → rename → fsync of the folder.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

use crate::error::Error;

/// Writes `bytes` to a temporary file.
pub(super) fn prepare(temporary: &Path, bytes: &[u8]) -> Result<(), Error> {
    fill(temporary, bytes).map_err(|source| {
        // What is left of it is cleared at the next start as well.
        let _ = fs::remove_file(temporary);
        Error::Write { path: temporary.to_owned(), source }
    })
}

/// Puts a prepared file in its place, which is on the same file system.
pub(super) fn place(temporary: &Path, to: &Path) -> Result<(), Error> {
    fs::rename(temporary, to)
        .and_then(|()| sync_folder(to.parent()))
        .map_err(|source| Error::Write { path: to.to_owned(), source })
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
