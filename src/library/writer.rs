//! A library that is open: what is on disk, and the snapshot made from it.
//! Queries never wait for it: they keep the snapshot they started with, and
//! each new one is put in place whole.

use std::collections::{HashMap, HashSet};
use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use arc_swap::ArcSwap;

use super::add::Outcome;
use super::health::{self, Health};
use super::index_builder::{build_from, material};
use super::limits::Limits;
use super::listing::Listing;
use super::progress::{Progress, Work};
use super::source::Reading;
use super::sources::{Shelved, Stock, locked};
use super::withdrawals::Withdrawals;
use crate::error::Error;
use crate::library::store::vector_cache::{self, Key, VectorCache};
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::Encoder;

/// Texts embedded between two looks at whether to stop, and kept together.
const BATCH: usize = 64;
/// Long work shows what it has so far this often.
const SHOWN: Duration = Duration::from_secs(20);

/// An open library.
pub struct Shelf {
    pub(crate) stock: Stock,
    encoder: Arc<Encoder>,
    /// With where it is, which changes when the folder is made.
    cache: Mutex<(Option<PathBuf>, VectorCache)>,
    corpus: Arc<ArcSwap<Corpus>>,
    listing: ArcSwap<Listing>,
    /// One snapshot is made at a time, so that none replaces a newer one.
    assembling: Mutex<()>,
    filling: Mutex<()>,
    pub(crate) adding: Mutex<()>,
    pub(crate) work: Work,
    pub(crate) report: Mutex<Vec<Outcome>>,
    pub(crate) health: health::Kept,
}

impl Shelf {
    /// Opens a library; what is in the cache already can be searched at once,
    /// [`Shelf::fill`] does the rest.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(stock: Stock, encoder: Arc<Encoder>) -> Result<Self, Error> {
        let empty = super::index_builder::build(Vec::new(), Arc::clone(&encoder))?;
        let cache = Mutex::new((stock.cache(), VectorCache::open(stock.cache(), encoder.fingerprint())));
        let shelf = Self {
            stock,
            encoder,
            cache,
            corpus: Arc::new(ArcSwap::from_pointee(empty)),
            listing: ArcSwap::default(),
            assembling: Mutex::default(),
            filling: Mutex::default(),
            adding: Mutex::default(),
            work: Work::default(),
            report: Mutex::default(),
            health: health::Kept::default(),
        };
        shelf.assemble()?;
        Ok(shelf)
    }

    /// Where the present snapshot is found, now and later.
    pub fn corpus(&self) -> Arc<ArcSwap<Corpus>> {
        Arc::clone(&self.corpus)
    }

    /// What there is.
    pub fn listing(&self) -> Arc<Listing> {
        self.listing.load_full()
    }

    /// How far the work has come that is under way.
    pub fn progress(&self) -> Option<Progress> {
        self.work.now()
    }

    /// How the work behind the page is.
    pub fn health(&self) -> Health {
        self.health.now()
    }

    /// Stops the work that is under way.
    pub fn cancel(&self) {
        self.work.stop(true);
    }

    /// What came of the files that were added last.
    pub fn report(&self) -> Vec<Outcome> {
        locked(&self.report).clone()
    }

    /// The marks of withdrawn words.
    pub fn withdrawals(&self) -> Arc<Withdrawals> {
        self.stock.decided().1
    }

    /// The bounds it keeps.
    pub fn limits(&self) -> Limits {
        self.stock.limits
    }

    /// Embeds what is not in the cache yet, then puts the new snapshot in place.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when it was stopped; else when the encoder fails.
    pub fn fill(&self, mut tell: impl FnMut(Progress)) -> Result<(), Error> {
        let _one = locked(&self.filling);
        let filled = self.embed_missing(&mut tell);
        self.work.tell(None);
        filled.and_then(|()| self.assemble())
    }

    fn embed_missing(&self, tell: &mut impl FnMut(Progress)) -> Result<(), Error> {
        let (began, mut shown) = (Instant::now(), Instant::now());
        let mut done = 0;
        // Again, because more may have come, or gone, while it worked.
        loop {
            let withdrawals = self.stock.withdrawals();
            let missing = self.missing(&self.stock.shelved()?);
            if missing.is_empty() {
                return Ok(());
            }
            let total = done + missing.len();
            for batch in missing.chunks(BATCH) {
                let progress = Progress::new(done, total, began);
                self.work.tell(Some(progress));
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

    /// The texts that no vector is known of, each once.
    fn missing(&self, shelved: &Shelved) -> Vec<(Key, String)> {
        let mut known = self.known(shelved);
        let mut missing = Vec::new();
        for reading in &shelved.readings {
            if reading.keys.iter().all(|key| known.contains_key(key)) {
                continue;
            }
            let (material, ..) = material(std::slice::from_ref(&reading.transcript));
            for (key, text) in reading.keys.iter().zip(material.texts()) {
                if known.insert(*key, Vec::new()).is_none() {
                    missing.push((*key, text.to_owned()));
                }
            }
        }
        missing
    }

    fn known(&self, shelved: &Shelved) -> HashMap<Key, Vec<f32>> {
        let keys: HashSet<Key> = shelved.readings.iter().flat_map(|reading| reading.keys.iter().copied()).collect();
        let keys: Vec<Key> = keys.into_iter().collect();
        let found = locked(&self.cache).1.get(&keys);
        keys.into_iter().zip(found).filter_map(|(key, vector)| Some((key, vector?))).collect()
    }

    /// Puts a snapshot in place of all that is on disk and embedded.
    ///
    /// # Errors
    /// When the folder cannot be read or the index not be built.
    pub fn assemble(&self) -> Result<(), Error> {
        let _one = locked(&self.assembling);
        let shelved = self.stock.shelved()?;
        self.follow_folder();
        let known = self.known(&shelved);
        let is_ready = |reading: &Reading| reading.keys.iter().all(|key| known.contains_key(key));
        let ready: Vec<Arc<Reading>> = shelved.readings.iter().filter(|r| is_ready(r)).map(Arc::clone).collect();
        let listing = shelved.list(&self.stock.attributes(), is_ready);
        let coming = shelved.readings.len() - ready.len();
        if self.is_in_place(&ready, &shelved) {
            self.corpus.load().coming.store(coming, Ordering::Relaxed);
        } else {
            let transcripts = ready.iter().map(|reading| Arc::clone(&reading.transcript)).collect();
            let mut corpus = build_from(transcripts, Arc::clone(&self.encoder), |texts| self.vectors(&known, texts))?;
            corpus.withdrawn = shelved.withdrawn;
            corpus.coming = coming.into();
            corpus.gone = ready.iter().map(|reading| reading.gone.clone()).collect();
            self.corpus.store(Arc::new(corpus));
        }
        self.listing.store(Arc::new(listing));
        Ok(())
    }

    /// The cache is in the folder, which may have been made or locked since.
    fn follow_folder(&self) {
        let (now, mut cache) = (self.stock.cache(), locked(&self.cache));
        if cache.0 != now {
            *cache = (now.clone(), VectorCache::open(now, self.encoder.fingerprint()));
        }
    }

    fn vectors(&self, known: &HashMap<Key, Vec<f32>>, texts: &[&str]) -> Result<Vec<Vec<f32>>, Error> {
        let found: Option<Vec<Vec<f32>>> =
            texts.iter().map(|text| known.get(&vector_cache::key(text)).cloned()).collect();
        found.map_or_else(|| self.encoder.embed(texts), Ok)
    }

    /// Whether the present snapshot is of these already.
    fn is_in_place(&self, ready: &[Arc<Reading>], shelved: &Shelved) -> bool {
        let now = self.corpus.load();
        now.transcripts.len() == ready.len()
            && now.withdrawn == shelved.withdrawn
            && now.transcripts.iter().zip(ready).all(|(now, reading)| Arc::ptr_eq(now, &reading.transcript))
    }

    /// Forgets the vectors of words that are no longer here.
    pub(crate) fn forget(&self) -> Result<(), Error> {
        let keep = self.stock.keys()?;
        locked(&self.cache).1.retain(&keep);
        Ok(())
    }
}
