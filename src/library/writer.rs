//! An open library: what is on disk, and the snapshot made from it. Queries never wait for it. They
//! keep the snapshot they started with, and each new snapshot is put in place whole.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;

use super::add_outcome::AddOutcome;
use super::health::{self, Health};
use super::index_builder::{Indexed, corpus};
use super::library_state::LibraryState;
use super::limits::LibraryLimits;
use super::listing::Listing;
use super::progress::{PieceOfWork, Progress, WorkInProgress};
use super::source::SourceReading;
use super::sources::SourceStore;
use super::withdrawals::Withdrawals;
use crate::error::Error;
use crate::library::store::vector_cache::{Key, VectorCache};
use crate::lock::locked;
use crate::retrieval::corpus::{Additions, Corpus};
use crate::retrieval::encoder::Encoder;
use crate::retrieval::lexical::Snapshot;
use crate::retrieval::vectors::{Vector, VectorIndex};
use crate::transcript::Transcript;

/// How many texts are embedded and kept together. The work may stop after each batch.
const BATCH: usize = 64;
/// Long work publishes what it has so far this often.
const SHOWN: Duration = Duration::from_secs(20);

/// An open library.
pub struct Library {
    pub(crate) stock: SourceStore,
    pub(crate) encoder: Arc<Encoder>,
    /// The cache and its path. The path changes when the folder is made.
    pub(crate) cache: Mutex<(Option<PathBuf>, VectorCache)>,
    corpus: Arc<ArcSwap<Corpus>>,
    placed: Mutex<Placed>,
    listing: ArcSwap<Listing>,
    /// One snapshot is made at a time, so that none replaces a newer one.
    assembling: Mutex<()>,
    filling: Mutex<()>,
    pub(crate) adding: Mutex<()>,
    pub(crate) work: WorkInProgress,
    pub(crate) report: Mutex<Vec<AddOutcome>>,
    pub(crate) health: health::SharedHealth,
}

/// A snapshot, and the readings it was made of, in its order.
#[derive(Clone)]
struct Placed {
    readings: Vec<Arc<SourceReading>>,
    corpus: Arc<Corpus>,
}

impl Library {
    /// Opens a library. Transcripts whose vectors are in the cache can be searched at once.
    /// [`Library::fill`] does the rest.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(stock: SourceStore, encoder: Arc<Encoder>) -> Result<Self, Error> {
        let empty = Arc::new(super::index_builder::build(Vec::new(), Arc::clone(&encoder))?);
        let cache = Mutex::new((stock.cache(), VectorCache::open(stock.cache(), encoder.fingerprint())));
        let shelf = Self {
            stock,
            encoder,
            cache,
            corpus: Arc::new(ArcSwap::new(Arc::clone(&empty))),
            placed: Mutex::new(Placed { readings: Vec::new(), corpus: empty }),
            listing: ArcSwap::default(),
            assembling: Mutex::default(),
            filling: Mutex::default(),
            adding: Mutex::default(),
            work: WorkInProgress::default(),
            report: Mutex::default(),
            health: health::SharedHealth::default(),
        };
        shelf.assemble()?;
        Ok(shelf)
    }

    /// The place of the present snapshot, now and later.
    pub fn corpus(&self) -> Arc<ArcSwap<Corpus>> {
        Arc::clone(&self.corpus)
    }

    /// The list of transcripts and of unread files.
    pub fn listing(&self) -> Arc<Listing> {
        self.listing.load_full()
    }

    /// The progress of the work that is under way.
    pub fn progress(&self) -> Option<Progress> {
        self.work.now()
    }

    /// The state of the background work.
    pub fn health(&self) -> Health {
        self.health.now()
    }

    /// Stops the work that is under way.
    pub fn cancel(&self) {
        self.work.stop(true);
    }

    /// The outcomes of the files that were added last.
    pub fn report(&self) -> Vec<AddOutcome> {
        locked(&self.report).clone()
    }

    /// The marks of withdrawn words.
    pub fn withdrawals(&self) -> Arc<Withdrawals> {
        self.stock.decided().1
    }

    /// Its limits.
    pub fn limits(&self) -> LibraryLimits {
        self.stock.limits
    }

    /// Embeds what is not in the cache yet, then puts the new snapshot in place.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when it was stopped. Otherwise when the folder cannot be read, or the
    /// encoder or the index fails.
    pub fn fill(&self, mut tell: impl FnMut(Progress)) -> Result<(), Error> {
        let _one = locked(&self.filling);
        // Work begins only if something is missing, and ends when it is in place.
        let mut work = None;
        self.embed_missing(&mut tell, &mut work)?;
        self.assemble()?;
        self.hand_over();
        Ok(())
    }

    /// Embeds what a withdrawal left without a vector, as a question that is read without the one before now.
    /// Work that is under way finds it by itself.
    pub(crate) fn fill_rest(&self) {
        if self.filling.try_lock().is_err() {
            return;
        }
        if self.adding.try_lock().is_ok() {
            // An earlier cancellation does not concern this work.
            self.work.stop(false);
        }
        if let Err(error) = self.fill(|_| {}) {
            tracing::warn!("{error}");
        }
    }

    fn embed_missing<'a>(
        &'a self,
        tell: &mut impl FnMut(Progress),
        work: &mut Option<PieceOfWork<'a>>,
    ) -> Result<(), Error> {
        let (began, mut shown) = (Instant::now(), Instant::now());
        let mut done = 0;
        // It loops, because files may come or go while it works.
        loop {
            let withdrawals = self.stock.withdrawals();
            let state = self.stock.shelved()?;
            let missing = self.take_stored(&state, self.missing(&state))?;
            if missing.is_empty() {
                return Ok(());
            }
            let total = done + missing.len();
            work.get_or_insert_with(|| self.work.begin());
            for batch in missing.chunks(BATCH) {
                let progress = Progress::new(done, total, began);
                self.work.tell(progress);
                tell(progress);
                if self.work.is_stopped() {
                    return Err(Error::Cancelled);
                }
                let texts: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
                let vectors = self.encoder.embed(&texts)?;
                let made: Vec<(Key, Vec<f32>)> = batch.iter().map(|(key, _)| *key).zip(vectors).collect();
                locked(&self.cache).1.put(&made);
                done += batch.len();
                if self.stock.withdrawals() != withdrawals {
                    // Some of these words may have been withdrawn while they were embedded.
                    self.forget()?;
                    break;
                }
                if shown.elapsed() > SHOWN {
                    self.assemble()?;
                    shown = Instant::now();
                }
            }
            tell(Progress::new(done, total, began));
        }
    }

    /// The texts without a known vector, each once.
    fn missing(&self, shelved: &LibraryState) -> Vec<(Key, String)> {
        let mut known: HashSet<Key> = self.known(shelved).into_keys().collect();
        let mut missing = Vec::new();
        for reading in &shelved.readings {
            if reading.keys.iter().all(|key| known.contains(key)) {
                continue;
            }
            for (key, text) in reading.keys.iter().zip(reading.indexed.embedded(&reading.transcript)) {
                if known.insert(*key) {
                    missing.push((*key, text.into_owned()));
                }
            }
        }
        missing
    }

    /// The known vectors: those of the present snapshot, and those in the cache.
    pub(crate) fn known(&self, shelved: &LibraryState) -> HashMap<Key, Vector> {
        let mut known = HashMap::new();
        let placed = locked(&self.placed).clone();
        let (mut questions, mut passages) =
            (placed.corpus.index.questions.vectors(), placed.corpus.index.passages.vectors());
        for reading in &placed.readings {
            let (asked, said) = reading.keys.split_at(reading.transcript.questions.len().min(reading.keys.len()));
            for (keys, vectors) in [(asked, &mut questions), (said, &mut passages)] {
                known.extend(keys.iter().copied().zip(vectors.iter().cloned()));
                *vectors = vectors.get(keys.len()..).unwrap_or_default();
            }
        }
        let all = shelved.readings.iter().flat_map(|reading| reading.keys.iter().copied());
        let others: HashSet<Key> = all.filter(|key| !known.contains_key(key)).collect();
        if !others.is_empty() {
            let others: Vec<Key> = others.into_iter().collect();
            let found = locked(&self.cache).1.get(&others);
            known.extend(others.into_iter().zip(found).filter_map(|(key, vector)| Some((key, vector?.into()))));
        }
        known
    }

    /// Makes a snapshot of all that is on disk and embedded, and puts it in place.
    ///
    /// # Errors
    /// When the folder cannot be read or the index cannot be built.
    pub fn assemble(&self) -> Result<(), Error> {
        let _one = locked(&self.assembling);
        let shelved = self.stock.shelved()?;
        self.follow_folder();
        let known = self.known(&shelved);
        let is_ready = |reading: &SourceReading| reading.keys.iter().all(|key| known.contains_key(key));
        let ready: Vec<Arc<SourceReading>> = shelved.readings.iter().filter(|r| is_ready(r)).map(Arc::clone).collect();
        let listing = shelved.list(&self.stock.attributes(), is_ready);
        let coming = shelved.readings.len() - ready.len();
        let additions = listing.additions();
        if self.is_in_place(&ready, &shelved, &additions) {
            self.corpus.load().coming.store(coming, Ordering::Relaxed);
        } else {
            let withdrawals = self.stock.decided().1;
            let words = locked(&self.stock.kept).words(&shelved.readings, &ready, &withdrawals)?;
            let mut corpus = self.made_of(&ready, words, &known);
            corpus.additions = additions;
            corpus.withdrawn = shelved.withdrawn;
            corpus.coming = coming.into();
            corpus.gone = ready.iter().map(|reading| reading.gone.clone()).collect();
            let corpus = Arc::new(corpus);
            self.corpus.store(Arc::clone(&corpus));
            *locked(&self.placed) = Placed { readings: ready, corpus };
        }
        self.listing.store(Arc::new(listing));
        Ok(())
    }

    fn made_of(&self, ready: &[Arc<SourceReading>], words: Snapshot, known: &HashMap<Key, Vector>) -> Corpus {
        let all: Vec<(Arc<Transcript>, &Indexed)> =
            ready.iter().map(|reading| (Arc::clone(&reading.transcript), &reading.indexed)).collect();
        let (mut questions, mut passages) = (Vec::new(), Vec::new());
        for reading in ready {
            let vectors = reading.keys.iter().filter_map(|key| known.get(key)).cloned();
            for (at, vector) in vectors.enumerate() {
                let of = if at < reading.transcript.questions.len() { &mut questions } else { &mut passages };
                of.push(vector);
            }
        }
        let proposer = self.proposer(ready);
        let passages = match &proposer {
            Some(_) => VectorIndex::unindexed(passages),
            None => VectorIndex::sharing(passages),
        };
        let mut corpus = corpus(&all, words, passages, VectorIndex::sharing(questions), Arc::clone(&self.encoder));
        corpus.index.proposer = proposer;
        corpus
    }

    /// Opens the cache anew if the folder was made or locked since.
    fn follow_folder(&self) {
        let (now, mut cache) = (self.stock.cache(), locked(&self.cache));
        if cache.0 != now {
            *cache = (now.clone(), VectorCache::open(now, self.encoder.fingerprint()));
        }
    }

    /// Whether the present snapshot is made of exactly these.
    fn is_in_place(&self, ready: &[Arc<SourceReading>], shelved: &LibraryState, additions: &Additions) -> bool {
        let now = self.corpus.load();
        now.transcripts.len() == ready.len()
            && now.withdrawn == shelved.withdrawn
            && now.additions == *additions
            && now.transcripts.iter().zip(ready).all(|(now, reading)| Arc::ptr_eq(now, &reading.transcript))
    }

    /// Forgets the vectors of texts that are no longer here.
    pub(crate) fn forget(&self) -> Result<(), Error> {
        let keep = self.stock.keys()?;
        locked(&self.cache).1.retain(&keep);
        Ok(())
    }
}
