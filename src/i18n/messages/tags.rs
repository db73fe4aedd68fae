//! The words of the pages of tags and of quote cards.

use crate::library::TagColour;

/// The words of the pages of tags and of quote cards.
#[derive(Debug)]
pub(crate) struct TagWords {
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) none: &'static str,
    /// On a quote, and on the button beside selected words.
    pub(crate) tag: &'static str,
    /// Beside the tags of an answer, for screen readers.
    pub(crate) tagged: &'static str,
    pub(crate) quotes: fn(usize) -> String,
    /// Quotes with a note and no tag.
    pub(crate) untagged: &'static str,
    pub(crate) by_person: &'static str,
    pub(crate) unnamed: &'static str,
    pub(crate) cell: fn(tag: &str, who: &str, quotes: usize) -> String,
    pub(crate) only: fn(who: &str) -> String,
    pub(crate) all: &'static str,
    pub(crate) more: &'static str,
    pub(crate) unknown: &'static str,
    pub(crate) export: &'static str,

    // One quote.
    pub(crate) edit: &'static str,
    pub(crate) new: &'static str,
    pub(crate) note: &'static str,
    pub(crate) save: &'static str,
    pub(crate) remove: &'static str,
    pub(crate) closed: &'static str,

    // One tag.
    pub(crate) change: &'static str,
    pub(crate) name: &'static str,
    pub(crate) colour: &'static str,
    pub(crate) colours: fn(TagColour) -> &'static str,
    pub(crate) delete: fn(&str) -> String,
    pub(crate) delete_note: &'static str,

    /// Tag, note, quote, interviewee, question, answer, interview, permalink, day.
    pub(crate) columns: [&'static str; 9],

    // Quote cards.
    pub(crate) card: &'static str,
    pub(crate) no_card: &'static str,
}
