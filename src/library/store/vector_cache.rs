//! Vectors that are kept between starts, by encoder and by the hash of their text. The cache contains
//! no words and may be deleted at any time. What it lacks is made again. Only this module and `derived`
//! name the embedded store.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use redb::backends::FileBackend;
use redb::{
    Database, DatabaseError, ReadableDatabase as _, ReadableTable as _, TableDefinition, TableError, TableHandle as _,
};
use sha2::{Digest as _, Sha256};

use super::atomic_file;

pub(super) const FILE: &str = "vectors.redb";
/// The store's own memory, in bytes; the vectors are read once and then held by the index.
const MEMORY: usize = 16 << 20;
/// Bytes of hash after a vector. They reveal a flipped bit.
const SEAL: usize = 8;

/// The key of a vector: the SHA-256 of its text.
pub type Key = [u8; 32];

/// A table for each encoder, named by its fingerprint.
type Table<'a> = TableDefinition<'a, Key, &'static [u8]>;

/// Vectors by text, of one encoder.
pub struct VectorCache {
    encoder: String,
    path: Option<PathBuf>,
    /// The vectors that the disk does not hold: all of them if there is no file.
    memory: HashMap<Key, Vec<f32>>,
}

/// Why a file of ours cannot be used.
pub(super) type Broken = Box<dyn std::error::Error + Send + Sync>;

impl VectorCache {
    /// Opens a cache in a file, or in memory without a path. A damaged file is deleted with a warning.
    pub fn open(path: Option<PathBuf>, encoder: &str) -> Self {
        let mut cache = Self { encoder: encoder.to_owned(), path, memory: HashMap::new() };
        if let Some(path) = cache.path.clone().filter(|path| path.exists())
            && let Err(error) = guarded(|| check(&path))
        {
            cache.failed(&path, &error);
        }
        cache
    }

    /// The known vectors of these keys, in order.
    pub fn get(&mut self, keys: &[Key]) -> Vec<Option<Vec<f32>>> {
        let mut found: Vec<Option<Vec<f32>>> = keys.iter().map(|key| self.memory.get(key).cloned()).collect();
        if let Some(path) = self.path.clone().filter(|path| path.exists()) {
            match guarded(|| read(&path, &self.encoder, keys)) {
                Ok(kept) => {
                    for (found, kept) in found.iter_mut().zip(kept) {
                        *found = found.take().or(kept);
                    }
                }
                Err(error) => self.failed(&path, &error),
            }
        }
        found
    }

    /// Keeps vectors. They are on disk when this returns, if there is a file.
    pub fn put(&mut self, vectors: &[(Key, Vec<f32>)]) {
        if let Some(path) = &self.path {
            match guarded(|| write(path, &self.encoder, vectors)) {
                Ok(()) => return,
                Err(error) => {
                    tracing::warn!(
                        "the cache {} cannot be written ({error}); it is kept in memory until the next start",
                        path.display()
                    );
                    self.path = None;
                }
            }
        }
        self.memory.extend(vectors.iter().cloned());
    }

    /// Forgets all but these. The file is written anew, because the store only marks deleted rows as
    /// free.
    pub fn retain(&mut self, keep: &HashSet<Key>) {
        self.memory.retain(|key, _| keep.contains(key));
        let Some(path) = self.path.clone().filter(|path| path.exists()) else { return };
        let rewrite = || -> Result<(), Broken> {
            let fresh = path.with_extension("new");
            if fresh.exists() {
                fs::remove_file(&fresh)?;
            }
            copy(&path, &fresh, keep)?;
            Ok(fs::rename(&fresh, &path)?)
        };
        if let Err(error) = guarded(rewrite) {
            // No transcript is lost, and nothing of what was withdrawn may stay.
            self.start_anew(&path, &error);
        }
    }

    /// A file that cannot be read is made again. A file that another process has open is left to it.
    fn failed(&mut self, path: &Path, error: &Broken) {
        if error.downcast_ref().is_some_and(|error| matches!(error, DatabaseError::DatabaseAlreadyOpen)) {
            tracing::debug!("the cache {} is open elsewhere", path.display());
            self.path = None;
        } else {
            self.start_anew(path, error);
        }
    }

    fn start_anew(&mut self, path: &Path, why: &Broken) {
        tracing::warn!(
            "the cache {} is damaged ({why}); it is deleted and made again, and no transcript is touched",
            path.display()
        );
        if let Err(error) = fs::remove_file(path) {
            tracing::warn!("the cache {} cannot be deleted ({error}); it is not used", path.display());
            self.path = None;
        }
    }
}

/// The key of a text.
pub fn key(text: &str) -> Key {
    Sha256::digest(text).into()
}

/// Runs work on a store. A damaged store may make the library of the store panic, which counts as an
/// error.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("its pages make no sense".into()))
}

pub(super) fn database(path: &Path) -> Result<Database, Broken> {
    // We open the file ourselves. Through a link it would be somebody else's.
    let file = FileBackend::new(atomic_file::open_own(path)?)?;
    Ok(Database::builder().set_cache_size(MEMORY).create_with_backend(file)?)
}

fn check(path: &Path) -> Result<(), Broken> {
    if database(path)?.check_integrity()? { Ok(()) } else { Err("its checksums do not match".into()) }
}

fn read(path: &Path, encoder: &str, keys: &[Key]) -> Result<Vec<Option<Vec<f32>>>, Broken> {
    let database = database(path)?;
    let table = match database.begin_read()?.open_table(Table::new(encoder)) {
        Ok(table) => table,
        Err(TableError::TableDoesNotExist(_)) => return Ok(vec![None; keys.len()]),
        Err(error) => return Err(error.into()),
    };
    keys.iter()
        .map(|key| match table.get(key)? {
            None => Ok(None),
            Some(value) => unsealed(key, value.value()).map(Some).ok_or_else(|| "a vector is not as written".into()),
        })
        .collect()
}

fn write(path: &Path, encoder: &str, vectors: &[(Key, Vec<f32>)]) -> Result<(), Broken> {
    let database = database(path)?;
    let transaction = database.begin_write()?;
    {
        let mut table = transaction.open_table(Table::new(encoder))?;
        for (key, vector) in vectors {
            table.insert(key, sealed(key, vector).as_slice())?;
        }
    }
    transaction.commit()?;
    Ok(())
}

/// The vectors to keep, of every encoder, in a new file.
fn copy(from: &Path, to: &Path, keep: &HashSet<Key>) -> Result<(), Broken> {
    let (from, to) = (database(from)?, database(to)?);
    let from = from.begin_read()?;
    let transaction = to.begin_write()?;
    for encoder in from.list_tables()? {
        let old = from.open_table(Table::new(encoder.name()))?;
        let mut new = transaction.open_table(Table::new(encoder.name()))?;
        for row in old.iter()? {
            let (key, vector) = row?;
            if keep.contains(&key.value()) {
                new.insert(key.value(), vector.value())?;
            }
        }
    }
    transaction.commit()?;
    Ok(())
}

fn sealed(key: &Key, vector: &[f32]) -> Vec<u8> {
    let mut bytes: Vec<u8> = vector.iter().flat_map(|x| x.to_le_bytes()).collect();
    let seal = Sha256::new().chain_update(key).chain_update(&bytes).finalize();
    bytes.extend(&seal[..SEAL]);
    bytes
}

fn unsealed(key: &Key, bytes: &[u8]) -> Option<Vec<f32>> {
    let (vector, seal) = bytes.split_at_checked(bytes.len().checked_sub(SEAL)?)?;
    let whole = Sha256::new().chain_update(key).chain_update(vector).finalize();
    let numbers = vector.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    (whole[..SEAL] == *seal).then(|| numbers.collect())
}
