//! Where a library is: the user's own folder, another one, or one file.

use std::path::{Path, PathBuf};

use crate::library::store::file_stamp::FileStamp;
use crate::library::store::folder::Folder;

/// Where a library is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LibraryLocation {
    /// The user's own folder, and the bundled interview. The folder is made when something is
    /// added.
    Home(PathBuf),
    /// A folder.
    Folder(PathBuf),
    /// One file, which is only read.
    File(PathBuf),
}

impl LibraryLocation {
    /// The present stamps of the files that hold decisions.
    pub(crate) fn decisions(&self) -> Vec<FileStamp> {
        match self {
            Self::Home(root) | Self::Folder(root) => Folder::decisions(root),
            Self::File(file) => Folder::decisions(file.parent().unwrap_or(Path::new(""))),
        }
    }
}
