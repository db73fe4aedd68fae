//! The graphs over vectors, kept between starts: a folder for each. It holds no words and no vectors, but a hash of each
//! vector, so it goes with every withdrawal: its name follows from what was withdrawn, and a folder of another name is
//! deleted before anything is read. Only what bears this user's seal is read. It may be deleted at any time.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use super::atomic_file::{self, LinkPolicy};
use super::seal::RowSeal;
use crate::error::Error;
use crate::lock::locked;
use crate::retrieval::vectors::graph_place::GraphPlace;

/// The start of the names of folders. A fingerprint of the withdrawals follows.
const NAME: &str = "graph-";
/// The ending of a folder that is being filled.
const TEMPORARY_ENDING: &str = "new";
/// The file with the seal of the others.
const SEAL: &str = "seal";
/// The most bytes of that file.
const MAX_SEAL_BYTES: u64 = 64;
/// Changes when older files must not be read any more.
const FORMAT_VERSION: &str = "1";

/// The graphs of one library. Each round ends with a withdrawal: what was made of the vectors before is not kept after.
#[derive(Default)]
pub(crate) struct KeptGraphs {
    round: Arc<Mutex<u64>>,
}

/// The place of one graph.
struct GraphFolder {
    path: PathBuf,
    seal: RowSeal,
    encoder: String,
    round: Arc<Mutex<u64>>,
    own: u64,
}

/// What all folders begin with, in a library's state folder. `withdrawn` is a fingerprint of the withdrawals.
pub(crate) fn path(state_folder: &Path, withdrawn: &str) -> PathBuf {
    state_folder.join(format!("{NAME}{withdrawn}-"))
}

/// Deletes all such folders except those that begin with `keep`.
///
/// # Errors
/// If one cannot be deleted.
pub(crate) fn clear(state_folder: &Path, keep: Option<&Path>) -> Result<(), Error> {
    let keep = keep.and_then(Path::file_name).map(|name| name.to_string_lossy().into_owned());
    let Ok(entries) = fs::read_dir(state_folder) else { return Ok(()) };
    for entry in entries.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let stays = keep.as_ref().is_some_and(|keep| name.starts_with(keep));
        if name.starts_with(NAME) && !stays {
            remove(&entry.path())?;
        }
    }
    Ok(())
}

impl KeptGraphs {
    /// The place of the graph over the vectors called `name`, of one encoder.
    pub(crate) fn at(&self, path: &Path, name: &str, seal: RowSeal, encoder: &str) -> Arc<dyn GraphPlace> {
        let mut path = path.as_os_str().to_owned();
        path.push(name);
        let own = *locked(&self.round);
        Arc::new(GraphFolder {
            path: path.into(),
            seal,
            encoder: encoder.to_owned(),
            round: Arc::clone(&self.round),
            own,
        })
    }

    /// Ends the round and deletes what is kept. A graph that is still being written is dropped.
    ///
    /// # Errors
    /// If it cannot be deleted.
    pub(crate) fn forget(&self, state_folder: &Path) -> Result<(), Error> {
        let mut round = locked(&self.round);
        *round += 1;
        clear(state_folder, None)
    }
}

impl GraphPlace for GraphFolder {
    fn is_taken(&self) -> bool {
        self.path.is_dir()
    }

    fn show(&self, read: &mut dyn FnMut(&Path) -> bool) {
        // A withdrawal does not wait for this. It deletes what is read here, which is then of no use.
        if *locked(&self.round) != self.own || fs::symlink_metadata(&self.path).is_err() {
            return;
        }
        let is_own = self.is_sealed();
        if !is_own {
            tracing::debug!("{} is damaged or not our own; it is made again", self.path.display());
        }
        if !(is_own && read(&self.path))
            && let Err(error) = remove(&self.path)
        {
            tracing::warn!("{error}");
        }
    }

    fn keep(&self, fill: &dyn Fn(&Path) -> Result<(), Error>) -> Result<(), Error> {
        let fresh = self.path.with_extension(TEMPORARY_ENDING);
        let kept = self.fill(&fresh, fill).and_then(|()| {
            // No withdrawal comes between this look and the move.
            let round = locked(&self.round);
            if *round != self.own {
                return Ok(());
            }
            remove(&self.path)?;
            atomic_file::place(&fresh, &self.path)
        });
        let left = remove(&fresh);
        kept.and(left)
    }
}

impl GraphFolder {
    fn fill(&self, fresh: &Path, fill: &dyn Fn(&Path) -> Result<(), Error>) -> Result<(), Error> {
        remove(fresh)?;
        atomic_file::folder(fresh)?;
        fill(fresh)?;
        let sealed = || -> io::Result<[u8; super::seal::BYTES]> {
            let files = files(fresh)?;
            files.iter().try_for_each(|file| File::open(file)?.sync_all())?;
            self.seal.of_files(&self.label(), &files)
        };
        let seal = sealed().map_err(|source| Error::Write { path: fresh.to_owned(), source })?;
        atomic_file::prepare(&fresh.join(SEAL), &seal)
    }

    /// Whether the folder is as it was sealed.
    fn is_sealed(&self) -> bool {
        let is_folder = fs::symlink_metadata(&self.path).is_ok_and(|about| about.is_dir());
        let told = || atomic_file::read(&self.path.join(SEAL), MAX_SEAL_BYTES, LinkPolicy::Refused).ok();
        let made = || self.seal.of_files(&self.label(), &files(&self.path).ok()?).ok();
        is_folder && told().zip(made()).is_some_and(|(told, made)| told == made)
    }

    /// A graph of another form, of another encoder or in another place has another seal.
    fn label(&self) -> [&[u8]; 3] {
        let name = self.path.file_name().unwrap_or_default();
        [FORMAT_VERSION.as_bytes(), self.encoder.as_bytes(), name.as_encoded_bytes()]
    }
}

/// The files that are sealed, in the order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let all = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<PathBuf>>>()?;
    let mut all: Vec<PathBuf> =
        all.into_iter().filter(|path| path.file_name().is_none_or(|name| name != SEAL)).collect();
    all.sort_unstable();
    Ok(all)
}

/// Removes a folder with all that is in it, or whatever has its name. No link is followed.
fn remove(path: &Path) -> Result<(), Error> {
    match fs::symlink_metadata(path) {
        Ok(about) if about.is_dir() => {
            fs::remove_dir_all(path).map_err(|source| Error::Write { path: path.to_owned(), source })
        }
        Ok(_) => atomic_file::remove(path),
        Err(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
