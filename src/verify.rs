//! Whether the quotations of a report are what the interviews say: each is looked for in the
//! library, word for word, and told as exact, or in what it differs. Pure: a library and a report
//! in, findings out. It never tells how alike two texts are by a number, and never shows words that
//! were withdrawn.
//!
//! | file | why |
//! |---|---|
//! | `report` | bytes → paragraphs, links |
//! | `quotations` | paragraphs → quotations, editors' marks |
//! | `naming`, `strangers` | whom the report names; names that nobody in the library has |
//! | `units` | text → what is compared, with places |
//! | `index` | where the units of all turns stand |
//! | `align`, `differences`, `wording` | which words differ, and what that does |
//! | `cut` | what is lost where a quotation is cut |
//! | `check` | a quotation → findings |
//! | `altered` | one that no place has word for word |
//! | `told`, `words` | findings in sentences, in three languages |
//! | `measure` | what is caught of altered quotations |

mod align;
mod altered;
mod check;
mod cut;
mod differences;
mod index;
mod measure;
mod naming;
mod page;
mod place;
mod quotations;
mod report;
mod strangers;
#[cfg(test)]
mod tests;
mod told;
mod units;
mod wording;
mod words;

use std::sync::Arc;

use serde::Serialize;
use utoipa::ToSchema;

use crate::library::{Withdrawals, WithdrawnSources};
use crate::retrieval::corpus::{Corpus, Gone};
use crate::transcript::Transcript;

pub use differences::WordChange;
pub use measure::{Measured, measure};
pub use page::page;
pub use report::Report;
pub use told::{CheckedQuotation, Run, ToldPlace, told};
pub use wording::Lost;
pub use words::{EN, ReportWords, ZH_HANS, ZH_HANT};

/// What quotations are looked for in.
#[derive(Clone, Copy)]
pub struct SearchedLibrary<'a> {
    /// The interviews, without what was withdrawn.
    pub transcripts: &'a [Arc<Transcript>],
    /// What was withdrawn from each.
    pub gone: &'a [Gone],
    /// Sources that were withdrawn as a whole.
    pub withdrawn: &'a WithdrawnSources,
    /// The marks of withdrawn words.
    pub withdrawals: &'a Withdrawals,
    /// Transcripts that cannot be searched yet.
    pub coming: usize,
}

impl<'a> SearchedLibrary<'a> {
    /// What a snapshot holds.
    pub fn of(corpus: &'a Corpus, withdrawals: &'a Withdrawals) -> Self {
        Self {
            transcripts: &corpus.transcripts,
            gone: &corpus.gone,
            withdrawn: &corpus.withdrawn,
            withdrawals,
            coming: corpus.coming(),
        }
    }
}

/// What came of a report.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Verified {
    /// What was searched.
    pub searched: Searched,
    /// Quotations that hold: exact, or but for script, width, case or punctuation.
    pub hold: usize,
    /// All others.
    pub fail: usize,
    /// Too short to be looked for: less than eight characters or four words.
    pub too_short: usize,
    /// Each in the order of the report.
    pub quotations: Vec<CheckedReport>,
}

/// What quotations were looked for in.
#[derive(Debug, Clone, Copy, Default, Serialize, ToSchema)]
pub struct Searched {
    /// Interviews.
    pub transcripts: usize,
    /// What interviewers asked.
    pub questions: usize,
    /// What was answered.
    pub answers: usize,
    /// Interviews that cannot be searched yet.
    pub not_yet: usize,
}

/// A quotation and what is found of it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = CheckedQuotation)]
pub struct CheckedReport {
    /// From 1, in the order of the report; those that are too short have numbers too.
    pub number: usize,
    /// 1-based line of the report, or paragraph of a document.
    pub line: usize,
    /// As the report has it; none where it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Whom the report names as the speaker, of those who speak in the library.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub named: Option<String>,
    /// What became of its permalink, where it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permalink: Option<PermalinkOutcome>,
    /// Whether it holds.
    pub holds: bool,
    /// The gravest first; exactly one speaks of the words.
    pub findings: Vec<Finding>,
}

/// What is found of a quotation.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[serde(tag = "finding", rename_all = "snake_case")]
pub enum Finding {
    /// Its words, or their source, were withdrawn.
    Withdrawn,
    /// No turn says it, or anything close.
    NotFound {
        /// The passage that has most of its words.
        #[serde(skip_serializing_if = "Option::is_none")]
        nearest: Option<Box<PlaceInSource>>,
    },
    /// It is put together from words of several places.
    Spliced {
        /// In the order of the quotation.
        parts: Vec<SplicedPart>,
    },
    /// Somebody else says it than the report names.
    OtherSpeaker {
        /// Whom the report names.
        named: String,
        /// Who says it.
        said_by: String,
        /// Where.
        place: Box<PlaceInSource>,
    },
    /// The report names a speaker whom the library does not have.
    UnknownSpeaker {
        /// Whom the report names.
        named: String,
        /// Who says it, where the source names the speaker.
        #[serde(skip_serializing_if = "Option::is_none")]
        said_by: Option<String>,
        /// Where, if the words were found in one place.
        #[serde(skip_serializing_if = "Option::is_none")]
        place: Option<Box<PlaceInSource>>,
    },
    /// Nobody says it: it is what an interviewer asked.
    OnlyAsked {
        /// Where.
        place: Box<PlaceInSource>,
    },
    /// Some of its words are not the source's.
    Close {
        /// Where the source says nearly this.
        place: Box<PlaceInSource>,
        /// The gravest first.
        differences: Vec<Differing>,
    },
    /// The words are the source's, and something is lost where they are cut.
    Cut {
        /// Where.
        place: Box<PlaceInSource>,
        /// What, in the order of the source.
        lost: Vec<LostWords>,
    },
    /// The words are the source's, in another script, width, case or punctuation.
    Dressed {
        /// Where.
        place: Box<PlaceInSource>,
        /// What differs.
        but_for: Vec<Dress>,
    },
    /// It is what the source says.
    Exact {
        /// Where.
        place: Box<PlaceInSource>,
        /// In how many other places the same is said.
        also: usize,
    },
}

/// What makes no difference to the words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Dress {
    /// Simplified for Traditional, or the other way round.
    Script,
    /// Full width for half width.
    Width,
    /// Capitals.
    Case,
    /// Marks between the words.
    Punctuation,
}

/// Where a source says something.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SaidAt)]
pub struct PlaceInSource {
    /// The transcript's name.
    pub transcript: String,
    /// What people call it.
    pub title: String,
    /// `Q1`
    pub question: String,
    /// `A2`; none of what was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    /// Who says it, where the source names the speaker.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Whether the speaker may be the interviewer.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub undecided: bool,
    /// 1-based line of the source.
    pub line: usize,
    /// When it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// What the source says there.
    pub words: String,
    /// The rest of the sentence before and after it.
    #[serde(skip)]
    pub around: (String, String),
    /// Whether the quotation has it as it was received, before the restoration.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub as_received: bool,
    /// `/q/…`; of what was asked, none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permalink: Option<String>,
    /// First byte in the restored text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// SHA-256 of the source as received.
    pub source_sha256: String,
}

/// A part of a quotation that is put together.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = SplicedPart)]
pub struct SplicedPart {
    /// As the report has it.
    pub text: String,
    /// Bytes of the quotation.
    pub quoted: (usize, usize),
    /// Where it is from.
    pub place: PlaceInSource,
}

/// Words that differ.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Differing {
    /// What that does.
    pub change: WordChange,
    /// What the report has; empty where it lacks the words.
    pub quoted: String,
    /// What the source has; empty where it lacks the words.
    pub source: String,
    /// Bytes of the quotation.
    pub quoted_at: (usize, usize),
    /// Bytes of the place's words.
    pub source_at: (usize, usize),
}

/// Words that are lost where a quotation is cut.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LostWords {
    /// What they do.
    pub what: Lost,
    /// The words.
    pub words: String,
}

/// What became of a permalink.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = PermalinkOutcome)]
pub enum PermalinkOutcome {
    /// It leads to the words that are quoted.
    Agrees,
    /// It leads to other words.
    OtherWords,
    /// It leads to words that a present version of the source does not have.
    Changed,
    /// Its source is not in the library.
    Gone,
    /// What it leads to was withdrawn.
    Withdrawn,
}

impl Finding {
    /// Whether the words are the source's and nothing is wrong with them. Whose they are cannot be held
    /// against a source that names no speaker.
    pub fn holds(&self) -> bool {
        match self {
            Self::Exact { .. } | Self::Dressed { .. } => true,
            Self::UnknownSpeaker { said_by, place, .. } => said_by.is_none() && place.is_some(),
            _ => false,
        }
    }

    /// The gravest is first.
    fn gravity(&self) -> u8 {
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

/// Looks for every quotation of a report.
pub fn verify(library: &SearchedLibrary<'_>, report: &Report) -> Verified {
    Verifier::new(library).verify(report)
}

/// A library that is ready to be looked into; several reports may be.
pub struct Verifier<'a> {
    library: SearchedLibrary<'a>,
    index: index::Index,
    people: naming::People,
}

/// Quotations that one thread takes at a time.
const BATCH: usize = 16;

impl<'a> Verifier<'a> {
    /// Makes the index, in time that grows with the library.
    pub fn new(library: &SearchedLibrary<'a>) -> Self {
        Self { library: *library, index: index::Index::new(library), people: naming::People::new(library) }
    }

    /// Looks for every quotation of a report.
    pub fn verify(&self, report: &Report) -> Verified {
        let all = quotations::all(report);
        let named = self.people.of(&all);
        let looked: Vec<usize> = (0..all.len()).filter(|at| !all[*at].is_too_short()).collect();
        let quotations = self.check_all(&all, &named, &looked);
        let hold = quotations.iter().filter(|checked| checked.holds).count();
        let questions = self.library.transcripts.iter().flat_map(|transcript| &transcript.questions);
        Verified {
            searched: Searched {
                transcripts: self.library.transcripts.len(),
                questions: questions.clone().filter(|question| question.label.starts_with('Q')).count(),
                answers: questions.map(|question| question.answers.len()).sum(),
                not_yet: self.library.coming,
            },
            hold,
            fail: quotations.len() - hold,
            too_short: all.len() - looked.len(),
            quotations,
        }
    }

    /// On all cores: each takes the next few that nobody has taken.
    fn check_all(
        &self,
        all: &[quotations::Quotation],
        named: &[Option<naming::NamedPeople>],
        looked: &[usize],
    ) -> Vec<CheckedReport> {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = cores.min(looked.len().div_ceil(BATCH)).max(1);
        let next = std::sync::atomic::AtomicUsize::new(0);
        let work = || {
            let mut done: Vec<CheckedReport> = Vec::new();
            loop {
                let from = next.fetch_add(BATCH, std::sync::atomic::Ordering::Relaxed);
                let Some(batch) = looked.get(from..looked.len().min(from + BATCH)).filter(|some| !some.is_empty())
                else {
                    return done;
                };
                done.extend(batch.iter().map(|at| self.check(all, named, *at)));
            }
        };
        let mut checked: Vec<CheckedReport> = if threads == 1 {
            work()
        } else {
            std::thread::scope(|scope| {
                let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
                let done = |thread: std::thread::ScopedJoinHandle<'_, Vec<CheckedReport>>| {
                    thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
                };
                running.into_iter().flat_map(done).collect()
            })
        };
        checked.sort_by_key(|one| one.number);
        checked
    }
}
