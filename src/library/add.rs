//! Adding transcripts. Each file is read and compared, then written, then acknowledged. A bad file
//! fails alone.

use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::add_outcome::{AddOutcome, Added, shown};
use super::near_duplicates::Sketches;
use super::redaction::RedactionRules;
use super::source::{self, SourceReading};
use super::sources::SourceStore;
use super::store;
use super::withdrawals::{AllowedWithdrawn, Withdrawals};
use super::writer::Library;
use crate::error::Error;
use crate::library::store::folder::Incoming;
use crate::library::store::manifest::{Edits, Manifest};
use crate::lock::locked;
use crate::text::sanitize;
use crate::transcript::{Columns, ReadOptions};

/// The contents of a library. New files are compared with them.
pub struct ExistingSources<'a> {
    stock: &'a SourceStore,
    /// Transcript names by the SHA-256 of their source.
    by_hash: HashMap<String, String>,
    /// The names in the order of the sketches.
    names: Vec<String>,
    sketches: Sketches,
    passages: usize,
    files: usize,
    told: ReadOptions,
    /// The decisions at the time when the first staged file was read.
    decided: (Manifest, Arc<Withdrawals>),
    /// Files that are read but not yet written.
    staged: Vec<Staged>,
}

/// A file that is read and compared, but not yet written.
struct Staged {
    file: String,
    bytes: Vec<u8>,
    again: bool,
    edits: Edits,
    added: Added,
    passages: usize,
    /// The index of its name in `Known::names`.
    number: usize,
    since: Instant,
}

/// The limits of one batch of writes: files, bytes and time. Each write waits for the disk and
/// writes the whole manifest.
const TOGETHER: usize = 64;
const TOGETHER_BYTES: usize = 16 << 20;
const TOGETHER_TIME: Duration = Duration::from_millis(500);

impl<'a> ExistingSources<'a> {
    /// Collects what `stock` contains.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn of(stock: &'a SourceStore) -> Result<Self, Error> {
        let readings = stock.shelved()?.readings;
        let passages = readings.iter().map(|reading| reading.keys.len()).sum();
        let (by_hash, names, sketches) = <(HashMap<_, _>, Vec<_>, Sketches)>::default();
        let (told, decided, staged) = <(ReadOptions, _, _)>::default();
        let mut known = Self { stock, by_hash, names, sketches, passages, files: 0, told, decided, staged };
        for reading in &readings {
            known.know(reading, reading.transcript.name.clone());
        }
        Ok(known)
    }

    fn know(&mut self, reading: &SourceReading, name: String) {
        self.by_hash.insert(reading.sha256().to_owned(), name.clone());
        self.names.push(name);
        self.sketches.add(reading.sketch.clone());
    }

    /// Sets how added files are read, now and later: who asks, and which columns are read.
    #[must_use]
    pub fn told(mut self, told: ReadOptions) -> Self {
        self.told = told;
        self
    }

    /// Refuses a file above the size limit.
    ///
    /// # Errors
    /// When the file is larger than the limit.
    pub fn check_size(&self, file: &str, bytes: u64) -> Result<(), Error> {
        self.stock.limits.check_size(file, bytes)
    }

    /// Reads and compares one file. Writes the staged files when the batch is full. Returns the
    /// outcomes of the files that were written or that failed, in the order in which they were
    /// given. No crash can lose a file that is returned as added. A withdrawn transcript is added
    /// only with `again`.
    pub fn add(&mut self, file: &str, bytes: Vec<u8>, again: bool) -> Vec<AddOutcome> {
        let mut known = Vec::new();
        match self.stage(file, bytes, again) {
            Ok(()) => {
                let bytes: usize = self.staged.iter().map(|staged| staged.bytes.len()).sum();
                let since = self.staged.first().map_or(Duration::ZERO, |first| first.since.elapsed());
                if self.staged.len() >= TOGETHER || bytes >= TOGETHER_BYTES || since >= TOGETHER_TIME {
                    known = self.write();
                }
            }
            Err(error) => {
                known = self.write();
                known.push(AddOutcome::new(file, Err(error)));
            }
        }
        known
    }

    /// Reads and compares one file.
    fn stage(&mut self, file: &str, bytes: Vec<u8>, again: bool) -> Result<(), Error> {
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
        let sha256 = source::known_by(&bytes);
        if let Some(name) = self.by_hash.get(&sha256) {
            return Err(Error::Duplicate { file: file.to_owned(), name: name.clone() });
        }
        let edits = Edits {
            interviewers: self.told.interviewers.clone(),
            columns: source::named(&self.told.columns),
            ..Edits::default()
        };
        let of_this = ReadOptions { interviewers: Vec::new(), columns: Columns::default(), ..self.told.clone() };
        let options = ReadOptions { limits: limits.source, ..of_this };
        if self.staged.is_empty() {
            self.decided = self.stock.decided();
        }
        let (manifest, withdrawals) = &self.decided;
        if let Some(on) = withdrawals.of_source(&sha256, manifest).filter(|_| !again) {
            return Err(Error::Withdrawn { file: sanitize::short(file), on: on.to_owned() });
        }
        let before = manifest.transcripts.get(&sha256).map(|entry| entry.edits.withdrawn.clone()).unwrap_or_default();
        let allowed = if again { AllowedWithdrawn::Again } else { withdrawals.allowed(&sha256, manifest) };
        let holding = RedactionRules { withdrawals, names: &before, allowed };
        let read = SourceReading::new(file, file.as_ref(), &bytes, &edits, &options, holding);
        let reading = read.map_err(|error| holding.told(error, file))?;
        let passages = self.passages + reading.keys.len();
        if passages > limits.passages {
            return Err(Error::TooManyPassages { file: file.to_owned(), passages, most: limits.passages });
        }
        let alike = self.sketches.alike(&reading.sketch, None);
        let alike = alike.first().map(|(number, percent)| (self.names[*number].clone(), *percent));
        let name = Path::new(file).file_stem().unwrap_or_default().to_string_lossy().into_owned();
        self.know(&reading, name.clone());
        self.passages = passages;
        let added = Added {
            name,
            sha256,
            questions: reading.transcript.questions.len(),
            answers: reading.transcript.answers().count(),
            held: reading.gone.answers.len() + reading.held.questions,
            problems: reading.problems.len(),
            alike,
        };
        let (file, passages, number) = (file.to_owned(), reading.keys.len(), self.names.len() - 1);
        self.staged.push(Staged { file, bytes, again, edits, added, passages, number, since: Instant::now() });
        Ok(())
    }

    /// Writes the staged files and returns their outcomes.
    pub fn write(&mut self) -> Vec<AddOutcome> {
        let staged = std::mem::take(&mut self.staged);
        if staged.is_empty() {
            return Vec::new();
        }
        let incoming: Vec<Incoming<'_>> = staged
            .iter()
            .map(|one| Incoming { file: &one.file, bytes: &one.bytes, again: one.again, edits: &one.edits })
            .collect();
        let written = self.stock.in_turn(|| self.stock.change(|folder| folder.add(&incoming))).map_err(Arc::new);
        let mut written = written.map(Vec::into_iter);
        let mut outcomes = Vec::with_capacity(staged.len());
        for mut one in staged {
            let source = match &mut written {
                Ok(each) => each.next().unwrap_or(Err(Error::NoName)).map_err(Arc::new),
                Err(error) => Err(Arc::clone(error)),
            };
            let added = match source {
                Ok(source) => {
                    self.by_hash.insert(one.added.sha256.clone(), source.name.clone());
                    self.names[one.number].clone_from(&source.name);
                    one.added.name = source.name;
                    Ok(one.added)
                }
                Err(error) => {
                    self.by_hash.remove(&one.added.sha256);
                    self.passages -= one.passages;
                    Err(error)
                }
            };
            outcomes.push(AddOutcome { file: shown(&one.file), added });
        }
        outcomes
    }
}

impl Library {
    /// Adds files, then embeds them. If the work is cancelled, files that cannot be searched yet
    /// are removed again. [`Library::report`] has the outcome of each file.
    ///
    /// # Errors
    /// When the folder cannot be read or the encoder fails. The files that were written stay.
    pub fn add(&self, files: Vec<(String, Vec<u8>)>, again: bool) -> Result<(), Error> {
        // A panic must not leave the page at work for ever.
        panic::catch_unwind(AssertUnwindSafe(|| self.add_all(files, again))).unwrap_or_else(|_| {
            self.health.panicked("adding interviews");
            Err(Error::Panicked { path: self.stock.root() })
        })
    }

    fn add_all(&self, files: Vec<(String, Vec<u8>)>, again: bool) -> Result<(), Error> {
        let _one = locked(&self.adding);
        self.work.stop(false);
        locked(&self.report).clear();
        let _work = self.work.begin();
        let mut known = ExistingSources::of(&self.stock)?;
        for (file, bytes) in files {
            let outcomes = if self.work.is_stopped() {
                let mut written = known.write();
                written.push(AddOutcome::new(&file, Err(Error::Cancelled)));
                written
            } else {
                known.add(&file, bytes, again)
            };
            locked(&self.report).extend(outcomes);
        }
        locked(&self.report).extend(known.write());
        let filled = self.fill(|_| {});
        let cancelled = self.work.is_stopped();
        self.work.stop(false);
        match filled {
            Err(Error::Cancelled) => self.take_back(),
            // The work was complete before the cancellation was noticed.
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
                self.stock.in_turn(|| self.stock.change(|folder| folder.take_back(&added.sha256)))?;
                // Embedding that is under way starts again without this file.
                self.stock.count_withdrawal();
                outcome.added = Err(Arc::new(Error::Cancelled));
            }
        }
        self.forget()?;
        self.assemble()
    }
}
