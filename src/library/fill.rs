//! Embeds what has no vector yet. The encoder works without the writer, so that a change never waits for more than
//! one batch to be put down. One thread embeds at a time, and takes in what others change meanwhile.

use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};

use super::handle::Library;
use super::library_state::LibraryState;
use super::progress::{PieceOfWork, Progress};
use super::writer::{LibraryWriter, MissingText};
use crate::error::Error;
use crate::library::store::vector_cache::Key;

/// How many texts are embedded and kept together. The work may stop after each batch.
const TEXTS_PER_BATCH: usize = 64;
/// Long work publishes what it has so far this often,
const PUBLISH_INTERVAL: Duration = Duration::from_secs(20);
/// and spends at most this part of its time on it.
const PUBLISHING: u32 = 20;
/// How many provisional vectors are made together. They are held in full only meanwhile.
const PROVISIONAL: usize = 8_192;

/// The turn to embed. It ends when this value is dropped, even by a panic.
struct FillTurn<'a> {
    library: &'a Library,
    has_ended: bool,
}

impl FillTurn<'_> {
    /// Ends the turn while nobody else changes anything.
    fn end(mut self, writer: &mut LibraryWriter) {
        writer.is_filling = false;
        self.has_ended = true;
        self.library.filled.notify_all();
    }
}

impl Drop for FillTurn<'_> {
    fn drop(&mut self) {
        if !self.has_ended {
            self.library.writer().is_filling = false;
            self.library.filled.notify_all();
        }
    }
}

/// How far the embedding has come.
struct Filling<'a> {
    turn: FillTurn<'a>,
    began: Instant,
    /// When the last snapshot was published, and how long that took.
    shown: Instant,
    took: Duration,
    done: usize,
}

impl Library {
    /// Embeds what is not in the cache yet, then publishes the new snapshot.
    ///
    /// # Errors
    /// [`Error::Cancelled`] when it was stopped. Otherwise when the folder cannot be read, or the
    /// encoder or the index fails.
    pub fn fill(&self, mut tell: impl FnMut(Progress)) -> Result<(), Error> {
        let filling = Filling::new(self.fill_turn());
        // Work begins only if something is missing, and ends when it is in place.
        self.embed(filling, true, &mut tell, &mut None)
    }

    /// Embeds what a change left without a vector, then publishes. A thread that embeds already does the first.
    pub(super) fn fill_rest(&self) -> Result<(), Error> {
        let turn = {
            let mut writer = self.writer();
            if writer.is_filling {
                return writer.publish();
            }
            writer.is_filling = true;
            FillTurn { library: self, has_ended: false }
        };
        self.embed(Filling::new(turn), false, &mut |_| {}, &mut None)
    }

    /// The same as a part of longer work, when nobody else embeds.
    pub(super) fn fill_within<'a>(&'a self, work: &mut Option<PieceOfWork<'a>>) -> Result<(), Error> {
        self.embed(Filling::new(self.fill_turn()), false, &mut |_| {}, work)
    }

    /// Waits for the turn to embed.
    fn fill_turn(&self) -> FillTurn<'_> {
        let mut writer = self.writer();
        while writer.is_filling {
            writer = self.filled.wait(writer).unwrap_or_else(PoisonError::into_inner);
        }
        writer.is_filling = true;
        FillTurn { library: self, has_ended: false }
    }

    /// Embeds until nothing is missing, and publishes. `looks` tells whether files that come meanwhile are taken in,
    /// too.
    fn embed<'a>(
        &'a self,
        mut filling: Filling<'_>,
        looks: bool,
        tell: &mut impl FnMut(Progress),
        work: &mut Option<PieceOfWork<'a>>,
    ) -> Result<(), Error> {
        loop {
            let mut writer = self.writer();
            if looks {
                writer.store.refresh()?;
            }
            let missing = writer.missing()?;
            let missing = if missing.is_empty() { missing } else { writer.take_stored(missing)? };
            if missing.is_empty() {
                let published = writer.publish();
                // A change that comes later finds that nobody embeds any more.
                filling.turn.end(&mut writer);
                drop(writer);
                self.hand_over();
                return published;
            }
            let known = writer.store.state()?;
            drop(writer);
            self.find_provisionally(&missing)?;
            let total = filling.done + missing.len();
            let work = work.get_or_insert_with(|| self.work.begin());
            for batch in missing.chunks(TEXTS_PER_BATCH) {
                let progress = Progress::new(filling.done, total, filling.began);
                self.work.tell(progress);
                tell(progress);
                if work.is_stopped() {
                    return Err(Error::Cancelled);
                }
                if !self.embed_batch(batch, &mut filling, &known)? {
                    break;
                }
            }
            tell(Progress::new(filling.done, total, filling.began));
        }
    }

    /// Makes provisional vectors where many texts have none, and publishes them. [`Library::fill`] replaces them.
    ///
    /// # Errors
    /// If the folder cannot be read, or the encoder or the index fails.
    pub fn fill_provisionally(&self) -> Result<(), Error> {
        let missing = {
            let mut writer = self.writer();
            let missing = writer.missing()?;
            if missing.is_empty() { missing } else { writer.take_stored(missing)? }
        };
        self.find_provisionally(&missing)
    }

    /// The same for texts that are known to be missing.
    fn find_provisionally(&self, missing: &[MissingText]) -> Result<(), Error> {
        let new: Vec<&MissingText> = {
            let writer = self.writer();
            if writer.store.provisional_from.is_none_or(|from| missing.len() < from) {
                return Ok(());
            }
            missing.iter().filter(|(key, _)| !writer.has_provisional(key)).collect()
        };
        for some in new.chunks(PROVISIONAL) {
            let texts: Vec<&str> = some.iter().map(|(_, text)| text.as_str()).collect();
            let vectors = self.encoder.embed_provisionally(&texts)?;
            let keys: Vec<Key> = some.iter().map(|(key, _)| *key).collect();
            self.writer().take_provisional(keys, &vectors)?;
        }
        if new.is_empty() { Ok(()) } else { self.writer().publish() }
    }

    /// Embeds a batch. Returns whether the rest of what is missing is as it was known to be.
    fn embed_batch(
        &self,
        batch: &[MissingText],
        filling: &mut Filling<'_>,
        known: &Arc<LibraryState>,
    ) -> Result<bool, Error> {
        let texts: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
        let vectors = self.encoder.embed(&texts)?;
        let made = batch.iter().map(|(key, _)| *key).zip(vectors).collect();
        let mut writer = self.writer();
        let is_here = writer.keep_vectors(made)?;
        filling.done += batch.len();
        if is_here && filling.shown.elapsed() > PUBLISH_INTERVAL.max(filling.took * PUBLISHING) {
            let began = Instant::now();
            writer.publish()?;
            (filling.shown, filling.took) = (Instant::now(), began.elapsed());
        }
        // What others changed must be found provisionally at once, and not wait behind all the rest.
        let waits = writer.store.provisional_from.is_none() || Arc::ptr_eq(known, &writer.store.state()?);
        Ok(is_here && waits)
    }
}

impl<'a> Filling<'a> {
    fn new(turn: FillTurn<'a>) -> Self {
        let now = Instant::now();
        Self { turn, began: now, shown: now, took: Duration::ZERO, done: 0 }
    }
}
