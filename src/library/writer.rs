//! The one owner of an open library: its files, the vectors of its texts, and the parts that snapshots are made of.
//! Every change goes through it, under the lock of `Library`. It publishes snapshots that
//! never change.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use super::folder_scan::FolderScan;
use super::index_builder::corpus;
use super::library_state::LibraryState;
use super::published::Published;
use super::source::SourceReading;
use super::sources::SourceStore;
use super::transcript_part::{PartVectors, TranscriptPart};
use super::withdrawals::WithdrawnSources;
use crate::error::Error;
use crate::library::store::vector_cache::Key;
use crate::retrieval::corpus::Additions;
use crate::retrieval::encoder::Encoder;
use crate::retrieval::vectors::Vector;
use crate::transcript::Transcript;

/// The owner of an open library.
pub(crate) struct LibraryWriter {
    pub(crate) store: SourceStore,
    pub(super) encoder: Arc<Encoder>,
    /// The vectors of the library's texts, as far as they are known.
    vectors: HashMap<Key, Vector>,
    /// Vectors that stand in for those of texts that are not embedded yet. They are never kept in the cache.
    provisional: HashMap<Key, Vector>,
    /// What the present snapshot is made of, in its order.
    parts: Vec<Arc<TranscriptPart>>,
    published: Arc<Published>,
    /// The sources that are withdrawn for the present snapshot.
    withdrawn: Arc<WithdrawnSources>,
    /// The folder as it was listed for the present snapshot.
    shown: Option<FolderScan>,
    /// Whether a thread is embedding what has no vector yet. It takes in what is added meanwhile.
    pub(super) is_filling: bool,
}

/// A text that has no vector yet.
pub(crate) type MissingText = (Key, String);

impl LibraryWriter {
    pub(crate) fn new(store: SourceStore, encoder: Arc<Encoder>, published: Arc<Published>) -> Self {
        Self {
            store,
            encoder,
            vectors: HashMap::new(),
            provisional: HashMap::new(),
            parts: Vec::new(),
            published,
            withdrawn: Arc::default(),
            shown: None,
            is_filling: false,
        }
    }

    /// The texts without a vector, each once.
    pub(crate) fn missing(&mut self) -> Result<Vec<MissingText>, Error> {
        let state = self.store.state()?;
        self.load_vectors(&state);
        let (mut seen, mut missing) = (HashSet::new(), Vec::new());
        for reading in &state.readings {
            if self.is_embedded(reading) {
                continue;
            }
            for (key, text) in reading.keys.iter().zip(reading.indexed.embedded(&reading.transcript)) {
                if !self.vectors.contains_key(key) && seen.insert(*key) {
                    missing.push((*key, text.into_owned()));
                }
            }
        }
        Ok(missing)
    }

    /// Keeps the vectors of texts that are still in the library: somebody may have withdrawn some while they were
    /// embedded. Returns whether all are still in it.
    pub(crate) fn keep_vectors(&mut self, made: Vec<(Key, Vec<f32>)>) -> Result<bool, Error> {
        let state = self.store.state()?;
        let (here, all) = (state.keys(), made.len());
        let kept: Vec<(Key, Vec<f32>)> = made.into_iter().filter(|(key, _)| here.contains(key)).collect();
        if !kept.is_empty() {
            self.store.vectors().put(&kept);
        }
        let are_all = kept.len() == all;
        let (keys, vectors): (Vec<Key>, Vec<Vec<f32>>) = kept.into_iter().unzip();
        for key in &keys {
            self.provisional.remove(key);
        }
        self.vectors.extend(keys.into_iter().zip(Vector::pack(&vectors)));
        Ok(are_all)
    }

    /// Takes provisional vectors of texts that are still in the library.
    pub(super) fn take_provisional(&mut self, keys: Vec<Key>, vectors: &[Vec<f32>]) -> Result<(), Error> {
        let state = self.store.state()?;
        let made = keys.into_iter().zip(Vector::pack(vectors));
        let is_wanted = |key: &Key| state.keys().contains(key) && !self.vectors.contains_key(key);
        let made: Vec<(Key, Vector)> = made.filter(|(key, _)| is_wanted(key)).collect();
        self.provisional.extend(made);
        Ok(())
    }

    /// Whether a text has a provisional vector.
    pub(super) fn has_provisional(&self, key: &Key) -> bool {
        self.provisional.contains_key(key)
    }

    /// Publishes a snapshot of all that is in the library and embedded. The folder is not listed for it.
    pub(crate) fn publish(&mut self) -> Result<(), Error> {
        let state = self.store.state();
        self.published.withdrawals.store(self.store.withdrawals());
        let state = state?;
        self.load_vectors(&state);
        let ready: Vec<Arc<SourceReading>> =
            state.readings.iter().filter(|reading| self.is_ready(reading)).map(Arc::clone).collect();
        let listing = self.store.list(&state, |reading| self.is_ready(reading));
        let coming = state.readings.len() - ready.len();
        let additions = listing.additions();
        if self.is_published(&ready, &state, &additions) {
            self.published.corpus.load().coming.store(coming, Ordering::Relaxed);
        } else {
            let words = self.store.words(&ready)?;
            self.parts = self.parts_of(&ready);
            let earlier = self.published.corpus.load_full();
            let mut corpus = corpus(&self.parts, words, Arc::clone(&self.encoder), Some(&earlier.index));
            corpus.index.proposer = self.proposer(&ready);
            corpus.index.passages.keep_graph_at(|| self.store.graph_place("passages"));
            corpus.index.questions.keep_graph_at(|| self.store.graph_place("questions"));
            corpus.additions = additions;
            self.withdrawn = Arc::new(state.withdrawn.clone());
            corpus.withdrawn = Arc::<WithdrawnSources>::clone(&self.withdrawn) as _;
            corpus.coming = coming.into();
            corpus.gone = ready.iter().map(|reading| reading.gone.clone()).collect();
            self.published.corpus.store(Arc::new(corpus));
        }
        self.published.listing.store(Arc::new(listing));
        self.shown = Some(self.store.scan.clone());
        Ok(())
    }

    /// Whether a folder that was listed so is published already.
    pub(super) fn shows(&self, now: &FolderScan) -> bool {
        self.shown.as_ref() == Some(now)
    }

    /// The parts of these transcripts. Those that are in the present snapshot are taken over.
    fn parts_of(&self, ready: &[Arc<SourceReading>]) -> Vec<Arc<TranscriptPart>> {
        let before: HashMap<*const Transcript, &Arc<TranscriptPart>> =
            self.parts.iter().map(|part| (Arc::as_ptr(&part.transcript), part)).collect();
        let part = |reading: &Arc<SourceReading>| {
            let known = before.get(&Arc::as_ptr(&reading.transcript));
            if let Some(part) = known.filter(|part| part.provisional() == self.not_embedded(reading)) {
                return Arc::clone(part);
            }
            let vector = |key: &Key| {
                let own = self.vectors.get(key).map(|vector| (vector.clone(), false));
                own.or_else(|| self.provisional.get(key).map(|vector| (vector.clone(), true)))
            };
            let vectors = PartVectors::of(reading.keys.iter().filter_map(vector));
            if let Some(part) = known {
                return Arc::new(part.with(vectors));
            }
            let (transcript, indexed) = (Arc::clone(&reading.transcript), Arc::clone(&reading.indexed));
            Arc::new(TranscriptPart::new(transcript, indexed, vectors))
        };
        ready.iter().map(part).collect()
    }

    /// The vector of a text, if it is known.
    pub(super) fn vector(&self, key: &Key) -> Option<&Vector> {
        self.vectors.get(key)
    }

    /// Whether all its texts have a vector, which may be provisional.
    fn is_ready(&self, reading: &SourceReading) -> bool {
        reading.keys.iter().all(|key| self.vectors.contains_key(key) || self.provisional.contains_key(key))
    }

    /// Whether all its texts are embedded.
    pub(super) fn is_embedded(&self, reading: &SourceReading) -> bool {
        reading.keys.iter().all(|key| self.vectors.contains_key(key))
    }

    /// The SHA-256 of the sources of which all texts are embedded.
    pub(super) fn embedded(&mut self) -> Result<HashSet<String>, Error> {
        let state = self.store.state()?;
        let embedded = state.readings.iter().filter(|reading| self.is_embedded(reading));
        Ok(embedded.map(|reading| reading.sha256().to_owned()).collect())
    }

    /// How many of its texts are not embedded.
    fn not_embedded(&self, reading: &SourceReading) -> usize {
        if self.provisional.is_empty() {
            return 0;
        }
        reading.keys.iter().filter(|key| !self.vectors.contains_key(*key)).count()
    }

    /// Takes known vectors from the cache, and lets go of those of texts that are no longer here.
    fn load_vectors(&mut self, state: &LibraryState) {
        let here = state.keys();
        self.vectors.retain(|key, _| here.contains(key));
        self.provisional.retain(|key, _| here.contains(key));
        self.store.finish_forgetting(state);
        // They stay in the order of the texts, so that a scan reads on.
        let mut seen = HashSet::new();
        let all = state.readings.iter().flat_map(|reading| reading.keys.iter().copied());
        let is_unknown = |key: &Key| !self.vectors.contains_key(key) && !self.provisional.contains_key(key);
        let unknown: Vec<Key> = all.filter(|key| is_unknown(key) && seen.insert(*key)).collect();
        if !unknown.is_empty() {
            let found = self.store.vectors().get(&unknown);
            let found = unknown.into_iter().zip(found).filter_map(|(key, vector)| Some((key, vector?)));
            let (keys, vectors): (Vec<Key>, Vec<Vec<f32>>) = found.unzip();
            self.vectors.extend(keys.into_iter().zip(Vector::pack(&vectors)));
        }
    }

    /// Whether the present snapshot is made of exactly these.
    fn is_published(&self, ready: &[Arc<SourceReading>], state: &LibraryState, additions: &Additions) -> bool {
        let now = self.published.corpus.load();
        now.transcripts.len() == ready.len()
            && *self.withdrawn == state.withdrawn
            && now.additions == *additions
            && now.transcripts.iter().zip(ready).all(|(now, reading)| Arc::ptr_eq(now, &reading.transcript))
            && self.parts.iter().zip(ready).all(|(part, reading)| part.provisional() == self.not_embedded(reading))
    }
}
