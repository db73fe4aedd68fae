//! One immutable snapshot of all that can be asked. `library` makes it and `search` reads it. Only the
//! count of transcripts that are still missing changes. It makes no decisions.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::encoder::Encoder;
pub use super::passage_index::{Centre, Hit, PassageIndex, Texts};
use super::read_so_far::ReadSoFar;
use super::withdrawn_lookup::WithdrawnLookup;
use crate::error::Error;
use crate::lock::locked;
use crate::text::script::{Display, Script, View};
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
    /// What was withdrawn: sources as a whole, and quotes.
    pub withdrawn: Arc<dyn WithdrawnLookup>,
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
    /// Whether anything was withdrawn from it, or from an earlier version of its file.
    pub withdrew: bool,
}

/// Transcripts that words are looked up in, whether or not they are indexed.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The transcripts, in the order of their names.
    pub transcripts: &'a [Arc<Transcript>],
    /// What was withdrawn from each.
    pub gone: &'a [Gone],
    /// What was withdrawn: sources as a whole, and quotes.
    pub withdrawn: &'a dyn WithdrawnLookup,
}

/// Where an answer stands in a corpus.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct AnswerPlace {
    /// Index into [`Corpus::transcripts`].
    pub transcript: usize,
    /// The answer in it.
    pub at: AnswerAt,
}

/// What was made for a reply and is needed again: a conversation shows each turn again with every later turn. It goes
/// with the snapshot.
#[derive(Default)]
pub(crate) struct Remembered {
    /// The vectors of quoted sentences, by their texts.
    vectors: Mutex<HashMap<String, Arc<[f32]>>>,
    /// The words of all answers, as [`Corpus::words`] returns them.
    words: OnceLock<Vec<(String, usize)>>,
}

/// The most vectors that are remembered. Then all are forgotten together.
const MAX_REMEMBERED_VECTORS: usize = 4_096;

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
            withdrawn: Arc::clone(&self.withdrawn),
            gone: self.gone.clone(),
            additions: self.additions.clone(),
            coming: AtomicUsize::new(self.coming()),
        }
    }

    /// Its transcripts, to look words up in.
    pub fn sources(&self) -> Sources<'_> {
        Sources { transcripts: &self.transcripts, gone: &self.gone, withdrawn: &*self.withdrawn }
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
    /// If the word index refuses, which is a bug.
    pub fn words(&self) -> Result<&[(String, usize)], Error> {
        if let Some(words) = self.remembered.words.get() {
            return Ok(words);
        }
        let words = self.index.answer_terms.words()?;
        Ok(self.remembered.words.get_or_init(|| words))
    }

    /// The vectors of texts, in order. Known vectors are reused.
    ///
    /// # Errors
    /// If the encoder fails.
    pub fn embed(&self, texts: &[String]) -> Result<Vec<Arc<[f32]>>, Error> {
        let known = || locked(&self.remembered.vectors);
        let found: Vec<Option<Arc<[f32]>>> = {
            let known = known();
            texts.iter().map(|text| known.get(text).cloned()).collect()
        };
        let missing: Vec<&String> =
            texts.iter().zip(&found).filter(|(_, found)| found.is_none()).map(|(t, _)| t).collect();
        let made: Vec<Arc<[f32]>> = self.encoder.embed(&missing)?.into_iter().map(Arc::from).collect();
        let mut known = known();
        if known.len() + made.len() > MAX_REMEMBERED_VECTORS {
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
