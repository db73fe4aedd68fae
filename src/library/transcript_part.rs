//! One transcript's part of a snapshot, without the terms of its words. It is made once. Every later snapshot shares
//! it, so that a library grows by what was added.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::indexed::Indexed;
use crate::retrieval::corpus::{Centre, Views};
use crate::retrieval::vectors::Vector;
use crate::retrieval::{interview_question, passage};
use crate::transcript::Transcript;

/// A transcript as snapshots hold it.
pub(crate) struct TranscriptPart {
    pub(crate) transcript: Arc<Transcript>,
    pub(crate) indexed: Arc<Indexed>,
    vectors: PartVectors,
    /// Its questions in full, its answers, and the window of an answer that the judge reads for each passage.
    pub(crate) questions: Vec<Arc<str>>,
    pub(crate) answers: Vec<Arc<str>>,
    pub(crate) windows: Vec<Range<usize>>,
    pub(crate) centre: OnceLock<Centre>,
    pub(crate) views: Arc<Views>,
}

/// The vectors of a transcript's questions, then those of its passages.
pub(crate) struct PartVectors {
    all: Vec<Vector>,
    /// Whether each is provisional; empty if none is.
    provisional: Vec<bool>,
}

impl PartVectors {
    /// Vectors of which none is provisional.
    pub(crate) fn all(vectors: Vec<Vector>) -> Self {
        Self { all: vectors, provisional: Vec::new() }
    }

    /// Vectors, each with whether it is provisional.
    pub(crate) fn of(vectors: impl Iterator<Item = (Vector, bool)>) -> Self {
        let (all, mut provisional): (Vec<Vector>, Vec<bool>) = vectors.unzip();
        if !provisional.contains(&true) {
            provisional = Vec::new();
        }
        Self { all, provisional }
    }

    fn is_provisional(&self, text: usize) -> bool {
        self.provisional.get(text).is_some_and(|is| *is)
    }
}

impl TranscriptPart {
    /// A transcript with the vectors of its questions and its passages.
    pub(crate) fn new(transcript: Arc<Transcript>, indexed: Arc<Indexed>, vectors: PartVectors) -> Self {
        let questions = interview_question::in_full(&transcript).into_iter().map(Arc::from).collect();
        let (mut answers, mut judged) = (Vec::new(), Vec::new());
        for ((_, _, answer), passages) in transcript.answers().zip(&indexed.windows) {
            let words = transcript.answer_text(answer);
            judged.extend(windows(&words, passages.iter().map(|span| transcript.words(*span))));
            answers.push(Arc::from(words));
        }
        let (centre, views) = (OnceLock::new(), Arc::default());
        Self { transcript, indexed, vectors, questions, answers, windows: judged, centre, views }
    }

    /// The same transcript with other vectors.
    pub(crate) fn with(&self, vectors: PartVectors) -> Self {
        Self {
            transcript: Arc::clone(&self.transcript),
            indexed: Arc::clone(&self.indexed),
            vectors,
            questions: self.questions.clone(),
            answers: self.answers.clone(),
            windows: self.windows.clone(),
            centre: OnceLock::new(),
            views: Arc::clone(&self.views),
        }
    }

    pub(crate) fn question_vectors(&self) -> &[Vector] {
        &self.vectors.all[..self.transcript.questions.len().min(self.vectors.all.len())]
    }

    pub(crate) fn passage_vectors(&self) -> &[Vector] {
        &self.vectors.all[self.transcript.questions.len().min(self.vectors.all.len())..]
    }

    /// How many of its texts have a provisional vector.
    pub(crate) fn provisional(&self) -> usize {
        self.vectors.provisional.iter().filter(|is| **is).count()
    }

    /// For each passage, whether its vector or that of its question is provisional.
    pub(crate) fn provisional_passages(&self) -> impl Iterator<Item = bool> {
        let questions = self.transcript.questions.len();
        let asked = self.transcript.answers().zip(&self.indexed.windows);
        let asked = asked.flat_map(|((at, ..), windows)| windows.iter().map(move |_| at.question));
        asked.enumerate().map(move |(passage, question)| {
            self.vectors.is_provisional(question) || self.vectors.is_provisional(questions + passage)
        })
    }
}

/// The window of the answer that the judge reads for each passage. Neighbouring passages share a
/// window, so that a later query can reuse a judgement.
pub(crate) fn windows<'a>(words: &str, passages: impl Iterator<Item = &'a str>) -> Vec<Range<usize>> {
    let mut from = 0;
    let mut latest: Option<Range<usize>> = None;
    let window = |passage: &str| {
        // Passages stand in the order of the text.
        from = words.get(from..).and_then(|rest| rest.find(passage)).map_or(from, |at| from + at);
        let holding = latest.take().filter(|window| from + passage.len() <= window.end);
        latest.insert(holding.unwrap_or_else(|| passage::read_from(words, from))).clone()
    };
    passages.map(window).collect()
}
