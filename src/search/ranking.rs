//! Ranks answers by meaning and by words together. This module works on numbers and texts alone, so it can be measured
//! on any passages. The score of an answer depends on the query and its own transcript, never on the rest of the
//! library.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::query::PreparedQuery;
use super::score;
use super::signals::Signals;
use crate::error::Error;
use crate::retrieval::corpus::{Centre, Hit, PassageIndex};
use crate::retrieval::encoder::Encoder;
use crate::retrieval::facts::Facts;
use crate::retrieval::lexical::{self, Scores};
use crate::retrieval::vectors::dot;
use crate::text::find::folded;
use crate::text::segment::Language;

/// The most passages and answers taken from each index before their scores are joined.
const MAX_CANDIDATES: usize = 256;
/// The most passages of an answer whose cosines are averaged. The nearest ones count.
const MAX_AVERAGED: usize = 3;
/// The cosine of a query and a transcript of another subject, on average (over eight interviews: .12, with a standard
/// deviation of .05).
const USUAL_CENTRE: f32 = 0.12;
/// The number of passages that this average counts for. The centre of a transcript with a passage or two is those
/// passages, so it tells nothing of the other subjects. (Over transcripts of three answers, false refusals fall from 36 %
/// to 32 %.)
const USUAL_PASSAGES: f32 = 5.0;
/// The penalty, in cosine, for a passage without the wanted kind of fact, when the passage of a quote is chosen.
const LACKING_FACT_PENALTY: f32 = 0.1;

/// An answer that may speak to a query, and why.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    /// The answer, its best passage and its score.
    pub hit: Hit,
    /// The signals of the score.
    pub signals: Signals,
}

/// The signals by which answers are ranked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RankingSignals {
    /// Meaning and words together, as shipped.
    Fused,
    /// Vectors alone.
    Dense,
    /// Words alone, with their translations and synonyms.
    Lexical,
    /// Plain BM25 over pairs of characters and Latin words, for comparison.
    Plain,
}

/// Returns all answers that share a meaning or a word with the query, best first.
///
/// # Errors
/// If the word index fails.
pub fn rank(index: &PassageIndex, encoder: &Encoder, query: &PreparedQuery) -> Result<Vec<Ranked>, Error> {
    rank_using(index, encoder, query, RankingSignals::Fused)
}

/// Ranks like [`rank`], but by some of the signals, to measure each of them.
///
/// # Errors
/// If the word index fails.
pub fn rank_using(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &PreparedQuery,
    using: RankingSignals,
) -> Result<Vec<Ranked>, Error> {
    ranking(index, encoder, query, using, None)
}

/// Ranks like [`rank`], but only the answers in `within`, given in ascending order. A filter may leave few answers.
/// None of them may be lost to candidates outside the filter.
///
/// # Errors
/// If the word index fails.
pub fn rank_within(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &PreparedQuery,
    within: &[usize],
) -> Result<Vec<Ranked>, Error> {
    ranking(index, encoder, query, RankingSignals::Fused, Some(within))
}

/// The judgement of one answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Judgement {
    /// The best passage. It is then quoted.
    pub passage: usize,
    /// The value on the judge's own scale.
    pub value: f32,
}

/// Scores answers again by their judgements, which are keyed by answer number, and sorts them.
///
/// An answer without a judgement keeps its score. If it was in doubt, its score is at most that of the surest answer that
/// was judged or beyond doubt. The order has weights of its own within each verdict, because the weights that decide best
/// do not order best.
///
/// # Errors
/// If the calibration is malformed, which is a bug.
pub(super) fn judged(
    index: &PassageIndex,
    query: &PreparedQuery,
    ranked: &mut [Ranked],
    judgements: &BTreeMap<usize, Judgement>,
) -> Result<(), Error> {
    let calibration = score::calibration()?;
    if judgements.is_empty() {
        return Ok(());
    }
    let sure = calibration.thresholds.surely;
    let beyond_doubt = ranked.iter().map(|one| one.hit.score).filter(|score| *score >= sure).fold(0.0, f32::max);
    // The highest score, and the highest place, of answers that were judged or are beyond doubt.
    let (mut surest, mut nearest) = (beyond_doubt, beyond_doubt);
    // The place of each answer, 0 to 1. The order follows it.
    let mut places: HashMap<usize, f32> = HashMap::new();
    for one in ranked.iter_mut() {
        if let Some(judgement) = judgements.get(&one.hit.answer) {
            one.signals = with_judgement(index, query, one.signals, *judgement);
            one.hit = Hit { passage: judgement.passage, score: calibration.probability(&one.signals), ..one.hit };
            let place = calibration.place(&one.signals);
            places.insert(one.hit.answer, place);
            (surest, nearest) = (surest.max(one.hit.score), nearest.max(place));
        }
    }
    for one in ranked.iter_mut().filter(|one| one.signals.judge.is_none()) {
        let place = one.hit.score.min(nearest);
        places.insert(one.hit.answer, if one.hit.score < sure { place } else { one.hit.score });
        if one.hit.score < sure {
            one.hit.score = one.hit.score.min(surest);
        }
    }
    // What speaks to the query comes first, then what is related. Among equals, judged answers come first.
    let key = |one: &Ranked| {
        let place = places.get(&one.hit.answer).copied().unwrap_or_default();
        let thresholds = [calibration.thresholds.said, calibration.thresholds.related];
        let class = thresholds.iter().filter(|least| one.hit.score >= **least).count();
        (class, place, one.signals.judge.is_some())
    };
    ranked.sort_by(|a, b| {
        let ((a_class, a_place, a_judged), (b_class, b_place, b_judged)) = (key(a), key(b));
        let nearer = b_class.cmp(&a_class).then(b_place.total_cmp(&a_place)).then(b_judged.cmp(&a_judged));
        nearer.then(a.hit.answer.cmp(&b.hit.answer))
    });
    Ok(())
}

/// Returns the signals of an answer with its judgement.
pub(super) fn with_judgement(
    index: &PassageIndex,
    query: &PreparedQuery,
    signals: Signals,
    judgement: Judgement,
) -> Signals {
    let is_off = index.judge_passage(judgement.passage).is_some_and(|read| {
        let (asked, words) = (folded(read.asked), folded(read.words));
        !query.subject.is_named_in(&[&asked, &words])
    });
    Signals {
        judge: Some(judgement.value),
        lacks_fact: lacks_fact(index, query, judgement.passage),
        off_subject: f32::from(u8::from(is_off)),
        ..signals
    }
}

/// Sorts answers best first. Equals stay in the order of the sources.
pub(super) fn sort(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.hit.score.total_cmp(&a.hit.score).then(a.hit.answer.cmp(&b.hit.answer)));
}

fn ranking(
    index: &PassageIndex,
    encoder: &Encoder,
    query: &PreparedQuery,
    using: RankingSignals,
    within: Option<&[usize]>,
) -> Result<Vec<Ranked>, Error> {
    let plain = (using == RankingSignals::Plain).then(|| lexical::plain(&query.folded));
    let wanted = plain.as_ref().unwrap_or(&query.terms);
    let seen = Seen {
        index,
        encoder,
        using,
        calibration: score::calibration()?,
        query,
        by_answer: index.answer_terms.scores(wanted)?,
        by_passage: index.passage_terms.scores(wanted)?,
        centres: index.centres.iter().map(|centre| centre_cosine(centre, encoder, query)).collect(),
        nearest: index.nearest(&query.vector, MAX_CANDIDATES).into_iter().collect(),
    };
    let candidates = within.map_or_else(|| seen.candidates(), |within| within.iter().copied().collect());
    let mut ranked: Vec<Ranked> = candidates.into_iter().filter_map(|answer| seen.answer(answer)).collect();
    sort(&mut ranked);
    Ok(ranked)
}

/// Returns the words of an answer and its question that the query asks for, in the forms that they have there.
///
/// # Errors
/// If the word index fails.
pub fn matched(index: &PassageIndex, query: &PreparedQuery, answer: usize) -> Result<Vec<String>, Error> {
    index.answer_terms.held(&query.words, answer)
}

/// The results of the indexes for a query.
struct Seen<'a> {
    index: &'a PassageIndex,
    encoder: &'a Encoder,
    using: RankingSignals,
    calibration: &'static score::Calibration,
    query: &'a PreparedQuery,
    nearest: HashMap<usize, f32>,
    by_answer: Scores,
    by_passage: Scores,
    /// The cosine of each whole transcript with the query.
    centres: Vec<f32>,
}

impl Seen<'_> {
    fn candidates(&self) -> BTreeSet<usize> {
        let by_words = self.by_passage.best(MAX_CANDIDATES).into_iter().map(|hit| hit.id);
        let passages = self.nearest.keys().copied().chain(by_words);
        let answers = self.by_answer.best(MAX_CANDIDATES).into_iter().map(|hit| hit.id);
        passages.filter_map(|passage| self.index.answer_of.get(passage).copied()).chain(answers).collect()
    }

    fn answer(&self, answer: usize) -> Option<Ranked> {
        let mut meanings = Vec::new();
        let mut agreements = Vec::new();
        for passage in self.index.passages_of(answer) {
            let meaning = self.meaning(passage);
            meanings.push(meaning);
            // The best passage agrees in meaning and words, and holds the wanted fact.
            agreements.push((
                passage,
                meaning + self.by_passage.share(passage) - LACKING_FACT_PENALTY * self.lacks_fact(passage),
            ));
        }
        // Reversed, so that the first of equals wins.
        let (best, _) = agreements.into_iter().rev().max_by(|a, b| a.1.total_cmp(&b.1))?;
        meanings.sort_by(|a, b| b.total_cmp(a));
        let length = (meanings.len() as f32).ln();
        meanings.truncate(MAX_AVERAGED);
        let signals = Signals { length, ..self.signals(answer, best, &meanings) };
        let score = match self.using {
            RankingSignals::Fused => self.calibration.probability(&signals),
            RankingSignals::Dense => signals.meaning,
            RankingSignals::Lexical | RankingSignals::Plain => signals.words,
        };
        Some(Ranked { hit: Hit { answer, passage: best, score }, signals })
    }

    /// Returns the signals of an answer. `passage` is its best passage. `meanings` holds its nearest cosines, best
    /// first.
    fn signals(&self, answer: usize, passage: usize, meanings: &[f32]) -> Signals {
        let question = self.index.question_of.get(answer).copied().flatten();
        let asked_in = self.query.language;
        let said_in = self.index.language_of.get(answer).copied().unwrap_or(asked_in);
        let only_if = |yes: bool| f32::from(u8::from(yes));
        let meaning = meanings.first().copied().unwrap_or_default();
        let transcript = self.index.transcript_of.get(answer).copied().unwrap_or_default();
        let centre = self.centres.get(transcript).copied().unwrap_or_default();
        Signals {
            meaning,
            near: meanings.iter().sum::<f32>() / meanings.len().max(1) as f32,
            above: meaning - centre,
            question: question.map_or(0.0, |at| self.comparable(self.index.questions.cosine(at, &self.query.vector))),
            words: self.by_answer.share(answer),
            passage_words: self.by_passage.share(passage),
            passage_held: self.by_passage.held(passage),
            held: self.by_answer.held(answer),
            rarest: self.by_answer.rarest(answer),
            missing: self.by_answer.missing(answer),
            nowhere: self.by_answer.nowhere(answer),
            lacks_fact: self.lacks_fact(passage),
            off_subject: 0.0,
            asks_fact: only_if(self.query.fact.is_some()),
            length: 0.0,
            from_chinese: only_if(asked_in == Language::Chinese && said_in == Language::Other),
            to_chinese: only_if(asked_in == Language::Other && said_in == Language::Chinese),
            judge: None,
        }
    }

    /// Returns 1 if a passage lacks the wanted kind of fact, else 0.
    fn lacks_fact(&self, passage: usize) -> f32 {
        lacks_fact(self.index, self.query, passage)
    }

    fn meaning(&self, passage: usize) -> f32 {
        let known = self.nearest.get(&passage).copied();
        self.comparable(known.unwrap_or_else(|| self.index.passages.cosine(passage, &self.query.vector)))
    }

    fn comparable(&self, cosine: f32) -> f32 {
        self.encoder.comparable(cosine)
    }
}

/// Returns the cosine of the query and a whole transcript, drawn to the usual one where there are few passages.
fn centre_cosine(centre: &Centre, encoder: &Encoder, query: &PreparedQuery) -> f32 {
    let passages = centre.passages as f32;
    let cosine = encoder.comparable(dot(&centre.vector, &query.vector));
    (passages * cosine + USUAL_PASSAGES * USUAL_CENTRE) / (passages + USUAL_PASSAGES)
}

/// Returns 1 if a passage does not hold the kind of fact that the query asks for, else 0.
fn lacks_fact(index: &PassageIndex, query: &PreparedQuery, passage: usize) -> f32 {
    let held: Facts = index.facts_of.get(passage).copied().unwrap_or_default();
    f32::from(u8::from(query.fact.is_some_and(|fact| !held.has(fact))))
}
