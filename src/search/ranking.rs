//! Answers ranked by meaning and by words together. Works on numbers and
//! texts alone, so that it can be measured on passages from anywhere. What an answer gets
//! hangs on the query and its own transcript, never on what else is in the library.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::Serialize;

use super::query::PreparedQuery;
use super::score;
use crate::error::Error;
use crate::retrieval::corpus::{Hit, PassageIndex};
use crate::retrieval::encoder::Encoder;
use crate::retrieval::facts::Facts;
use crate::retrieval::lexical::{self, Scores};
use crate::retrieval::vectors::dot;
use crate::text::segment::Language;

/// Passages and answers taken from each index before fusing.
const CANDIDATES: usize = 256;
/// The passages of an answer that say what it is about, beside the nearest one.
const NEAR: usize = 3;
/// What a passage with the kind of fact that is asked for is worth, in cosine, when one is to be quoted.
const FACT: f32 = 0.1;

/// An answer that may speak to a query, and why.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    /// The answer, its best passage and its score.
    pub hit: Hit,
    /// What the score was made of.
    pub signals: Signals,
}

/// What is known about an answer and a query, before it is made one number. The words of
/// the query count in all forms: translations and synonyms too.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Signals {
    /// Cosine of the query and the nearest passage.
    pub meaning: f32,
    /// Mean cosine of the query and the nearest three passages.
    pub near: f32,
    /// `meaning` above the cosine of the query and all of the transcript.
    pub above: f32,
    /// Cosine of the query and the interview question.
    pub question: f32,
    /// BM25 of the answer and its question for the query's words, characters and pairs of them,
    /// as a share of the most that a text could get.
    pub words: f32,
    /// The same of the passage.
    pub passage_words: f32,
    /// How much of the query's words the passage holds, each weighed by its rarity.
    pub passage_held: f32,
    /// How much of them the answer and its question hold.
    pub held: f32,
    /// How far the answer or its question holds the rarest of them.
    pub rarest: f32,
    /// How rare the rarest word is that neither holds.
    pub missing: f32,
    /// How rare the rarest word is that nobody in the whole transcript uses.
    pub nowhere: f32,
    /// 1 where the query asks for a kind of fact that the passage does not hold, else 0.
    pub lacks_fact: f32,
    /// How long the answer is: the logarithm of its passages, counted.
    pub length: f32,
    /// 1 where a Chinese query meets an answer in another language, else 0: its words are
    /// met by their translations alone, and all signals are weaker.
    pub from_chinese: f32,
    /// 1 where a query in another language meets a Chinese answer, else 0.
    pub to_chinese: f32,
    /// What the judge says of the query and the passages, where it read them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub judge: Option<f32>,
}

impl Signals {
    /// Each by its name.
    pub(super) fn named(&self) -> [(&'static str, f32); 16] {
        [
            ("meaning", self.meaning),
            ("near", self.near),
            ("above", self.above),
            ("question", self.question),
            ("words", self.words),
            ("passage_words", self.passage_words),
            ("passage_held", self.passage_held),
            ("held", self.held),
            ("rarest", self.rarest),
            ("missing", self.missing),
            ("nowhere", self.nowhere),
            ("lacks_fact", self.lacks_fact),
            ("length", self.length),
            ("from_chinese", self.from_chinese),
            ("to_chinese", self.to_chinese),
            ("judge", self.judge.unwrap_or_default()),
        ]
    }
}

/// Which signals to rank by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Using {
    /// Meaning and words together, as shipped.
    Fused,
    /// Vectors alone.
    Dense,
    /// Words alone, with their translations and synonyms.
    Lexical,
    /// Plain BM25 over pairs of characters and Latin words, the yardstick.
    Plain,
}

/// All answers that share a meaning or a word with the query, best first.
///
/// # Errors
/// When the word index fails.
pub fn rank(index: &PassageIndex, encoder: &Encoder, query: &PreparedQuery) -> Result<Vec<Ranked>, Error> {
    rank_using(index, encoder, query, Using::Fused)
}

/// [`rank`] by some of the signals, to measure what each is worth.
///
/// # Errors
/// When the word index fails.
pub fn rank_using(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &PreparedQuery,
    using: Using,
) -> Result<Vec<Ranked>, Error> {
    ranking(index, encoder, query, using, None)
}

/// [`rank`] over some of the answers, ascending. They are few where a query
/// filters, and none of them may be lost to candidates from elsewhere.
///
/// # Errors
/// When the word index fails.
pub fn rank_within(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &PreparedQuery,
    within: &[usize],
) -> Result<Vec<Ranked>, Error> {
    ranking(index, encoder, query, Using::Fused, Some(within))
}

/// What the judge says of one answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judgement {
    /// The passage that speaks to the query most, which is then quoted.
    pub passage: usize,
    /// How much it does, on the judge's own scale.
    pub value: f32,
}

/// Scores answers again by what the judge says of them, by their numbers; the others keep
/// what they have.
///
/// # Errors
/// When the calibration is not of its form, which is a bug.
pub fn judged(ranked: &mut [Ranked], judgements: &BTreeMap<usize, Judgement>) -> Result<(), Error> {
    let calibration = score::calibration()?;
    for one in ranked.iter_mut() {
        if let Some(said) = judgements.get(&one.hit.answer) {
            one.signals.judge = Some(said.value);
            one.hit = Hit { passage: said.passage, score: calibration.probability(&one.signals), ..one.hit };
        }
    }
    sort(ranked);
    Ok(())
}

/// Best first; of equals the first in the sources.
pub(super) fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.hit.score.total_cmp(&a.hit.score).then(a.hit.answer.cmp(&b.hit.answer)));
}

fn ranking(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &PreparedQuery,
    using: Using,
    within: Option<&[usize]>,
) -> Result<Vec<Ranked>, Error> {
    let plain = (using == Using::Plain).then(|| lexical::plain(&query.folded));
    let wanted = plain.as_ref().unwrap_or(&query.terms);
    let seen = Seen {
        index,
        encoder,
        using,
        calibration: score::calibration()?,
        query,
        by_answer: index.answer_terms.scores(wanted)?,
        by_passage: index.passage_terms.scores(wanted)?,
        centres: index.centres.iter().map(|centre| dot(centre, &query.vector)).collect(),
        nearest: index.passages.nearest(&query.vector, CANDIDATES).into_iter().collect(),
    };
    let candidates = within.map_or_else(|| seen.candidates(), |within| within.iter().copied().collect());
    let mut ranked: Vec<Ranked> = candidates.into_iter().filter_map(|answer| seen.answer(answer)).collect();
    sort(&mut ranked);
    Ok(ranked)
}

/// The words of an answer and its question that the query asks for, in the forms
/// that they have there.
///
/// # Errors
/// When the word index fails.
pub fn matched(index: &PassageIndex, query: &PreparedQuery, answer: usize) -> Result<Vec<String>, Error> {
    index.answer_terms.held(&query.words, answer)
}

/// What the indexes say of a query.
struct Seen<'a> {
    index: &'a PassageIndex,
    encoder: &'a Encoder,
    using: Using,
    calibration: &'static score::Calibration,
    query: &'a PreparedQuery,
    nearest: HashMap<usize, f32>,
    by_answer: Scores,
    by_passage: Scores,
    /// By transcript, how near it is to the query as a whole.
    centres: Vec<f32>,
}

impl Seen<'_> {
    fn candidates(&self) -> BTreeSet<usize> {
        let by_words = self.by_passage.best(CANDIDATES).into_iter().map(|hit| hit.id);
        let passages = self.nearest.keys().copied().chain(by_words);
        let answers = self.by_answer.best(CANDIDATES).into_iter().map(|hit| hit.id);
        passages.filter_map(|passage| self.index.answer_of.get(passage).copied()).chain(answers).collect()
    }

    fn answer(&self, answer: usize) -> Option<Ranked> {
        let mut meanings = Vec::new();
        let (mut best, mut agreement) = (None, f32::MIN);
        for passage in self.index.passages_of(answer) {
            let meaning = self.meaning(passage);
            meanings.push(meaning);
            // The quote is best where meaning and words agree, and where the fact is that was asked for.
            let agrees = meaning + self.by_passage.share(passage) - FACT * self.lacks_fact(passage);
            if agrees > agreement {
                (best, agreement) = (Some(passage), agrees);
            }
        }
        let best = best?;
        meanings.sort_by(|a, b| b.total_cmp(a));
        let length = (meanings.len() as f32).ln();
        meanings.truncate(NEAR);
        let signals = Signals { length, ..self.signals(answer, best, &meanings) };
        let score = match self.using {
            Using::Fused => self.calibration.probability(&signals),
            Using::Dense => signals.meaning,
            Using::Lexical | Using::Plain => signals.words,
        };
        Some(Ranked { hit: Hit { answer, passage: best, score }, signals })
    }

    /// Of an answer with its best passage and its nearest cosines, best first.
    fn signals(&self, answer: usize, passage: usize, meanings: &[f32]) -> Signals {
        let question = self.index.question_of.get(answer).copied().flatten();
        let asked_in = self.query.language;
        let said_in = self.index.language_of.get(answer).copied().unwrap_or(asked_in);
        let only_if = |yes: bool| f32::from(u8::from(yes));
        let meaning = meanings.first().copied().unwrap_or_default();
        let transcript = self.index.transcript_of.get(answer).copied().unwrap_or_default();
        let centre = self.centres.get(transcript).copied().unwrap_or_default();
        Signals {
            meaning,
            near: meanings.iter().sum::<f32>() / meanings.len().max(1) as f32,
            above: meaning - self.comparable(centre),
            question: question.map_or(0.0, |at| self.comparable(self.index.questions.cosine(at, &self.query.vector))),
            words: self.by_answer.share(answer),
            passage_words: self.by_passage.share(passage),
            passage_held: self.by_passage.held(passage),
            held: self.by_answer.held(answer),
            rarest: self.by_answer.rarest(answer),
            missing: self.by_answer.missing(answer),
            nowhere: self.by_answer.nowhere(answer),
            lacks_fact: self.lacks_fact(passage),
            length: 0.0,
            from_chinese: only_if(asked_in == Language::Chinese && said_in == Language::Other),
            to_chinese: only_if(asked_in == Language::Other && said_in == Language::Chinese),
            judge: None,
        }
    }

    /// 1 where a passage does not hold the kind of fact that is asked for.
    fn lacks_fact(&self, passage: usize) -> f32 {
        let held: Facts = self.index.facts_of.get(passage).copied().unwrap_or_default();
        f32::from(u8::from(self.query.fact.is_some_and(|fact| !held.has(fact))))
    }

    fn meaning(&self, passage: usize) -> f32 {
        let known = self.nearest.get(&passage).copied();
        self.comparable(known.unwrap_or_else(|| self.index.passages.cosine(passage, &self.query.vector)))
    }

    fn comparable(&self, cosine: f32) -> f32 {
        self.encoder.comparable(cosine)
    }
}
