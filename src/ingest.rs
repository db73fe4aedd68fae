//! The write path, in order: bytes → transcript → passages → vectors and terms
//! → a snapshot to search. Knows nothing of queries.

use std::sync::Arc;

use crate::corpus::{Corpus, PassageIndex, Place, Views};
use crate::embed::Encoder;
use crate::error::Error;
use crate::index::VectorIndex;
use crate::lexical::LexicalIndex;
use crate::library::Source;
use crate::passage;
use crate::segment::Language;
use crate::transcript::{self, Problem, Transcript};

/// A source that could not be read; the others were.
#[derive(Debug)]
pub struct Refused {
    /// Its file.
    pub path: std::path::PathBuf,
    /// Why.
    pub error: Error,
}

/// Reads every source; one bad file never loses the others.
pub fn read_all(sources: Vec<Source>) -> (Vec<(Transcript, Vec<Problem>)>, Vec<Refused>) {
    let mut read = Vec::with_capacity(sources.len());
    let mut refused = Vec::new();
    for source in sources {
        match transcript::read(&source.name, &source.bytes) {
            Ok(transcript) => read.push(transcript),
            Err(error) => refused
                .push(Refused { path: source.path.clone(), error: Error::Read { path: source.path, source: error } }),
        }
    }
    (read, refused)
}

/// Embeds and indexes transcripts.
///
/// # Errors
/// When the encoder or the word index fails.
pub fn build(transcripts: Vec<Transcript>, encoder: Arc<Encoder>) -> Result<Corpus, Error> {
    let mut answers = Vec::new();
    let mut spans = Vec::new();
    let mut material = Material::default();
    for (t, transcript) in transcripts.iter().enumerate() {
        let unrestored = transcript.unrestored();
        let first_question = material.questions.len();
        material.questions.extend(transcript.questions.iter().map(|q| transcript.words(q.span).to_owned()));
        for (at, _, answer) in transcript.answers() {
            answers.push(Place { transcript: t, at });
            let windows: Vec<_> = answer
                .stretches
                .iter()
                .flat_map(|stretch| passage::passages(transcript.text(), *stretch, &unrestored))
                .collect();
            material.answers.push(AnswerText {
                question: Some(first_question + at.question),
                words: transcript.answer_text(answer),
                passages: windows.iter().map(|span| transcript.words(*span).to_owned()).collect(),
            });
            spans.extend(windows);
        }
    }
    let index = index(&material, &encoder)?;
    let views = transcripts.iter().map(|_| Views::default()).collect();
    let transcripts = transcripts.into_iter().map(Arc::new).collect();
    Ok(Corpus { transcripts, answers, passages: spans, index, encoder, views })
}

/// The words to index, without where they came from.
#[derive(Debug, Default)]
pub struct Material {
    /// The interview questions.
    pub questions: Vec<String>,
    /// The answers.
    pub answers: Vec<AnswerText>,
}

/// One answer to index.
#[derive(Debug, Default)]
pub struct AnswerText {
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
    let passages: Vec<&str> =
        material.answers.iter().flat_map(|answer| answer.passages.iter().map(String::as_str)).collect();
    let answer_of =
        material.answers.iter().enumerate().flat_map(|(id, answer)| answer.passages.iter().map(move |_| id)).collect();
    let with_question: Vec<String> = material
        .answers
        .iter()
        .map(|answer| match answer.question.and_then(|q| material.questions.get(q)) {
            Some(question) => format!("{question}\n{}", answer.words),
            None => answer.words.clone(),
        })
        .collect();
    Ok(PassageIndex {
        passages: VectorIndex::new(encoder.embed(&passages)?),
        questions: VectorIndex::new(encoder.embed(&material.questions)?),
        passage_terms: LexicalIndex::new(&passages)?,
        answer_terms: LexicalIndex::new(&with_question)?,
        answer_of,
        languages: material.answers.iter().map(|answer| Language::of(&answer.words)).collect(),
        question_of: material.answers.iter().map(|answer| answer.question).collect(),
    })
}
