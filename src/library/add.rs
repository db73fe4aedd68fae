//! Adding transcripts: each is read and compared first, then written, and only
//! then acknowledged. A bad one fails alone.

use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use super::near_duplicates::Sketches;
use super::progress::Progress;
use super::redaction::Holding;
use super::source::{self, Reading};
use super::sources::{Stock, locked};
use super::store;
use super::withdrawals::Allowed;
use super::writer::Shelf;
use crate::error::Error;
use crate::library::store::manifest::Edits;
use crate::text::sanitize;
use crate::transcript::{Columns, Options};

/// What came of adding a file.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The file, as it was called where it came from.
    pub file: String,
    /// What it is now, or why it was not added.
    pub added: Result<Added, Arc<Error>>,
}

/// A transcript that was added.
#[derive(Debug, Clone, Default)]
pub struct Added {
    /// What citations call it.
    pub name: String,
    /// SHA-256 of the source.
    pub sha256: String,
    /// How many questions.
    pub questions: usize,
    /// How many answers.
    pub answers: usize,
    /// How many answers and questions are held back, because they hold withdrawn words.
    pub held: usize,
    /// How many places could not be read as they stand.
    pub problems: usize,
    /// A transcript that is nearly the same, and how much, in percent.
    pub alike: Option<(String, u8)>,
}

/// What is in a library already, to compare with.
pub struct Known<'a> {
    stock: &'a Stock,
    /// The name of each, by SHA-256.
    by_hash: HashMap<String, String>,
    /// The names in the order of the sketches.
    names: Vec<String>,
    sketches: Sketches,
    passages: usize,
    files: usize,
    told: Options,
}

impl<'a> Known<'a> {
    /// What is in `stock`.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of(stock: &'a Stock) -> Result<Self, Error> {
        let readings = stock.shelved()?.readings;
        let passages = readings.iter().map(|reading| reading.keys.len()).sum();
        let (by_hash, names, sketches) = <(HashMap<_, _>, Vec<_>, Sketches)>::default();
        let mut known = Self { stock, by_hash, names, sketches, passages, files: 0, told: Options::default() };
        for reading in &readings {
            known.know(reading, reading.transcript.name.clone());
        }
        Ok(known)
    }

    fn know(&mut self, reading: &Reading, name: String) {
        self.by_hash.insert(reading.sha256().to_owned(), name.clone());
        self.names.push(name);
        self.sketches.add(reading.sketch.clone());
    }

    /// What is added is read so, now and later: who asks, and which columns hold what.
    #[must_use]
    pub fn told(mut self, told: Options) -> Self {
        self.told = told;
        self
    }

    /// Refuses a file that is larger than is read.
    ///
    /// # Errors
    /// When it is.
    pub fn check_size(&self, file: &str, bytes: u64) -> Result<(), Error> {
        self.stock.limits.check_size(file, bytes)
    }

    /// Reads, compares and writes one file; when this returns no crash can lose
    /// it. What was withdrawn comes back only `again`.
    ///
    /// # Errors
    /// When it is no transcript, too large, there already or withdrawn, or
    /// cannot be written; then nothing of it is there.
    pub fn add(&mut self, file: &str, bytes: &[u8], again: bool) -> Result<Added, Error> {
        let limits = self.stock.limits;
        self.files += 1;
        if self.files > limits.files {
            return Err(Error::TooManyFiles { file: file.to_owned(), most: limits.files });
        }
        if file.is_empty() {
            return Err(Error::NoName);
        }
        store::check_ending(file)?;
        self.check_size(file, bytes.len() as u64)?;
        let sha256 = source::known_by(bytes);
        if let Some(name) = self.by_hash.get(&sha256) {
            return Err(Error::Duplicate { file: file.to_owned(), name: name.clone() });
        }
        let edits = Edits {
            interviewers: self.told.interviewers.clone(),
            columns: source::named(&self.told.columns),
            ..Edits::default()
        };
        let of_this = Options { interviewers: Vec::new(), columns: Columns::default(), ..self.told.clone() };
        let options = Options { limits: limits.source, ..of_this };
        let (manifest, withdrawals) = self.stock.decided();
        if let Some(on) = withdrawals.of_source(&sha256, &manifest).filter(|_| !again) {
            return Err(Error::Withdrawn { file: sanitize::short(file), on: on.to_owned() });
        }
        let before = manifest.transcripts.get(&sha256).map(|entry| entry.edits.withdrawn.clone()).unwrap_or_default();
        let allowed = if again { Allowed::Again } else { withdrawals.allowed(&sha256, &manifest) };
        let holding = Holding { withdrawals: &withdrawals, names: &before, allowed };
        let read = Reading::new(file, file.as_ref(), bytes, &edits, &options, holding);
        let reading = read.map_err(|error| holding.told(error, file))?;
        let passages = self.passages + reading.keys.len();
        if passages > limits.passages {
            return Err(Error::TooManyPassages { file: file.to_owned(), passages, most: limits.passages });
        }
        let alike = self.sketches.alike(&reading.sketch, None);
        let alike = alike.first().map(|(number, percent)| (self.names[*number].clone(), *percent));
        let source = self.stock.change(|folder| {
            let source = folder.add(file, bytes, again)?;
            if !edits.is_none() {
                folder.edit(&sha256, &source.path, |own| {
                    own.interviewers.clone_from(&edits.interviewers);
                    own.columns.clone_from(&edits.columns);
                })?;
            }
            Ok(source)
        })?;
        self.know(&reading, source.name.clone());
        self.passages = passages;
        Ok(Added {
            name: source.name,
            sha256,
            questions: reading.transcript.questions.len(),
            answers: reading.transcript.answers().count(),
            held: reading.gone.answers.len() + reading.held.questions,
            problems: reading.problems.len(),
            alike,
        })
    }
}

impl Shelf {
    /// Adds files, then embeds them. Cancelled, those that cannot be searched
    /// yet are taken back. What came of each is in the report.
    ///
    /// # Errors
    /// When the folder cannot be read or the encoder fails; the files that were
    /// written stay.
    pub fn add(&self, files: Vec<(String, Vec<u8>)>, again: bool) -> Result<(), Error> {
        // One that fails for us must not leave the page at work for ever.
        panic::catch_unwind(AssertUnwindSafe(|| self.add_all(files, again))).unwrap_or_else(|_| {
            self.work.tell(None);
            self.health.panicked("adding interviews");
            Err(Error::Panicked { path: self.stock.root() })
        })
    }

    fn add_all(&self, files: Vec<(String, Vec<u8>)>, again: bool) -> Result<(), Error> {
        let _one = locked(&self.adding);
        self.work.stop(false);
        locked(&self.report).clear();
        self.work.tell(Some(Progress::BEGUN));
        let mut known = Known::of(&self.stock).inspect_err(|_| self.work.tell(None))?;
        for (file, bytes) in files {
            let added = if self.work.is_stopped() { Err(Error::Cancelled) } else { known.add(&file, &bytes, again) };
            let added = added.map_err(Arc::new);
            let file = if file.is_empty() { "?".to_owned() } else { sanitize::short(&file) };
            locked(&self.report).push(Outcome { file, added });
        }
        let filled = self.fill(|_| {});
        let cancelled = self.work.is_stopped();
        self.work.stop(false);
        match filled {
            Err(Error::Cancelled) => self.take_back(),
            // All was done before it was noticed.
            done if !cancelled => done,
            _ => self.assemble(),
        }
    }

    fn take_back(&self) -> Result<(), Error> {
        let corpus = self.corpus();
        let corpus = corpus.load();
        for outcome in locked(&self.report).iter_mut() {
            let Ok(added) = &outcome.added else { continue };
            if corpus.by_hash(&added.sha256).is_none() {
                self.stock.change(|folder| folder.take_back(&added.sha256))?;
                // Whoever embeds them meanwhile need not go on.
                self.stock.count_withdrawal();
                outcome.added = Err(Arc::new(Error::Cancelled));
            }
        }
        self.forget()?;
        self.assemble()
    }
}
