//! Answers ranked by meaning and by words together. Works on numbers and
//! texts alone, so that it can be measured on passages from anywhere.

use std::collections::{BTreeSet, HashMap};

use serde::Serialize;

use super::{meaning, score};
use crate::corpus::{Hit, PassageIndex};
use crate::embed::Encoder;
use crate::error::Error;
use crate::lexical::{self, Kind, Scores, Wanted};
use crate::script::View;
use crate::segment::Language;
use crate::terms;

/// Passages and answers taken from each index before fusing.
const CANDIDATES: usize = 256;
/// The passages of an answer that say what it is about, beside the nearest one.
const NEAR: usize = 3;
/// Where no answer holds more than this share of what words could give, none leads by it.
const FEW_WORDS: f32 = 0.05;

/// An answer that may speak to a query, and why.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    /// The answer, its best passage and its score.
    pub hit: Hit,
    /// What the score was made of.
    pub signals: Signals,
}

/// What is known about an answer and a query, before it is made one number.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Signals {
    /// Cosine of the query and the nearest passage.
    pub meaning: f32,
    /// Mean cosine of the query and the nearest three passages.
    pub near: f32,
    /// Cosine of the query and the interview question.
    pub question: f32,
    /// BM25 of the answer and its question for the query's words, characters and pairs of them,
    /// translations and synonyms, as a share of the most that a text could get.
    pub words: f32,
    /// `words` against those of the answer that has most, 0 to 1: which answer the
    /// words speak for, however many of them are held at all.
    pub lead: f32,
    /// 1 where a Chinese query meets an answer in another language, else 0: its words are
    /// met by their translations alone, and all signals are weaker.
    pub from_chinese: f32,
    /// 1 where a query in another language meets a Chinese answer, else 0.
    pub to_chinese: f32,
    /// How far the strength of all of these stands behind that of the best answer.
    pub behind: f32,
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
/// When the encoder or the word index fails.
pub fn rank(index: &PassageIndex, encoder: &Encoder, query: &str) -> Result<Vec<Ranked>, Error> {
    rank_using(index, encoder, query, Using::Fused)
}

/// [`rank`] by some of the signals, to measure what each is worth.
///
/// # Errors
/// When the encoder or the word index fails.
pub fn rank_using(index: &PassageIndex, encoder: &Encoder, query: &str, using: Using) -> Result<Vec<Ranked>, Error> {
    ranking(index, encoder, query, using, None)
}

/// [`rank`] over some of the answers, ascending. They are few where a query
/// filters, and none of them may be lost to candidates from elsewhere.
///
/// # Errors
/// When the encoder or the word index fails.
pub fn rank_within(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &str,
    within: &[usize],
) -> Result<Vec<Ranked>, Error> {
    ranking(index, encoder, query, Using::Fused, Some(within))
}

fn ranking(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &str,
    using: Using,
    within: Option<&[usize]>,
) -> Result<Vec<Ranked>, Error> {
    let vector = meaning::vector(encoder, query)?;
    let by_answer = index.answer_terms.scores(&wanted(index, query, using))?;
    let seen = Seen {
        index,
        encoder,
        using,
        language: Language::of(query),
        most_words: by_answer.best(1).first().map_or(0.0, |hit| hit.coverage),
        by_answer,
        by_passage: index.passage_terms.scores(&wanted(index, query, using))?,
        nearest: index.passages.nearest(&vector, CANDIDATES).into_iter().collect(),
        vector,
    };
    let candidates = within.map_or_else(|| seen.candidates(), |within| within.iter().copied().collect());
    let mut ranked: Vec<Ranked> = candidates.into_iter().filter_map(|answer| seen.answer(answer)).collect();
    if using == Using::Fused {
        let best = ranked.iter().map(|one| one.hit.score).fold(f32::MIN, f32::max);
        for one in &mut ranked {
            one.signals.behind = best - one.hit.score;
            one.hit.score = score::probability(one.hit.score, best);
        }
    }
    ranked.sort_by(|a, b| b.hit.score.total_cmp(&a.hit.score).then(a.hit.answer.cmp(&b.hit.answer)));
    Ok(ranked)
}

/// The words of an answer and its question that the query asks for, in the forms
/// that they have there.
///
/// # Errors
/// When the word index fails.
pub fn matched(index: &PassageIndex, query: &str, answer: usize) -> Result<Vec<String>, Error> {
    let mut words = wanted(index, query, Using::Fused);
    words.retain(|one| one.kind == Kind::Word);
    index.answer_terms.held(&words, answer)
}

fn wanted(index: &PassageIndex, query: &str, using: Using) -> Vec<Wanted> {
    let folded = View::folded(query).into_text();
    if using == Using::Plain { lexical::plain(&folded) } else { terms::wanted(&folded, &index.languages()) }
}

/// What the indexes say of a query.
struct Seen<'a> {
    index: &'a PassageIndex,
    encoder: &'a Encoder,
    using: Using,
    /// What the query is in.
    language: Language,
    vector: Vec<f32>,
    nearest: HashMap<usize, f32>,
    by_answer: Scores,
    by_passage: Scores,
    /// The greatest share that any answer has of what words could give.
    most_words: f32,
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
            let words = self.by_passage.share(passage);
            meanings.push(meaning);
            // The quote is best where meaning and words agree.
            if meaning + words > agreement {
                (best, agreement) = (Some(passage), meaning + words);
            }
        }
        meanings.sort_by(|a, b| b.total_cmp(a));
        meanings.truncate(NEAR);
        let question = self.index.question_of.get(answer).copied().flatten();
        let asked_in = self.language;
        let said_in = self.index.language_of.get(answer).copied().unwrap_or(asked_in);
        let only_if = |yes: bool| f32::from(u8::from(yes));
        let signals = Signals {
            meaning: meanings.first().copied().unwrap_or_default(),
            near: meanings.iter().sum::<f32>() / meanings.len().max(1) as f32,
            question: question.map_or(0.0, |at| self.comparable(self.index.questions.cosine(at, &self.vector))),
            words: self.by_answer.share(answer),
            lead: self.by_answer.share(answer) / (self.most_words + FEW_WORDS),
            from_chinese: only_if(asked_in == Language::Chinese && said_in == Language::Other),
            to_chinese: only_if(asked_in == Language::Other && said_in == Language::Chinese),
            behind: 0.0,
        };
        let score = match self.using {
            Using::Fused => score::strength(&signals),
            Using::Dense => signals.meaning,
            Using::Lexical | Using::Plain => signals.words,
        };
        Some(Ranked { hit: Hit { answer, passage: best?, score }, signals })
    }

    fn meaning(&self, passage: usize) -> f32 {
        let known = self.nearest.get(&passage).copied();
        self.comparable(known.unwrap_or_else(|| self.index.passages.cosine(passage, &self.vector)))
    }

    fn comparable(&self, cosine: f32) -> f32 {
        self.encoder.comparable(cosine)
    }
}
