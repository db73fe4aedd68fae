//! Vectors that are kept between starts, by encoder and by the hash of their text. The cache contains
//! no words and may be deleted at any time. What it lacks is made again.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::atomic_file;
use super::cache_place::CachePlace;
pub use super::vector_file::Key;
use super::vector_file::VectorFile;

/// A file of it: `vectors-`, a hash of the encoder's fingerprint, `.bin`.
const NAME: &str = "vectors-";
const ENDING: &str = ".bin";
/// What earlier versions kept.
const EARLIER: [&str; 2] = ["vectors.redb", "vectors.new"];

/// No mark has this hash.
const NEVER: Key = [0; 32];

/// Vectors by text, of one encoder.
pub struct VectorCache {
    encoder: Key,
    /// The folder of the files, if anything is kept.
    state_folder: Option<PathBuf>,
    /// Whether the files may be changed. Otherwise another process does that.
    is_writable: bool,
    file: Option<VectorFile>,
    /// The mark that every file was last swept for, once it is known.
    swept: Option<Key>,
    /// The vectors that the disk does not hold: all of them if there is no file.
    memory: HashMap<Key, Vec<f32>>,
}

impl VectorCache {
    /// Opens the cache in a folder, or in memory without one. A damaged file is deleted with a warning.
    pub fn open(place: Option<CachePlace>, encoder: &str) -> Self {
        let is_writable = place.as_ref().is_some_and(|place| place.is_writable);
        let mut cache = Self {
            encoder: key(encoder),
            state_folder: place.map(|place| place.path),
            is_writable,
            file: None,
            swept: None,
            memory: HashMap::new(),
        };
        if let Some(state_folder) = cache.state_folder.as_ref().filter(|_| is_writable) {
            for earlier in EARLIER {
                // It may hold vectors of what was withdrawn meanwhile. Of a link only the link goes.
                let _ = fs::remove_file(state_folder.join(earlier));
            }
        }
        if let Some(path) = cache.path().filter(|path| path.symlink_metadata().is_ok()) {
            let file = if is_writable {
                VectorFile::open(&path, Some(cache.encoder), NEVER)
            } else {
                VectorFile::open_to_read(&path, cache.encoder)
            };
            match file {
                Ok(file) => cache.file = Some(file),
                Err(error) => cache.start_anew(&path, &error),
            }
        }
        cache
    }

    /// The file of the present encoder.
    fn path(&self) -> Option<PathBuf> {
        let mut name = NAME.to_owned();
        for byte in &self.encoder[..8] {
            // Writing to a String cannot fail.
            let _ = write!(name, "{byte:02x}");
        }
        self.state_folder.as_ref().map(|state_folder| state_folder.join(name + ENDING))
    }

    /// The known vectors of these keys, in order.
    pub fn get(&mut self, keys: &[Key]) -> Vec<Option<Vec<f32>>> {
        let mut found: Vec<Option<Vec<f32>>> = keys.iter().map(|key| self.memory.get(key).cloned()).collect();
        if let (Some(path), Some(file)) = (self.path(), &self.file) {
            match file.get(keys) {
                Ok(kept) => {
                    for (found, kept) in found.iter_mut().zip(kept) {
                        *found = found.take().or(kept);
                    }
                }
                Err(error) => self.start_anew(&path, &error),
            }
        }
        found
    }

    /// Keeps vectors. They are on disk when this returns, if there is a folder that may be changed.
    pub fn put(&mut self, vectors: &[(Key, Vec<f32>)]) {
        if let Some(path) = self.path().filter(|_| self.is_writable) {
            match self.write(&path, vectors) {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(
                        "the cache {} cannot be written ({error}); it is kept in memory until the next start",
                        path.display()
                    );
                    (self.state_folder, self.file) = (None, None);
                }
            }
        }
        self.memory.extend(vectors.iter().cloned());
    }

    fn write(&mut self, path: &Path, vectors: &[(Key, Vec<f32>)]) -> io::Result<()> {
        let file = match self.file.take() {
            // The folder may have been deleted while it was open.
            Some(file) if path.exists() => file,
            _ => VectorFile::open(path, Some(self.encoder), self.swept.unwrap_or(NEVER))?,
        };
        self.file.insert(file).put(vectors)
    }

    /// Whether the vectors of every encoder were last swept for this mark. Files that another process changes are its own
    /// to sweep.
    pub fn is_swept_for(&mut self, mark: &str) -> bool {
        if self.state_folder.is_some() && !self.is_writable {
            return true;
        }
        let mark = key(mark);
        if self.swept != Some(mark) {
            let own = self.path();
            let swept = |path: &PathBuf| match &self.file {
                Some(file) if Some(path) == own.as_ref() => file.swept() == mark,
                _ => VectorFile::open(path, None, NEVER).is_ok_and(|file| file.swept() == mark),
            };
            let all = self.state_folder.as_deref().map(files).unwrap_or_default();
            self.swept = all.iter().all(swept).then_some(mark);
        }
        self.swept.is_some()
    }

    /// Forgets all but these, of every encoder, and notes the mark of what was withdrawn until now. What is forgotten is
    /// overwritten.
    pub fn retain(&mut self, keep: &HashSet<Key>, mark: &str) {
        let mark = key(mark);
        self.memory.retain(|key, _| keep.contains(key));
        self.swept = Some(mark);
        let Some(state_folder) = self.state_folder.clone().filter(|_| self.is_writable) else { return };
        let (own, mut open) = (self.path(), self.file.take());
        for path in files(&state_folder) {
            let is_own = Some(&path) == own.as_ref();
            let file = open.take_if(|_| is_own).map_or_else(|| VectorFile::open(&path, None, NEVER), Ok);
            match file.and_then(|mut file| file.retain(keep, mark).map(|()| file)) {
                Ok(file) if is_own => self.file = Some(file),
                Ok(_) => {}
                // No transcript is lost, and nothing of what was withdrawn may stay.
                Err(error) => self.start_anew(&path, &error),
            }
        }
    }

    /// A file that cannot be used is made again. One that another process changes is left to it.
    fn start_anew(&mut self, path: &Path, why: &io::Error) {
        if !self.is_writable {
            tracing::debug!("the cache {} is not read ({why})", path.display());
            self.file = None;
            return;
        }
        tracing::warn!(
            "the cache {} is damaged ({why}); it is deleted and made again, and no transcript is touched",
            path.display()
        );
        self.file = self.file.take().filter(|_| self.path().as_deref() != Some(path));
        if let Err(error) = fs::remove_file(path) {
            tracing::warn!("the cache {} cannot be deleted ({error}); it is not used", path.display());
            (self.state_folder, self.file) = (None, None);
        }
    }
}

/// The key of a text.
pub fn key(text: &str) -> Key {
    Sha256::digest(text).into()
}

/// The files of every encoder in a folder.
fn files(state_folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(state_folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_ours = |path: &PathBuf| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with(NAME) && name.ends_with(ENDING)
    };
    entries.filter(is_ours).collect()
}

/// Deletes the vectors of every encoder in a folder.
///
/// # Errors
/// If a file cannot be deleted.
pub(super) fn clear(state_folder: &Path) -> Result<(), crate::error::Error> {
    files(state_folder).iter().try_for_each(|path| atomic_file::remove(path))
}
