//! The list of what a library contains, for the people who manage it.

use std::path::PathBuf;
use std::sync::Arc;

use super::attributes::Attributes;
use super::library_state::LibraryState;
use super::listed_speaker::ListedSpeaker;
use super::near_duplicates::Sketches;
use super::recordings::Recordings;
use super::source::SourceReading;
use super::unread::Unread;
use crate::error::ClosedReason;
use crate::library::store::manifest::Edits;
use crate::retrieval::corpus::Additions;
use crate::text::segment::Language;
use crate::transcript::{Layout, Problem, SpeakerRole};

/// All transcripts, and all files that are not read.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The transcripts, in the order of their names.
    pub items: Vec<ListedTranscript>,
    /// Files that are not read.
    pub unread: Vec<Unread>,
    /// Why the library cannot be changed; `None` if it can.
    pub closed: Option<ClosedReason>,
    /// The names of all recordings beside the transcripts.
    pub recordings: Vec<String>,
}

/// One transcript.
#[derive(Debug, Clone)]
pub struct ListedTranscript {
    /// The name that citations use.
    pub name: String,
    /// The title that people see.
    pub title: String,
    /// SHA-256 of the source.
    pub sha256: String,
    /// The day it was added, or the day its file was last written, such as `2026-01-31`.
    pub date: Option<String>,
    /// The BCP 47 language of most of its answers.
    pub language: &'static str,
    /// How many questions.
    pub questions: usize,
    /// How many answers.
    pub answers: usize,
    /// How many texts are embedded: its passages, and its questions in full.
    pub passages: usize,
    /// The interviewees.
    pub speakers: Vec<ListedSpeaker>,
    /// The problems of the source.
    pub problems: Vec<Problem>,
    /// Titles of transcripts that are nearly the same, each with the common share in percent.
    pub alike: Vec<(String, u8)>,
    /// How many answers and questions are held back, in whole or in part.
    pub withdrawn: usize,
    /// The days on which the words that are held back from it were withdrawn.
    pub held_on: Vec<String>,
    /// Whether it can be searched already.
    pub ready: bool,
    /// The interviewers that were set.
    pub interviewers: Vec<String>,
    /// The speakers who ask, set by people or detected.
    pub asking: Vec<String>,
    /// The speakers whose role is undecided, as shown.
    pub undecided: Vec<String>,
    /// The columns of a table or JSON, and which of them are read.
    pub columns: Option<Layout>,
    /// The recording that may be played.
    pub recording: Option<PathBuf>,
}

impl Listing {
    /// What the owner added to the transcripts.
    pub(crate) fn additions(&self) -> Additions {
        let mut additions = Additions::default();
        for item in &self.items {
            additions.recordings.extend(item.recording.is_some().then(|| item.sha256.clone()));
            for speaker in item.speakers.iter().filter(|speaker| !speaker.aliases.is_empty()) {
                let known = additions.aliases.entry(speaker.shown.clone()).or_default();
                let new: Vec<String> = speaker.aliases.iter().filter(|name| !known.contains(name)).cloned().collect();
                known.extend(new);
            }
        }
        additions
    }
}

impl ListedSpeaker {
    /// The same with what is known of them.
    fn with(&self, attributes: &Attributes, edits: &Edits) -> Self {
        let typed = edits.attributes_of(&self.spellings).to_vec();
        let known = attributes.of(std::iter::once(&self.shown).chain(&self.spellings), &typed);
        let aliases = if self.pseudonym { Vec::new() } else { known.names };
        Self { attributes: known.attributes, aliases, typed, ..self.clone() }
    }
}

impl LibraryState {
    /// Lists the transcripts and the unread files.
    pub(crate) fn list(
        &self,
        attributes: &Attributes,
        recordings: Recordings<'_>,
        is_ready: impl Fn(&SourceReading) -> bool,
    ) -> Listing {
        let mut sketches = Sketches::default();
        self.readings.iter().for_each(|reading| sketches.add(reading.sketch.clone()));
        let item = |(number, reading): (usize, &Arc<SourceReading>)| {
            let transcript = &reading.transcript;
            let alike = sketches.alike(&reading.sketch, Some(number)).into_iter();
            ListedTranscript {
                name: transcript.name.clone(),
                title: transcript.title.clone(),
                sha256: reading.sha256().to_owned(),
                date: reading.date.clone(),
                language: language(&reading.indexed.languages),
                questions: transcript.questions.len(),
                answers: transcript.answers().count(),
                passages: reading.keys.len(),
                speakers: reading.speakers.iter().map(|speaker| speaker.with(attributes, &reading.edits)).collect(),
                problems: reading.problems.clone(),
                alike: alike.map(|(other, percent)| (self.readings[other].transcript.title.clone(), percent)).collect(),
                withdrawn: reading.gone.answers.len() + reading.held.questions,
                held_on: reading.held.on.iter().cloned().collect(),
                ready: is_ready(reading),
                interviewers: reading
                    .edits
                    .interviewers
                    .iter()
                    .filter(|own| !reading.held.people.contains(*own))
                    .cloned()
                    .collect(),
                asking: transcript.speakers.iter().filter(|one| one.asks).map(|one| one.name.clone()).collect(),
                undecided: transcript
                    .speakers
                    .iter()
                    .filter(|one| one.role == SpeakerRole::Undecided)
                    .map(|one| one.name.clone())
                    .collect(),
                columns: transcript.columns.clone(),
                recording: recordings.of(reading),
            }
        };
        let items = self.readings.iter().enumerate().map(item).collect();
        let recordings = recordings.names(&self.readings);
        Listing { items, unread: self.unread.clone(), closed: self.closed.clone(), recordings }
    }
}

/// The language of most answers.
fn language(answers: &[Language]) -> &'static str {
    let chinese = answers.iter().filter(|language| **language == Language::Chinese).count();
    if chinese * 2 >= answers.len() { "zh" } else { "en" }
}
