//! Reads the tags of a library, and changes them. What was withdrawn is taken out at each reading.

use std::sync::Arc;

use super::withdrawn::Holds;
use super::{TagColour, Tags, TagsAsRead, note_of};
use crate::error::{Error, TagError};
use crate::library::sources::SourceStore;
use crate::library::store::folder::Folder;
use crate::lock::locked;
use crate::retrieval::permalink::Permalink;

impl SourceStore {
    /// The tags, without what was withdrawn.
    ///
    /// # Errors
    /// When the file or the folder cannot be read, or the file is damaged.
    pub fn tags(&self) -> Result<Arc<Tags>, Error> {
        if let Some(known) = self.known_tags() {
            return Ok(known);
        }
        // It looks at the folder, so it comes before the folder is locked.
        let holds = Holds::now(self)?;
        let mut folder = locked(&self.folder);
        let Some(folder) = folder.as_mut() else { return Ok(Arc::default()) };
        let mut tags = folder.tags()?;
        if holds.forget_withdrawn(&mut tags) && folder.closed().is_none() {
            folder.keep_tags(&tags)?;
        }
        let tags = Arc::new(tags);
        let (stamp, withdrawals) = (folder.tags_stamp(), Arc::clone(&holds.withdrawals));
        *locked(&self.tagged) = Some(TagsAsRead { stamp, withdrawals, tags: Arc::clone(&tags) });
        Ok(tags)
    }

    fn known_tags(&self) -> Option<Arc<Tags>> {
        let (stamp, withdrawals) = {
            let folder = locked(&self.folder);
            let folder = folder.as_ref()?;
            (folder.tags_stamp(), folder.withdrawals())
        };
        let known = locked(&self.tagged);
        let same = |known: &&TagsAsRead| known.stamp == stamp && Arc::ptr_eq(&known.withdrawals, &withdrawals);
        known.as_ref().filter(same).map(|known| Arc::clone(&known.tags))
    }

    /// Puts these tags and this note on a quote, in place of those that it had. Tags that are missing are made.
    /// Without tags and without a note it is not tagged any more.
    ///
    /// # Errors
    /// When a name or the note is too long, there would be too many, they hold withdrawn words, or they cannot
    /// be written.
    pub fn tag_quote(&self, permalink: &Permalink, names: &[String], note: &str) -> Result<(), Error> {
        let note = note_of(note)?;
        let permalink = permalink.to_string();
        self.change_tags(|tags| tags.put(&permalink, names, &note))
    }

    /// Gives a tag another name and colour.
    ///
    /// # Errors
    /// When there is no such tag, another one has the name, or it cannot be written.
    pub fn change_tag(&self, from: &str, to: &str, colour: TagColour) -> Result<(), Error> {
        self.change_tags(|tags| tags.rename(from, to, colour))
    }

    /// Deletes a tag. Quotes that have other tags or a note keep those.
    ///
    /// # Errors
    /// When there is no such tag, or it cannot be written.
    pub fn delete_tag(&self, name: &str) -> Result<(), Error> {
        self.change_tags(|tags| tags.delete(name))
    }

    fn change_tags(&self, change: impl Fn(&mut Tags) -> Result<(), TagError>) -> Result<(), Error> {
        self.in_turn(|| self.change_tags_in_turn(change))
    }

    fn change_tags_in_turn(&self, change: impl Fn(&mut Tags) -> Result<(), TagError>) -> Result<(), Error> {
        loop {
            let holds = Holds::now(self)?;
            let done = self.change(|folder: &mut Folder| {
                if !Arc::ptr_eq(&folder.withdrawals(), &holds.withdrawals) {
                    // Somebody withdrew in between.
                    return Ok(false);
                }
                let mut tags = folder.tags()?;
                holds.forget_withdrawn(&mut tags);
                change(&mut tags)?;
                tags.check_number()?;
                if holds.forget_withdrawn(&mut tags) {
                    return Err(TagError::Withdrawn.into());
                }
                folder.keep_tags(&tags)?;
                Ok(true)
            })?;
            if done {
                return Ok(());
            }
        }
    }
}
