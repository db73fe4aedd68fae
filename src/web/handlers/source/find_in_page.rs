//! A search within one transcript: plain words, in any script, width or case. It finds every displayed
//! place and ranks nothing.

use std::collections::HashSet;

use super::outline::QuestionView;
use super::people::Person;
use crate::retrieval::corpus::Corpus;
use crate::text::script::View;
use crate::transcript::Span;
use crate::web::context::PageContext;
use crate::web::http::address::SourceView;
use crate::web::view::highlight::Segment;

/// The most characters of a search.
const MAX_SEARCH_CHARS: usize = 200;
/// The most matches.
const MAX_MATCHES: usize = 5_000;

/// The places of the words in the transcript, shown or not.
#[derive(Default)]
pub(super) struct Matches {
    /// The matches, in ascending order and without overlaps.
    pub(super) spans: Vec<Span>,
    /// Whether the words stand nowhere together, so that each is searched by itself.
    pub(super) apart: bool,
}

/// The description of a search for the page.
pub(super) struct FindInPage {
    pub(super) words: String,
    /// The number of displayed matches; empty without a search.
    pub(super) count: String,
    pub(super) total: usize,
    /// The current match, from 1.
    pub(super) now: usize,
    pub(super) previous: String,
    pub(super) next: String,
    /// The page without the search.
    pub(super) clear: String,
}

/// Finds words in a transcript, together as typed. If they stand nowhere together, each is searched by itself.
pub(super) fn find(corpus: &Corpus, transcript: usize, words: Option<&str>) -> Matches {
    let Some(words) = words.filter(|words| words.chars().count() <= MAX_SEARCH_CHARS) else {
        return Matches::default();
    };
    let folded = corpus.folded(transcript);
    let text = corpus.transcripts[transcript].text();
    let all = |needle: &str| -> Vec<Span> {
        let places = folded.text().match_indices(needle).take(MAX_MATCHES);
        let places = places.map(|(at, found)| folded.source_range(at..at + found.len()));
        places.filter_map(|place| Span::new(text, place)).collect()
    };
    let needle = View::folded(words).into_text();
    let needle = needle.trim();
    if needle.is_empty() {
        return Matches::default();
    }
    let together = all(needle);
    if !together.is_empty() || !needle.contains(' ') {
        return Matches { spans: apart(together), apart: false };
    }
    let each: HashSet<&str> = needle.split(' ').filter(|word| !word.is_empty()).collect();
    Matches { spans: apart(each.into_iter().flat_map(all).collect()), apart: true }
}

/// Sorts the matches. Of overlapping matches, the first and longest stays.
fn apart(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_by_key(|span| (span.start(), std::cmp::Reverse(span.end())));
    let mut end = 0;
    spans.retain(|span| {
        let keep = span.start() >= end;
        if keep {
            end = span.end();
        }
        keep
    });
    spans
}

impl FindInPage {
    /// Counts the matches in the order of the page, and finds the current one.
    pub(super) fn of(
        context: PageContext<'_>,
        sha256: &str,
        matches: &Matches,
        asked: &mut [QuestionView],
        people: &mut [Person],
    ) -> Self {
        let PageContext { text, address, .. } = context;
        let mut total = 0;
        let mut last = None;
        let at = address.reading.at.unwrap_or(1);
        for segment in every_segment(asked, people) {
            for found in segment.parts.iter_mut().filter_map(|part| part.found.as_mut()) {
                if last != Some(found.number) {
                    last = Some(found.number);
                    total += 1;
                }
                found.number = total;
                found.now = total == at;
            }
        }
        let now = at.clamp(1, total.max(1));
        let step = |to: usize| {
            let reading = SourceView { at: Some(to), ..address.reading.clone() };
            format!("{}#found-{to}", address.with_view(reading).source(sha256))
        };
        let words = address.reading.find.clone().unwrap_or_default();
        let none = SourceView { by_interviewee: address.reading.by_interviewee, ..SourceView::default() };
        Self {
            count: if words.is_empty() { String::new() } else { (text.transcript.found)(total, matches.apart) },
            words,
            total,
            now,
            // The links wrap around, so both always lead somewhere.
            previous: step(if now > 1 { now - 1 } else { total.max(1) }),
            next: step(if now < total { now + 1 } else { 1 }),
            clear: address.with_view(none).source(sha256),
        }
    }
}

/// Returns all segments in the order of the page.
fn every_segment<'a>(asked: &'a mut [QuestionView], people: &'a mut [Person]) -> Vec<&'a mut Segment> {
    let by_person = !people.is_empty();
    let mut segments: Vec<&'a mut Segment> = Vec::new();
    for one in asked.iter_mut() {
        // If answers are ordered by person, the questions are shown with them as plain words.
        if !by_person {
            segments.extend(&mut one.segments);
        }
        let answers = one.answers.iter_mut().flat_map(|said| &mut said.paragraphs);
        segments.extend(answers.flat_map(|paragraph| &mut paragraph.segments));
    }
    let answers = people.iter_mut().flat_map(|person| &mut person.answers);
    segments.extend(answers.flat_map(|one| &mut one.said.paragraphs).flat_map(|paragraph| &mut paragraph.segments));
    segments
}

/// Returns the restorations that begin in displayed text, by their position among all.
pub(super) fn restored_places(asked: &[QuestionView], people: &[Person]) -> HashSet<usize> {
    let questions = asked.iter().filter(|_| people.is_empty()).flat_map(|one| &one.segments);
    let answers = asked.iter().flat_map(|one| &one.answers);
    let answers = answers.chain(people.iter().flat_map(|person| &person.answers).map(|one| &one.said));
    let answers = answers.flat_map(|said| &said.paragraphs).flat_map(|paragraph| &paragraph.segments);
    questions.chain(answers).flat_map(|segment| &segment.parts).filter_map(|part| part.begins).collect()
}
