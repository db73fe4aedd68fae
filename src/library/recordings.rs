//! Recordings of interviews: a sound or video file beside a transcript, with the same name, or the one
//! that the owner chose. A recording holds every voice. So it is played only while nothing of its
//! interview is withdrawn and nobody in it has a pseudonym.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::source::SourceReading;
use crate::library::store::file_stamp::FileStamp;

/// The endings of files that browsers play.
pub const RECORDINGS: [&str; 11] = ["mp3", "m4a", "wav", "webm", "mp4", "ogg", "oga", "opus", "flac", "aac", "mov"];

/// Whether a file has the ending of a recording.
pub(crate) fn is_recording(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| RECORDINGS.contains(&ending.as_str()))
}

/// The recordings beside the transcripts.
#[derive(Clone, Copy)]
pub(crate) struct Recordings<'a>(pub(crate) &'a [FileStamp]);

impl<'a> Recordings<'a> {
    /// The recording of a transcript, if it may be played.
    pub(crate) fn of(self, reading: &SourceReading) -> Option<PathBuf> {
        if !may_be_played(reading) {
            return None;
        }
        let mut all = self.beside(reading);
        if let Some(chosen) = &reading.edits.recording {
            return all.find(|path| path.file_name().is_some_and(|name| name == chosen.as_str())).map(Path::to_owned);
        }
        // `talk.srt` and `talk.mp3.srt` both belong to `talk.mp3`.
        let stem = reading.path.file_stem()?;
        all.find(|path| path.file_stem() == Some(stem) || path.file_name() == Some(stem)).map(Path::to_owned)
    }

    /// The names of all recordings, if one of these transcripts may have one.
    pub(crate) fn names(self, readings: &[Arc<SourceReading>]) -> Vec<String> {
        let playable = readings.iter().filter(|reading| may_be_played(reading));
        let folders: HashSet<Option<&Path>> = playable.map(|reading| reading.path.parent()).collect();
        let all = self.0.iter().map(|stamp| stamp.path.as_path()).filter(|path| folders.contains(&path.parent()));
        all.filter_map(Path::file_name).map(|name| name.to_string_lossy().into_owned()).collect()
    }

    /// The recordings in the folder of a transcript, by name.
    pub(crate) fn beside(self, reading: &SourceReading) -> impl Iterator<Item = &'a Path> {
        let folder = reading.path.parent().map(Path::to_owned);
        self.0.iter().map(|stamp| stamp.path.as_path()).filter(move |path| path.parent() == folder.as_deref())
    }
}

/// Nothing of it is withdrawn, and nobody in it has a pseudonym.
fn may_be_played(reading: &SourceReading) -> bool {
    !reading.gone.withheld && reading.held.is_nothing()
}
