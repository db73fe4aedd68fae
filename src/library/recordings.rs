//! Recordings of interviews: a sound or video file beside a transcript, with the same name, or the one
//! that the owner chose. A recording holds every voice. So it is played only while nothing of its
//! interview is withdrawn and nobody in it has a pseudonym.

use std::collections::HashMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::source::SourceReading;
use super::sources::SourceStore;
use super::store::atomic_file;
use super::writer::Library;
use crate::error::Error;
use crate::hash::hex;
use crate::text::sanitize;

/// The endings of files that browsers play.
pub const RECORDINGS: [&str; 11] = ["mp3", "m4a", "wav", "webm", "mp4", "ogg", "oga", "opus", "flac", "aac", "mov"];

/// Whether a file has the ending of a recording.
pub(crate) fn is_recording(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| RECORDINGS.contains(&ending.as_str()))
}

/// The recordings of folders. Each folder is read once.
#[derive(Default)]
pub(crate) struct Recordings(HashMap<PathBuf, Vec<PathBuf>>);

impl Recordings {
    /// The recording of a transcript, if it may be played.
    pub(crate) fn of(&mut self, reading: &SourceReading) -> Option<PathBuf> {
        if reading.gone.withheld || !reading.held.is_nothing() {
            return None;
        }
        let all = self.in_folder(reading.path.parent()?);
        if let Some(chosen) = &reading.edits.recording {
            return all.iter().find(|path| path.file_name().is_some_and(|name| name == chosen.as_str())).cloned();
        }
        // `talk.srt` and `talk.mp3.srt` both belong to `talk.mp3`.
        let stem = reading.path.file_stem()?;
        let is_of = |path: &&PathBuf| path.file_stem() == Some(stem) || path.file_name() == Some(stem);
        all.iter().find(is_of).cloned()
    }

    /// The names of the recordings in all folders that were read.
    pub(crate) fn names(&self) -> Vec<String> {
        let all = self.0.values().flatten().filter_map(|path| path.file_name());
        all.map(|name| name.to_string_lossy().into_owned()).collect()
    }

    /// The recordings in a folder, by name.
    pub(crate) fn in_folder(&mut self, folder: &Path) -> &[PathBuf] {
        self.0.entry(folder.to_owned()).or_insert_with(|| found(folder))
    }
}

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
    /// When the disk refuses them.
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
    /// When there is no such transcript, the file is no recording, or nothing can be written.
    pub fn begin_recording(&self, sha256: &str, name: &str) -> Result<IncomingRecording, Error> {
        if !self.listing().items.iter().any(|item| item.sha256 == sha256) {
            return Err(Error::NoSuchTranscript { name: sanitize::short(sha256) });
        }
        if !is_recording(Path::new(name)) {
            return Err(Error::BadEnding { file: sanitize::short(name), endings: RECORDINGS.join(", ") });
        }
        IncomingRecording::new(self.stock.change(|folder| folder.incoming_recording())?)
    }

    /// Puts a recording that is completely written beside its transcript, and plays it from now on.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn keep_recording(&self, sha256: &str, name: &str, incoming: &IncomingRecording) -> Result<(), Error> {
        let write = |source| Error::Write { path: incoming.path.clone(), source };
        incoming.file.sync_all().map_err(write)?;
        let hash = hex(&incoming.hash.clone().finalize());
        self.stock.keep_recording(sha256, name, &incoming.path, &hash)?;
        self.fill(|_| {})
    }
}

impl SourceStore {
    fn keep_recording(&self, sha256: &str, name: &str, from: &Path, hash: &str) -> Result<(), Error> {
        let state = self.shelved()?;
        let reading = state.readings.iter().find(|reading| reading.sha256() == sha256);
        let reading = reading.ok_or_else(|| Error::NoSuchTranscript { name: sanitize::short(sha256) })?;
        if reading.path.parent() != Some(&self.root()) {
            return Err(Error::Closed { why: "the sample interview has no folder for a recording".to_owned() });
        }
        self.change(|folder| folder.keep_recording(sha256, &reading.path, name, (from, hash)))
    }
}

/// The regular files with the ending of a recording. No link is followed.
fn found(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_file = |entry: &fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_file());
    let mut found: Vec<PathBuf> = entries
        .filter(is_file)
        .map(|entry| entry.path())
        .filter(|path| {
            is_recording(path) && !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
        })
        .collect();
    found.sort();
    found
}
