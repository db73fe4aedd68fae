//! One immutable snapshot of all that can be asked. `library` makes it and `search` reads it. Only the
//! count of transcripts that are still missing changes. It makes no decisions.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::candidates::CandidateIndex;
use super::encoder::{Encoder, JudgePassage, Memory};
use super::facts::Facts;
use super::lexical::LexicalIndex;
use super::read_so_far::ReadSoFar;
use super::vectors::VectorIndex;
use crate::error::Error;
use crate::library::WithdrawnSources;
use crate::text::script::{Display, Script, View};
use crate::text::segment::Language;
use crate::transcript::{Answer, AnswerAt, Question, Span, Transcript};

/// Transcripts with the index over their answers.
pub struct Corpus {
    /// The transcripts, in the order of their names.
    pub transcripts: Vec<Arc<Transcript>>,
    /// The answers that [`PassageIndex`] numbers.
    pub answers: Vec<AnswerPlace>,
    /// The passages that [`PassageIndex`] numbers, as spans of their transcript.
    pub passages: Vec<Span>,
    /// The index that finds them.
    pub index: PassageIndex,
    /// The encoder of its vectors, and of queries.
    pub encoder: Arc<Encoder>,
    pub(crate) views: Vec<Arc<Views>>,
    pub(crate) remembered: Remembered,
    /// Sources that were withdrawn as a whole.
    pub withdrawn: WithdrawnSources,
    /// For each transcript, the words that were withdrawn, as spans that nobody may see.
    pub gone: Vec<Gone>,
    /// What the owner added to the transcripts.
    pub additions: Additions,
    /// The number of transcripts that are known but not in this snapshot yet. It changes while the
    /// snapshot is in use.
    pub(crate) coming: AtomicUsize,
}

/// What the owner adds to transcripts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Additions {
    /// Other names of interviewees, by the name that is shown.
    pub aliases: BTreeMap<String, Vec<String>>,
    /// The SHA-256 of transcripts with a recording.
    pub recordings: BTreeSet<String>,
}

/// What was withdrawn from a transcript, and whether its names were changed.
#[derive(Debug, Clone, Default)]
pub struct Gone {
    /// For each answer, the label of its question, its own label, and the span of the withdrawn words.
    pub answers: Vec<(String, String, Span)>,
    /// Whether the received text must not be shown, because it contains withdrawn words or names that
    /// were changed.
    pub withheld: bool,
}

/// Transcripts that words are looked up in, whether or not they are indexed.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The transcripts, in the order of their names.
    pub transcripts: &'a [Arc<Transcript>],
    /// What was withdrawn from each.
    pub gone: &'a [Gone],
    /// Sources that were withdrawn as a whole.
    pub withdrawn: &'a WithdrawnSources,
}

/// Where an answer stands in a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AnswerPlace {
    /// Index into [`Corpus::transcripts`].
    pub transcript: usize,
    /// The answer in it.
    pub at: AnswerAt,
}

/// A passage and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit {
    /// The number of the answer in the [`PassageIndex`].
    pub answer: usize,
    /// The number of its passage that speaks to the query most, in the [`PassageIndex`].
    pub passage: usize,
    /// Probability, 0 to 1, that the answer speaks to the query.
    pub score: f32,
}

/// Answers as vectors and terms. Each is known by its number. Knows no transcript.
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
    /// The centre of some passages. Those at the origin do not count.
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

/// Vectors of quoted sentences, and the words of all answers. A conversation shows each turn again with every
/// later turn. They go with the snapshot.
#[derive(Default)]
pub(crate) struct Remembered(Mutex<HashMap<String, Arc<[f32]>>>, OnceLock<Vec<(String, usize)>>);

/// The most vectors that are remembered. Then all are forgotten together.
const REMEMBERED: usize = 4_096;

/// A transcript in each script that it may be shown in. Each is converted when it is first needed. Snapshots with
/// the same transcript share it.
#[derive(Default)]
pub(crate) struct Views {
    original: OnceLock<View>,
    simplified: OnceLock<View>,
    traditional: OnceLock<View>,
    folded: OnceLock<View>,
    /// Its interviewees, each with all names used for them.
    called: OnceLock<Vec<(String, Vec<String>)>>,
    /// Phrases that its interviewees use.
    phrases: OnceLock<Vec<Phrase>>,
}

/// Words that interviewees use, at one of the places where they do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Phrase {
    /// The words.
    pub span: Span,
    /// How many answers have them.
    pub answers: usize,
    /// How telling they are; for comparison only.
    pub weight: f32,
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

    /// The text that the judge reads for a passage.
    pub fn told(&self, passage: usize) -> Option<JudgePassage<'_>> {
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

impl Corpus {
    /// The same snapshot without some answers, as [`PassageIndex::without`] does it.
    #[must_use]
    pub fn without(&self, answers: &HashSet<usize>) -> Self {
        Self {
            transcripts: self.transcripts.clone(),
            answers: self.answers.clone(),
            passages: self.passages.clone(),
            index: self.index.without(answers),
            encoder: Arc::clone(&self.encoder),
            views: self.views.clone(),
            remembered: Remembered::default(),
            withdrawn: self.withdrawn.clone(),
            gone: self.gone.clone(),
            additions: self.additions.clone(),
            coming: AtomicUsize::new(self.coming()),
        }
    }

    /// Its transcripts, to look words up in.
    pub fn sources(&self) -> Sources<'_> {
        Sources { transcripts: &self.transcripts, gone: &self.gone, withdrawn: &self.withdrawn }
    }

    /// The transcript, question and answer at a place.
    pub fn answer(&self, place: AnswerPlace) -> Option<(&Transcript, &Question, &Answer)> {
        let transcript = self.transcripts.get(place.transcript)?;
        let (question, answer) = transcript.at(place.at)?;
        Some((transcript, question, answer))
    }

    /// The first passage of an answer that has the words at a span of its transcript.
    pub fn passage_with(&self, answer: usize, span: Span) -> Option<usize> {
        self.index
            .passages_of(answer)
            .find(|passage| self.passages.get(*passage).is_some_and(|held| held.contains(span)))
    }

    /// The position of the transcript whose source has this SHA-256, or begins
    /// with it (at least 8 hex digits).
    pub fn by_hash(&self, sha256: &str) -> Option<usize> {
        (sha256.len() >= 8).then_some(())?;
        self.transcripts.iter().position(|transcript| transcript.source_sha256.starts_with(sha256))
    }

    /// Whether a source was withdrawn as a whole. It takes the whole SHA-256 or as many digits as an
    /// address has.
    pub fn was_withdrawn(&self, sha256: &str) -> bool {
        self.withdrawn.has(sha256)
    }

    /// The number of transcripts that cannot be searched yet. While there are any, no reply holds for
    /// all of them.
    pub fn coming(&self) -> usize {
        self.coming.load(Ordering::Relaxed)
    }

    /// How much of it is read closely; `None` if all of it is.
    pub fn read_so_far(&self) -> Option<ReadSoFar> {
        self.index.read_so_far(0..self.answers.len())
    }

    /// What was withdrawn from a transcript.
    pub fn gone(&self, transcript: usize) -> Option<&Gone> {
        self.gone.get(transcript)
    }

    /// The words of all questions and answers as they are matched, each with how many answers hold it or are
    /// to a question that does.
    ///
    /// # Errors
    /// When the word index refuses, which is a bug.
    pub fn words(&self) -> Result<&[(String, usize)], Error> {
        if let Some(words) = self.remembered.1.get() {
            return Ok(words);
        }
        let words = self.index.answer_terms.words()?;
        Ok(self.remembered.1.get_or_init(|| words))
    }

    /// The vectors of texts, in order. Known vectors are reused.
    ///
    /// # Errors
    /// If the encoder fails.
    pub fn embed(&self, texts: &[String]) -> Result<Vec<Arc<[f32]>>, Error> {
        let known = || self.remembered.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let found: Vec<Option<Arc<[f32]>>> = {
            let known = known();
            texts.iter().map(|text| known.get(text).cloned()).collect()
        };
        let missing: Vec<&String> =
            texts.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(t, _)| t).collect();
        let made: Vec<Arc<[f32]>> = self.encoder.embed(&missing)?.into_iter().map(Arc::from).collect();
        let mut known = known();
        if known.len() + made.len() > REMEMBERED {
            known.clear();
        }
        known.extend(missing.into_iter().cloned().zip(made.iter().cloned()));
        drop(known);
        let mut made = made.into_iter();
        Ok(found.into_iter().filter_map(|found| found.or_else(|| made.next())).collect())
    }

    /// A transcript as a view in a script. A transcript in that script already is shown as it is: conversion
    /// there and back would change characters.
    pub fn view(&self, transcript: usize, display: Display) -> &View {
        let views = &self.views[transcript];
        let display = match (display, self.transcripts[transcript].script) {
            (Display::Traditional, Script::Traditional) | (Display::Simplified, Script::Simplified) => {
                Display::Original
            }
            (other, _) => other,
        };
        let cell = match display {
            Display::Original => &views.original,
            Display::Simplified => &views.simplified,
            Display::Traditional => &views.traditional,
        };
        cell.get_or_init(|| View::new(self.transcripts[transcript].text(), display))
    }

    /// The interviewees of a transcript, each with all names used for them. `tell` is called once.
    pub(crate) fn called(
        &self,
        transcript: usize,
        tell: impl FnOnce() -> Vec<(String, Vec<String>)>,
    ) -> &[(String, Vec<String>)] {
        self.views.get(transcript).map_or(&[], |views| views.called.get_or_init(tell))
    }

    /// The phrases of a transcript, found once by `find`.
    pub(crate) fn phrases(&self, transcript: usize, find: impl FnOnce() -> Vec<Phrase>) -> &[Phrase] {
        self.views.get(transcript).map_or(&[], |views| views.phrases.get_or_init(find))
    }

    /// A transcript as a view for exact comparison.
    pub fn folded(&self, transcript: usize) -> &View {
        self.views[transcript].folded.get_or_init(|| View::folded(self.transcripts[transcript].text()))
    }
}
