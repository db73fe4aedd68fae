//! One look at a folder: what was decided about its files, and where each decision belongs after
//! files were changed and renamed. Reads no transcript.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use super::withdrawals::{Allowed, Withdrawals};
use crate::library::store::file_stamp::Stamp;
use crate::library::store::manifest::{Edits, Manifest};
use crate::library::withdrawals::fingerprints::Said;
use crate::text::sanitize;

/// One look at all that is on disk.
pub(crate) struct Look {
    pub(crate) manifest: Manifest,
    pub(crate) withdrawals: Arc<Withdrawals>,
    /// SHA-256 of what was decided about each file, by its name.
    pub(crate) by_file: HashMap<String, String>,
    /// What was decided about one source and is of another now, or of another file: from, to, file.
    pub(crate) followed: Vec<(String, String, String)>,
    /// What was withdrawn before words were remembered, and is here to be learnt.
    pub(crate) learnt: Vec<Learnt>,
    pub(crate) writable: bool,
}

/// Words to be remembered: of a source, and of whom in it.
pub(crate) struct Learnt {
    pub(crate) sha256: String,
    pub(crate) path: PathBuf,
    /// None: the whole transcript.
    pub(crate) people: Vec<String>,
    pub(crate) said: Vec<Said>,
}

impl Look {
    pub(crate) fn new(manifest: Manifest, withdrawals: Arc<Withdrawals>, writable: bool) -> Self {
        let files = manifest.transcripts.iter();
        let by_file = files.map(|(sha256, entry)| (entry.file.clone(), sha256.clone())).collect();
        Self { manifest, withdrawals, by_file, followed: Vec::new(), learnt: Vec::new(), writable }
    }

    /// What was decided about a source.
    pub(crate) fn decided(&self, sha256: &str) -> (Edits, Allowed) {
        let edits = self.manifest.transcripts.get(sha256).map(|entry| entry.edits.clone()).unwrap_or_default();
        (edits, self.withdrawals.allowed(sha256, &self.manifest))
    }

    /// A file that was changed, or got another name, keeps what was decided about it.
    pub(crate) fn follow(&mut self, stamp: &Stamp, sha256: &str) {
        let file = stamp.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let from = match self.manifest.transcripts.get(sha256) {
            Some(entry) if entry.file == file => return,
            // A copy under another name is none of its own while the first is there.
            Some(entry) if stamp.path.with_file_name(&entry.file).exists() => return,
            Some(_) => sha256.to_owned(),
            None => match self.by_file.get(&file) {
                Some(before) => before.clone(),
                None => return,
            },
        };
        self.manifest.follow(&from, sha256, &file);
        self.by_file.insert(file.clone(), sha256.to_owned());
        self.followed.push((from, sha256.to_owned(), file));
    }
}

/// The names of files without their endings; `a.txt` and `a.md` keep them.
pub(crate) fn names(stamps: &[Stamp]) -> Vec<String> {
    let stem = |stamp: &Stamp| sanitize::inert(&stamp.path.file_stem().unwrap_or_default().to_string_lossy());
    let mut count: HashMap<String, usize> = HashMap::new();
    for stamp in stamps {
        *count.entry(stem(stamp)).or_default() += 1;
    }
    let name = |stamp: &Stamp| match count.get(&stem(stamp)) {
        Some(1) => stem(stamp),
        _ => sanitize::inert(&stamp.path.file_name().unwrap_or_default().to_string_lossy()),
    };
    stamps.iter().map(name).collect()
}

/// A file that is not to be called by its name.
pub(crate) fn unnamed(sha256: &str) -> String {
    format!("file {}", sha256.get(..8).unwrap_or_default())
}
