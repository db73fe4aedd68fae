//! Scores texts by the terms they hold. One score is BM25 with the statistics of the text's own
//! transcript. The others say which words a text holds, weighted by their general rarity. Pure; reads
//! no index.

use super::terms::{TermKind, Wanted};
use super::word_frequency;

/// BM25's usual constants (Robertson, Zaragoza 2009).
const K1: f32 = 1.2;
const B: f32 = 0.75;
/// The most that BM25 gives a term, in units of its idf.
const TERM_CEILING: f32 = K1 + 1.0;
/// A short transcript says little about the rarity of a term. This many extra texts with the general
/// frequency are added to it.
const PRIOR_TEXTS: f32 = 20.0;
/// The assumed share of passages that hold a given character pair, and a given character.
const PRIOR_PAIR: f32 = 0.005;
const PRIOR_CHARACTER: f32 = 0.05;

/// The scores of every text for what is wanted, by position.
#[derive(Debug, Clone, Default)]
pub struct Scores {
    /// BM25 over everything wanted. It is a share of what a text of the same transcript could get if it
    /// held everything often.
    shares: Vec<f32>,
    /// How much of the wanted words a text holds, 0 to 1. Each word is weighted by its rarity.
    held: Vec<f32>,
    /// How far a text holds the rarest word, 0 to 1.
    rarest: Vec<f32>,
    /// The rarity of the rarest word that a text does not hold.
    missing: Vec<f32>,
    /// For each transcript, the rarity of the rarest word that none of its texts holds.
    nowhere: Vec<f32>,
    transcript_of: Vec<Option<usize>>,
}

/// A text that shares terms with the query.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LexicalHit {
    /// Position of the text, as given to [`super::LexicalIndex::new`].
    pub id: usize,
    /// BM25 over words, character pairs and characters, 0 to 1. It is a share of what a text with every
    /// term of the query could get.
    pub coverage: f32,
}

impl Scores {
    /// BM25 of one text, as a share of the most that is possible, 0 to 1.
    pub fn share(&self, id: usize) -> f32 {
        of(&self.shares, id)
    }

    /// How much of the wanted words one text holds, 0 to 1.
    pub fn held(&self, id: usize) -> f32 {
        of(&self.held, id)
    }

    /// How far one text holds the rarest wanted word, 0 to 1.
    pub fn rarest(&self, id: usize) -> f32 {
        of(&self.rarest, id)
    }

    /// The rarity of the rarest word that one text does not hold.
    pub fn missing(&self, id: usize) -> f32 {
        of(&self.missing, id)
    }

    /// The rarity of the rarest word that no text of the same transcript holds.
    pub fn nowhere(&self, id: usize) -> f32 {
        self.transcript_of.get(id).copied().flatten().map_or(0.0, |transcript| of(&self.nowhere, transcript))
    }

    /// The `count` best texts, best first. A text without any wanted term is left out.
    pub fn best(&self, count: usize) -> Vec<LexicalHit> {
        let mut hits: Vec<LexicalHit> = self
            .shares
            .iter()
            .enumerate()
            .filter(|(_, share)| **share > 0.0)
            .map(|(id, share)| LexicalHit { id, coverage: *share })
            .collect();
        hits.sort_by(|a, b| b.coverage.total_cmp(&a.coverage).then(a.id.cmp(&b.id)));
        hits.truncate(count);
        hits
    }
}

fn of(values: &[f32], at: usize) -> f32 {
    values.get(at).copied().unwrap_or_default()
}

/// How many texts a transcript has, and their mean length.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Statistics {
    texts: f32,
    average: [f32; TermKind::COUNT],
}

/// The statistics of every transcript.
pub(super) fn statistics(lengths: &[[f32; TermKind::COUNT]], transcript_of: &[Option<usize>]) -> Vec<Statistics> {
    let transcripts = transcript_of.iter().flatten().max().map_or(0, |last| last + 1);
    let mut found = vec![Statistics::default(); transcripts];
    for (length, transcript) in lengths.iter().zip(transcript_of) {
        let Some(transcript) = transcript else { continue };
        let of = &mut found[*transcript];
        of.texts += 1.0;
        of.average.iter_mut().zip(length).for_each(|(sum, length)| *sum += length);
    }
    for of in &mut found {
        let texts = of.texts.max(1.0);
        of.average.iter_mut().for_each(|sum| *sum = (*sum / texts).max(1.0));
    }
    found
}

/// The scores while they are summed, one wanted thing after the other.
pub(super) struct Sums<'a> {
    lengths: &'a [[f32; TermKind::COUNT]],
    transcript_of: &'a [Option<usize>],
    transcripts: &'a [Statistics],
    scores: Scores,
    /// For each transcript, what a text gets that holds everything often.
    ceilings: Vec<f32>,
    /// The sum of the rarities of all words so far, and the highest of them.
    all: f32,
    most: f32,
    /// The present thing's weighted frequency and best form, for each text.
    frequency: Vec<f32>,
    best: Vec<f32>,
    touched: Vec<usize>,
    /// How many texts hold the present thing, for each transcript.
    holding: Vec<f32>,
}

impl<'a> Sums<'a> {
    pub(super) fn new(
        lengths: &'a [[f32; TermKind::COUNT]],
        transcript_of: &'a [Option<usize>],
        transcripts: &'a [Statistics],
    ) -> Self {
        let texts = || vec![0.0; lengths.len()];
        let by_transcript = || vec![0.0; transcripts.len()];
        let scores = Scores {
            shares: texts(),
            held: texts(),
            rarest: texts(),
            missing: texts(),
            nowhere: by_transcript(),
            transcript_of: transcript_of.to_vec(),
        };
        Self {
            lengths,
            transcript_of,
            transcripts,
            scores,
            ceilings: by_transcript(),
            all: 0.0,
            most: 0.0,
            frequency: texts(),
            best: texts(),
            touched: Vec::new(),
            holding: by_transcript(),
        }
    }

    /// Notes that a text holds a form of the present thing this often.
    pub(super) fn hold(&mut self, id: usize, weight: f32, frequency: f32) {
        let Some(transcript) = self.transcript_of[id] else { return };
        if self.frequency[id] <= 0.0 {
            self.touched.push(id);
        }
        self.frequency[id] += weight * frequency;
        self.best[id] = self.best[id].max(weight);
        self.holding[transcript] += weight;
    }

    /// Counts the present thing and goes on to the next.
    pub(super) fn close(&mut self, one: &Wanted) {
        let kind = one.kind as usize;
        let anywhere = match one.kind {
            TermKind::Word => word_frequency::share(&one.term),
            TermKind::Pair => PRIOR_PAIR,
            TermKind::Character => PRIOR_CHARACTER,
        };
        let idfs: Vec<f32> = self
            .transcripts
            .iter()
            .zip(&self.holding)
            .map(|(of, holding)| idf(of.texts + PRIOR_TEXTS, holding.min(of.texts) + PRIOR_TEXTS * anywhere))
            .collect();
        self.ceilings.iter_mut().zip(&idfs).for_each(|(ceiling, idf)| *ceiling += idf * TERM_CEILING);
        for id in &self.touched {
            let Some(transcript) = self.transcript_of[*id] else { continue };
            let (frequency, length) = (self.frequency[*id], self.lengths[*id][kind]);
            let length = length / self.transcripts[transcript].average[kind];
            self.scores.shares[*id] +=
                idfs[transcript] * TERM_CEILING * frequency / (frequency + K1 * (1.0 - B + B * length));
        }
        if one.kind == TermKind::Word {
            self.count_word(&one.term);
        }
        for id in self.touched.drain(..) {
            (self.frequency[id], self.best[id]) = (0.0, 0.0);
        }
        self.holding.fill(0.0);
    }

    fn count_word(&mut self, term: &str) {
        let rarity = word_frequency::rarity(term);
        self.all += rarity;
        let mut most_held = vec![0.0_f32; self.transcripts.len()];
        for id in &self.touched {
            self.scores.held[*id] += rarity * self.best[*id];
            if let Some(transcript) = self.transcript_of[*id] {
                most_held[transcript] = most_held[transcript].max(self.best[*id]);
            }
        }
        for (missing, best) in self.scores.missing.iter_mut().zip(&self.best) {
            *missing = missing.max(rarity * (1.0 - best));
        }
        for (nowhere, most) in self.scores.nowhere.iter_mut().zip(most_held) {
            *nowhere = nowhere.max(rarity * (1.0 - most));
        }
        if rarity > self.most {
            self.most = rarity;
            self.scores.rarest.clone_from(&self.best);
        }
    }

    pub(super) fn scores(mut self) -> Scores {
        for (share, transcript) in self.scores.shares.iter_mut().zip(self.transcript_of) {
            let ceiling = transcript.map_or(0.0, |transcript| self.ceilings[transcript]);
            *share = if ceiling > 0.0 { (*share / ceiling).clamp(0.0, 1.0) } else { 0.0 };
        }
        let all = self.all.max(f32::EPSILON);
        self.scores.held.iter_mut().for_each(|held| *held /= all);
        self.scores
    }
}

/// This is never negative, as in Lucene and tantivy.
fn idf(size: f32, holding: f32) -> f32 {
    (1.0 + (size - holding + 0.5) / (holding + 0.5)).ln()
}
