//! Takes withdrawn words out of all that is kept beside the transcripts. Nothing else does so.

use super::library_state::LibraryState;
use super::sources::SourceStore;
use crate::error::Error;

impl SourceStore {
    /// Takes withdrawn words out of the derived data, the vectors, the tags and the questions that were kept. `before`
    /// is what was there before the withdrawal, `left` is what it left.
    ///
    /// # Errors
    /// If derived data cannot be deleted, or a list of the owner's cannot be read or written.
    pub(super) fn forget_withdrawn(&mut self, before: &LibraryState, left: &LibraryState) -> Result<(), Error> {
        self.forget_cached(left)?;
        self.forget_people(left)?;
        // What is tagged may be these words, and a kept question may hold them. They come last: a list that
        // cannot be read must not keep words in the caches, nor in the other list.
        let tagged = self.forget_tagged(Some(before), left);
        self.forget_saved(Some(before), left)?;
        tagged
    }

    /// Lets the decisions about every source forget the people who are held back from it. They may have had a
    /// pseudonym in a copy that another name withdrew. Returns whether any was known.
    ///
    /// # Errors
    /// If it cannot be written down.
    pub(super) fn forget_people(&mut self, left: &LibraryState) -> Result<bool, Error> {
        let Some(folder) = self.folder.as_mut().filter(|folder| folder.closed().is_none()) else { return Ok(false) };
        let held = left.readings.iter().filter(|reading| !reading.held.people.is_empty());
        folder.forget_people(held.map(|reading| (reading.sha256(), &reading.held.people)))
    }

    /// Takes withdrawn words out of the derived data, the vectors and the graphs.
    ///
    /// # Errors
    /// If derived data cannot be deleted.
    pub(super) fn forget_cached(&mut self, left: &LibraryState) -> Result<(), Error> {
        let withdrawals = self.withdrawals();
        self.derived.carry(self.derived_place(), &left.readings, &withdrawals)?;
        if let Some(folder) = self.folder.as_ref().filter(|folder| folder.closed().is_none()) {
            folder.forget_derived()?;
        }
        self.forget_vectors(left)
    }

    /// Forgets the vectors of texts that are no longer here, and the graphs over them.
    ///
    /// # Errors
    /// If a graph cannot be deleted.
    pub(super) fn forget_vectors(&mut self, left: &LibraryState) -> Result<(), Error> {
        self.sweep_vectors(left);
        let folder = self.folder.as_ref().filter(|folder| folder.closed().is_none());
        folder.map_or(Ok(()), |folder| folder.forget_graphs(&self.graphs))
    }

    /// Forgets vectors that an interrupted withdrawal left. A start deletes old graphs by their names.
    pub(super) fn finish_forgetting(&mut self, here: &LibraryState) {
        let mark = self.withdrawn_mark();
        if !self.vectors().is_swept_for(&mark) {
            self.sweep_vectors(here);
        }
    }

    fn sweep_vectors(&mut self, left: &LibraryState) {
        let mark = self.withdrawn_mark();
        self.vectors().retain(left.keys(), &mark);
    }
}
