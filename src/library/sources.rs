//! The files of a library, and all that is kept beside them: decisions, derived data, vectors, tags, questions. One
//! thread has it at a time. A file is read again only when it changes. Needs no encoder, and knows only the keys of
//! vectors.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::attributes::Attributes;
use super::derived_data::DerivedData;
use super::folder_scan::FolderScan;
use super::library_state::LibraryState;
use super::limits::LibraryLimits;
use super::listing::Listing;
use super::location::LibraryLocation;
use super::read_pass::{NewlyWithdrawn, SourceAsRead, words_of};
use super::recordings::Recordings;
use super::source::{self, SourceReading};
use super::store;
use super::store::seal::RowSeal;
use super::tags::TagsAsRead;
use super::unread::Unread;
use super::withdrawals::{Withdrawals, WithdrawnSources};
use crate::error::{ClosedReason, Error};
use crate::library::store::atomic_file::{self, LinkPolicy};
use crate::library::store::cache_place::CachePlace;
use crate::library::store::file_stamp::FileStamp;
use crate::library::store::folder::{Folder, STATE_FOLDER, WithdrawnSpeech};
use crate::library::store::kept_graph::KeptGraphs;
use crate::library::store::lock::Access;
use crate::library::store::manifest::Manifest;
use crate::library::store::vector_cache::VectorCache;
use crate::library::withdrawals::fingerprints::WithdrawnTurn;
use crate::retrieval::corpus::Gone;
use crate::retrieval::lexical::Snapshot;
use crate::retrieval::vectors::graph_place::GraphPlace;
use crate::transcript::{ReadOptions, Transcript};

/// The transcripts on disk, and what is kept beside them.
pub struct SourceStore {
    pub(crate) place: LibraryLocation,
    pub(crate) limits: LibraryLimits,
    /// How a source without decisions is read.
    pub(super) read_options: ReadOptions,
    /// `None` for one open file, and before the user's own folder is made.
    pub(super) folder: Option<Folder>,
    /// The place of the caches before the user's own folder is made.
    cache: Option<Folder>,
    /// The decisions in the folder of the one open file.
    beside: (Manifest, Arc<Withdrawals>),
    /// The stamps of the decision files when they were read.
    decisions: Vec<FileStamp>,
    /// The folder as it was last listed. Each change of ours is in it, too.
    pub(super) scan: FolderScan,
    /// The files that were read, by their stamps.
    pub(super) read: HashMap<FileStamp, Arc<SourceAsRead>>,
    /// All of it together; `None` once a file or a decision changed.
    pub(super) state: Option<Arc<LibraryState>>,
    /// The derived data that is kept between starts.
    pub(super) derived: DerivedData,
    /// The graphs over the vectors, which are kept, too.
    pub(super) graphs: KeptGraphs,
    /// The fingerprint of the encoder that the vectors are of; empty before there is one.
    encoder: String,
    /// The cache of vectors and its place, which changes when the folder is made or locked.
    vectors: Option<(Option<CachePlace>, VectorCache)>,
    /// The tags, until their file or the withdrawals change.
    pub(super) tagged: Option<TagsAsRead>,
    /// The withdrawals that the tags were last cleaned for.
    pub(super) swept: Option<Arc<Withdrawals>>,
    /// From this number of texts without a vector on, they are found by provisional vectors first; `None` never.
    pub(super) provisional_from: Option<usize>,
    /// Is called with the number of files read and the number of all, while new files are read.
    pub(super) report_read: fn(usize, usize),
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
    /// If it cannot be read, or another process has it open and `access` is to write.
    pub fn open(place: LibraryLocation, limits: LibraryLimits, access: Access) -> Result<Self, Error> {
        let decisions = place.decisions();
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
        Ok(Self {
            place,
            limits,
            read_options: ReadOptions { limits: limits.source, ..ReadOptions::default() },
            folder,
            cache: None,
            beside,
            decisions,
            scan: FolderScan::default(),
            read: HashMap::new(),
            state: None,
            derived: DerivedData::default(),
            graphs: KeptGraphs::default(),
            encoder: String::new(),
            vectors: None,
            tagged: None,
            swept: None,
            provisional_from: None,
            report_read: |_, _| {},
        })
    }

    /// Finds texts by provisional vectors until they are embedded, where so many or more have none.
    #[must_use]
    pub fn provisional_from(mut self, texts: usize) -> Self {
        self.provisional_from = Some(texts);
        self
    }

    /// Keeps derived data for the next start, under the seal of the user who runs the program. The
    /// seal's key is in the file `key`, outside the library.
    #[must_use]
    pub fn kept_under(mut self, key: &Path) -> Self {
        self.derived = DerivedData::sealed_by(RowSeal::in_file(key));
        self
    }

    /// Keeps caches of the bundled interview in a folder until the user's own folder is made. If that folder cannot be
    /// had, nothing is kept.
    #[must_use]
    pub fn with_cache(mut self, folder: &Path) -> Self {
        match (&self.place, &self.folder) {
            (LibraryLocation::Home(_), None) => {
                let opened = atomic_file::folder(folder).and_then(|()| Folder::open(folder, Access::ReadAtOnce));
                self.cache = opened.inspect_err(|error| tracing::debug!("nothing is kept: {error}")).ok();
            }
            (LibraryLocation::Home(_), Some(_)) => forget_cache(folder),
            _ => {}
        }
        self
    }

    /// Reads sources without decisions as the options say.
    #[must_use]
    pub fn read_as(mut self, options: ReadOptions) -> Self {
        self.read_options = ReadOptions { limits: self.limits.source, for_all: true, ..options };
        self
    }

    /// Reports to a function how many files of how many are read. The last report says all.
    #[must_use]
    pub fn reporting_to(mut self, report: fn(usize, usize)) -> Self {
        self.report_read = report;
        self
    }

    /// Keeps the vectors of the encoder with this fingerprint.
    #[must_use]
    pub(crate) fn encoded_by(mut self, encoder: &str) -> Self {
        encoder.clone_into(&mut self.encoder);
        self.vectors = None;
        self
    }

    /// Lists what there is. Every transcript counts as ready, because nothing is searched.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn listing(&mut self) -> Result<Listing, Error> {
        let state = self.refresh()?;
        Ok(self.list(&state, |_| true))
    }

    /// Lists a state. `is_ready` tells which transcripts can be searched.
    pub(crate) fn list(&self, state: &LibraryState, is_ready: impl Fn(&SourceReading) -> bool) -> Listing {
        let attributes = match self.place.folder() {
            Some(root) => Attributes::of_folder(root, &self.withdrawals()),
            None => Attributes::default(),
        };
        state.list(&attributes, Recordings(&self.scan.recordings), is_ready)
    }

    /// The transcripts for looking words up exactly. Nothing is embedded for it.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn holdings(&mut self) -> Result<Holdings, Error> {
        let state = self.refresh()?;
        let transcripts = state.readings.iter().map(|reading| Arc::clone(&reading.transcript)).collect();
        let gone = state.readings.iter().map(|reading| reading.gone.clone()).collect();
        let (withdrawn, unread) = (state.withdrawn.clone(), state.unread.clone());
        Ok(Holdings { transcripts, gone, withdrawn, withdrawals: self.withdrawals(), unread })
    }

    /// The path of its folder or file.
    pub(crate) fn root(&self) -> &Path {
        self.place.path()
    }

    /// The decisions about its transcripts.
    pub(crate) fn manifest(&self) -> &Manifest {
        self.folder.as_ref().map_or(&self.beside.0, Folder::manifest)
    }

    /// What was withdrawn from them.
    pub(crate) fn withdrawals(&self) -> Arc<Withdrawals> {
        self.folder.as_ref().map_or_else(|| Arc::clone(&self.beside.1), Folder::withdrawals)
    }

    /// A mark of what was withdrawn.
    pub(super) fn withdrawn_mark(&self) -> String {
        self.manifest().withdrawn_fingerprint()
    }

    /// The folder of the caches.
    fn caches(&self) -> Option<&Folder> {
        self.folder.as_ref().or(self.cache.as_ref())
    }

    /// The cache of vectors.
    pub(crate) fn vectors(&mut self) -> &mut VectorCache {
        let place = self.caches().map(Folder::vectors);
        let (_, cache) = match self.vectors.take() {
            Some(open) if open.0 == place => self.vectors.insert(open),
            _ => self.vectors.insert((place.clone(), VectorCache::open(place, &self.encoder))),
        };
        cache
    }

    /// The place of the graph over the vectors called `name`, if it may be kept.
    pub(crate) fn graph_place(&self, name: &str) -> Option<Arc<dyn GraphPlace>> {
        let path = self.folder.as_ref()?.graphs()?;
        Some(self.graphs.at(&path, name, self.derived.seal()?, &self.encoder))
    }

    /// The terms of `ready`, which are some of the present readings.
    pub(crate) fn words(&mut self, ready: &[Arc<SourceReading>]) -> Result<Snapshot, Error> {
        let (state, withdrawals) = (self.state()?, self.withdrawals());
        self.derived.words(&state.readings, ready, &withdrawals)
    }

    /// Looks at the folder, and reads what changed.
    pub(crate) fn refresh(&mut self) -> Result<Arc<LibraryState>, Error> {
        let now = self.list_folder()?;
        if now != self.scan {
            self.scan = now;
            self.state = None;
        }
        self.state()
    }

    /// All that is on disk, as the folder was last listed and as it is decided now. Also learns withdrawn words that
    /// have no marks yet.
    pub(crate) fn state(&mut self) -> Result<Arc<LibraryState>, Error> {
        if let Some(state) = &self.state {
            return Ok(Arc::clone(state));
        }
        self.settle()?;
        let (mut state, learnt) = self.read_files();
        if !learnt.is_empty() {
            for NewlyWithdrawn { sha256, path, people, shared, said } in learnt {
                let said = WithdrawnSpeech { turns: &said, others: &[] };
                self.change(|folder| {
                    if people.is_empty() {
                        folder.withdraw(&sha256, &said).map(|_| ())
                    } else {
                        folder.withdraw_person(&sha256, &path, &people, &shared, &said)
                    }
                })?;
            }
            self.scan = self.list_folder()?;
            // Other files may contain the words that were learnt.
            state = self.read_files().0;
            self.forget_cached(&state)?;
        }
        if self.forget_people(&state)? {
            state = self.read_files().0;
        }
        let withdrawals = self.withdrawals();
        self.derived.keep(&state.readings, &withdrawals);
        self.sweep_tags(&state);
        let state = Arc::new(state);
        self.state = Some(Arc::clone(&state));
        Ok(state)
    }

    /// Keeps derived data in its present place only.
    fn settle(&mut self) -> Result<(), Error> {
        let moved = self.derived.at(self.derived_place());
        let is_ours = self.folder.as_ref().is_some_and(|folder| folder.closed().is_none());
        if moved && is_ours { self.change(|folder| folder.forget_derived()) } else { Ok(()) }
    }

    /// Where the derived data is kept, if it is.
    pub(super) fn derived_place(&self) -> Option<CachePlace> {
        self.caches().map(Folder::derived)
    }

    /// Lists the folder.
    pub(crate) fn list_folder(&self) -> Result<FolderScan, Error> {
        match (&self.place, &self.folder) {
            (LibraryLocation::File(path), _) => FolderScan::of_file(path),
            (_, Some(folder)) => FolderScan::of_folder(folder.root()),
            (_, None) => Ok(FolderScan::default()),
        }
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
            return Err(Error::SourceChanged);
        }
        let (transcript, _) = source::transcript_of("", path, &bytes, &reading.edits, &self.read_options)?;
        Ok(words_of(&transcript, people))
    }

    /// Changes what is on disk. The user's own folder is made if it is missing.
    pub(crate) fn change<T>(&mut self, change: impl FnOnce(&mut Folder) -> Result<T, Error>) -> Result<T, Error> {
        if self.folder.is_none()
            && let LibraryLocation::Home(root) = &self.place
        {
            let made = Folder::open(root, Access::Write)?;
            self.set_folder(made);
        }
        // A change that fails half-way may have decided something, too.
        self.state = None;
        match self.folder.as_mut() {
            Some(folder) => change(folder),
            None => Err(Error::Closed { why: ClosedReason::OnlyAFile }),
        }
    }

    /// Takes a folder, and deletes the caches from before there was one. The folder has its own, and what is withdrawn from
    /// it must be nowhere else.
    fn set_folder(&mut self, folder: Folder) {
        self.folder = Some(folder);
        if let Some(cache) = self.cache.take() {
            forget_cache(cache.root());
        }
    }

    /// The folder to open for writing, because opening it failed before or it was made anew.
    pub(crate) fn to_open(&self) -> Option<PathBuf> {
        let root = self.place.folder()?;
        let is_wanted = |folder: &Folder| folder.closed().is_some() || !folder.is_in_place();
        (self.folder.as_ref().is_none_or(is_wanted) && root.is_dir()).then(|| root.to_owned())
    }

    /// Takes over a folder that was opened for writing.
    pub(crate) fn take_over(&mut self, mut open: Folder) {
        let before = self.folder.take().filter(|before| before.closed().is_none());
        if let Some(before) = before
            && let Err(error) = open.take_over(before)
        {
            tracing::warn!("{error}");
        }
        self.set_folder(open);
        self.state = None;
    }

    /// Takes in what another process decided, above all who withdrew. Returns whether the decision
    /// files changed.
    pub(crate) fn take_in(&mut self) -> bool {
        let now = self.place.decisions();
        if self.decisions == now {
            return false;
        }
        let read = match self.place.folder() {
            None => Folder::beside(self.place.path()).map(|beside| self.beside = beside),
            Some(root) => Folder::open(root, Access::ReadAtLeast).map(|open| self.set_folder(open)),
        };
        self.state = None;
        match read {
            Ok(()) => self.decisions = now,
            // The watcher tries again in a second.
            Err(error) => tracing::warn!("{error}"),
        }
        true
    }
}

/// Deletes the caches in a folder, and the folder if it holds nothing else. Through a link it would be somebody else's.
fn forget_cache(folder: &Path) {
    if !fs::symlink_metadata(folder).is_ok_and(|about| about.is_dir()) {
        return;
    }
    match fs::remove_dir_all(folder.join(STATE_FOLDER)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => tracing::warn!("{}: {error}", folder.display()),
        // Files of the user stay, and so does the folder then.
        _ => drop(fs::remove_dir(folder)),
    }
}
