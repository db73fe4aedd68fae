//! Opens the library that a command works with.

use std::path::PathBuf;
use std::sync::Arc;

use super::progress_line::{ProgressLine, files_read};
use crate::config::{self, StoreAddress};
use crate::error::{Error, StoreError};
use crate::library::{Access, Library, LibraryLimits, LibraryLocation, SharedStore, SourceStore};
use crate::retrieval::encoder::{Encoder, EncoderChoice};
use crate::search;
use crate::transcript::ReadOptions;

/// The most passages that are embedded before the page opens, which takes a few seconds. More are found by provisional
/// vectors first, and embedded while the page is open.
const EMBEDDED_BEFORE_SERVING: usize = 400;
/// The most passages that get provisional vectors and their part of the word index before the page opens, which takes a few
/// seconds, too. More are found while it is open.
const FOUND_BEFORE_SERVING: usize = 20_000;

/// The library that the command line names, and how to read it.
pub(super) struct LibraryOptions {
    pub(super) location: LibraryLocation,
    pub(super) limits: LibraryLimits,
    /// How to read the sources about which nothing was decided.
    pub(super) reading: ReadOptions,
    /// The name or the folder of the encoder.
    pub(super) encoder: String,
}

/// Returns the location of the library that the user named.
pub(super) fn location(
    data: Option<PathBuf>,
    store: Option<&StoreAddress>,
    nearest_from: usize,
) -> Result<LibraryLocation, Error> {
    Ok(match (store, data) {
        (Some(store), _) => {
            let shared = SharedStore::open(store, &config::shared_copies())?;
            shared.propose_from(nearest_from);
            LibraryLocation::Shared(Arc::new(shared))
        }
        (None, None) => LibraryLocation::Home(config::own_folder()),
        (None, Some(path)) if path.is_file() => LibraryLocation::File(path),
        (None, Some(path)) => LibraryLocation::Folder(path),
    })
}

impl LibraryOptions {
    /// Loads the encoder.
    pub(super) fn encoder(&self) -> Result<Encoder, Error> {
        Encoder::open(&EncoderChoice::read(&self.encoder)?, &config::model_cache_folder(), config::model_endpoint())
    }

    /// Opens the files, without an encoder.
    pub(super) fn store(&self, access: Access) -> Result<SourceStore, Error> {
        Ok(self.store_read_as_usual(access)?.read_as(self.reading.clone()).reporting_to(files_read))
    }

    /// Opens the files, for a command whose reading options apply to other files.
    pub(super) fn store_read_as_usual(&self, access: Access) -> Result<SourceStore, Error> {
        let store = SourceStore::open(self.location.clone(), self.limits, access)?;
        Ok(store.kept_under(&config::seal_key()).with_cache(&config::bundled_cache()))
    }

    /// Opens the library for a command that asks. It is not empty, and all of it is read closely.
    pub(super) fn to_ask(&self) -> Result<Library, Error> {
        self.to_ask_with(|| self.encoder())
    }

    /// Opens the library for a command that asks with an encoder that it has already.
    pub(super) fn to_ask_with(
        &self,
        encoder: impl FnOnce() -> Result<Encoder, Error> + Send,
    ) -> Result<Library, Error> {
        // Nobody waits for the lock of an open page only to ask.
        let library = self.open(encoder, None, Access::ReadAtOnce)?;
        let mut progress = ProgressLine::default();
        library.fill(|now| progress.show(now))?;
        progress.clear();
        self.not_empty(library)
    }

    /// Opens the library for a command that does not wait. What is not embedded yet is found by provisional vectors.
    pub(super) fn to_ask_at_once(&self) -> Result<Library, Error> {
        let library = self.open(|| self.encoder(), Some(0), Access::ReadAtLeast)?;
        library.fill_provisionally()?;
        self.not_empty(library)
    }

    /// Opens the library for the page. It may be empty, and parts of it may become ready while the page is open.
    pub(super) fn to_serve(&self) -> Result<Arc<Library>, Error> {
        let library = self.open(|| self.encoder(), Some(EMBEDDED_BEFORE_SERVING), Access::ReadAtLeast)?;
        let missing: usize = library.listing().items.iter().filter(|item| !item.ready).map(|item| item.passages).sum();
        if missing <= EMBEDDED_BEFORE_SERVING {
            library.fill(|_| {})?;
        } else if missing <= FOUND_BEFORE_SERVING {
            library.fill_provisionally()?;
        }
        Ok(Arc::new(library))
    }

    /// Opens the library, with a warning for each file that could not be read. Its files, the encoder and the tables of
    /// words are read side by side.
    fn open(
        &self,
        encoder: impl FnOnce() -> Result<Encoder, Error> + Send,
        provisional_from: Option<usize>,
        access: Access,
    ) -> Result<Library, Error> {
        self.check_path()?;
        let (store, encoder) = std::thread::scope(|scope| {
            let encoder = scope.spawn(encoder);
            scope.spawn(crate::text::load_tables);
            let store = self.store(access).and_then(|mut store| {
                store.listing()?;
                Ok(store)
            });
            let encoder = encoder.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (store, encoder)
        });
        let store = store?;
        let store = match provisional_from {
            Some(texts) => store.provisional_from(texts),
            None => store,
        };
        let library = Library::open(store, Arc::new(encoder?))?;
        warn_of_unread(&library);
        Ok(library)
    }

    fn not_empty(&self, library: Library) -> Result<Library, Error> {
        let listing = library.listing();
        if !listing.items.is_empty() {
            return Ok(library);
        }
        Err(match (listing.unread.first(), &self.location) {
            (Some(unread), _) => Error::Unreadable { reason: unread.reason.to_string() },
            (None, LibraryLocation::Shared(store)) => StoreError::Empty { store: store.to_string() }.into(),
            (None, location) => Error::NoTranscripts { path: location.path().to_owned() },
        })
    }

    /// Reports a missing path early, as the user wrote it.
    fn check_path(&self) -> Result<(), Error> {
        match &self.location {
            LibraryLocation::Folder(path) | LibraryLocation::File(path) => match std::fs::metadata(path) {
                Ok(_) => Ok(()),
                Err(source) => Err(Error::Io { path: path.clone(), source }),
            },
            LibraryLocation::Home(_) | LibraryLocation::Shared(_) => Ok(()),
        }
    }
}

/// Logs a warning for each file that is not read.
pub(super) fn warn_of_unread(library: &Library) {
    for unread in &library.listing().unread {
        tracing::warn!("{}: {}", unread.file, unread.reason);
    }
}

/// Loads the models that load at first use beside other work, so that no query waits for them.
pub(super) fn load_models_in_background() {
    std::thread::spawn(|| {
        if let Err(error) = search::warm() {
            tracing::warn!("{error}");
        }
    });
}
