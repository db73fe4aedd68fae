//! Copies of one model, so that all cores encode many texts and a query never waits longer than one
//! batch.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use fastembed::TextEmbedding;

use crate::error::Error;
use crate::lock::locked;

/// Longer passages are cut here, in tokens.
pub(super) const MAX_TOKENS: usize = 512;
/// Passages in one run of the model. More of them do not use the cache better, and need more padding.
const PASSAGES_PER_RUN: usize = 4;
/// The fewest texts for which another copy of the model is worth loading.
const MIN_TEXTS_FOR_ANOTHER_COPY: usize = 24;
/// The most copies of the model. Each holds the weights once more.
const MAX_COPIES: usize = 4;

/// Vectors with the positions of their texts.
type Share = Vec<(usize, Vec<f32>)>;
type Loader = dyn Fn() -> Result<TextEmbedding, Error> + Send + Sync;

/// A model, with as many copies as the work needs.
pub(super) struct Sessions {
    load: Box<Loader>,
    /// The copy that queries use first. It is always loaded.
    first: Mutex<TextEmbedding>,
    more: Vec<Mutex<Option<TextEmbedding>>>,
    /// Texts in one run. It is one if the model scales its numbers by the batch.
    batch: usize,
}

impl Sessions {
    /// Loads the first copy.
    pub(super) fn start(
        load: impl Fn() -> Result<TextEmbedding, Error> + Send + Sync + 'static,
        one_by_one: bool,
    ) -> Result<Self, Error> {
        let first = Mutex::new(load()?);
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let more = (1..cores.min(MAX_COPIES)).map(|_| Mutex::new(None)).collect();
        Ok(Self { load: Box::new(load), first, more, batch: if one_by_one { 1 } else { PASSAGES_PER_RUN } })
    }

    /// The tokens that the model reads of each text, in order.
    pub(super) fn tokens(&self, texts: &[String]) -> Result<Vec<Vec<u32>>, Error> {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let encoded = locked(&self.first).tokenizer.encode_batch_fast(texts, true);
        let encoded = encoded.map_err(|error| Error::Encoder(error.to_string()))?;
        // Tokens that only fill up a batch are masked.
        let of = |ids: &[u32], mask: &[u32]| {
            ids.iter().zip(mask).filter(|(_, read)| **read > 0).map(|(id, _)| *id).collect()
        };
        Ok(encoded.iter().map(|text| of(text.get_ids(), text.get_attention_mask())).collect())
    }

    /// One vector per text, in order. Texts of like length should be neighbours.
    pub(super) fn embed(&self, texts: &[&str]) -> Result<Vec<Vec<f32>>, Error> {
        let workers = (texts.len() / MIN_TEXTS_FOR_ANOTHER_COPY).clamp(1, 1 + self.more.len());
        let next = AtomicUsize::new(0);
        let shares: Vec<Result<Share, Error>> = thread::scope(|scope| {
            let helpers: Vec<_> = (1..workers)
                .map(|worker| {
                    scope.spawn({
                        let next = &next;
                        move || self.work(worker, texts, next)
                    })
                })
                .collect();
            let own = self.work(0, texts, &next);
            let stopped = || Err(Error::Encoder("one of its threads stopped".into()));
            std::iter::once(own)
                .chain(helpers.into_iter().map(|helper| helper.join().unwrap_or_else(|_| stopped())))
                .collect()
        });
        let mut vectors = vec![Vec::new(); texts.len()];
        for share in shares {
            for (at, vector) in share? {
                vectors[at] = vector;
            }
        }
        Ok(vectors)
    }

    /// Takes batches until none is left. The longest texts come first, so that all workers end
    /// together.
    fn work(&self, worker: usize, texts: &[&str], next: &AtomicUsize) -> Result<Share, Error> {
        let mut done = Vec::new();
        loop {
            let taken = next.fetch_add(self.batch, Ordering::Relaxed);
            if taken >= texts.len() {
                return Ok(done);
            }
            let end = texts.len() - taken;
            let start = end.saturating_sub(self.batch);
            done.extend((start..end).zip(self.run(worker, &texts[start..end])?));
        }
    }

    /// Runs one batch. The lock is free between batches, so that others can take it.
    fn run(&self, worker: usize, batch: &[&str]) -> Result<Vec<Vec<f32>>, Error> {
        let embed =
            |model: &mut TextEmbedding| model.embed(batch, None).map_err(|error| Error::Encoder(error.to_string()));
        // A panic elsewhere leaves the model usable.
        match worker.checked_sub(1).and_then(|at| self.more.get(at)) {
            None => embed(&mut locked(&self.first)),
            Some(copy) => {
                let mut copy = locked(copy);
                match copy.as_mut() {
                    Some(model) => embed(model),
                    None => embed(copy.insert((self.load)()?)),
                }
            }
        }
    }
}
