//! What a check of a report tells: the quotations, what was found about each, and where the sources say it.

use serde::Serialize;
use utoipa::ToSchema;

use super::differences::WordChange;
use super::wording::Lost;

/// The result of checking a report.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Verified {
    /// The library that was searched.
    pub searched: Searched,
    /// The number of quotations that hold: exact, or exact except for script, width, case or punctuation.
    pub hold: usize,
    /// The number of all other quotations.
    pub fail: usize,
    /// The number of quotations too short to be searched: less than eight characters or four words.
    pub too_short: usize,
    /// The checked quotations, in the order of the report.
    pub quotations: Vec<CheckedQuotation>,
}

/// The size of the library that was searched.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct Searched {
    /// The number of interviews.
    pub transcripts: usize,
    /// The number of questions.
    pub questions: usize,
    /// The number of answers.
    pub answers: usize,
    /// The number of interviews that cannot be searched yet.
    pub not_yet: usize,
}

/// A quotation and its findings.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CheckedQuotation {
    /// Its number, from 1, in the order of the report. Quotations that are too short have numbers too.
    pub number: usize,
    /// The line of the report, or the paragraph of a document, from 1.
    pub line: usize,
    /// The text as in the report. It is absent if it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The speaker that the report names, if that person speaks in the library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
    /// The outcome for its permalink, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permalink: Option<PermalinkOutcome>,
    /// Whether the quotation holds.
    pub holds: bool,
    /// The findings, the gravest first. Exactly one is about the words.
    pub findings: Vec<Finding>,
}

/// A finding about a quotation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// Its words or their source were withdrawn.
    Withdrawn,
    /// No turn says it or anything close to it.
    NotFound {
        /// The passage that has most of its words.
        #[serde(skip_serializing_if = "Option::is_none")]
        nearest: Option<Box<PlaceInSource>>,
    },
    /// It is put together from words of several places.
    Spliced {
        /// The parts, in the order of the quotation.
        parts: Vec<SplicedPart>,
    },
    /// Another speaker says it than the report names.
    OtherSpeaker {
        /// The speaker that the report names.
        named: String,
        /// The speaker who says it.
        said_by: String,
        /// The place of the words.
        place: Box<PlaceInSource>,
    },
    /// The report names a speaker that the library does not have.
    UnknownSpeaker {
        /// The speaker that the report names.
        named: String,
        /// The speaker who says it, if the source names one.
        #[serde(skip_serializing_if = "Option::is_none")]
        said_by: Option<String>,
        /// The place of the words, if they were found in one place.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<Box<PlaceInSource>>,
    },
    /// Nobody says it. An interviewer asked it.
    OnlyAsked {
        /// The place of the question.
        place: Box<PlaceInSource>,
    },
    /// Some of its words differ from the source.
    Close {
        /// The place where the source says nearly this.
        place: Box<PlaceInSource>,
        /// The differences, the gravest first.
        differences: Vec<Differing>,
    },
    /// The words are the source's, but something is lost where they are cut.
    Cut {
        /// The place of the words.
        place: Box<PlaceInSource>,
        /// The lost words, in the order of the source.
        lost: Vec<LostWords>,
    },
    /// The words are the source's, in another script, width, case or punctuation.
    Dressed {
        /// The place of the words.
        place: Box<PlaceInSource>,
        /// The kinds of difference.
        but_for: Vec<Dress>,
    },
    /// It is exactly what the source says.
    Exact {
        /// The place of the words.
        place: Box<PlaceInSource>,
        /// The number of other places that say the same.
        also: usize,
    },
}

/// A difference that does not change the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dress {
    /// Simplified instead of Traditional Chinese, or the other way round.
    Script,
    /// Full width instead of half width, or the other way round.
    Width,
    /// Capital instead of small letters, or the other way round.
    Case,
    /// The marks between the words.
    Punctuation,
}

/// A place where a source says something.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SaidAt)]
pub struct PlaceInSource {
    /// The name of the transcript.
    pub transcript: String,
    /// The title of the transcript.
    pub title: String,
    /// The label of the question, such as `Q1`.
    pub question: String,
    /// The label of the answer, such as `A2`. A question has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// The speaker, if the source names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Whether the speaker may be the interviewer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub undecided: bool,
    /// The line of the source, from 1.
    pub line: usize,
    /// The time of the words, if the source has times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The words of the source.
    pub words: String,
    /// The text of the turn before and after the words, on the same line.
    #[serde(skip)]
    pub around: (String, String),
    /// Whether the quotation matches the text as received, before the restoration.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub as_received: bool,
    /// The permalink, `/q/…`. A question has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// The first byte in the restored text.
    pub start: usize,
    /// One past the last byte in the restored text.
    pub end: usize,
    /// The SHA-256 of the source as received.
    pub source_sha256: String,
}

/// One part of a quotation that is put together.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SplicedPart)]
pub struct SplicedPart {
    /// The text as in the report.
    pub text: String,
    /// The byte range in the quotation.
    pub quoted: (usize, usize),
    /// The place that the part is from.
    pub place: PlaceInSource,
}

/// A difference between the quotation and the source.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Differing {
    /// The effect of the difference.
    pub change: WordChange,
    /// The words of the report. They are empty if the report lacks them.
    pub quoted: String,
    /// The words of the source. They are empty if the source lacks them.
    pub source: String,
    /// The byte range in the quotation.
    pub quoted_at: (usize, usize),
    /// The byte range in the words of the place.
    pub source_at: (usize, usize),
}

/// Words that are lost where a quotation is cut.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LostWords {
    /// The role of the words.
    pub what: Lost,
    /// The words.
    pub words: String,
}

/// The outcome for a permalink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PermalinkOutcome)]
pub enum PermalinkOutcome {
    /// It leads to the quoted words.
    Agrees,
    /// It leads to other words.
    OtherWords,
    /// It leads to words that the present version of the source does not have.
    Changed,
    /// Its source is not in the library.
    Gone,
    /// The words that it leads to were withdrawn.
    Withdrawn,
}

impl Finding {
    /// Returns whether the words are the source's and nothing is wrong with them. If the source names no speaker, a
    /// speaker named by the report does not count against it.
    pub fn holds(&self) -> bool {
        match self {
            Self::Exact { .. } | Self::Dressed { .. } => true,
            Self::UnknownSpeaker { said_by, place, .. } => said_by.is_none() && place.is_some(),
            _ => false,
        }
    }

    /// Returns the order of the findings. The gravest is first.
    pub(super) fn gravity(&self) -> u8 {
        match self {
            Self::Withdrawn => 0,
            Self::NotFound { .. } => 1,
            Self::Spliced { .. } => 2,
            Self::OtherSpeaker { .. } => 3,
            Self::UnknownSpeaker { .. } => 4,
            Self::OnlyAsked { .. } => 5,
            Self::Close { .. } => 6,
            Self::Cut { .. } => 7,
            Self::Dressed { .. } => 8,
            Self::Exact { .. } => 9,
        }
    }
}
