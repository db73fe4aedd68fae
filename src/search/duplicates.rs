//! Finds the same answer in several transcripts, for example after a file was saved twice. It is quoted and counted
//! once, with all its places.

use std::collections::HashMap;

use super::quote::{self, Citation, Quote};
use super::ranking::Ranked;
use crate::error::Error;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::text::find::{find, folded};
use crate::text::script::View;
use crate::transcript::Span;

/// The fewest characters of an answer that counts as copied. Shorter ones ("是的。") may be equal by chance.
const MIN_COPIED_CHARS: usize = 20;

/// The numbers of the further copies of an answer, by the number of its first copy.
#[derive(Debug, Default)]
pub(super) struct Duplicates(HashMap<usize, Vec<usize>>);

impl Duplicates {
    /// Returns the further copies of an answer.
    pub(super) fn of(&self, answer: usize) -> &[usize] {
        self.0.get(&answer).map_or(&[], Vec::as_slice)
    }

    /// Returns an answer and its further copies.
    pub(super) fn with_copies(&self, answer: usize) -> impl Iterator<Item = usize> {
        std::iter::once(answer).chain(self.of(answer).iter().copied())
    }

    /// Returns the number of further copies of all answers.
    pub(super) fn count(&self) -> usize {
        self.0.values().map(Vec::len).sum()
    }
}

/// Returns the first copy of each answer, and its further copies.
pub(super) fn merge(corpus: &Corpus, ranked: Vec<Ranked>) -> (Vec<Ranked>, Duplicates) {
    let mut duplicates = Duplicates::default();
    if corpus.transcripts.len() < 2 {
        return (ranked, duplicates);
    }
    // Folding is slow, so only answers of equal length are compared.
    let mut lengths: HashMap<usize, usize> = HashMap::new();
    let measured: Vec<(Ranked, usize)> = ranked.into_iter().map(|one| (one, length(corpus, one.hit.answer))).collect();
    for (_, length) in &measured {
        *lengths.entry(*length).or_default() += 1;
    }
    let mut first: HashMap<String, usize> = HashMap::new();
    let mut kept = Vec::with_capacity(measured.len());
    for (one, length) in measured {
        let answer = one.hit.answer;
        if length < MIN_COPIED_CHARS || lengths.get(&length).is_none_or(|count| *count < 2) {
            kept.push(one);
            continue;
        }
        match first.get(&key(corpus, answer)) {
            Some(first) if transcript_of(corpus, *first) != transcript_of(corpus, answer) => {
                duplicates.0.entry(*first).or_default().push(answer);
            }
            Some(_) => kept.push(one),
            None => {
                first.insert(key(corpus, answer), answer);
                kept.push(one);
            }
        }
    }
    (kept, duplicates)
}

/// Returns the citations of a quote's words in the further copies of its answer.
pub(super) fn cite(corpus: &Corpus, quote: &Quote, copies: &[usize]) -> Result<Vec<Citation>, Error> {
    let words = folded(&quote.text);
    let places = copies.iter().filter_map(|answer| corpus.answers.get(*answer).copied());
    places
        .filter_map(|place| Some((place, same_words(corpus, place, &words)?)))
        .map(|(place, span)| quote::cite(corpus, place, span))
        .collect()
}

fn same_words(corpus: &Corpus, place: AnswerPlace, words: &str) -> Option<Span> {
    let (transcript, _, answer) = corpus.answer(place)?;
    answer.stretches.iter().find_map(|stretch| {
        let view = View::folded(transcript.words(*stretch));
        let found = view.source_range(find(view.text(), words).into_iter().next()?);
        Span::new(transcript.text(), stretch.start() + found.start..stretch.start() + found.end)
    })
}

fn transcript_of(corpus: &Corpus, answer: usize) -> Option<usize> {
    corpus.answers.get(answer).map(|place| place.transcript)
}

fn words(corpus: &Corpus, answer: usize) -> String {
    let place = corpus.answers.get(answer);
    let said =
        place.and_then(|place| corpus.answer(*place)).map(|(transcript, _, answer)| transcript.answer_text(answer));
    said.unwrap_or_default()
}

fn length(corpus: &Corpus, answer: usize) -> usize {
    words(corpus, answer).chars().filter(|c| !c.is_whitespace()).count()
}

fn key(corpus: &Corpus, answer: usize) -> String {
    folded(&words(corpus, answer)).split_whitespace().collect()
}
