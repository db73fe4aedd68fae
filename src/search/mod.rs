//! The read path, in order: fold → embed + terms → fuse → verdict → quote.
//! Knows nothing of how a corpus is made or shown.

mod asked;
mod fair;
mod rank;
mod score;
mod verdict;

use serde::Serialize;

pub use rank::{Ranked, Signals, Using, matched, rank, rank_using};
pub use verdict::Verdict;

use crate::corpus::{Corpus, Hit};
use crate::error::Error;
use crate::quote::{self, Quote};
use crate::script::Display;

/// How a query is to be answered.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Quotes to show at most.
    pub limit: usize,
    /// The script to show them in; `None` for each transcript's own default.
    pub display: Option<Display>,
}

impl Default for Options {
    fn default() -> Self {
        Self { limit: 6, display: None }
    }
}

/// What a query gets: a verdict and the quotes that support it.
#[derive(Debug, Clone, Serialize)]
pub struct Reply {
    /// The query as asked.
    pub query: String,
    /// Whether anybody said it.
    pub verdict: Verdict,
    /// Whether any interview question is near to the query: where nobody said it,
    /// whether nobody was asked.
    pub asked: bool,
    /// Best first, one per answer.
    pub quotes: Vec<Quote>,
    /// What the verdict counts; for the page, not part of the JSON reply.
    #[serde(skip)]
    pub tally: Tally,
}

/// How many answers speak to a query, and where.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Answers that speak to it, whether shown or not.
    pub speaking: usize,
    /// Answers there are.
    pub answers: usize,
    /// The labels of the questions they were given to, in order, with the
    /// transcript's position.
    pub questions: Vec<(usize, String)>,
}

/// Answers a query from a corpus, with verbatim quotes only.
///
/// # Errors
/// When the encoder or the word index fails, or a quote would not be what its
/// source says.
pub fn ask(corpus: &Corpus, query: &str, options: Options) -> Result<Reply, Error> {
    let ranked: Vec<Hit> = rank(&corpus.index, &corpus.encoder, query)?.into_iter().map(|ranked| ranked.hit).collect();
    let verdict = Verdict::of(ranked.first().map_or(0.0, |hit| hit.score));
    let speaking = ranked.iter().take_while(|hit| Verdict::of(hit.score) == Verdict::Said).count();
    let shown = match verdict {
        Verdict::Said => &ranked[..speaking.min(options.limit)],
        // At most the nearest, as "only related".
        Verdict::Related => &ranked[..1],
        Verdict::NotSaid => &[],
    };
    let quotes =
        shown.iter().map(|hit| quote::quote(corpus, query, hit, options.display)).collect::<Result<Vec<_>, _>>()?;
    Ok(Reply { query: query.to_owned(), verdict, quotes, tally: tally(corpus, &ranked[..speaking]) })
}

fn tally(corpus: &Corpus, speaking: &[Hit]) -> Tally {
    let mut questions: Vec<_> = speaking
        .iter()
        .filter_map(|hit| corpus.answers.get(hit.answer))
        .map(|place| (place.transcript, place.at.question))
        .collect();
    questions.sort_unstable();
    questions.dedup();
    Tally {
        speaking: speaking.len(),
        answers: corpus.answers.len(),
        questions: questions.into_iter().map(|(t, q)| (t, corpus.transcripts[t].questions[q].label.clone())).collect(),
    }
}

#[cfg(test)]
mod tests;
