//! Questions that are kept: what has changed in the reply to each since somebody last looked at it, and a
//! report of them all. Asks and compares; writes nothing to disk.

mod report;
mod words;

use std::collections::HashSet;

use serde::Serialize;

use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::SavedQuestion;
use crate::retrieval::corpus::{AnswerPlace, Corpus, Sources};
use crate::search::quote::{Permalink, Quote, Resolution};
use crate::search::{self, Reply, SearchOptions, Verdict};

pub use report::{Starred, report};
pub use words::{EN, ReportPhrases, ZH_HANS, ZH_HANT};

/// Voices of a question that are told apart.
pub const MOST_VOICES: usize = 500;

/// What has changed in the reply to a question.
#[derive(Debug, Clone)]
pub struct Looked {
    /// As it was kept.
    pub question: SavedQuestion,
    /// Its reply now, with all who speak to it.
    pub reply: Reply,
    /// Those of its quotes whose voice is new, by their number.
    pub new: Vec<usize>,
    /// Voices that were there and are not any more.
    pub lost: Vec<LostVoice>,
}

/// A voice that no longer speaks to a question. Its words are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostVoice {
    /// Where the quote was.
    pub permalink: String,
    /// What became of it.
    pub why: WhyLost,
}

/// Why a voice is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyLost {
    /// It was withdrawn.
    Withdrawn,
    /// Its interview is not in the library any more.
    Gone,
    /// Its interview has changed, and no longer says it.
    Changed,
    /// It is still said, and is no longer counted as speaking to the question.
    NotCounted,
}

impl Looked {
    /// Whether anything has changed.
    pub fn is_changed(&self) -> bool {
        !self.new.is_empty() || !self.lost.is_empty()
    }

    /// The quotes whose voice is new.
    pub fn new_quotes(&self) -> impl Iterator<Item = &Quote> {
        self.new.iter().filter_map(|number| self.reply.quotes.get(*number))
    }

    /// The question with its present reply, to be kept in place of the earlier.
    pub fn as_of_now(&self, corpus: &Corpus) -> SavedQuestion {
        kept(corpus, &self.reply)
    }
}

/// Asks a question as it is kept: with all who speak to it.
///
/// # Errors
/// As [`search::ask`].
pub fn ask(corpus: &Corpus, query: &str) -> Result<Reply, Error> {
    search::ask(corpus, query, SearchOptions { limit: MOST_VOICES, ..SearchOptions::default() })
}

/// A question with its reply, to be kept: of the quotes only their permalinks.
pub fn kept(corpus: &Corpus, reply: &Reply) -> SavedQuestion {
    SavedQuestion {
        query: reply.query.clone(),
        on: String::new(),
        voices: voices(reply).map(|quote| quote.citation.permalink.clone()).collect(),
        speaking: reply.tally.speaking,
        answers: reply.tally.answers,
        corpus: corpus_hash(corpus),
    }
}

/// What has changed in the reply to a question.
///
/// # Errors
/// As [`search::ask`].
pub fn look(corpus: &Corpus, question: &SavedQuestion) -> Result<Looked, Error> {
    let reply = ask(corpus, &question.query)?;
    let mut before: HashSet<AnswerPlace> = HashSet::new();
    let mut found: Vec<(&String, Result<AnswerPlace, WhyLost>)> = Vec::new();
    let sources = Sources { transcripts: &corpus.transcripts, gone: &corpus.gone, withdrawn: &corpus.withdrawn };
    for permalink in &question.voices {
        // A file from a stranger may hold anything.
        let Ok(parsed) = permalink.parse::<Permalink>() else { continue };
        let outcome = match parsed.find_in(&sources) {
            Resolution::Here(place, _) | Resolution::Elsewhere(place, _) => {
                before.insert(place);
                Ok(place)
            }
            Resolution::Withdrawn => Err(WhyLost::Withdrawn),
            Resolution::Changed { .. } | Resolution::Unsaid { .. } => Err(WhyLost::Changed),
            Resolution::Gone => Err(WhyLost::Gone),
        };
        found.push((permalink, outcome));
    }
    let now: HashSet<AnswerPlace> = voices(&reply).map(|quote| quote.place).collect();
    // Word for word the same in another transcript is the same voice.
    let elsewhere: HashSet<&str> =
        voices(&reply).flat_map(|quote| &quote.also).map(|also| also.permalink.as_str()).collect();
    let lost = found.iter().filter_map(|(permalink, outcome)| {
        let why = match outcome {
            Ok(place) if now.contains(place) || elsewhere.contains(permalink.as_str()) => return None,
            Ok(_) => WhyLost::NotCounted,
            Err(why) => *why,
        };
        Some(LostVoice { permalink: (*permalink).clone(), why })
    });
    let lost = lost.collect();
    let all = if reply.verdict == Verdict::Said { reply.quotes.len() } else { 0 };
    let mut seen = HashSet::new();
    let is_new = |number: &usize| {
        let place = reply.quotes[*number].place;
        seen.insert(place) && !before.contains(&place)
    };
    let new = (0..all).filter(is_new).collect();
    Ok(Looked { question: question.clone(), new, lost, reply })
}

/// The quotes that say it; what is only related is no voice.
fn voices(reply: &Reply) -> impl Iterator<Item = &Quote> {
    reply.quotes.iter().filter(|_| reply.verdict == Verdict::Said)
}

/// The interviews as they can be read now, as a hash: it changes with every addition, withdrawal and change.
pub fn corpus_hash(corpus: &Corpus) -> String {
    let mut each: Vec<String> = corpus
        .transcripts
        .iter()
        .map(|transcript| format!("{} {}", transcript.source_sha256, sha256_hex(&[transcript.text().as_bytes()])))
        .collect();
    each.sort_unstable();
    sha256_hex(&[each.join("\n").as_bytes()])
}
