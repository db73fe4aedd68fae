//! Withdrawals in a folder: the decision, the marks of the words, and what goes with them. The marks come before the
//! decision, and the decision before anything is deleted.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use super::{Folder, WITHDRAWN};
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::dates::today;
use crate::library::store::atomic_file;
use crate::library::store::manifest::{self, Edits, Manifest, SourceEntry, Tombstone};
use crate::library::withdrawals::fingerprints::{Fingerprints, WithdrawnTurn};
use crate::library::withdrawals::key::WithdrawalKey;
use crate::library::withdrawals::person_names::SharedParts;
use crate::library::withdrawals::shared_words::OtherVoice;

/// What is said in a transcript from which something is withdrawn.
pub(crate) struct WithdrawnSpeech<'a> {
    /// Its turns, in order.
    pub(crate) turns: &'a [WithdrawnTurn],
    /// Others, who tell what many say.
    pub(crate) others: &'a [OtherVoice<'a>],
}

impl Folder {
    /// Withdraws a transcript in which this was said. A file that the program added is deleted. A file
    /// that its owner put here stays, and is never read again. Returns whether the file was deleted.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub(crate) fn withdraw(&mut self, sha256: &str, said: &WithdrawnSpeech<'_>) -> Result<bool, Error> {
        self.writable()?;
        let secret = self.key()?;
        let mut next = self.manifest.clone();
        let mut ours = None;
        if let Some(entry) = next.transcripts.get_mut(sha256) {
            ours = entry.added.as_ref().map(|_| self.root.join(&entry.file));
            // The entry keeps only the names of its files, until the files are gone.
            let Edits { recording, recording_sha256, .. } = std::mem::take(&mut entry.edits);
            entry.edits = Edits { recording, recording_sha256, ..Edits::default() };
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

    /// Withdraws one person's part in a transcript. `spellings` are their names there. `shared` is what the
    /// labels of the transcript have in common.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub(crate) fn withdraw_person(
        &mut self,
        sha256: &str,
        file: &Path,
        spellings: &[String],
        shared: &SharedParts,
        said: &WithdrawnSpeech<'_>,
    ) -> Result<(), Error> {
        self.writable()?;
        let secret = self.key()?;
        let mut next = self.manifest.clone();
        let file = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let entry = next.transcripts.entry(sha256.to_owned()).or_insert(SourceEntry { file, ..SourceEntry::default() });
        let mut names: Vec<String> = spellings.iter().flat_map(|name| secret.names_among(name, shared)).collect();
        entry.edits.withdraw(&secret, spellings, &names);
        names.sort_unstable();
        names.dedup();
        let source = secret.source(sha256).unwrap_or_default();
        self.remember(next, &secret, &source, names, said)?;
        self.delete_withdrawn_recordings()
    }

    /// Lets the decisions about sources forget the people who are held back from them. Each item is a SHA-256 and
    /// the names in the source.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub(crate) fn forget_people<'a>(
        &mut self,
        all: impl Iterator<Item = (&'a str, &'a HashSet<String>)>,
    ) -> Result<bool, Error> {
        let named = |(sha256, people): (&'a str, &'a HashSet<String>)| {
            let mut entry = self.manifest.transcripts.get(sha256)?.clone();
            let before = entry.edits.clone();
            entry.edits.forget_people(|name| people.contains(name));
            (entry.edits != before).then(|| (sha256.to_owned(), entry))
        };
        let named: Vec<(String, SourceEntry)> = all.filter_map(named).collect();
        if named.is_empty() {
            return Ok(false);
        }
        self.writable()?;
        let mut next = self.manifest.clone();
        next.transcripts.extend(named);
        self.decide(next).map(|()| true)
    }

    /// Writes down the marks of what was said, then the decision.
    fn remember(
        &mut self,
        mut next: Manifest,
        secret: &WithdrawalKey,
        source: &str,
        names: Vec<String>,
        said: &WithdrawnSpeech<'_>,
    ) -> Result<(), Error> {
        let words = Fingerprints::of_own(secret, said.turns, said.others, &self.words);
        let (id, sha256) = self.write_down(&words)?;
        let (source, on) = (source.to_owned(), today());
        let known = next.words.iter().any(|one| one.id == id && one.names == names);
        if !known {
            next.words.push(manifest::WithdrawnWords { id, sha256, source, on, names });
            self.words.push(words);
        }
        let (before, had) = (self.manifest.clone(), self.words.len() - usize::from(!known));
        self.decide(next).inspect_err(|_| {
            self.manifest = before;
            self.words.truncate(had);
        })?;
        self.forget_words()
    }

    /// Removes titles, pseudonyms and attributes with withdrawn words or the name of somebody who withdrew.
    fn forget_words(&mut self) -> Result<(), Error> {
        let mut next = self.manifest.clone();
        for entry in next.transcripts.values_mut() {
            entry.edits.forget_words(|words| self.withdrawals.tells_of(words));
        }
        if next == self.manifest { Ok(()) } else { self.decide(next) }
    }

    /// Writes a file of marks. Returns its name and its SHA-256.
    pub(super) fn write_down(&self, words: &Fingerprints) -> Result<(String, String), Error> {
        let text = words.written();
        let id = self.secret.as_ref().map(|secret| secret.id(&text)).unwrap_or_default();
        let folder = self.state_folder().join(WITHDRAWN);
        atomic_file::folder(&folder)?;
        let temporary = self.state_folder().join("words.new");
        atomic_file::prepare(&temporary, text.as_bytes())?;
        atomic_file::place(&temporary, &folder.join(&id))?;
        Ok((id, sha256_hex(&[text.as_bytes()])))
    }

    /// Removes marks that no decision names: those of a withdrawal that was never acknowledged, or was
    /// lifted.
    pub(super) fn clear(&self) -> Result<(), Error> {
        let folder = self.state_folder().join(WITHDRAWN);
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
}
