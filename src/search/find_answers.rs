//! The answers that match a query, best first: candidates, the judge, and the words that decide without it.

use std::collections::HashSet;

use super::filters::PhraseConstraints;
use super::judge::{judge, trace};
use super::literal_words::LiteralWords;
use super::mentions::WordUse;
use super::named_interviewees;
use super::negation;
use super::query::{PreparedQuery, Query};
use super::ranking::{self, Ranked, rank, rank_within};
use super::score;
use super::signals::Signals;
use super::verdict::Verdict;
use crate::error::Error;
use crate::retrieval::corpus::{Corpus, Hit, PassageIndex};

/// A query that is prepared once for all comparisons.
pub(super) struct PreparedSearch {
    pub(super) query: PreparedQuery,
    /// The words that the query asks for literally.
    pub(super) literal: LiteralWords,
    /// The numbers of the answers that may match, in ascending order.
    pub(super) within: Vec<usize>,
}

impl PreparedSearch {
    /// Prepares a query over some answers. It looks up names of interviewees in the query, unless the query is a keyword
    /// that some answers use.
    pub(super) fn new(corpus: &Corpus, query: Query, within: &[usize]) -> Result<Self, Error> {
        let literal = LiteralWords::of(corpus, &query, within)?;
        let is_open = literal.answers_with_keyword().is_empty() && !query.only_lists();
        let Some(named) = is_open.then(|| named_interviewees::of(corpus, &query.text)).flatten() else {
            let query = PreparedQuery::new(&corpus.encoder, query)?;
            return Ok(Self { query, literal, within: within.to_vec() });
        };
        let query = PreparedQuery::about(&corpus.encoder, query, named.about, named.people)?;
        let within = named_interviewees::within_reach(corpus, within, &query.people);
        let literal = literal.about(corpus, &query, &within)?;
        Ok(Self { query, literal, within })
    }

    /// Returns the answers that match, best first. `judge` reads the first of them.
    pub(super) fn find_answers(
        &self,
        corpus: &Corpus,
        judge: impl FnOnce(&PassageIndex, &PreparedQuery, &mut [Ranked]) -> Result<(), Error>,
    ) -> Result<Vec<Ranked>, Error> {
        if self.query.query.only_lists() {
            return self.list(corpus);
        }
        let mut ranked = self.rank(corpus)?;
        let with_keyword = self.literal.answers_with_keyword();
        if with_keyword.is_empty() {
            judge(&corpus.index, &self.query, &mut ranked)?;
            negation::weigh(&corpus.index, &self.query, &mut ranked)?;
        }
        lift_with_keyword(corpus, &mut ranked, with_keyword)?;
        lift_on_topic(&mut ranked, &self.literal.on_topic)?;
        if self.query.people.nobody_called.is_some() {
            // Nobody can say what somebody unknown says.
            let most = score::calibration()?.thresholds.said.next_down();
            for answer in &mut ranked {
                answer.hit.score = answer.hit.score.min(most);
            }
        }
        Ok(ranked)
    }

    /// Returns the answers that hold the phrases and share a meaning or a word with the query, best first.
    fn rank(&self, corpus: &Corpus) -> Result<Vec<Ranked>, Error> {
        let constraints = PhraseConstraints::of(&self.query.query);
        let (index, encoder) = (&corpus.index, &corpus.encoder);
        let is_narrowed = self.within.len() < corpus.answers.len() || !constraints.is_empty();
        let mut ranked = if is_narrowed {
            rank_within(index, encoder, &self.query, &self.within)?
        } else {
            rank(index, encoder, &self.query)?
        };
        ranked.retain(|answer| constraints.met_by(corpus, answer.hit.answer));
        Ok(ranked)
    }

    /// Returns all answers that hold the phrases. The ranked ones come first, then the others in the order of the sources.
    fn list(&self, corpus: &Corpus) -> Result<Vec<Ranked>, Error> {
        let constraints = PhraseConstraints::of(&self.query.query);
        let mut listed = if self.query.text.is_empty() { Vec::new() } else { self.rank(corpus)? };
        let ranked: HashSet<usize> = listed.iter().map(|answer| answer.hit.answer).collect();
        let others =
            self.within.iter().filter(|answer| !ranked.contains(answer) && constraints.met_by(corpus, **answer));
        listed.extend(others.filter_map(|answer| {
            let passage = corpus.index.passages_of(*answer).next()?;
            let hit = Hit { answer: *answer, passage, score: 1.0 };
            Some(Ranked { hit, signals: Signals::default() })
        }));
        for answer in &mut listed {
            answer.hit.score = 1.0;
        }
        Ok(listed)
    }
}

/// Returns all answers within reach, best first, as in a reply. Evaluation uses it, so it measures what is shipped.
///
/// # Errors
/// If the encoder or the word index fails.
pub fn ranked(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<Vec<Ranked>, Error> {
    PreparedSearch::new(corpus, query.clone(), within)?.find_answers(corpus, judge)
}

/// Returns the same answers in the order of the cheap signals, and the query as it was compared with them. The first ones
/// also have the value of the judge. The numbers of the calibration are fit to this.
///
/// # Errors
/// If the encoder, the word index or the judge fails.
pub fn traced(corpus: &Corpus, query: &Query, within: &[usize]) -> Result<(PreparedQuery, Vec<Ranked>), Error> {
    let search = PreparedSearch::new(corpus, query.clone(), within)?;
    let mut ranked = search.find_answers(corpus, |_, _, _| Ok(()))?;
    trace(&corpus.index, &search.query, &mut ranked)?;
    Ok((search.query, ranked))
}

/// Puts the answers first that use the keyword of a query. They certainly use it, and probably speak to it.
fn lift_with_keyword(corpus: &Corpus, ranked: &mut Vec<Ranked>, with_keyword: &[WordUse]) -> Result<(), Error> {
    if with_keyword.is_empty() {
        return Ok(());
    }
    for WordUse { answer, spans } in with_keyword {
        let holding = spans.iter().find_map(|span| corpus.passage_with(*answer, *span));
        let at = ranked.iter().position(|other| other.hit.answer == *answer);
        let Some(passage) = holding.or_else(|| corpus.index.passages_of(*answer).next()) else { continue };
        let before = at.map(|at| ranked.swap_remove(at));
        let signals = before.map_or_else(Signals::default, |before| before.signals);
        let score = lifted(before.map_or(0.0, |before| before.hit.score))?;
        ranked.push(Ranked { hit: Hit { answer: *answer, passage, score }, signals });
    }
    ranking::sort(ranked);
    Ok(())
}

/// Puts the answers first in which a named person speaks about what the query asks a view of. The judge decides their
/// order: it knows whose words they are, and not whether a few words on a topic are a view.
fn lift_on_topic(ranked: &mut [Ranked], on_topic: &[usize]) -> Result<(), Error> {
    let is_on_topic = |answer: &Ranked| on_topic.contains(&answer.hit.answer);
    for answer in ranked.iter_mut().filter(|answer| is_on_topic(answer)) {
        answer.hit.score = lifted(answer.hit.score)?;
    }
    // The sort keeps the order of equals.
    ranked.sort_by_key(|answer| !is_on_topic(answer) && Verdict::of(answer.hit.score) != Verdict::Said);
    Ok(())
}

/// Returns a score above the threshold for answers that use the words. The former score decides their order.
fn lifted(score: f32) -> Result<f32, Error> {
    let least = score::calibration()?.thresholds.uses_word;
    Ok(least + (1.0 - least) * score)
}
