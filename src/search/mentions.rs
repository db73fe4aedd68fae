//! Counts literal mentions of query words in answers. They are shown beside the verdict, so a word that somebody used
//! is never denied.

mod numbers;
mod reading;

use std::collections::HashSet;
use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use super::query::Query;
use super::quote::{self, Citation};
use crate::error::Error;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::retrieval::lexical::{self, TermKind, Wanted};
use crate::retrieval::passage;
use crate::text::find::{find, folded};
use crate::text::script::{Display, View};
use crate::text::segment::{self, is_chinese};
use crate::transcript::Span;
use numbers::Numbered;
pub(super) use reading::{MentionQuery, mention_query, topic_of_view};

/// The most places listed for a word.
const MAX_PLACES: usize = 20;

/// A word of the query, and the answers that use it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Mention {
    /// The word as typed.
    pub word: String,
    /// The number of answers that use it.
    pub answers: usize,
    /// The first places, in the order of the sources.
    pub places: Vec<Mentioned>,
}

/// A sentence that uses a word.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Mentioned {
    /// The sentence, word for word, in the script of the reply.
    pub text: String,
    /// The UTF-8 byte range of the word in `text`.
    pub marked: (usize, usize),
    /// The citation of the sentence.
    pub citation: Citation,
    /// The place of the answer in the corpus, for the page.
    #[serde(skip)]
    pub place: AnswerPlace,
    /// The span of `text` in the restored text.
    #[serde(skip)]
    pub span: Span,
    /// The script of `text`.
    #[serde(skip)]
    pub display: Display,
}

/// An answer that uses a word, with the places of the word.
pub(super) struct WordUse {
    pub(super) answer: usize,
    pub(super) spans: Vec<Span>,
}

/// Returns a folded word of a query as it was typed.
pub(super) fn as_typed(query: &Query, word: &str) -> String {
    let view = View::folded(&query.text);
    let place = find(view.text(), word).into_iter().next().map(|range| view.source_range(range));
    place.and_then(|place| query.text.get(place)).unwrap_or(word).to_owned()
}

/// Returns the meaningful words of a folded text, as the segmenter cuts them, each once.
fn content_words(text: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let words = segment::cut(text).into_iter().filter(|word| word.chars().any(char::is_alphanumeric));
    words.filter(|word| !segment::is_stopword(word)).filter(|word| seen.insert(*word)).map(str::to_owned).collect()
}

/// Returns the answers within reach that use a word, in ascending order.
///
/// # Errors
/// If the word index fails.
pub(super) fn answers_using(corpus: &Corpus, within: &[usize], word: &str) -> Result<Vec<WordUse>, Error> {
    let word = folded(word);
    let number = Numbered::of(&word);
    let held = number.as_ref().map_or_else(|| word.clone(), Numbered::beside);
    let terms = index_terms(&held);
    // A bare number is written in several ways, so every answer is looked at.
    let mut candidates = if terms.is_empty() && number.is_some() {
        within.to_vec()
    } else {
        corpus.index.answer_terms.holding(&terms)?
    };
    candidates.retain(|answer| within.binary_search(answer).is_ok());
    let used = |answer: usize| {
        let place = corpus.answers.get(answer)?;
        let (transcript, _, given) = corpus.answer(*place)?;
        let spans = given.stretches.iter().flat_map(|stretch| {
            let view = View::folded(transcript.words(*stretch));
            let found = match &number {
                Some(number) => number.places_in(view.text()),
                None => places_of_word(view.text(), &word),
            };
            let ranges: Vec<_> = found.into_iter().map(|range| view.source_range(range)).collect();
            let base = stretch.start();
            ranges
                .into_iter()
                .filter_map(move |range| Span::new(transcript.text(), base + range.start..base + range.end))
        });
        let spans: Vec<Span> = spans.collect();
        (!spans.is_empty()).then_some(WordUse { answer, spans })
    };
    Ok(candidates.into_iter().filter_map(used).collect())
}

/// Returns the answers that use a keyword as typed. If there are none, returns those that use all of its words.
///
/// # Errors
/// If the word index fails.
pub(super) fn answers_using_keyword(corpus: &Corpus, within: &[usize], word: &str) -> Result<Vec<WordUse>, Error> {
    let whole = answers_using(corpus, within, word)?;
    let words = content_words(word);
    if !whole.is_empty() || words.len() < 2 {
        return Ok(whole);
    }
    let mut all: Option<Vec<WordUse>> = None;
    for word in &words {
        let found = answers_using(corpus, within, word)?;
        all = Some(match all {
            None => found,
            Some(before) => using_both(before, found),
        });
    }
    Ok(all.unwrap_or_default())
}

/// Returns the answers that use both words, with the places of both.
fn using_both(before: Vec<WordUse>, mut found: Vec<WordUse>) -> Vec<WordUse> {
    let shared = |mut one: WordUse| {
        let at = found.iter().position(|other| other.answer == one.answer)?;
        one.spans.append(&mut found.swap_remove(at).spans);
        Some(one)
    };
    before.into_iter().filter_map(shared).collect()
}

/// Returns the index terms that every answer with this word has.
fn index_terms(word: &str) -> Vec<Wanted> {
    let own = |kind: TermKind, term: String| Wanted { kind, forms: vec![(term.clone(), 1.0)], term };
    let characters = segment::characters(word).into_iter().map(|term| own(TermKind::Character, term.text));
    let latin = lexical::terms(word).into_iter().filter(|term| {
        let typed = &word[term.range.clone()];
        typed.is_ascii() && typed.bytes().all(|byte| byte.is_ascii_alphabetic())
    });
    characters.chain(latin.map(|term| own(TermKind::Word, term.text))).collect()
}

/// Returns the places where a word stands by itself in a text, both folded. A dictionary word inside another word (人 in
/// 人工智能) does not count. A word that the segmenter splits counts everywhere.
fn places_of_word(text: &str, word: &str) -> Vec<Range<usize>> {
    let found = find(text, word);
    let is_one = word.chars().all(is_chinese) && segment::cut(word).len() == 1;
    if found.is_empty() || !is_one {
        return found;
    }
    let mut bounds = HashSet::from([0]);
    let mut at = 0;
    for piece in segment::cut(text) {
        at += piece.len();
        bounds.insert(at);
    }
    let crosses = |range: &Range<usize>| bounds.contains(&range.start) && bounds.contains(&range.end);
    found.into_iter().filter(crosses).collect()
}

/// Returns the mention of a word for a reply. Each place is checked against its source.
///
/// # Errors
/// If a source does not have the words, which is a bug.
pub(super) fn mention(
    corpus: &Corpus,
    word: &str,
    uses: &[WordUse],
    display: Option<Display>,
) -> Result<Mention, Error> {
    let first = |one: &WordUse| Some((*corpus.answers.get(one.answer)?, *one.spans.first()?));
    let listed = uses.iter().filter_map(first).take(MAX_PLACES);
    let places = listed.map(|(place, span)| mentioned(corpus, place, span, display)).collect::<Result<Vec<_>, _>>()?;
    Ok(Mention { word: word.to_owned(), answers: uses.len(), places })
}

fn mentioned(corpus: &Corpus, place: AnswerPlace, word: Span, display: Option<Display>) -> Result<Mentioned, Error> {
    let stale = || Error::Stale(format!("{}-{}", word.start(), word.end()));
    let (transcript, _, answer) = corpus.answer(place).ok_or_else(stale)?;
    let stretch = answer.stretches.iter().find(|stretch| stretch.contains(word)).ok_or_else(stale)?;
    let sentences = passage::sentences(transcript.text(), *stretch, &transcript.unrestored());
    let span = sentences.into_iter().find(|sentence| sentence.contains(word)).unwrap_or(word);
    let display = display.unwrap_or(transcript.script.default_display());
    let view = corpus.view(place.transcript, display);
    let (shown, marked) = (view.view_range(span.range()), view.view_range(word.range()));
    let text = view.text().get(shown.clone()).ok_or_else(stale)?.to_owned();
    let marked = (marked.start.saturating_sub(shown.start), marked.end.saturating_sub(shown.start).min(text.len()));
    Ok(Mentioned { text, marked, citation: quote::cite(corpus, place, span)?, place, span, display })
}

#[cfg(test)]
mod tests;
