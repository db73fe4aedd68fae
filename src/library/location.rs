//! Where a library is: the user's own folder, another one, or one file.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::library::store::file_stamp::FileStamp;
use crate::library::store::folder::Folder;
use crate::library::store::shared::SharedStore;

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
    /// A database that several servers share.
    Shared(Arc<SharedStore>),
}

impl LibraryLocation {
    /// The present stamps of the files that hold decisions.
    pub(crate) fn decisions(&self) -> Vec<FileStamp> {
        match self {
            Self::File(file) => Folder::decisions(&Folder::of_file(file)),
            _ => Folder::decisions(self.path()),
        }
    }

    /// Its folder, if it is not one file. Of a shared store, it is this server's copy.
    pub(crate) fn folder(&self) -> Option<&Path> {
        if matches!(self, Self::File(_)) { None } else { Some(self.path()) }
    }

    /// The path of its folder or file.
    pub(crate) fn path(&self) -> &Path {
        match self {
            Self::Home(path) | Self::Folder(path) | Self::File(path) => path,
            Self::Shared(shared) => shared.folder(),
        }
    }
}
