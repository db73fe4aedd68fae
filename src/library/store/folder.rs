//! A folder of transcripts, open: its lock, its files, its manifest. Every
//! change is on disk when the call returns.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Source;
use super::atomic_file::{self, Links};
use super::file_names;
use super::file_stamp::Stamp;
use super::lock::{self, Access};
use super::manifest::{self, Edits, Entry, Manifest, Tombstone};
use super::vector_cache;
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::dates::today;
use crate::library::withdrawals::fingerprints::{Said, Words};
use crate::library::withdrawals::key::Secret;
use crate::library::withdrawals::{Allowed, Each, Withdrawals};

/// Where a folder keeps what is not a transcript.
const CORNER: &str = ".yuanhua";
/// A transcript on its way in.
const INCOMING: &str = "incoming";
/// Where the marks of withdrawn words are, one file for each withdrawal.
const WITHDRAWN: &str = "withdrawn";
/// Bytes of such a file, and of a transcript that is deleted, at most.
const MOST: u64 = 1 << 30;

/// A folder of transcripts.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Held as long as the folder is open; without it nothing is written.
    lock: Option<File>,
    manifest: Manifest,
    secret: Option<Secret>,
    /// The marks of each of the manifest's words, in their order.
    words: Vec<Words>,
    withdrawals: Arc<Withdrawals>,
    /// Why it is not to be written.
    closed: Option<String>,
    /// Whether the manifest is of an earlier version, and to be written anew.
    brought_up: bool,
}

impl Folder {
    /// Opens a folder, making it where it is to be written, and finishes what a
    /// crash left half done.
    ///
    /// # Errors
    /// When another process has it open or it cannot be written (for
    /// [`Access::Write`]), its manifest is damaged, names what is not its own, or lacks its key.
    pub fn open(root: &Path, access: Access) -> Result<Self, Error> {
        let corner = root.join(CORNER);
        let (lock, closed) = match lock::take(root, &corner, access) {
            Ok(lock) => (Some(lock), None),
            Err(error @ Error::NotOurs { .. }) => return Err(error),
            Err(error) if access == Access::Write => return Err(error),
            Err(error) => (None, Some(error.to_string())),
        };
        let mut folder = Self::read(root, &corner)?;
        folder.closed = closed;
        folder.lock = lock;
        if folder.lock.is_some() {
            folder.finish()?;
        }
        Ok(folder)
    }

    /// What was decided in the folder that a file stands in, where that was one of ours.
    ///
    /// # Errors
    /// As of [`Folder::open`].
    pub fn beside(file: &Path) -> Result<(Manifest, Arc<Withdrawals>), Error> {
        let root = file.parent().unwrap_or(Path::new(""));
        let corner = root.join(CORNER);
        if !corner.is_dir() {
            return Ok((Manifest::default(), Arc::default()));
        }
        let folder = Self::read(root, &corner)?;
        Ok((folder.manifest, folder.withdrawals))
    }

    /// How the files of a folder's decisions look: another process may have it open, and decide.
    pub fn decisions(root: &Path) -> Vec<Stamp> {
        let corner = root.join(CORNER);
        let files = fs::read_dir(&corner).into_iter().flatten().flatten().map(|entry| entry.path());
        let decides = |path: &PathBuf| path.file_name().is_some_and(|name| manifest::is_ours(&name.to_string_lossy()));
        let seen = |path: PathBuf| fs::symlink_metadata(&path).ok().map(|about| Stamp::seen(path, &about));
        let mut stamps: Vec<Stamp> = files.filter(decides).filter_map(seen).collect();
        stamps.sort_by(|a, b| a.path.cmp(&b.path));
        stamps
    }

    fn read(root: &Path, corner: &Path) -> Result<Self, Error> {
        let (manifest, secret, old) = Manifest::load(corner)?;
        let words = manifest.words.iter().map(|one| marks(corner, one)).collect::<Result<Vec<_>, _>>()?;
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

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where its cache is, if it may be used.
    pub fn cache(&self) -> Option<PathBuf> {
        self.lock.as_ref().map(|_| self.corner().join(vector_cache::FILE))
    }

    /// Why nothing can be changed in it, in a sentence; `None` where it can.
    pub fn closed(&self) -> Option<&str> {
        self.closed.as_deref()
    }

    /// What was decided about its transcripts.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// What was withdrawn from it.
    pub fn withdrawals(&self) -> Arc<Withdrawals> {
        Arc::clone(&self.withdrawals)
    }

    /// Whether it is still the folder that was opened: it may have been deleted and made again.
    pub fn is_in_place(&self) -> bool {
        let Some(lock) = &self.lock else { return true };
        lock::is_in_place(lock, &self.corner())
    }

    /// Takes over what was decided in the folder that stood here before, where nothing was in this.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn take_over(&mut self, before: Self) -> Result<(), Error> {
        self.writable()?;
        if self.manifest != Manifest::default() || !before.manifest.needs_key() {
            return Ok(());
        }
        let Some(secret) = before.secret else { return Ok(()) };
        secret.save(&self.corner())?;
        self.secret = Some(secret);
        for words in &before.words {
            self.write_down(words)?;
        }
        self.words = before.words;
        self.decide(before.manifest)
    }

    /// Its transcript files as they are now, by name.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn look(&self) -> Result<Vec<Stamp>, Error> {
        let mut stamps = Vec::new();
        for path in super::files(&self.root)? {
            // Gone since it was listed: the next look will not see it.
            if let Ok(about) = fs::symlink_metadata(&path) {
                stamps.push(Stamp::seen(path, &about));
            }
        }
        Ok(stamps)
    }

    /// Adds a transcript; when this returns, no crash can lose it. A name that
    /// is taken gets a number. What was withdrawn as a whole may be read in it from here on, if `again`.
    ///
    /// # Errors
    /// When files of its kind are not read, or it cannot be written; then nothing of it is there.
    pub fn add(&mut self, file_name: &str, bytes: &[u8], again: bool) -> Result<Source, Error> {
        self.writable()?;
        let safe = file_names::safe(file_name);
        super::check_ending(&safe)?;
        let is_taken = |name: &str| fs::symlink_metadata(self.root.join(name)).is_ok();
        let file = file_names::free(&safe, is_taken);
        let path = self.root.join(&file);
        let sha256 = sha256_hex(&[bytes]);
        let incoming = self.corner().join(INCOMING);
        atomic_file::prepare(&incoming, bytes)?;
        let mut next = self.manifest.clone();
        let mut words = self.words.clone();
        if again && let Some(mark) = self.mark(&sha256) {
            next.withdrawn.retain(|stone| stone.source != mark);
            let lifted: Vec<bool> = next.words.iter().map(|one| one.source == mark && one.names.is_empty()).collect();
            let mut stays = lifted.iter().map(|lifted| !lifted);
            next.words.retain(|_| stays.next().unwrap_or(true));
            let mut stays = lifted.iter().map(|lifted| !lifted);
            words.retain(|_| stays.next().unwrap_or(true));
            if !next.words.is_empty() {
                next.allow(&mark, Allowed::Again);
            }
        }
        let edits = next.transcripts.remove(&sha256).map(|entry| entry.edits).unwrap_or_default();
        next.transcripts.insert(sha256, Entry { file, added: Some(today()), edits });
        // That it is ours comes first: killed before it is in its place, the next
        // start forgets it; killed after, it is there, and known as ours to delete.
        let before = (self.manifest.clone(), std::mem::replace(&mut self.words, words));
        self.decide(next)?;
        if let Err(error) = atomic_file::place(&incoming, &path) {
            self.words = before.1;
            self.decide(before.0)?;
            return Err(error);
        }
        self.clear()?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Source { name, path, bytes: bytes.to_vec() })
    }

    /// Takes back an addition, as if it had not been.
    ///
    /// # Errors
    /// When its file cannot be removed.
    pub fn take_back(&mut self, sha256: &str) -> Result<(), Error> {
        self.writable()?;
        let mut next = self.manifest.clone();
        if let Some(entry) = next.transcripts.remove(sha256).filter(|entry| entry.added.is_some()) {
            self.delete(&entry.file, sha256)?;
            self.decide(next)?;
        }
        Ok(())
    }

    /// Withdraws a transcript in which this was said. A file that was added through us is deleted; one
    /// that its owner put here is theirs, and only never read again. Returns
    /// whether the file was deleted.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn withdraw(&mut self, sha256: &str, said: &[Said]) -> Result<bool, Error> {
        self.writable()?;
        let secret = self.key()?;
        let mut next = self.manifest.clone();
        let mut ours = None;
        if let Some(entry) = next.transcripts.get_mut(sha256) {
            ours = entry.added.as_ref().map(|_| self.root.join(&entry.file));
            // Its file is named until it is gone, and nothing else of it is kept.
            entry.edits = Edits::default();
        }
        let source = secret.source(sha256).unwrap_or_default();
        if next.tombstone(Some(&source)).is_none() {
            next.withdrawn.push(Tombstone { source: source.clone(), on: today() });
        }
        next.allowed.retain(|mark| !mark.ends_with(&source));
        self.remember(next, &secret, &source, Vec::new(), said)?;
        self.finish()?;
        Ok(ours.is_some_and(|file| fs::symlink_metadata(file).is_err()))
    }

    /// Withdraws one person's part in a transcript, who is named there in these ways and said this.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn withdraw_person(
        &mut self,
        sha256: &str,
        file: &Path,
        spellings: &[String],
        said: &[Said],
    ) -> Result<(), Error> {
        self.writable()?;
        let secret = self.key()?;
        let mut next = self.manifest.clone();
        let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let entry = next.transcripts.entry(sha256.to_owned()).or_insert(Entry { file, ..Entry::default() });
        entry.edits.withdraw(&secret, spellings);
        let mut names: Vec<String> = spellings.iter().flat_map(|name| secret.names(name)).collect();
        names.sort_unstable();
        names.dedup();
        let source = secret.source(sha256).unwrap_or_default();
        self.remember(next, &secret, &source, names, said)
    }

    /// What of what was withdrawn may be read in a source.
    pub fn allowed(&self, sha256: &str) -> Allowed {
        self.manifest.allowed(self.mark(sha256).as_deref())
    }

    /// Reads a source from here on although it holds withdrawn words.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn allow(&mut self, sha256: &str) -> Result<(), Error> {
        self.writable()?;
        let secret = self.key()?;
        let mut next = self.manifest.clone();
        next.allow(&secret.source(sha256).unwrap_or_default(), Allowed::All);
        self.decide(next)
    }

    /// Changes how a transcript is read and shown.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn edit(&mut self, sha256: &str, file: &Path, change: impl FnOnce(&mut Edits)) -> Result<(), Error> {
        self.writable()?;
        let mut next = self.manifest.clone();
        let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let entry = next.transcripts.entry(sha256.to_owned()).or_insert(Entry { file, ..Entry::default() });
        change(&mut entry.edits);
        if let Some(secret) = &self.secret {
            // Whoever withdrew here, or anywhere, is named by no later change either.
            let others: Vec<String> = next.words.iter().flat_map(|words| words.names.iter().cloned()).collect();
            entry.edits.forget(secret, &others);
        }
        if *entry == (Entry { file: entry.file.clone(), ..Entry::default() }) {
            next.transcripts.remove(sha256);
        }
        self.decide(next)
    }

    /// Files whose content or name changed keep what was decided about them, above all
    /// who withdrew: what was known of one source, its new one, and the file.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn follow(&mut self, all: &[(String, String, String)]) -> Result<(), Error> {
        let mut next = self.manifest.clone();
        for (from, to, file) in all {
            next.follow(from, to, file);
        }
        if self.lock.is_none() || next == self.manifest { Ok(()) } else { self.decide(next) }
    }

    /// Deletes the files of withdrawn transcripts, and what did not get into its place.
    fn finish(&mut self) -> Result<(), Error> {
        atomic_file::remove(&self.corner().join(INCOMING))?;
        let mut next = self.manifest.clone();
        next.transcripts.retain(|_, entry| !entry.edits.is_none() || self.root.join(&entry.file).exists());
        let gone: Vec<String> = next
            .transcripts
            .keys()
            .filter(|sha256| self.manifest.tombstone(self.mark(sha256).as_deref()).is_some())
            .cloned()
            .collect();
        for sha256 in gone {
            if let Some(entry) = next.transcripts.remove(&sha256)
                && entry.added.is_some()
            {
                self.delete(&entry.file, &sha256)?;
            }
        }
        let brought_up = std::mem::take(&mut self.brought_up);
        if brought_up && let Some(secret) = &self.secret {
            secret.save(&self.corner())?;
        }
        if brought_up || next != self.manifest {
            self.decide(next)?;
        }
        self.clear()
    }

    /// Deletes a transcript of ours, if the file still is what it was: a manifest from a stranger may name any.
    fn delete(&self, file: &str, sha256: &str) -> Result<(), Error> {
        let path = self.root.join(file);
        match atomic_file::read(&path, MOST, Links::Refused) {
            Ok(bytes) if sha256_hex(&[&bytes]) == sha256 => atomic_file::remove(&path),
            _ => Ok(()),
        }
    }

    /// The key, drawn and kept when it is first needed.
    fn key(&mut self) -> Result<Secret, Error> {
        if let Some(secret) = &self.secret {
            return Ok(secret.clone());
        }
        let secret = Secret::random()?;
        secret.save(&self.corner())?;
        self.secret = Some(secret.clone());
        Ok(secret)
    }

    fn mark(&self, sha256: &str) -> Option<String> {
        self.secret.as_ref()?.source(sha256)
    }

    /// Writes down the marks of what was said, then the decision.
    fn remember(
        &mut self,
        mut next: Manifest,
        secret: &Secret,
        source: &str,
        names: Vec<String>,
        said: &[Said],
    ) -> Result<(), Error> {
        let words = Words::of(secret, said);
        let (id, sha256) = self.write_down(&words)?;
        let (source, on) = (source.to_owned(), today());
        let known = next.words.iter().any(|one| one.id == id && one.names == names);
        if !known {
            next.words.push(manifest::Words { id, sha256, source, on, names });
            self.words.push(words);
        }
        let (before, had) = (self.manifest.clone(), self.words.len() - usize::from(!known));
        self.decide(next).inspect_err(|_| {
            self.manifest = before;
            self.words.truncate(had);
        })
    }

    /// The file of some marks, and its SHA-256.
    fn write_down(&self, words: &Words) -> Result<(String, String), Error> {
        let text = words.written();
        let id = self.secret.as_ref().map(|secret| secret.id(&text)).unwrap_or_default();
        let folder = self.corner().join(WITHDRAWN);
        atomic_file::folder(&folder)?;
        let temporary = self.corner().join("words.new");
        atomic_file::prepare(&temporary, text.as_bytes())?;
        atomic_file::place(&temporary, &folder.join(&id))?;
        Ok((id, sha256_hex(&[text.as_bytes()])))
    }

    /// Removes the marks that no decision names: of a withdrawal that was never acknowledged, or was lifted.
    fn clear(&self) -> Result<(), Error> {
        let folder = self.corner().join(WITHDRAWN);
        match fs::symlink_metadata(&folder) {
            Ok(about) if about.is_dir() => {}
            Ok(_) => return Err(Error::NotOurs { path: folder }),
            Err(_) => return Ok(()),
        }
        let io = |source| Error::Io { path: folder.clone(), source };
        for entry in fs::read_dir(&folder).map_err(io)? {
            let entry = entry.map_err(io)?;
            let name = entry.file_name();
            if !self.manifest.words.iter().any(|words| name == words.id.as_str()) {
                atomic_file::remove(&entry.path())?;
            }
        }
        Ok(())
    }

    fn decide(&mut self, mut next: Manifest) -> Result<(), Error> {
        next.key = self.secret.as_ref().filter(|_| next.needs_key()).map(Secret::own);
        next.save(&self.corner())?;
        let changed = next.words != self.manifest.words || next.key != self.manifest.key;
        self.manifest = next;
        if changed {
            self.gather();
        }
        Ok(())
    }

    /// All that was withdrawn, to be found again.
    fn gather(&mut self) {
        let each = self.manifest.words.iter().zip(&self.words).map(|(one, words)| {
            let each = Each { on: one.on.clone(), names: one.names.clone(), weight: 0 };
            (each, words)
        });
        self.withdrawals = Arc::new(Withdrawals::new(self.secret.clone(), each));
    }

    pub(super) fn writable(&self) -> Result<(), Error> {
        match &self.closed {
            Some(why) => Err(Error::Closed { why: why.clone() }),
            None => Ok(()),
        }
    }

    pub(super) fn corner(&self) -> PathBuf {
        self.root.join(CORNER)
    }
}

/// The marks of one withdrawal.
fn marks(corner: &Path, one: &manifest::Words) -> Result<Words, Error> {
    let path = corner.join(WITHDRAWN).join(&one.id);
    let bytes = atomic_file::read(&path, MOST, Links::Refused)?;
    let whole = sha256_hex(&[&bytes]) == one.sha256;
    let text = String::from_utf8(bytes).ok().filter(|_| whole);
    // Starting without them would bring back what was withdrawn.
    text.and_then(|text| Words::read(&text)).ok_or(Error::BadManifest { path })
}
