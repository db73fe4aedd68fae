//! Where words of a query stand letter for letter, as the page lists them: sentences of the
//! sources, each with its place. Counts and shows; judges nothing.

use super::address::Address;
use super::page::lang_as_shown;
use super::text::Text;
use crate::corpus::Corpus;
use crate::search::{Mention, Mentioned};

/// A word and the answers that use it.
pub(super) struct Mentions {
    /// How many there are, in words.
    pub(super) told: String,
    pub(super) places: Vec<Place>,
    /// Says that there are more than are listed.
    pub(super) more: Option<String>,
}

/// A sentence that uses it, in three parts: the word and what stands around it.
pub(super) struct Place {
    pub(super) href: String,
    /// `Q1 · A2`
    pub(super) label: String,
    pub(super) lang: &'static str,
    pub(super) before: String,
    pub(super) word: String,
    pub(super) after: String,
}

impl Mentions {
    pub(super) fn of(corpus: &Corpus, text: &'static Text, address: &Address, mention: &Mention) -> Self {
        let places: Vec<Place> = mention.places.iter().filter_map(|place| Place::of(corpus, address, place)).collect();
        let more = mention.answers.saturating_sub(places.len());
        Self {
            told: (text.turn.mention)(&mention.word, mention.answers),
            more: (more > 0 && !places.is_empty()).then(|| (text.turn.more_places)(more)),
            places,
        }
    }
}

impl Place {
    fn of(corpus: &Corpus, address: &Address, place: &Mentioned) -> Option<Self> {
        let script = corpus.transcripts.get(place.place.transcript)?.script;
        let citation = &place.citation;
        let who = citation.interviewee.as_ref().map(|who| format!(" · {who}")).unwrap_or_default();
        let (start, end) = place.marked;
        Some(Self {
            href: address.at(citation),
            label: format!("{} · {}{who}", citation.question, citation.answer),
            lang: lang_as_shown(&place.text, script, place.display),
            before: place.text.get(..start)?.to_owned(),
            word: place.text.get(start..end)?.to_owned(),
            after: place.text.get(end..)?.to_owned(),
        })
    }
}
