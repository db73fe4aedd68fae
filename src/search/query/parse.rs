//! The syntax of a query: `"held word for word"`, `-left-out`, `q:1`, `who:A3`, `in:name`, in ASCII or full width.
//! Everything else is words to match.

use super::{Filter, FilterKind, Query};
use crate::error::QueryError;
use crate::text::segment::is_chinese;

/// The opening quotation marks and the marks that may close them. ASCII marks may be mixed with others.
const MARKS: [(char, &[char]); 7] = [
    ('"', &['"', '”', '＂']),
    ('“', &['”', '"', '“']),
    ('„', &['“', '”']),
    ('＂', &['＂', '"']),
    ('「', &['」']),
    ('『', &['』']),
    ('«', &['»']),
];

/// Reads a typed query.
///
/// # Errors
/// If a filter is empty or has an unknown name.
pub fn read(typed: &str) -> Result<Query, QueryError> {
    let mut reader = Reader { rest: typed, before: None };
    let mut query = Query::default();
    while let Some(c) = reader.rest.chars().next() {
        if let Some(phrase) = reader.phrase() {
            query.text.push_str(phrase);
            query.phrases.extend(said(phrase));
        } else if let Some((not, by)) = reader.filter_name()? {
            let value = reader.value();
            if !value.chars().any(char::is_alphanumeric) {
                return Err(QueryError::EmptyFilter { name: by.name(), example: by.example() });
            }
            // `q:1,3` means both questions. A name may hold a comma.
            let several = by == FilterKind::Question && !reader.before.is_some_and(is_mark);
            let values = value.split([',', '，', '、']).filter(|_| several);
            let values: Vec<&str> = values.chain(Some(value).filter(|_| !several)).collect();
            let filter = |value: &str| Filter { by, value: trimmed(value).to_owned(), not };
            query.filters.extend(values.into_iter().map(filter).filter(|filter| !filter.value.is_empty()));
        } else if reader.leaves_out() {
            query.without.extend(said(reader.value()));
        } else {
            query.text.push(c);
            query.open |= c.is_alphanumeric();
            reader.take(c.len_utf8());
        }
    }
    query.text = query.text.split_whitespace().collect::<Vec<_>>().join(" ");
    Ok(query)
}

/// Returns a phrase, or `None` if it is only punctuation.
fn said(words: &str) -> Option<String> {
    let words = trimmed(words);
    (!words.is_empty()).then(|| words.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Returns a value without the punctuation around it.
fn trimmed(value: &str) -> &str {
    value.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '%' | '+' | '#' | '°' | '＃' | '％' | '＋'))
}

struct Reader<'a> {
    rest: &'a str,
    /// The character before `rest`.
    before: Option<char>,
}

impl<'a> Reader<'a> {
    fn take(&mut self, bytes: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.before = taken.chars().next_back().or(self.before);
        self.rest = rest;
        taken
    }

    /// Takes a phrase with its marks, if one begins here. Returns the words between the marks.
    fn phrase(&mut self) -> Option<&'a str> {
        let open = self.rest.chars().next()?;
        let (_, closes) = MARKS.iter().find(|(mark, _)| *mark == open)?;
        let inside = &self.rest[open.len_utf8()..];
        let end = inside.find(*closes)?;
        let phrase = &inside[..end];
        phrase.chars().any(char::is_alphanumeric).then_some(())?;
        let close = inside[end..].chars().next().map_or(0, char::len_utf8);
        self.take(open.len_utf8() + end + close);
        Some(phrase)
    }

    /// Takes a phrase, or everything up to white space.
    fn value(&mut self) -> &'a str {
        if let Some(phrase) = self.phrase() {
            return phrase;
        }
        let end = self.rest.find(char::is_whitespace).unwrap_or(self.rest.len());
        self.take(end)
    }

    /// Takes `-` before a word. A dash by itself or inside a word does not exclude.
    fn leaves_out(&mut self) -> bool {
        let Some(dash) = self.dash() else { return false };
        let next = self.rest[dash..].chars().next();
        let leaves = next.is_some_and(|c| c.is_alphanumeric() || is_mark(c));
        if leaves {
            self.take(dash);
        }
        leaves
    }

    /// Returns the length in bytes of a dash at the beginning of something.
    fn dash(&self) -> Option<usize> {
        let dash = self.rest.chars().next().filter(|c| matches!(c, '-' | '－' | '−'))?;
        self.before.is_none_or(char::is_whitespace).then_some(dash.len_utf8())
    }

    /// Takes the name of a filter with its colon. Returns the filter, and whether it excludes.
    fn filter_name(&mut self) -> Result<Option<(bool, FilterKind)>, QueryError> {
        let begins = self.before.is_none_or(|c| !c.is_alphanumeric() || is_chinese(c));
        if !begins {
            return Ok(None);
        }
        let dash = self.dash();
        let named = &self.rest[dash.unwrap_or(0)..];
        let end = named.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(named.len());
        let (name, after) = named.split_at(end);
        let Some(colon) = after.chars().next().filter(|c| matches!(c, ':' | '：')) else { return Ok(None) };
        let value = &after[colon.len_utf8()..];
        let by = match name.to_ascii_lowercase().as_str() {
            "q" | "question" => FilterKind::Question,
            "who" | "speaker" => FilterKind::Who,
            "in" | "transcript" => FilterKind::Transcript,
            _ if looks_like_a_filter(name, colon, value) => {
                return Err(QueryError::UnknownFilter { name: name.to_owned() });
            }
            _ => return Ok(None),
        };
        if is_prose(by, name, value) {
            return Ok(None);
        }
        self.take(dash.unwrap_or(0) + end + colon.len_utf8());
        Ok(Some((dash.is_some(), by)))
    }
}

/// Returns whether a text looks like a mistyped filter: `speeker:A3`, but not `AI：…`, `http://…` or `note: …`.
fn looks_like_a_filter(name: &str, colon: char, value: &str) -> bool {
    name.len() > 1
        && name.bytes().all(|byte| byte.is_ascii_lowercase())
        && colon == ':'
        && value.chars().next().is_some_and(|c| c.is_alphanumeric() || is_mark(c))
}

/// Returns whether this is a line copied from a transcript, such as `Q：您怎么看？`. No number follows it.
fn is_prose(by: FilterKind, name: &str, value: &str) -> bool {
    let word: &str = value.split_whitespace().next().unwrap_or_default();
    let is_word = value.starts_with(|c: char| c.is_alphanumeric());
    let copied = name.starts_with(|c: char| c.is_ascii_uppercase()) && !value.trim().is_empty();
    let bare = !value.starts_with(is_mark);
    match by {
        FilterKind::Question if is_word => word.chars().any(is_chinese) && !word.chars().any(char::is_numeric),
        // `Q: How do you relax?`, `Who: …`
        _ => copied && bare && !is_word,
    }
}

fn is_mark(c: char) -> bool {
    MARKS.iter().any(|(open, closes)| *open == c || closes.contains(&c))
}
