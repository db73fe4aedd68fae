//! Finds the answers within reach of a query. They pass its filters, hold its phrases, and hold no excluded word.

use super::query::{Filter, FilterKind, Query};
use crate::error::QueryError;
use crate::retrieval::corpus::{AnswerPlace, Corpus, Hit};
use crate::text::find::{find, folded};
use crate::text::segment::is_chinese;
use crate::transcript::Span;

/// The most speakers or transcripts named in an error.
const MAX_NAMED: usize = 12;

/// Returns the answers that pass the filters, in ascending order.
///
/// # Errors
/// If a filter names something absent.
pub(super) fn within(corpus: &Corpus, query: &Query) -> Result<Vec<usize>, QueryError> {
    let mut allowed: Vec<usize> = (0..corpus.answers.len()).collect();
    // Transcripts first, because the questions depend on them.
    for by in [FilterKind::Transcript, FilterKind::Question, FilterKind::Who] {
        let mut wanted: Vec<bool> = vec![false; corpus.answers.len()];
        let mut any = false;
        let mut unwanted = wanted.clone();
        for filter in query.filters.iter().filter(|filter| filter.by == by) {
            let named = matching(corpus, &allowed, filter)?;
            any |= !filter.not;
            let marked = if filter.not { &mut unwanted } else { &mut wanted };
            for answer in named {
                marked[answer] = true;
            }
        }
        allowed.retain(|answer| (!any || wanted[*answer]) && !unwanted[*answer]);
    }
    Ok(allowed)
}

/// Returns whether an interviewee has this folded name.
pub(super) fn is_speaker(corpus: &Corpus, name: &str) -> bool {
    let answers = corpus.answers.iter().filter_map(|place| corpus.answer(*place));
    let mut names = answers.filter_map(|(_, _, answer)| answer.interviewee.as_deref());
    names.any(|known| close(&folded(known), name) >= Some(Closeness::Begins))
}

/// Returns the allowed answers that a filter names, or an error if there are none.
fn matching(corpus: &Corpus, allowed: &[usize], filter: &Filter) -> Result<Vec<usize>, QueryError> {
    let value = folded(&filter.value);
    let level = |answer: usize| -> Option<Closeness> {
        let place = *corpus.answers.get(answer)?;
        let (transcript, question, answer) = corpus.answer(place)?;
        match filter.by {
            FilterKind::Question => is_label_of(&question.label, &value).then_some(Closeness::Same),
            FilterKind::Who if folded(&answer.label) == value => Some(Closeness::Same),
            FilterKind::Who => close(&folded(answer.interviewee.as_deref()?), &value),
            FilterKind::Transcript => {
                close(&folded(&transcript.name), &value).max(close(&folded(&transcript.title), &value))
            }
        }
    };
    let levels: Vec<(usize, Closeness)> =
        allowed.iter().filter_map(|answer| level(*answer).map(|level| (*answer, level))).collect();
    // `who:Li` means Li if there is one, and Liang otherwise.
    let best = levels.iter().map(|(_, level)| *level).max();
    let Some(best) = best else { return Err(nothing_matches(corpus, allowed, filter)) };
    Ok(levels.into_iter().filter(|(_, level)| *level == best).map(|(answer, _)| answer).collect())
}

/// How well a name matches, from worst to best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    Inside,
    Begins,
    Same,
}

/// Compares a name with a value. Both are folded.
fn close(name: &str, value: &str) -> Option<Closeness> {
    if name == value {
        return Some(Closeness::Same);
    }
    let begins = |at: usize| {
        let before = name[..at].chars().next_back();
        let first = value.chars().next();
        before.is_none_or(|c| !c.is_alphanumeric() || is_chinese(c)) || first.is_some_and(is_chinese)
    };
    if name.match_indices(value).any(|(at, _)| begins(at)) {
        return Some(Closeness::Begins);
    }
    name.contains(value).then_some(Closeness::Inside)
}

/// Returns whether a value names a question: `1`, `q1` and `Q1` name `Q1`.
fn is_label_of(label: &str, value: &str) -> bool {
    let label = folded(label);
    let number = |text: &str| text.trim_start_matches(|c: char| !c.is_numeric()).to_owned();
    label == value || (value.starts_with(char::is_numeric) && number(&label) == value)
}

/// Returns the error for a filter that names something absent, with what there is.
fn nothing_matches(corpus: &Corpus, allowed: &[usize], filter: &Filter) -> QueryError {
    let places = || allowed.iter().filter_map(|answer| corpus.answers.get(*answer));
    let value = filter.value.clone();
    match filter.by {
        FilterKind::Question => QueryError::NoQuestion { label: value, there: questions(corpus, places()) },
        FilterKind::Who => {
            let mut labels = Vec::new();
            let mut names = Vec::new();
            for (_, _, answer) in places().filter_map(|place| corpus.answer(*place)) {
                labels.push(answer.label.clone());
                names.extend(answer.interviewee.clone());
            }
            QueryError::NoSpeaker { name: value, there: first_of(if names.is_empty() { labels } else { names }) }
        }
        FilterKind::Transcript => {
            let names = corpus.transcripts.iter().map(|transcript| transcript.name.clone()).collect();
            QueryError::NoTranscript { name: value, there: first_of(names) }
        }
    }
}

/// Returns the labels of the questions in the transcript with the most questions.
fn questions<'a>(corpus: &'a Corpus, places: impl Iterator<Item = &'a AnswerPlace>) -> Vec<String> {
    let mut transcripts: Vec<usize> = places.map(|place| place.transcript).collect();
    transcripts.dedup();
    let longest = transcripts.iter().map(|t| &corpus.transcripts[*t].questions).max_by_key(|questions| questions.len());
    longest.into_iter().flatten().map(|question| question.label.clone()).collect()
}

/// Returns the first of some names, each once.
fn first_of(mut names: Vec<String>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    names.retain(|name| seen.insert(name.clone()));
    names.truncate(MAX_NAMED);
    names
}

/// The folded phrases and excluded words of a query.
pub(super) struct PhraseConstraints {
    phrases: Vec<String>,
    without: Vec<String>,
}

impl PhraseConstraints {
    pub(super) fn of(query: &Query) -> Self {
        let folded_all = |words: &[String]| words.iter().map(|words| folded(words)).collect();
        Self { phrases: folded_all(&query.phrases), without: folded_all(&query.without) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.phrases.is_empty() && self.without.is_empty()
    }

    /// Returns whether an answer holds every phrase and no excluded word.
    pub(super) fn met_by(&self, corpus: &Corpus, answer: usize) -> bool {
        if self.is_empty() {
            return true;
        }
        let Some(place) = corpus.answers.get(answer) else { return false };
        let Some((_, _, answer)) = corpus.answer(*place) else { return false };
        let holds = |words: &String| answer.stretches.iter().any(|span| holds(corpus, *place, *span, words));
        self.phrases.iter().all(holds) && !self.without.iter().any(holds)
    }

    /// Returns the hit with the passage of its answer that holds the most phrases.
    pub(super) fn passage_to_show(&self, corpus: &Corpus, hit: Hit) -> Hit {
        let Some(place) = corpus.answers.get(hit.answer) else { return hit };
        let held = |passage: usize| {
            let span = corpus.passages.get(passage).copied();
            span.map_or(0, |span| self.phrases.iter().filter(|words| holds(corpus, *place, span, words)).count())
        };
        let mut best = (held(hit.passage), hit.passage);
        for passage in corpus.index.passages_of(hit.answer).filter(|_| !self.phrases.is_empty()) {
            let held = held(passage);
            if held > best.0 {
                best = (held, passage);
            }
        }
        Hit { passage: best.1, ..hit }
    }
}

fn holds(corpus: &Corpus, place: AnswerPlace, span: Span, words: &str) -> bool {
    !find(corpus.folded(place.transcript).words(span.range()), words).is_empty()
}
