//! What stands in the folder of a library at one moment: transcripts, recordings and the table of people. The
//! folder is listed once for all of them.

use std::fs;
use std::path::{Path, PathBuf};

use super::attributes;
use super::recordings::is_recording;
use super::store;
use crate::error::Error;
use crate::library::store::file_stamp::FileStamp;

/// The files of a library at one moment, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct FolderScan {
    pub(crate) transcripts: Vec<FileStamp>,
    pub(crate) recordings: Vec<FileStamp>,
    /// The table of what is known of people.
    people: Option<FileStamp>,
}

impl FolderScan {
    /// Lists a folder. A missing folder is empty.
    pub(crate) fn of_folder(root: &Path) -> Result<Self, Error> {
        let mut scan = Self::default();
        if root.is_dir() {
            scan.list(root, |_| true)?;
        }
        Ok(scan)
    }

    /// One transcript, and the recordings beside it.
    pub(crate) fn of_file(path: &Path) -> Result<Self, Error> {
        let stamp = FileStamp::of(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
        let mut scan = Self::default();
        // The transcript can be read even if its folder cannot be listed.
        let _ = scan.list(path.parent().unwrap_or(Path::new("")), is_recording);
        Ok(Self { transcripts: vec![stamp], ..scan })
    }

    fn list(&mut self, root: &Path, counts: impl Fn(&Path) -> bool) -> Result<(), Error> {
        let io = |source| Error::Io { path: root.to_owned(), source };
        for entry in fs::read_dir(root).map_err(io)? {
            let path = entry.map_err(io)?.path();
            if counts(&path) {
                self.see(path);
            }
        }
        self.sort();
        Ok(())
    }

    /// Takes in that one file was written or deleted.
    pub(crate) fn see_again(&mut self, path: &Path) {
        self.transcripts.retain(|stamp| stamp.path != path);
        self.recordings.retain(|stamp| stamp.path != path);
        self.see(path.to_owned());
        self.sort();
    }

    /// Takes in that recordings were deleted.
    pub(crate) fn see_recordings_again(&mut self) {
        self.recordings.retain(|stamp| fs::symlink_metadata(&stamp.path).is_ok());
    }

    /// The stamp of a transcript.
    pub(crate) fn transcript(&self, path: &Path) -> Option<&FileStamp> {
        self.transcripts.iter().find(|stamp| stamp.path == path)
    }

    /// Notes a file of a kind that counts. Links, pipes and devices with the ending of a transcript are noted, so
    /// that people are told that they are not read.
    fn see(&mut self, path: PathBuf) {
        let (is_transcript, is_recording) = (store::has_ending(&path), is_recording(&path) && !is_hidden(&path));
        let is_people = path.file_name().is_some_and(|name| attributes::is_ours(&name.to_string_lossy()));
        if !is_transcript && !is_recording && !is_people {
            return;
        }
        // A file that vanished since it was listed is left out.
        let Ok(about) = fs::symlink_metadata(&path) else { return };
        let stamp = FileStamp::seen(path, &about);
        if is_people {
            self.people = Some(stamp);
        } else if is_transcript && !about.is_dir() {
            self.transcripts.push(stamp);
        } else if is_recording && about.is_file() {
            self.recordings.push(stamp);
        }
    }

    fn sort(&mut self) {
        self.transcripts.sort_by(|a, b| a.path.cmp(&b.path));
        self.recordings.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}
