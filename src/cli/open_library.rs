//! Opens the library that a command works with.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::{self, StoreAddress};
use crate::error::{Error, StoreError};
use crate::library::Access;
use crate::library::{Library, LibraryLimits, LibraryLocation, Progress, SharedStore, SourceStore};
use crate::retrieval::encoder::Encoder;
use crate::transcript::ReadOptions;

/// The most passages that are embedded before the page opens, which takes a few seconds. More are found by provisional
/// vectors first, and embedded while the page is open.
const BEFORE_SERVING: usize = 400;
/// The most passages that get provisional vectors and their part of the word index before the page opens, which takes a few
/// seconds, too. More are found while it is open.
const FOUND_BEFORE_SERVING: usize = 20_000;

/// The place of the library that the user named.
pub(super) fn place(
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

/// The files of a library. `reading` applies to those about which nothing was decided.
pub(super) fn store(
    place: LibraryLocation,
    limits: LibraryLimits,
    reading: ReadOptions,
    access: Access,
) -> Result<SourceStore, Error> {
    Ok(SourceStore::open(place, limits, access)?.kept_under(&config::seal_key()).read_as(reading).telling(files_read))
}

/// A library open for queries, with a warning for each file that could not be read. Its files, the encoder and the
/// tables of words are read side by side.
fn open(
    place: &LibraryLocation,
    limits: LibraryLimits,
    reading: ReadOptions,
    encoder: impl FnOnce() -> Result<Encoder, Error> + Send,
    provisional_from: Option<usize>,
) -> Result<Library, Error> {
    check(place)?;
    let (store, encoder) = std::thread::scope(|scope| {
        let encoder = scope.spawn(encoder);
        scope.spawn(crate::text::load_tables);
        let store = store(place.clone(), limits, reading, Access::ReadAtLeast).and_then(|mut store| {
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

/// From this number of files on, a terminal shows progress.
const MANY_FILES: usize = 200;
/// Files between two updates of the progress.
const TOLD_EACH: usize = 50;

fn files_read(done: usize, all: usize) {
    let mut err = std::io::stderr().lock();
    if all >= MANY_FILES && (done.is_multiple_of(TOLD_EACH) || done == all) && err.is_terminal() {
        let line = if done < all { format!("{done} of {all} files read") } else { String::new() };
        // A terminal that is gone needs no progress.
        let _ = write!(err, "\r\x1b[K{line}");
        let _ = err.flush();
    }
}

/// A library for a command that asks. It is not empty, and all of it is read closely.
pub(super) fn to_ask(
    place: LibraryLocation,
    limits: LibraryLimits,
    reading: ReadOptions,
    encoder: impl FnOnce() -> Result<Encoder, Error> + Send,
) -> Result<Library, Error> {
    let library = open(&place, limits, reading, encoder, None)?;
    let mut bar = Bar::default();
    library.fill(|progress| bar.show(progress))?;
    bar.clear();
    not_empty(library, place)
}

/// A library for a command that does not wait: what is not embedded yet is found by provisional vectors.
pub(super) fn to_ask_at_once(
    place: LibraryLocation,
    limits: LibraryLimits,
    reading: ReadOptions,
    encoder: impl FnOnce() -> Result<Encoder, Error> + Send,
) -> Result<Library, Error> {
    let library = open(&place, limits, reading, encoder, Some(0))?;
    library.fill_provisionally()?;
    not_empty(library, place)
}

fn not_empty(library: Library, place: LibraryLocation) -> Result<Library, Error> {
    let listing = library.listing();
    if listing.items.is_empty() {
        return Err(match (listing.unread.first(), place) {
            (Some(unread), _) => Error::Unreadable { reason: unread.reason.to_string() },
            (None, LibraryLocation::Shared(store)) => StoreError::Empty { store: store.to_string() }.into(),
            (None, place) => Error::NoTranscripts { path: place.path().to_owned() },
        });
    }
    Ok(library)
}

/// A library for the page. It may be empty, and parts of it may become ready while the page is open.
pub(super) fn to_serve(
    place: &LibraryLocation,
    limits: LibraryLimits,
    reading: ReadOptions,
    encoder: impl FnOnce() -> Result<Encoder, Error> + Send,
) -> Result<Arc<Library>, Error> {
    let library = open(place, limits, reading, encoder, Some(BEFORE_SERVING))?;
    let missing: usize = library.listing().items.iter().filter(|item| !item.ready).map(|item| item.passages).sum();
    if missing <= BEFORE_SERVING {
        library.fill(|_| {})?;
    } else if missing <= FOUND_BEFORE_SERVING {
        library.fill_provisionally()?;
    }
    Ok(Arc::new(library))
}

/// Reports a missing path early, as the user wrote it.
fn check(place: &LibraryLocation) -> Result<(), Error> {
    match place {
        LibraryLocation::Folder(path) | LibraryLocation::File(path) => match std::fs::metadata(path) {
            Ok(_) => Ok(()),
            Err(source) => Err(Error::Io { path: path.clone(), source }),
        },
        LibraryLocation::Home(_) | LibraryLocation::Shared(_) => Ok(()),
    }
}

/// Tells of the files that are not read.
pub(super) fn warn_of_unread(library: &Library) {
    for unread in &library.listing().unread {
        tracing::warn!("{}: {}", unread.file, unread.reason);
    }
}

/// A line of progress. It appears only in a terminal.
#[derive(Default)]
pub(super) struct Bar {
    shown: bool,
}

impl Bar {
    /// Shows the progress.
    pub(super) fn show(&mut self, progress: Progress) {
        self.passages(progress.done, progress.total, progress.left_s);
    }

    /// Shows how many passages are done, and the seconds left.
    pub(super) fn passages(&mut self, done: usize, total: usize, left_s: Option<u64>) {
        let mut err = std::io::stderr().lock();
        if total <= BEFORE_SERVING / 4 || !err.is_terminal() {
            return;
        }
        let left = left_s.map(|seconds| format!(", {} left", time(seconds))).unwrap_or_default();
        self.shown = true;
        // A terminal that is gone needs no progress.
        let _ = write!(err, "\r\x1b[K{done} of {total} passages{left}");
        let _ = err.flush();
    }

    /// Removes the line.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        _ => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}
