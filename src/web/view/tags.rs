//! Tags as the pages show them: by name, with a colour that tells nothing alone. Counts are of quotes whose
//! words are here.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use crate::export::{TaggedQuote, tagged_in};
use crate::i18n::Messages;
use crate::library::{Tag, TagColour, Tags};
use crate::transcript::AnswerAt;
use crate::web::context::PageContext;
use crate::web::http::address::Address;
use crate::web::site::Site;

/// A tag, and the page of its quotes.
#[derive(Clone)]
pub(crate) struct TagLink {
    pub(crate) name: String,
    /// For the style sheet.
    pub(crate) colour: &'static str,
    pub(crate) href: String,
}

/// A tag in the list, with how many quotes have it.
pub(crate) struct TagRow {
    pub(crate) tag: TagLink,
    pub(crate) quotes: usize,
    pub(crate) counts: String,
    /// By interviewee.
    pub(crate) cells: Vec<Option<TagCell>>,
}

/// How many quotes of one interviewee have a tag.
pub(crate) struct TagCell {
    pub(crate) quotes: usize,
    pub(crate) href: String,
    /// What it counts, for screen readers.
    pub(crate) name: String,
}

/// A colour to choose.
pub(crate) struct ColourChoice {
    pub(crate) value: &'static str,
    pub(crate) name: &'static str,
    pub(crate) chosen: bool,
}

impl TagLink {
    pub(crate) fn new(address: &Address, tag: &Tag) -> Self {
        Self { name: tag.name.clone(), colour: tag.colour.name(), href: address.tagged(&tag.name, None, 1) }
    }

    /// Those with these names, in the order of the tags.
    pub(crate) fn all(address: &Address, tags: &Tags, names: &[String]) -> Vec<Self> {
        tags.tags.iter().filter(|tag| names.contains(&tag.name)).map(|tag| Self::new(address, tag)).collect()
    }

    /// What stands for quotes that have a note and no tag.
    fn of_notes(context: PageContext<'_>) -> Self {
        let PageContext { text, address, .. } = context;
        Self { name: text.tags.untagged.to_owned(), colour: "none", href: address.tagged("", None, 1) }
    }
}

impl ColourChoice {
    pub(crate) fn all(text: &Messages, of: TagColour) -> Vec<Self> {
        let choice = |colour: TagColour| {
            let (value, name) = (colour.name(), (text.tags.colours)(colour));
            Self { value, name, chosen: colour == of }
        };
        TagColour::ALL.into_iter().map(choice).collect()
    }
}

/// Every tag by interviewee, and who they are; whoever is not named comes last.
pub(crate) fn rows(context: PageContext<'_>, tags: &Tags, tagged: &[TaggedQuote<'_>]) -> (Vec<String>, Vec<TagRow>) {
    let PageContext { corpus, text, address } = context;
    let mut counts: HashMap<&str, BTreeMap<(bool, &str), usize>> = HashMap::new();
    let mut people: BTreeSet<(bool, &str)> = BTreeSet::new();
    for one in tagged {
        let who = one.interviewee(corpus);
        let who = (who.is_none(), who.unwrap_or_default());
        people.insert(who);
        let none = one.tagging.tags.is_empty().then_some("");
        for tag in one.tagging.tags.iter().map(String::as_str).chain(none) {
            *counts.entry(tag).or_default().entry(who).or_default() += 1;
        }
    }
    let shown = |who: &(bool, &str)| if who.0 { text.tags.unnamed.to_owned() } else { who.1.to_owned() };
    let row = |key: &str, tag: TagLink| {
        let own = counts.get(key);
        let cell = |who: &(bool, &str)| {
            let quotes = *own?.get(who)?;
            let name = (text.tags.cell)(&tag.name, &shown(who), quotes);
            Some(TagCell { quotes, href: address.tagged(key, Some(who.1), 1), name })
        };
        let cells = people.iter().map(cell).collect();
        let quotes = own.map_or(0, |own| own.values().sum());
        TagRow { counts: (text.tags.quotes)(quotes), tag, quotes, cells }
    };
    let mut rows: Vec<TagRow> = tags.tags.iter().map(|tag| row(&tag.name, TagLink::new(address, tag))).collect();
    let notes = row("", TagLink::of_notes(context));
    rows.extend(Some(notes).filter(|notes| notes.quotes > 0));
    (people.iter().map(shown).collect(), rows)
}

/// The tags of the answers of a transcript. Where they cannot be read, the words are read all the same.
pub(crate) fn of_answers(site: &Site, context: PageContext<'_>, transcript: usize) -> Vec<(AnswerAt, Vec<TagLink>)> {
    let PageContext { corpus, address, .. } = context;
    let tags = site.tags().unwrap_or_else(|error| {
        tracing::warn!("{error}");
        Arc::default()
    });
    let mut names: BTreeMap<AnswerAt, Vec<String>> = BTreeMap::new();
    for one in tagged_in(corpus, &tags, transcript) {
        names.entry(one.place.at).or_default().extend(one.tagging.tags.iter().cloned());
    }
    names.into_iter().map(|(at, names)| (at, TagLink::all(address, &tags, &names))).collect()
}
