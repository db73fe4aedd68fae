//! The addresses of our pages: read from requests and written into links. Only this module knows their parameters.

mod links;
mod tags;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::text::script::Display;
pub(crate) use links::received;

/// The most turns of a conversation, and the most bytes of its address. Servers and browsers take addresses of 64 KiB,
/// and one more query of 2,000 Chinese characters has 18,000 bytes.
const MAX_TURNS: usize = 40;
const MAX_BYTES_FOR_NEXT_TURN: usize = 36_000;
/// The most bytes of an address that is read.
const MAX_BYTES: usize = 60_000;
/// The most `drop` values of one query.
const MAX_DROPS: usize = 32;

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
                    if let Some(dropped) = address.dropped.last_mut().filter(|dropped| dropped.len() < MAX_DROPS) {
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
    pub(crate) fn for_reader(self, script: Option<Display>) -> Self {
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
        self.queries.len() >= MAX_TURNS || self.bytes() > MAX_BYTES_FOR_NEXT_TURN
    }

    /// Whether the address is longer than any link on our pages. Such an address is refused, because no part of it may
    /// be left out silently.
    pub(crate) fn is_too_long(&self) -> bool {
        self.queries.len() > MAX_TURNS || self.bytes() > MAX_BYTES
    }

    fn bytes(&self) -> usize {
        let mut written = String::new();
        for (name, value) in self.conversation() {
            written.push_str(name);
            encode(value, &mut written);
        }
        written.len()
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
    pub(crate) fn with_view(&self, reading: SourceView) -> Self {
        Self { reading, ..self.clone() }
    }

    /// Returns an address with the same script and nothing else.
    pub(crate) fn script_only(&self) -> Self {
        Self { script: self.script, readers_script: self.readers_script, ..Self::default() }
    }

    /// The turns as parameters: each query, then its `drop` values.
    pub(crate) fn conversation(&self) -> Vec<(&'static str, &str)> {
        let turn = |(i, query)| {
            let dropped = self.dropped.get(i).into_iter().flatten().map(|key: &String| ("drop", key.as_str()));
            std::iter::once(("q", String::as_str(query))).chain(dropped).collect::<Vec<_>>()
        };
        self.queries.iter().enumerate().flat_map(turn).collect()
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
mod tests;
