//! Reads what is on disk. A file is read again only when it changes. Needs no encoder, and knows only
//! the keys of vectors.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use super::attributes::{self, Attributes};
use super::kept::DerivedData;
use super::library_state::LibraryState;
use super::limits::LibraryLimits;
use super::listing::Listing;
use super::look::{AHEAD, Learnt, Look, Reader, SourceAsRead, SourceFile, names, unnamed, words_of};
use super::place::LibraryLocation;
use super::recordings::Recordings;
use super::source::{self, SourceReading};
use super::store;
use super::store::seal::RowSeal;
use super::tags::TagsAsRead;
use super::unread::{Reason, Unread};
use super::withdrawals::{Withdrawals, WithdrawnSources};
use crate::error::Error;
use crate::library::store::atomic_file::{self, LinkPolicy};
use crate::library::store::file_stamp::FileStamp;
use crate::library::store::folder::Folder;
use crate::library::store::lock::Access;
use crate::library::store::manifest::Manifest;
use crate::library::store::vector_cache::Key;
use crate::library::withdrawals::fingerprints::WithdrawnTurn;
use crate::lock::locked;
use crate::retrieval::corpus::Gone;
use crate::text::sanitize;
use crate::transcript::{ReadOptions, Transcript};

/// The transcripts on disk.
pub struct SourceStore {
    pub(crate) place: LibraryLocation,
    pub(crate) limits: LibraryLimits,
    /// How a source without decisions is read.
    told: ReadOptions,
    pub(super) folder: Mutex<Option<Folder>>,
    /// The decisions in the folder of the one open file.
    beside: Mutex<(Manifest, Arc<Withdrawals>)>,
    /// The stamps of the decision files when they were read.
    decisions: Mutex<Vec<FileStamp>>,
    /// The files that were read, by their stamps.
    read: Mutex<HashMap<FileStamp, Arc<SourceAsRead>>>,
    /// Counts the withdrawals, so that long work notices one.
    withdrawals: AtomicUsize,
    /// The derived data that is kept between starts.
    pub(crate) kept: Mutex<DerivedData>,
    /// The tags, until their file or the withdrawals change.
    pub(super) tagged: Mutex<Option<TagsAsRead>>,
    /// The withdrawals that the tags were last cleaned for.
    pub(super) swept: Mutex<Option<Arc<Withdrawals>>>,
    /// Is called with the number of files read and the number of all, while new files are read.
    tell: fn(usize, usize),
}

/// The transcripts for looking words up exactly. They need no vectors.
pub struct Holdings {
    /// The transcripts in the order of their names, without what was withdrawn.
    pub transcripts: Vec<Arc<Transcript>>,
    /// What was withdrawn from each.
    pub gone: Vec<Gone>,
    /// Sources that were withdrawn as a whole.
    pub withdrawn: WithdrawnSources,
    /// The marks of withdrawn words.
    pub withdrawals: Arc<Withdrawals>,
    /// Files that are not read, and why.
    pub unread: Vec<Unread>,
}

impl SourceStore {
    /// Opens what is on disk.
    ///
    /// # Errors
    /// When it cannot be read, or another process has it open and `access` is to write.
    pub fn open(place: LibraryLocation, limits: LibraryLimits, access: Access) -> Result<Self, Error> {
        let decisions = Mutex::new(place.decisions());
        let folder = match &place {
            LibraryLocation::Home(root) if access == Access::Write || root.is_dir() => {
                Some(Folder::open(root, access)?)
            }
            LibraryLocation::Folder(root) => Some(Folder::open(root, access)?),
            LibraryLocation::Shared(shared) => Some(Folder::open(shared.folder(), access)?),
            LibraryLocation::Home(_) | LibraryLocation::File(_) => None,
        };
        if let Some(why) = folder.as_ref().and_then(Folder::closed) {
            tracing::warn!("nothing can be changed, and nothing is kept for the next start: {why}");
        }
        let beside = match &place {
            LibraryLocation::File(file) => Folder::beside(file)?,
            _ => Default::default(),
        };
        let (folder, beside, read) = (Mutex::new(folder), Mutex::new(beside), Mutex::default());
        let told = ReadOptions { limits: limits.source, ..ReadOptions::default() };
        let (withdrawals, kept) = (AtomicUsize::new(0), Mutex::default());
        let (tagged, swept) = (Mutex::default(), Mutex::default());
        let tell: fn(usize, usize) = |_, _| {};
        Ok(Self { place, limits, told, folder, beside, decisions, read, withdrawals, kept, tagged, swept, tell })
    }

    /// Keeps derived data for the next start, under the seal of the user who runs the program. The
    /// seal's key is in the file `key`, outside the library.
    #[must_use]
    pub fn kept_under(mut self, key: &Path) -> Self {
        self.kept = Mutex::new(DerivedData::sealed_by(RowSeal::in_file(key)));
        self
    }

    /// Reads sources without decisions as `told` says.
    #[must_use]
    pub fn read_as(mut self, told: ReadOptions) -> Self {
        self.told = ReadOptions { limits: self.limits.source, for_all: true, ..told };
        self
    }

    /// Reports to `tell` how many files of how many are read. The last report says all.
    #[must_use]
    pub fn telling(mut self, tell: fn(usize, usize)) -> Self {
        self.tell = tell;
        self
    }

    /// Lists what there is. Every transcript counts as ready, because nothing is searched.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn listing(&self) -> Result<Listing, Error> {
        Ok(self.shelved()?.list(&self.attributes(), |_| true))
    }

    /// What the owner tells of people.
    pub(crate) fn attributes(&self) -> Attributes {
        match self.place.folder() {
            Some(root) => Attributes::of_folder(root, &self.decided().1),
            None => Attributes::default(),
        }
    }

    /// The transcripts for looking words up exactly. Nothing is embedded for it.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn holdings(&self) -> Result<Holdings, Error> {
        let LibraryState { readings, unread, withdrawn, .. } = self.shelved()?;
        let transcripts = readings.iter().map(|reading| Arc::clone(&reading.transcript)).collect();
        let gone = readings.iter().map(|reading| reading.gone.clone()).collect();
        Ok(Holdings { transcripts, gone, withdrawn, withdrawals: self.decided().1, unread })
    }

    /// The path of its vector cache, if there is one.
    pub fn cache(&self) -> Option<PathBuf> {
        locked(&self.folder).as_ref().and_then(Folder::cache)
    }

    /// The keys of the vectors that may be kept.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn keys(&self) -> Result<HashSet<Key>, Error> {
        Ok(self.shelved()?.readings.iter().flat_map(|reading| reading.keys.iter().copied()).collect())
    }

    /// The path of its folder or file.
    pub(crate) fn root(&self) -> PathBuf {
        self.place.path().to_owned()
    }

    /// The decisions about its transcripts, and what was withdrawn from them.
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

    /// Reads all that is on disk. Also learns withdrawn words that have no marks yet.
    pub(crate) fn shelved(&self) -> Result<LibraryState, Error> {
        self.settle()?;
        let (shelved, learnt) = self.look_at_all()?;
        if learnt.is_empty() {
            return Ok(self.keep(shelved));
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
        self.settle()?;
        // Other files may contain the words that were learnt.
        Ok(self.keep(self.look_at_all()?.0))
    }

    /// Keeps derived data in its present place only.
    fn settle(&self) -> Result<(), Error> {
        let moved = locked(&self.kept).at(self.derived());
        if moved { self.change(|folder| folder.forget_derived()) } else { Ok(()) }
    }

    /// All that is on disk after a withdrawal, before the derived data follows.
    pub(crate) fn left(&self) -> Result<LibraryState, Error> {
        Ok(self.look_at_all()?.0)
    }

    fn keep(&self, shelved: LibraryState) -> LibraryState {
        let withdrawals = self.decided().1;
        locked(&self.kept).keep(&shelved.readings, &withdrawals);
        self.sweep_tags(&shelved);
        shelved
    }

    /// The path of the derived data, if it is kept.
    fn derived(&self) -> Option<PathBuf> {
        locked(&self.folder).as_ref().and_then(Folder::derived)
    }

    /// Takes withdrawn words out of all derived data. `left` is what the withdrawal left.
    ///
    /// # Errors
    /// When derived data cannot be deleted.
    pub(crate) fn forget_derived(&self, left: &LibraryState) -> Result<(), Error> {
        let withdrawals = self.decided().1;
        locked(&self.kept).carry(self.derived(), &left.readings, &withdrawals)?;
        self.change(|folder| folder.forget_derived())
    }

    fn look_at_all(&self) -> Result<(LibraryState, Vec<Learnt>), Error> {
        let (stamps, closed, mut look) = match (&self.place, locked(&self.folder).as_ref()) {
            (LibraryLocation::File(path), _) => {
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
            LibraryState { closed, withdrawn: look.withdrawals.tombstones(&look.manifest), ..LibraryState::default() };
        let mut passages = 0;
        let mut by_hash: HashMap<String, String> = HashMap::with_capacity(stamps.len());
        let mut read_before = locked(&self.read);
        let mut now = HashMap::with_capacity(stamps.len() + 1);
        let names = names(&stamps);
        let bundled = matches!(self.place, LibraryLocation::Home(_)).then(store::bundled);
        let bundled_stamp = bundled.as_ref().map(|source| FileStamp::bundled(source.path.clone()));
        let own = bundled.as_ref().zip(bundled_stamp.as_ref());
        let own = own.map(|(source, stamp)| SourceFile { stamp, name: source.name.clone(), bundled: Some(source) });
        let all: Vec<SourceFile<'_>> = stamps
            .iter()
            .zip(names)
            .map(|(stamp, name)| SourceFile { stamp, name, bundled: None })
            .chain(own)
            .collect();
        let links =
            if matches!(self.place, LibraryLocation::File(_)) { LinkPolicy::Followed } else { LinkPolicy::Refused };
        let reader = Reader { told: &self.told, limits: self.limits, links, kept: &self.kept };
        let mut told = false;
        for some in all.chunks(AHEAD) {
            let new: Vec<&SourceFile<'_>> = some.iter().filter(|file| !read_before.contains_key(file.stamp)).collect();
            let mut ahead = reader.ahead(&new, &look).into_iter();
            for file in some {
                let before = read_before.remove(file.stamp);
                let ahead = if before.is_none() { ahead.next().flatten() } else { None };
                if before.is_none() {
                    (self.tell)(now.len(), stamps.len());
                    told = true;
                }
                let read = reader.read(file, &mut look, before, ahead);
                if let Err(reason) = self.shelve(&read, &mut passages, &look, &mut by_hash, &mut shelved) {
                    shelved.unread.push(unread(file.stamp, &read, reason, &look));
                }
                now.insert(file.stamp.clone(), read);
            }
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
            // The change is in force even if it could not be written down.
            tracing::warn!("{error}");
        }
        Ok((shelved, look.learnt))
    }

    fn shelve(
        &self,
        read: &SourceAsRead,
        passages: &mut usize,
        look: &Look,
        by_hash: &mut HashMap<String, String>,
        to: &mut LibraryState,
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

    /// The words of a source that is about to be withdrawn: those of `people`, or all if there are
    /// none.
    pub(crate) fn said(&self, reading: &SourceReading, people: &[String]) -> Result<Vec<WithdrawnTurn>, Error> {
        let path = &reading.path;
        let bytes = match store::bundled() {
            source if source.path == *path => source.bytes,
            _ => atomic_file::read(path, self.limits.file_bytes(), LinkPolicy::Refused)?,
        };
        if source::known_by(&bytes) != reading.sha256() {
            return Err(Error::NoSuchTranscript { name: reading.transcript.name.clone() });
        }
        let (transcript, _) = source::transcript_of("", path, &bytes, &reading.edits, &self.told)?;
        Ok(words_of(&transcript, people))
    }

    /// Changes what is on disk. The user's own folder is made if it is missing.
    pub(crate) fn change<T>(&self, change: impl FnOnce(&mut Folder) -> Result<T, Error>) -> Result<T, Error> {
        let mut folder = locked(&self.folder);
        if folder.is_none()
            && let LibraryLocation::Home(root) = &self.place
        {
            *folder = Some(Folder::open(root, Access::Write)?);
        }
        match folder.as_mut() {
            Some(folder) => change(folder),
            None => Err(Error::Closed { why: only_a_file() }),
        }
    }

    /// The present stamps of the files, and of the one about people.
    pub(crate) fn look(&self) -> Result<Vec<FileStamp>, Error> {
        let mut stamps = self.transcripts_now()?;
        if let Some(root) = self.place.folder() {
            stamps.extend(FileStamp::of(&attributes::path(root)).ok());
            let mut recordings = Recordings::default();
            stamps.extend(recordings.in_folder(root).iter().filter_map(|path| FileStamp::of(path).ok()));
        }
        Ok(stamps)
    }

    fn transcripts_now(&self) -> Result<Vec<FileStamp>, Error> {
        match (&self.place, locked(&self.folder).as_ref()) {
            (LibraryLocation::File(path), _) => Ok(vec![stamp(path)?]),
            (_, Some(folder)) if folder.root().is_dir() => folder.look(),
            (_, Some(folder)) => {
                Err(Error::Io { path: folder.root().to_owned(), source: std::io::ErrorKind::NotFound.into() })
            }
            (_, None) => Ok(Vec::new()),
        }
    }

    /// Opens the folder for writing if that failed before, or if the folder was made anew. Otherwise
    /// takes in what another process decided. Returns whether decisions may have changed.
    pub(crate) fn reopen(&self) -> bool {
        let Some(root) = self.place.folder() else { return self.take_in() };
        let is_wanted = |folder: &Folder| folder.closed().is_some() || !folder.is_in_place();
        if !locked(&self.folder).as_ref().is_none_or(is_wanted) || !root.is_dir() {
            return false;
        }
        // Opening waits a little for the lock. The page does not wait.
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

    /// Takes in what another process decided, above all who withdrew. Returns whether the decision
    /// files changed.
    fn take_in(&self) -> bool {
        let now = self.place.decisions();
        let mut seen = locked(&self.decisions);
        if *seen == now {
            return false;
        }
        let read = match self.place.folder() {
            None => Folder::beside(self.place.path()).map(|beside| *locked(&self.beside) = beside),
            Some(root) => Folder::open(root, Access::ReadAtLeast).map(|open| *locked(&self.folder) = Some(open)),
        };
        match read {
            Ok(()) => *seen = now,
            // The watcher tries again in a second.
            Err(error) => tracing::warn!("{error}"),
        }
        true
    }
}

/// The list entry of a file that is not read.
fn unread(stamp: &FileStamp, read: &SourceAsRead, reason: Reason, look: &Look) -> Unread {
    let held = match &reason {
        Reason::Failed(error) => match &**error {
            Error::HeldBack { on, .. } => Some(on.clone()),
            _ => None,
        },
        _ => None,
    };
    let sha256 = held.as_ref().map(|_| read.sha256.clone());
    let withdrawn = if let Reason::Withdrawn(on) = &reason { Some(on.clone()) } else { None };
    let file = sanitize::short(&stamp.path.file_name().unwrap_or_default().to_string_lossy());
    // The name of a file may contain withdrawn words.
    let file = if look.withdrawals.holds(&file) { unnamed(&read.sha256) } else { file };
    Unread { file, reason, held: sha256, held_on: held.or(withdrawn) }
}

fn stamp(path: &Path) -> Result<FileStamp, Error> {
    FileStamp::of(path).map_err(|source| Error::Io { path: path.to_owned(), source })
}

fn only_a_file() -> String {
    "only one file is open; give a folder with --data".to_owned()
}
