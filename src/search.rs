//! The read path, in order: read the query → prepare it once → rank → verdict → quote.
//! Knows nothing of how a corpus is made or shown.

mod answer_scores;
mod diversify;
mod duplicates;
mod explain;
mod filters;
mod mentions;
mod named_interviewees;
pub mod query;
mod question_match;
pub mod quote;
pub(crate) mod ranking;
mod score;
mod stance;
mod verdict;

use std::collections::HashSet;

use serde::Serialize;

pub use answer_scores::Strength;
pub use explain::{Explained, Restored, Standing};
pub use mentions::{Mention, Mentioned};
pub use ranking::{Judgement, Ranked, Signals, Using, judged, matched, rank, rank_using, rank_within};
pub use verdict::Verdict;

use crate::error::Error;
use crate::retrieval::corpus::{Corpus, Hit, Place};
use crate::text::script::Display;
use filters::Demands;
use query::follow_up::{Carried, follow_up};
use query::{PreparedQuery, Query};
use quote::Quote;

/// How a query is to be answered.
#[derive(Debug, Clone, Copy)]
pub struct Options<'a> {
    /// Quotes to show at most.
    pub limit: usize,
    /// The script to show them in; `None` for each transcript's own default.
    pub display: Option<Display>,
    /// The turn before, which an unfinished query goes on from.
    pub after: Option<&'a Reply>,
    /// Keys of what it must not carry over ([`crate::search::query::follow_up::Chip::key`]).
    pub dropped: &'a [String],
    /// Whether to say how the scores came about.
    pub explain: bool,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { limit: 6, display: None, after: None, dropped: &[], explain: false }
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
    /// Transcripts that could not be searched yet: where there are any, the verdict is of the others.
    #[serde(skip_serializing_if = "is_zero")]
    pub coming: usize,
    /// One per answer, best first; a named interviewee's second after everybody's first.
    pub quotes: Vec<Quote>,
    /// Where its words stand letter for letter, whatever the verdict: the whole query where it is a
    /// word or two, else its most telling words.
    pub mentions: Vec<Mention>,
    /// Interviewees that it names and whose words alone it is answered from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub only_by: Vec<String>,
    /// Whether it asks who is for or against something, which is not judged: what is said
    /// about it is found, whichever side it takes.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub stance_not_judged: bool,
    /// How an unfinished query was read after the turn before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub carried: Option<Carried>,
    /// Why each quote stands where it does, where that was asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub explained: Vec<Explained>,
    /// The query as it was read; what the next turn may go on from.
    #[serde(skip)]
    pub read: Query,
    /// Answers shown so far for it, in this turn and those it goes on from.
    #[serde(skip)]
    pub shown: Vec<Place>,
    /// What the verdict counts; for the page, not part of the JSON reply.
    #[serde(skip)]
    pub tally: Tally,
    /// How strongly each answer within the filters speaks to it, in the order of
    /// the sources; likewise for the page.
    #[serde(skip)]
    pub strengths: Vec<Strength>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
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
/// ```
/// use std::sync::Arc;
/// use yuanhua::retrieval::encoder::Encoder;
/// use yuanhua::{library, search, transcript};
///
/// let source = "Q1. What do you do after work?\nA1 I run by the river every evening.\nA2 I cook for my children.\n";
/// let (transcript, _) = transcript::read("after-work", source.as_bytes())?;
/// let corpus = library::build(vec![transcript], Arc::new(Encoder::built_in()?))?;
/// let reply = search::ask(&corpus, "Who likes running?", search::Options::default())?;
/// assert!(reply.quotes[0].text.contains("I run by the river"));
/// assert_eq!(reply.quotes[0].citation.answer, "A1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the query cannot be read or names what is not there, when the encoder
/// or the word index fails, or a quote would not be what its source says.
pub fn ask(corpus: &Corpus, typed: &str, options: Options<'_>) -> Result<Reply, Error> {
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
    let literal = Literal::of(corpus, &query, &within)?;
    let prepared = prepare(corpus, query, literal.users())?;
    let query = &prepared.query;
    let (ranked, only_by) = found(corpus, &prepared, &within, literal.users())?;
    if !only_by.is_empty() {
        within = named_interviewees::given_by(corpus, &within, &only_by);
    }
    let (ranked, twins) = duplicates::merge(corpus, ranked);
    let mut verdict = Verdict::of(ranked.first().map_or(0.0, |one| one.hit.score));
    if verdict == Verdict::NotSaid && !only_by.is_empty() && !ranked.is_empty() {
        // Whoever is asked for by name is heard: the nearest of their own words, as "only related".
        verdict = Verdict::Related;
    }
    let speaking = ranked.iter().take_while(|one| Verdict::of(one.hit.score) == Verdict::Said).count();
    let mut shown = diversify::in_turns(corpus, &ranked[..speaking]);
    shown.truncate(options.limit);
    if verdict == Verdict::Related {
        // At most the nearest, as "only related".
        shown.extend(ranked.first().copied());
    }
    let demands = Demands::of(query);
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
    let tally = Tally {
        speaking,
        answers: within.len() - twins.values().map(Vec::len).sum::<usize>(),
        listed: query.only_lists(),
        questions: questions(corpus, ranked[..speaking].iter().flat_map(everywhere)),
    };
    let strengths = answer_scores::strengths(corpus, &within, &ranked, &twins);
    let asked = query.only_lists() || question_match::asked(corpus, &prepared)?;
    let mentions = literal.mentions(corpus, query, options.display)?;
    Ok(Reply {
        query: typed.to_owned(),
        verdict,
        asked,
        coming: corpus.coming(),
        quotes,
        mentions,
        only_by,
        stance_not_judged: stance::is_asked(&query.text),
        carried,
        explained,
        read: prepared.query,
        shown: seen,
        tally,
        strengths,
    })
}

/// All answers that a query may be answered from, best first, as a reply has them: what is
/// measured is what is shipped.
///
/// # Errors
/// When the encoder or the word index fails.
pub fn ranked(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<Vec<Ranked>, Error> {
    let literal = Literal::of(corpus, query, within)?;
    let prepared = prepare(corpus, query.clone(), literal.users())?;
    Ok(found(corpus, &prepared, within, literal.users())?.0)
}

/// Prepares a query, once for all that it is compared with. Names in it are looked for unless
/// it is a keyword that some answers use, which then is all that it asks for.
fn prepare(corpus: &Corpus, query: Query, users: &[mentions::Use]) -> Result<PreparedQuery, Error> {
    let named =
        if users.is_empty() && !query.only_lists() { named_interviewees::of(corpus, &query.text) } else { None };
    match named {
        None => PreparedQuery::new(&corpus.encoder, query),
        Some(named) => {
            let people = if named.only { named.people } else { Vec::new() };
            PreparedQuery::about(&corpus.encoder, query, named.about, people)
        }
    }
}

/// The answers within reach, best first, and the people whose alone they are.
fn found(
    corpus: &Corpus,
    query: &PreparedQuery,
    within: &[usize],
    users: &[mentions::Use],
) -> Result<(Vec<Ranked>, Vec<String>), Error> {
    if query.query.only_lists() {
        return Ok((list(corpus, query, within)?, Vec::new()));
    }
    let own = named_interviewees::given_by(corpus, within, &query.people);
    if !own.is_empty() {
        return Ok((best(corpus, query, &own)?, query.people.clone()));
    }
    let mut ranked = best(corpus, query, within)?;
    lift(corpus, &mut ranked, users)?;
    Ok((ranked, Vec::new()))
}

/// The answers within reach, best first.
fn best(corpus: &Corpus, query: &PreparedQuery, within: &[usize]) -> Result<Vec<Ranked>, Error> {
    let demands = Demands::of(&query.query);
    let (index, encoder) = (&corpus.index, &corpus.encoder);
    let narrowed = within.len() < corpus.answers.len() || !demands.is_empty();
    let mut ranked = if narrowed { rank_within(index, encoder, query, within)? } else { rank(index, encoder, query)? };
    ranked.retain(|one| demands.met_by(corpus, one.hit.answer));
    Ok(ranked)
}

/// Puts answers first that use the keyword which is all that a query asks for: that they use
/// it is certain, and that they speak to it likely.
fn lift(corpus: &Corpus, ranked: &mut Vec<Ranked>, users: &[mentions::Use]) -> Result<(), Error> {
    let least = score::calibration()?.thresholds.uses_word;
    for user in users {
        let holding = user.spans.iter().find_map(|span| corpus.passage_with(user.answer, *span));
        let at = ranked.iter().position(|one| one.hit.answer == user.answer);
        let Some(passage) = holding.or_else(|| corpus.index.passages_of(user.answer).next()) else { continue };
        let before = at.map(|at| ranked.swap_remove(at));
        let signals = before.map_or_else(Signals::default, |one| one.signals);
        let score = before.map_or(0.0, |one| one.hit.score);
        // Above the line whatever else speaks for it, and in the order of what does.
        let score = least + (1.0 - least) * score;
        ranked.push(Ranked { hit: Hit { answer: user.answer, passage, score }, signals });
    }
    ranking::sort(ranked);
    Ok(())
}

/// What a query asks for letter for letter, and who uses it.
struct Literal {
    keyword: bool,
    words: Vec<(String, Vec<mentions::Use>)>,
}

impl Literal {
    fn of(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<Self, Error> {
        Ok(match mentions::asked(query) {
            None => Self { keyword: false, words: Vec::new() },
            Some(mentions::Asked::Keyword(word)) => {
                let uses = mentions::keyword(corpus, within, &word)?;
                Self { keyword: true, words: vec![(word, uses)] }
            }
            Some(mentions::Asked::Words(words)) => {
                let uses = |word: String| {
                    let uses = mentions::uses(corpus, within, &word)?;
                    Ok((word, uses))
                };
                Self { keyword: false, words: words.into_iter().map(uses).collect::<Result<_, Error>>()? }
            }
        })
    }

    /// The answers that use the keyword, where the query is one.
    fn users(&self) -> &[mentions::Use] {
        self.words.first().filter(|_| self.keyword).map_or(&[], |(_, uses)| uses)
    }

    fn mentions(&self, corpus: &Corpus, query: &Query, display: Option<Display>) -> Result<Vec<Mention>, Error> {
        let told = self.words.iter().filter(|(_, uses)| self.keyword || !uses.is_empty());
        let mention = |(word, uses): &(String, Vec<mentions::Use>)| {
            mentions::mention(corpus, &mentions::as_typed(query, word), uses, display)
        };
        told.map(mention).collect()
    }
}

/// All answers that hold the phrases: those where they weigh most first, the
/// others in the order of the sources. That they do is certain.
fn list(corpus: &Corpus, query: &PreparedQuery, within: &[usize]) -> Result<Vec<Ranked>, Error> {
    let demands = Demands::of(&query.query);
    let mut listed = if query.text.is_empty() { Vec::new() } else { best(corpus, query, within)? };
    let ranked: HashSet<usize> = listed.iter().map(|one| one.hit.answer).collect();
    let others = within.iter().filter(|answer| !ranked.contains(answer) && demands.met_by(corpus, **answer));
    listed.extend(others.filter_map(|answer| {
        let passage = corpus.index.passages_of(*answer).next()?;
        Some(Ranked { hit: Hit { answer: *answer, passage, score: 1.0 }, signals: Signals::default() })
    }));
    for one in &mut listed {
        one.hit.score = 1.0;
    }
    Ok(listed)
}

/// The questions that answers were given to, in the order of the sources.
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
