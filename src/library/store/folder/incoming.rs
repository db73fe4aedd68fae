//! Transcripts on their way into a folder. Many are added with one change of the manifest.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use super::Folder;
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::dates::today;
use crate::library::store::atomic_file;
use crate::library::store::file_names;
use crate::library::store::manifest::{Edits, Manifest, SourceEntry};
use crate::library::store::{Source, check_ending};
use crate::library::withdrawals::AllowedWithdrawn;
use crate::library::withdrawals::fingerprints::Fingerprints;

/// The start of a file's name until it is in its place. A number follows.
const INCOMING: &str = "incoming";

/// A transcript to add.
#[derive(Debug)]
pub(crate) struct Incoming<'a> {
    /// The original name of its file.
    pub(crate) file: &'a str,
    /// Its bytes.
    pub(crate) bytes: &'a [u8],
    /// Whether words of a whole transcript that was withdrawn may be read in it.
    pub(crate) again: bool,
    /// How to read it: who asks, and which columns hold what.
    pub(crate) edits: &'a Edits,
}

/// A transcript that is on disk, but not yet in its place.
struct Prepared {
    from: PathBuf,
    file: String,
    sha256: String,
}

impl Folder {
    /// Adds transcripts. When this returns, no crash can lose those that were added. A name that is
    /// taken gets a number. Returns the outcome of each. Files of some kinds are refused.
    ///
    /// # Errors
    /// If nothing can be written. Then none of them is added.
    pub(crate) fn add(&mut self, all: &[Incoming<'_>]) -> Result<Vec<Result<Source, Error>>, Error> {
        self.writable()?;
        let mut names = HashSet::new();
        let mut prepared: Vec<Result<Prepared, Error>> =
            all.iter().enumerate().map(|(number, one)| self.prepare(number, one, &mut names)).collect();
        let before = (self.manifest.clone(), self.words.clone());
        // The manifest is written before the renames. After a crash between them, the next start
        // forgets entries without a file, unless they hold decisions. After a crash behind them, the
        // files are in place and known as ours to delete.
        if let Err(error) = self.decide_on(all, &prepared, before.clone()) {
            self.words = before.1;
            self.clear_incoming()?;
            return Err(error);
        }
        let mut failed = false;
        for one in &mut prepared {
            let Ok(ready) = one else { continue };
            let to = self.root.join(&ready.file);
            if let Err(source) = fs::rename(&ready.from, &to) {
                *one = Err(Error::Write { path: to, source });
                failed = true;
            }
        }
        atomic_file::sync_folder(Some(&self.root))
            .map_err(|source| Error::Write { path: self.root.clone(), source })?;
        if failed {
            self.decide_on(all, &prepared, before)?;
            self.clear_incoming()?;
        }
        self.clear()?;
        let source = |(one, prepared): (&Incoming<'_>, Result<Prepared, Error>)| {
            let path = self.root.join(prepared?.file);
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Source { name, path, bytes: one.bytes.to_vec() })
        };
        Ok(all.iter().zip(prepared).map(source).collect())
    }

    /// Writes down that the prepared files are ours, together with the earlier decisions.
    fn decide_on(
        &mut self,
        all: &[Incoming<'_>],
        prepared: &[Result<Prepared, Error>],
        (mut next, mut words): (Manifest, Vec<Fingerprints>),
    ) -> Result<(), Error> {
        for (one, prepared) in all.iter().zip(prepared) {
            let Ok(prepared) = prepared else { continue };
            if one.again {
                self.lift(&prepared.sha256, &mut next, &mut words);
            }
            let mut edits = next.transcripts.remove(&prepared.sha256).map(|entry| entry.edits).unwrap_or_default();
            if !one.edits.is_none() {
                edits.interviewers.clone_from(&one.edits.interviewers);
                edits.columns.clone_from(&one.edits.columns);
            }
            // It may have been withdrawn as a whole since somebody withdrew from it by name.
            let names = next.names_withdrawn_from(self.mark(&prepared.sha256).as_deref());
            edits.withdrawn.extend(names);
            edits.withdrawn.sort_unstable();
            edits.withdrawn.dedup();
            if let Some(secret) = &self.secret {
                edits.forget(secret);
            }
            let entry = SourceEntry { file: prepared.file.clone(), added: Some(today()), edits };
            next.transcripts.insert(prepared.sha256.clone(), entry);
        }
        self.words = words;
        self.decide(next)
    }

    fn prepare(&self, number: usize, one: &Incoming<'_>, names: &mut HashSet<String>) -> Result<Prepared, Error> {
        let safe = file_names::safe(one.file);
        check_ending(&safe)?;
        let is_taken =
            |name: &str| names.contains(&name.to_lowercase()) || fs::symlink_metadata(self.root.join(name)).is_ok();
        let file = file_names::free(&safe, is_taken);
        let from = self.state_folder().join(format!("{INCOMING}-{number}"));
        atomic_file::prepare(&from, one.bytes)?;
        // Some file systems do not tell case apart.
        names.insert(file.to_lowercase());
        Ok(Prepared { from, file, sha256: sha256_hex(&[one.bytes]) })
    }

    /// Lifts the withdrawal of a whole source: its words may be read in it again.
    fn lift(&self, sha256: &str, next: &mut Manifest, words: &mut Vec<Fingerprints>) {
        let Some(mark) = self.mark(sha256) else { return };
        next.withdrawn.retain(|stone| stone.source != mark);
        let lifted: Vec<bool> = next.words.iter().map(|one| one.source == mark && one.names.is_empty()).collect();
        let mut stays = lifted.iter().map(|lifted| !lifted);
        next.words.retain(|_| stays.next().unwrap_or(true));
        let mut stays = lifted.iter().map(|lifted| !lifted);
        words.retain(|_| stays.next().unwrap_or(true));
        if !next.words.is_empty() {
            next.allow(&mark, AllowedWithdrawn::Again);
        }
    }

    /// Removes files that did not get into their places.
    pub(super) fn clear_incoming(&self) -> Result<(), Error> {
        let Ok(entries) = fs::read_dir(self.state_folder()) else { return Ok(()) };
        for entry in entries.flatten() {
            if entry.file_name().to_string_lossy().starts_with(INCOMING) {
                atomic_file::remove(&entry.path())?;
            }
        }
        Ok(())
    }
}
