//! Which part of a quote speaks to the query, and where the query's words are
//! in it. All the quotes of a reply are looked at together, for one run of the
//! encoder.

use std::collections::HashSet;

use super::expand_context::width;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
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

/// What a part loses, in cosine, that has other numbers than the query.
const OTHER_NUMBER: f32 = 0.5;

/// What a part loses, likewise, that does not hold the kind of fact that the query asks for.
const NO_FACT: f32 = 0.3;

/// Some parts of a text, one of which is to be marked.
pub(super) struct Choice<'a> {
    pub(super) text: &'a str,
    pub(super) parts: Vec<Span>,
}

/// The part of each choice that is nearest to the query in meaning and words,
/// cut down to the clauses that speak where it is long; `None` for no parts.
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
            Choice { text: choice.text, parts }
        })
        .collect();
    nearest.of(&clauses)
}

/// What is compared with the parts.
struct Nearest<'a> {
    corpus: &'a Corpus,
    query: &'a PreparedQuery,
    /// By its words, how much it says that a text holds one: of 00后员工, the part that has
    /// 00后 is meant.
    words: Vec<(&'a Wanted, f32)>,
}

impl<'a> Nearest<'a> {
    fn new(corpus: &'a Corpus, query: &'a PreparedQuery) -> Self {
        let words = query.words.iter().map(|one| (one, lexical::rarity(&one.term))).collect();
        Self { corpus, query, words }
    }

    fn of(&self, choices: &[Choice<'_>]) -> Result<Vec<Option<Span>>, Error> {
        // One part needs no choosing.
        let open = |choice: &&Choice<'_>| choice.parts.len() > 1;
        let words = |choice: &Choice<'_>, part: &Span| part.of_text(choice.text).unwrap_or_default().to_owned();
        let texts: Vec<String> = choices
            .iter()
            .filter(open)
            .flat_map(|choice| choice.parts.iter().map(|part| words(choice, part)))
            .collect();
        let vectors = self.corpus.embed(&texts)?;
        let mut scores = texts
            .iter()
            .zip(&vectors)
            .map(|(text, vector)| dot(vector, &self.query.vector) + self.shared(text) - self.lacks_fact(text));
        let best = |choice: &Choice<'_>| {
            if choice.parts.len() < 2 {
                return choice.parts.first().copied();
            }
            let ranked: Vec<(f32, Span)> = scores.by_ref().take(choice.parts.len()).zip(choice.parts.clone()).collect();
            // The first of equals.
            ranked.into_iter().rev().max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, part)| part)
        };
        Ok(choices.iter().map(best).collect())
    }

    fn lacks_fact(&self, part: &str) -> f32 {
        if self.query.fact.is_some_and(|fact| !Facts::of(&folded(part)).has(fact)) { NO_FACT } else { 0.0 }
    }

    /// The share of what the query asks for that a part holds.
    fn shared(&self, part: &str) -> f32 {
        let held: HashSet<String> = lexical::terms(&folded(part)).into_iter().map(|term| term.text).collect();
        let speaks = |one: &Wanted| {
            let forms = one.forms.iter().filter(|(form, _)| held.contains(form));
            forms.map(|(_, weight)| *weight).fold(0.0, f32::max)
        };
        let is_number = |term: &str| term.bytes().all(|byte| byte.is_ascii_digit());
        let mut numbers = self.words.iter().filter(|(one, _)| is_number(&one.term)).peekable();
        // Of 00后 and 90后, a part that has only the other speaks of the other.
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

/// A sentence cut after its inner marks, where it is long; each cut wide enough
/// to say something.
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

/// Where the words of the query stand in a text, in any of their forms: bytes,
/// ascending and apart.
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
