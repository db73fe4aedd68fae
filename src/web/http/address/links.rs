//! The addresses that our pages link to: chats, sources, collections, people and exports.

use super::{Address, BY_INTERVIEWEE, HASH_DIGITS};
use crate::search::quote::{Citation, Permalink, Quote};
use crate::transcript::Span;

impl Address {
    /// The address of the chat up to a turn (1-based), at that turn.
    pub(crate) fn chat_up_to(&self, turn: usize) -> String {
        let mut address = self.clone();
        address.queries.truncate(turn);
        address.dropped.truncate(turn);
        format!("{}#turn-{turn}", address.chat())
    }

    /// The address of the chat with one more turn, or of a new chat if there is no room.
    pub(crate) fn with_next_query(&self, query: &str) -> String {
        let mut address = if self.is_full() { self.script_only() } else { self.clone() };
        address.queries.push(query.to_owned());
        address.dropped.push(Vec::new());
        address.chat() + "#latest"
    }

    /// The address of the chat with these turns.
    pub(crate) fn chat(&self) -> String {
        self.write("/", &[])
    }

    /// The address of the chat, at the turn from which a source page was opened.
    pub(crate) fn chat_at_turn(&self) -> String {
        let turn = self.turn.unwrap_or(self.queries.len());
        format!("{}#turn-{turn}", self.chat())
    }

    /// The address of the chat in which one turn (1-based) does not carry something over.
    pub(crate) fn without_carried(&self, turn: usize, key: &str) -> String {
        let mut address = self.clone();
        if let Some(dropped) = turn.checked_sub(1).and_then(|at| address.dropped.get_mut(at)) {
            dropped.push(key.to_owned());
        }
        format!("{}#turn-{turn}", address.chat())
    }

    /// The address of the chat in which one turn (1-based) asks this query instead.
    pub(crate) fn with_query(&self, turn: usize, query: String) -> String {
        let mut address = self.clone();
        if let Some(asked) = turn.checked_sub(1).and_then(|at| address.queries.get_mut(at)) {
            *asked = query;
        }
        format!("{}#turn-{turn}", address.chat())
    }

    /// The address of the source page at some words, opened from a turn.
    pub(crate) fn source_at_words(&self, sha256: &str, words: Span, turn: usize) -> String {
        let from = Self { turn: Some(turn), ..self.clone() };
        from.write(&source_path(sha256), &[("span", range(words))]) + "#here"
    }

    /// The address of a chat with this query alone.
    pub(crate) fn new_chat(&self, query: &str) -> String {
        Self { queries: vec![query.to_owned()], dropped: vec![Vec::new()], ..self.script_only() }.chat()
    }

    /// The address of the source page of a transcript, from its first line.
    pub(crate) fn source(&self, sha256: &str) -> String {
        let by = self.reading.by_interviewee.then(|| BY_INTERVIEWEE.to_owned());
        let at = self.reading.at.map(|at| at.to_string());
        let find = self.reading.find.clone();
        let place = [("span", self.span.clone()), ("mark", self.mark.clone()), ("by", by), ("find", find), ("at", at)];
        let place: Vec<_> = place.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
        self.write(&source_path(sha256), &place)
    }

    /// The address of the source page at a quote, with the quote highlighted.
    pub(crate) fn citation(&self, quote: &Quote, turn: usize) -> String {
        let from = Self { turn: Some(turn), ..self.clone() };
        let place = [("span", range(quote.span)), ("mark", range(quote.marked_span))];
        from.write(&source_path(&quote.citation.source_sha256), &place) + "#here"
    }

    /// The address of the source page at a citation, without any conversation.
    pub(crate) fn source_of(&self, citation: &Citation) -> String {
        self.source_at(&citation.source_sha256, citation.start, citation.end)
    }

    /// The address of the source page at some of its bytes.
    pub(crate) fn source_at(&self, sha256: &str, start: usize, end: usize) -> String {
        self.script_only().write(&source_path(sha256), &[("span", format!("{start}-{end}"))]) + "#here"
    }

    /// A permalink, or the address that serves it in a format.
    pub(crate) fn permalink(&self, permalink: &Permalink, format: Option<&str>) -> String {
        let format = format.map(|format| ("as", format.to_owned()));
        self.script_only().write(&permalink.to_string(), format.as_slice())
    }

    /// The address of the collection of these permalinks.
    pub(crate) fn collection(&self, kept: &[String]) -> String {
        let kept: Vec<_> = kept.iter().map(|permalink| ("quote", permalink.clone())).collect();
        self.script_only().write("/collection", &kept)
    }

    /// The address of the page of everybody, with the newest query.
    pub(crate) fn people(&self) -> String {
        self.newest_query_only().write("/people", &[])
    }

    /// The address of the same page as a table.
    pub(crate) fn people_csv(&self) -> String {
        self.newest_query_only().write("/people.csv", &[])
    }

    /// The address of the page of a person.
    pub(crate) fn person(&self, name: &str) -> String {
        self.script_only().write("/people", &[("who", name.to_owned())])
    }

    fn newest_query_only(&self) -> Self {
        let newest: Vec<String> = self.queries.last().cloned().into_iter().collect();
        Self { dropped: vec![Vec::new(); newest.len()], queries: newest, ..self.script_only() }
    }

    /// The address of an export of these permalinks, or of the conversation if there are none.
    pub(crate) fn export(&self, kept: &[String], format: &str) -> String {
        let mut parameters = vec![("as", format.to_owned())];
        parameters.extend(kept.iter().map(|permalink| ("quote", permalink.clone())));
        let turns = if kept.is_empty() { self.clone() } else { self.script_only() };
        Self { turn: None, ..turns }.write("/export", &parameters)
    }
}

/// The address of the received text of a source.
pub(crate) fn received(sha256: &str) -> String {
    source_path(sha256) + "/received"
}

fn source_path(sha256: &str) -> String {
    format!("/t/{}", sha256.get(..HASH_DIGITS).unwrap_or(sha256))
}

fn range(span: Span) -> String {
    format!("{}-{}", span.start(), span.end())
}
