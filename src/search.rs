//! The path of a query: read it → prepare it once → rank → verdict → quote. This module does not know how a corpus is
//! made or shown.
//!
//! | file | why |
//! |---|---|
//! | `ask` | the steps from a typed query to a reply |
//! | `reply` | the reply, which page, JSON, terminal and MCP share |
//! | `query` | typed text → words, phrases, filters, and their prepared form |
//! | `filters`, `named_interviewees` | the answers within reach: by filters and phrases, by the people whom the query names |
//! | `find_answers` | the answers that match, best first |
//! | `ranking`, `signals`, `score` | candidates → signals → a probability |
//! | `judge` | a model reads the query with the nearest passages |
//! | `negation`, `stance` | what is not judged: who does not do something, who is for or against it |
//! | `literal_words`, `mentions` | words that a query asks for literally, and who uses them |
//! | `verdict`, `question_match` | whether anybody said it, and whether anybody was asked |
//! | `duplicates`, `diversify` | one answer in several files; the order of speakers |
//! | `quote` | hits → verbatim quotes with citations |
//! | `explain`, `answer_scores`, `contrast` | beside the quotes: why, how sure for each answer, two sides of a comparison |
//! | `did_you_mean`, `suggestions` | beside the reply: slips, and what to ask next |

mod answer_scores;
mod ask;
mod contrast;
pub mod did_you_mean;
mod diversify;
mod duplicates;
mod explain;
mod filters;
mod find_answers;
mod judge;
mod literal_words;
mod mentions;
mod named_interviewees;
mod negation;
pub mod query;
mod question_match;
pub mod quote;
pub(crate) mod ranking;
mod reply;
mod score;
mod signals;
mod stance;
pub mod suggestions;
mod verdict;

pub use answer_scores::Strength;
pub use ask::{SearchOptions, ask, read_after};
pub use contrast::{Contrast, Contrasted, contrast};
pub use explain::{Explained, RestoredPlace, Standing};
pub use find_answers::{ranked, traced};
pub use judge::{judge, trace};
pub use mentions::{Mention, Mentioned};
pub use ranking::{Ranked, RankingSignals, matched, rank, rank_using, rank_within};
pub use reply::{Reply, VerdictCounts};
pub use signals::Signals;
pub use verdict::Verdict;

use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::encoder::Judge;

/// Loads ahead what the first query would have to wait for.
///
/// # Errors
/// If the judge cannot run on this machine.
pub fn warm() -> Result<(), Error> {
    Judge::built_in()?.warm()
}

/// Makes the judge ready to run on all cores.
///
/// # Errors
/// If the judge cannot run on this machine.
pub fn warm_all() -> Result<(), Error> {
    Judge::built_in()?.warm_all()
}

/// Lets the judge read a library before somebody asks: all passages, or none if they are too many. `goes_on` is called
/// before each passage: it may wait, and returns `false` to stop.
///
/// # Errors
/// If the judge fails.
pub fn read_ahead(corpus: &Corpus, goes_on: impl FnMut() -> bool) -> Result<(), Error> {
    judge::read_ahead(&corpus.index, goes_on)
}

#[cfg(test)]
mod tests;
