//! The words about kept questions, and of their report.

use crate::retrieval::ReadSoFar;

/// The words about kept questions, and of their report.
#[derive(Debug)]
pub struct SavedWords {
    /// The title of a report.
    pub(crate) report_title: &'static str,
    /// The heading of the starred quotes.
    pub(crate) starred: &'static str,
    /// The heading of the method.
    pub(crate) method: &'static str,
    /// The sentence with the number of answers that speak to a question, out of all.
    pub(crate) count: fn(speaking: usize, answers: usize, listed: bool) -> String,
    /// The sentence with the number of new and lost voices since a day.
    pub(crate) since: fn(new: usize, lost: usize, on: &str) -> String,
    /// The sentence if no voice is new or lost since a day.
    pub(crate) same: fn(on: &str) -> String,
    /// The label before a new voice.
    pub(crate) new: &'static str,
    /// The reasons why a voice is lost.
    pub(crate) lost: LostVoiceWords,
    /// The sentence if no question is kept.
    pub(crate) none: &'static str,
    pub(crate) shown: fn(usize) -> String,
    pub(crate) asked: &'static str,
    pub(crate) never_asked: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) gone: &'static str,
    /// The statement of the method.
    pub(crate) how: for<'a> fn(&ReportFacts<'a>) -> Vec<String>,

    // The page.
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) question: &'static str,
    pub(crate) keep: &'static str,
    /// The link beside the formats of an export.
    pub(crate) keep_this: &'static str,
    pub(crate) forget: fn(&str) -> String,
    pub(crate) forget_short: &'static str,
    pub(crate) seen: &'static str,
    pub(crate) report: &'static str,
    /// The link on the page of the starred quotes.
    pub(crate) with_questions: &'static str,
}

/// The reasons why a voice is lost.
#[derive(Debug)]
pub(crate) struct LostVoiceWords {
    pub(crate) withdrawn: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) not_counted: &'static str,
}

/// The facts in the statement of the method.
#[derive(Debug)]
pub(crate) struct ReportFacts<'a> {
    pub(crate) interviews: usize,
    pub(crate) answers: usize,
    pub(crate) coming: usize,
    pub(crate) reading: Option<ReadSoFar>,
    pub(crate) corpus: &'a str,
    pub(crate) encoder: &'a str,
    pub(crate) fingerprint: &'a str,
    pub(crate) version: &'a str,
    pub(crate) on: &'a str,
}

impl ReportFacts<'_> {
    /// Returns the name and the fingerprint of the encoder.
    pub(crate) fn encoder(&self) -> String {
        let both = [self.encoder, self.fingerprint];
        both.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
