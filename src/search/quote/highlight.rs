//! The part of a quote that answers, and the places of the query's words in it. All quotes of a reply
//! are processed together, in one run of the encoder.

use std::collections::HashSet;
use std::ops::Range;

use super::expand_context::width;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::{Judge, Told};
use crate::retrieval::facts::Facts;
use crate::retrieval::lexical::{self, Wanted};
use crate::retrieval::vectors::dot;
use crate::search::query::PreparedQuery;
use crate::text::find::{find, folded};
use crate::text::script::View;
use crate::transcript::Span;

/// A sentence wider than this is marked by clauses …
const LONG: usize = 36;
/// … none of which is narrower than this.
const CLAUSE: usize = 10;

/// The penalty, in cosine, of a part with other numbers than the query.
const OTHER_NUMBER: f32 = 0.5;

/// The penalty of a part without the wanted kind of fact.
const NO_FACT: f32 = 0.3;

/// What the judge's logit weighs against a cosine.
const LOGITS_PER_COSINE: f32 = 8.0;

/// The parts of a text, one of which is marked.
pub(super) struct Choice<'a> {
    pub(super) text: &'a str,
    pub(super) parts: Vec<Span>,
    /// What the judge read of it, where it did.
    pub(super) read: Option<Read<'a>>,
}

/// A stretch of a text in which the judge read a passage.
#[derive(Clone, Copy)]
pub(super) struct Read<'a> {
    pub(super) told: Told<'a>,
    /// Where its words begin in the text.
    pub(super) begins: usize,
}

impl Read<'_> {
    /// A part of the text as bytes of the words that were read; empty beside them.
    fn place(&self, part: Span) -> Range<usize> {
        let within = |at: usize| at.saturating_sub(self.begins).min(self.told.words.len());
        within(part.start())..within(part.end())
    }
}

/// The part of each choice that carries most of what the judge said of it or, where it was not
/// read, is nearest to the query in meaning and words; cut down to the clauses that speak where it is long; `None` for no parts.
pub(super) fn speaking_parts(
    corpus: &Corpus,
    query: &PreparedQuery,
    choices: &[Choice<'_>],
) -> Result<Vec<Option<Span>>, Error> {
    let nearest = Nearest::new(corpus, query);
    let sentences = nearest.of(choices)?;
    let clauses: Vec<Choice<'_>> = choices
        .iter()
        .zip(&sentences)
        .map(|(choice, sentence)| {
            let parts = sentence.map_or_else(Vec::new, |sentence| clauses(choice.text, sentence));
            Choice { text: choice.text, parts, read: choice.read }
        })
        .collect();
    nearest.of(&clauses)
}

/// What is compared with the parts.
struct Nearest<'a> {
    corpus: &'a Corpus,
    query: &'a PreparedQuery,
    /// The weight of each word of the query: of 00后员工, the part with 00后 is meant.
    words: Vec<(&'a Wanted, f32)>,
}

impl<'a> Nearest<'a> {
    fn new(corpus: &'a Corpus, query: &'a PreparedQuery) -> Self {
        let words = query.words.iter().map(|one| (one, lexical::rarity(&one.term))).collect();
        Self { corpus, query, words }
    }

    fn of(&self, choices: &[Choice<'_>]) -> Result<Vec<Option<Span>>, Error> {
        let words = |choice: &Choice<'_>, part: &Span| part.of_text(choice.text).unwrap_or_default().to_owned();
        let judged = choices.iter().map(|choice| self.judged(choice)).collect::<Result<Vec<_>, _>>()?;
        // One part needs no choosing, and the judge chooses by itself.
        let open = |(choice, judged): &(&Choice<'_>, &Option<Vec<f32>>)| choice.parts.len() > 1 && judged.is_none();
        let texts: Vec<String> = choices
            .iter()
            .zip(&judged)
            .filter(open)
            .flat_map(|(choice, _)| choice.parts.iter().map(|part| words(choice, part)))
            .collect();
        let vectors = self.corpus.embed(&texts)?;
        let mut near = vectors.iter().map(|vector| dot(vector, &self.query.vector));
        let best = |(choice, judged): (&Choice<'_>, Option<Vec<f32>>)| {
            if choice.parts.len() < 2 {
                return choice.parts.first().copied();
            }
            let speaks = judged.unwrap_or_else(|| near.by_ref().take(choice.parts.len()).collect());
            let scored = speaks.into_iter().zip(&choice.parts).map(|(speaks, part)| {
                let text = words(choice, part);
                (speaks + self.shared(&text) - self.lacks_fact(&text), *part)
            });
            // The first of equals.
            let scored: Vec<(f32, Span)> = scored.collect();
            scored.into_iter().rev().max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, part)| part)
        };
        Ok(choices.iter().zip(judged).map(best).collect())
    }

    /// How much each part carries of what the judge says of the passage, where it read it.
    fn judged(&self, choice: &Choice<'_>) -> Result<Option<Vec<f32>>, Error> {
        let Some(read) = choice.read.filter(|_| choice.parts.len() > 1) else { return Ok(None) };
        let parts: Vec<Range<usize>> = choice.parts.iter().map(|part| read.place(*part)).collect();
        let memory = &self.corpus.index.texts.memory;
        let logits = Judge::built_in()?.score_parts(memory, &self.query.text, read.told, &parts)?;
        Ok(logits.map(|logits| logits.into_iter().map(|logit| logit / LOGITS_PER_COSINE).collect()))
    }

    fn lacks_fact(&self, part: &str) -> f32 {
        if self.query.fact.is_some_and(|fact| !Facts::of(&folded(part)).has(fact)) { NO_FACT } else { 0.0 }
    }

    /// The share of the query's terms in a part.
    fn shared(&self, part: &str) -> f32 {
        let held: HashSet<String> = lexical::terms(&folded(part)).into_iter().map(|term| term.text).collect();
        let speaks = |one: &Wanted| {
            let forms = one.forms.iter().filter(|(form, _)| held.contains(form));
            forms.map(|(_, weight)| *weight).fold(0.0, f32::max)
        };
        let is_number = |term: &str| term.bytes().all(|byte| byte.is_ascii_digit());
        let mut numbers = self.words.iter().filter(|(one, _)| is_number(&one.term)).peekable();
        // A part with only 90后 is not about 00后.
        if numbers.peek().is_some()
            && numbers.all(|(one, _)| !held.contains(&one.term))
            && held.iter().any(|term| is_number(term))
        {
            return -OTHER_NUMBER;
        }
        let all: f32 = self.words.iter().map(|(_, says)| says).sum();
        self.words.iter().map(|(one, says)| says * speaks(one)).sum::<f32>() / all.max(f32::EPSILON)
    }
}

/// A long sentence, cut after its inner punctuation into parts of a minimum width.
fn clauses(text: &str, sentence: Span) -> Vec<Span> {
    let words = sentence.of_text(text).unwrap_or_default();
    if width(words) <= LONG {
        return vec![sentence];
    }
    let mut clauses: Vec<Span> = Vec::new();
    let mut start = 0;
    let mut push = |from: usize, to: usize| {
        let piece = words[from..to].trim();
        let at = from + (words[from..to].len() - words[from..to].trim_start().len());
        let span = Span::new(text, sentence.start() + at..sentence.start() + at + piece.len());
        clauses.extend(span.filter(|span| !span.is_empty()));
    };
    for (at, mark) in words.char_indices().filter(|(_, c)| matches!(c, '，' | '：' | ',' | ':' | '、' | '—')) {
        let end = at + mark.len_utf8();
        let inside_a_number = words[end..].starts_with(|c: char| c.is_ascii_digit());
        if width(&words[start..end]) >= CLAUSE && width(&words[end..]) >= CLAUSE && !inside_a_number {
            push(start, end);
            start = end;
        }
    }
    push(start, words.len());
    clauses
}

/// The byte ranges of the query's words in a text, in any form, ascending and apart.
pub(super) fn terms_in(query: &PreparedQuery, text: &str) -> Vec<(usize, usize)> {
    let view = View::folded(text);
    let forms: HashSet<&str> =
        query.words.iter().flat_map(|one| one.forms.iter().map(|(form, _)| form.as_str())).collect();
    // The 后 of 00后 says nothing by itself.
    let says = |term: &str| term.len() > '后'.len_utf8() || term.is_ascii();
    let held = lexical::terms(view.text()).into_iter();
    let held = held.filter(|term| says(&term.text) && forms.contains(term.text.as_str()));
    let mut ranges: Vec<_> = held.map(|term| term.range).collect();
    ranges.extend(query.query.phrases.iter().flat_map(|phrase| find(view.text(), &folded(phrase))));
    let mut ranges: Vec<_> = ranges.into_iter().map(|range| view.source_range(range)).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        match apart.last_mut() {
            Some(last) if range.start <= last.1 => last.1 = last.1.max(range.end),
            _ => apart.push((range.start, range.end)),
        }
    }
    apart
}
