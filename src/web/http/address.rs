//! The addresses of our pages: read from requests and written into links. Only this file knows their
//! parameters.

mod tags;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::search::quote::{Citation, Permalink, Quote};
use crate::text::script::Display;
use crate::transcript::Span;

/// The most turns of a conversation, and the most bytes of its address. Servers and browsers take addresses of 64 KiB,
/// and one more query of 2,000 Chinese characters has 18,000 bytes.
const TURNS: usize = 40;
const ROOM: usize = 36_000;
/// The most bytes of an address that is read.
const LONGEST: usize = 60_000;
/// The most `drop` values of one query.
const DROPS: usize = 32;

/// The value of `by` that groups the answers by interviewee.
pub(crate) const BY_INTERVIEWEE: &str = "interviewee";

/// Hex digits of a source's SHA-256 in an address.
const HASH_DIGITS: usize = 16;

/// The content of an address: the conversation so far, and how to show it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Address {
    /// The queries, oldest first.
    pub(crate) queries: Vec<String>,
    /// For each query, the keys of the parts that it does not carry over from the query before.
    pub(crate) dropped: Vec<Vec<String>>,
    /// The script that was chosen, if any.
    pub(crate) script: Option<Display>,
    /// The script that the reader's language is written in. It is never written into a link.
    pub(crate) readers_script: Option<Display>,
    /// The turn from which a source page was opened.
    pub(crate) turn: Option<usize>,
    /// How a transcript is shown.
    pub(crate) reading: SourceView,
    /// Whether filters of the form were added to a query.
    pub(crate) narrowed: bool,
    span: Option<String>,
    mark: Option<String>,
    limit: Option<String>,
}

/// How a transcript is shown: its order, and a search in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct SourceView {
    /// Whether the answers are grouped by interviewee.
    pub(crate) by_interviewee: bool,
    /// Words to find.
    pub(crate) find: Option<String>,
    /// The current match, from 1.
    pub(crate) at: Option<usize>,
}

/// A byte range as written in an address, `START-END`, not yet checked against a text.
pub(crate) struct ByteRange {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

impl Address {
    /// Reads the parameters of a request. Unknown ones are ignored.
    pub(crate) fn read(parameters: Vec<(String, String)>) -> Self {
        let mut address = Self::default();
        for (name, value) in parameters {
            match name.as_str() {
                "q" => {
                    let query = value.replace("\r\n", "\n").trim().to_owned();
                    if !query.is_empty() {
                        address.queries.push(query);
                        address.dropped.push(Vec::new());
                    }
                }
                // A `drop` belongs to the query before it.
                "drop" => {
                    if let Some(dropped) = address.dropped.last_mut().filter(|dropped| dropped.len() < DROPS) {
                        dropped.push(value);
                    }
                }
                // A chosen filter, as written in a query. It narrows the query before it.
                "f" => {
                    address.narrowed = true;
                    if let Some(query) = address.queries.last_mut().filter(|_| !value.trim().is_empty()) {
                        narrow(query, value.trim());
                    }
                }
                "script" => address.script = display(&value),
                "turn" => address.turn = value.parse().ok(),
                "by" => address.reading.by_interviewee = value == BY_INTERVIEWEE,
                "find" => {
                    let words = value.split_whitespace().collect::<Vec<_>>().join(" ");
                    address.reading.find = Some(words).filter(|words| !words.is_empty());
                }
                "at" => address.reading.at = value.parse().ok(),
                "span" => address.span = Some(value),
                "mark" => address.mark = Some(value),
                "limit" => address.limit = Some(value),
                _ => {}
            }
        }
        address
    }

    /// Returns the address for a reader of this script.
    #[must_use]
    pub(crate) fn read_in(self, script: Option<Display>) -> Self {
        Self { readers_script: script, ..self }
    }

    /// The script to show Chinese in: the chosen one, or the reader's.
    pub(crate) fn display(&self) -> Option<Display> {
        self.script.or(self.readers_script)
    }

    /// Whether it is the address of the start page, in any script.
    pub(crate) fn is_start(&self) -> bool {
        let Self { queries, turn, reading, narrowed, span, mark, limit, .. } = self;
        let bare = span.is_none() && mark.is_none() && limit.is_none() && turn.is_none();
        queries.is_empty() && !narrowed && bare && *reading == SourceView::default()
    }

    /// Whether the conversation has no room for another turn.
    pub(crate) fn is_full(&self) -> bool {
        self.queries.len() >= TURNS || self.bytes() > ROOM
    }

    /// Whether the address is longer than any link on our pages. Such an address is refused, because no part of it may
    /// be left out silently.
    pub(crate) fn is_too_long(&self) -> bool {
        self.queries.len() > TURNS || self.bytes() > LONGEST
    }

    fn bytes(&self) -> usize {
        let mut written = String::new();
        for (name, value) in self.conversation() {
            written.push_str(name);
            encode(value, &mut written);
        }
        written.len()
    }

    /// The address of the chat up to a turn (1-based), at that turn.
    pub(crate) fn up_to(&self, turn: usize) -> String {
        let mut address = self.clone();
        address.queries.truncate(turn);
        address.dropped.truncate(turn);
        format!("{}#turn-{turn}", address.chat())
    }

    /// The address of the chat with one more turn, or of a new chat if there is no room.
    pub(crate) fn going_on(&self, query: &str) -> String {
        let mut address = if self.is_full() { self.bare() } else { self.clone() };
        address.queries.push(query.to_owned());
        address.dropped.push(Vec::new());
        address.chat() + "#latest"
    }

    /// The cited place, if any; `Err` if it is not `START-END`.
    pub(crate) fn span(&self) -> Result<Option<ByteRange>, ()> {
        self.span.as_deref().map(place).transpose()
    }

    /// The marked place, in the same form.
    pub(crate) fn mark(&self) -> Result<Option<ByteRange>, ()> {
        self.mark.as_deref().map(place).transpose()
    }

    /// The wanted number of quotes; `Err` if it is not a number.
    pub(crate) fn limit(&self) -> Result<Option<usize>, std::num::ParseIntError> {
        self.limit.as_deref().map(str::parse).transpose()
    }

    /// The name of the script that was chosen.
    pub(crate) fn script_name(&self) -> Option<&'static str> {
        self.script.map(name)
    }

    /// Returns the address in another script.
    pub(crate) fn in_script(&self, script: Display) -> Self {
        Self { script: Some(script), ..self.clone() }
    }

    /// Returns the address with another way to show the transcript.
    pub(crate) fn read_as(&self, reading: SourceView) -> Self {
        Self { reading, ..self.clone() }
    }

    /// Returns an address with the same script and nothing else.
    pub(crate) fn bare(&self) -> Self {
        Self { script: self.script, readers_script: self.readers_script, ..Self::default() }
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
    pub(crate) fn dropping(&self, turn: usize, key: &str) -> String {
        let mut address = self.clone();
        if let Some(dropped) = turn.checked_sub(1).and_then(|at| address.dropped.get_mut(at)) {
            dropped.push(key.to_owned());
        }
        format!("{}#turn-{turn}", address.chat())
    }

    /// The address of the chat in which one turn (1-based) asks this query instead.
    pub(crate) fn asking(&self, turn: usize, query: String) -> String {
        let mut address = self.clone();
        if let Some(asked) = turn.checked_sub(1).and_then(|at| address.queries.get_mut(at)) {
            *asked = query;
        }
        format!("{}#turn-{turn}", address.chat())
    }

    /// The address of the source page at some words, opened from a turn.
    pub(crate) fn words(&self, sha256: &str, words: Span, turn: usize) -> String {
        let from = Self { turn: Some(turn), ..self.clone() };
        from.write(&source_path(sha256), &[("span", range(words))]) + "#here"
    }

    /// The turns as parameters: each query, then its `drop` values.
    pub(crate) fn conversation(&self) -> Vec<(&'static str, &str)> {
        let turn = |(i, query)| {
            let dropped = self.dropped.get(i).into_iter().flatten().map(|key: &String| ("drop", key.as_str()));
            std::iter::once(("q", String::as_str(query))).chain(dropped).collect::<Vec<_>>()
        };
        self.queries.iter().enumerate().flat_map(turn).collect()
    }

    /// The address of a chat with this query alone.
    pub(crate) fn afresh(&self, query: &str) -> String {
        Self { queries: vec![query.to_owned()], dropped: vec![Vec::new()], ..self.bare() }.chat()
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
    pub(crate) fn at(&self, citation: &Citation) -> String {
        self.at_bytes(&citation.source_sha256, citation.start, citation.end)
    }

    /// The address of the source page at some of its bytes.
    pub(crate) fn at_bytes(&self, sha256: &str, start: usize, end: usize) -> String {
        self.bare().write(&source_path(sha256), &[("span", format!("{start}-{end}"))]) + "#here"
    }

    /// A permalink, or the address that serves it in a format.
    pub(crate) fn taken(&self, permalink: &Permalink, format: Option<&str>) -> String {
        let format = format.map(|format| ("as", format.to_owned()));
        self.bare().write(&permalink.to_string(), format.as_slice())
    }

    /// The address of the collection of these permalinks.
    pub(crate) fn collection(&self, kept: &[String]) -> String {
        let kept: Vec<_> = kept.iter().map(|permalink| ("quote", permalink.clone())).collect();
        self.bare().write("/collection", &kept)
    }

    /// The address of the page of everybody, with the newest query.
    pub(crate) fn people(&self) -> String {
        self.of_newest().write("/people", &[])
    }

    /// The address of the same page as a table.
    pub(crate) fn people_csv(&self) -> String {
        self.of_newest().write("/people.csv", &[])
    }

    /// The address of the page of a person.
    pub(crate) fn person(&self, name: &str) -> String {
        self.bare().write("/people", &[("who", name.to_owned())])
    }

    fn of_newest(&self) -> Self {
        let newest: Vec<String> = self.queries.last().cloned().into_iter().collect();
        Self { dropped: vec![Vec::new(); newest.len()], queries: newest, ..self.bare() }
    }

    /// The address of an export of these permalinks, or of the conversation if there are none.
    pub(crate) fn export(&self, kept: &[String], format: &str) -> String {
        let mut parameters = vec![("as", format.to_owned())];
        parameters.extend(kept.iter().map(|permalink| ("quote", permalink.clone())));
        let turns = if kept.is_empty() { self.clone() } else { self.bare() };
        Self { turn: None, ..turns }.write("/export", &parameters)
    }

    fn write(&self, path: &str, place: &[(&str, String)]) -> String {
        let mut parameters: Vec<(&str, &str)> = place.iter().map(|(name, value)| (*name, value.as_str())).collect();
        parameters.extend(self.conversation());
        parameters.extend(self.script_name().map(|name| ("script", name)));
        let turn = self.turn.filter(|_| path != "/").map(|turn| turn.to_string());
        parameters.extend(turn.as_deref().map(|turn| ("turn", turn)));
        let mut address = path.to_owned();
        for (i, (name, value)) in parameters.into_iter().enumerate() {
            address.push(if i == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            encode(value, &mut address);
        }
        address
    }
}

/// The address of the received text of a source.
pub(crate) fn received(sha256: &str) -> String {
    source_path(sha256) + "/received"
}

/// The script with this name.
pub(crate) fn display(name: &str) -> Option<Display> {
    match name {
        "original" => Some(Display::Original),
        "simplified" => Some(Display::Simplified),
        "traditional" => Some(Display::Traditional),
        _ => None,
    }
}

fn name(display: Display) -> &'static str {
    match display {
        Display::Original => "original",
        Display::Simplified => "simplified",
        Display::Traditional => "traditional",
    }
}

/// Adds a filter to a query that does not have it yet.
fn narrow(query: &mut String, filter: &str) {
    let has = query.split_once(filter).is_some_and(|(before, after)| {
        let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        apart(before.chars().next_back()) && apart(after.chars().next())
    });
    if !has {
        query.push(' ');
        query.push_str(filter);
    }
}

fn source_path(sha256: &str) -> String {
    format!("/t/{}", sha256.get(..HASH_DIGITS).unwrap_or(sha256))
}

fn range(span: Span) -> String {
    format!("{}-{}", span.start(), span.end())
}

fn place(written: &str) -> Result<ByteRange, ()> {
    let (start, end) = written.split_once('-').ok_or(())?;
    let number = |digits: &str| digits.parse().map_err(|_| ());
    Ok(ByteRange { start: number(start)?, end: number(end)? })
}

/// All but RFC 3986's unreserved characters.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(crate) fn encode(value: &str, into: &mut String) {
    into.extend(utf8_percent_encode(value, RESERVED));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(parameters: &[(&str, &str)]) -> Address {
        Address::read(parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_conversation_is_kept_in_its_address() {
        let address = read(&[("q", "AI & 客服?"), ("q", "再问"), ("script", "traditional")]);
        assert_eq!(address.chat(), "/?q=AI%20%26%20%E5%AE%A2%E6%9C%8D%3F&q=%E5%86%8D%E9%97%AE&script=traditional");
    }

    #[test]
    fn no_turn_of_a_conversation_is_ever_left_out() {
        let many: Vec<String> = (0..41).map(|n| n.to_string()).collect();
        let many: Vec<(&str, &str)> = many.iter().map(|query| ("q", query.as_str())).collect();
        for (turns, full, too_long) in [(9, false, false), (39, false, false), (40, true, false), (41, true, true)] {
            let address = read(&many[..turns]);
            assert_eq!(address.queries.len(), turns);
            assert_eq!((address.is_full(), address.is_too_long()), (full, too_long), "{turns}");
        }
        let long = "长".repeat(2000);
        let address = read(&[("q", &long), ("q", &long), ("q", &long)]);
        assert!(address.is_full() && !address.is_too_long(), "three of the longest queries");
        assert!(address.chat().len() < 65_534, "browser and server take it");
    }

    #[test]
    fn a_new_turn_follows_the_others_unless_there_is_no_room() {
        let address = read(&[("q", "a"), ("q", "b"), ("drop", "shown")]);
        assert_eq!(address.going_on("c"), "/?q=a&q=b&drop=shown&q=c#latest");
        assert_eq!(address.up_to(1), "/?q=a#turn-1");
        let long = "长".repeat(2000);
        assert_eq!(read(&[("q", &long), ("q", &long), ("q", &long)]).going_on("c"), "/?q=c#latest");
    }

    #[test]
    fn the_readers_script_is_in_no_link() {
        let address = read(&[("q", "a")]).read_in(Some(Display::Traditional));
        assert_eq!(address.display(), Some(Display::Traditional));
        assert_eq!(address.bare().display(), Some(Display::Traditional));
        assert!(!address.chat().contains("script"));
        assert_eq!(address.in_script(Display::Original).display(), Some(Display::Original));
    }

    #[test]
    fn things_not_carried_over_follow_their_query() {
        let address = read(&[("drop", "x"), ("q", "甲"), ("q", "乙"), ("drop", "shown"), ("q", "丙")]);
        assert_eq!(address.dropped, [vec![], vec!["shown".to_owned()], vec![]]);
        let fewer = address.dropping(2, "topic:a");
        assert_eq!(fewer, "/?q=%E7%94%B2&q=%E4%B9%99&drop=shown&drop=topic%3Aa&q=%E4%B8%99#turn-2");
    }

    #[test]
    fn a_chosen_filter_becomes_part_of_the_query_once() {
        let address = read(&[("q", "网费 q:2"), ("f", ""), ("f", "q:2"), ("f", "in:\"a b\"")]);
        assert_eq!(address.queries, ["网费 q:2 in:\"a b\""]);
        assert!(address.narrowed && !read(&[("q", "网费")]).narrowed);
        assert_eq!(read(&[("f", "q:2")]).queries, Vec::<String>::new());
    }

    #[test]
    fn an_empty_query_is_ignored() {
        assert!(read(&[("q", ""), ("q", " \r\n ")]).queries.is_empty());
    }

    #[test]
    fn a_place_that_is_no_range_is_refused() {
        for written in ["", "5", "a-b", "-1-5", "5-", "99999999999999999999-1"] {
            assert!(read(&[("span", written)]).span().is_err(), "{written}");
        }
    }
}
