//! An open library, which threads share. Readers take the present snapshots and never wait. A change waits for its
//! turn at the one writer.

use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use arc_swap::ArcSwap;

use super::add_outcome::AddOutcome;
use super::addition_report::AdditionReport;
use super::health::{Health, SharedHealth};
use super::limits::LibraryLimits;
use super::listing::Listing;
use super::location::LibraryLocation;
use super::progress::{Progress, WorkInProgress};
use super::published::Published;
use super::sources::SourceStore;
use super::withdrawals::Withdrawals;
use super::writer::LibraryWriter;
use crate::error::Error;
use crate::lock::locked;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::Encoder;

/// An open library.
pub struct Library {
    pub(super) published: Arc<Published>,
    /// The owner of all that can change.
    writer: Mutex<LibraryWriter>,
    /// Tells that nobody fills the library any more.
    pub(super) filled: Condvar,
    pub(super) encoder: Arc<Encoder>,
    /// One addition at a time.
    adding: Mutex<()>,
    report: ArcSwap<Vec<Arc<AddOutcome>>>,
    pub(super) work: WorkInProgress,
    pub(super) health: SharedHealth,
    place: LibraryLocation,
    limits: LibraryLimits,
}

impl Library {
    /// Opens a library. Transcripts whose vectors are in the cache can be searched at once.
    /// [`Library::fill`] does the rest.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(store: SourceStore, encoder: Arc<Encoder>) -> Result<Self, Error> {
        let mut store = store.encoded_by(encoder.fingerprint());
        store.refresh()?;
        let empty = super::index_builder::build(Vec::new(), Arc::clone(&encoder))?;
        let published = Arc::new(Published::new(empty, store.withdrawals()));
        let (place, limits) = (store.place.clone(), store.limits);
        let mut writer = LibraryWriter::new(store, Arc::clone(&encoder), Arc::clone(&published));
        writer.publish()?;
        Ok(Self {
            published,
            writer: Mutex::new(writer),
            filled: Condvar::new(),
            encoder,
            adding: Mutex::default(),
            report: ArcSwap::default(),
            work: WorkInProgress::default(),
            health: SharedHealth::default(),
            place,
            limits,
        })
    }

    /// The place of the present snapshot, now and later.
    pub fn corpus(&self) -> Arc<ArcSwap<Corpus>> {
        Arc::clone(&self.published.corpus)
    }

    /// The list of transcripts and of unread files.
    pub fn listing(&self) -> Arc<Listing> {
        self.published.listing.load_full()
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
        self.work.stop();
    }

    /// The outcomes of the files that were added last, without what was withdrawn since.
    pub fn report(&self) -> Vec<AddOutcome> {
        let (listing, withdrawals) = (self.listing(), self.withdrawals());
        let withdrawn = Arc::clone(&self.published.corpus.load().withdrawn);
        let seen = self.report.load();
        seen.iter().filter_map(|outcome| outcome.as_listed(&listing, withdrawn.as_ref(), &withdrawals)).collect()
    }

    /// The marks of withdrawn words.
    pub fn withdrawals(&self) -> Arc<Withdrawals> {
        self.published.withdrawals.load_full()
    }

    /// Its limits.
    pub fn limits(&self) -> LibraryLimits {
        self.limits
    }

    /// Publishes a snapshot of all that is on disk and embedded.
    ///
    /// # Errors
    /// If the folder cannot be read or the index cannot be built.
    pub fn assemble(&self) -> Result<(), Error> {
        let mut writer = self.writer();
        writer.store.refresh()?;
        writer.publish()
    }

    /// The owner of all that can change. Nobody keeps it while the encoder works.
    pub(super) fn writer(&self) -> MutexGuard<'_, LibraryWriter> {
        locked(&self.writer)
    }

    /// Begins the report of an addition, when no other addition is under way.
    pub(super) fn begin_report(&self) -> AdditionReport<'_> {
        let turn = locked(&self.adding);
        AdditionReport::new(&self.report, turn)
    }

    /// Where it is.
    pub(super) fn place(&self) -> &LibraryLocation {
        &self.place
    }

    /// Its folder or file.
    pub(super) fn root(&self) -> &Path {
        self.place.path()
    }

    /// Its folder; `None` if it is one file.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.place.folder()
    }
}
