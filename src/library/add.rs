//! Adding transcripts. Each file is read and compared, then written, then acknowledged. A bad file
//! fails alone.

use std::collections::{HashMap, HashSet};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::add_outcome::{AddOutcome, Added, shown};
use super::addition_report::AdditionReport;
use super::handle::Library;
use super::near_duplicates::Sketches;
use super::progress::PieceOfWork;
use super::read_pass::SourceAsRead;
use super::redaction::RedactionRules;
use super::source::{self, SourceReading};
use super::sources::SourceStore;
use super::store;
use super::withdrawals::{AllowedWithdrawn, Withdrawals};
use crate::error::Error;
use crate::library::store::folder::Incoming;
use crate::library::store::manifest::Edits;
use crate::library::store::vector_cache::Key;
use crate::text::sanitize;
use crate::transcript::{Columns, ReadOptions};

/// The contents of a library. New files are compared with them.
pub struct ExistingSources {
    /// Transcript names by the SHA-256 of their source.
    by_hash: HashMap<String, String>,
    /// The names in the order of the sketches.
    names: Vec<String>,
    sketches: Sketches,
    passages: usize,
    files: usize,
    read_options: ReadOptions,
    /// Files that are read but not yet written.
    staged: Vec<Staged>,
}

/// A file that is read and compared, but not yet written.
struct Staged {
    file: String,
    bytes: Vec<u8>,
    again: bool,
    edits: Edits,
    reading: StagedReading,
    added: Added,
    passages: usize,
    /// The index of its name in `ExistingSources::names`.
    number: usize,
    since: Instant,
}

/// A file as it was read before it was written, and what it was read with.
struct StagedReading {
    reading: SourceReading,
    /// The key of the reading; `None` if the file is read otherwise once it is in the library.
    key: Option<Key>,
    allowed: AllowedWithdrawn,
    withdrawals: Arc<Withdrawals>,
}

/// The limits of one batch of writes: files, bytes and time. Each write waits for the disk and
/// writes the whole manifest.
const FILES_PER_WRITE: usize = 64;
const BYTES_PER_WRITE: usize = 16 << 20;
const TIME_PER_WRITE: Duration = Duration::from_millis(500);

impl ExistingSources {
    /// Collects what `store` contains.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn of(store: &mut SourceStore) -> Result<Self, Error> {
        let state = store.refresh()?;
        let passages = state.readings.iter().map(|reading| reading.keys.len()).sum();
        let (by_hash, names, sketches) = <(HashMap<_, _>, Vec<_>, Sketches)>::default();
        let (read_options, staged) = <(ReadOptions, _)>::default();
        let mut known = Self { by_hash, names, sketches, passages, files: 0, read_options, staged };
        for reading in &state.readings {
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
    pub fn read_as(mut self, options: ReadOptions) -> Self {
        self.read_options = options;
        self
    }

    /// Reads and compares one file. Writes the staged files when the batch is full. Returns the
    /// outcomes of the files that were written or that failed, in the order in which they were
    /// given. No crash can lose a file that is returned as added. A withdrawn transcript is added
    /// only with `again`.
    pub fn add(&mut self, store: &mut SourceStore, file: &str, bytes: Vec<u8>, again: bool) -> Vec<AddOutcome> {
        let mut known = Vec::new();
        match self.stage(store, file, bytes, again) {
            Ok(()) => {
                let bytes: usize = self.staged.iter().map(|staged| staged.bytes.len()).sum();
                let since = self.staged.first().map_or(Duration::ZERO, |first| first.since.elapsed());
                if self.staged.len() >= FILES_PER_WRITE || bytes >= BYTES_PER_WRITE || since >= TIME_PER_WRITE {
                    known = self.write(store);
                }
            }
            Err(error) => {
                known = self.write(store);
                known.push(AddOutcome::new(file, Err(error)));
            }
        }
        known
    }

    /// Reads and compares one file.
    fn stage(&mut self, store: &SourceStore, file: &str, bytes: Vec<u8>, again: bool) -> Result<(), Error> {
        let limits = store.limits;
        self.files += 1;
        if self.files > limits.files {
            return Err(Error::TooManyFiles { file: file.to_owned(), most: limits.files });
        }
        if file.is_empty() {
            return Err(Error::NoName);
        }
        store::check_ending(file)?;
        limits.check_size(file, bytes.len() as u64)?;
        let sha256 = source::known_by(&bytes);
        if let Some(name) = self.by_hash.get(&sha256) {
            return Err(Error::Duplicate { file: file.to_owned(), name: name.clone() });
        }
        let edits = Edits {
            interviewers: self.read_options.interviewers.clone(),
            columns: source::named(&self.read_options.columns),
            ..Edits::default()
        };
        let of_this =
            ReadOptions { interviewers: Vec::new(), columns: Columns::default(), ..self.read_options.clone() };
        let options = ReadOptions { limits: limits.source, ..of_this };
        let (manifest, withdrawals) = (store.manifest(), store.withdrawals());
        if let Some(on) = withdrawals.of_source(&sha256, manifest).filter(|_| !again) {
            return Err(Error::Withdrawn { file: sanitize::short(file), on: on.to_owned() });
        }
        let before = withdrawals.names_from(&sha256, manifest);
        let allowed = if again { AllowedWithdrawn::Again } else { withdrawals.allowed(&sha256, manifest) };
        let holding = RedactionRules { withdrawals: &withdrawals, names: &before, allowed };
        // The name that it has once it is in the library.
        let name = store::transcript_name(file);
        let read = SourceReading::new(&name, file.as_ref(), &bytes, &edits, &options, holding);
        let reading = read.map_err(|error| match error {
            Error::HeldBack { on, .. } => Error::HeldBack { file: file.to_owned(), on },
            error => holding.redact_error(error, file),
        })?;
        let key = |options: &ReadOptions| source::kept_by(&name, &sha256, &edits, allowed, options);
        let key = key(&options).filter(|own| key(&store.read_options).as_ref() == Some(own));
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
        let reading = StagedReading { reading, key, allowed, withdrawals };
        self.staged.push(Staged { file, bytes, again, edits, reading, added, passages, number, since: Instant::now() });
        Ok(())
    }

    /// Writes the staged files and returns their outcomes.
    pub fn write(&mut self, store: &mut SourceStore) -> Vec<AddOutcome> {
        let staged = std::mem::take(&mut self.staged);
        if staged.is_empty() {
            return Vec::new();
        }
        let incoming: Vec<Incoming<'_>> = staged
            .iter()
            .map(|one| Incoming { file: &one.file, bytes: &one.bytes, again: one.again, edits: &one.edits })
            .collect();
        let written = store.in_turn(|store| store.change(|folder| folder.add(&incoming))).map_err(Arc::new);
        let mut written = written.map(Vec::into_iter);
        let mut outcomes = Vec::with_capacity(staged.len());
        for mut one in staged {
            let source = match &mut written {
                Ok(each) => each.next().unwrap_or(Err(Error::NoName)).map_err(Arc::new),
                Err(error) => Err(Arc::clone(error)),
            };
            let added = match source {
                Ok(source) => {
                    store.take_in_written(source.path, one.edits, one.reading);
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

impl SourceStore {
    /// Takes in a file that was just written. It is not read again, unless it has another name or other decisions
    /// than when it was read.
    fn take_in_written(&mut self, path: PathBuf, edits: Edits, staged: StagedReading) {
        self.state = None;
        self.scan.see_again(&path);
        let StagedReading { mut reading, key: Some(key), allowed, withdrawals } = staged else { return };
        let Some(stamp) = self.scan.transcript(&path).cloned() else { return };
        reading.date = self.manifest().transcripts.get(reading.sha256()).and_then(|entry| entry.added.clone());
        reading.kept = Some(key);
        reading.path = path;
        let read = SourceAsRead::as_written(reading, edits, allowed, withdrawals);
        self.read.insert(stamp, Arc::new(read));
    }

    /// Undoes an addition.
    ///
    /// # Errors
    /// If its file cannot be removed.
    fn take_back(&mut self, sha256: &str) -> Result<(), Error> {
        let file = self.manifest().transcripts.get(sha256).map(|entry| self.root().join(&entry.file));
        self.change(|folder| folder.take_back(sha256))?;
        if let Some(file) = file {
            self.scan.see_again(&file);
        }
        Ok(())
    }
}

impl Library {
    /// Adds files, then embeds them. If the work is cancelled, files that cannot be searched yet
    /// are removed again. [`Library::report`] has the outcome of each file.
    ///
    /// # Errors
    /// If the folder cannot be read or the encoder fails. The files that were written stay.
    pub fn add(&self, files: Vec<(String, Vec<u8>)>, again: bool) -> Result<(), Error> {
        // A panic must not leave the page at work for ever.
        panic::catch_unwind(AssertUnwindSafe(|| self.add_all(files, again))).unwrap_or_else(|_| {
            self.health.panicked("adding interviews");
            Err(Error::Panicked { path: self.root().to_owned() })
        })
    }

    fn add_all(&self, files: Vec<(String, Vec<u8>)>, again: bool) -> Result<(), Error> {
        let mut report = self.begin_report();
        let mut work = Some(self.work.begin());
        let is_stopped = |work: &Option<PieceOfWork<'_>>| work.as_ref().is_some_and(PieceOfWork::is_stopped);
        let mut known = ExistingSources::of(&mut self.writer().store)?;
        let mut cancelled = Vec::new();
        for (file, bytes) in files {
            if is_stopped(&work) {
                cancelled.push(AddOutcome::new(&file, Err(Error::Cancelled)));
            } else {
                // Other changes come in between two files.
                report.extend(known.add(&mut self.writer().store, &file, bytes, again));
            }
        }
        report.extend(known.write(&mut self.writer().store));
        report.extend(cancelled);
        match self.fill_within(&mut work) {
            Err(Error::Cancelled) => self.take_back(&mut report),
            done => done,
        }
    }

    fn take_back(&self, report: &mut AdditionReport<'_>) -> Result<(), Error> {
        let mut writer = self.writer();
        let embedded = writer.embedded()?;
        let cancelled: Vec<String> = report
            .outcomes()
            .iter()
            .filter_map(|outcome| Some(outcome.added.as_ref().ok()?.sha256.clone()))
            .filter(|sha256| !embedded.contains(sha256))
            .collect();
        let mut taken = HashSet::new();
        let done = cancelled.into_iter().try_for_each(|sha256| -> Result<(), Error> {
            writer.store.in_turn(|store| store.take_back(&sha256))?;
            taken.insert(sha256);
            Ok(())
        });
        report.take_back(&taken);
        done?;
        let left = writer.store.state()?;
        writer.store.forget_vectors(&left)?;
        writer.publish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library::{Access, LibraryLimits, LibraryLocation};

    #[test]
    fn a_file_that_was_just_written_is_not_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = LibraryLocation::Folder(folder.path().to_owned());
        let mut store = SourceStore::open(place, LibraryLimits::default(), Access::Write).expect("it opens");
        let mut known = ExistingSources::of(&mut store).expect("it is read");
        let text = "Q1. Where?\nA1 At the harbour.\n";
        assert!(known.add(&mut store, "talk.txt", text.into(), false).is_empty(), "it is staged");
        assert!(known.write(&mut store)[0].added.is_ok());
        let as_written = store.read.values().next().expect("it is known").clone();
        let (reading, state) = (as_written.outcome.as_ref().expect("read"), store.state().expect("it is read"));
        assert!(Arc::ptr_eq(reading, &state.readings[0]), "the reading before it was written");
        // It is what another start reads from the file.
        drop(store);
        let place = LibraryLocation::Folder(folder.path().to_owned());
        let mut again = SourceStore::open(place, LibraryLimits::default(), Access::Write).expect("it opens");
        let anew = &again.refresh().expect("it is read").readings[0];
        assert_eq!(format!("{:?}", reading.transcript), format!("{:?}", anew.transcript));
        assert_eq!((&reading.path, &reading.date, &reading.kept), (&anew.path, &anew.date, &anew.kept));
    }
}
