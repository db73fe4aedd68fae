//! What goes from the tags when somebody withdraws: taggings of their words, whatever was selected of them,
//! and whatever the owner wrote that holds such words or names such a person. Too little is better than too
//! much.

use std::collections::HashSet;
use std::sync::Arc;

use super::Tags;
use crate::error::Error;
use crate::library::library_state::LibraryState;
use crate::library::sources::SourceStore;
use crate::library::withdrawals::{Withdrawals, WithdrawnSources};
use crate::retrieval::WithdrawnLookup as _;
use crate::retrieval::corpus::{Gone, Sources};
use crate::retrieval::permalink::{Permalink, Resolution};
use crate::transcript::Transcript;

/// The words that are in the library, and what was withdrawn from it.
pub(crate) struct Holds {
    transcripts: Vec<Arc<Transcript>>,
    gone: Vec<Gone>,
    withdrawn: WithdrawnSources,
    pub(super) withdrawals: Arc<Withdrawals>,
}

impl Holds {
    /// As it is now. Where nothing was withdrawn, nothing is looked at.
    pub(super) fn now(store: &mut SourceStore) -> Result<Self, Error> {
        let withdrawals = store.withdrawals();
        if withdrawals.is_empty() {
            let withdrawn = withdrawals.tombstones(store.manifest());
            return Ok(Self { transcripts: Vec::new(), gone: Vec::new(), withdrawn, withdrawals });
        }
        let state = store.refresh()?;
        Ok(Self::of(&state, store.withdrawals()))
    }

    pub(crate) fn of(state: &LibraryState, withdrawals: Arc<Withdrawals>) -> Self {
        Self {
            transcripts: state.readings.iter().map(|reading| Arc::clone(&reading.transcript)).collect(),
            gone: state.readings.iter().map(|reading| reading.gone.clone()).collect(),
            withdrawn: state.withdrawn.clone(),
            withdrawals,
        }
    }

    fn find(&self, link: &Permalink) -> Resolution {
        let Self { transcripts, gone, withdrawn, .. } = self;
        link.find_in(&Sources { transcripts, gone, withdrawn })
    }

    /// Leaves out what holds withdrawn words; whether there was any.
    pub(super) fn forget_withdrawn(&self, tags: &mut Tags) -> bool {
        let is_held = |text: &str| self.withdrawals.tells_of(text);
        let mut forgot = false;
        tags.tags.retain(|tag| {
            let held = is_held(&tag.name);
            forgot |= held;
            !held
        });
        let left: HashSet<&str> = tags.tags.iter().map(|tag| tag.name.as_str()).collect();
        tags.taggings.retain_mut(|one| {
            let before = one.tags.len();
            one.tags.retain(|name| left.contains(name.as_str()));
            let noted = !one.note.is_empty() && is_held(&one.note);
            if noted {
                one.note.clear();
            }
            let stays = !self.is_withdrawn(&one.permalink) && !one.is_empty();
            forgot |= noted || one.tags.len() < before || !stays;
            stays
        });
        forgot
    }

    /// Whether the source or the words of a permalink were withdrawn, by their hashes. Others may have said the same:
    /// theirs stay while they stand where they stood.
    fn is_withdrawn(&self, permalink: &str) -> bool {
        let Ok(link) = permalink.parse::<Permalink>() else { return true };
        self.withdrawn.has(link.source())
            || self.withdrawn.has_quote(link.words_hash()) && self.find(&link) == Resolution::Withdrawn
    }

    /// Whether the words of a permalink are withdrawn, by its hashes or because a withdrawal took them out. `before` is
    /// what was there; by its place even a word or two is known to be of who withdrew.
    pub(crate) fn has_lost(&self, permalink: &str, before: Option<&Self>) -> bool {
        let Ok(link) = permalink.parse::<Permalink>() else { return true };
        if self.find(&link) == Resolution::Withdrawn {
            return true;
        }
        let Some(before) = before else { return false };
        let (Resolution::Here(place, span) | Resolution::Elsewhere(place, span)) = before.find(&link) else {
            return false;
        };
        let there = Permalink::of(&before.transcripts[place.transcript], span);
        !matches!(self.find(&there), Resolution::Here(_, now) if now.start() == span.start())
    }
}

impl SourceStore {
    /// Forgets what is tagged of words that a withdrawal took out. `before` is what was there, if it is known.
    ///
    /// # Errors
    /// If the file of tags cannot be read or written.
    pub(crate) fn forget_tagged(&mut self, before: Option<&LibraryState>, after: &LibraryState) -> Result<(), Error> {
        let withdrawals = self.withdrawals();
        let before = before.map(|before| Holds::of(before, Arc::clone(&withdrawals)));
        let after = Holds::of(after, withdrawals);
        let Some(folder) = self.folder.as_mut().filter(|folder| folder.closed().is_none()) else { return Ok(()) };
        folder.clear_tags()?;
        let mut tags = folder.tags()?;
        let some = tags.taggings.len();
        tags.taggings.retain(|one| !after.has_lost(&one.permalink, before.as_ref()));
        let taken = tags.taggings.len() < some;
        if after.forget_withdrawn(&mut tags) || taken { folder.keep_tags(&tags) } else { Ok(()) }
    }

    /// The same once for every change of what was withdrawn, whoever made it: a start after a crash, too.
    pub(crate) fn sweep_tags(&mut self, state: &LibraryState) {
        let withdrawals = self.withdrawals();
        if self.swept.as_ref().is_some_and(|of| Arc::ptr_eq(of, &withdrawals)) {
            return;
        }
        // Words are read all the same where the tags cannot be.
        if !withdrawals.is_empty()
            && let Err(error) = self.forget_tagged(None, state).and_then(|()| self.forget_saved(None, state))
        {
            tracing::warn!("{error}");
        }
        self.swept = Some(withdrawals);
    }
}
