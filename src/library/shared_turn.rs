//! A library in a shared store: a change takes its turn among the servers, and each server takes up what the others
//! changed. Without a shared store both do nothing.

use std::collections::HashSet;
use std::sync::Arc;

use super::handle::Library;
use super::location::LibraryLocation;
use super::source::SourceReading;
use super::sources::SourceStore;
use crate::error::Error;
use crate::library::store::folder::Folder;

impl SourceStore {
    /// Runs a change. In a shared store no other server changes the library meanwhile, and all of the change is in the
    /// database when this returns. One turn must not begin within another.
    pub(crate) fn in_turn<T>(&mut self, change: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        let LibraryLocation::Shared(shared) = &self.place else { return change(self) };
        let shared = Arc::clone(shared);
        shared.turn(self, Self::reread, |store| store.seen_to_change(change))
    }

    /// Runs a change, and returns the SHA-256 of the sources that are read otherwise since, or not at all.
    fn seen_to_change<T>(
        &mut self,
        change: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> (Result<T, Error>, Vec<String>) {
        let before = match self.refresh() {
            Ok(before) => before,
            Err(error) => return (Err(error), Vec::new()),
        };
        let done = change(self);
        let after = match self.refresh() {
            Ok(after) => after,
            Err(error) => return (done.and(Err(error)), Vec::new()),
        };
        let same: HashSet<*const SourceReading> = after.readings.iter().map(Arc::as_ptr).collect();
        let other = before.readings.iter().filter(|reading| !same.contains(&Arc::as_ptr(reading)));
        (done, other.map(|reading| reading.sha256().to_owned()).collect())
    }

    /// Takes in the decisions that were put into the folder.
    fn reread(&mut self) -> Result<(), Error> {
        self.state = None;
        self.folder.as_mut().map_or(Ok(()), Folder::reread)
    }
}

impl Library {
    /// Takes up what other servers changed, so that replies from now on are made from the present revision. A withdrawal
    /// on any server is in force when this returns.
    ///
    /// # Errors
    /// If the shared store does not answer. Then nothing may be shown: somebody may have withdrawn.
    pub fn catch_up(&self) -> Result<(), Error> {
        let LibraryLocation::Shared(shared) = self.place() else { return Ok(()) };
        if shared.is_in_force()? {
            return Ok(());
        }
        let mut cleaned = shared.following();
        let mut writer = self.writer();
        let revision = shared.take_up(&mut writer.store, SourceStore::reread)?;
        let left = writer.store.refresh()?;
        let withdrawals = writer.store.withdrawals();
        if !cleaned.as_ref().is_some_and(|before| Arc::ptr_eq(before, &withdrawals)) {
            // Vectors of withdrawn words that are being made are not kept: their texts are no longer here.
            writer.store.forget_cached(&left)?;
            *cleaned = Some(withdrawals);
        }
        writer.publish()?;
        shared.put_in_force(revision);
        Ok(())
    }

    /// Whether other servers may change it.
    pub fn is_shared(&self) -> bool {
        matches!(self.place(), LibraryLocation::Shared(_))
    }
}
