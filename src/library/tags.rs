//! Tags on quotes, and notes beside them: by permalinks, which hold hashes and no words. What the owner writes
//! is checked here; `changes` reads and writes them; `withdrawn` takes out what goes with a withdrawal.

mod changes;
pub(super) mod withdrawn;

use std::collections::HashSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::dates::today;
use crate::error::TagError;
use crate::library::store::file_stamp::FileStamp;
use crate::library::withdrawals::Withdrawals;
use crate::retrieval::permalink::Permalink;
use crate::text::find::folded;
use crate::text::sanitize;

/// Tags at most.
pub const MOST_TAGS: usize = 500;
/// Tagged quotes at most.
pub const MOST_TAGGED: usize = 20_000;
/// Characters of a note at most.
pub const MOST_NOTE: usize = 2_000;

/// The tags of a library, and what is tagged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tags {
    /// The tags, in the order in which they were made.
    pub tags: Vec<Tag>,
    /// The quotes that have tags or a note.
    pub taggings: Vec<Tagging>,
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tag {
    /// As the owner wrote it.
    pub name: String,
    /// Its colour, which tells nothing by itself.
    pub colour: TagColour,
}

/// A quote with its tags.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tagging {
    /// The address of the quote.
    pub permalink: String,
    /// Names of tags, in the order of the tags.
    pub tags: Vec<String>,
    /// The owner's own words; empty if there are none.
    pub note: String,
    /// The day on which it was changed last, `2026-01-31`.
    pub on: String,
}

/// The colours that a tag may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs, reason = "their names say all")]
pub enum TagColour {
    Red,
    Orange,
    Yellow,
    Green,
    Teal,
    Blue,
    Purple,
    Grey,
}

impl TagColour {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Blue, Self::Orange, Self::Green, Self::Purple, Self::Red, Self::Teal, Self::Yellow, Self::Grey];

    /// Its name in English, as it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Red => "red",
            Self::Orange => "orange",
            Self::Yellow => "yellow",
            Self::Green => "green",
            Self::Teal => "teal",
            Self::Blue => "blue",
            Self::Purple => "purple",
            Self::Grey => "grey",
        }
    }

    /// The colour with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|colour| colour.name() == name)
    }
}

/// The tags as they were last read, and what they were read from.
#[derive(Clone)]
pub(crate) struct TagsAsRead {
    stamp: Option<FileStamp>,
    withdrawals: Arc<Withdrawals>,
    tags: Arc<Tags>,
}

impl TagsAsRead {
    /// Whether they were read from this file while this was withdrawn.
    fn is_of(&self, stamp: Option<&FileStamp>, withdrawals: &Arc<Withdrawals>) -> bool {
        self.stamp.as_ref() == stamp && Arc::ptr_eq(&self.withdrawals, withdrawals)
    }
}

impl Tags {
    /// The tag with this name, however it is written.
    pub fn named(&self, name: &str) -> Option<&Tag> {
        let wanted = folded(name);
        self.tags
            .iter()
            .find(|tag| tag.name == name)
            .or_else(|| self.tags.iter().find(|tag| folded(&tag.name) == wanted))
    }

    /// The tagging of a quote.
    pub fn of(&self, permalink: &str) -> Option<&Tagging> {
        self.taggings.iter().find(|one| one.permalink == permalink)
    }

    /// Whether it may be shown as it is. The file may come from a stranger.
    pub(crate) fn is_sound(&self) -> bool {
        let names: HashSet<&str> = self.tags.iter().map(|tag| tag.name.as_str()).collect();
        let links: HashSet<&str> = self.taggings.iter().map(|one| one.permalink.as_str()).collect();
        let is_name = |name: &str| !name.is_empty() && sanitize::short(name) == name;
        let is_tagging = |one: &Tagging| {
            one.permalink.parse::<Permalink>().is_ok()
                && one.note.chars().count() <= MOST_NOTE
                && one.tags.len() <= self.tags.len()
                && one.tags.iter().all(|name| names.contains(name.as_str()))
        };
        self.check_number().is_ok()
            && names.len() == self.tags.len()
            && links.len() == self.taggings.len()
            && names.iter().all(|name| is_name(name))
            && self.taggings.iter().all(is_tagging)
    }

    fn check_number(&self) -> Result<(), TagError> {
        if self.tags.len() > MOST_TAGS {
            return Err(TagError::TooMany { most: MOST_TAGS });
        }
        if self.taggings.len() > MOST_TAGGED {
            return Err(TagError::TooManyQuotes { most: MOST_TAGGED });
        }
        Ok(())
    }

    /// The name of a tag as it is stored; a tag that is missing is made.
    fn made(&mut self, name: &str) -> Result<String, TagError> {
        let name = name_of(name)?;
        if let Some(tag) = self.named(&name) {
            return Ok(tag.name.clone());
        }
        let times = |colour: &TagColour| self.tags.iter().filter(|tag| tag.colour == *colour).count();
        let colour = TagColour::ALL.into_iter().min_by_key(times).unwrap_or(TagColour::Grey);
        self.tags.push(Tag { name: name.clone(), colour });
        Ok(name)
    }

    fn put(&mut self, permalink: &str, names: &[String], note: &str) -> Result<(), TagError> {
        let names = names.iter().map(|name| self.made(name)).collect::<Result<HashSet<_>, _>>()?;
        let tags = self.tags.iter().map(|tag| tag.name.clone()).filter(|name| names.contains(name)).collect();
        let tagging = Tagging { permalink: permalink.to_owned(), tags, note: note.to_owned(), on: today() };
        match self.taggings.iter_mut().find(|one| one.permalink == permalink) {
            Some(one) if one.tags == tagging.tags && one.note == tagging.note => {}
            Some(one) => *one = tagging,
            None => self.taggings.push(tagging),
        }
        self.taggings.retain(|one| !one.is_empty());
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str, colour: TagColour) -> Result<(), TagError> {
        let to = name_of(to)?;
        let at = self.tags.iter().position(|tag| tag.name == from);
        let at = at.ok_or_else(|| TagError::Unknown { name: sanitize::short(from) })?;
        if self.named(&to).is_some_and(|other| other.name != from) {
            return Err(TagError::Taken { name: to });
        }
        for name in self.taggings.iter_mut().flat_map(|one| &mut one.tags).filter(|name| *name == from) {
            name.clone_from(&to);
        }
        self.tags[at] = Tag { name: to, colour };
        Ok(())
    }

    fn delete(&mut self, name: &str) -> Result<(), TagError> {
        let before = self.tags.len();
        self.tags.retain(|tag| tag.name != name);
        if self.tags.len() == before {
            return Err(TagError::Unknown { name: sanitize::short(name) });
        }
        for one in &mut self.taggings {
            one.tags.retain(|tag| tag != name);
        }
        self.taggings.retain(|one| !one.is_empty());
        Ok(())
    }
}

impl Tagging {
    fn is_empty(&self) -> bool {
        self.tags.is_empty() && self.note.is_empty()
    }
}

/// A name on one line. It is refused, not cut, if it is too long.
fn name_of(name: &str) -> Result<String, TagError> {
    // Twice: white space may stand before a sign that is left out.
    let whole = sanitize::short(&sanitize::short(name));
    let (characters, most) = (name.trim().chars().count(), sanitize::LONGEST_NAME);
    match whole.chars().count() {
        0 => Err(TagError::NoName),
        written if written > most => Err(TagError::NameTooLong { characters, most }),
        _ => Ok(whole),
    }
}

/// A note as it is stored: its lines, without signs that control anything.
fn note_of(note: &str) -> Result<String, TagError> {
    let lines: Vec<String> = note.trim().lines().map(|line| sanitize::inert(line).trim_end().to_owned()).collect();
    let note = lines.join("\n");
    let characters = note.chars().count();
    if characters > MOST_NOTE { Err(TagError::NoteTooLong { characters, most: MOST_NOTE }) } else { Ok(note) }
}
