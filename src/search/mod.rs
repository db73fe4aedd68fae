//! The read path, in order: read the query → fold → embed + terms → fuse → verdict → quote.
//! Knows nothing of how a corpus is made or shown.

mod asked;
mod fair;
mod rank;
mod scope;
mod score;
mod verdict;

use std::collections::HashSet;

use serde::Serialize;

pub use rank::{Ranked, Signals, Using, matched, rank, rank_using, rank_within};
pub use verdict::Verdict;

use crate::corpus::{Corpus, Hit};
use crate::error::Error;
use crate::query::{self, Query};
use crate::quote::{self, Quote};
use crate::script::Display;
use scope::Demands;

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
    /// One per answer, best first; a named interviewee's second after everybody's first.
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
    /// Answers there are, within the filters of the query.
    pub answers: usize,
    /// Whether the query asked only for what holds its phrases and passes its
    /// filters, so that "speaks to it" is no matter of probability.
    pub listed: bool,
    /// The labels of the questions they were given to, in order, with the
    /// transcript's position.
    pub questions: Vec<(usize, String)>,
}

/// Answers a query from a corpus, with verbatim quotes only.
///
/// # Errors
/// When the query cannot be read or names what is not there, when the encoder
/// or the word index fails, or a quote would not be what its source says.
pub fn ask(corpus: &Corpus, typed: &str, options: Options) -> Result<Reply, Error> {
    let query = query::read(typed)?;
    let within = scope::within(corpus, &query)?;
    let ranked = if query.only_lists() { list(corpus, &query, &within)? } else { best(corpus, &query, &within)? };
    let verdict = Verdict::of(ranked.first().map_or(0.0, |hit| hit.score));
    let speaking = ranked.iter().take_while(|hit| Verdict::of(hit.score) == Verdict::Said).count();
    let mut shown = fair::in_turns(corpus, &ranked[..speaking]);
    shown.truncate(options.limit);
    if verdict == Verdict::Related {
        // At most the nearest, as "only related".
        shown.extend(ranked.first());
    }
    let demands = Demands::of(&query);
    let quotes = shown
        .iter()
        .map(|hit| quote::quote(corpus, &query.text, &demands.shown_by(corpus, *hit), options.display))
        .collect::<Result<Vec<_>, _>>()?;
    let tally = tally(corpus, &ranked[..speaking], within.len(), query.only_lists());
    let asked = query.only_lists() || asked::asked(corpus, &query.text)?;
    Ok(Reply { query: typed.to_owned(), verdict, asked, quotes, tally })
}

/// The answers within reach, best first.
fn best(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<Vec<Hit>, Error> {
    let demands = Demands::of(query);
    let (index, encoder) = (&corpus.index, &corpus.encoder);
    let narrowed = within.len() < corpus.answers.len() || !demands.is_empty();
    let ranked =
        if narrowed { rank_within(index, encoder, &query.text, within)? } else { rank(index, encoder, &query.text)? };
    let hits = ranked.into_iter().map(|ranked| ranked.hit);
    Ok(hits.filter(|hit| demands.met_by(corpus, hit.answer)).collect())
}

/// All answers that hold the phrases: those where they weigh most first, the
/// others in the order of the sources. That they do is certain.
fn list(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<Vec<Hit>, Error> {
    let demands = Demands::of(query);
    let mut listed: Vec<Hit> = if query.text.is_empty() { Vec::new() } else { best(corpus, query, within)? };
    let ranked: HashSet<usize> = listed.iter().map(|hit| hit.answer).collect();
    let others = within.iter().filter(|answer| !ranked.contains(answer) && demands.met_by(corpus, **answer));
    listed.extend(others.filter_map(|answer| {
        let passage = corpus.index.passages_of(*answer).next()?;
        Some(Hit { answer: *answer, passage, score: 1.0 })
    }));
    for hit in &mut listed {
        hit.score = 1.0;
    }
    Ok(listed)
}

fn tally(corpus: &Corpus, speaking: &[Hit], answers: usize, listed: bool) -> Tally {
    let mut questions: Vec<_> = speaking
        .iter()
        .filter_map(|hit| corpus.answers.get(hit.answer))
        .map(|place| (place.transcript, place.at.question))
        .collect();
    questions.sort_unstable();
    questions.dedup();
    Tally {
        speaking: speaking.len(),
        answers,
        listed,
        questions: questions.into_iter().map(|(t, q)| (t, corpus.transcripts[t].questions[q].label.clone())).collect(),
    }
}

#[cfg(test)]
mod tests;
