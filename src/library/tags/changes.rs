//! Reads the tags of a library, and changes them. What was withdrawn is taken out at each reading.

use std::sync::Arc;

use super::withdrawn::Holds;
use super::{TagColour, Tags, TagsAsRead, note_of};
use crate::error::{Error, TagError};
use crate::library::handle::Library;
use crate::library::sources::SourceStore;
use crate::library::store::folder::Folder;
use crate::retrieval::permalink::Permalink;

impl SourceStore {
    /// The tags, without what was withdrawn.
    ///
    /// # Errors
    /// If the file or the folder cannot be read, or the file is damaged.
    pub fn tags(&mut self) -> Result<Arc<Tags>, Error> {
        Ok(self.tags_as_read()?.tags)
    }

    fn tags_as_read(&mut self) -> Result<TagsAsRead, Error> {
        let Some(folder) = &self.folder else {
            return Ok(TagsAsRead { stamp: None, withdrawals: self.withdrawals(), tags: Arc::default() });
        };
        let (stamp, withdrawals) = (Folder::tags_stamp(folder.root()), folder.withdrawals());
        if let Some(known) = self.tagged.as_ref().filter(|known| known.is_of(stamp.as_ref(), &withdrawals)) {
            return Ok(known.clone());
        }
        let holds = Holds::now(self)?;
        self.change(|folder| {
            let mut tags = folder.tags()?;
            if holds.forget_withdrawn(&mut tags) && folder.closed().is_none() {
                folder.keep_tags(&tags)?;
            }
            let stamp = Folder::tags_stamp(folder.root());
            Ok(TagsAsRead { stamp, withdrawals: Arc::clone(&holds.withdrawals), tags: Arc::new(tags) })
        })
        .inspect(|read| self.tagged = Some(read.clone()))
    }

    /// Puts these tags and this note on a quote, in place of those that it had. Tags that are missing are made.
    /// Without tags and without a note it is not tagged any more.
    ///
    /// # Errors
    /// If a name or the note is too long, there would be too many, they hold withdrawn words, or they cannot
    /// be written.
    pub fn tag_quote(&mut self, permalink: &Permalink, names: &[String], note: &str) -> Result<(), Error> {
        let note = note_of(note)?;
        let permalink = permalink.to_string();
        self.change_tags(|tags| tags.put(&permalink, names, &note))
    }

    /// Gives a tag another name and colour.
    ///
    /// # Errors
    /// If there is no such tag, another one has the name, or it cannot be written.
    pub fn change_tag(&mut self, from: &str, to: &str, colour: TagColour) -> Result<(), Error> {
        self.change_tags(|tags| tags.rename(from, to, colour))
    }

    /// Deletes a tag. Quotes that have other tags or a note keep those.
    ///
    /// # Errors
    /// If there is no such tag, or it cannot be written.
    pub fn delete_tag(&mut self, name: &str) -> Result<(), Error> {
        self.change_tags(|tags| tags.delete(name))
    }

    fn change_tags(&mut self, change: impl Fn(&mut Tags) -> Result<(), TagError>) -> Result<(), Error> {
        self.in_turn(|store| store.change_tags_in_turn(change))
    }

    fn change_tags_in_turn(&mut self, change: impl Fn(&mut Tags) -> Result<(), TagError>) -> Result<(), Error> {
        // The folder is made first, so that what is held back is that of the folder.
        self.change(|folder| folder.writable())?;
        let holds = Holds::now(self)?;
        self.change(|folder| {
            let mut tags = folder.tags()?;
            holds.forget_withdrawn(&mut tags);
            change(&mut tags)?;
            tags.check_number()?;
            if holds.forget_withdrawn(&mut tags) {
                return Err(TagError::Withdrawn.into());
            }
            folder.keep_tags(&tags)
        })
    }
}

impl Library {
    /// The tags, without what was withdrawn. Nobody waits for the writer while they are unchanged.
    ///
    /// # Errors
    /// If the file or the folder cannot be read, or the file is damaged.
    pub fn tags(&self) -> Result<Arc<Tags>, Error> {
        let stamp = self.folder().and_then(Folder::tags_stamp);
        let known = self.published.tags.load_full();
        if let Some(known) = known.filter(|known| known.is_of(stamp.as_ref(), &self.withdrawals())) {
            return Ok(Arc::clone(&known.tags));
        }
        let read = self.writer().store.tags_as_read()?;
        self.published.tags.store(Some(Arc::new(read.clone())));
        Ok(read.tags)
    }

    /// Puts these tags and this note on a quote, as [`SourceStore::tag_quote`] does.
    ///
    /// # Errors
    /// Those of [`SourceStore::tag_quote`].
    pub fn tag_quote(&self, permalink: &Permalink, names: &[String], note: &str) -> Result<(), Error> {
        self.writer().store.tag_quote(permalink, names, note)
    }

    /// Gives a tag another name and colour.
    ///
    /// # Errors
    /// Those of [`SourceStore::change_tag`].
    pub fn change_tag(&self, from: &str, to: &str, colour: TagColour) -> Result<(), Error> {
        self.writer().store.change_tag(from, to, colour)
    }

    /// Deletes a tag. Quotes that have other tags or a note keep those.
    ///
    /// # Errors
    /// Those of [`SourceStore::delete_tag`].
    pub fn delete_tag(&self, name: &str) -> Result<(), Error> {
        self.writer().store.delete_tag(name)
    }
}
