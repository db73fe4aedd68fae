//! Finds the clause of a quote that answers, and the words of the query in it.

use std::collections::HashSet;
use std::ops::Range;

use super::role::Role;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::{Judge, JudgePassage};
use crate::retrieval::facts::Facts;
use crate::retrieval::lexical::{self, Wanted};
use crate::retrieval::passage;
use crate::retrieval::vectors::dot;
use crate::search::negation;
use crate::search::query::{PreparedQuery, Wish};
use crate::text::find::{find, folded};
use crate::text::script::View;
use crate::text::segment;
use crate::transcript::Span;

/// The penalty, in cosine, for a part with other numbers than the query.
const OTHER_NUMBER_PENALTY: f32 = 0.5;

/// The logits of the judge that equal 1 of cosine.
const LOGITS_PER_COSINE: f32 = 8.0;

/// The lowest value of a clause, in cosine. A clause that the judge could not read has it, too.
const MIN_NEARNESS: f32 = -2.0;

/// The features of a clause and their weights. They are fit to hand-marked pairs (`tests/highlighted_clause.rs`). The judge tells
/// which clauses are near the query. The other features tell which of these decides.
const WEIGHTS: [(&str, f32); 18] = [
    ("the judge of its sentence", 0.6),
    ("the judge", 0.6),
    ("words of the query", 0.4),
    ("those of its sentence", 0.3),
    ("late in the answer", 0.3),
    ("lacks the fact", -0.3),
    ("concludes", 0.2),
    ("turns", 0.2),
    ("says whose opinion", 0.1),
    ("decides, where asked whether", 0.4),
    ("defines, where asked what", 0.5),
    ("gives a reason, where asked why", 0.7),
    ("repeats the query", -0.3),
    ("only raises it", -0.5),
    ("sets a condition", -0.3),
    ("asks", -0.6),
    ("tells what others say", -0.3),
    ("sets apart, where asked how two differ", 0.4),
];

/// The weights for a query of a word or two, which asks nothing. The clause that has the words wins.
const KEYWORD_WEIGHTS: [f32; WEIGHTS.len()] =
    [0.6, 0.6, 1.0, 0.0, 0.0, -0.3, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// The bonus, in cosine, of a clause that holds a phrase of the query.
const PHRASE_BONUS: f32 = 2.0;

/// The parts of a text. One clause of them is marked.
pub(super) struct HighlightCandidates<'a> {
    pub(super) text: &'a str,
    pub(super) parts: Vec<Span>,
    /// The passage that the judge read, if it read one.
    pub(super) read: Option<ReadPassage<'a>>,
}

/// The passage that the judge read, and its place in the text.
#[derive(Clone, Copy)]
pub(super) struct ReadPassage<'a> {
    pub(super) passage: JudgePassage<'a>,
    /// The position in the text where the words begin.
    pub(super) begins: usize,
}

impl ReadPassage<'_> {
    /// Returns a part of the text as a byte range of the words that were read. It is empty outside them.
    fn place(&self, part: Span) -> Range<usize> {
        let within = |at: usize| at.saturating_sub(self.begins).min(self.passage.words.len());
        within(part.start())..within(part.end())
    }
}

/// Returns the clause of each choice that answers the query. The judge tells which clause is near the query, or the
/// encoder if there are no words to judge. A clause that only repeats the query loses. `None` if there are no parts.
pub(super) fn speaking_parts(
    corpus: &Corpus,
    query: &PreparedQuery,
    choices: &[HighlightCandidates<'_>],
) -> Result<Vec<Option<Span>>, Error> {
    let chooser = Chooser::new(corpus, query);
    choices.iter().map(|choice| chooser.best(choice)).collect()
}

/// The query in the form that is compared with clauses.
pub(super) struct Chooser<'a> {
    corpus: &'a Corpus,
    query: &'a PreparedQuery,
    wish: Wish,
    /// 1 if the query asks who does not do something, else 0.
    denies: f32,
    /// The weight of each word of the query. In 00后员工, 00后 counts more.
    words: Vec<(&'a Wanted, f32)>,
}

/// A clause and its sentence.
struct Candidate {
    clause: Span,
    /// The position of the sentence among the parts.
    sentence: usize,
}

impl<'a> Chooser<'a> {
    pub(super) fn new(corpus: &'a Corpus, query: &'a PreparedQuery) -> Self {
        let words = query.words.iter().map(|one| (one, lexical::rarity(&one.term))).collect();
        let denies = f32::from(u8::from(negation::denied(&query.text).is_some()));
        Self { corpus, query, wish: Wish::of(&query.folded), denies, words }
    }

    fn best(&self, choice: &HighlightCandidates<'_>) -> Result<Option<Span>, Error> {
        let asks_nothing = self.wish == Wish::Other && self.words.len() <= 2 && self.query.fact.is_none();
        let weights = if asks_nothing { KEYWORD_WEIGHTS } else { WEIGHTS.map(|(_, weight)| weight) };
        let scored = self.features(choice)?.into_iter().map(|(clause, features)| {
            let score: f32 = features.iter().zip(weights).map(|(value, weight)| value * weight).sum();
            (score + self.phrase_bonus(clause.of_text(choice.text).unwrap_or_default()), clause)
        });
        // Reversed, so that the first of equals wins.
        let scored: Vec<(f32, Span)> = scored.collect();
        Ok(scored.into_iter().rev().max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, clause)| clause))
    }

    /// Returns every clause with its features, in the order of [`WEIGHTS`].
    pub(super) fn features(
        &self,
        choice: &HighlightCandidates<'_>,
    ) -> Result<Vec<(Span, [f32; WEIGHTS.len()])>, Error> {
        let of = |(sentence, part): (usize, &Span)| {
            passage::clauses(choice.text, *part).into_iter().map(move |clause| Candidate { clause, sentence })
        };
        let candidates: Vec<Candidate> = choice.parts.iter().enumerate().flat_map(of).collect();
        let near = self.near(choice, &candidates)?;
        let words = |span: Span| span.of_text(choice.text).unwrap_or_default();
        let last = candidates.len().saturating_sub(1).max(1);
        let features = |(at, one): (usize, &Candidate)| {
            let said = words(one.clause);
            let sentence = words(choice.parts[one.sentence]);
            let role = Role::of(said);
            let wanted = |wish: Wish| f32::from(u8::from(self.wish == wish));
            let features = [
                near.sentences[one.sentence],
                near.clauses[at],
                self.shared(said) - self.of_other_number(&candidates[..at], one, choice.text),
                self.shared(sentence),
                at as f32 / last as f32,
                self.lacks_fact(said),
                role.concludes,
                role.turns,
                role.opines,
                // Who does not do something is asked like whether.
                role.decides * wanted(Wish::Whether).max(self.denies) + role.denies_of_oneself * self.denies,
                role.defines * wanted(Wish::Meaning),
                role.reasons * wanted(Wish::Reason),
                self.repeats(said),
                role.raises,
                role.conditions,
                role.asks,
                role.reports,
                role.sets_apart * wanted(Wish::Difference),
            ];
            (one.clause, features)
        };
        Ok(candidates.iter().enumerate().map(features).collect())
    }

    /// Returns how near sentences and clauses are to the query. The nearest has 0.
    fn near(&self, choice: &HighlightCandidates<'_>, candidates: &[Candidate]) -> Result<Near, Error> {
        let sentences = choice.parts.len();
        if candidates.len() < 2 {
            return Ok(Near { sentences: vec![0.0; sentences], clauses: vec![0.0; candidates.len()] });
        }
        let spans = choice.parts.iter().copied().chain(candidates.iter().map(|one| one.clause));
        let spans: Vec<Span> = spans.collect();
        let mut all = match self.judged(choice, &spans)? {
            Some(judged) => judged,
            None => self.embedded(choice.text, &spans)?,
        };
        let mut clauses = all.split_off(sentences);
        for some in [&mut all, &mut clauses] {
            let best = some.iter().copied().fold(f32::MIN, f32::max);
            for one in some {
                *one = (*one - best).max(MIN_NEARNESS);
            }
        }
        Ok(Near { sentences: all, clauses })
    }

    /// Returns how much each part adds to the value of the judge for the passage.
    fn judged(&self, choice: &HighlightCandidates<'_>, parts: &[Span]) -> Result<Option<Vec<f32>>, Error> {
        let Some(read) = choice.read.filter(|_| !self.query.text.is_empty()) else { return Ok(None) };
        let memory = &self.corpus.index.texts.memory;
        let judge = Judge::built_in()?;
        // An answer beyond doubt was not judged before, so the judge reads it now.
        judge.score(memory, &self.query.text, &[read.passage])?;
        let parts: Vec<Range<usize>> = parts.iter().map(|part| read.place(*part)).collect();
        let logits = judge.score_parts(memory, &self.query.text, read.passage, &parts)?;
        Ok(logits.map(|logits| logits.into_iter().map(|logit| logit / LOGITS_PER_COSINE).collect()))
    }

    /// Returns how near each part is in meaning.
    fn embedded(&self, text: &str, parts: &[Span]) -> Result<Vec<f32>, Error> {
        let words = |part: &Span| part.of_text(text).unwrap_or_default().to_owned();
        let texts: Vec<String> = parts.iter().map(words).collect();
        let vectors = self.corpus.embed(&texts)?;
        Ok(vectors.iter().map(|vector| dot(vector, &self.query.vector)).collect())
    }

    /// Returns the penalty for a clause without a number that follows a clause with another number than the query's.
    /// What is said about 90后 does not answer for 00后.
    fn of_other_number(&self, before: &[Candidate], one: &Candidate, text: &str) -> f32 {
        let number = |term: &str| term.bytes().all(|byte| byte.is_ascii_digit());
        let wanted = |term: &str| self.words.iter().any(|(word, _)| word.term == term);
        if !self.words.iter().any(|(word, _)| number(&word.term)) {
            return 0.0;
        }
        let numbers = |clause: &Candidate| -> Vec<String> {
            let words = folded(clause.clause.of_text(text).unwrap_or_default());
            lexical::terms(&words).into_iter().map(|term| term.text).filter(|term| number(term)).collect()
        };
        if !numbers(one).is_empty() {
            return 0.0;
        }
        let same = before.iter().rev().take_while(|other| other.sentence == one.sentence);
        let last = same.map(numbers).find(|numbers| !numbers.is_empty());
        if last.is_some_and(|numbers| !numbers.iter().any(|term| wanted(term))) { OTHER_NUMBER_PENALTY } else { 0.0 }
    }

    fn phrase_bonus(&self, part: &str) -> f32 {
        let phrases = &self.query.query.phrases;
        let part = if phrases.is_empty() { String::new() } else { folded(part) };
        let holds = phrases.iter().any(|phrase| !find(&part, &folded(phrase)).is_empty());
        if holds { PHRASE_BONUS } else { 0.0 }
    }

    fn lacks_fact(&self, part: &str) -> f32 {
        if self.query.fact.is_some_and(|fact| !Facts::of(&folded(part)).has(fact)) { 1.0 } else { 0.0 }
    }

    /// Returns the share of a part's own words that the query has too. It is 1 for a part that says nothing new.
    fn repeats(&self, part: &str) -> f32 {
        let part = folded(part);
        let own = |word: &&str| word.chars().any(char::is_alphanumeric) && !segment::is_stopword(word);
        let words: Vec<&str> = segment::cut(&part).into_iter().filter(own).collect();
        let asked = |word: &&&str| self.query.folded.contains(**word);
        words.iter().filter(asked).count() as f32 / words.len().max(1) as f32
    }

    /// Returns the share of the query's terms in a part.
    fn shared(&self, part: &str) -> f32 {
        let held: HashSet<String> = lexical::terms(&folded(part)).into_iter().map(|term| term.text).collect();
        let speaks = |one: &Wanted| {
            let forms = one.forms.iter().filter(|(form, _)| held.contains(form));
            forms.map(|(_, weight)| *weight).fold(0.0, f32::max)
        };
        let is_number = |term: &str| term.bytes().all(|byte| byte.is_ascii_digit());
        let mut numbers = self.words.iter().filter(|(one, _)| is_number(&one.term)).peekable();
        // A part that has only 90后 is not about 00后.
        if numbers.peek().is_some()
            && numbers.all(|(one, _)| !held.contains(&one.term))
            && held.iter().any(|term| is_number(term))
        {
            return -OTHER_NUMBER_PENALTY;
        }
        let all: f32 = self.words.iter().map(|(_, says)| says).sum();
        self.words.iter().map(|(one, says)| says * speaks(one)).sum::<f32>() / all.max(f32::EPSILON)
    }
}

/// How near sentences and clauses are to the query, in one unit.
struct Near {
    sentences: Vec<f32>,
    clauses: Vec<f32>,
}

/// Returns the byte ranges of the query's words in a text, in any form, in ascending order and without overlap.
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
