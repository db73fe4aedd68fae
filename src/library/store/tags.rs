//! The file of the tags of a folder: permalinks, names of tags and the owner's notes, no words of anybody.

use std::fs;
use std::path::{Path, PathBuf};

use super::atomic_file::{self, LinkPolicy};
use super::file_stamp::FileStamp;
use super::folder::Folder;
use crate::error::{Error, TagError};
use crate::library::tags::{MOST_TAGGED, Tags};

const TAGS: &str = "tags.json";
/// The file while it is written.
const TEMPORARY_NAME: &str = "tags.new";
/// Bytes of it at most.
const MAX_BYTES: u64 = 256 << 20;

impl Folder {
    /// The tags in it, as they are on disk now.
    ///
    /// # Errors
    /// If the file cannot be read or is damaged.
    pub fn tags(&self) -> Result<Tags, Error> {
        let path = self.tags_path();
        if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            return Ok(Tags::default());
        }
        let bytes = atomic_file::read(&path, MAX_BYTES, LinkPolicy::Refused)?;
        let tags: Option<Tags> = serde_json::from_slice(&bytes).ok().filter(Tags::is_sound);
        tags.ok_or_else(|| TagError::Damaged { path }.into())
    }

    /// The stamp of their file in the folder at `root`; `None` if there is none.
    pub(crate) fn tags_stamp(root: &Path) -> Option<FileStamp> {
        let path = Self::state_folder_of(root).join(TAGS);
        fs::symlink_metadata(&path).ok().map(|about| FileStamp::seen(path, &about))
    }

    /// Writes them down.
    ///
    /// # Errors
    /// If they cannot be written, or would be too many.
    pub fn keep_tags(&mut self, tags: &Tags) -> Result<(), Error> {
        self.writable()?;
        let path = self.tags_path();
        let bytes = serde_json::to_vec_pretty(tags)
            .map_err(|error| Error::Write { path: path.clone(), source: error.into() })?;
        if bytes.len() as u64 > MAX_BYTES {
            return Err(TagError::TooManyQuotes { most: MOST_TAGGED }.into());
        }
        let temporary = self.state_folder().join(TEMPORARY_NAME);
        atomic_file::prepare(&temporary, &bytes)?;
        atomic_file::place(&temporary, &path)
    }

    /// Deletes what a crash left half written.
    ///
    /// # Errors
    /// If it cannot be deleted.
    pub(crate) fn clear_tags(&self) -> Result<(), Error> {
        let fresh = self.state_folder().join(TEMPORARY_NAME);
        if fs::symlink_metadata(&fresh).is_ok() { atomic_file::remove(&fresh) } else { Ok(()) }
    }

    fn tags_path(&self) -> PathBuf {
        self.state_folder().join(TAGS)
    }
}
