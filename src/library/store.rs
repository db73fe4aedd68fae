//! The files on disk. The transcripts are the truth and never change. Beside them stand the decisions
//! about them (the manifest) and caches of derived data. Within the library only this module
//! writes files.

pub(crate) mod atomic_file;
pub(crate) mod cache_place;
pub(crate) mod derived;
mod file_names;
pub(crate) mod file_stamp;
pub(crate) mod folder;
pub(crate) mod kept_graph;
pub(crate) mod lock;
pub(crate) mod manifest;
mod questions;
pub(crate) mod seal;
pub(crate) mod shared;
mod tags;
pub(crate) mod vector_cache;
mod vector_file;

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::text::sanitize::short;
use atomic_file::LinkPolicy;

/// The bundled interview, so that the program has something to answer from anywhere.
static BUNDLED: &[u8] = include_bytes!("../../data/ai-customer-service.txt");
const BUNDLED_NAME: &str = "ai-customer-service";

/// The endings of files that are read as transcripts.
pub const ENDINGS: [&str; 41] = [
    "txt", "md", "text", "markdown", "srt", "vtt", "sbv", "ass", "ssa", "ttml", "dfxp", "srv1", "srv2", "srv3",
    "json3", "docx", "odt", "epub", "html", "htm", "xhtml", "mhtml", "mht", "eml", "csv", "tsv", "json", "jsonl",
    "ndjson", "otr", "xml", "tei", "eaf", "exb", "trs", "textgrid", "cha", "pdf", "itt", "xlsx", "ods",
];

/// One source file.
#[derive(Debug, Clone)]
pub struct Source {
    /// The file's name without its ending; unique in a folder.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its bytes as received.
    pub bytes: Vec<u8>,
}

/// The bundled interview.
pub fn bundled() -> Source {
    Source {
        name: BUNDLED_NAME.into(),
        path: PathBuf::from(BUNDLED_NAME).with_extension("txt"),
        bytes: BUNDLED.to_vec(),
    }
}

/// The name that a transcript of this file has, if no other file takes it.
pub(crate) fn transcript_name(file: &str) -> String {
    let file = file_names::safe(file);
    Path::new(&file).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// Reads one source file of at most `most` bytes.
///
/// # Errors
/// If it is no regular file, is larger than `most`, or cannot be read.
pub fn source(path: PathBuf, most: u64) -> Result<Source, Error> {
    let bytes = atomic_file::read(&path, most, LinkPolicy::Followed)?;
    let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { name, path, bytes })
}

/// The transcript files in a folder, or the one file at `path`, in order. Links, pipes and devices with
/// such an ending are among them, so that people are told that they are not read.
///
/// # Errors
/// If the folder cannot be read.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Error> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let io = |source| Error::Io { path: path.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(io)? {
        let entry = entry.map_err(io)?;
        let file = entry.path();
        if has_ending(&file) && !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            files.push(file);
        }
    }
    files.sort();
    Ok(files)
}

/// Refuses a file of a kind that is not read. It would never be listed. A name without an ending counts
/// as plain text.
///
/// # Errors
/// If its ending is not one of [`ENDINGS`].
pub fn check_ending(name: &str) -> Result<(), Error> {
    if has_ending(file_names::safe(name).as_ref()) {
        return Ok(());
    }
    Err(Error::BadEnding { file: short(name), endings: ENDINGS.join(", ") })
}

/// Whether a file has the ending of a transcript.
pub(crate) fn has_ending(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    // What is told of people is no transcript.
    let people = path.file_name().is_some_and(|name| super::attributes::is_ours(&name.to_string_lossy()));
    !hidden && !people && ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}

#[cfg(test)]
mod tests;
