//! A library in a database that several servers share. The database is the truth. Each server works on a private copy of
//! it in a folder. One server changes it at a time, in one transaction; all others take the change up by its revision.

mod database;
mod mirror;
mod vectors;

use std::collections::HashMap;
use std::fmt;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use super::atomic_file;
use crate::config::StoreAddress;
use crate::error::{Error, StoreError};
use crate::hash::sha256_hex;
use crate::library::store::vector_cache::Key;
use crate::library::withdrawals::Withdrawals;
use crate::lock::locked;
use database::{Database, StoreReader as _};
use mirror::Mirror;
pub(crate) use vectors::{SourceVectors, VectorKind, VectorTables};

/// No revision has this number.
const NONE: u64 = u64::MAX;
/// The most copies of one store on one machine.
const COPIES: usize = 1_000;

/// A library in a database.
pub struct SharedStore {
    name: String,
    folder: PathBuf,
    /// No other process uses the folder while this is locked.
    _lock: File,
    database: Database,
    mirror: Mutex<Mirror>,
    /// The revision that replies are made from.
    in_force: AtomicU64,
    /// The withdrawals that caches were last cleaned for.
    following: Mutex<Option<Arc<Withdrawals>>>,
    proposes_from: AtomicUsize,
}

impl SharedStore {
    /// Opens a store, and makes it where it is missing. The copy of it lies in `cache`.
    ///
    /// # Errors
    /// If the database cannot be used, or the copy cannot be written.
    pub fn open(address: &StoreAddress, cache: &Path) -> Result<Self, Error> {
        let name = address.to_string();
        let place = address.place().ok_or(StoreError::Address)?;
        let database = Database::open(address)?;
        let (folder, lock) = copy_in(cache, place)?;
        let mut mirror = Mirror::new(folder.clone());
        let marks = mirror.marks();
        // Nobody reads the folder yet.
        let revision = mirror.take_up(&mut database.view()?, &mut || Ok(()))?;
        if mirror.marks() != marks {
            // Somebody withdrew while no server used this copy.
            mirror.forget_vectors()?;
        }
        let (mirror, following) = (Mutex::new(mirror), Mutex::default());
        let (in_force, proposes_from) = (AtomicU64::new(revision), AtomicUsize::new(usize::MAX));
        Ok(Self { name, folder, _lock: lock, database, mirror, in_force, following, proposes_from })
    }

    /// The folder with the copy.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Lets the database propose the nearest passages from this number of them on. Otherwise it never does.
    pub fn propose_from(&self, passages: usize) {
        self.proposes_from.store(passages, Ordering::Relaxed);
    }

    /// From how many passages on the database proposes the nearest.
    pub(crate) fn proposes_from(&self) -> usize {
        self.proposes_from.load(Ordering::Relaxed)
    }

    /// The number of changes so far, as the database says now.
    ///
    /// # Errors
    /// If the database does not answer.
    pub fn revision(&self) -> Result<u64, Error> {
        Ok(self.database.view()?.revision()?)
    }

    /// Whether replies are made from the present revision.
    ///
    /// # Errors
    /// If the database does not answer. Then nobody knows what was withdrawn.
    pub(crate) fn is_in_force(&self) -> Result<bool, Error> {
        Ok(self.revision()? == self.in_force.load(Ordering::SeqCst))
    }

    /// From now on, replies are made from this revision.
    pub(crate) fn put_in_force(&self, revision: u64) {
        self.in_force.store(revision, Ordering::SeqCst);
    }

    /// One thread at a time takes a revision up and puts it in force. The guard has the withdrawals that caches were last
    /// cleaned for.
    pub(crate) fn following(&self) -> MutexGuard<'_, Option<Arc<Withdrawals>>> {
        locked(&self.following)
    }

    /// Brings the folder to the present revision, and returns it. `decided` takes in the decisions in the folder.
    pub(crate) fn take_up<S>(&self, store: &mut S, decided: fn(&mut S) -> Result<(), Error>) -> Result<u64, Error> {
        locked(&self.mirror).take_up(&mut self.database.view()?, &mut || decided(store))
    }

    /// Runs a change of the folder while no other server changes the library, on its present revision. The change tells
    /// which sources it made to be read anew: their vectors go with it. When this returns without an error, all that was
    /// changed is in the database.
    pub(crate) fn turn<S, T>(
        &self,
        store: &mut S,
        decided: fn(&mut S) -> Result<(), Error>,
        change: impl FnOnce(&mut S) -> (Result<T, Error>, Vec<String>),
    ) -> Result<T, Error> {
        let mut mirror = locked(&self.mirror);
        let mut turn = self.database.turn()?;
        let revision = mirror.take_up(&mut turn, &mut || decided(store))?;
        // Until the change is in the database, the folder may differ from it.
        mirror.doubt();
        // A failed change may have done its first part, as a withdrawal whose words are in somebody's tags.
        let (done, reread) = change(store);
        match mirror.hand_in(turn, revision, &reread) {
            Ok(()) => done,
            Err(error) => {
                mirror.doubt();
                self.put_in_force(NONE);
                // The next request tries again if this fails, too.
                let view = self.database.view().map_err(Error::from);
                if let Err(error) = view.and_then(|mut view| mirror.take_up(&mut view, &mut || decided(store))) {
                    tracing::warn!("{error}");
                }
                Err(error)
            }
        }
    }
}

/// Vectors, which are derived data.
impl SharedStore {
    /// The revision that the folder is a copy of, if it is one.
    pub(crate) fn copied(&self) -> Option<u64> {
        locked(&self.mirror).revision()
    }

    /// How many texts of each source have vectors, or how many of its passages are in the index.
    pub(crate) fn indexed(&self, tables: &VectorTables, kind: VectorKind) -> Result<HashMap<String, usize>, Error> {
        Ok(self.database.view()?.indexed(tables, kind)?)
    }

    /// The vectors of the texts of some sources.
    pub(crate) fn vectors(&self, tables: &VectorTables, sources: &[&str]) -> Result<HashMap<Key, Vec<f32>>, Error> {
        Ok(self.database.view()?.vectors(tables, sources)?)
    }

    /// The keys of the passages nearest to a vector.
    pub(crate) fn nearest(&self, tables: &VectorTables, vector: &[f32], count: usize) -> Result<Vec<Key>, Error> {
        Ok(self.database.view()?.nearest(tables, vector, count)?)
    }

    /// Writes the vectors of sources as they are at a revision. Returns `false`, and writes nothing, if the library has
    /// changed since.
    pub(crate) fn index(
        &self,
        tables: &VectorTables,
        kind: VectorKind,
        revision: u64,
        all: &[SourceVectors],
    ) -> Result<bool, Error> {
        let dimensions = all.iter().flat_map(|source| &source.texts).map(|(_, vector)| vector.len()).next();
        let Some(dimensions) = dimensions else { return Ok(true) };
        self.database.prepare(tables, kind, dimensions)?;
        // One thread of this server at a time, as for every turn.
        let mirror = locked(&self.mirror);
        let mut turn = self.database.turn()?;
        if mirror.revision() != Some(revision) || turn.revision()? != revision {
            return Ok(false);
        }
        for source in all {
            turn.index(tables, kind, source)?;
        }
        turn.commit_derived()?;
        Ok(true)
    }
}

impl fmt::Debug for SharedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SharedStore({})", self.name)
    }
}

impl fmt::Display for SharedStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl PartialEq for SharedStore {
    fn eq(&self, other: &Self) -> bool {
        self.folder == other.folder
    }
}

impl Eq for SharedStore {}

/// A folder of our own for the copy of the store at `place`, and its lock. An earlier copy is taken up, because most of
/// it is still right. Copies that nobody uses are deleted, because they may hold words that were withdrawn since.
fn copy_in(cache: &Path, place: &str) -> Result<(PathBuf, File), Error> {
    atomic_file::folder(cache)?;
    let store = sha256_hex(&[place.as_bytes()])[..16].to_owned();
    let mut own = None;
    for number in 0..COPIES {
        let folder = cache.join(format!("{store}-{number}"));
        let lock = folder.with_extension("lock");
        if own.is_some() && !lock.exists() {
            break;
        }
        let write = |source| Error::Write { path: lock.clone(), source };
        let file = atomic_file::open_own(&lock).map_err(write)?;
        match file.try_lock() {
            Ok(()) if own.is_none() => {
                atomic_file::folder(&folder)?;
                own = Some((folder, file));
            }
            Ok(()) => match fs::remove_dir_all(&folder) {
                Err(source) if source.kind() != io::ErrorKind::NotFound => {
                    return Err(Error::Write { path: folder, source });
                }
                _ => {}
            },
            Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(source)) => return Err(write(source)),
        }
    }
    own.ok_or_else(|| Error::Busy { path: cache.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_process_has_a_copy_of_its_own_and_none_is_left_behind() {
        let cache = tempfile::tempdir().expect("a folder");
        let (first, lock) = copy_in(cache.path(), "db/x").expect("made");
        let (second, other) = copy_in(cache.path(), "db/x").expect("made");
        assert_ne!(first, second);
        assert_ne!(first, copy_in(cache.path(), "db/y").expect("made").0);
        fs::write(first.join("a.txt"), "words").expect("written");
        fs::write(second.join("a.txt"), "words").expect("written");
        drop((lock, other));
        let (again, _lock) = copy_in(cache.path(), "db/x").expect("made");
        assert_eq!(again, first);
        assert!(first.join("a.txt").exists() && !second.exists());
    }
}
