//! A change to how a transcript is shown: what it asks for, and what it makes of the decisions about its source. It is
//! checked before anything is written.

use std::path::Path;

use super::attributes;
use super::library_state::LibraryState;
use super::recordings::Recordings;
use super::source::{self, SourceReading};
use crate::error::Error;
use crate::library::store::manifest::Edits;
use crate::text::sanitize;
use crate::transcript::Columns;

/// A change to how a transcript is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TranscriptChange {
    /// Sets the title. An empty title restores the transcript's own.
    Title(String),
    /// Sets who asks. An empty list lets the program decide again.
    Interviewers(Vec<String>),
    /// Reads it as a conversation in which nobody asks.
    NobodyAsks,
    /// Sets the columns of a table or JSON. Without columns the program guesses again.
    Columns(Columns),
    /// Merges two spellings of one speaker.
    Merge {
        /// The spelling to give up, as shown.
        from: String,
        /// The spelling to keep, as shown.
        into: String,
    },
    /// Shows a speaker under another name. An empty name restores their own.
    Pseudonym {
        /// The speaker, as shown now.
        speaker: String,
        /// The name to show.
        shown: String,
    },
    /// Sets the recording, as the name of a file beside the transcript. An empty name restores the
    /// recording with the transcript's own name.
    Recording(String),
    /// Sets what is known of a speaker. An empty list removes it.
    Attributes {
        /// The speaker, as shown now.
        speaker: String,
        /// Names of attributes and their values.
        attributes: Vec<(String, String)>,
    },
}

/// The source that a change is about.
pub(super) struct ChangedSource<'a> {
    pub(super) state: &'a LibraryState,
    pub(super) reading: &'a SourceReading,
    pub(super) recordings: Recordings<'a>,
}

/// A change that was checked, for the decisions about its source.
type PreparedEdit = Box<dyn FnOnce(&mut Edits)>;

impl TranscriptChange {
    /// Checks the change, and returns what it makes of the decisions.
    ///
    /// # Errors
    /// If the source has no such speaker, column or recording.
    pub(super) fn prepare(self, source: &ChangedSource<'_>) -> Result<PreparedEdit, Error> {
        match self {
            Self::Title(title) => Ok(set_title(&title)),
            Self::Interviewers(names) => source.set_interviewers(&names),
            Self::NobodyAsks => Ok(Box::new(|edits| {
                edits.interviewers.clear();
                edits.nobody_asks = true;
            })),
            Self::Columns(columns) => source.set_columns(columns),
            Self::Merge { from, into } => source.merge(&from, &into),
            Self::Pseudonym { speaker, shown } => source.set_pseudonym(&speaker, &shown),
            Self::Recording(name) => source.set_recording(name),
            Self::Attributes { speaker, attributes } => source.set_attributes(&speaker, attributes),
        }
    }
}

fn set_title(title: &str) -> PreparedEdit {
    let title = Some(sanitize::short(title)).filter(|title| !title.is_empty());
    Box::new(move |edits| edits.title = title)
}

impl ChangedSource<'_> {
    fn spellings(&self, shown: &str) -> Result<Vec<String>, Error> {
        self.state.anyone(self.reading.sha256(), shown)
    }

    /// The spelling under which all of these are merged. It is the first one if they are not merged yet.
    fn merged(&self, spellings: &[String]) -> Option<String> {
        spellings.first().map(|name| self.reading.edits.merged.get(name).unwrap_or(name).clone())
    }

    fn set_interviewers(&self, names: &[String]) -> Result<PreparedEdit, Error> {
        let own: Vec<Vec<String>> = names.iter().map(|name| self.spellings(name)).collect::<Result<_, _>>()?;
        let own = own.concat();
        Ok(Box::new(move |edits| {
            edits.interviewers = own;
            edits.nobody_asks = false;
        }))
    }

    /// Refuses a wrong name now, because the file would be unreadable later.
    fn set_columns(&self, columns: Columns) -> Result<PreparedEdit, Error> {
        let layout = self.reading.transcript.columns.as_ref();
        let known = layout.map(|columns| columns.names.clone()).unwrap_or_default();
        for name in [&columns.speaker, &columns.text, &columns.time].into_iter().flatten() {
            if !known.contains(name) {
                return Err(Error::NoSuchColumn { column: name.clone(), columns: known.join(", ") });
            }
        }
        Ok(Box::new(move |edits| edits.columns = source::named(&columns)))
    }

    fn merge(&self, from: &str, into: &str) -> Result<PreparedEdit, Error> {
        let (from, into) = (self.spellings(from)?, self.spellings(into)?);
        let one = self.merged(&into).unwrap_or_default();
        Ok(Box::new(move |edits| {
            for name in from {
                edits.pseudonyms.remove(&name);
                for other in edits.merged.values_mut().filter(|other| **other == name) {
                    other.clone_from(&one);
                }
                edits.merged.insert(name, one.clone());
            }
        }))
    }

    fn set_pseudonym(&self, speaker: &str, shown: &str) -> Result<PreparedEdit, Error> {
        let one = self.merged(&self.spellings(speaker)?).unwrap_or_default();
        let shown = sanitize::short(shown);
        Ok(Box::new(move |edits| {
            if shown.is_empty() {
                edits.pseudonyms.remove(&one);
            } else {
                edits.pseudonyms.insert(one, shown);
            }
        }))
    }

    fn set_recording(&self, name: String) -> Result<PreparedEdit, Error> {
        let mut known = self.recordings.beside(self.reading).filter_map(Path::file_name);
        if !name.is_empty() && !known.any(|known| known == name.as_str()) {
            return Err(Error::NoSuchRecording { file: sanitize::short(&name) });
        }
        Ok(Box::new(move |edits| {
            edits.recording = Some(name).filter(|name| !name.is_empty());
            edits.recording_sha256 = None;
        }))
    }

    /// Sets the attributes under every spelling, because each of them may be the one that answers.
    fn set_attributes(&self, speaker: &str, attributes: Vec<(String, String)>) -> Result<PreparedEdit, Error> {
        let names = self.spellings(speaker)?;
        let attributes = attributes::typed(attributes);
        Ok(Box::new(move |edits| {
            edits.attributes.retain(|name, _| !names.contains(name));
            if !attributes.is_empty() {
                edits.attributes.extend(names.into_iter().map(|name| (name, attributes.clone())));
            }
        }))
    }
}
