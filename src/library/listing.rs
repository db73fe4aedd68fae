//! What there is in a library, for whoever looks after it.

use std::fmt;
use std::sync::Arc;

use super::attributes::Attributes;
use super::near_duplicates::Sketches;
use super::source::Reading;
use super::sources::Shelved;
use crate::error::Error;
use crate::text::segment::Language;
use crate::transcript::{Layout, Part, Problem, Transcript};

/// All transcripts, and all files that are none.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// In the order of their names.
    pub items: Vec<Item>,
    /// Files that are not read.
    pub unread: Vec<Unread>,
    /// Why nothing can be changed; `None` where it can.
    pub closed: Option<String>,
}

/// One transcript.
#[derive(Debug, Clone)]
pub struct Item {
    /// What citations call it.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// SHA-256 of the source.
    pub sha256: String,
    /// The day it was added, or its file last written: `2026-01-31`.
    pub date: Option<String>,
    /// BCP 47 of most of its answers.
    pub language: &'static str,
    /// How many questions.
    pub questions: usize,
    /// How many answers.
    pub answers: usize,
    /// How many passages are embedded.
    pub passages: usize,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// The problems of the source.
    pub problems: Vec<Problem>,
    /// Titles of transcripts that are nearly the same, and how much, in percent.
    pub alike: Vec<(String, u8)>,
    /// Answers, and questions, of which something was withdrawn.
    pub withdrawn: usize,
    /// The days on which words were withdrawn that it holds, and that are held back.
    pub held_on: Vec<String>,
    /// Whether it can be searched already.
    pub ready: bool,
    /// The interviewers that were set.
    pub interviewers: Vec<String>,
    /// Who asks, set or found out.
    pub asking: Vec<String>,
    /// Who may ask or answer, and has not been told; as shown.
    pub undecided: Vec<String>,
    /// The columns of a table or JSON, and which are read.
    pub columns: Option<Layout>,
}

/// A file that is not read as a transcript.
#[derive(Debug, Clone)]
pub struct Unread {
    /// Its name.
    pub file: String,
    /// Why not.
    pub reason: Reason,
    /// Its SHA-256, where it is held back until somebody decides.
    pub held: Option<String>,
    /// The day on which what it holds was withdrawn, where that is why.
    pub held_on: Option<String>,
}

/// Why a file is not read; each page tells it in its own language.
#[derive(Debug, Clone)]
pub enum Reason {
    /// It was withdrawn, on this day.
    Withdrawn(String),
    /// It is the same as another, of this name.
    SameAs(String),
    /// It cannot be read.
    Failed(Arc<Error>),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Withdrawn(on) => write!(f, "withdrawn on {on}; it is not read"),
            Self::SameAs(name) => write!(f, "the same as {name}; it is counted once"),
            Self::Failed(error) => error.fmt(f),
        }
    }
}

/// An interviewee.
#[derive(Debug, Clone, Default)]
pub struct Speaker {
    /// The name that is shown.
    pub shown: String,
    /// Whether it is not their own.
    pub pseudonym: bool,
    /// How many answers they gave.
    pub answers: usize,
    /// As the source names them.
    pub spellings: Vec<String>,
    /// How often one of their names occurs in what is said, where a pseudonym
    /// does not reach.
    pub in_words: usize,
    /// What `people.csv` tells of them: attribute and value.
    pub attributes: Vec<(String, String)>,
}

impl Speaker {
    /// The same with what is told of them.
    fn with(&self, attributes: &Attributes) -> Self {
        Self { attributes: attributes.of(std::iter::once(&self.shown).chain(&self.spellings)), ..self.clone() }
    }
}

impl Shelved {
    /// What there is, for whoever looks after it.
    pub(crate) fn list(&self, attributes: &Attributes, is_ready: impl Fn(&Reading) -> bool) -> Listing {
        let mut sketches = Sketches::default();
        self.readings.iter().for_each(|reading| sketches.add(reading.sketch.clone()));
        let item = |(number, reading): (usize, &Arc<Reading>)| {
            let transcript = &reading.transcript;
            let alike = sketches.alike(&reading.sketch, Some(number)).into_iter();
            Item {
                name: transcript.name.clone(),
                title: transcript.title.clone(),
                sha256: reading.sha256().to_owned(),
                date: reading.date.clone(),
                language: language(transcript),
                questions: transcript.questions.len(),
                answers: transcript.answers().count(),
                passages: reading.keys.len(),
                speakers: reading.speakers.iter().map(|speaker| speaker.with(attributes)).collect(),
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
                    .filter(|one| one.role == Part::Undecided)
                    .map(|one| one.name.clone())
                    .collect(),
                columns: transcript.columns.clone(),
            }
        };
        Listing {
            items: self.readings.iter().enumerate().map(item).collect(),
            unread: self.unread.clone(),
            closed: self.closed.clone(),
        }
    }
}

/// The language of most of what is said.
fn language(transcript: &Transcript) -> &'static str {
    let answers: Vec<Language> =
        transcript.answers().map(|(_, _, answer)| Language::of(&transcript.answer_text(answer))).collect();
    let chinese = answers.iter().filter(|language| **language == Language::Chinese).count();
    if chinese * 2 >= answers.len() { "zh" } else { "en" }
}
