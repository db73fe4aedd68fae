//! Reads one file without adding it: its transcript, its problems, and the days of what is held
//! back.

use std::path::Path;

use super::limits::LibraryLimits;
use super::location::LibraryLocation;
use super::redaction::RedactionRules;
use super::source;
use super::store;
use super::withdrawals::AllowedWithdrawn;
use crate::error::Error;
use crate::library::store::folder::Folder;
use crate::library::store::manifest::{Edits, Manifest, SourceEntry};
use crate::transcript::{Problem, ReadOptions, Transcript};

/// The result of reading one file.
pub struct SourceCheck {
    /// Its transcript, without what is held back.
    pub transcript: Transcript,
    /// The problems of the source.
    pub problems: Vec<Problem>,
    /// The days on which the words that are held back from it were withdrawn.
    pub held_on: Vec<String>,
}

/// Reads one file without adding it. Words that were withdrawn from the file's own folder, or from
/// the library at `place`, are held back.
///
/// # Errors
/// If the file cannot be read, was withdrawn, or is nearly a withdrawn transcript. When the
/// decisions of one of the two folders cannot be read.
pub fn check(
    file: &Path,
    place: &LibraryLocation,
    limits: LibraryLimits,
    options: &ReadOptions,
) -> Result<SourceCheck, Error> {
    let source = store::source(file.to_owned(), limits.file_bytes())?;
    let sha256 = source::known_by(&source.bytes);
    let path = || file.display().to_string();
    let mut known = vec![Folder::beside(file)?];
    if let Some(root) = place.folder() {
        known.push(Folder::beside(&root.join("-"))?);
    }
    for (manifest, withdrawals) in &known {
        if let Some(on) = withdrawals.of_source(&sha256, manifest) {
            return Err(Error::Withdrawn { file: path(), on: on.to_owned() });
        }
    }
    // The marks of people who withdrew from this file, or from an earlier version of it.
    let names = |manifest: &Manifest| {
        let is_this = |(known, entry): &(&String, &SourceEntry)| **known == sha256 || file.ends_with(&entry.file);
        let found = manifest.transcripts.iter().filter(is_this);
        found.flat_map(|(_, entry)| entry.edits.withdrawn.iter().cloned()).collect::<Vec<String>>()
    };
    let read = source::transcript_of(&source.name, file, &source.bytes, &Edits::default(), options);
    let (mut transcript, mut problems) = read.map_err(|error| {
        known.iter().fold(error, |error, (_, withdrawals)| {
            RedactionRules { withdrawals, names: &[], allowed: AllowedWithdrawn::Nothing }.redact_error(error, &path())
        })
    })?;
    let mut held_on = Vec::new();
    for (manifest, withdrawals) in known {
        let (names, allowed) = (names(&manifest), withdrawals.allowed(&sha256, &manifest));
        let holding = RedactionRules { withdrawals: &withdrawals, names: &names, allowed };
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
    Ok(SourceCheck { transcript, problems, held_on })
}
