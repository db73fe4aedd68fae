//! A graph in files. They hold numbers, distances, and a hash of each vector; no vector and no words. `hnsw_rs` trusts
//! the files that it reads, so only files that are whole and our own may be given to it.

use std::collections::HashMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::Ordering;

use hnsw_rs::prelude::{AnnT as _, Hnsw, HnswIo};

use super::{HighBytes, LAYERS, LINKS, NearGraph, Point};
use crate::error::Error;
use crate::lock::locked;
use crate::retrieval::vectors::packed::Vector;

/// The name that `hnsw_rs` begins its files with.
const LINKED: &str = "links";
/// The file in which it describes the graph, and gives the links.
const LINKS_FILE: &str = "links.hnsw.graph";
/// The file with the numbers of the vectors, and the bytes that it has at its start and for each.
const NUMBERS_FILE: &str = "links.hnsw.data";
const NUMBERS_START: u64 = 12;
const BYTES_OF_NUMBER: u64 = 24;
/// The hashes of the vectors, by number.
const HASHES: &str = "hashes";
/// Where the scale of the layers is in the file of the links: after a mark, a mode and the number of links.
const SCALE_AT: u64 = 6;

/// Why a kept graph is not used.
#[derive(Debug, thiserror::Error)]
pub(in crate::retrieval::vectors) enum KeptGraphError {
    /// It holds a vector that is gone.
    #[error("it holds vectors that are gone")]
    Stale,
    /// Its files cannot be read.
    #[error("its files cannot be read ({0})")]
    Unreadable(#[from] io::Error),
    /// Its files make no sense.
    #[error("its files make no sense ({0})")]
    Damaged(String),
}

impl NearGraph {
    /// Writes it to an empty folder. Nothing is added meanwhile.
    pub(in crate::retrieval::vectors) fn save(&self, folder: &Path) -> Result<(), Error> {
        let numbers = locked(&self.numbers);
        let mut hashes = vec![0; numbers.len()];
        for (hash, number) in numbers.iter() {
            if let Some(place) = hashes.get_mut(*number as usize) {
                *place = *hash;
            }
        }
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash: &u64| hash.to_le_bytes()).collect();
        let dump = || self.graph.file_dump(folder, LINKED).map_err(|error| io::Error::other(error.to_string()));
        fs::write(folder.join(HASHES), bytes)
            .and_then(|()| guarded(dump).unwrap_or_else(|| Err(io::Error::other("hnsw_rs panicked"))))
            .and_then(|_| mend_scale(&folder.join(LINKS_FILE)))
            .map_err(|source| Error::Write { path: folder.to_owned(), source })?;
        self.kept.store(hashes.len(), Ordering::Relaxed);
        Ok(())
    }

    /// Reads it again. All of its vectors must be among those given, by their hashes.
    pub(in crate::retrieval::vectors) fn load(
        folder: &Path,
        vectors: &HashMap<u64, &Vector>,
    ) -> Result<Self, KeptGraphError> {
        let bytes = fs::read(folder.join(HASHES))?;
        let hashes: Vec<u64> = bytes.as_chunks().0.iter().map(|eight| u64::from_le_bytes(*eight)).collect();
        // `hnsw_rs` ends the program if this file is too short.
        if fs::metadata(folder.join(NUMBERS_FILE))?.len() != NUMBERS_START + BYTES_OF_NUMBER * hashes.len() as u64 {
            return Err(KeptGraphError::Damaged("a file has another length".to_owned()));
        }
        let known = HighBytes::default();
        let mut numbers = HashMap::with_capacity(hashes.len());
        for (number, hash) in hashes.iter().enumerate() {
            known.0.add(number, Vector::clone(vectors.get(hash).ok_or(KeptGraphError::Stale)?));
            numbers.insert(*hash, number as u32);
        }
        // The graph borrows its reader for as long as it lives, so the reader, some hundred bytes, is never dropped.
        let reader: &'static HnswIo = Box::leak(Box::new(HnswIo::new(folder, LINKED)));
        let load = || reader.load_hnsw_with_dist::<i8, HighBytes>(known.clone());
        let mut graph: Hnsw<'static, i8, HighBytes> = match guarded(load) {
            Some(Ok(graph)) => graph,
            Some(Err(error)) => return Err(KeptGraphError::Damaged(error.to_string())),
            None => return Err(KeptGraphError::Damaged("hnsw_rs panicked".to_owned())),
        };
        let points = graph.get_point_indexation();
        if graph.get_nb_point() != hashes.len()
            || numbers.len() != hashes.len()
            || points.get_data_dimension() != size_of::<Point>()
            || graph.get_max_level() != LAYERS
            || usize::from(graph.get_max_nb_connection()) != LINKS
        {
            return Err(KeptGraphError::Damaged("its counts differ".to_owned()));
        }
        // It is as a new one is.
        graph.set_extend_candidates(false);
        let kept = hashes.len().into();
        Ok(Self { graph, vectors: known, numbers: Mutex::new(numbers), kept })
    }
}

/// Makes a graph that is read again draw its layers as before: `hnsw_rs` 0.3.5 writes a scale, and reads a factor.
fn mend_scale(links: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().read(true).write(true).open(links)?;
    let mut scale = [0; 8];
    file.seek(SeekFrom::Start(SCALE_AT))?;
    file.read_exact(&mut scale)?;
    if scale == (1.0 / (LINKS as f64).ln()).to_ne_bytes() {
        file.seek(SeekFrom::Start(SCALE_AT))?;
        file.write_all(&1.0_f64.to_ne_bytes())?;
    }
    Ok(())
}

/// Runs a part of `hnsw_rs` that panics when a file is not as it expects. `None` if it did.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    panic::catch_unwind(AssertUnwindSafe(work)).ok()
}
