//! What is on disk, read: each file once, for as long as it does not change.
//! Needs no encoder; knows nothing of vectors but what they are of.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::dates;
use super::limits::Limits;
use super::listing::{Listing, Reason, Unread};
use super::look::{Learnt, Look, names, unnamed};
use super::place::Place;
use super::redaction::{self, Holding};
use super::source::{self, Reading};
use super::store::{self, Source};
use super::withdrawals::{Allowed, Tombstones, Withdrawals};
use crate::error::Error;
use crate::library::store::atomic_file::{self, Links};
use crate::library::store::file_stamp::Stamp;
use crate::library::store::folder::Folder;
use crate::library::store::lock::Access;
use crate::library::store::manifest::{Edits, Manifest};
use crate::library::store::vector_cache::Key;
use crate::library::withdrawals::fingerprints::Said;
use crate::library::withdrawals::key;
use crate::retrieval::corpus::Gone;
use crate::text::sanitize;
use crate::transcript::{Options, Transcript};

/// The transcripts on disk.
pub struct Stock {
    pub(crate) place: Place,
    pub(crate) limits: Limits,
    /// How a source is read of which nothing was decided.
    told: Options,
    pub(super) folder: Mutex<Option<Folder>>,
    /// What was decided in the folder that the one file stands in.
    beside: Mutex<(Manifest, Arc<Withdrawals>)>,
    /// How the files of the decisions looked when they were read.
    decisions: Mutex<Vec<Stamp>>,
    /// What was read, by how its file looked.
    read: Mutex<HashMap<Stamp, Arc<Read>>>,
    /// Counts the withdrawals, for work that began before one.
    withdrawals: AtomicUsize,
    /// Is told how many files of how many are read, while any is read anew.
    tell: fn(usize, usize),
}

/// What came of reading a file, under a name and with what was decided.
struct Read {
    name: String,
    edits: Edits,
    allowed: Allowed,
    withdrawals: Arc<Withdrawals>,
    sha256: String,
    outcome: Result<Arc<Reading>, Arc<Error>>,
}

/// What there is to make a snapshot from.
#[derive(Default)]
pub(crate) struct Shelved {
    pub(crate) readings: Vec<Arc<Reading>>,
    pub(crate) unread: Vec<Unread>,
    pub(crate) withdrawn: Tombstones,
    pub(crate) closed: Option<String>,
}

/// All that can be looked up word for word.
pub struct Holdings {
    /// In the order of their names, without what was withdrawn.
    pub transcripts: Vec<Arc<Transcript>>,
    /// What was withdrawn from each.
    pub gone: Vec<Gone>,
    /// Sources that were withdrawn as a whole.
    pub withdrawn: Tombstones,
    /// The marks of withdrawn words.
    pub withdrawals: Arc<Withdrawals>,
    /// Files that are not read, and why.
    pub unread: Vec<Unread>,
}

impl Stock {
    /// Opens what is on disk.
    ///
    /// # Errors
    /// When it cannot be read, or another process has it open and `access` is to write.
    pub fn open(place: Place, limits: Limits, access: Access) -> Result<Self, Error> {
        let decisions = Mutex::new(place.decisions());
        let folder = match &place {
            Place::Home(root) if access == Access::Write || root.is_dir() => Some(Folder::open(root, access)?),
            Place::Folder(root) => Some(Folder::open(root, access)?),
            Place::Home(_) | Place::File(_) => None,
        };
        if let Some(why) = folder.as_ref().and_then(Folder::closed) {
            tracing::warn!("nothing can be changed, and nothing is kept for the next start: {why}");
        }
        let beside = match &place {
            Place::File(file) => Folder::beside(file)?,
            _ => Default::default(),
        };
        let (folder, beside, read) = (Mutex::new(folder), Mutex::new(beside), Mutex::default());
        let told = Options { limits: limits.source, ..Options::default() };
        Ok(Self {
            place,
            limits,
            told,
            folder,
            beside,
            decisions,
            read,
            withdrawals: AtomicUsize::new(0),
            tell: |_, _| {},
        })
    }

    /// The same, where nothing was decided of a source read as `told`.
    #[must_use]
    pub fn read_as(mut self, told: Options) -> Self {
        self.told = Options { limits: self.limits.source, for_all: true, ..told };
        self
    }

    /// The same, telling how many files of how many are read; at the end, all.
    #[must_use]
    pub fn telling(mut self, tell: fn(usize, usize)) -> Self {
        self.tell = tell;
        self
    }

    /// What there is, none of it searched yet.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn listing(&self) -> Result<Listing, Error> {
        Ok(self.shelved()?.list(|_| true))
    }

    /// What there is to look words up in, word for word: nothing is embedded for it.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn holdings(&self) -> Result<Holdings, Error> {
        let Shelved { readings, unread, withdrawn, .. } = self.shelved()?;
        let transcripts = readings.iter().map(|reading| Arc::clone(&reading.transcript)).collect();
        let gone = readings.iter().map(|reading| reading.gone.clone()).collect();
        Ok(Holdings { transcripts, gone, withdrawn, withdrawals: self.decided().1, unread })
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

    /// Where it is.
    pub(crate) fn root(&self) -> PathBuf {
        let (Place::Home(path) | Place::Folder(path) | Place::File(path)) = &self.place;
        path.clone()
    }

    /// What was decided about its transcripts, and withdrawn from them.
    pub(crate) fn decided(&self) -> (Manifest, Arc<Withdrawals>) {
        match locked(&self.folder).as_ref() {
            Some(folder) => (folder.manifest().clone(), folder.withdrawals()),
            None => locked(&self.beside).clone(),
        }
    }

    /// How many withdrawals there were since it was opened.
    pub(crate) fn withdrawals(&self) -> usize {
        self.withdrawals.load(Ordering::SeqCst)
    }

    pub(crate) fn count_withdrawal(&self) {
        self.withdrawals.fetch_add(1, Ordering::SeqCst);
    }

    /// All that is on disk, read.
    pub(crate) fn shelved(&self) -> Result<Shelved, Error> {
        let (shelved, learnt) = self.look_at_all()?;
        if learnt.is_empty() {
            return Ok(shelved);
        }
        for Learnt { sha256, path, people, said } in learnt {
            self.change(|folder| {
                if people.is_empty() {
                    folder.withdraw(&sha256, &said).map(|_| ())
                } else {
                    folder.withdraw_person(&sha256, &path, &people, &said)
                }
            })?;
        }
        // What was learnt may be in others.
        Ok(self.look_at_all()?.0)
    }

    fn look_at_all(&self) -> Result<(Shelved, Vec<Learnt>), Error> {
        let (stamps, closed, mut look) = match (&self.place, locked(&self.folder).as_ref()) {
            (Place::File(path), _) => {
                let (manifest, withdrawals) = locked(&self.beside).clone();
                let look = Look::new(manifest, withdrawals, false);
                (vec![stamp(path)?], Some(only_a_file()), look)
            }
            (_, Some(folder)) => {
                let look = Look::new(folder.manifest().clone(), folder.withdrawals(), folder.closed().is_none());
                (folder.look()?, folder.closed().map(str::to_owned), look)
            }
            (_, None) => (Vec::new(), None, Look::new(Manifest::default(), Arc::default(), false)),
        };
        let mut shelved =
            Shelved { closed, withdrawn: look.withdrawals.tombstones(&look.manifest), ..Shelved::default() };
        let mut passages = 0;
        let mut by_hash: HashMap<String, String> = HashMap::with_capacity(stamps.len());
        let mut read_before = locked(&self.read);
        let mut now = HashMap::with_capacity(stamps.len() + 1);
        let names = names(&stamps);
        let bundled = matches!(self.place, Place::Home(_)).then(store::bundled);
        let bundled_stamp = bundled.as_ref().map(|source| Stamp::bundled(source.path.clone()));
        let bundled_name = bundled.as_ref().map(|source| source.name.clone()).unwrap_or_default();
        let all = stamps.iter().zip(names).chain(bundled_stamp.iter().map(|stamp| (stamp, bundled_name.clone())));
        let mut told = false;
        for (stamp, name) in all {
            let own = bundled.as_ref().filter(|_| Some(stamp) == bundled_stamp.as_ref());
            let before = read_before.remove(stamp);
            if before.is_none() {
                (self.tell)(now.len(), stamps.len());
                told = true;
            }
            let read = self.read(stamp, name, own, &mut look, before);
            if let Err(reason) = self.shelve(&read, &mut passages, &look, &mut by_hash, &mut shelved) {
                let file = stamp.path.file_name().unwrap_or_default().to_string_lossy();
                let held = match &reason {
                    Reason::Failed(error) => match &**error {
                        Error::HeldBack { on, .. } => Some(on.clone()),
                        _ => None,
                    },
                    _ => None,
                };
                let sha256 = held.as_ref().map(|_| read.sha256.clone());
                let withdrawn = if let Reason::Withdrawn(on) = &reason { Some(on.clone()) } else { None };
                let (file, held_on) = (sanitize::short(&file), held.or(withdrawn));
                // A file may be called by what is withdrawn.
                let file = if look.withdrawals.holds(&file) { unnamed(&read.sha256) } else { file };
                shelved.unread.push(Unread { file, reason, held: sha256, held_on });
            }
            now.insert(stamp.clone(), read);
        }
        shelved.readings.sort_by(|a, b| a.transcript.name.cmp(&b.transcript.name));
        *read_before = now;
        drop(read_before);
        if told {
            (self.tell)(stamps.len(), stamps.len());
        }
        if let (false, Some(folder)) = (look.followed.is_empty(), locked(&self.folder).as_mut())
            && let Err(error) = folder.follow(&look.followed)
        {
            // In force even where it could not be written down.
            tracing::warn!("{error}");
        }
        Ok((shelved, look.learnt))
    }

    fn shelve(
        &self,
        read: &Read,
        passages: &mut usize,
        look: &Look,
        by_hash: &mut HashMap<String, String>,
        to: &mut Shelved,
    ) -> Result<(), Reason> {
        if let Some(on) = look.withdrawals.of_source(&read.sha256, &look.manifest) {
            return Err(Reason::Withdrawn(on.to_owned()));
        }
        if let Some(same) = by_hash.get(&read.sha256) {
            return Err(Reason::SameAs(same.clone()));
        }
        let reading = read.outcome.as_ref().map_err(|error| Reason::Failed(Arc::clone(error)))?;
        let file = || reading.transcript.name.clone();
        *passages += reading.keys.len();
        if *passages > self.limits.passages {
            let error = Error::TooManyPassages { file: file(), passages: *passages, most: self.limits.passages };
            *passages -= reading.keys.len();
            return Err(Reason::Failed(Arc::new(error)));
        }
        by_hash.insert(read.sha256.clone(), file());
        to.readings.push(Arc::clone(reading));
        Ok(())
    }

    /// Reads a file, unless that was done and nothing changed since.
    fn read(
        &self,
        stamp: &Stamp,
        name: String,
        bundled: Option<&Source>,
        look: &mut Look,
        before: Option<Arc<Read>>,
    ) -> Arc<Read> {
        if let Some(before) = before
            && before.name == name
            && let (edits, allowed) = look.decided(&before.sha256)
            && before.edits == edits
            && before.allowed == allowed
        {
            if Arc::ptr_eq(&before.withdrawals, &look.withdrawals) {
                look.follow(stamp, &before.sha256);
                return before;
            }
            let holding = Holding { withdrawals: &look.withdrawals, names: &edits.withdrawn, allowed };
            if let Ok(reading) = &before.outcome
                && reading.is_untouched_by(holding)
            {
                let (sha256, outcome) = (before.sha256.clone(), Ok(Arc::clone(reading)));
                let withdrawals = Arc::clone(&look.withdrawals);
                look.follow(stamp, &sha256);
                return Arc::new(Read { name, edits, allowed, withdrawals, sha256, outcome });
            }
        }
        let withdrawals = Arc::clone(&look.withdrawals);
        let bytes = match bundled {
            Some(source) => Ok(source.bytes.clone()),
            None => self.bytes(stamp),
        };
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(error) => {
                let (edits, allowed, outcome) = (Edits::default(), Allowed::Nothing, Err(Arc::new(error)));
                return Arc::new(Read { name, edits, allowed, withdrawals, sha256: String::new(), outcome });
            }
        };
        let sha256 = source::known_by(&bytes);
        look.follow(stamp, &sha256);
        let (edits, allowed) = look.decided(&sha256);
        self.learn(stamp, &bytes, &sha256, &edits, look);
        let outcome = if look.withdrawals.of_source(&sha256, &look.manifest).is_some() {
            // Told by the tombstone.
            Err(Arc::new(Error::Cancelled))
        } else {
            let holding = Holding { withdrawals: &withdrawals, names: &edits.withdrawn, allowed };
            let file = sanitize::short(&stamp.path.file_name().unwrap_or_default().to_string_lossy());
            Reading::new(&name, &stamp.path, &bytes, &edits, &self.told, holding)
                .map(|mut reading| {
                    let added = look.manifest.transcripts.get(&sha256).and_then(|entry| entry.added.clone());
                    reading.date = added.or_else(|| stamp.modified.and_then(dates::day));
                    Arc::new(reading)
                })
                .map_err(|error| Arc::new(holding.told(error, &file)))
        };
        Arc::new(Read { name, edits, allowed, withdrawals, sha256, outcome })
    }

    /// Words that were withdrawn before any were remembered, where their source is here.
    fn learn(&self, stamp: &Stamp, bytes: &[u8], sha256: &str, edits: &Edits, look: &mut Look) {
        let whole = look.withdrawals.is_to_be_learnt(sha256, &look.manifest);
        let old = edits.withdrawn.iter().any(|mark| mark.starts_with("1:"));
        if !look.writable || !whole && !old {
            return;
        }
        let Ok((transcript, _)) = source::transcript_of("", &stamp.path, bytes, edits, &self.told) else { return };
        let names = redaction::speakers(&transcript);
        let people = if whole { Vec::new() } else { look.withdrawals.to_be_learnt(&names, &edits.withdrawn) };
        if !whole && people.is_empty() {
            return;
        }
        let said = words_of(&transcript, &people);
        look.learnt.push(Learnt { sha256: sha256.to_owned(), path: stamp.path.clone(), people, said });
    }

    /// What a source says that is about to be withdrawn: the parts of these people, or all.
    pub(crate) fn said(&self, reading: &Reading, people: &[String]) -> Result<Vec<Said>, Error> {
        let path = &reading.path;
        let bytes = match store::bundled() {
            source if source.path == *path => source.bytes,
            _ => atomic_file::read(path, self.limits.file_bytes(), Links::Refused)?,
        };
        if source::known_by(&bytes) != reading.sha256() {
            return Err(Error::NoSuchTranscript { name: reading.transcript.name.clone() });
        }
        let (transcript, _) = source::transcript_of("", path, &bytes, &reading.edits, &self.told)?;
        Ok(words_of(&transcript, people))
    }

    fn bytes(&self, stamp: &Stamp) -> Result<Vec<u8>, Error> {
        let links = if matches!(self.place, Place::File(_)) { Links::Followed } else { Links::Refused };
        atomic_file::read(&stamp.path, self.limits.file_bytes(), links)
    }

    /// Changes what is on disk; the user's own folder is made for it.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Folder) -> Result<T, Error>) -> Result<T, Error> {
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
    pub(crate) fn look(&self) -> Result<Vec<Stamp>, Error> {
        match (&self.place, locked(&self.folder).as_ref()) {
            (Place::File(path), _) => Ok(vec![stamp(path)?]),
            (_, Some(folder)) if folder.root().is_dir() => folder.look(),
            (_, Some(folder)) => {
                Err(Error::Io { path: folder.root().to_owned(), source: std::io::ErrorKind::NotFound.into() })
            }
            (_, None) => Ok(Vec::new()),
        }
    }

    /// Takes the folder to write where it was not to be had before, or was made anew; else takes in
    /// what another process decided in it. Whether anything may be decided otherwise than before.
    pub(crate) fn reopen(&self) -> bool {
        let (Place::Home(root) | Place::Folder(root)) = &self.place else { return self.take_in() };
        let is_wanted = |folder: &Folder| folder.closed().is_some() || !folder.is_in_place();
        if !locked(&self.folder).as_ref().is_none_or(is_wanted) || !root.is_dir() {
            return false;
        }
        // It waits a little for the lock: the page does not.
        match Folder::open(root, Access::Write) {
            Ok(mut open) => {
                let mut folder = locked(&self.folder);
                let before = folder.take().filter(|before| before.closed().is_none());
                if let Some(before) = before
                    && let Err(error) = open.take_over(before)
                {
                    tracing::warn!("{error}");
                }
                *folder = Some(open);
                true
            }
            Err(error) => {
                tracing::debug!("{error}");
                self.take_in()
            }
        }
    }

    /// Takes in what another process decided, above all who withdrew.
    fn take_in(&self) -> bool {
        let now = self.place.decisions();
        let mut seen = locked(&self.decisions);
        if *seen == now {
            return false;
        }
        let read = match &self.place {
            Place::File(file) => Folder::beside(file).map(|beside| *locked(&self.beside) = beside),
            Place::Home(root) | Place::Folder(root) => {
                Folder::open(root, Access::ReadAtLeast).map(|open| *locked(&self.folder) = Some(open))
            }
        };
        match read {
            Ok(()) => *seen = now,
            // It is looked at again in a second.
            Err(error) => tracing::warn!("{error}"),
        }
        true
    }
}

fn words_of(transcript: &Transcript, people: &[String]) -> Vec<Said> {
    let is_one = |name: &str| people.iter().any(|one| key::same_name(one, name));
    redaction::said(transcript, (!people.is_empty()).then_some(&is_one as &dyn Fn(&str) -> bool))
}

fn stamp(path: &Path) -> Result<Stamp, Error> {
    Stamp::of(path).map_err(|source| Error::Io { path: path.to_owned(), source })
}

fn only_a_file() -> String {
    "only one file is open; give a folder with --data".to_owned()
}

/// A panic elsewhere leaves the data behind a lock unchanged.
pub(crate) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
