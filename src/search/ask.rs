//! Answers a query in three steps: read it and find the answers within reach, rank these, and quote the first of them.

use super::answer_scores;
use super::did_you_mean;
use super::diversify;
use super::duplicates::{self, Duplicates};
use super::explain::{self, Explained};
use super::filters::{self, PhraseConstraints};
use super::find_answers::PreparedSearch;
use super::judge::judge;
use super::negation;
use super::query::follow_up::{Carried, follow_up};
use super::query::{self, Query};
use super::question_match;
use super::quote::{self, Quote};
use super::ranking::Ranked;
use super::reply::{Reply, VerdictCounts};
use super::stance;
use super::verdict::Verdict;
use crate::error::{Error, QueryError};
use crate::retrieval::corpus::{AnswerPlace, Corpus, Hit};
use crate::text::script::Display;

/// Options of a query.
#[derive(Debug, Clone, Copy)]
pub struct SearchOptions<'a> {
    /// The most quotes to show.
    pub limit: usize,
    /// The script of the quotes. `None` means the default of each transcript.
    pub display: Option<Display>,
    /// The previous reply. An unfinished query goes on from it.
    pub after: Option<&'a Reply>,
    /// The keys of parts that must not be carried over ([`query::follow_up::Chip::key`]).
    pub dropped: &'a [String],
    /// Whether to explain the scores.
    pub explain: bool,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        Self { limit: 6, display: None, after: None, dropped: &[], explain: false }
    }
}

/// Answers a query from a corpus, with verbatim quotes only.
///
/// ```
/// use std::sync::Arc;
/// use yuanhua::retrieval::encoder::Encoder;
/// use yuanhua::{library, search, transcript};
///
/// let source = "Q1. What do you do after work?\nA1 I run by the river every evening.\nA2 I cook for my children.\n";
/// let (transcript, _) = transcript::read("after-work", source.as_bytes())?;
/// let corpus = library::build(vec![transcript], Arc::new(Encoder::built_in()?))?;
/// let reply = search::ask(&corpus, "Who likes running?", search::SearchOptions::default())?;
/// assert!(reply.quotes[0].text.contains("I run by the river"));
/// assert_eq!(reply.quotes[0].citation.answer, "A1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// If the query cannot be read or names something absent, if the encoder or the word index fails, or if a quote does
/// not match its source.
pub fn ask(corpus: &Corpus, typed: &str, options: SearchOptions<'_>) -> Result<Reply, Error> {
    let reply = ask_as_typed(corpus, typed, options)?;
    if reply.verdict == Verdict::Said || reply.carried.is_some() || reply.did_you_mean.is_none() {
        return Ok(reply);
    }
    let Some(meant) = did_you_mean::without_slips(corpus, typed, options.display)? else { return Ok(reply) };
    let instead = ask_as_typed(corpus, &meant, options)?;
    if instead.verdict != Verdict::Said || instead.carried.is_some() {
        return Ok(reply);
    }
    Ok(Reply { query: typed.to_owned(), did_you_mean: None, searched_instead: Some(meant), ..instead })
}

/// Answers a query as it is typed, whatever slips it has.
fn ask_as_typed(corpus: &Corpus, typed: &str, options: SearchOptions<'_>) -> Result<Reply, Error> {
    let ReadQuery { query, carried, within, shown_before } = ReadQuery::new(corpus, typed, options)?;
    let search = PreparedSearch::new(corpus, query, &within)?;
    let answers = RankedAnswers::find(corpus, &search)?;
    let quoted = QuotedAnswers::new(corpus, &search, &answers, options)?;
    let query = &search.query.query;
    let stance_not_judged = stance::is_asked(&query.text);
    Ok(Reply {
        query: typed.to_owned(),
        verdict: answers.verdict,
        asked: query.only_lists() || question_match::asked(corpus, &search.query)?,
        coming: corpus.coming(),
        // What only lists is found by its words alone.
        reading: if query.only_lists() { None } else { corpus.index.read_so_far(search.within.iter().copied()) },
        mentions: search.literal.mentions(corpus, query, options.display)?,
        only_by: search.query.people.only_by.clone(),
        all_but: search.query.people.all_but.clone(),
        nobody_called: search.query.people.nobody_called.clone(),
        stance_not_judged,
        negation_not_judged: !stance_not_judged && negation::denied(&query.text).is_some(),
        did_you_mean: did_you_mean::did_you_mean(corpus, typed, answers.verdict == Verdict::Said, options.display)?,
        searched_instead: None,
        carried,
        shown: shown_before.into_iter().chain(answers.places_of(corpus, &quoted.shown)).collect(),
        tally: answers.counts(corpus, &search),
        strengths: answer_scores::strengths(corpus, &search.within, &answers.ranked, &answers.duplicates),
        quotes: quoted.quotes,
        explained: quoted.explained,
        read: search.query.query,
    })
}

/// A query as read, and the answers within reach.
struct ReadQuery {
    query: Query,
    /// What the query takes from the one before.
    carried: Option<Carried>,
    /// The numbers of the answers that pass the filters, in ascending order.
    within: Vec<usize>,
    /// The answers shown before, if the query asks for others.
    shown_before: Vec<AnswerPlace>,
}

impl ReadQuery {
    fn new(corpus: &Corpus, typed: &str, options: SearchOptions<'_>) -> Result<Self, QueryError> {
        let (query, carried) = read_with(corpus, typed, options.after.map(|before| &before.read), options.dropped)?;
        let mut within = filters::within(corpus, &query)?;
        let asks_for_others = carried.as_ref().is_some_and(Carried::leaves_out_shown);
        let shown_before = options.after.filter(|_| asks_for_others).map(|before| before.shown.clone());
        let shown_before = shown_before.unwrap_or_default();
        if asks_for_others {
            within.retain(|answer| corpus.answers.get(*answer).is_some_and(|place| !shown_before.contains(place)));
        }
        Ok(Self { query, carried, within, shown_before })
    }
}

/// The answers that match a query, without further copies of one answer, best first.
struct RankedAnswers {
    verdict: Verdict,
    ranked: Vec<Ranked>,
    duplicates: Duplicates,
    /// How many of them speak to the query. They come first.
    speaking: usize,
}

impl RankedAnswers {
    fn find(corpus: &Corpus, search: &PreparedSearch) -> Result<Self, Error> {
        let (ranked, duplicates) = duplicates::merge(corpus, search.find_answers(corpus, judge)?);
        let mut verdict = Verdict::of(ranked.first().map_or(0.0, |best| best.hit.score));
        if verdict == Verdict::NotSaid && !search.query.people.only_by.is_empty() && !ranked.is_empty() {
            // If somebody is asked for by name, their nearest words are quoted as "only related".
            verdict = Verdict::Related;
        }
        let speaking = ranked.iter().take_while(|answer| Verdict::of(answer.hit.score) == Verdict::Said).count();
        Ok(Self { verdict, ranked, duplicates, speaking })
    }

    /// Returns the answers to quote, at most `limit`.
    fn to_quote(&self, corpus: &Corpus, limit: usize) -> Vec<Ranked> {
        let mut shown = diversify::in_turns(corpus, &self.ranked[..self.speaking]);
        shown.truncate(limit);
        if self.verdict == Verdict::Related {
            // At most the nearest answer is quoted, as "only related".
            shown.extend(self.ranked.first().copied());
        }
        shown
    }

    /// Returns the places of answers and of all their copies.
    fn places_of(&self, corpus: &Corpus, answers: &[Ranked]) -> Vec<AnswerPlace> {
        let copies = answers.iter().flat_map(|answer| self.duplicates.with_copies(answer.hit.answer));
        copies.filter_map(|answer| corpus.answers.get(answer).copied()).collect()
    }

    fn counts(&self, corpus: &Corpus, search: &PreparedSearch) -> VerdictCounts {
        let speaking = &self.ranked[..self.speaking];
        VerdictCounts {
            speaking: self.speaking,
            answers: search.within.len() - self.duplicates.count(),
            listed: search.query.query.only_lists(),
            questions: questions_of(corpus, self.places_of(corpus, speaking)),
        }
    }
}

/// The quotes of a reply.
struct QuotedAnswers {
    /// The answers that are quoted, in the order of the quotes.
    shown: Vec<Ranked>,
    quotes: Vec<Quote>,
    explained: Vec<Explained>,
}

impl QuotedAnswers {
    fn new(
        corpus: &Corpus,
        search: &PreparedSearch,
        answers: &RankedAnswers,
        options: SearchOptions<'_>,
    ) -> Result<Self, Error> {
        let shown = answers.to_quote(corpus, options.limit);
        let constraints = PhraseConstraints::of(&search.query.query);
        let hits: Vec<Hit> = shown.iter().map(|answer| constraints.passage_to_show(corpus, answer.hit)).collect();
        let mut quotes = quote::quotes(corpus, &search.query, &hits, options.display)?;
        for (quote, hit) in quotes.iter_mut().zip(&hits) {
            quote.also = duplicates::cite(corpus, quote, answers.duplicates.of(hit.answer))?;
        }
        let explained = quotes.iter().zip(&shown).filter(|_| options.explain);
        let explained = explained
            .map(|(quote, answer)| explain::explain(corpus, &search.query, &answers.ranked, answer, quote))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(Self { shown, quotes, explained })
    }
}

/// Reads a query as [`ask`] reads it after another. Also returns whether it goes on from that one. Nothing is searched.
///
/// # Errors
/// If the query cannot be read or names something absent.
pub fn read_after(
    corpus: &Corpus,
    typed: &str,
    before: Option<&Query>,
    dropped: &[String],
) -> Result<(Query, bool), QueryError> {
    let (query, carried) = read_with(corpus, typed, before, dropped)?;
    filters::within(corpus, &query)?;
    Ok((query, carried.is_some()))
}

/// Reads a query, completed from the one before if it is unfinished.
fn read_with(
    corpus: &Corpus,
    typed: &str,
    before: Option<&Query>,
    dropped: &[String],
) -> Result<(Query, Option<Carried>), QueryError> {
    let asked = query::read(typed)?;
    let is_speaker = |name: &str| filters::is_speaker(corpus, name);
    let carried = before.and_then(|before| follow_up(before, &asked, dropped, is_speaker));
    let query = carried.as_ref().map_or(asked, |carried| carried.query.clone());
    Ok((query, carried))
}

/// Returns the questions that answers were given to, in the order of the sources: the position of the transcript, and the
/// label of the question.
fn questions_of(corpus: &Corpus, answers: Vec<AnswerPlace>) -> Vec<(usize, String)> {
    let mut questions: Vec<_> = answers.into_iter().map(|place| (place.transcript, place.at.question)).collect();
    questions.sort_unstable();
    questions.dedup();
    questions.into_iter().map(|(t, q)| (t, corpus.transcripts[t].questions[q].label.clone())).collect()
}
