//! What is on disk, read: each file once, for as long as it does not change.
//! Needs no encoder; knows nothing of vectors but what they are of.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use time::OffsetDateTime;

use super::limits::Limits;
use super::listing::{Item, Listing, Reason, Unread};
use super::reading::{self, Reading};
use crate::error::Error;
use crate::library::{self, Access, Edits, Folder, Key, Manifest, Source, Stamp};
use crate::segment::Language;
use crate::transcript::{Options, Part, Transcript};

/// Where a library is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// The user's own folder, which is made when something is added, and the
    /// bundled interview.
    Home(PathBuf),
    /// A folder.
    Folder(PathBuf),
    /// One file, which is only read.
    File(PathBuf),
}

/// The transcripts on disk.
pub struct Stock {
    pub(super) place: Place,
    pub(super) limits: Limits,
    /// How a source is read of which nothing was decided.
    told: Options,
    folder: Mutex<Option<Folder>>,
    /// What was read, by how its file looked.
    read: Mutex<HashMap<Stamp, Arc<Read>>>,
    /// Counts the withdrawals, for work that began before one.
    withdrawals: AtomicUsize,
}

/// What came of reading a file, under a name and with edits.
struct Read {
    name: String,
    edits: Edits,
    sha256: String,
    outcome: Result<Arc<Reading>, Arc<Error>>,
}

/// What there is to make a snapshot from.
#[derive(Default)]
pub(super) struct Shelved {
    pub(super) readings: Vec<Arc<Reading>>,
    pub(super) unread: Vec<Unread>,
    pub(super) withdrawn: Vec<String>,
    pub(super) closed: Option<String>,
}

impl Stock {
    /// Opens what is on disk.
    ///
    /// # Errors
    /// When it cannot be read, or another process has it open and `access` is to write.
    pub fn open(place: Place, limits: Limits, access: Access) -> Result<Self, Error> {
        let folder = match &place {
            Place::Home(root) if access == Access::Write || root.is_dir() => Some(Folder::open(root, access)?),
            Place::Folder(root) => Some(Folder::open(root, access)?),
            Place::Home(_) | Place::File(_) => None,
        };
        if let Some(why) = folder.as_ref().and_then(Folder::closed) {
            tracing::warn!("nothing can be changed, and nothing is kept for the next start: {why}");
        }
        let (folder, read) = (Mutex::new(folder), Mutex::default());
        let told = Options { limits: limits.source, ..Options::default() };
        Ok(Self { place, limits, told, folder, read, withdrawals: AtomicUsize::new(0) })
    }

    /// The same, where nothing was decided of a source read as `told`.
    #[must_use]
    pub fn read_as(mut self, told: Options) -> Self {
        self.told = Options { limits: self.limits.source, for_all: true, ..told };
        self
    }

    /// What there is, none of it searched yet.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn listing(&self) -> Result<Listing, Error> {
        Ok(self.shelved()?.list(|_| true))
    }

    /// Where its cache of vectors is, if one is kept.
    pub fn cache(&self) -> Option<PathBuf> {
        locked(&self.folder).as_ref().and_then(Folder::cache)
    }

    /// What the vectors are of that may be kept.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn keys(&self) -> Result<HashSet<Key>, Error> {
        Ok(self.shelved()?.readings.iter().flat_map(|reading| reading.keys.iter().copied()).collect())
    }

    /// How many withdrawals there were since it was opened.
    pub(super) fn withdrawals(&self) -> usize {
        self.withdrawals.load(Ordering::SeqCst)
    }

    pub(super) fn count_withdrawal(&self) {
        self.withdrawals.fetch_add(1, Ordering::SeqCst);
    }

    /// All that is on disk, read.
    pub(super) fn shelved(&self) -> Result<Shelved, Error> {
        let (stamps, mut manifest, closed) = match (&self.place, locked(&self.folder).as_ref()) {
            (Place::File(path), _) => (vec![stamp(path)?], Manifest::default(), Some(only_a_file())),
            (_, Some(folder)) => (folder.look()?, folder.manifest().clone(), folder.closed().map(str::to_owned)),
            (_, None) => (Vec::new(), Manifest::default(), None),
        };
        let mut shelved = Shelved { closed, ..Shelved::default() };
        shelved.withdrawn = manifest.withdrawn.iter().map(|stone| stone.sha256.clone()).collect();
        let mut passages = 0;
        let mut read_before = locked(&self.read);
        let mut now = HashMap::with_capacity(stamps.len() + 1);
        let names = names(&stamps);
        let bundled = matches!(self.place, Place::Home(_)).then(library::bundled);
        let bundled_stamp =
            bundled.as_ref().map(|source| Stamp { path: source.path.clone(), bytes: 0, modified: None });
        for (stamp, name) in stamps.iter().zip(names).chain(
            bundled_stamp
                .iter()
                .map(|stamp| (stamp, bundled.as_ref().map(|source| source.name.clone()).unwrap_or_default())),
        ) {
            let own = bundled.as_ref().filter(|_| Some(stamp) == bundled_stamp.as_ref());
            let read = self.read(stamp, name, own, &mut manifest, read_before.remove(stamp));
            if let Err(unread) = self.shelve(&read, &mut passages, &manifest, &mut shelved) {
                let file = stamp.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
                shelved.unread.push(Unread { file, reason: unread });
            }
            now.insert(stamp.clone(), read);
        }
        shelved.readings.sort_by(|a, b| a.transcript.name.cmp(&b.transcript.name));
        *read_before = now;
        Ok(shelved)
    }

    fn shelve(&self, read: &Read, passages: &mut usize, manifest: &Manifest, to: &mut Shelved) -> Result<(), Reason> {
        if let Some(stone) = manifest.tombstone(&read.sha256) {
            return Err(Reason::Withdrawn(stone.on.clone()));
        }
        if let Some(same) = to.readings.iter().find(|reading| reading.sha256() == read.sha256) {
            return Err(Reason::SameAs(same.transcript.name.clone()));
        }
        let reading = read.outcome.as_ref().map_err(|error| Reason::Failed(Arc::clone(error)))?;
        let file = || reading.transcript.name.clone();
        *passages += reading.keys.len();
        if *passages > self.limits.passages {
            let error = Error::TooManyPassages { file: file(), passages: *passages, most: self.limits.passages };
            *passages -= reading.keys.len();
            return Err(Reason::Failed(Arc::new(error)));
        }
        to.readings.push(Arc::clone(reading));
        Ok(())
    }

    /// Reads a file, unless that was done and nothing changed since.
    fn read(
        &self,
        stamp: &Stamp,
        name: String,
        bundled: Option<&Source>,
        manifest: &mut Manifest,
        before: Option<Arc<Read>>,
    ) -> Arc<Read> {
        let edits = |sha256: &str, manifest: &Manifest| {
            manifest.transcripts.get(sha256).map(|entry| entry.edits.clone()).unwrap_or_default()
        };
        if let Some(before) = before
            && before.name == name
            && before.edits == edits(&before.sha256, manifest)
        {
            return before;
        }
        let bytes = match bundled {
            Some(source) => Ok(source.bytes.clone()),
            None => self.bytes(stamp),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                let outcome = Err(Arc::new(error));
                return Arc::new(Read { name, edits: Edits::default(), sha256: String::new(), outcome });
            }
        };
        let sha256 = reading::known_by(&bytes);
        self.follow(stamp, &sha256, manifest);
        let edits = edits(&sha256, manifest);
        let outcome = if manifest.tombstone(&sha256).is_some() {
            // Told by the tombstone.
            Err(Arc::new(Error::Cancelled))
        } else {
            Reading::new(&name, &stamp.path, &bytes, &edits, &self.told)
                .map(|mut reading| {
                    let added = manifest.transcripts.get(&sha256).and_then(|entry| entry.added.clone());
                    reading.date = added.or_else(|| stamp.modified.map(day));
                    Arc::new(reading)
                })
                .map_err(Arc::new)
        };
        Arc::new(Read { name, edits, sha256, outcome })
    }

    fn bytes(&self, stamp: &Stamp) -> Result<Vec<u8>, Error> {
        let file = || stamp.path.display().to_string();
        self.limits.check_size(&file(), stamp.bytes)?;
        fs::read(&stamp.path).map_err(|source| Error::Io { path: stamp.path.clone(), source })
    }

    /// A file that was changed keeps what was decided about it.
    fn follow(&self, stamp: &Stamp, sha256: &str, manifest: &mut Manifest) {
        let file = stamp.path.file_name().unwrap_or_default().to_string_lossy();
        if manifest.transcripts.contains_key(sha256) {
            return;
        }
        let before =
            manifest.transcripts.iter().find(|(_, entry)| entry.file == file).map(|(before, _)| before.clone());
        if let (Some(before), Some(folder)) = (before, locked(&self.folder).as_mut()) {
            if let Err(error) = folder.follow(&before, sha256) {
                tracing::warn!("{error}");
            }
            // In force even where it could not be written down.
            if let Some(entry) = manifest.transcripts.remove(&before) {
                manifest.transcripts.insert(sha256.to_owned(), entry);
            }
        }
    }

    /// Changes what is on disk; the user's own folder is made for it.
    pub(super) fn change<T>(&self, change: impl FnOnce(&mut Folder) -> Result<T, Error>) -> Result<T, Error> {
        let mut folder = locked(&self.folder);
        if folder.is_none()
            && let Place::Home(root) = &self.place
        {
            *folder = Some(Folder::open(root, Access::Write)?);
        }
        match folder.as_mut() {
            Some(folder) => change(folder),
            None => Err(Error::Closed { why: only_a_file() }),
        }
    }

    /// The files as they look now.
    pub(super) fn look(&self) -> Result<Vec<Stamp>, Error> {
        match (&self.place, locked(&self.folder).as_ref()) {
            (Place::File(path), _) => Ok(vec![stamp(path)?]),
            (_, Some(folder)) => folder.look(),
            (_, None) => Ok(Vec::new()),
        }
    }

    /// Takes the folder to write where it was not to be had before.
    pub(super) fn reopen(&self) {
        let (Place::Home(root) | Place::Folder(root)) = &self.place else { return };
        let mut folder = locked(&self.folder);
        if folder.as_ref().is_none_or(|folder| folder.closed().is_some())
            && root.is_dir()
            && let Ok(open) = Folder::open(root, Access::Write)
        {
            *folder = Some(open);
        }
    }
}

impl Shelved {
    /// What there is, for whoever looks after it.
    pub(super) fn list(&self, is_ready: impl Fn(&Reading) -> bool) -> Listing {
        let item = |reading: &Arc<Reading>| {
            let transcript = &reading.transcript;
            let others = self.readings.iter().filter(|other| !Arc::ptr_eq(other, reading));
            let alike =
                |other: &Arc<Reading>| Some((other.transcript.title.clone(), reading.sketch.alike(&other.sketch)?));
            Item {
                name: transcript.name.clone(),
                title: transcript.title.clone(),
                sha256: reading.sha256().to_owned(),
                date: reading.date.clone(),
                language: language(transcript),
                questions: transcript.questions.len(),
                answers: transcript.answers().count(),
                passages: reading.keys.len(),
                speakers: reading.speakers.clone(),
                problems: reading.problems.clone(),
                alike: others.filter_map(alike).collect(),
                withdrawn: reading.gone.answers.len(),
                ready: is_ready(reading),
                interviewers: reading.edits.interviewers.clone(),
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
            items: self.readings.iter().map(item).collect(),
            unread: self.unread.clone(),
            closed: self.closed.clone(),
        }
    }
}

/// The names of files without their endings; `a.txt` and `a.md` keep them.
fn names(stamps: &[Stamp]) -> Vec<String> {
    let stem = |stamp: &Stamp| stamp.path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut count: HashMap<String, usize> = HashMap::new();
    for stamp in stamps {
        *count.entry(stem(stamp)).or_default() += 1;
    }
    let name = |stamp: &Stamp| match count.get(&stem(stamp)) {
        Some(1) => stem(stamp),
        _ => stamp.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
    };
    stamps.iter().map(name).collect()
}

fn stamp(path: &Path) -> Result<Stamp, Error> {
    let about = fs::metadata(path).map_err(|source| Error::Io { path: path.to_owned(), source })?;
    Ok(Stamp { path: path.to_owned(), bytes: about.len(), modified: about.modified().ok() })
}

fn only_a_file() -> String {
    "only one file is open; give a folder with --data".to_owned()
}

fn day(at: SystemTime) -> String {
    OffsetDateTime::from(at).date().to_string()
}

/// The language of most of what is said.
fn language(transcript: &Transcript) -> &'static str {
    let answers: Vec<Language> =
        transcript.answers().map(|(_, _, answer)| Language::of(&transcript.answer_text(answer))).collect();
    let chinese = answers.iter().filter(|language| **language == Language::Chinese).count();
    if chinese * 2 >= answers.len() { "zh" } else { "en" }
}

/// A panic elsewhere leaves what is behind a lock as it was.
pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
