//! A library in a shared store: a change takes its turn among the servers, and each server takes up what the others
//! changed. Without a shared store both do nothing.

use std::collections::HashSet;
use std::sync::Arc;

use super::place::LibraryLocation;
use super::source::SourceReading;
use super::sources::SourceStore;
use super::writer::Library;
use crate::error::Error;
use crate::library::store::folder::Folder;
use crate::lock::locked;

impl SourceStore {
    /// Runs a change. In a shared store no other server changes the library meanwhile, and all of the change is in the
    /// database when this returns. One turn must not begin within another.
    pub(crate) fn in_turn<T>(&self, change: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
        match &self.place {
            LibraryLocation::Shared(shared) => shared.turn(&|| self.reread(), || self.seen_to_change(change)),
            _ => change(),
        }
    }

    /// Runs a change, and returns the SHA-256 of the sources that are read otherwise since, or not at all.
    fn seen_to_change<T>(&self, change: impl FnOnce() -> Result<T, Error>) -> (Result<T, Error>, Vec<String>) {
        let before = match self.left() {
            Ok(before) => before.readings,
            Err(error) => return (Err(error), Vec::new()),
        };
        let done = change();
        let after = match self.left() {
            Ok(after) => after.readings,
            Err(error) => return (done.and(Err(error)), Vec::new()),
        };
        let same: HashSet<*const SourceReading> = after.iter().map(Arc::as_ptr).collect();
        let other = before.iter().filter(|reading| !same.contains(&Arc::as_ptr(reading)));
        (done, other.map(|reading| reading.sha256().to_owned()).collect())
    }

    /// Takes in the decisions that were put into the folder.
    fn reread(&self) -> Result<(), Error> {
        locked(&self.folder).as_mut().map_or(Ok(()), Folder::reread)
    }
}

impl Library {
    /// Takes up what other servers changed, so that replies from now on are made from the present revision. A withdrawal
    /// on any server is in force when this returns.
    ///
    /// # Errors
    /// When the shared store does not answer. Then nothing may be shown: somebody may have withdrawn.
    pub fn catch_up(&self) -> Result<(), Error> {
        let LibraryLocation::Shared(shared) = &self.stock.place else { return Ok(()) };
        if shared.is_in_force()? {
            return Ok(());
        }
        let mut cleaned = shared.following();
        let revision = shared.take_up(&|| self.stock.reread())?;
        let withdrawals = self.stock.decided().1;
        if cleaned.as_ref().is_some_and(|before| Arc::ptr_eq(before, &withdrawals)) {
            self.assemble()?;
        } else {
            // Embedding that is under way may hold withdrawn words.
            self.stock.count_withdrawal();
            let left = self.stock.left()?;
            self.stock.forget_derived(&left)?;
            self.assemble()?;
            self.forget()?;
            *cleaned = Some(withdrawals);
        }
        shared.put_in_force(revision);
        Ok(())
    }

    /// Whether other servers may change it.
    pub fn is_shared(&self) -> bool {
        matches!(self.stock.place, LibraryLocation::Shared(_))
    }
}
