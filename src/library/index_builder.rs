//! The last steps of the write path: transcript → passages → vectors and terms → snapshot. Knows
//! nothing of queries.

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use super::indexed::Indexed;
use super::transcript_part::{PartVectors, TranscriptPart, windows};
use super::withdrawals::WithdrawnSources;
use crate::error::Error;
use crate::retrieval::corpus::{Additions, AnswerPlace, Centre, Corpus, PassageIndex, Remembered, Texts};
use crate::retrieval::encoder::{Encoder, Memory};
use crate::retrieval::facts::Facts;
use crate::retrieval::interview_question;
use crate::retrieval::lexical::{LexicalIndex, Snapshot, TranscriptTexts, WordIndex};
use crate::retrieval::vectors::{Vector, VectorIndex};
use crate::text::script::View;
use crate::text::segment::Language;
use crate::transcript::Transcript;

/// Embeds and indexes transcripts.
///
/// # Errors
/// If the encoder or the word index fails.
pub fn build(transcripts: Vec<Transcript>, encoder: Arc<Encoder>) -> Result<Corpus, Error> {
    build_with(transcripts, encoder, Encoder::embed)
}

/// Indexes transcripts by provisional vectors, as they are found before they are read closely.
///
/// # Errors
/// If the encoder or the word index fails.
pub fn build_provisionally(transcripts: Vec<Transcript>, encoder: Arc<Encoder>) -> Result<Corpus, Error> {
    build_with(transcripts, encoder, Encoder::embed_provisionally)
}

/// How an encoder makes the vectors of texts.
type Embedding = fn(&Encoder, &[String]) -> Result<Vec<Vec<f32>>, Error>;

fn build_with(transcripts: Vec<Transcript>, encoder: Arc<Encoder>, embed: Embedding) -> Result<Corpus, Error> {
    let all: Vec<(Arc<Transcript>, Arc<Indexed>)> = transcripts
        .into_iter()
        .map(|transcript| (Arc::new(Indexed::of(&transcript)), transcript))
        .map(|(indexed, transcript)| (Arc::new(transcript), indexed))
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
    let passages: Vec<String> = texts.into_iter().flat_map(|texts| texts.passages).collect();
    let questions: Vec<String> =
        all.iter().flat_map(|(transcript, _)| interview_question::in_full(transcript)).collect();
    let mut passages = Vector::pack(&embed(&encoder, &passages)?).into_iter();
    let mut questions = Vector::pack(&embed(&encoder, &questions)?).into_iter();
    let part = |(transcript, indexed): &(Arc<Transcript>, Arc<Indexed>)| {
        let own = questions.by_ref().take(transcript.questions.len());
        let own = own.chain(passages.by_ref().take(indexed.passages())).collect();
        let (transcript, indexed) = (Arc::clone(transcript), Arc::clone(indexed));
        Arc::new(TranscriptPart::new(transcript, indexed, PartVectors::all(own)))
    };
    let parts: Vec<Arc<TranscriptPart>> = all.iter().map(part).collect();
    Ok(corpus(&parts, words, encoder, None))
}

/// Makes a snapshot of transcripts. Their words are ready.
pub(crate) fn corpus(
    parts: &[Arc<TranscriptPart>],
    words: Snapshot,
    encoder: Arc<Encoder>,
    earlier: Option<&PassageIndex>,
) -> Corpus {
    let (mut answers, mut answer_of, mut question_of, mut transcript_of) =
        <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
    let mut first_question = 0;
    for (number, part) in parts.iter().enumerate() {
        for ((at, ..), windows) in part.transcript.answers().zip(&part.indexed.windows) {
            answer_of.extend(windows.iter().map(|_| answers.len()));
            answers.push(AnswerPlace { transcript: number, at });
            question_of.push(Some(first_question + at.question));
            transcript_of.push(number);
        }
        first_question += part.transcript.questions.len();
    }
    let provisional = provisional(parts);
    let following = |vectors: Vec<Vector>, of: fn(&PassageIndex) -> &VectorIndex| match earlier {
        // A graph of vectors that are soon replaced would be made for nothing.
        Some(earlier) if !provisional.is_empty() => VectorIndex::scanning(of(earlier), vectors),
        Some(earlier) => VectorIndex::following(of(earlier), vectors),
        None => VectorIndex::sharing(vectors),
    };
    let passages = parts.iter().flat_map(|part| part.passage_vectors()).cloned().collect();
    let passages = following(passages, |index| &index.passages);
    let questions = parts.iter().flat_map(|part| part.question_vectors()).cloned().collect();
    let questions = following(questions, |index| &index.questions);
    let index = PassageIndex {
        centres: centres(parts, &passages),
        passages,
        questions,
        passage_terms: words.passages,
        answer_terms: words.answers,
        answer_of,
        language_of: parts.iter().flat_map(|part| part.indexed.languages.iter().copied()).collect(),
        question_of,
        transcript_of,
        facts_of: words.facts,
        texts: Arc::new(Texts {
            questions: parts.iter().flat_map(|part| &part.questions).cloned().collect(),
            answers: parts.iter().flat_map(|part| &part.answers).cloned().collect(),
            windows: parts.iter().flat_map(|part| &part.windows).cloned().collect(),
            memory: Memory::default(),
        }),
        proposer: None,
        provisional,
    };
    Corpus {
        transcripts: parts.iter().map(|part| Arc::clone(&part.transcript)).collect(),
        answers,
        passages: parts.iter().flat_map(|part| part.indexed.windows.iter().flatten().copied()).collect(),
        index,
        encoder,
        views: parts.iter().map(|part| Arc::clone(&part.views)).collect(),
        withdrawn: Arc::new(WithdrawnSources::default()),
        additions: Additions::default(),
        coming: AtomicUsize::default(),
        gone: Vec::new(),
        remembered: Remembered::default(),
    }
}

/// The overall subject of each transcript. It is found once for each part.
fn centres(parts: &[Arc<TranscriptPart>], passages: &VectorIndex) -> Vec<Centre> {
    let mut start = 0;
    let centre = |part: &Arc<TranscriptPart>| {
        let own = start..start + part.passage_vectors().len();
        start = own.end;
        part.centre.get_or_init(|| Centre::of(passages, own)).clone()
    };
    let mut centres: Vec<Centre> = parts.iter().map(centre).collect();
    // As in `PassageIndex::centres`: transcripts at the end without passages have none.
    centres.truncate(parts.iter().rposition(|part| !part.passage_vectors().is_empty()).map_or(0, |last| last + 1));
    centres
}

/// For each passage, whether its vector or that of its question is provisional; empty if none is.
fn provisional(parts: &[Arc<TranscriptPart>]) -> Vec<bool> {
    if parts.iter().all(|part| part.provisional() == 0) {
        return Vec::new();
    }
    parts.iter().flat_map(|part| part.provisional_passages()).collect()
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
/// If the encoder or the word index fails.
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
    let vectors_of_passages = VectorIndex::new(&encoder.embed(&passages)?);
    let known: Vec<Option<usize>> = transcript_of.iter().copied().map(Some).collect();
    Ok(PassageIndex {
        centres: PassageIndex::centres(&vectors_of_passages, &answer_of, &known),
        passages: vectors_of_passages,
        questions: VectorIndex::new(&encoder.embed(&material.questions)?),
        passage_terms: LexicalIndex::of_transcripts(&passages, &passage_in)?,
        answer_terms: LexicalIndex::of_transcripts(&with_question, &transcript_of)?,
        answer_of,
        language_of: material.answers.iter().map(|answer| Language::of(&answer.words)).collect(),
        question_of: material.answers.iter().map(|answer| answer.question).collect(),
        transcript_of,
        facts_of: passages.iter().map(|words| Facts::of(View::folded(words).text())).collect(),
        texts: Arc::new(texts(material)),
        proposer: None,
        provisional: Vec::new(),
    })
}

/// The texts that the judge reads.
fn texts(material: &Material) -> Texts {
    let passages = |answer: &AnswerText| windows(&answer.words, answer.passages.iter().map(String::as_str));
    Texts {
        questions: material.questions.iter().map(|question| Arc::from(question.as_str())).collect(),
        windows: material.answers.iter().flat_map(passages).collect(),
        answers: material.answers.iter().map(|answer| Arc::from(answer.words.as_str())).collect(),
        memory: Memory::default(),
    }
}
