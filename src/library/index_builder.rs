//! The last steps of the write path: transcript → passages → vectors and terms → snapshot. Knows
//! nothing of queries.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::withdrawals::WithdrawnSources;
use crate::error::Error;
use crate::retrieval::corpus::{Additions, AnswerPlace, Corpus, PassageIndex, Remembered, Texts, Views};
use crate::retrieval::encoder::{Encoder, Memory};
use crate::retrieval::facts::Facts;
use crate::retrieval::lexical::{LexicalIndex, Snapshot, TranscriptTexts, WordIndex};
use crate::retrieval::vectors::VectorIndex;
use crate::retrieval::{interview_question, passage};
use crate::text::script::View;
use crate::text::segment::Language;
use crate::transcript::{Span, Transcript};

/// Embeds and indexes transcripts.
///
/// # Errors
/// When the encoder or the word index fails.
pub fn build(transcripts: Vec<Transcript>, encoder: Arc<Encoder>) -> Result<Corpus, Error> {
    let all: Vec<(Arc<Transcript>, Indexed)> = transcripts
        .into_iter()
        .map(|transcript| (Indexed::of(&transcript), transcript))
        .map(|(i, t)| (Arc::new(t), i))
        .collect();
    let texts: Vec<TranscriptTexts> = all
        .iter()
        .enumerate()
        // One source may be given twice, so the id is its number here.
        .map(|(number, (transcript, indexed))| TranscriptTexts { id: number as u64, ..indexed.texts(transcript) })
        .collect();
    let mut words = WordIndex::new()?;
    words.update(&(0..texts.len() as u64).collect::<HashSet<u64>>(), &texts)?;
    let sizes: Vec<(u64, usize, usize)> =
        texts.iter().map(|texts| (texts.id, texts.passages.len(), texts.answers.len())).collect();
    let words = words.snapshot(&sizes)?;
    let passages: Vec<&String> = texts.iter().flat_map(|texts| &texts.passages).collect();
    let questions: Vec<String> =
        all.iter().flat_map(|(transcript, _)| interview_question::in_full(transcript)).collect();
    let passages = VectorIndex::new(encoder.embed(&passages)?);
    let questions = VectorIndex::new(encoder.embed(&questions)?);
    let all: Vec<(Arc<Transcript>, &Indexed)> = all.iter().map(|(t, indexed)| (Arc::clone(t), indexed)).collect();
    Ok(corpus(&all, words, passages, questions, encoder))
}

/// The index data of one transcript: its passages, and its number in the word index.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Indexed {
    pub(crate) id: u64,
    /// The windows of sentences of each answer.
    pub(crate) windows: Vec<Vec<Span>>,
    /// The language of each answer.
    pub(crate) languages: Vec<Language>,
}

impl Indexed {
    pub(crate) fn of(transcript: &Transcript) -> Self {
        let unrestored = transcript.unrestored();
        let mut hash = Sha256::new_with_prefix(&transcript.source_sha256);
        let (mut windows, mut languages) = (Vec::new(), Vec::new());
        let asked = interview_question::in_full(transcript);
        for (at, _, answer) in transcript.answers() {
            let words = transcript.answer_text(answer);
            let question = asked.get(at.question).map(String::as_str).unwrap_or_default();
            let of_answer: Vec<Span> = answer
                .stretches
                .iter()
                .flat_map(|stretch| passage::passages(transcript.text(), *stretch, &unrestored))
                .collect();
            for text in [question, words.as_str()] {
                hash.update((text.len() as u64).to_le_bytes());
                hash.update(text);
            }
            for span in &of_answer {
                hash.update((span.start() as u64).to_le_bytes());
                hash.update((span.end() as u64).to_le_bytes());
            }
            languages.push(Language::of(&words));
            windows.push(of_answer);
        }
        let mut id = [0; 8];
        id.copy_from_slice(&hash.finalize()[..8]);
        Self { id: u64::from_le_bytes(id), windows, languages }
    }

    /// Whether it fits the transcript: as many answers, and every span within its text.
    pub(crate) fn is_of(&self, transcript: &Transcript) -> bool {
        let answers = transcript.answers().count();
        let is_of = |span: &Span| span.start() <= span.end() && span.of_text(transcript.text()).is_some();
        [self.windows.len(), self.languages.len()] == [answers; 2] && self.windows.iter().flatten().all(is_of)
    }

    /// How many passages it has.
    pub(crate) fn passages(&self) -> usize {
        self.windows.iter().map(Vec::len).sum()
    }

    /// Its number in the word index, and its counts of passages and answers.
    pub(crate) fn size(&self) -> (u64, usize, usize) {
        (self.id, self.passages(), self.windows.len())
    }

    /// All texts that are embedded: the questions in full, then the passages.
    pub(crate) fn embedded<'a>(&'a self, transcript: &'a Transcript) -> impl Iterator<Item = Cow<'a, str>> {
        let questions = interview_question::in_full(transcript).into_iter().map(Cow::from);
        questions.chain(self.windows.iter().flatten().map(|span| Cow::from(transcript.words(*span))))
    }

    /// All texts for the word index.
    pub(crate) fn texts(&self, transcript: &Transcript) -> TranscriptTexts {
        let asked = interview_question::in_full(transcript);
        let question = |at: usize| asked.get(at).map(String::as_str).unwrap_or_default();
        let answers = transcript
            .answers()
            .map(|(at, _, answer)| format!("{}\n{}", question(at.question), transcript.answer_text(answer)));
        let passages = self.windows.iter().flatten().map(|span| transcript.words(*span).to_owned());
        TranscriptTexts { id: self.id, passages: passages.collect(), answers: answers.collect() }
    }
}

/// Makes a snapshot of transcripts. Their vectors and words are ready.
pub(crate) fn corpus(
    all: &[(Arc<Transcript>, &Indexed)],
    words: Snapshot,
    passages: VectorIndex,
    questions: VectorIndex,
    encoder: Arc<Encoder>,
) -> Corpus {
    let (mut answers, mut answer_of, mut question_of, mut transcript_of) =
        <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
    let mut first_question = 0;
    for (number, (transcript, indexed)) in all.iter().enumerate() {
        for ((at, ..), windows) in transcript.answers().zip(&indexed.windows) {
            answer_of.extend(windows.iter().map(|_| answers.len()));
            answers.push(AnswerPlace { transcript: number, at });
            question_of.push(Some(first_question + at.question));
            transcript_of.push(number);
        }
        first_question += transcript.questions.len();
    }
    let known: Vec<Option<usize>> = transcript_of.iter().copied().map(Some).collect();
    let index = PassageIndex {
        centres: PassageIndex::centres(&passages, &answer_of, &known),
        passages,
        questions,
        passage_terms: words.passages,
        answer_terms: words.answers,
        answer_of,
        language_of: all.iter().flat_map(|(_, indexed)| indexed.languages.iter().copied()).collect(),
        question_of,
        transcript_of,
        facts_of: words.facts,
        texts: Arc::new(texts_of(all)),
        proposer: None,
    };
    Corpus {
        transcripts: all.iter().map(|(transcript, _)| Arc::clone(transcript)).collect(),
        answers,
        passages: all.iter().flat_map(|(_, indexed)| indexed.windows.iter().flatten().copied()).collect(),
        index,
        encoder,
        views: all.iter().map(|_| Views::default()).collect(),
        withdrawn: WithdrawnSources::default(),
        additions: Additions::default(),
        coming: AtomicUsize::default(),
        gone: Vec::new(),
        remembered: Remembered::default(),
    }
}

/// The texts to index, without their sources.
#[derive(Debug, Default)]
pub struct Material {
    /// The interview questions, in full.
    pub questions: Vec<String>,
    /// The answers.
    pub answers: Vec<AnswerText>,
}

/// One answer to index.
#[derive(Debug, Default)]
pub struct AnswerText {
    /// The number of its transcript, from 0.
    pub transcript: usize,
    /// Index into [`Material::questions`].
    pub question: Option<usize>,
    /// All of its words.
    pub words: String,
    /// Its windows of sentences.
    pub passages: Vec<String>,
}

/// Makes vectors and terms for answers from any source.
///
/// # Errors
/// When the encoder or the word index fails.
pub fn index(material: &Material, encoder: &Encoder) -> Result<PassageIndex, Error> {
    let passages: Vec<&str> =
        material.answers.iter().flat_map(|answer| answer.passages.iter().map(String::as_str)).collect();
    let answer_of: Vec<usize> =
        material.answers.iter().enumerate().flat_map(|(id, answer)| answer.passages.iter().map(move |_| id)).collect();
    let with_question: Vec<String> = material
        .answers
        .iter()
        .map(|answer| match answer.question.and_then(|q| material.questions.get(q)) {
            Some(question) => format!("{question}\n{}", answer.words),
            None => answer.words.clone(),
        })
        .collect();
    let transcript_of: Vec<usize> = material.answers.iter().map(|answer| answer.transcript).collect();
    let passage_in: Vec<usize> = answer_of.iter().map(|answer| transcript_of[*answer]).collect();
    let vectors_of_passages = VectorIndex::new(encoder.embed(&passages)?);
    let known: Vec<Option<usize>> = transcript_of.iter().copied().map(Some).collect();
    Ok(PassageIndex {
        centres: PassageIndex::centres(&vectors_of_passages, &answer_of, &known),
        passages: vectors_of_passages,
        questions: VectorIndex::new(encoder.embed(&material.questions)?),
        passage_terms: LexicalIndex::of_transcripts(&passages, &passage_in)?,
        answer_terms: LexicalIndex::of_transcripts(&with_question, &transcript_of)?,
        answer_of,
        language_of: material.answers.iter().map(|answer| Language::of(&answer.words)).collect(),
        question_of: material.answers.iter().map(|answer| answer.question).collect(),
        transcript_of,
        facts_of: passages.iter().map(|words| Facts::of(View::folded(words).text())).collect(),
        texts: Arc::new(texts(material)),
        proposer: None,
    })
}

/// The texts that the judge reads.
fn texts(material: &Material) -> Texts {
    let passages = |answer: &AnswerText| windows(&answer.words, answer.passages.iter().map(String::as_str));
    Texts {
        questions: material.questions.clone(),
        windows: material.answers.iter().flat_map(passages).collect(),
        answers: material.answers.iter().map(|answer| answer.words.clone()).collect(),
        memory: Memory::default(),
    }
}

/// The texts that the judge reads, from whole transcripts.
fn texts_of(all: &[(Arc<Transcript>, &Indexed)]) -> Texts {
    let mut texts = Texts::default();
    for (transcript, indexed) in all {
        texts.questions.extend(interview_question::in_full(transcript));
        for ((_, _, answer), passages) in transcript.answers().zip(&indexed.windows) {
            let words = transcript.answer_text(answer);
            texts.windows.extend(windows(&words, passages.iter().map(|span| transcript.words(*span))));
            texts.answers.push(words);
        }
    }
    texts
}

/// The window of the answer that the judge reads for each passage. Neighbouring passages share a
/// window, so that a later query can reuse a judgement.
fn windows<'a>(words: &str, passages: impl Iterator<Item = &'a str>) -> Vec<Range<usize>> {
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
