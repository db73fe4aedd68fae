//! The private folder in which a server has a copy of a shared store. The library works on it as on any other folder.
//! The store is the truth: whatever differs is replaced. Nothing here is synced to the disk, because a copy that a crash
//! left half written is found by its hashes.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::database::{StoreReader, StoreTurn, StoredFile};
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::store::atomic_file::{self, LinkPolicy};
use crate::library::store::file_names;
use crate::library::store::file_stamp::FileStamp;
use crate::library::store::folder::{STATE_FOLDER, WITHDRAWN};
use crate::library::store::{check_ending, files, vector_cache};

/// The files of decisions beside the marks.
const DECISIONS: [&str; 4] = ["manifest.json", "key", "questions.json", "tags.json"];
/// A file while it is written.
const TEMPORARY_NAME: &str = "shared.new";
/// The most bytes of a file.
const MAX_FILE_BYTES: u64 = 1 << 30;
/// How many files, and how many bytes of them, are fetched together.
const FILES_PER_FETCH: usize = 256;
const BYTES_PER_FETCH: u64 = 8 << 20;
/// How often a store that changes meanwhile is read again.
const TRIES: usize = 10;

/// The copy of a store.
pub(super) struct Mirror {
    folder: PathBuf,
    /// The revision that it is a copy of; `None` if it may differ.
    revision: Option<u64>,
    /// The files of that revision, by path.
    stored: BTreeMap<String, StoredFile>,
    /// The hashes of the files here, by path, and the stamps that they were found for.
    hashed: BTreeMap<String, (FileStamp, StoredFile)>,
}

impl Mirror {
    /// The copy in a folder, whatever is in it.
    pub(super) fn new(folder: PathBuf) -> Self {
        Self { folder, revision: None, stored: BTreeMap::new(), hashed: BTreeMap::new() }
    }

    /// The revision that it is a copy of, if it is one.
    pub(super) fn revision(&self) -> Option<u64> {
        self.revision
    }

    /// From now on it may differ from the store.
    pub(super) fn doubt(&mut self) {
        self.revision = None;
    }

    /// The names of the marks of withdrawn words in the folder.
    pub(super) fn marks(&self) -> BTreeSet<String> {
        let marks = fs::read_dir(self.folder.join(STATE_FOLDER).join(WITHDRAWN)).into_iter().flatten().flatten();
        marks.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    }

    /// Deletes the cache of vectors. Other derived data has a name that follows from what was withdrawn.
    pub(super) fn forget_vectors(&self) -> Result<(), Error> {
        vector_cache::clear(&self.folder.join(STATE_FOLDER))
    }

    /// Brings the folder to the store's present revision, and returns this revision. Decisions come first. Then `decided`
    /// is called, so that no source is read before what was withdrawn from it is known.
    pub(super) fn take_up(
        &mut self,
        store: &mut impl StoreReader,
        decided: &mut dyn FnMut() -> Result<(), Error>,
    ) -> Result<u64, Error> {
        for _ in 0..TRIES {
            let revision = store.revision()?;
            if self.revision == Some(revision) {
                return Ok(revision);
            }
            self.doubt();
            let listed = store.files()?;
            if listed.iter().any(|file| !is_of_a_library(&file.path)) {
                return Err(store.damaged("the name of a file").into());
            }
            let missing = self.bring_to(store, &listed, decided)?;
            // It may have changed while it was read.
            if store.revision()? != revision {
                continue;
            }
            if let Some(missing) = missing {
                return Err(store.damaged(&missing).into());
            }
            self.stored = listed.into_iter().map(|file| (file.path.clone(), file)).collect();
            self.revision = Some(revision);
            return Ok(revision);
        }
        Err(store.busy().into())
    }

    /// Makes the folder hold these files. Returns the SHA-256 of a content that the store lacks.
    fn bring_to(
        &mut self,
        store: &mut impl StoreReader,
        listed: &[StoredFile],
        decided: &mut dyn FnMut() -> Result<(), Error>,
    ) -> Result<Option<String>, Error> {
        let here = self.look()?;
        let differs = |file: &&StoredFile| here.get(&file.path).is_none_or(|own| own.sha256 != file.sha256);
        let (decisions, sources): (Vec<&StoredFile>, Vec<&StoredFile>) =
            listed.iter().filter(differs).partition(|file| is_decision(&file.path));
        let (gone_decisions, gone): (Vec<&String>, Vec<&String>) = here
            .keys()
            .filter(|path| listed.iter().all(|file| file.path != **path))
            .partition(|path| is_decision(path));
        if let Some(missing) = self.fetch(store, &decisions)? {
            return Ok(Some(missing));
        }
        self.remove(&gone_decisions)?;
        decided()?;
        self.remove(&gone)?;
        self.fetch(store, &sources)
    }

    fn fetch(&self, store: &mut impl StoreReader, files: &[&StoredFile]) -> Result<Option<String>, Error> {
        let mut rest = files;
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |file: &&&StoredFile| {
                bytes += file.bytes;
                bytes <= BYTES_PER_FETCH
            };
            let count = rest.iter().take(FILES_PER_FETCH).take_while(fits).count().max(1);
            let (now, later) = rest.split_at(count);
            for (file, content) in now.iter().zip(store.contents(now)?) {
                if sha256_hex(&[&content]) != file.sha256 {
                    return Ok(Some(file.sha256.clone()));
                }
                self.write(&file.path, &content)?;
            }
            rest = later;
        }
        Ok(None)
    }

    fn write(&self, path: &str, content: &[u8]) -> Result<(), Error> {
        let (fresh, to) = (self.folder.join(STATE_FOLDER).join(TEMPORARY_NAME), self.folder.join(path));
        atomic_file::folder(&self.folder.join(STATE_FOLDER).join(WITHDRAWN))?;
        let written = atomic_file::create(&fresh).and_then(|mut file| file.write_all(content));
        written.and_then(|()| fs::rename(&fresh, &to)).map_err(|source| Error::Write { path: to, source })
    }

    fn remove(&self, paths: &[&String]) -> Result<(), Error> {
        paths.iter().map(|path| self.folder.join(path)).try_for_each(|path| match fs::remove_file(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => Err(Error::Write { path, source }),
            _ => Ok(()),
        })
    }

    /// Writes what was changed in the folder into the store, and ends the turn. The vectors of the sources in `reread`
    /// go.
    pub(super) fn hand_in(&mut self, mut turn: StoreTurn, revision: u64, reread: &[String]) -> Result<(), Error> {
        let here = self.look()?;
        let changed: Vec<&StoredFile> =
            here.values().filter(|file| self.stored.get(&file.path) != Some(file)).collect();
        let gone: Vec<&StoredFile> = self.stored.values().filter(|file| !here.contains_key(&file.path)).collect();
        if changed.is_empty() && gone.is_empty() {
            self.revision = Some(revision);
            return Ok(());
        }
        for file in &changed {
            let content = atomic_file::read(&self.folder.join(&file.path), MAX_FILE_BYTES, LinkPolicy::Refused)?;
            if sha256_hex(&[&content]) != file.sha256 {
                return Err(Error::Stale(file.path.clone()));
            }
            turn.put(file, &content)?;
        }
        for file in &gone {
            turn.remove(&file.path)?;
        }
        // Earlier contents of changed files go, too: they may hold what was withdrawn.
        let replaced = changed.iter().filter_map(|file| self.stored.get(&file.path));
        for file in replaced.chain(gone.iter().copied()) {
            turn.forget(&file.sha256)?;
        }
        if !reread.is_empty() {
            turn.forget_vectors(reread)?;
        }
        self.revision = Some(turn.commit(revision)?);
        self.stored = here;
        Ok(())
    }

    /// The files of the library in the folder, by path.
    fn look(&mut self) -> Result<BTreeMap<String, StoredFile>, Error> {
        let state_folder = Path::new(STATE_FOLDER);
        let decisions = DECISIONS.iter().map(|name| state_folder.join(name));
        let marks = self.marks().into_iter().map(|name| state_folder.join(WITHDRAWN).join(name));
        let sources = files(&self.folder)?.into_iter().filter_map(|path| Some(PathBuf::from(path.file_name()?)));
        let mut here = BTreeMap::new();
        let mut hashed = BTreeMap::new();
        for path in decisions.chain(marks).chain(sources) {
            let Ok(stamp) = FileStamp::of(&self.folder.join(&path)) else { continue };
            let path = path.to_string_lossy().into_owned();
            let file = match self.hashed.get(&path) {
                Some((then, file)) if *then == stamp => file.clone(),
                _ => {
                    let content = atomic_file::read(&self.folder.join(&path), MAX_FILE_BYTES, LinkPolicy::Refused)?;
                    StoredFile { path: path.clone(), sha256: sha256_hex(&[&content]), bytes: content.len() as u64 }
                }
            };
            here.insert(path.clone(), file.clone());
            hashed.insert(path, (stamp, file));
        }
        self.hashed = hashed;
        Ok(here)
    }
}

fn is_decision(path: &str) -> bool {
    Path::new(path).starts_with(STATE_FOLDER)
}

/// Whether a library writes a file with this path. A database of strangers may name any file.
fn is_of_a_library(path: &str) -> bool {
    let decision = path.strip_prefix(STATE_FOLDER).and_then(|rest| rest.strip_prefix('/'));
    match decision {
        Some(name) => {
            let mark = name.strip_prefix(WITHDRAWN).and_then(|rest| rest.strip_prefix('/'));
            DECISIONS.contains(&name) || mark.is_some_and(file_names::is_bare)
        }
        None => file_names::is_bare(path) && check_ending(path).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_names_only_files_of_a_library() {
        for path in ["interview.txt", "访谈 1.docx", ".yuanhua/manifest.json", ".yuanhua/withdrawn/0123abc"] {
            assert!(is_of_a_library(path), "{path}");
        }
        for path in [
            "",
            "..",
            "../a.txt",
            "a/b.txt",
            "/etc/passwd.txt",
            ".bashrc",
            "run.sh",
            ".yuanhua/lock",
            ".yuanhua/../a.txt",
            ".yuanhua/withdrawn/../key",
            ".yuanhua/withdrawn/",
            "a\0.txt",
        ] {
            assert!(!is_of_a_library(path), "{path:?}");
        }
    }
}
