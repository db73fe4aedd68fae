//! The write path, in order: bytes → transcript → passages → vectors and terms
//! → a snapshot to search. Knows nothing of queries.

use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use super::withdrawals::Tombstones;
use crate::error::Error;
use crate::retrieval::corpus::{Corpus, PassageIndex, Place as AnswerPlace, Remembered, Texts, Views};
use crate::retrieval::encoder::{Encoder, Memory};
use crate::retrieval::facts::Facts;
use crate::retrieval::lexical::LexicalIndex;
use crate::retrieval::vectors::VectorIndex;
use crate::retrieval::{interview_question, passage};
use crate::text::script::View;
use crate::text::segment::Language;
use crate::transcript::{Span, Transcript};

/// Embeds and indexes transcripts.
///
/// # Errors
/// When the encoder or the word index fails.
#[expect(clippy::needless_pass_by_value, reason = "the corpus shares it")]
pub fn build(transcripts: Vec<Transcript>, encoder: Arc<Encoder>) -> Result<Corpus, Error> {
    let transcripts = transcripts.into_iter().map(Arc::new).collect();
    let embed = |texts: &[&str]| encoder.embed(texts);
    build_from(transcripts, Arc::clone(&encoder), embed)
}

/// The same, with vectors from wherever they are kept.
pub(crate) fn build_from(
    transcripts: Vec<Arc<Transcript>>,
    encoder: Arc<Encoder>,
    vectors: impl Fn(&[&str]) -> Result<Vec<Vec<f32>>, Error>,
) -> Result<Corpus, Error> {
    let (material, answers, passages) = material(&transcripts);
    let index = index_from(&material, vectors)?;
    let views = transcripts.iter().map(|_| Views::default()).collect();
    Ok(Corpus {
        transcripts,
        answers,
        passages,
        index,
        encoder,
        views,
        withdrawn: Tombstones::default(),
        coming: AtomicUsize::default(),
        gone: Vec::new(),
        remembered: Remembered::default(),
    })
}

/// The words of transcripts, and where they are from.
pub(crate) fn material(transcripts: &[Arc<Transcript>]) -> (Material, Vec<AnswerPlace>, Vec<Span>) {
    let mut answers = Vec::new();
    let mut spans = Vec::new();
    let mut material = Material::default();
    for (t, transcript) in transcripts.iter().enumerate() {
        let unrestored = transcript.unrestored();
        let first_question = material.questions.len();
        material.questions.extend(interview_question::in_full(transcript));
        for (at, _, answer) in transcript.answers() {
            answers.push(AnswerPlace { transcript: t, at });
            let windows: Vec<_> = answer
                .stretches
                .iter()
                .flat_map(|stretch| passage::passages(transcript.text(), *stretch, &unrestored))
                .collect();
            material.answers.push(AnswerText {
                transcript: t,
                question: Some(first_question + at.question),
                words: transcript.answer_text(answer),
                passages: windows.iter().map(|span| transcript.words(*span).to_owned()).collect(),
            });
            spans.extend(windows);
        }
    }
    (material, answers, spans)
}

/// The words to index, without where they came from.
#[derive(Debug, Default)]
pub struct Material {
    /// The interview questions, in full.
    pub questions: Vec<String>,
    /// The answers.
    pub answers: Vec<AnswerText>,
}

impl Material {
    /// All that is embedded of it.
    pub(crate) fn texts(&self) -> impl Iterator<Item = &str> {
        let passages = self.answers.iter().flat_map(|answer| &answer.passages);
        self.questions.iter().chain(passages).map(String::as_str)
    }
}

/// One answer to index.
#[derive(Debug, Default)]
pub struct AnswerText {
    /// Which transcript it is of: a number, from 0.
    pub transcript: usize,
    /// Index into [`Material::questions`].
    pub question: Option<usize>,
    /// All of its words.
    pub words: String,
    /// Its windows of sentences.
    pub passages: Vec<String>,
}

/// Vectors and terms for answers from anywhere.
///
/// # Errors
/// When the encoder or the word index fails.
pub fn index(material: &Material, encoder: &Encoder) -> Result<PassageIndex, Error> {
    index_from(material, |texts| encoder.embed(texts))
}

fn index_from(
    material: &Material,
    vectors: impl Fn(&[&str]) -> Result<Vec<Vec<f32>>, Error>,
) -> Result<PassageIndex, Error> {
    let questions: Vec<&str> = material.questions.iter().map(String::as_str).collect();
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
    let vectors_of_passages = VectorIndex::new(vectors(&passages)?);
    let known: Vec<Option<usize>> = transcript_of.iter().copied().map(Some).collect();
    Ok(PassageIndex {
        centres: PassageIndex::centres(&vectors_of_passages, &answer_of, &known),
        passages: vectors_of_passages,
        questions: VectorIndex::new(vectors(&questions)?),
        passage_terms: LexicalIndex::of_transcripts(&passages, &passage_in)?,
        answer_terms: LexicalIndex::of_transcripts(&with_question, &transcript_of)?,
        answer_of,
        language_of: material.answers.iter().map(|answer| Language::of(&answer.words)).collect(),
        question_of: material.answers.iter().map(|answer| answer.question).collect(),
        transcript_of,
        facts_of: passages.iter().map(|words| Facts::of(View::folded(words).text())).collect(),
        texts: Arc::new(texts(material)),
    })
}

/// What is read of the answers to judge them.
fn texts(material: &Material) -> Texts {
    // Few windows, each for all passages that it holds: what was read for one query is read for the next.
    let windows = |answer: &AnswerText| {
        let mut from = 0;
        let mut latest: Option<Range<usize>> = None;
        let window = |passage: &String| {
            // Passages stand in order, each beginning after the one before.
            from = answer.words.get(from..).and_then(|rest| rest.find(passage)).map_or(from, |at| from + at);
            let holding = latest.take().filter(|window| from + passage.len() <= window.end);
            latest.insert(holding.unwrap_or_else(|| passage::read_from(&answer.words, from))).clone()
        };
        answer.passages.iter().map(window).collect::<Vec<_>>()
    };
    Texts {
        questions: material.questions.clone(),
        windows: material.answers.iter().flat_map(windows).collect(),
        answers: material.answers.iter().map(|answer| answer.words.clone()).collect(),
        memory: Memory::default(),
    }
}
