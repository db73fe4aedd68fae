//! One pass over the files of a library. An unchanged file is not read again. New files are read on
//! all cores. A transcript that an earlier start kept is reused.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use super::dates;
use super::derived_data::DerivedData;
use super::limits::LibraryLimits;
use super::redaction::{self, RedactionRules};
use super::source::{self, SourceReading};
use super::store::Source;
use super::withdrawals::{AllowedWithdrawn, Withdrawals};
use crate::error::Error;
use crate::library::store::atomic_file::{self, LinkPolicy};
use crate::library::store::file_stamp::FileStamp;
use crate::library::store::manifest::{Edits, Manifest};
use crate::library::withdrawals::fingerprints::WithdrawnTurn;
use crate::library::withdrawals::key;
use crate::library::withdrawals::person_names::SharedParts;
use crate::text::sanitize;
use crate::transcript::{ReadOptions, Transcript};

/// How many files are read ahead together.
pub(crate) const FILES_READ_AHEAD: usize = 64;

/// The outcome of reading a file under a name and with given decisions.
pub(crate) struct SourceAsRead {
    name: String,
    edits: Edits,
    allowed: AllowedWithdrawn,
    withdrawals: Arc<Withdrawals>,
    pub(crate) sha256: String,
    pub(crate) outcome: Result<Arc<SourceReading>, Arc<Error>>,
}

impl SourceAsRead {
    /// A file of the program's own, as it was read before it was written.
    pub(crate) fn as_written(
        reading: SourceReading,
        edits: Edits,
        allowed: AllowedWithdrawn,
        withdrawals: Arc<Withdrawals>,
    ) -> Self {
        let (name, sha256) = (reading.transcript.name.clone(), reading.sha256().to_owned());
        Self { name, edits, allowed, withdrawals, sha256, outcome: Ok(Arc::new(reading)) }
    }
}

/// One pass over all files on disk.
pub(crate) struct ReadPass {
    pub(crate) manifest: Manifest,
    pub(crate) withdrawals: Arc<Withdrawals>,
    /// For each file name, the SHA-256 of the source that the manifest lists.
    by_file: HashMap<String, String>,
    /// Decisions that move to another source or file: old SHA-256, new SHA-256, file name.
    pub(crate) followed: Vec<(String, String, String)>,
    /// Withdrawals without marks of their words. Their sources are here to learn them from.
    pub(crate) learnt: Vec<NewlyWithdrawn>,
    writable: bool,
}

/// Withdrawn words of one source that the folder has to remember.
pub(crate) struct NewlyWithdrawn {
    pub(crate) sha256: String,
    pub(crate) path: PathBuf,
    /// The people who withdrew; empty for the whole transcript.
    pub(crate) people: Vec<String>,
    /// What the labels of the transcript have in common.
    pub(crate) shared: SharedParts,
    pub(crate) said: Vec<WithdrawnTurn>,
}

/// A file to read.
pub(crate) struct SourceFile<'a> {
    pub(crate) stamp: &'a FileStamp,
    /// The name of its transcript.
    pub(crate) name: String,
    /// The bundled source, if the file is in no folder.
    pub(crate) bundled: Option<&'a Source>,
}

/// A file that was read ahead of its turn, with the decisions of that time.
pub(crate) struct ReadAhead {
    bytes: Result<Vec<u8>, Error>,
    sha256: String,
    edits: Edits,
    allowed: AllowedWithdrawn,
    outcome: Option<Result<Arc<SourceReading>, Arc<Error>>>,
}

/// How files are read.
pub(crate) struct SourceReader<'a> {
    pub(crate) read_options: &'a ReadOptions,
    pub(crate) limits: LibraryLimits,
    pub(crate) links: LinkPolicy,
    pub(crate) derived: &'a DerivedData,
}

impl ReadPass {
    pub(crate) fn new(manifest: Manifest, withdrawals: Arc<Withdrawals>, writable: bool) -> Self {
        let files = manifest.transcripts.iter();
        let by_file = files.map(|(sha256, entry)| (entry.file.clone(), sha256.clone())).collect();
        Self { manifest, withdrawals, by_file, followed: Vec::new(), learnt: Vec::new(), writable }
    }

    /// The decisions about a source.
    fn decided(&self, sha256: &str) -> (Edits, AllowedWithdrawn) {
        let edits = self.manifest.transcripts.get(sha256).map(|entry| entry.edits.clone()).unwrap_or_default();
        (edits, self.withdrawals.allowed(sha256, &self.manifest))
    }

    /// Carries the decisions about a file over when it was changed or renamed.
    fn follow(&mut self, stamp: &FileStamp, sha256: &str) {
        let file = stamp.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let from = match self.manifest.transcripts.get(sha256) {
            Some(entry) if entry.file == file => return,
            // A copy gets no decisions while the first file is there.
            Some(entry) if stamp.path.with_file_name(&entry.file).exists() => return,
            Some(_) => sha256.to_owned(),
            None => match self.by_file.get(&file) {
                Some(before) => before.clone(),
                None => return,
            },
        };
        self.manifest.follow(&from, sha256, &file);
        self.by_file.insert(file.clone(), sha256.to_owned());
        self.followed.push((from, sha256.to_owned(), file));
    }
}

impl SourceReader<'_> {
    /// Reads files ahead, on all cores.
    pub(crate) fn ahead(&self, files: &[&SourceFile<'_>], pass: &ReadPass) -> Vec<Option<ReadAhead>> {
        let next = AtomicUsize::new(0);
        let work = || -> Vec<(usize, ReadAhead)> {
            let numbers = std::iter::from_fn(|| Some(next.fetch_add(1, Ordering::Relaxed)));
            numbers.map_while(|at| Some((at, self.one_ahead(files.get(at)?, pass)))).collect()
        };
        let cores = match files.len() {
            0 | 1 => 1,
            many => thread::available_parallelism().map_or(1, usize::from).min(many),
        };
        let mut done: Vec<Option<ReadAhead>> = files.iter().map(|_| None).collect();
        thread::scope(|scope| {
            let others: Vec<_> = (1..cores).map(|_| scope.spawn(work)).collect();
            // What a thread that panicked has read is read again in its turn.
            let all = others.into_iter().flat_map(|other| other.join().unwrap_or_default());
            for (at, one) in work().into_iter().chain(all) {
                done[at] = Some(one);
            }
        });
        done
    }

    fn one_ahead(&self, file: &SourceFile<'_>, pass: &ReadPass) -> ReadAhead {
        let bytes = self.bytes(file);
        let sha256 = bytes.as_ref().map(|bytes| source::known_by(bytes)).unwrap_or_default();
        let (edits, allowed) = pass.decided(&sha256);
        let outcome = bytes.as_ref().ok().map(|bytes| self.outcome(file, bytes, &sha256, (&edits, allowed), pass));
        ReadAhead { bytes, sha256, edits, allowed, outcome }
    }

    /// Reads a file, unless it was read before and nothing has changed since.
    pub(crate) fn read(
        &self,
        file: &SourceFile<'_>,
        pass: &mut ReadPass,
        before: Option<Arc<SourceAsRead>>,
        ahead: Option<ReadAhead>,
    ) -> Arc<SourceAsRead> {
        let name = file.name.clone();
        if let Some(before) = before
            && before.name == name
            && let (edits, allowed) = pass.decided(&before.sha256)
            && before.edits == edits
            && before.allowed == allowed
        {
            if Arc::ptr_eq(&before.withdrawals, &pass.withdrawals) {
                pass.follow(file.stamp, &before.sha256);
                return before;
            }
            let holding = RedactionRules { withdrawals: &pass.withdrawals, names: &edits.withdrawn, allowed };
            if let Ok(reading) = &before.outcome
                && reading.is_untouched_by(holding)
            {
                let (sha256, outcome) = (before.sha256.clone(), Ok(Arc::clone(reading)));
                let withdrawals = Arc::clone(&pass.withdrawals);
                pass.follow(file.stamp, &sha256);
                return Arc::new(SourceAsRead { name, edits, allowed, withdrawals, sha256, outcome });
            }
        }
        let ahead = ahead.unwrap_or_else(|| self.one_ahead(file, pass));
        let withdrawals = Arc::clone(&pass.withdrawals);
        let (bytes, sha256) = match ahead.bytes {
            Ok(bytes) => (bytes, ahead.sha256),
            Err(error) => {
                let (edits, allowed, outcome) = (Edits::default(), AllowedWithdrawn::Nothing, Err(Arc::new(error)));
                return Arc::new(SourceAsRead { name, edits, allowed, withdrawals, sha256: String::new(), outcome });
            }
        };
        pass.follow(file.stamp, &sha256);
        let (edits, allowed) = pass.decided(&sha256);
        self.learn(file.stamp, &bytes, &sha256, &edits, pass);
        let as_decided = ahead.edits == edits && ahead.allowed == allowed;
        let outcome = match ahead.outcome.filter(|_| as_decided) {
            Some(outcome) => outcome,
            None => self.outcome(file, &bytes, &sha256, (&edits, allowed), pass),
        };
        Arc::new(SourceAsRead { name, edits, allowed, withdrawals, sha256, outcome })
    }

    fn outcome(
        &self,
        file: &SourceFile<'_>,
        bytes: &[u8],
        sha256: &str,
        (edits, allowed): (&Edits, AllowedWithdrawn),
        pass: &ReadPass,
    ) -> Result<Arc<SourceReading>, Arc<Error>> {
        if pass.withdrawals.of_source(sha256, &pass.manifest).is_some() {
            // The tombstone gives the reason. This error is never shown.
            return Err(Arc::new(Error::Cancelled));
        }
        let holding = RedactionRules { withdrawals: &pass.withdrawals, names: &edits.withdrawn, allowed };
        let path = &file.stamp.path;
        let key = source::kept_by(&file.name, sha256, edits, allowed, self.read_options);
        let kept = key.and_then(|key| self.derived.reading(&key));
        let read = match kept.and_then(|kept| SourceReading::from_kept(kept, path, edits, holding)) {
            Some(reading) => Ok(reading),
            None => SourceReading::new(&file.name, path, bytes, edits, self.read_options, holding),
        };
        let short = || sanitize::short(&path.file_name().unwrap_or_default().to_string_lossy());
        read.map(|mut reading| {
            let added = pass.manifest.transcripts.get(sha256).and_then(|entry| entry.added.clone());
            reading.date = added.or_else(|| file.stamp.modified.and_then(dates::day));
            reading.kept = key;
            Arc::new(reading)
        })
        .map_err(|error| Arc::new(holding.redact_error(error, &short())))
    }

    /// Learns the words of a withdrawal that has no marks of them yet.
    fn learn(&self, stamp: &FileStamp, bytes: &[u8], sha256: &str, edits: &Edits, pass: &mut ReadPass) {
        let whole = pass.withdrawals.is_to_be_learnt(sha256, &pass.manifest);
        let old = edits.withdrawn.iter().any(|mark| mark.starts_with("1:"));
        if !pass.writable || !whole && !old {
            return;
        }
        let Ok((transcript, _)) = source::transcript_of("", &stamp.path, bytes, edits, self.read_options) else {
            return;
        };
        let names = redaction::speakers(&transcript);
        let people = if whole { Vec::new() } else { pass.withdrawals.to_be_learnt(&names, &edits.withdrawn) };
        if !whole && people.is_empty() {
            return;
        }
        let said = words_of(&transcript, &people);
        let (sha256, path, shared) = (sha256.to_owned(), stamp.path.clone(), shared_by(&transcript));
        pass.learnt.push(NewlyWithdrawn { sha256, path, people, shared, said });
    }

    fn bytes(&self, file: &SourceFile<'_>) -> Result<Vec<u8>, Error> {
        match file.bundled {
            Some(source) => Ok(source.bytes.clone()),
            None => atomic_file::read(&file.stamp.path, self.limits.file_bytes(), self.links),
        }
    }
}

/// What the labels of a transcript have in common.
pub(crate) fn shared_by(transcript: &Transcript) -> SharedParts {
    SharedParts::of(redaction::speakers(transcript).iter().map(String::as_str))
}

/// What these people say in a transcript. Without people, everything that is said.
pub(crate) fn words_of(transcript: &Transcript, people: &[String]) -> Vec<WithdrawnTurn> {
    let shared = shared_by(transcript);
    let is_one = |name: &str| people.iter().any(|one| key::same_name_among(one, name, &shared));
    redaction::said(transcript, (!people.is_empty()).then_some(&is_one as &dyn Fn(&str) -> bool))
}

/// The file names without their endings. Equal stems keep them, as in `a.txt` and `a.md`.
pub(crate) fn names(stamps: &[FileStamp]) -> Vec<String> {
    let stem = |stamp: &FileStamp| sanitize::inert(&stamp.path.file_stem().unwrap_or_default().to_string_lossy());
    let mut count: HashMap<String, usize> = HashMap::new();
    for stamp in stamps {
        *count.entry(stem(stamp)).or_default() += 1;
    }
    let name = |stamp: &FileStamp| match count.get(&stem(stamp)) {
        Some(1) => stem(stamp),
        _ => sanitize::inert(&stamp.path.file_name().unwrap_or_default().to_string_lossy()),
    };
    stamps.iter().map(name).collect()
}

/// A name for a file whose own name is held back.
pub(crate) fn unnamed(sha256: &str) -> String {
    format!("file {}", sha256.get(..8).unwrap_or_default())
}
