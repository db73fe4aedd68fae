//! What is on disk: the transcripts as files. Reads them; never changes one.

use std::fs;
use std::path::{Path, PathBuf};

use crate::error::Error;

/// The bundled interview, so that the program has something to answer from anywhere.
static BUNDLED: &[u8] = include_bytes!("../data/ai-customer-service.txt");
const BUNDLED_NAME: &str = "ai-customer-service";

/// The endings of files that are read as transcripts.
const ENDINGS: [&str; 3] = ["txt", "md", "text"];

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

/// The sources of a file or a folder, by name; without a path, the bundled interview.
///
/// # Errors
/// When the path cannot be read or holds no transcript file.
pub fn sources(path: Option<&Path>) -> Result<Vec<Source>, Error> {
    let Some(path) = path else {
        let bundled = Source {
            name: BUNDLED_NAME.into(),
            path: PathBuf::from(BUNDLED_NAME).with_extension("txt"),
            bytes: BUNDLED.to_vec(),
        };
        return Ok(vec![bundled]);
    };
    if !path.is_dir() {
        return Ok(vec![source(path.to_owned())?]);
    }
    let io = |source| Error::Io { path: path.to_owned(), source };
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(io)? {
        let file = entry.map_err(io)?.path();
        if file.is_file() && has_ending(&file) {
            files.push(file);
        }
    }
    files.sort();
    let mut sources = files.into_iter().map(source).collect::<Result<Vec<_>, _>>()?;
    if sources.is_empty() {
        return Err(Error::NoTranscripts { path: path.to_owned() });
    }
    tell_apart(&mut sources);
    Ok(sources)
}

/// Reads one source file.
///
/// # Errors
/// When it cannot be read.
pub fn source(path: PathBuf) -> Result<Source, Error> {
    let bytes = fs::read(&path).map_err(|source| Error::Io { path: path.clone(), source })?;
    let name = path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    Ok(Source { name, path, bytes })
}

/// `a.txt` and `a.md` keep their endings in their names.
fn tell_apart(sources: &mut [Source]) {
    for i in 0..sources.len() {
        if sources.iter().filter(|other| other.name == sources[i].name).count() > 1
            && let Some(file_name) = sources[i].path.file_name()
        {
            sources[i].name = file_name.to_string_lossy().into_owned();
        }
    }
}

fn has_ending(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&ending.as_str()))
}
