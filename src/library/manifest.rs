//! What people decided about transcripts: a small file of its own beside them,
//! known by the content of each, and holding none of its words.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::disk;
use crate::error::Error;
use crate::hash::sha256_hex;

const FILE: &str = "manifest.json";
/// Of this shape; another is refused, not guessed at.
const VERSION: u32 = 1;

/// What is known of a folder's transcripts beyond their files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: u32,
    /// By SHA-256 of the source.
    pub transcripts: BTreeMap<String, Entry>,
    /// What must not come back.
    pub withdrawn: Vec<Tombstone>,
}

/// One transcript.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its file in the folder.
    pub file: String,
    /// The day it was added, `2026-01-31`; `None` when its owner put the file there.
    pub added: Option<String>,
    /// What was changed in how it is shown.
    #[serde(default)]
    pub edits: Edits,
}

/// Changes to how a transcript is read and shown; its file stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Edits {
    /// A title in place of its own.
    #[serde(default)]
    pub title: Option<String>,
    /// Who asks, where that was told wrong.
    #[serde(default)]
    pub interviewers: Vec<String>,
    /// Nobody asks, as was told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nobody_asks: bool,
    /// Which columns of a table hold the `speaker`, the `text`, the `time`, where that was told wrong.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub columns: BTreeMap<String, String>,
    /// Spellings of a speaker, each with the one to use.
    #[serde(default)]
    pub merged: BTreeMap<String, String>,
    /// Speakers, each with the name to show.
    #[serde(default)]
    pub pseudonyms: BTreeMap<String, String>,
    /// Interviewees who withdrew: SHA-256 of the name, so that it is not kept.
    #[serde(default)]
    pub withdrawn: Vec<String>,
}

/// A transcript that was withdrawn: by its hash alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tombstone {
    /// SHA-256 of the source.
    pub sha256: String,
    /// The day, `2026-01-31`.
    pub on: String,
}

/// The file: the manifest, and a hash that a flipped bit gives away.
#[derive(Serialize, Deserialize)]
struct Sealed {
    sha256: String,
    library: Manifest,
}

impl Default for Manifest {
    fn default() -> Self {
        Self { version: VERSION, transcripts: BTreeMap::new(), withdrawn: Vec::new() }
    }
}

impl Manifest {
    /// The manifest in a folder's corner; none is an empty one.
    pub(super) fn load(corner: &Path) -> Result<Self, Error> {
        let path = corner.join(FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(Error::Io { path, source }),
        };
        let sealed: Option<Sealed> = serde_json::from_slice(&bytes).ok();
        let whole = |sealed: &Sealed| sealed.library.version == VERSION && sealed.library.seal() == sealed.sha256;
        // Starting without it would bring back what was withdrawn.
        sealed.filter(whole).map(|sealed| sealed.library).ok_or(Error::BadManifest { path })
    }

    pub(super) fn save(&self, corner: &Path) -> Result<(), Error> {
        let path = corner.join(FILE);
        let sealed = Sealed { sha256: self.seal(), library: self.clone() };
        let bytes = serde_json::to_vec_pretty(&sealed)
            .map_err(|error| Error::Write { path: path.clone(), source: error.into() })?;
        let temporary = corner.join("manifest.new");
        disk::prepare(&temporary, &bytes)?;
        disk::place(&temporary, &path)
    }

    fn seal(&self) -> String {
        // A manifest is plain strings: it always has a JSON form.
        sha256_hex(&[&serde_json::to_vec(self).unwrap_or_default()])
    }

    /// When a source was withdrawn, if it was.
    pub fn tombstone(&self, sha256: &str) -> Option<&Tombstone> {
        self.withdrawn.iter().find(|stone| stone.sha256 == sha256)
    }
}

impl Edits {
    /// Whether the transcript is shown as it is.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a speaker, as the source names them, has withdrawn.
    pub fn has_withdrawn(&self, speaker: &str) -> bool {
        !self.withdrawn.is_empty() && self.withdrawn.contains(&name_hash(speaker))
    }

    /// The name to show for a speaker, as the source names them.
    pub fn shown<'a>(&'a self, speaker: &'a str) -> &'a str {
        let one = self.merged.get(speaker).map_or(speaker, String::as_str);
        self.pseudonyms.get(one).map_or(one, String::as_str)
    }

    /// Lets a speaker withdraw: all spellings given, none of which is kept.
    pub fn withdraw(&mut self, spellings: &[String]) {
        for name in spellings {
            self.withdrawn.push(name_hash(name));
            self.pseudonyms.remove(name);
            self.merged.retain(|from, to| from != name && to != name);
            self.interviewers.retain(|interviewer| interviewer != name);
        }
        self.withdrawn.sort_unstable();
        self.withdrawn.dedup();
    }
}

fn name_hash(name: &str) -> String {
    sha256_hex(&[b"interviewee\n", name.as_bytes()])
}
