//! How a file looks. A changed file has another stamp.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::atomic_file;

/// A transcript file as a look at the folder sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct FileStamp {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written.
    pub modified: Option<SystemTime>,
    /// Its number in the file system, and when it last changed.
    identity: [i64; 3],
}

impl FileStamp {
    /// A file as it looks now.
    ///
    /// # Errors
    /// If it is not there.
    pub fn of(path: &Path) -> io::Result<Self> {
        let about = fs::metadata(path)?;
        Ok(Self::seen(path.to_owned(), &about))
    }

    /// The stamp of a source that is in no folder.
    pub fn bundled(path: PathBuf) -> Self {
        Self { path, bytes: 0, modified: None, identity: [0; 3] }
    }

    pub(crate) fn seen(path: PathBuf, about: &fs::Metadata) -> Self {
        Self { path, bytes: about.len(), modified: about.modified().ok(), identity: atomic_file::identity(about) }
    }
}
