//! The path of a query: read it → prepare it once → rank → verdict → quote. This module does not know how a corpus is
//! made or shown.

mod answer_scores;
mod contrast;
pub mod did_you_mean;
mod diversify;
mod duplicates;
mod explain;
mod filters;
mod judge;
mod literal;
mod mentions;
mod named_interviewees;
mod negation;
pub mod query;
mod question_match;
pub mod quote;
pub(crate) mod ranking;
mod score;
mod signals;
mod stance;
pub mod suggestions;
mod verdict;

use std::collections::HashSet;

use serde::Serialize;
use utoipa::ToSchema;

pub use answer_scores::Strength;
pub use contrast::{Contrast, Contrasted, contrast};
pub use explain::{Explained, RestoredPlace, Standing};
pub use judge::{judge, trace};
pub use mentions::{Mention, Mentioned};
pub use ranking::{Ranked, Using, matched, rank, rank_using, rank_within};
pub use signals::Signals;
pub use verdict::Verdict;

use crate::error::{Error, QueryError};
use crate::retrieval::ReadSoFar;
use crate::retrieval::corpus::{AnswerPlace, Corpus, Hit, PassageIndex};
use crate::retrieval::encoder::Judge;
use crate::text::script::Display;
use filters::PhraseConstraints;
use literal::Literal;
use query::follow_up::{Carried, follow_up};
use query::{PeopleAsked, PreparedQuery, Query, UnknownName};
use quote::Quote;

/// Options of a query.
#[derive(Debug, Clone, Copy)]
pub struct SearchOptions<'a> {
    /// The most quotes to show.
    pub limit: usize,
    /// The script of the quotes. `None` means the default of each transcript.
    pub display: Option<Display>,
    /// The previous reply. An unfinished query goes on from it.
    pub after: Option<&'a Reply>,
    /// The keys of parts that must not be carried over ([`crate::search::query::follow_up::Chip::key`]).
    pub dropped: &'a [String],
    /// Whether to explain the scores.
    pub explain: bool,
}

impl Default for SearchOptions<'_> {
    fn default() -> Self {
        Self { limit: 6, display: None, after: None, dropped: &[], explain: false }
    }
}

/// The reply to a query: a verdict, and the quotes that support it.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Reply {
    /// The query as asked.
    pub query: String,
    /// Whether anybody said it.
    pub verdict: Verdict,
    /// Whether any interview question is near the query. If nobody said it, this tells whether anybody was asked.
    pub asked: bool,
    /// The number of transcripts that are not ready. The verdict is about the others.
    #[serde(skip_serializing_if = "is_zero")]
    pub coming: usize,
    /// How many of the passages that were searched are read closely, until all are. The others are found by their words
    /// and rough meaning, so nobody can be said not to have said it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<ReadSoFar>,
    /// One quote for each answer, best first. A named interviewee's second quote comes after everybody's first.
    pub quotes: Vec<Quote>,
    /// Literal mentions, whatever the verdict: of the whole query if it is a word or two, or else of its most telling
    /// words.
    pub mentions: Vec<Mention>,
    /// The interviewees that the query names. Only their words were searched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_by: Vec<String>,
    /// The interviewees that the query leaves out. Only the words of others were searched.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all_but: Vec<String>,
    /// A name whose words are asked for, and that nobody has. What others say does not count as said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nobody_called: Option<UnknownName>,
    /// Whether the query asks who is for or against something. Stance is not judged: words for both sides are found.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stance_not_judged: bool,
    /// Whether the query asks who does *not* do something. Negation is judged by its words alone: those who do it may be
    /// found too.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub negation_not_judged: bool,
    /// The query as it may have been meant, if a word of it is used nowhere and a similar one is. The typed words were
    /// searched.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub did_you_mean: Option<String>,
    /// The query that was searched in place of the typed one. Nobody answers the typed words, and what is changed in them
    /// is a slip: it is used nowhere and in no dictionary.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched_instead: Option<String>,
    /// How an unfinished query was completed from the turn before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
    /// The explanation of each score, if asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explained: Vec<Explained>,
    /// The query as read. The next query may go on from it.
    #[serde(skip)]
    pub read: Query,
    /// The answers shown so far, in this reply and in the replies that it goes on from.
    #[serde(skip)]
    pub shown: Vec<AnswerPlace>,
    /// The counts behind the verdict, for the page. They are not part of the JSON.
    #[serde(skip)]
    pub tally: VerdictCounts,
    /// The score of each answer within the filters, in the order of the sources, for the page.
    #[serde(skip)]
    pub strengths: Vec<Strength>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

/// The counts of the answers that speak to a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerdictCounts {
    /// The number of answers that speak to it, shown or not.
    pub speaking: usize,
    /// The number of answers within the filters of the query.
    pub answers: usize,
    /// Whether the query has only phrases and filters. Then no probability is needed.
    pub listed: bool,
    /// The labels of the questions behind those answers, in order, each with the position of its transcript.
    pub questions: Vec<(usize, String)>,
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
    let asked = query::read(typed)?;
    let is_speaker = |name: &str| filters::is_speaker(corpus, name);
    let carried = options.after.and_then(|before| follow_up(&before.read, &asked, options.dropped, is_speaker));
    let query = carried.as_ref().map_or(asked, |carried| carried.query.clone());
    let mut within = filters::within(corpus, &query)?;
    let mut seen = Vec::new();
    if let Some(before) = options.after.filter(|_| carried.as_ref().is_some_and(Carried::leaves_out_shown)) {
        seen.clone_from(&before.shown);
        within.retain(|answer| corpus.answers.get(*answer).is_some_and(|place| !seen.contains(place)));
    }
    let (prepared, literal, reached) = prepare(corpus, query, &within)?;
    within = reached;
    let query = &prepared.query;
    let PeopleAsked { only_by, all_but, nobody_called } = prepared.people.clone();
    let ranked = found(corpus, &prepared, &within, &literal, judge)?;
    let (ranked, twins) = duplicates::merge(corpus, ranked);
    let mut verdict = Verdict::of(ranked.first().map_or(0.0, |one| one.hit.score));
    if verdict == Verdict::NotSaid && !only_by.is_empty() && !ranked.is_empty() {
        // If somebody is asked for by name, their nearest words are quoted as "only related".
        verdict = Verdict::Related;
    }
    let speaking = ranked.iter().take_while(|one| Verdict::of(one.hit.score) == Verdict::Said).count();
    let mut shown = diversify::in_turns(corpus, &ranked[..speaking]);
    shown.truncate(options.limit);
    if verdict == Verdict::Related {
        // At most the nearest answer is quoted, as "only related".
        shown.extend(ranked.first().copied());
    }
    let demands = PhraseConstraints::of(query);
    let hits: Vec<Hit> = shown.iter().map(|one| demands.shown_by(corpus, one.hit)).collect();
    let mut quotes = quote::quotes(corpus, &prepared, &hits, options.display)?;
    for (quote, hit) in quotes.iter_mut().zip(&hits) {
        quote.also = duplicates::cite(corpus, quote, twins.get(&hit.answer).map_or(&[], Vec::as_slice))?;
    }
    let explain = |(quote, one): (&Quote, &Ranked)| explain::explain(corpus, &prepared, &ranked, one, quote);
    let explained = if options.explain {
        quotes.iter().zip(&shown).map(explain).collect::<Result<Vec<_>, _>>()?
    } else {
        Vec::new()
    };
    let everywhere = |one: &Ranked| {
        let also = twins.get(&one.hit.answer).into_iter().flatten().copied();
        std::iter::once(one.hit.answer).chain(also).collect::<Vec<_>>()
    };
    seen.extend(shown.iter().flat_map(everywhere).filter_map(|answer| corpus.answers.get(answer)));
    let tally = VerdictCounts {
        speaking,
        answers: within.len() - twins.values().map(Vec::len).sum::<usize>(),
        listed: query.only_lists(),
        questions: questions(corpus, ranked[..speaking].iter().flat_map(everywhere)),
    };
    let strengths = answer_scores::strengths(corpus, &within, &ranked, &twins);
    let asked = query.only_lists() || question_match::asked(corpus, &prepared)?;
    let mentions = literal.mentions(corpus, query, options.display)?;
    let stance_not_judged = stance::is_asked(&query.text);
    let negation_not_judged = !stance_not_judged && negation::denied(&query.text).is_some();
    let did_you_mean = did_you_mean::did_you_mean(corpus, typed, verdict == Verdict::Said, options.display)?;
    Ok(Reply {
        query: typed.to_owned(),
        verdict,
        asked,
        coming: corpus.coming(),
        // What only lists is found by its words alone.
        reading: if prepared.query.only_lists() { None } else { corpus.index.read_so_far(within.iter().copied()) },
        quotes,
        mentions,
        only_by,
        all_but,
        nobody_called,
        stance_not_judged,
        negation_not_judged,
        did_you_mean,
        searched_instead: None,
        carried,
        explained,
        read: prepared.query,
        shown: seen,
        tally,
        strengths,
    })
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
    let asked = query::read(typed)?;
    let is_speaker = |name: &str| filters::is_speaker(corpus, name);
    let carried = before.and_then(|before| follow_up(before, &asked, dropped, is_speaker));
    let goes_on = carried.is_some();
    let query = carried.map_or(asked, |carried| carried.query);
    filters::within(corpus, &query)?;
    Ok((query, goes_on))
}

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

/// Returns all answers within reach, best first, as in a reply. Evaluation uses it, so it measures what is shipped.
///
/// # Errors
/// If the encoder or the word index fails.
pub fn ranked(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<Vec<Ranked>, Error> {
    let (prepared, literal, within) = prepare(corpus, query.clone(), within)?;
    found(corpus, &prepared, &within, &literal, judge)
}

/// Returns the same answers in the order of the cheap signals, and the query as it was compared with them. The first ones
/// also have the value of the judge. The numbers of the calibration are fit to this.
///
/// # Errors
/// If the encoder, the word index or the judge fails.
pub fn traced(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<(PreparedQuery, Vec<Ranked>), Error> {
    let (prepared, literal, within) = prepare(corpus, query.clone(), within)?;
    let mut ranked = found(corpus, &prepared, &within, &literal, |_, _, _| Ok(()))?;
    trace(&corpus.index, &prepared, &mut ranked)?;
    Ok((prepared, ranked))
}

/// Prepares a query once for all comparisons. Also returns the words that it asks for literally, and the answers that it
/// asks for. It looks up names of interviewees in the query, unless the query is a keyword that some answers use.
fn prepare(corpus: &Corpus, query: Query, within: &[usize]) -> Result<(PreparedQuery, Literal, Vec<usize>), Error> {
    let literal = Literal::of(corpus, &query, within)?;
    let is_open = literal.users().is_empty() && !query.only_lists();
    let Some(named) = is_open.then(|| named_interviewees::of(corpus, &query.text)).flatten() else {
        return Ok((PreparedQuery::new(&corpus.encoder, query)?, literal, within.to_vec()));
    };
    let prepared = PreparedQuery::about(&corpus.encoder, query, named.about, named.people)?;
    let within = named_interviewees::within_reach(corpus, within, &prepared.people);
    let literal = literal.about(corpus, &prepared, &within)?;
    Ok((prepared, literal, within))
}

/// Returns the answers within reach, best first.
fn found(
    corpus: &Corpus,
    query: &PreparedQuery,
    within: &[usize],
    literal: &Literal,
    judge: impl FnOnce(&PassageIndex, &PreparedQuery, &mut [Ranked]) -> Result<(), Error>,
) -> Result<Vec<Ranked>, Error> {
    if query.query.only_lists() {
        return list(corpus, query, within);
    }
    let mut ranked = best(corpus, query, within)?;
    let users = literal.users();
    if users.is_empty() {
        judge(&corpus.index, query, &mut ranked)?;
        negation::weigh(&corpus.index, query, &mut ranked)?;
    }
    lift(corpus, &mut ranked, users)?;
    lift_on_topic(&mut ranked, &literal.on_topic)?;
    if query.people.nobody_called.is_some() {
        // Nobody can say what somebody unknown says.
        let most = score::calibration()?.thresholds.said.next_down();
        for one in &mut ranked {
            one.hit.score = one.hit.score.min(most);
        }
    }
    Ok(ranked)
}

/// Returns the answers within reach, best first.
fn best(corpus: &Corpus, query: &PreparedQuery, within: &[usize]) -> Result<Vec<Ranked>, Error> {
    let demands = PhraseConstraints::of(&query.query);
    let (index, encoder) = (&corpus.index, &corpus.encoder);
    let narrowed = within.len() < corpus.answers.len() || !demands.is_empty();
    let mut ranked = if narrowed { rank_within(index, encoder, query, within)? } else { rank(index, encoder, query)? };
    ranked.retain(|one| demands.met_by(corpus, one.hit.answer));
    Ok(ranked)
}

/// Puts the answers first that use the keyword of a query. They certainly use it, and probably speak to it.
fn lift(corpus: &Corpus, ranked: &mut Vec<Ranked>, users: &[mentions::Use]) -> Result<(), Error> {
    if users.is_empty() {
        return Ok(());
    }
    let least = score::calibration()?.thresholds.uses_word;
    for user in users {
        let holding = user.spans.iter().find_map(|span| corpus.passage_with(user.answer, *span));
        let at = ranked.iter().position(|one| one.hit.answer == user.answer);
        let Some(passage) = holding.or_else(|| corpus.index.passages_of(user.answer).next()) else { continue };
        let before = at.map(|at| ranked.swap_remove(at));
        let signals = before.map_or_else(Signals::default, |one| one.signals);
        let score = before.map_or(0.0, |one| one.hit.score);
        // The score is above the threshold in any case. The former score decides the order.
        let score = least + (1.0 - least) * score;
        ranked.push(Ranked { hit: Hit { answer: user.answer, passage, score }, signals });
    }
    ranking::sort(ranked);
    Ok(())
}

/// Puts the answers first in which a named person speaks about what the query asks a view of. The judge decides their
/// order: it knows whose words they are, and not whether a few words on a topic are a view.
fn lift_on_topic(ranked: &mut [Ranked], on_topic: &[usize]) -> Result<(), Error> {
    let least = score::calibration()?.thresholds.uses_word;
    let of = |one: &Ranked| on_topic.contains(&one.hit.answer);
    for one in ranked.iter_mut().filter(|one| of(one)) {
        one.hit.score = least + (1.0 - least) * one.hit.score;
    }
    // The sort keeps the order of equals.
    ranked.sort_by_key(|one| !of(one) && Verdict::of(one.hit.score) != Verdict::Said);
    Ok(())
}

/// Returns all answers that hold the phrases. The ranked ones come first, then the others in the order of the sources.
fn list(corpus: &Corpus, query: &PreparedQuery, within: &[usize]) -> Result<Vec<Ranked>, Error> {
    let demands = PhraseConstraints::of(&query.query);
    let mut listed = if query.text.is_empty() { Vec::new() } else { best(corpus, query, within)? };
    let ranked: HashSet<usize> = listed.iter().map(|one| one.hit.answer).collect();
    let others = within.iter().filter(|answer| !ranked.contains(answer) && demands.met_by(corpus, **answer));
    listed.extend(others.filter_map(|answer| {
        let passage = corpus.index.passages_of(*answer).next()?;
        let hit = Hit { answer: *answer, passage, score: 1.0 };
        Some(Ranked { hit, signals: Signals::default() })
    }));
    for one in &mut listed {
        one.hit.score = 1.0;
    }
    Ok(listed)
}

/// Returns the questions that answers were given to, in the order of the sources.
fn questions(corpus: &Corpus, answers: impl Iterator<Item = usize>) -> Vec<(usize, String)> {
    let mut questions: Vec<_> = answers
        .filter_map(|answer| corpus.answers.get(answer))
        .map(|place| (place.transcript, place.at.question))
        .collect();
    questions.sort_unstable();
    questions.dedup();
    questions.into_iter().map(|(t, q)| (t, corpus.transcripts[t].questions[q].label.clone())).collect()
}

#[cfg(test)]
mod tests;
