//! Vectors in a shared store: a server takes those that others made, hands over its own, and lets the database propose
//! passages where there are many. Without a shared store nothing of this happens.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::handle::Library;
use super::location::LibraryLocation;
use super::source::SourceReading;
use super::writer::{LibraryWriter, MissingText};
use crate::error::Error;
use crate::library::store::shared::{SharedStore, SourceVectors, VectorKind, VectorTables};
use crate::library::store::vector_cache::Key;
use crate::retrieval::candidates::CandidateIndex;

/// How many sources are read or written together.
const SOURCES_PER_BATCH: usize = 16;

impl LibraryWriter {
    /// Takes the vectors of missing texts that another server has made. Returns the texts that are still missing.
    pub(super) fn take_stored(&mut self, missing: Vec<MissingText>) -> Result<Vec<MissingText>, Error> {
        let LibraryLocation::Shared(shared) = self.store.place.clone() else { return Ok(missing) };
        let (tables, state) = (VectorTables::of(self.encoder.fingerprint()), self.store.state()?);
        let mut wanted: HashSet<Key> = missing.iter().map(|(key, _)| *key).collect();
        let sources: Vec<&str> = state
            .readings
            .iter()
            .filter(|reading| reading.keys.iter().any(|key| wanted.contains(key)))
            .map(|reading| reading.sha256())
            .collect();
        for some in sources.chunks(SOURCES_PER_BATCH) {
            let mut found: Vec<(Key, Vec<f32>)> = shared.vectors(&tables, some)?.into_iter().collect();
            found.retain(|(key, vector)| !vector.is_empty() && wanted.remove(key));
            self.keep_vectors(found)?;
        }
        Ok(missing.into_iter().filter(|(key, _)| wanted.contains(key)).collect())
    }

    /// The database as an index of these sources, if there are many passages and it knows all of them.
    pub(super) fn proposer(&self, ready: &[Arc<SourceReading>]) -> Option<Arc<dyn CandidateIndex>> {
        let LibraryLocation::Shared(shared) = &self.store.place else { return None };
        let passages = passages(ready);
        if passages < shared.proposes_from() {
            return None;
        }
        let (tables, kind) = (VectorTables::of(self.encoder.fingerprint()), VectorKind::Passages);
        let stored = shared.indexed(&tables, kind).unwrap_or_default();
        if !ready.iter().all(|reading| is_indexed(reading, kind, &stored)) {
            return None;
        }
        let keys = ready.iter().flat_map(|reading| reading.keys.iter().skip(reading.transcript.questions.len()));
        let mut numbers: HashMap<Key, Vec<usize>> = HashMap::with_capacity(passages);
        for (number, key) in keys.enumerate() {
            numbers.entry(*key).or_default().push(number);
        }
        Some(Arc::new(StoreCandidates { shared: Arc::clone(shared), tables, numbers }))
    }
}

impl Library {
    /// Hands over the vectors of sources that have none in the store. A failure is logged: the next server makes them.
    pub(super) fn hand_over(&self) {
        let LibraryLocation::Shared(shared) = self.place() else { return };
        if let Err(error) = self.hand_over_to(shared) {
            tracing::warn!("{error}");
        }
    }

    fn hand_over_to(&self, shared: &SharedStore) -> Result<(), Error> {
        // What is read now may be written only while the library is the same.
        let Some(revision) = shared.copied() else { return Ok(()) };
        let tables = VectorTables::of(self.encoder.fingerprint());
        let state = self.writer().store.state()?;
        let kind =
            if passages(&state.readings) < shared.proposes_from() { VectorKind::Texts } else { VectorKind::Passages };
        let stored = shared.indexed(&tables, kind)?;
        let new = state.readings.iter().filter(|reading| !is_indexed(reading, kind, &stored));
        let new: Vec<&Arc<SourceReading>> = new.collect();
        for some in new.chunks(SOURCES_PER_BATCH) {
            let writer = self.writer();
            let with_vectors = |reading: &&Arc<SourceReading>| {
                let text = |key: &Key| Some((*key, writer.vector(key)?.numbers().collect()));
                let texts = reading.keys.iter().map(text).collect::<Option<_>>()?;
                let questions = reading.transcript.questions.len();
                Some(SourceVectors { source: reading.sha256().to_owned(), questions, texts })
            };
            let some: Vec<SourceVectors> = some.iter().filter_map(with_vectors).collect();
            drop(writer);
            if !shared.index(&tables, kind, revision, &some)? {
                break;
            }
        }
        Ok(())
    }
}

fn passages(readings: &[Arc<SourceReading>]) -> usize {
    readings.iter().map(|reading| reading.indexed.passages()).sum()
}

/// Whether all of a source is stored. A source that is read otherwise than before has lost its rows.
fn is_indexed(reading: &SourceReading, kind: VectorKind, stored: &HashMap<String, usize>) -> bool {
    let all = match kind {
        VectorKind::Texts => reading.keys.len(),
        VectorKind::Passages => reading.indexed.passages(),
    };
    stored.get(reading.sha256()).copied().unwrap_or_default() == all
}

/// The passages in a shared store, numbered as in one snapshot.
struct StoreCandidates {
    shared: Arc<SharedStore>,
    tables: VectorTables,
    /// The numbers of the passages with each text.
    numbers: HashMap<Key, Vec<usize>>,
}

impl CandidateIndex for StoreCandidates {
    fn nearest_passages(&self, query: &[f32], count: usize) -> Result<Vec<usize>, Error> {
        let keys = self.shared.nearest(&self.tables, query, count)?;
        // A passage that this snapshot does not know was added or withdrawn since.
        Ok(keys.iter().filter_map(|key| self.numbers.get(key)).flatten().copied().collect())
    }
}
