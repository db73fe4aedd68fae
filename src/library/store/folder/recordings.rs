//! Recordings that the program put into a folder. Each is known by its hash, so that no manifest from a
//! stranger makes the program delete another file.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::Folder;
use crate::error::Error;
use crate::hash::sha256_of;
use crate::library::recordings::is_recording;
use crate::library::store::manifest::Edits;
use crate::library::store::{atomic_file, file_names};

/// The start of a recording's name until it is in its place. A number follows.
const RECORDING: &str = "recording";

impl Folder {
    /// The path for a recording that is still being written.
    ///
    /// # Errors
    /// If the folder cannot be changed.
    pub(crate) fn incoming_recording(&self) -> Result<PathBuf, Error> {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        self.writable()?;
        Ok(self.state_folder().join(format!("{RECORDING}-{}", NEXT.fetch_add(1, Ordering::Relaxed))))
    }

    /// Moves a recording to its place beside a transcript. A name that is taken gets a number. A
    /// recording that the program added before is deleted. `incoming` is its path and its SHA-256.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub(crate) fn keep_recording(
        &mut self,
        sha256: &str,
        transcript: &Path,
        name: &str,
        (incoming, hash): (&Path, &str),
    ) -> Result<(), Error> {
        self.writable()?;
        let before = self.manifest().transcripts.get(sha256).map(|entry| entry.edits.clone()).unwrap_or_default();
        let file =
            file_names::free(&file_names::safe(name), |name| fs::symlink_metadata(self.root().join(name)).is_ok());
        // The decision comes first. After a crash between them the name leads to no file, and nothing is played.
        self.edit(sha256, transcript, |edits| {
            edits.recording = Some(file.clone());
            edits.recording_sha256 = Some(hash.to_owned());
        })?;
        atomic_file::place(incoming, &self.root().join(&file))?;
        self.delete_recording(&before)
    }

    /// Deletes the recordings that the program added to transcripts from which somebody withdrew.
    ///
    /// # Errors
    /// If one cannot be deleted.
    pub(super) fn delete_withdrawn_recordings(&mut self) -> Result<(), Error> {
        let mut next = self.manifest().clone();
        for entry in next.transcripts.values_mut().filter(|entry| !entry.edits.withdrawn.is_empty()) {
            self.delete_recording(&entry.edits)?;
            entry.edits.recording = None;
            entry.edits.recording_sha256 = None;
        }
        if next == *self.manifest() { Ok(()) } else { self.decide(next) }
    }

    /// Deletes a recording that the program added, if the file is unchanged.
    ///
    /// # Errors
    /// If it cannot be deleted.
    pub(super) fn delete_recording(&self, edits: &Edits) -> Result<(), Error> {
        let (Some(file), Some(hash)) = (&edits.recording, &edits.recording_sha256) else { return Ok(()) };
        let path = self.root().join(file);
        let is_ours = file_names::is_bare(file)
            && is_recording(&path)
            && fs::symlink_metadata(&path).is_ok_and(|about| about.is_file())
            && File::open(&path).and_then(sha256_of).is_ok_and(|own| own == *hash);
        if is_ours { atomic_file::remove(&path) } else { Ok(()) }
    }

    /// Removes recordings that did not get into their places.
    ///
    /// # Errors
    /// If one cannot be removed.
    pub(super) fn clear_incoming_recordings(&self) -> Result<(), Error> {
        let Ok(entries) = fs::read_dir(self.state_folder()) else { return Ok(()) };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(RECORDING) {
                atomic_file::remove(&entry.path())?;
            }
        }
        Ok(())
    }
}
