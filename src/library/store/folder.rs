//! An open folder of transcripts: its lock, its files, its manifest. Every change is on disk when the
//! call returns.

mod incoming;
mod recordings;
mod reread;
mod withdrawing;

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::atomic_file::{self, LinkPolicy};
use super::cache_place::CachePlace;
use super::derived;
use super::file_stamp::FileStamp;
use super::kept_graph::{self, KeptGraphs};
use super::lock::{self, Access};
use super::manifest::{self, Edits, Manifest, SourceEntry};
pub(crate) use incoming::Incoming;
pub(crate) use withdrawing::WithdrawnSpeech;

use crate::error::{ClosedReason, Error};
use crate::hash::sha256_hex;
use crate::library::withdrawals::fingerprints::Fingerprints;
use crate::library::withdrawals::key::WithdrawalKey;
use crate::library::withdrawals::{AllowedWithdrawn, Withdrawal, Withdrawals};

/// Where a folder keeps what is not a transcript.
pub(crate) const STATE_FOLDER: &str = ".yuanhua";
/// The folder of the marks of withdrawn words. It has one file for each withdrawal.
pub(super) const WITHDRAWN: &str = "withdrawn";
/// The most bytes of such a file, and of a transcript that is deleted.
const MOST: u64 = 1 << 30;

/// A folder of transcripts.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The lock is held while the folder is open. Without it nothing is written.
    lock: Option<File>,
    manifest: Manifest,
    secret: Option<WithdrawalKey>,
    /// The marks of the manifest's `words`, in their order.
    words: Vec<Fingerprints>,
    withdrawals: Arc<Withdrawals>,
    /// Why it cannot be changed.
    closed: Option<ClosedReason>,
    /// Whether the manifest has the earlier version and must be rewritten.
    brought_up: bool,
}

impl Folder {
    /// Opens a folder, and finishes what a crash left half done. A missing folder is made if `access`
    /// is to write.
    ///
    /// # Errors
    /// If another process has it open or it cannot be written (for [`Access::Write`]). When its
    /// manifest is damaged, names files outside the folder, or lacks its key.
    pub fn open(root: &Path, access: Access) -> Result<Self, Error> {
        let state_folder = root.join(STATE_FOLDER);
        let (lock, closed) = match lock::take(root, &state_folder, access) {
            Ok(lock) => (Some(lock), None),
            Err(error @ Error::NotOurs { .. }) => return Err(error),
            Err(error) if access == Access::Write => return Err(error),
            Err(error) => (None, Some(ClosedReason::Folder(Arc::new(error)))),
        };
        let mut folder = Self::read(root, &state_folder)?;
        folder.closed = closed;
        folder.lock = lock;
        if folder.lock.is_some() {
            folder.clear_incoming_recordings()?;
            folder.finish()?;
            folder.forget_derived()?;
        }
        Ok(folder)
    }

    /// The folder whose decisions hold for a file. A link to a file of a library leads to this library.
    pub(crate) fn of_file(file: &Path) -> PathBuf {
        let real = fs::canonicalize(file).ok().and_then(|real| Some(real.parent()?.to_owned()));
        let is_library = |root: &PathBuf| Self::state_folder_of(root).is_dir();
        real.filter(is_library).unwrap_or_else(|| file.parent().unwrap_or(Path::new("")).to_owned())
    }

    /// The decisions in the folder of a file, if that folder is a library.
    ///
    /// # Errors
    /// Those of reading a manifest, as in [`Folder::open`].
    pub fn beside(file: &Path) -> Result<(Manifest, Arc<Withdrawals>), Error> {
        let root = Self::of_file(file);
        let state_folder = root.join(STATE_FOLDER);
        if !state_folder.is_dir() {
            return Ok((Manifest::default(), Arc::default()));
        }
        let folder = Self::read(&root, &state_folder)?;
        Ok((folder.manifest, folder.withdrawals))
    }

    /// The stamps of a folder's decision files. Another process may have the folder open and decide.
    pub fn decisions(root: &Path) -> Vec<FileStamp> {
        let state_folder = root.join(STATE_FOLDER);
        let files = fs::read_dir(&state_folder).into_iter().flatten().flatten().map(|entry| entry.path());
        let decides = |path: &PathBuf| path.file_name().is_some_and(|name| manifest::is_ours(&name.to_string_lossy()));
        let seen = |path: PathBuf| fs::symlink_metadata(&path).ok().map(|about| FileStamp::seen(path, &about));
        let mut stamps: Vec<FileStamp> = files.filter(decides).filter_map(seen).collect();
        stamps.sort_by(|a, b| a.path.cmp(&b.path));
        stamps
    }

    fn read(root: &Path, state_folder: &Path) -> Result<Self, Error> {
        let (manifest, secret, old) = Manifest::load(state_folder)?;
        let words = manifest.words.iter().map(|one| marks(state_folder, one)).collect::<Result<Vec<_>, _>>()?;
        let mut folder = Self {
            root: root.to_owned(),
            lock: None,
            manifest,
            secret,
            words,
            withdrawals: Arc::default(),
            closed: None,
            brought_up: old,
        };
        folder.gather();
        Ok(folder)
    }

    /// Its path.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of its cache of vectors.
    pub fn vectors(&self) -> CachePlace {
        self.cache_place(self.state_folder())
    }

    /// The file of the derived data. Each withdrawal changes its path.
    pub fn derived(&self) -> CachePlace {
        self.cache_place(self.derived_path())
    }

    fn cache_place(&self, path: PathBuf) -> CachePlace {
        CachePlace { path, is_writable: self.lock.is_some() }
    }

    /// Deletes derived data and graphs from before a withdrawal, which a crash may have left.
    ///
    /// # Errors
    /// If it cannot be deleted.
    pub fn forget_derived(&self) -> Result<(), Error> {
        kept_graph::clear(&self.state_folder(), Some(&self.graphs_path()))?;
        derived::clear(&self.state_folder(), &self.derived_path())
    }

    /// What the paths of its kept graphs begin with, if they may be kept. Each withdrawal changes it.
    pub(crate) fn graphs(&self) -> Option<PathBuf> {
        self.lock.as_ref().map(|_| self.graphs_path())
    }

    /// Deletes its kept graphs.
    ///
    /// # Errors
    /// If one cannot be deleted.
    pub(crate) fn forget_graphs(&self, graphs: &KeptGraphs) -> Result<(), Error> {
        graphs.forget(&self.state_folder())
    }

    fn graphs_path(&self) -> PathBuf {
        kept_graph::path(&self.state_folder(), &self.manifest.withdrawn_fingerprint())
    }

    fn derived_path(&self) -> PathBuf {
        derived::path(&self.state_folder(), &self.manifest.withdrawn_fingerprint())
    }

    /// Why it cannot be changed; `None` if it can.
    pub fn closed(&self) -> Option<&ClosedReason> {
        self.closed.as_ref()
    }

    /// The decisions about its transcripts.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What was withdrawn from it.
    pub fn withdrawals(&self) -> Arc<Withdrawals> {
        Arc::clone(&self.withdrawals)
    }

    /// Whether it is still the folder that was opened. It may have been deleted and made again.
    pub fn is_in_place(&self) -> bool {
        let Some(lock) = &self.lock else { return true };
        lock::is_in_place(lock, &self.state_folder())
    }

    /// Takes over the withdrawals of the folder that was here before, if this one has no decisions.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub fn take_over(&mut self, before: Self) -> Result<(), Error> {
        self.writable()?;
        if self.manifest != Manifest::default() || !before.manifest.needs_key() {
            return Ok(());
        }
        let Some(secret) = before.secret else { return Ok(()) };
        self.keep_key(&secret)?;
        self.secret = Some(secret);
        for words in &before.words {
            self.write_down(words)?;
        }
        self.words = before.words;
        self.decide(before.manifest)
    }

    /// Undoes an addition.
    ///
    /// # Errors
    /// If its file cannot be removed.
    pub fn take_back(&mut self, sha256: &str) -> Result<(), Error> {
        self.writable()?;
        let mut next = self.manifest.clone();
        if let Some(entry) = next.transcripts.remove(sha256).filter(|entry| entry.added.is_some()) {
            self.delete(&entry.file, sha256)?;
            self.decide(next)?;
        }
        Ok(())
    }

    /// Which withdrawn words may be read in a source.
    pub fn allowed(&self, sha256: &str) -> AllowedWithdrawn {
        self.manifest.allowed(self.mark(sha256).as_deref())
    }

    /// Reads a source from now on, although it contains withdrawn words.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub fn allow(&mut self, sha256: &str) -> Result<(), Error> {
        self.writable()?;
        let secret = self.key()?;
        let mut next = self.manifest.clone();
        next.allow(&secret.source(sha256).unwrap_or_default(), AllowedWithdrawn::All);
        self.decide(next)
    }

    /// Changes how a transcript is read and shown.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub fn edit(&mut self, sha256: &str, file: &Path, change: impl FnOnce(&mut Edits)) -> Result<(), Error> {
        self.writable()?;
        let mut next = self.manifest.clone();
        let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let entry = next.transcripts.entry(sha256.to_owned()).or_insert(SourceEntry { file, ..SourceEntry::default() });
        change(&mut entry.edits);
        if let Some(secret) = &self.secret {
            entry.edits.forget(secret);
        }
        let withdrawals = Arc::clone(&self.withdrawals);
        entry.edits.forget_words(|words| withdrawals.tells_of(words));
        if *entry == (SourceEntry { file: entry.file.clone(), ..SourceEntry::default() }) {
            next.transcripts.remove(sha256);
        }
        self.decide(next)
    }

    /// Keeps the decisions about files whose content or name changed, above all who withdrew. Each item
    /// is the old SHA-256, the new SHA-256 and the file name.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub fn follow(&mut self, all: &[(String, String, String)]) -> Result<(), Error> {
        let mut next = self.manifest.clone();
        for (from, to, file) in all {
            next.follow(from, to, file);
        }
        if self.lock.is_none() || next == self.manifest { Ok(()) } else { self.decide(next) }
    }

    /// Deletes the files of withdrawn transcripts, and added files that did not get into their places.
    fn finish(&mut self) -> Result<(), Error> {
        self.clear_incoming()?;
        let mut next = self.manifest.clone();
        next.transcripts.retain(|_, entry| !entry.edits.is_none() || self.root.join(&entry.file).exists());
        let gone: Vec<String> = next
            .transcripts
            .keys()
            .filter(|sha256| self.manifest.tombstone(self.mark(sha256).as_deref()).is_some())
            .cloned()
            .collect();
        for sha256 in gone {
            let Some(entry) = next.transcripts.remove(&sha256) else { continue };
            self.delete_recording(&entry.edits)?;
            if entry.added.is_some() {
                self.delete(&entry.file, &sha256)?;
            }
        }
        let brought_up = std::mem::take(&mut self.brought_up);
        if brought_up && let Some(secret) = &self.secret {
            secret.save(&self.state_folder())?;
        }
        if brought_up || next != self.manifest {
            self.decide(next)?;
        }
        self.delete_withdrawn_recordings()?;
        self.clear()
    }

    /// Deletes a transcript of ours if the file is unchanged. A stranger's manifest may name any file.
    fn delete(&self, file: &str, sha256: &str) -> Result<(), Error> {
        let path = self.root.join(file);
        match atomic_file::read(&path, MOST, LinkPolicy::Refused) {
            Ok(bytes) if sha256_hex(&[&bytes]) == sha256 => atomic_file::remove(&path),
            _ => Ok(()),
        }
    }

    /// The key. It is drawn and saved when it is first needed.
    fn key(&mut self) -> Result<WithdrawalKey, Error> {
        if let Some(secret) = &self.secret {
            return Ok(secret.clone());
        }
        let secret = WithdrawalKey::random()?;
        self.keep_key(&secret)?;
        self.secret = Some(secret.clone());
        Ok(secret)
    }

    /// Writes a key down behind the manifest. A key without a manifest tells that the manifest was lost.
    fn keep_key(&self, secret: &WithdrawalKey) -> Result<(), Error> {
        self.manifest.save(&self.state_folder())?;
        secret.save(&self.state_folder())
    }

    fn mark(&self, sha256: &str) -> Option<String> {
        self.secret.as_ref()?.source(sha256)
    }

    fn decide(&mut self, mut next: Manifest) -> Result<(), Error> {
        next.key = self.secret.as_ref().filter(|_| next.needs_key()).map(WithdrawalKey::own);
        next.save(&self.state_folder())?;
        let changed = next.words != self.manifest.words || next.key != self.manifest.key;
        self.manifest = next;
        if changed {
            self.gather();
        }
        Ok(())
    }

    /// Gathers all withdrawals, so that their words are found again.
    fn gather(&mut self) {
        let each = self.manifest.words.iter().zip(&self.words).map(|(one, words)| {
            let (on, source) = (one.on.clone(), one.source.clone());
            let each = Withdrawal { on, source, names: one.names.clone(), ..Withdrawal::default() };
            (each, words)
        });
        self.withdrawals = Arc::new(Withdrawals::new(self.secret.clone(), each));
    }

    pub(crate) fn writable(&self) -> Result<(), Error> {
        match &self.closed {
            Some(why) => Err(Error::Closed { why: why.clone() }),
            None => Ok(()),
        }
    }

    pub(super) fn state_folder(&self) -> PathBuf {
        Self::state_folder_of(&self.root)
    }

    pub(super) fn state_folder_of(root: &Path) -> PathBuf {
        root.join(STATE_FOLDER)
    }
}

/// Reads the marks of one withdrawal.
fn marks(state_folder: &Path, one: &manifest::WithdrawnWords) -> Result<Fingerprints, Error> {
    let path = state_folder.join(WITHDRAWN).join(&one.id);
    if fs::symlink_metadata(&path).is_err() {
        return Err(Error::BadManifest { path });
    }
    let bytes = atomic_file::read(&path, MOST, LinkPolicy::Refused)?;
    let whole = sha256_hex(&[&bytes]) == one.sha256;
    let text = String::from_utf8(bytes).ok().filter(|_| whole);
    // Starting without them would bring back what was withdrawn.
    text.and_then(|text| Fingerprints::read(&text)).ok_or(Error::BadManifest { path })
}
