//! Answers ranked by meaning and by words together. Works on numbers and
//! texts alone, so that it can be measured on passages from anywhere.

use std::collections::HashMap;

use serde::Serialize;

use crate::corpus::{Hit, PassageIndex};
use crate::embed::Encoder;
use crate::error::Error;
use crate::segment::Language;

/// Passages taken from each index before fusing.
const CANDIDATES: usize = 256;

/// What answers of the query's own language share in words for what they share
/// in meaning, on average over `interview_dev`; stands in where none is in it.
const WORDS_FOR_MEANING: f32 = 0.45;

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
    /// Cosine of the query and the interview question.
    pub question: f32,
    /// Share of the query's terms that the answer and its question hold, weighted by rarity.
    pub words: f32,
    /// Whether no answer at all is in the query's language, so that words could not be shared.
    pub across: bool,
}

/// Which signals to rank by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Using {
    /// Meaning and words together, as shipped.
    Fused,
    /// Vectors alone.
    Dense,
    /// Words alone.
    Lexical,
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
    let vector = encoder.embed_one(query)?;
    let across = !index.languages.contains(&Language::of(query));
    let by_words: HashMap<usize, f32> =
        index.answer_terms.best(query, CANDIDATES)?.iter().map(|hit| (hit.id, hit.coverage)).collect();
    let passage_words: HashMap<usize, f32> =
        index.passage_terms.best(query, CANDIDATES)?.iter().map(|hit| (hit.id, hit.coverage)).collect();
    let mut candidates: Vec<usize> =
        index.passages.nearest(&vector, CANDIDATES).into_iter().map(|(passage, _)| passage).collect();
    candidates.extend(passage_words.keys());
    candidates.extend(by_words.keys().flat_map(|answer| index.passages_of(*answer)));
    candidates.sort_unstable();
    candidates.dedup();

    let mut best: HashMap<usize, Nearest> = HashMap::new();
    for passage in candidates {
        let Some(&answer) = index.answer_of.get(passage) else { continue };
        let meaning = encoder.comparable(index.passages.cosine(passage, &vector));
        let words = passage_words.get(&passage).copied().unwrap_or_default();
        best.entry(answer).or_default().see(passage, meaning, words);
    }
    let mut ranked: Vec<Ranked> = best
        .into_iter()
        .map(|(answer, nearest)| {
            let question = index.question_of.get(answer).copied().flatten();
            let signals = Signals {
                meaning: nearest.meaning,
                question: question.map_or(0.0, |at| encoder.comparable(index.questions.cosine(at, &vector))),
                words: by_words.get(&answer).copied().unwrap_or_default(),
                across,
            };
            Ranked { hit: Hit { answer, passage: nearest.passage, score: signals.score(using) }, signals }
        })
        .collect();
    ranked.sort_by(|a, b| b.hit.score.total_cmp(&a.hit.score).then(a.hit.answer.cmp(&b.hit.answer)));
    Ok(ranked)
}

/// What one answer's passages have shown so far.
#[derive(Default)]
struct Nearest {
    passage: usize,
    /// Meaning and words of that passage together; 0 before the first.
    both: f32,
    /// The best meaning of any passage.
    meaning: f32,
}

impl Nearest {
    fn see(&mut self, passage: usize, meaning: f32, words: f32) {
        // The quote is best where meaning and words agree.
        let both = 1.0 + meaning + words;
        if both > self.both {
            (self.passage, self.both) = (passage, both);
        }
        self.meaning = self.meaning.max(meaning);
    }
}

impl Signals {
    fn score(self, using: Using) -> f32 {
        match using {
            Using::Fused => self.probability(),
            Using::Dense => self.meaning,
            Using::Lexical => self.words,
        }
    }

    /// A logistic function of the signals, fit by `models/train/score.py`:
    /// meaning and words on held-out training pairs; the question's weight and
    /// the offset on `interview_dev`, where with it 3 of 32 answerable queries get
    /// no answer, 1 of 6 others gets one, and two in five answers that are counted
    /// are labelled as relevant.
    fn probability(self) -> f32 {
        let words = if self.across { self.words.max(WORDS_FOR_MEANING * self.meaning) } else { self.words };
        let sum = -6.2 + 10.0 * self.meaning + 3.0 * self.question + 8.0 * words;
        1.0 / (1.0 + (-sum).exp())
    }
}
