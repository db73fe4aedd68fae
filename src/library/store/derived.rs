//! Derived data that is kept between starts: each transcript as it was read, and the word index.
//!
//! It contains words, so its file is named by the withdrawals. A file of another name is deleted before
//! anything is read. Every row bears a seal. A row of other code or with another key counts as missing.
//! The file may be deleted at any time. Only this module names the embedded store.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io::Read as _;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use redb::backends::{FileBackend, InMemoryBackend};
use redb::{Database, ReadableDatabase as _, ReadableTable as _, StorageBackend as _, TableDefinition, TableError};

use super::atomic_file;
use super::cache_place::CachePlace;
use super::seal::{BYTES, RowSeal};
use super::vector_cache::Key;

const READINGS: TableDefinition<'_, Key, &'static [u8]> = TableDefinition::new("readings");
const WORDS: TableDefinition<'_, &'static str, &'static [u8]> = TableDefinition::new("words");
/// The start of its file names. A fingerprint of the withdrawals follows.
const NAME: &str = "derived-";
const ENDING: &str = ".redb";
/// The name of the file while it is rewritten.
const TEMPORARY_NAME: &str = "derived.new";
/// The store's own memory, in bytes. Everything is read once.
const MEMORY: usize = 16 << 20;
/// A fingerprint of the code that derived it.
const CODE: &[u8] = env!("YUANHUA_CODE").as_bytes();

/// A file of the word index.
pub(crate) type NamedBytes = (String, Vec<u8>);

/// The kept data, in its file.
#[derive(Clone)]
pub(crate) struct Derived {
    place: CachePlace,
    seal: RowSeal,
}

/// What was found in the file.
#[derive(Default)]
pub(crate) struct DerivedContents {
    /// Transcripts as they were read, by key.
    pub(crate) readings: HashMap<Key, Vec<u8>>,
    /// The files of the word index; empty if one of them is damaged.
    pub(crate) words: Vec<NamedBytes>,
}

/// The changes to keep.
pub(crate) struct DerivedChange<'a> {
    /// The keys of all readings that may stay.
    pub(crate) keep: &'a HashSet<Key>,
    /// New readings.
    pub(crate) readings: &'a [(Key, Vec<u8>)],
    /// The files of the word index, if they changed.
    pub(crate) words: Option<&'a [NamedBytes]>,
    /// Whether a file of the word index may change under its name.
    pub(crate) changing: fn(&str) -> bool,
}

/// Why the file cannot be used.
type Broken = Box<dyn std::error::Error + Send + Sync>;

/// Runs work on a store. A damaged store may make the library of the store panic, which counts as an
/// error.
fn guarded<T>(work: impl FnOnce() -> Result<T, Broken>) -> Result<T, Broken> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err("its pages make no sense".into()))
}

fn database(path: &Path) -> Result<Database, Broken> {
    // We open the file ourselves. Through a link it would be somebody else's.
    let file = FileBackend::new(atomic_file::open_own(path)?)?;
    Ok(Database::builder().set_cache_size(MEMORY).create_with_backend(file)?)
}

/// Opens a copy in memory. Another process may write the file at this moment. The checksums of a copy that has half of
/// a change do not match.
fn copy(path: &Path) -> Result<Database, Broken> {
    let mut bytes = Vec::new();
    atomic_file::open_to_read(path)?.read_to_end(&mut bytes)?;
    let memory = InMemoryBackend::new();
    memory.set_len(bytes.len() as u64)?;
    memory.write(0, &bytes)?;
    Ok(Database::builder().set_cache_size(MEMORY).create_with_backend(memory)?)
}

/// The path of the file in a folder's state folder. `withdrawn` is a fingerprint of the withdrawals.
pub(crate) fn path(state_folder: &Path, withdrawn: &str) -> PathBuf {
    state_folder.join(format!("{NAME}{withdrawn}{ENDING}"))
}

/// Deletes all such files except `keep`.
///
/// # Errors
/// If one cannot be deleted.
pub(crate) fn clear(state_folder: &Path, keep: &Path) -> Result<(), crate::error::Error> {
    let Ok(entries) = fs::read_dir(state_folder) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let derived = name == TEMPORARY_NAME || name.starts_with(NAME) && name.ends_with(ENDING);
        if derived && entry.path() != keep {
            atomic_file::remove(&entry.path())?;
        }
    }
    Ok(())
}

impl Derived {
    pub(crate) fn new(place: CachePlace, seal: RowSeal) -> Self {
        Self { place, seal }
    }

    pub(crate) fn place(&self) -> &CachePlace {
        &self.place
    }

    fn path(&self) -> &Path {
        &self.place.path
    }

    fn open(&self) -> Result<Database, Broken> {
        if self.place.is_writable { database(self.path()) } else { copy(self.path()) }
    }

    /// Reads the rows with a right seal.
    pub(crate) fn load(&self) -> DerivedContents {
        if !self.path().exists() {
            return DerivedContents::default();
        }
        guarded(|| self.read()).unwrap_or_else(|error| {
            self.start_anew(&error);
            DerivedContents::default()
        })
    }

    /// Keeps what is new and drops what may not stay. If that fails, only the cache is lost. What another process keeps
    /// stays as it is.
    pub(crate) fn save(&self, change: &DerivedChange<'_>) {
        if self.place.is_writable
            && let Err(error) = guarded(|| self.write(change))
        {
            self.start_anew(&error);
        }
    }

    /// Writes a new file with what may stay of `from`, and deletes `from`. Nothing of the dropped data
    /// is left on the disk.
    ///
    /// # Errors
    /// If what was there before cannot be deleted.
    pub(crate) fn rewrite(&self, from: &Path, change: &DerivedChange<'_>) -> Result<(), crate::error::Error> {
        let anew = || -> Result<(), Broken> {
            let found = self.beside(from.to_owned()).load();
            let mut readings: Vec<(Key, Vec<u8>)> =
                found.readings.into_iter().filter(|(key, _)| change.keep.contains(key)).collect();
            readings.extend(change.readings.iter().cloned());
            let fresh = self.path().with_file_name(TEMPORARY_NAME);
            atomic_file::remove(&fresh).map_err(|error| error.to_string())?;
            let all = DerivedChange { readings: &readings, words: change.words, ..*change };
            self.beside(fresh.clone()).write(&all)?;
            Ok(atomic_file::place(&fresh, self.path()).map_err(|error| error.to_string())?)
        };
        if let Err(error) = guarded(anew) {
            self.start_anew(&error);
        }
        if from == self.path() { Ok(()) } else { atomic_file::remove(from) }
    }

    /// Data of the same kind in another file of ours.
    fn beside(&self, path: PathBuf) -> Self {
        Self { place: CachePlace { path, is_writable: true }, seal: self.seal.clone() }
    }

    fn start_anew(&self, why: &Broken) {
        tracing::debug!("{} is made again ({why})", self.path().display());
        if self.place.is_writable
            && let Err(error) = atomic_file::remove(self.path())
        {
            tracing::debug!("{error}");
        }
    }

    fn read(&self) -> Result<DerivedContents, Broken> {
        let mut database = self.open()?;
        if !database.check_integrity()? {
            return Err("its checksums do not match".into());
        }
        let transaction = database.begin_read()?;
        let mut found = DerivedContents::default();
        match transaction.open_table(READINGS) {
            Ok(table) => {
                for row in table.iter()? {
                    let (key, value) = row?;
                    if let Some(sound) = self.unsealed(b"readings", &key.value(), value.value()) {
                        found.readings.insert(key.value(), sound.to_vec());
                    }
                }
            }
            Err(TableError::TableDoesNotExist(_)) => {}
            Err(error) => return Err(error.into()),
        }
        match transaction.open_table(WORDS) {
            Ok(table) => {
                for row in table.iter()? {
                    let (name, value) = row?;
                    let Some(sound) = self.unsealed(b"words", name.value().as_bytes(), value.value()) else {
                        found.words.clear();
                        break;
                    };
                    found.words.push((name.value().to_owned(), sound.to_vec()));
                }
            }
            Err(TableError::TableDoesNotExist(_)) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(found)
    }

    fn write(&self, change: &DerivedChange<'_>) -> Result<(), Broken> {
        let database = self.open()?;
        let transaction = database.begin_write()?;
        {
            let mut table = transaction.open_table(READINGS)?;
            table.retain(|key, _| change.keep.contains(&key))?;
            for (key, value) in change.readings {
                table.insert(key, self.sealed(b"readings", key, value).as_slice())?;
            }
        }
        if let Some(files) = change.words {
            let mut table = transaction.open_table(WORDS)?;
            let names: HashSet<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
            table.retain(|name, _| names.contains(name))?;
            for (name, bytes) in files {
                if (change.changing)(name) || table.get(name.as_str())?.is_none() {
                    table.insert(name.as_str(), self.sealed(b"words", name.as_bytes(), bytes).as_slice())?;
                }
            }
        }
        transaction.commit()?;
        Ok(())
    }

    fn sealed(&self, table: &[u8], key: &[u8], value: &[u8]) -> Vec<u8> {
        let mut row = Vec::with_capacity(BYTES + value.len());
        row.extend(self.seal.of(&[CODE, table, key, value]));
        row.extend(value);
        row
    }

    fn unsealed<'a>(&self, table: &[u8], key: &[u8], row: &'a [u8]) -> Option<&'a [u8]> {
        let (seal, value) = row.split_first_chunk::<BYTES>()?;
        (self.seal.of(&[CODE, table, key, value]) == *seal).then_some(value)
    }
}

#[cfg(test)]
mod tests;
