//! Embeds what has no vector yet. The encoder works without the writer, so that a change never waits for more than
//! one batch to be put down. One thread embeds at a time, and takes in what others change meanwhile.

use std::sync::PoisonError;
use std::time::{Duration, Instant};

use super::handle::Library;
use super::progress::{PieceOfWork, Progress};
use super::writer::{LibraryWriter, MissingText};
use crate::error::Error;

/// How many texts are embedded and kept together. The work may stop after each batch.
const BATCH: usize = 64;
/// Long work publishes what it has so far this often.
const SHOWN: Duration = Duration::from_secs(20);

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
    /// When the last snapshot was published.
    shown: Instant,
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
            drop(writer);
            let total = filling.done + missing.len();
            let work = work.get_or_insert_with(|| self.work.begin());
            for batch in missing.chunks(BATCH) {
                let progress = Progress::new(filling.done, total, filling.began);
                self.work.tell(progress);
                tell(progress);
                if work.is_stopped() {
                    return Err(Error::Cancelled);
                }
                if !self.embed_batch(batch, &mut filling)? {
                    break;
                }
            }
            tell(Progress::new(filling.done, total, filling.began));
        }
    }

    /// Embeds a batch. Returns whether all of it is still in the library.
    fn embed_batch(&self, batch: &[MissingText], filling: &mut Filling<'_>) -> Result<bool, Error> {
        let texts: Vec<&str> = batch.iter().map(|(_, text)| text.as_str()).collect();
        let vectors = self.encoder.embed(&texts)?;
        let made = batch.iter().map(|(key, _)| *key).zip(vectors).collect();
        let mut writer = self.writer();
        let is_here = writer.keep_vectors(made)?;
        filling.done += batch.len();
        if is_here && filling.shown.elapsed() > SHOWN {
            writer.publish()?;
            filling.shown = Instant::now();
        }
        Ok(is_here)
    }
}

impl<'a> Filling<'a> {
    fn new(turn: FillTurn<'a>) -> Self {
        let now = Instant::now();
        Self { turn, began: now, shown: now, done: 0 }
    }
}
