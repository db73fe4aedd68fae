//! A recording on its way into the library. It is written part by part beside the transcripts, then put
//! in its place.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::handle::Library;
use super::recordings::{RECORDINGS, is_recording};
use super::sources::SourceStore;
use super::store::atomic_file;
use crate::error::{ClosedReason, Error, StoreError};
use crate::hash::hex;
use crate::text::sanitize;

/// A recording on its way into the folder.
pub struct IncomingRecording {
    path: PathBuf,
    file: File,
    hash: Sha256,
}

impl IncomingRecording {
    fn new(path: PathBuf) -> Result<Self, Error> {
        let file = atomic_file::create(&path).map_err(|source| Error::Write { path: path.clone(), source })?;
        Ok(Self { path, file, hash: Sha256::new() })
    }

    /// Writes the next bytes.
    ///
    /// # Errors
    /// If the disk refuses them.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hash.update(bytes);
        self.file.write_all(bytes).map_err(|source| Error::Write { path: self.path.clone(), source })
    }
}

impl Drop for IncomingRecording {
    /// Removes what did not get into its place.
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

impl Library {
    /// A place for the recording of a transcript, to be written part by part.
    ///
    /// # Errors
    /// If there is no such transcript, the file is no recording, or nothing can be written.
    pub fn begin_recording(&self, sha256: &str, name: &str) -> Result<IncomingRecording, Error> {
        if self.is_shared() {
            return Err(StoreError::NoRecordings.into());
        }
        if !self.listing().items.iter().any(|item| item.sha256 == sha256) {
            return Err(Error::NoSuchTranscript { name: sanitize::short(sha256) });
        }
        if !is_recording(Path::new(name)) {
            return Err(Error::BadEnding { file: sanitize::short(name), endings: RECORDINGS.join(", ") });
        }
        let path = self.writer().store.change(|folder| folder.incoming_recording())?;
        IncomingRecording::new(path)
    }

    /// Puts a recording that is completely written beside its transcript, and plays it from now on.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub fn keep_recording(&self, sha256: &str, name: &str, incoming: &IncomingRecording) -> Result<(), Error> {
        let write = |source| Error::Write { path: incoming.path.clone(), source };
        incoming.file.sync_all().map_err(write)?;
        let hash = hex(&incoming.hash.clone().finalize());
        self.writer().store.keep_recording(sha256, name, &incoming.path, &hash)?;
        self.fill_rest()
    }
}

impl SourceStore {
    fn keep_recording(&mut self, sha256: &str, name: &str, from: &Path, hash: &str) -> Result<(), Error> {
        let state = self.state()?;
        let reading = state.readings.iter().find(|reading| reading.sha256() == sha256);
        let reading = reading.ok_or_else(|| Error::NoSuchTranscript { name: sanitize::short(sha256) })?;
        if reading.path.parent() != Some(self.root()) {
            return Err(Error::Closed { why: ClosedReason::SampleInterview });
        }
        let kept = self.change(|folder| folder.keep_recording(sha256, &reading.path, name, (from, hash)));
        // The recording has come into the folder, and the one before may be gone.
        self.scan = self.list_folder()?;
        kept
    }
}
