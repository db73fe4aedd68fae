//! The derived data that a library keeps between starts: its transcripts as they were read, and its
//! word index. It derives nothing itself. The caller makes what is missing.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::indexed::Indexed;
use super::source::SourceReading;
use super::store::cache_place::CachePlace;
use super::store::derived::{Derived, DerivedChange, NamedBytes};
use super::store::seal::RowSeal;
use super::store::vector_cache::Key;
use super::withdrawals::Withdrawals;
use crate::error::Error;
use crate::retrieval::lexical::{Snapshot, TranscriptTexts, WordIndex};

/// The kept data, and which part of it is on disk.
#[derive(Default)]
pub(crate) struct DerivedData {
    /// `None` when nothing may be kept.
    seal: Option<RowSeal>,
    store: Option<Derived>,
    /// Readings from the disk, until all files were looked at.
    readings: HashMap<Key, Vec<u8>>,
    files: Vec<NamedBytes>,
    /// The keys of the readings on disk.
    saved: HashSet<Key>,
    words: Option<WordIndex>,
    /// Whether the disk holds the present word index.
    words_saved: bool,
}

impl DerivedData {
    pub(crate) fn sealed_by(seal: Option<RowSeal>) -> Self {
        Self { seal, ..Self::default() }
    }

    /// What seals the kept data, if anything may be kept.
    pub(crate) fn seal(&self) -> Option<RowSeal> {
        self.seal.clone()
    }

    /// Sets where data is kept from now on, if anywhere. Data that is already there is read once.
    /// Returns whether this process kept data in another place before.
    pub(crate) fn at(&mut self, place: Option<CachePlace>) -> bool {
        if self.store.as_ref().map(Derived::place) == place.as_ref() {
            return false;
        }
        let before = self.store.as_ref().is_some_and(|store| store.place().is_writable);
        self.store = place.zip(self.seal.clone()).map(|(place, seal)| Derived::new(place, seal));
        let found = self.store.as_ref().map(Derived::load).unwrap_or_default();
        self.saved = found.readings.keys().copied().collect();
        self.readings = found.readings;
        self.files = found.words;
        self.words_saved = self.words.is_none();
        before
    }

    /// The kept reading with this key, if there is one.
    pub(crate) fn reading(&self, key: &Key) -> Option<&[u8]> {
        self.readings.get(key).map(Vec::as_slice)
    }

    /// Keeps these readings and drops all others. A reading that a withdrawal concerns is not kept.
    pub(crate) fn keep(&mut self, all: &[Arc<SourceReading>], withdrawals: &Arc<Withdrawals>) {
        // All files were looked at. What is left belongs to sources that are gone.
        self.readings.clear();
        let Some(store) = self.store.as_ref().filter(|store| store.place().is_writable) else { return };
        let keep: HashSet<Key> = all.iter().filter_map(|reading| reading.kept).collect();
        let new = all.iter().filter_map(|reading| Some((reading.kept?, reading)));
        let new: Vec<(Key, Vec<u8>)> = new
            .filter(|(key, reading)| !self.saved.contains(key) && reading.may_be_kept(withdrawals))
            .filter_map(|(key, reading)| Some((key, reading.to_keep()?)))
            .collect();
        if new.is_empty() && self.saved.is_subset(&keep) {
            return;
        }
        store.save(&DerivedChange { keep: &keep, readings: &new, words: None, changing: WordIndex::changing });
        self.saved.retain(|key| keep.contains(key));
        self.saved.extend(new.into_iter().map(|(key, _)| key));
    }

    /// A snapshot of the word index for the transcripts in `ready`. The terms of transcripts
    /// outside `all` are deleted. The terms of those that may not be kept are never saved.
    pub(crate) fn words(
        &mut self,
        all: &[Arc<SourceReading>],
        ready: &[Arc<SourceReading>],
        withdrawals: &Arc<Withdrawals>,
    ) -> Result<Snapshot, Error> {
        let sizes: Vec<(u64, usize, usize)> = ready.iter().map(|reading| reading.indexed.size()).collect();
        self.update_and_save(all, ready, withdrawals)?;
        let found = self.index()?.snapshot(&sizes);
        let Err(error) = &found else { return found };
        tracing::debug!("the word index that was kept is not whole, and is made again ({error})");
        self.words = Some(WordIndex::new()?);
        self.words_saved = false;
        self.update_and_save(all, ready, withdrawals)?;
        self.index()?.snapshot(&sizes)
    }

    fn update_and_save(
        &mut self,
        all: &[Arc<SourceReading>],
        ready: &[Arc<SourceReading>],
        withdrawals: &Arc<Withdrawals>,
    ) -> Result<(), Error> {
        let private = private(all, withdrawals);
        let keep: HashSet<u64> = all.iter().map(|reading| reading.indexed.id).collect();
        let may_be_saved: HashSet<u64> = keep.difference(&private).copied().collect();
        let saved = |reading: &&Arc<SourceReading>| may_be_saved.contains(&reading.indexed.id);
        let (public, rest): (Vec<_>, Vec<_>) = ready.iter().partition(saved);
        let changed = self.update(&keep, &public)?;
        self.words_saved &= !changed;
        if !self.words_saved {
            self.index()?.update(&may_be_saved, &[])?;
            self.save_words()?;
        }
        self.update(&keep, &rest)?;
        Ok(())
    }

    fn update(&mut self, keep: &HashSet<u64>, ready: &[&Arc<SourceReading>]) -> Result<bool, Error> {
        let index = self.index()?;
        let missing = ready.iter().filter(|reading| !index.holds(reading.indexed.id));
        let texts = |reading: &&Arc<SourceReading>| Indexed::texts(&reading.indexed, &reading.transcript);
        let missing: Vec<TranscriptTexts> = missing.map(texts).collect();
        index.update(keep, &missing)
    }

    fn save_words(&mut self) -> Result<(), Error> {
        let (Some(store), Some(index)) = (&self.store, &self.words) else { return Ok(()) };
        if !store.place().is_writable {
            return Ok(());
        }
        let files = index.files()?;
        let change =
            DerivedChange { keep: &self.saved, readings: &[], words: Some(&files), changing: WordIndex::changing };
        store.save(&change);
        self.words_saved = true;
        Ok(())
    }

    fn index(&mut self) -> Result<&mut WordIndex, Error> {
        if self.words.is_none() {
            let files = std::mem::take(&mut self.files);
            let kept = (!files.is_empty()).then(|| WordIndex::from_files(files));
            self.words = Some(match kept {
                Some(Ok(kept)) => kept,
                Some(Err(error)) => {
                    tracing::debug!("the word index is made again ({error})");
                    WordIndex::new()?
                }
                None => WordIndex::new()?,
            });
        }
        // The index was set above.
        self.words.as_mut().ok_or_else(|| Error::Lexical("there is no word index".into()))
    }

    /// After a withdrawal: moves what may stay to another place, and deletes the old place.
    ///
    /// # Errors
    /// If what was there before cannot be deleted.
    pub(crate) fn carry(
        &mut self,
        place: Option<CachePlace>,
        stay: &[Arc<SourceReading>],
        withdrawals: &Arc<Withdrawals>,
    ) -> Result<(), Error> {
        let (Some(before), Some(place), Some(seal)) = (self.store.take(), place, self.seal.clone()) else {
            return Ok(());
        };
        if !(place.is_writable && before.place().is_writable && before.place().path.exists()) {
            return Ok(());
        }
        let may = stay.iter().filter(|reading| reading.may_be_kept(withdrawals));
        let keep: HashSet<Key> = may.filter_map(|reading| reading.kept).collect();
        let private = private(stay, withdrawals);
        let ids = stay.iter().map(|reading| reading.indexed.id).filter(|id| !private.contains(id)).collect();
        let index = self.index()?;
        index.update(&ids, &[])?;
        let files = index.files()?;
        let store = Derived::new(place, seal);
        let change = DerivedChange { keep: &keep, readings: &[], words: Some(&files), changing: WordIndex::changing };
        store.rewrite(&before.place().path, &change)?;
        self.saved.retain(|key| keep.contains(key));
        self.readings.clear();
        self.words_saved = true;
        self.store = Some(store);
        Ok(())
    }
}

/// The numbers of readings whose terms may not be saved: those with withdrawn words that somebody
/// allowed, and those that name somebody who withdrew.
fn private(all: &[Arc<SourceReading>], withdrawals: &Arc<Withdrawals>) -> HashSet<u64> {
    let is_private = |reading: &&Arc<SourceReading>| reading.kept.is_none() || reading.names_who_withdrew(withdrawals);
    all.iter().filter(is_private).map(|reading| reading.indexed.id).collect()
}
