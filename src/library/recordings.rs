//! Recordings of interviews: a sound or video file beside a transcript, with the same name, or the one
//! that the owner chose. A recording holds every voice. So it is played only while nothing of its
//! interview is withdrawn and nobody in it has a pseudonym.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::source::SourceReading;

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
