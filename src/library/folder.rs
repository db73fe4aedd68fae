//! A folder of transcripts, open: its lock, its files, its manifest. Every
//! change is on disk when the call returns.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use time::OffsetDateTime;

use super::manifest::{Edits, Entry, Manifest, Tombstone};
use super::{Source, cache, disk, names};
use crate::error::Error;
use crate::hash::sha256_hex;

/// Where a folder keeps what is not a transcript.
const CORNER: &str = ".yuanhua";
const LOCK: &str = "lock";
/// So long a lock may outlive who held it: a process that is being started has a copy
/// until it becomes another program, and one that was killed until it is cleared away.
const PATIENCE: Duration = Duration::from_millis(400);
/// A transcript on its way in.
const INCOMING: &str = "incoming";

/// What a folder is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// To change it: fails where another has it open, or it cannot be written.
    Write,
    /// To change it if that can be, else to read it.
    ReadAtLeast,
}

/// A folder of transcripts.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Held as long as the folder is open; without it nothing is written.
    lock: Option<File>,
    manifest: Manifest,
    /// Why it is not to be written.
    closed: Option<String>,
}

/// A transcript file as a look at the folder sees it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// When it was last written.
    pub modified: Option<SystemTime>,
}

impl Folder {
    /// Opens a folder, making it where it is to be written, and finishes what a
    /// crash left half done.
    ///
    /// # Errors
    /// When another process has it open or it cannot be written (for
    /// [`Access::Write`]), or its manifest is damaged.
    pub fn open(root: &Path, access: Access) -> Result<Self, Error> {
        let corner = root.join(CORNER);
        let (lock, closed) = match lock(root, &corner, access) {
            Ok(lock) => (Some(lock), None),
            Err(error) if access == Access::Write => return Err(error),
            Err(error) => (None, Some(error.to_string())),
        };
        let manifest = Manifest::load(&corner)?;
        let mut folder = Self { root: root.to_owned(), lock, manifest, closed };
        if folder.lock.is_some() {
            folder.finish()?;
        }
        Ok(folder)
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Where its cache is, if it may be used.
    pub fn cache(&self) -> Option<PathBuf> {
        self.lock.as_ref().map(|_| self.corner().join(cache::FILE))
    }

    /// Why nothing can be changed in it, in a sentence; `None` where it can.
    pub fn closed(&self) -> Option<&str> {
        self.closed.as_deref()
    }

    /// What was decided about its transcripts.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Its transcript files as they are now, by name.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn look(&self) -> Result<Vec<Stamp>, Error> {
        look(&self.root)
    }

    /// Adds a transcript; when this returns, no crash can lose it. A name that
    /// is taken gets a number.
    ///
    /// # Errors
    /// When it cannot be written; then nothing of it is there.
    pub fn add(&mut self, file_name: &str, bytes: &[u8]) -> Result<Source, Error> {
        self.writable()?;
        let file = names::free(&names::safe(file_name), |name| self.root.join(name).exists());
        let path = self.root.join(&file);
        let sha256 = sha256_hex(&[bytes]);
        let incoming = self.corner().join(INCOMING);
        disk::prepare(&incoming, bytes)?;
        let mut next = self.manifest.clone();
        next.withdrawn.retain(|stone| stone.sha256 != sha256);
        let edits = next.transcripts.remove(&sha256).map(|entry| entry.edits).unwrap_or_default();
        next.transcripts.insert(sha256, Entry { file, added: Some(today()), edits });
        // That it is ours comes first: killed before it is in its place, the next
        // start forgets it; killed after, it is there, and known as ours to delete.
        let before = self.manifest.clone();
        self.decide(next)?;
        if let Err(error) = disk::place(&incoming, &path) {
            self.decide(before)?;
            return Err(error);
        }
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
            disk::remove(&self.root.join(entry.file))?;
            self.decide(next)?;
        }
        Ok(())
    }

    /// Withdraws a transcript. A file that was added through us is deleted; one
    /// that its owner put here is theirs, and only never read again. Returns
    /// whether the file was deleted.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn withdraw(&mut self, sha256: &str) -> Result<bool, Error> {
        self.writable()?;
        let mut next = self.manifest.clone();
        let entry = next.transcripts.get_mut(sha256);
        let file = entry.as_ref().filter(|entry| entry.added.is_some()).map(|entry| self.root.join(&entry.file));
        if let Some(entry) = entry {
            // Its file is named until it is gone, and nothing else of it is kept.
            entry.edits = Edits::default();
        }
        if next.tombstone(sha256).is_none() {
            next.withdrawn.push(Tombstone { sha256: sha256.to_owned(), on: today() });
        }
        // First the decision: killed after it, the next start does the rest.
        self.decide(next)?;
        self.finish()?;
        Ok(file.is_some())
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
        if *entry == (Entry { file: entry.file.clone(), ..Entry::default() }) {
            next.transcripts.remove(sha256);
        }
        self.decide(next)
    }

    /// A file whose content changed keeps what was decided about it, above all
    /// who withdrew.
    ///
    /// # Errors
    /// When it cannot be written down.
    pub fn follow(&mut self, from: &str, to: &str) -> Result<(), Error> {
        if self.lock.is_none() || self.manifest.transcripts.contains_key(to) {
            return Ok(());
        }
        let mut next = self.manifest.clone();
        match next.transcripts.remove(from) {
            Some(entry) => {
                next.transcripts.insert(to.to_owned(), entry);
                self.decide(next)
            }
            None => Ok(()),
        }
    }

    /// Deletes the files of withdrawn transcripts, and what did not get into its place.
    fn finish(&mut self) -> Result<(), Error> {
        disk::remove(&self.corner().join(INCOMING))?;
        let mut next = self.manifest.clone();
        next.transcripts.retain(|_, entry| !entry.edits.is_none() || self.root.join(&entry.file).exists());
        for stone in &self.manifest.withdrawn {
            if let Some(entry) = next.transcripts.remove(&stone.sha256)
                && entry.added.is_some()
            {
                disk::remove(&self.root.join(entry.file))?;
            }
        }
        if next == self.manifest { Ok(()) } else { self.decide(next) }
    }

    fn decide(&mut self, next: Manifest) -> Result<(), Error> {
        next.save(&self.corner())?;
        self.manifest = next;
        Ok(())
    }

    fn writable(&self) -> Result<(), Error> {
        match &self.closed {
            Some(why) => Err(Error::Closed { why: why.clone() }),
            None => Ok(()),
        }
    }

    fn corner(&self) -> PathBuf {
        self.root.join(CORNER)
    }
}

/// The transcript files of a folder, by name.
fn look(root: &Path) -> Result<Vec<Stamp>, Error> {
    let mut stamps = Vec::new();
    for path in super::files(root)? {
        // Gone since it was listed: the next look will not see it.
        if let Ok(about) = fs::metadata(&path) {
            stamps.push(Stamp { path, bytes: about.len(), modified: about.modified().ok() });
        }
    }
    Ok(stamps)
}

fn lock(root: &Path, corner: &Path, access: Access) -> Result<File, Error> {
    let write = |source| Error::Write { path: root.to_owned(), source };
    if access == Access::ReadAtLeast && !root.is_dir() {
        return Err(Error::Io { path: root.to_owned(), source: io::ErrorKind::NotFound.into() });
    }
    fs::create_dir_all(corner).map_err(write)?;
    let file = File::options().write(true).create(true).truncate(false).open(corner.join(LOCK)).map_err(write)?;
    let until = Instant::now() + PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::WouldBlock) if Instant::now() < until => std::thread::sleep(PATIENCE / 20),
            Err(TryLockError::WouldBlock) => return Err(Error::Busy { path: root.to_owned() }),
            Err(TryLockError::Error(source)) => return Err(write(source)),
        }
    }
}

/// The day, in UTC.
fn today() -> String {
    OffsetDateTime::now_utc().date().to_string()
}
