//! What is derived of one transcript for the index, and kept between starts.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::retrieval::lexical::TranscriptTexts;
use crate::retrieval::{interview_question, passage};
use crate::text::segment::Language;
use crate::transcript::{Span, Transcript};

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
