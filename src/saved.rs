//! Kept questions: how the reply to each has changed since somebody last looked, and a report of all of them. This
//! module asks and compares. It writes nothing to disk.

mod report;

use std::collections::HashSet;

use serde::Serialize;

use crate::error::Error;
use crate::hash::sha256_hex;
use crate::i18n::SavedWords;
use crate::library::SavedQuestion;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::quote::{Permalink, Quote, Resolution};
use crate::search::{self, Reply, SearchOptions, Verdict};

pub use report::{ReportOptions, report};

/// The most voices compared for one question.
pub const MAX_VOICES: usize = 500;

/// The changes in the reply to a kept question.
#[derive(Debug, Clone)]
pub struct ReplyChanges {
    /// The question as kept.
    pub question: SavedQuestion,
    /// The present reply, with all answers that speak to the question.
    pub reply: Reply,
    /// The positions of the quotes whose voice is new.
    pub new: Vec<usize>,
    /// The voices that were in the kept reply and are not in this one.
    pub lost: Vec<LostVoice>,
}

/// A voice that no longer speaks to a question. Its words are not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LostVoice {
    /// The permalink of the quote; empty if it was withdrawn and nothing of it is kept.
    pub permalink: String,
    /// The reason why it is lost.
    pub why: WhyLost,
}

/// The reason why a voice is lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyLost {
    /// It was withdrawn.
    Withdrawn,
    /// Its interview is no longer in the library.
    Gone,
    /// Its interview has changed and no longer says it.
    Changed,
    /// The words are still there, but no longer count as speaking to the question.
    NotCounted,
}

impl WhyLost {
    /// Returns the reason as a sentence.
    pub(crate) fn sentence(self, words: &SavedWords) -> &'static str {
        match self {
            Self::Withdrawn => words.lost.withdrawn,
            Self::Gone => words.lost.gone,
            Self::Changed => words.lost.changed,
            Self::NotCounted => words.lost.not_counted,
        }
    }
}

impl ReplyChanges {
    /// Returns whether a voice is new or lost.
    pub fn is_changed(&self) -> bool {
        !self.new.is_empty() || !self.lost.is_empty()
    }

    /// Returns the quotes whose voice is new.
    pub fn new_quotes(&self) -> impl Iterator<Item = &Quote> {
        self.new.iter().filter_map(|number| self.reply.quotes.get(*number))
    }

    /// Returns the question with its present reply, to replace the kept one.
    pub fn as_of_now(&self, corpus: &Corpus) -> SavedQuestion {
        as_saved(corpus, &self.reply)
    }
}

/// Asks a question as it is kept, with all answers that speak to it.
///
/// # Errors
/// The errors of [`search::ask`].
pub fn ask(corpus: &Corpus, query: &str) -> Result<Reply, Error> {
    search::ask(corpus, query, SearchOptions { limit: MAX_VOICES, ..SearchOptions::default() })
}

/// Returns a question with its reply, ready to be kept. Only the permalinks of the quotes are kept.
pub fn as_saved(corpus: &Corpus, reply: &Reply) -> SavedQuestion {
    SavedQuestion {
        query: reply.query.clone(),
        on: String::new(),
        voices: voices(reply).map(|quote| quote.citation.permalink.clone()).collect(),
        withdrawn: 0,
        speaking: reply.tally.speaking,
        answers: reply.tally.answers,
        corpus: corpus_hash(corpus),
    }
}

/// Asks a kept question again and compares the replies.
///
/// # Errors
/// The errors of [`search::ask`].
pub fn compare(corpus: &Corpus, question: &SavedQuestion) -> Result<ReplyChanges, Error> {
    let reply = ask(corpus, &question.query)?;
    let mut before: HashSet<AnswerPlace> = HashSet::new();
    let mut found: Vec<(&String, Result<AnswerPlace, WhyLost>)> = Vec::new();
    let sources = corpus.sources();
    for permalink in &question.voices {
        // The file of kept questions may come from somebody else and hold anything.
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
    // The same words in another transcript are the same voice.
    let elsewhere: HashSet<&str> =
        voices(&reply).flat_map(|quote| &quote.also).map(|also| also.permalink.as_str()).collect();
    let lost = found.iter().filter_map(|(permalink, outcome)| {
        let why = match outcome {
            Ok(place) if now.contains(place) || elsewhere.contains(permalink.as_str()) => return None,
            // It may count again once its passage is read closely.
            Ok(_) if reply.reading.is_some() => return None,
            Ok(_) => WhyLost::NotCounted,
            Err(why) => *why,
        };
        Some(LostVoice { permalink: (*permalink).clone(), why })
    });
    let withdrawn = || LostVoice { permalink: String::new(), why: WhyLost::Withdrawn };
    let lost = lost.chain(std::iter::repeat_with(withdrawn).take(question.withdrawn)).collect();
    let all = if reply.verdict == Verdict::Said { reply.quotes.len() } else { 0 };
    let mut seen = HashSet::new();
    let is_new = |number: &usize| {
        let place = reply.quotes[*number].place;
        seen.insert(place) && !before.contains(&place)
    };
    let new = (0..all).filter(is_new).collect();
    Ok(ReplyChanges { question: question.clone(), new, lost, reply })
}

/// Returns the quotes that say it. Quotes that are only related are no voices.
fn voices(reply: &Reply) -> impl Iterator<Item = &Quote> {
    reply.quotes.iter().filter(|_| reply.verdict == Verdict::Said)
}

/// Returns a hash of the searchable interviews. It changes with every addition, withdrawal and change.
pub fn corpus_hash(corpus: &Corpus) -> String {
    let mut each: Vec<String> = corpus
        .transcripts
        .iter()
        .map(|transcript| format!("{} {}", transcript.source_sha256, sha256_hex(&[transcript.text().as_bytes()])))
        .collect();
    each.sort_unstable();
    sha256_hex(&[each.join("\n").as_bytes()])
}
