//! The decisions about transcripts, in a small file beside them. Entries are keyed by content hash and
//! contain no words. Withdrawals are in it as keyed marks only. The file's hash reveals a flipped bit.
//! It is no seal against strangers, who can make one as well.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::atomic_file::{self, LinkPolicy};
use super::file_names;
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::withdrawals::AllowedWithdrawn;
use crate::library::withdrawals::key::WithdrawalKey;

const FILE_NAME: &str = "manifest.json";

/// Whether a file of this name holds decisions.
pub(super) fn is_ours(name: &str) -> bool {
    name == FILE_NAME
}

/// The version of this format. The version before it is converted. Any other is refused.
const VERSION: u32 = 2;
/// The most bytes of the file.
const MAX_BYTES: u64 = 256 << 20;

/// The decisions about a folder's transcripts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// Entries by the SHA-256 of their source.
    pub transcripts: BTreeMap<String, SourceEntry>,
    /// Transcripts that must not come back.
    pub withdrawn: Vec<Tombstone>,
    /// Words that must not come back. The marks of each withdrawal are in a file of their own.
    pub(crate) words: Vec<WithdrawnWords>,
    /// Marks of sources that somebody allowed, although they contain withdrawn words.
    pub(crate) allowed: Vec<String>,
    /// The mark of the key that made all marks; `None` if there are no marks.
    pub(crate) key: Option<String>,
}

/// One transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceEntry {
    /// Its file in the folder.
    pub file: String,
    /// The day it was added, such as `2026-01-31`; `None` if its owner put the file there.
    pub added: Option<String>,
    /// Changes to how it is read and shown.
    #[serde(default)]
    pub edits: Edits,
}

/// Changes to how a transcript is read and shown; its file stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edits {
    /// A title in place of its own.
    #[serde(default)]
    pub title: Option<String>,
    /// Who asks, if people decided it.
    #[serde(default)]
    pub interviewers: Vec<String>,
    /// Whether people decided that nobody asks.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody_asks: bool,
    /// Which columns of a table hold the `speaker`, the `text` and the `time`, if people decided it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// Spellings of a speaker, each with the spelling to use.
    #[serde(default)]
    pub merged: BTreeMap<String, String>,
    /// Speakers, each with the name to show.
    #[serde(default)]
    pub pseudonyms: BTreeMap<String, String>,
    /// The file name of its recording, if people chose one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording: Option<String>,
    /// The SHA-256 of its recording, if the program put it there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recording_sha256: Option<String>,
    /// Attributes of speakers, as name and value, by the speaker's name in the source.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Vec<(String, String)>>,
    /// Marks of the names of the people who withdrew. The names are not kept.
    #[serde(default)]
    pub withdrawn: Vec<String>,
}

/// A transcript that was withdrawn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// The mark of the source.
    pub source: String,
    /// The day, such as `2026-01-31`.
    pub on: String,
}

/// The words of one withdrawal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct WithdrawnWords {
    /// The name of the file of their marks.
    pub(crate) id: String,
    /// SHA-256 of that file.
    pub(crate) sha256: String,
    /// The mark of the source they stood in.
    pub(crate) source: String,
    /// The day.
    pub(crate) on: String,
    /// Marks of the names of the people who withdrew; empty for a whole transcript.
    pub(crate) names: Vec<String>,
}

/// The content of the file: the manifest, and a hash that reveals a flipped bit.
#[derive(Serialize, Deserialize)]
struct Sealed<M> {
    sha256: String,
    library: M,
}

/// Version 1 of the manifest. Its hashes had no key.
#[derive(Serialize, Deserialize)]
struct First {
    version: u32,
    transcripts: BTreeMap<String, SourceEntry>,
    withdrawn: Vec<FirstTombstone>,
}

#[derive(Serialize, Deserialize)]
struct FirstTombstone {
    sha256: String,
    on: String,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            version: VERSION,
            transcripts: BTreeMap::new(),
            withdrawn: Vec::new(),
            words: Vec::new(),
            allowed: Vec::new(),
            key: None,
        }
    }
}

impl Manifest {
    /// A fingerprint of the withdrawals. It changes with each withdrawal, and when one is lifted.
    pub(crate) fn withdrawn_fingerprint(&self) -> String {
        let sources = self.withdrawn.iter().map(|stone| stone.source.as_str());
        let words = self.words.iter().flat_map(|words| [words.id.as_str(), words.source.as_str()]);
        let names = self.words.iter().flat_map(|words| words.names.iter().map(String::as_str));
        let parts: Vec<&[u8]> =
            sources.chain(["words"]).chain(words).chain(["names"]).chain(names).map(str::as_bytes).collect();
        sha256_hex(&parts)[..16].to_owned()
    }

    /// Loads the manifest in a folder's state folder. A missing one counts as empty, unless there is a key: a key is
    /// drawn after the manifest is written. Returns it with its key, and with whether it has the earlier version and
    /// must be rewritten.
    pub(crate) fn load(state_folder: &Path) -> Result<(Self, Option<WithdrawalKey>, bool), Error> {
        let path = state_folder.join(FILE_NAME);
        if std::fs::symlink_metadata(&path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound) {
            return if WithdrawalKey::is_in(state_folder) {
                Err(Error::BadManifest { path })
            } else {
                Ok((Self::default(), None, false))
            };
        }
        let bytes = atomic_file::read(&path, MAX_BYTES, LinkPolicy::Refused)?;
        let secret = WithdrawalKey::load(state_folder)?;
        // Starting without it would bring back what was withdrawn.
        let bad = || Error::BadManifest { path: path.clone() };
        let sealed: Option<Sealed<Self>> = serde_json::from_slice(&bytes).ok();
        let (manifest, secret, old) = match sealed.filter(|sealed| sealed.library.version == VERSION) {
            Some(sealed) if seal(&sealed.library) == sealed.sha256 => (sealed.library, secret, false),
            Some(_) => return Err(bad()),
            None => {
                let sealed: Sealed<First> = serde_json::from_slice(&bytes).map_err(|_| bad())?;
                if sealed.library.version != 1 || seal(&sealed.library) != sealed.sha256 {
                    return Err(bad());
                }
                let secret = secret.map_or_else(WithdrawalKey::random, Ok)?;
                (sealed.library.brought_up(&secret), Some(secret), true)
            }
        };
        manifest.check_names(&path)?;
        match (&manifest.key, &secret) {
            (Some(own), Some(secret)) if *own == secret.own() => {}
            (None, _) => {}
            (Some(_), _) => return Err(Error::NoKey { path: state_folder.to_owned() }),
        }
        Ok((manifest, secret, old))
    }

    pub(crate) fn save(&self, state_folder: &Path) -> Result<(), Error> {
        let path = state_folder.join(FILE_NAME);
        let sealed = Sealed { sha256: seal(self), library: self };
        let bytes = serde_json::to_vec_pretty(&sealed)
            .map_err(|error| Error::Write { path: path.clone(), source: error.into() })?;
        let temporary = state_folder.join("manifest.new");
        atomic_file::prepare(&temporary, &bytes)?;
        atomic_file::place(&temporary, &path)
    }

    /// Checks that every name is that of a file in the folder. A folder may come from a stranger.
    fn check_names(&self, path: &Path) -> Result<(), Error> {
        let files = self.transcripts.values().map(|entry| &entry.file);
        let mut all = files.chain(self.words.iter().map(|words| &words.id));
        match all.find(|name| !file_names::is_bare(name)) {
            Some(name) => Err(Error::ManifestNames { path: path.to_owned(), file: name.clone() }),
            None => Ok(()),
        }
    }

    /// The tombstone of the source with this mark, if it was withdrawn.
    pub(crate) fn tombstone(&self, mark: Option<&str>) -> Option<&Tombstone> {
        let mark = mark?;
        self.withdrawn.iter().find(|stone| stone.source == mark)
    }

    /// Marks of the names of the people who withdrew from the source with this mark.
    pub(crate) fn names_withdrawn_from(&self, mark: Option<&str>) -> Vec<String> {
        let of_source = self.words.iter().filter(|words| Some(words.source.as_str()) == mark);
        of_source.flat_map(|words| words.names.iter().cloned()).collect()
    }

    /// Which withdrawn words may be read in the source with this mark.
    pub(crate) fn allowed(&self, mark: Option<&str>) -> AllowedWithdrawn {
        let Some(mark) = mark else { return AllowedWithdrawn::Nothing };
        let has = |kind: &str| self.allowed.iter().any(|one| one.strip_prefix(kind) == Some(mark));
        match () {
            () if has("all:") => AllowedWithdrawn::All,
            () if has("again:") => AllowedWithdrawn::Again,
            () => AllowedWithdrawn::Nothing,
        }
    }

    pub(crate) fn allow(&mut self, mark: &str, what: AllowedWithdrawn) {
        self.allowed.retain(|one| !one.ends_with(mark));
        match what {
            AllowedWithdrawn::All => self.allowed.push(format!("all:{mark}")),
            AllowedWithdrawn::Again => self.allowed.push(format!("again:{mark}")),
            AllowedWithdrawn::Nothing => {}
        }
    }

    /// Moves the decisions about the source `from` to the source `to`, which is in `file`.
    pub fn follow(&mut self, from: &str, to: &str, file: &str) {
        if from != to && self.transcripts.contains_key(to) {
            return;
        }
        if let Some(entry) = self.transcripts.remove(from) {
            self.transcripts.insert(to.to_owned(), SourceEntry { file: file.to_owned(), ..entry });
        }
    }

    /// Whether it contains marks, which need the key.
    pub(crate) fn needs_key(&self) -> bool {
        !self.withdrawn.is_empty()
            || !self.words.is_empty()
            || !self.allowed.is_empty()
            || self.transcripts.values().any(|entry| !entry.edits.withdrawn.is_empty())
    }
}

impl First {
    /// Converts it to keyed marks. The words stay unknown until the source is read again.
    fn brought_up(self, secret: &WithdrawalKey) -> Manifest {
        let mut manifest = Manifest { transcripts: self.transcripts, ..Manifest::default() };
        for entry in manifest.transcripts.values_mut() {
            for name in &mut entry.edits.withdrawn {
                *name = secret.old_name(name);
            }
        }
        let stones = self.withdrawn.into_iter();
        manifest.withdrawn = stones
            .filter_map(|stone| Some(Tombstone { source: secret.source(&stone.sha256)?, on: stone.on }))
            .collect();
        manifest.key = manifest.needs_key().then(|| secret.own());
        manifest
    }
}

fn seal(manifest: &impl Serialize) -> String {
    // A manifest is plain strings: it always has a JSON form.
    sha256_hex(&[&serde_json::to_vec(manifest).unwrap_or_default()])
}

impl Edits {
    /// Whether nothing is changed.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// The name to show for a speaker, as the source names them.
    pub fn shown<'a>(&'a self, speaker: &'a str) -> &'a str {
        let one = self.merged.get(speaker).map_or(speaker, String::as_str);
        self.pseudonyms.get(one).map_or(one, String::as_str)
    }

    /// Lets a speaker withdraw under all `spellings`. None of them is kept, but their `marks` are.
    pub(crate) fn withdraw(&mut self, secret: &WithdrawalKey, spellings: &[String], marks: &[String]) {
        self.withdrawn.retain(|mark| !spellings.iter().any(|name| secret.knows(name, std::slice::from_ref(mark))));
        self.withdrawn.extend(marks.iter().cloned());
        self.withdrawn.sort_unstable();
        self.withdrawn.dedup();
        self.forget(secret);
    }

    /// The attributes of a speaker with these names in the source.
    pub(crate) fn attributes_of(&self, spellings: &[String]) -> &[(String, String)] {
        spellings.iter().find_map(|name| self.attributes.get(name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Removes titles, attributes and recordings for which `holds` is true. A pseudonym is replaced: without one the
    /// name that it hides would be shown.
    pub(crate) fn forget_words(&mut self, holds: impl Fn(&str) -> bool) {
        self.replace_pseudonyms(&holds);
        self.recording = self.recording.take().filter(|file| !holds(file));
        self.title = self.title.take().filter(|title| !holds(title));
        for told in self.attributes.values_mut() {
            told.retain(|(name, value)| !holds(name) && !holds(value));
        }
        self.attributes.retain(|_, told| !told.is_empty());
    }

    /// Gives those who have such a pseudonym another one. Who shares it shares the other, too.
    fn replace_pseudonyms(&mut self, holds: impl Fn(&str) -> bool) {
        let given: BTreeSet<String> = self.pseudonyms.values().cloned().collect();
        let mut free = (1_u32..).map(|number| format!("Pseudonym {number}")).filter(|name| !given.contains(name));
        let others: BTreeMap<&String, String> =
            given.iter().filter(|shown| holds(shown)).filter_map(|shown| Some((shown, free.next()?))).collect();
        for shown in self.pseudonyms.values_mut() {
            if let Some(other) = others.get(shown) {
                shown.clone_from(other);
            }
        }
    }

    /// Removes the names of the people who withdrew from this source.
    pub(crate) fn forget(&mut self, secret: &WithdrawalKey) {
        let own = std::mem::take(&mut self.withdrawn);
        self.forget_people(|name| secret.knows(name, &own));
        self.withdrawn = own;
    }

    /// Removes the names of people. Others with the same name keep theirs in other sources: who loses a pseudonym is
    /// named, and who asks would answer.
    pub(crate) fn forget_people(&mut self, is_gone: impl Fn(&str) -> bool) {
        self.pseudonyms.retain(|name, _| !is_gone(name));
        self.merged.retain(|from, to| !is_gone(from) && !is_gone(to));
        self.interviewers.retain(|name| !is_gone(name));
        self.attributes.retain(|name, _| !is_gone(name));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn written(state_folder: &Path, library: &serde_json::Value) {
        let text = serde_json::to_vec(library).expect("JSON");
        let sealed = serde_json::json!({"sha256": sha256_hex(&[&text]), "library": library});
        fs::write(state_folder.join(FILE_NAME), sealed.to_string()).expect("written");
    }

    /// As the first version wrote it; serde keeps the order of fields, a JSON value sorts them.
    fn first(state_folder: &Path, file: &str, hash: &str, names: Vec<String>) {
        let edits = Edits { withdrawn: names, ..Edits::default() };
        let entry = SourceEntry { file: file.to_owned(), added: Some("2026-01-01".to_owned()), edits };
        let stone = FirstTombstone { sha256: "b".repeat(64), on: "2026-01-02".to_owned() };
        let library = First { version: 1, transcripts: [(hash.to_owned(), entry)].into(), withdrawn: vec![stone] };
        let sealed = Sealed { sha256: seal(&library), library };
        fs::write(state_folder.join(FILE_NAME), serde_json::to_vec_pretty(&sealed).expect("JSON")).expect("written");
    }

    #[test]
    fn only_files_of_the_folder_are_named() {
        let folder = tempfile::tempdir().expect("a folder");
        for file in ["../thesis.docx", "/etc/passwd", "..", ".", "", "a/b.txt", "./a", "a/", ".yuanhua", "a\0b"] {
            first(folder.path(), file, &"a".repeat(64), Vec::new());
            let error = Manifest::load(folder.path()).expect_err("it is refused");
            assert!(matches!(error, Error::ManifestNames { .. }), "{file}: {error}");
        }
        first(folder.path(), "10:30 访谈.txt", &"a".repeat(64), Vec::new());
        assert!(Manifest::load(folder.path()).is_ok());
    }

    #[test]
    fn the_first_version_is_brought_up_and_what_it_says_stays_in_force() {
        let folder = tempfile::tempdir().expect("a folder");
        let hash = sha256_hex(&[b"interviewee\n", b"Mary Quux"]);
        first(folder.path(), "own.txt", &"a".repeat(64), vec![hash.clone()]);
        let (manifest, secret, old) = Manifest::load(folder.path()).expect("read");
        let secret = secret.expect("a key");
        assert!(old && manifest.key.is_some());
        assert!(secret.knows("Mary Quux", &manifest.transcripts[&"a".repeat(64)].edits.withdrawn));
        assert!(manifest.tombstone(secret.source(&"b".repeat(64)).as_deref()).is_some());
        let text = serde_json::to_string(&manifest).expect("JSON");
        assert!(!text.contains(&hash) && !text.contains(&"b".repeat(64)), "{text}");
        manifest.save(folder.path()).expect("written");
        // Without its key nothing of it can be told, so nothing is opened.
        assert!(matches!(Manifest::load(folder.path()), Err(Error::NoKey { .. })));
        WithdrawalKey::random().expect("chance").save(folder.path()).expect("written");
        assert!(matches!(Manifest::load(folder.path()), Err(Error::NoKey { .. })));
        secret.save(folder.path()).expect("written");
        assert_eq!(Manifest::load(folder.path()).expect("read").0, manifest);
    }

    #[test]
    fn a_version_to_come_is_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        written(folder.path(), &serde_json::json!({"version": 3, "transcripts": {}, "withdrawn": []}));
        assert!(matches!(Manifest::load(folder.path()), Err(Error::BadManifest { .. })));
    }
}
