//! The index over the answers of a snapshot: vectors, terms, and the texts for the judge. Answers and passages are known by
//! their numbers. It knows no transcript.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;

use super::candidates::CandidateIndex;
use super::encoder::{JudgePassage, Memory};
use super::facts::Facts;
use super::lexical::LexicalIndex;
use super::read_so_far::ReadSoFar;
use super::vectors::VectorIndex;
use crate::text::segment::Language;

/// An answer that was found: its best passage, and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The number of the answer in the [`PassageIndex`].
    pub answer: usize,
    /// The number of its passage that speaks to the query most, in the [`PassageIndex`].
    pub passage: usize,
    /// Probability, 0 to 1, that the answer speaks to the query.
    pub score: f32,
}

/// Answers as vectors and terms, each known by its number.
pub struct PassageIndex {
    /// One vector per passage.
    pub passages: VectorIndex,
    /// One vector per interview question.
    pub questions: VectorIndex,
    /// One text per passage.
    pub passage_terms: LexicalIndex,
    /// One text per answer: its question and its words.
    pub answer_terms: LexicalIndex,
    /// The answer of each passage, ascending.
    pub answer_of: Vec<usize>,
    /// The question of each answer, if there is one.
    pub question_of: Vec<Option<usize>>,
    /// The language of each answer.
    pub language_of: Vec<Language>,
    /// The transcript of each answer.
    pub transcript_of: Vec<usize>,
    /// For each transcript, its overall subject.
    pub centres: Vec<Centre>,
    /// The kinds of fact in each passage.
    pub facts_of: Vec<Facts>,
    /// The texts for the judge.
    pub texts: Arc<Texts>,
    /// An index elsewhere that proposes passages by meaning, in place of [`PassageIndex::passages`].
    pub proposer: Option<Arc<dyn CandidateIndex>>,
    /// For each passage, whether its vector or that of its question is provisional; empty if none is.
    pub provisional: Vec<bool>,
}

/// The overall subject of a transcript.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Centre {
    /// The mean vector of its passages; empty without any.
    pub vector: Vec<f32>,
    /// How many passages it is the mean of.
    pub passages: usize,
}

impl Centre {
    /// The centre of some passages. Those without a vector yet (all zeros) do not count.
    pub fn of(passages: &VectorIndex, ids: impl IntoIterator<Item = usize>) -> Self {
        let (vector, passages) = passages.mean(ids);
        Self { vector, passages }
    }
}

/// The words of answers, for the judge to read with a query.
#[derive(Default)]
pub struct Texts {
    /// The interview questions, as [`PassageIndex::questions`] numbers them.
    pub questions: Vec<Arc<str>>,
    /// Each answer's words.
    pub answers: Vec<Arc<str>>,
    /// For each passage, the range of its answer's words that is judged. Passages may share one window.
    pub windows: Vec<Range<usize>>,
    /// The latest readings and judgements.
    pub memory: Memory,
}

impl PassageIndex {
    /// The centre of each transcript.
    pub fn centres(passages: &VectorIndex, answer_of: &[usize], transcript_of: &[Option<usize>]) -> Vec<Centre> {
        let mut of: Vec<Vec<usize>> = Vec::new();
        for (passage, answer) in answer_of.iter().enumerate() {
            let Some(transcript) = transcript_of.get(*answer).copied().flatten() else { continue };
            of.resize_with(of.len().max(transcript + 1), Vec::new);
            of[transcript].push(passage);
        }
        of.into_iter().map(|ids| Centre::of(passages, ids)).collect()
    }

    /// The same index without some answers, as if they had never been given. It serves to measure the
    /// reply to a question whose answers are missing. The answers keep their numbers, and must be left
    /// out of the ranking.
    #[must_use]
    pub fn without(&self, answers: &HashSet<usize>) -> Self {
        let left =
            |answer: usize| (!answers.contains(&answer)).then(|| self.transcript_of.get(answer).copied()).flatten();
        let left: Vec<Option<usize>> = (0..self.transcript_of.len()).map(left).collect();
        let passages = answers.iter().flat_map(|answer| self.passages_of(*answer));
        Self {
            passages: self.passages.clone(),
            questions: self.questions.clone(),
            passage_terms: self.passage_terms.without(passages),
            answer_terms: self.answer_terms.without(answers.iter().copied()),
            answer_of: self.answer_of.clone(),
            question_of: self.question_of.clone(),
            language_of: self.language_of.clone(),
            transcript_of: self.transcript_of.clone(),
            centres: Self::centres(&self.passages, &self.answer_of, &left),
            facts_of: self.facts_of.clone(),
            texts: Arc::clone(&self.texts),
            proposer: self.proposer.clone(),
            provisional: self.provisional.clone(),
        }
    }

    /// The passages nearest to a query, as `(number, cosine)`. The cosines are made from the vectors here. If the index
    /// elsewhere does not answer, all vectors here are compared.
    pub fn nearest(&self, query: &[f32], count: usize) -> Vec<(usize, f32)> {
        match self.proposer.as_ref().map(|proposer| proposer.nearest_passages(query, count)) {
            Some(Ok(proposed)) => {
                proposed.into_iter().map(|passage| (passage, self.passages.cosine(passage, query))).collect()
            }
            Some(Err(error)) => {
                tracing::warn!("{error}");
                self.passages.nearest(query, count)
            }
            None => self.passages.nearest(query, count),
        }
    }

    /// The text that the judge reads for a passage. `None` if there is no such passage.
    pub fn judge_passage(&self, passage: usize) -> Option<JudgePassage<'_>> {
        let answer = *self.answer_of.get(passage)?;
        let words = self.texts.answers.get(answer)?.get(self.texts.windows.get(passage)?.clone())?;
        let question = self.question_of.get(answer).copied().flatten();
        let asked = question.and_then(|at| self.texts.questions.get(at)).map_or("", AsRef::as_ref);
        Some(JudgePassage { asked, words })
    }

    /// How much of some answers is read closely; `None` if all of it is.
    pub fn read_so_far(&self, answers: impl IntoIterator<Item = usize>) -> Option<ReadSoFar> {
        if self.provisional.is_empty() {
            return None;
        }
        let (mut provisional, mut passages) = (0, 0);
        for answer in answers {
            let own = self.passages_of(answer);
            passages += own.len();
            provisional += own.filter(|passage| self.provisional.get(*passage).is_some_and(|is| *is)).count();
        }
        (provisional > 0).then_some(ReadSoFar { closely: passages - provisional, passages })
    }

    /// The passages of an answer.
    pub fn passages_of(&self, answer: usize) -> Range<usize> {
        self.answer_of.partition_point(|of| *of < answer)..self.answer_of.partition_point(|of| *of <= answer)
    }
}
