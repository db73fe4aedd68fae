//! One file read by itself, as if it were added: what is read of it, and what is held back.

use std::path::Path;

use super::limits::Limits;
use super::redaction::Holding;
use super::source;
use super::sources::Place;
use super::store;
use super::withdrawals::Allowed;
use crate::error::Error;
use crate::library::store::folder::Folder;
use crate::library::store::manifest::{Edits, Entry, Manifest};
use crate::transcript::{Options, Problem, Transcript};

/// One file, read by itself.
pub struct Checked {
    /// What is read of it.
    pub transcript: Transcript,
    /// The problems of the source.
    pub problems: Vec<Problem>,
    /// The days on which words were withdrawn that it holds, and that are held back.
    pub held_on: Vec<String>,
}

/// Reads one file, in no library, without what was withdrawn from the folder it stands in, or from
/// the library at `place`.
///
/// # Errors
/// When it cannot be read, or was withdrawn, or one of the two cannot be opened.
pub fn check(file: &Path, place: &Place, limits: Limits, told: &Options) -> Result<Checked, Error> {
    let source = store::source(file.to_owned(), limits.file_bytes())?;
    let sha256 = source::known_by(&source.bytes);
    let path = || file.display().to_string();
    let mut known = vec![Folder::beside(file)?];
    if let Place::Home(root) | Place::Folder(root) = place {
        known.push(Folder::beside(&root.join("-"))?);
    }
    for (manifest, withdrawals) in &known {
        if let Some(on) = withdrawals.of_source(&sha256, manifest) {
            return Err(Error::Withdrawn { file: path(), on: on.to_owned() });
        }
    }
    // Of who withdrew from it, or from what it was before it was edited.
    let names = |manifest: &Manifest| {
        let is_this = |(known, entry): &(&String, &Entry)| **known == sha256 || file.ends_with(&entry.file);
        let found = manifest.transcripts.iter().filter(is_this);
        found.flat_map(|(_, entry)| entry.edits.withdrawn.iter().cloned()).collect::<Vec<String>>()
    };
    let read = source::transcript_of(&source.name, file, &source.bytes, &Edits::default(), told);
    let (mut transcript, mut problems) = read.map_err(|error| {
        known.iter().fold(error, |error, (_, withdrawals)| {
            Holding { withdrawals, names: &[], allowed: Allowed::Nothing }.told(error, &path())
        })
    })?;
    let mut held_on = Vec::new();
    for (manifest, withdrawals) in known {
        let (names, allowed) = (names(&manifest), withdrawals.allowed(&sha256, &manifest));
        let holding = Holding { withdrawals: &withdrawals, names: &names, allowed };
        let (_, held) = holding.hold_back(&mut transcript);
        if let Some(on) = held.copy_of {
            return Err(Error::HeldBack { file: path(), on });
        }
        transcript.speakers.retain(|speaker| !held.people.contains(&speaker.name));
        problems = holding.seen(problems, &held);
        held_on.extend(held.on);
    }
    held_on.sort();
    held_on.dedup();
    Ok(Checked { transcript, problems, held_on })
}
