//! Describes a place in a source: its words, their surroundings, and whether a quotation has them as the source shows
//! them or in another form. This module searches nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::finding::{Dress, PlaceInSource};
use super::searched_library::SearchedLibrary;
use super::units::Unit;
use crate::search::quote::Permalink;
use crate::text::script::{Display, View};
use crate::text::segment::is_chinese;
use crate::transcript::{Span, Transcript};

/// The words of a turn, by position.
#[derive(Debug, Clone)]
pub(super) struct Spot {
    pub(super) transcript: usize,
    pub(super) question: usize,
    /// The position of the answer, or `None` for a question.
    pub(super) answer: Option<usize>,
    /// The byte range in the restored text, or in the received text.
    pub(super) range: Range<usize>,
    /// Whether the range is of the text as received.
    pub(super) received: bool,
}

/// The most characters shown around the words.
const CONTEXT_CHARS: usize = 60;

/// Returns the text that a spot's range belongs to.
pub(super) fn text_of<'a>(library: &SearchedLibrary<'a>, spot: &Spot) -> &'a str {
    let transcript: &'a Transcript = &library.transcripts[spot.transcript];
    if spot.received { transcript.restored.received() } else { transcript.text() }
}

fn restored(transcript: &Transcript, spot: &Spot) -> Range<usize> {
    if spot.received { transcript.restored.restored_range(spot.range.clone()) } else { spot.range.clone() }
}

/// Returns the description of a spot for a reader.
pub(super) fn place(library: &SearchedLibrary<'_>, spot: &Spot) -> PlaceInSource {
    let transcript = &library.transcripts[spot.transcript];
    let range = restored(transcript, spot);
    let span = Span::new(transcript.text(), range.clone());
    let question = transcript.questions.get(spot.question);
    let answer = question.zip(spot.answer).and_then(|(question, answer)| question.answers.get(answer));
    let speaker = match (answer, question) {
        (Some(answer), _) => answer.interviewee.clone(),
        (None, question) => question.and_then(|question| question.speaker.clone()),
    };
    let timing = answer.zip(span).and_then(|(answer, span)| transcript.timing_of(answer, span));
    let turn = stretch_around(library, spot);
    PlaceInSource {
        transcript: transcript.name.clone(),
        title: transcript.title.clone(),
        question: question.map(|question| question.label.clone()).unwrap_or_default(),
        answer: answer.map(|answer| answer.label.clone()),
        speaker,
        undecided: answer.is_some_and(|answer| answer.undecided),
        line: transcript.line_of(range.start),
        time: timing.map(|timing| timing.start()),
        words: transcript.text().get(range.clone()).unwrap_or_default().to_owned(),
        around: around(transcript.text(), &turn, &range),
        as_received: spot.received,
        permalink: answer.and(span).map(|span| Permalink::of(transcript, span).to_string()),
        start: range.start,
        end: range.end,
        source_sha256: transcript.source_sha256.clone(),
    }
}

/// Returns the range of the turn's stretches around the words. It goes from the start of the stretch with the first
/// byte to the end of the stretch with the last one.
pub(super) fn stretch_around(library: &SearchedLibrary<'_>, spot: &Spot) -> Range<usize> {
    let transcript = &library.transcripts[spot.transcript];
    let range = restored(transcript, spot);
    let question = transcript.questions.get(spot.question);
    let answer = question.zip(spot.answer).and_then(|(question, answer)| question.answers.get(answer));
    let stretches: Vec<Span> = match (answer, question) {
        (Some(answer), _) => answer.stretches.clone(),
        (None, question) => question.map(|question| question.span).into_iter().collect(),
    };
    let first = stretches.iter().find(|one| one.start() <= range.start && range.start < one.end());
    let last = stretches.iter().find(|one| one.start() < range.end && range.end <= one.end());
    let start = first.map_or(range.start, |first| first.start());
    start..last.map_or(range.end, |last| last.end())
}

/// Returns the range of whole sentences around some words.
pub(super) fn sentences_around(library: &SearchedLibrary<'_>, spot: &Spot) -> Range<usize> {
    let transcript = &library.transcripts[spot.transcript];
    let (range, turn) = (restored(transcript, spot), stretch_around(library, spot));
    let text = transcript.text();
    let before = text.get(turn.start..range.start).unwrap_or_default();
    let after = text.get(range.end..turn.end).unwrap_or_default();
    let is_end = |c: char| matches!(c, '。' | '！' | '？' | '!' | '?' | '\n');
    let start = before.char_indices().rev().find(|(_, c)| is_end(*c)).map_or(0, |(at, c)| at + c.len_utf8());
    let end = after.char_indices().find(|(_, c)| is_end(*c)).map_or(after.len(), |(at, c)| at + c.len_utf8());
    // Long sentences are not added.
    let near =
        |text: &str, all: usize| if text[..all.min(text.len())].chars().count() > 3 * CONTEXT_CHARS { 0 } else { all };
    let start = turn.start + start;
    let start = if range.start - start > 9 * CONTEXT_CHARS { range.start } else { start };
    start..range.end + near(after, end)
}

fn around(text: &str, turn: &Range<usize>, range: &Range<usize>) -> (String, String) {
    let before = text.get(turn.start..range.start).unwrap_or_default();
    let after = text.get(range.end..turn.end).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let from = line.char_indices().rev().nth(CONTEXT_CHARS).map(|(at, _)| at);
    let cut = |words: &str, is_cut: bool| if is_cut { format!("…{words}") } else { words.to_owned() };
    let before = cut(&line[from.unwrap_or_default()..], from.is_some());
    let line = after.split('\n').next().unwrap_or_default();
    let until = line.char_indices().nth(CONTEXT_CHARS).map(|(at, _)| at);
    let after = match until {
        Some(until) => format!("{}…", &line[..until]),
        None => line.to_owned(),
    };
    (before, after)
}

/// Returns whether a quotation is what the page shows of the words, apart from white space. A source of mixed scripts
/// is shown in Simplified Chinese. `whole` tells that the words were chosen to end where they do.
pub(super) fn is_as_shown(library: &SearchedLibrary<'_>, spot: &Spot, quoted: &str, whole: bool) -> bool {
    let transcript = &library.transcripts[spot.transcript];
    let text = text_of(library, spot);
    // A question mark after the words is compared too, so that a question is not taken for a statement.
    let mark = text[spot.range.end..].chars().next().filter(|c| !whole && matches!(c, '?' | '？'));
    let end = spot.range.end + mark.map_or(0, char::len_utf8);
    let words = text.get(spot.range.start..end).unwrap_or_default();
    if is_same(words, quoted) {
        return true;
    }
    let display = transcript.script.default_display();
    if display == Display::Original || spot.received {
        return false;
    }
    let stretch = stretch_around(library, spot);
    let Some(whole) = text.get(stretch.clone()) else { return false };
    let view = View::new(whole, display);
    is_same(view.words(spot.range.start - stretch.start..end.min(stretch.end) - stretch.start), quoted)
}

/// Returns whether two texts are the same, apart from white space and the marks at their ends.
fn is_same(one: &str, other: &str) -> bool {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    let (one, other) = (bare(one), bare(other));
    one == other || {
        let asks = |text: &str| text.ends_with(['?', '？']);
        let ends = |c: char| !c.is_alphanumeric() && !matches!(c, '%' | '‰' | '°' | '+');
        asks(&one) == asks(&other) && one.trim_matches(ends) == other.trim_matches(ends)
    }
}

/// Returns how a quotation differs from the source apart from its words. `source_units` holds as many ranges as the
/// quotation has units.
pub(super) fn dress(quoted: &str, units: &[Unit], source: &str, source_units: &[Range<usize>]) -> Vec<Dress> {
    let mut found = BTreeSet::new();
    let mut before: Option<(usize, usize)> = None;
    for (unit, theirs) in units.iter().zip(source_units) {
        let (ours, theirs_words) = (&quoted[unit.range()], source.get(theirs.clone()).unwrap_or_default());
        found.extend(of_unit(ours, theirs_words));
        if let Some((end, their_end)) = before {
            let gap = source.get(their_end..theirs.start).unwrap_or_default();
            found.extend(of_marks(&quoted[end..unit.range().start], gap));
        }
        before = Some((unit.range().end, theirs.end));
    }
    if let Some((end, their_end)) = before {
        let mark = |text: &str| text.chars().find(|c| !c.is_whitespace()).filter(|c| !c.is_alphanumeric());
        let asks = |mark: Option<char>| matches!(mark, Some('?' | '？'));
        // The last mark is the report's own. Only a question mark that is added or dropped counts.
        if asks(mark(&quoted[end..])) != asks(mark(source.get(their_end..).unwrap_or_default())) {
            found.insert(Dress::Punctuation);
        }
    }
    found.into_iter().collect()
}

fn of_unit(ours: &str, theirs: &str) -> Option<Dress> {
    if ours == theirs {
        return None;
    }
    let plain = |text: &str| text.nfkc().collect::<String>();
    let (one, other) = (plain(ours), plain(theirs));
    if one == other {
        Some(Dress::Width)
    } else if one.to_lowercase() == other.to_lowercase() {
        Some(Dress::Case)
    } else if one.chars().any(is_chinese) {
        Some(Dress::Script)
    } else {
        Some(Dress::Punctuation)
    }
}

fn of_marks(ours: &str, theirs: &str) -> Option<Dress> {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect() };
    let (one, other) = (bare(ours), bare(theirs));
    // Text that interrupts the turn is not punctuation.
    if one == other || other.chars().any(char::is_alphanumeric) || one.chars().any(char::is_alphanumeric) {
        return None;
    }
    let plain = |text: &str| text.nfkc().collect::<String>();
    Some(if plain(&one) == plain(&other) { Dress::Width } else { Dress::Punctuation })
}
