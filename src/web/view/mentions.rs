//! Literal mentions of query words, as the page lists them: sentences of the sources with their places.
//! It judges nothing.

use super::page::lang_as_shown;
use crate::search::{Mention, Mentioned};
use crate::web::context::PageContext;

/// A word and the answers that use it.
pub(crate) struct MentionList {
    /// The number of answers, in words.
    pub(crate) sentence: String,
    pub(crate) places: Vec<MentionPlace>,
    /// The note that there are more than listed.
    pub(crate) more: Option<String>,
}

/// A sentence that uses it, in three parts: the word, and the text before and after it.
pub(crate) struct MentionPlace {
    pub(crate) href: String,
    /// `Q1 · A2`
    pub(crate) label: String,
    pub(crate) lang: &'static str,
    pub(crate) before: String,
    pub(crate) word: String,
    pub(crate) after: String,
}

impl MentionList {
    pub(crate) fn of(context: PageContext<'_>, mention: &Mention) -> Self {
        let PageContext { text, .. } = context;
        let places: Vec<MentionPlace> =
            mention.places.iter().filter_map(|place| MentionPlace::of(context, place)).collect();
        let more = mention.answers.saturating_sub(places.len());
        Self {
            sentence: (text.turn.mention)(&mention.word, mention.answers),
            more: (more > 0 && !places.is_empty()).then(|| (text.turn.more_places)(more)),
            places,
        }
    }
}

impl MentionPlace {
    fn of(context: PageContext<'_>, place: &Mentioned) -> Option<Self> {
        let PageContext { corpus, address, .. } = context;
        let script = corpus.transcripts.get(place.place.transcript)?.script;
        let citation = &place.citation;
        let who = citation.interviewee.as_ref().map(|who| format!(" · {who}")).unwrap_or_default();
        let (start, end) = place.marked;
        Some(Self {
            href: address.source_of(citation),
            label: format!("{} · {}{who}", citation.question, citation.answer),
            lang: lang_as_shown(&place.text, script, place.display),
            before: place.text.get(..start)?.to_owned(),
            word: place.text.get(start..end)?.to_owned(),
            after: place.text.get(end..)?.to_owned(),
        })
    }
}
