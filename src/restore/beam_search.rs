//! Candidates for one misaligned damaged span: a beam search over clean texts whose damage gives the received
//! text. It walks over the received characters. For every hypothesis it keeps where the bytes of the
//! clean text stand relative to the received pairs. It proposes candidates; `prove` accepts or rejects
//! them.

use std::collections::HashMap;

use super::gbk::{self, Code};
use super::likelihood::{Ranker, Tail};
use super::line::ReceivedLine;
use super::local_context::LocalContext;

/// Hypotheses kept at each received character.
const BEAM_WIDTH: usize = 80;
/// The bonus for each further character of a candidate, in nats, because a pruned model underrates
/// longer texts. It is neutral on the lines on which weights were chosen (first candidates right: 94.4
/// of 100 with it, 94.0 without).
const LENGTH: f64 = 0.6;
/// Hypotheses with a vanished pair kept at each received character.
pub(super) const OPEN_WIDTH: usize = 32;
/// Hypotheses this far (natural log) below the best are dropped.
pub(super) const DEPTH: f32 = 18.0;
/// Received characters read after the damaged span, as context.
const CONTEXT_AFTER: usize = 4;
/// Clean characters read before the damaged span, as context.
const CONTEXT_BEFORE: usize = 8;
/// Longest damaged span, in received characters.
const MAX_DAMAGE_CHARS: usize = 300;
/// The furthest reach of one step, in received characters.
const STRIDE: usize = 12;

/// The facts that the search relies on.
pub(super) struct SearchContext<'a> {
    pub(super) table: &'a HashMap<[u8; 2], String>,
    /// Pairs that stand without annotation somewhere, by lead and trail. They are not in the table.
    pub(super) bare: &'a [bool],
    pub(super) ranker: &'a Ranker,
}

/// The best candidate for a damaged span.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// The end of the units of the line that the candidate replaces.
    pub(super) end: usize,
    /// The candidate.
    pub(super) text: String,
    /// Whether the candidate is the text as received.
    pub(super) as_received: bool,
    /// Natural log of the odds of the best candidate against all others.
    pub(super) margin: f32,
    /// Table characters that only this damaged span shows.
    pub(super) unseen: Vec<(char, String)>,
}

/// Whether two neighbouring bytes of the clean text are a pair for the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    /// No. One of them was part of a replaced mark, or there is none.
    Free,
    /// Yes.
    Bound,
    /// Only if the table processes this pair before the pair that parted them.
    Parted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// The received characters are the clean ones.
    Aligned,
    /// The last byte read opens the next clean character.
    Inside,
    /// The last byte read opens a pair that vanished.
    Open,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Hypothesis {
    pub(super) phase: Phase,
    /// The clean text's last byte read; 0 after ASCII that opens nothing.
    pub(super) last: u8,
    pub(super) link: Link,
    pub(super) tail: Tail,
    /// Log-probability of table characters never seen annotated.
    pub(super) unseen_log: f32,
    /// Last node of the clean text, and of the unseen table characters.
    pub(super) node: usize,
    pub(super) unseen: usize,
    /// Received and clean text agree from here on.
    pub(super) since: usize,
    pub(super) since_node: usize,
    pub(super) vanished: u8,
}

impl Hypothesis {
    pub(super) fn score(&self) -> f32 {
        self.tail.log() + self.unseen_log
    }
}

pub(super) struct Search<'a> {
    pub(super) line: &'a ReceivedLine,
    pub(super) known: &'a SearchContext<'a>,
    near: LocalContext,
    pub(super) nodes: Vec<(char, usize)>,
    pub(super) unseen: Vec<(char, String, usize)>,
    /// Where the damaged span starts.
    pub(super) start: usize,
    /// Hypotheses by the number of received units they explain, from `start`.
    pub(super) buckets: Vec<Vec<Hypothesis>>,
    /// The best score filed in each bucket.
    pub(super) best: Vec<f32>,
    pub(super) may_open: bool,
}

/// Searches from a `?` at `start`; `before` is the clean text before it.
pub(super) fn search(
    line: &ReceivedLine,
    start: usize,
    before: &[char],
    known: &SearchContext<'_>,
) -> Option<Candidate> {
    let near = LocalContext::new(before, line, start);
    let context = &before[before.len().saturating_sub(CONTEXT_BEFORE)..];
    let context = context.iter().fold(Tail::start(), |tail, &c| known.ranker.push(&tail, c, &LocalContext::default()));
    let last = match before.last().copied().and_then(gbk::encode) {
        Some(Code::Pair(_, trail)) => trail,
        _ => 0,
    };
    let mut run = Search {
        line,
        known,
        near,
        nodes: vec![('\0', 0)],
        unseen: vec![('\0', String::new(), 0)],
        start,
        buckets: vec![Vec::new(); (line.units.len() - start).min(MAX_DAMAGE_CHARS + CONTEXT_AFTER) + STRIDE + 2],
        best: vec![f32::NEG_INFINITY; (line.units.len() - start).min(MAX_DAMAGE_CHARS + CONTEXT_AFTER) + STRIDE + 2],
        may_open: true,
    };
    let first = Hypothesis {
        phase: Phase::Aligned,
        last,
        link: if last == 0 { Link::Free } else { Link::Bound },
        tail: context,
        unseen_log: 0.0,
        node: 0,
        unseen: 0,
        since: start,
        since_node: 0,
        vanished: 0,
    };
    run.buckets[0].push(first);
    run.run()
}

impl Search<'_> {
    fn run(&mut self) -> Option<Candidate> {
        let length = self.line.units.len();
        let mut stop = None;
        let mut at = self.start;
        loop {
            let mut here = std::mem::take(&mut self.buckets[at - self.start]);
            prune(&mut here, BEAM_WIDTH);
            let ahead = &self.buckets[at - self.start..=at - self.start + STRIDE];
            if stop.is_none() && at > self.start && is_settled(here.iter().chain(ahead.iter().flatten())) {
                self.may_open = false;
                stop = Some((at + CONTEXT_AFTER).min(length));
            }
            if at == length || stop == Some(at) {
                self.buckets[at - self.start] = here;
                return self.conclude(at);
            }
            if at - self.start > MAX_DAMAGE_CHARS {
                return None;
            }
            self.expand(at, &here);
            at += 1;
        }
    }

    /// Weighs the clean texts that explain everything up to `from` against each other.
    fn conclude(&self, from: usize) -> Option<Candidate> {
        let mut texts: HashMap<String, (f64, &Hypothesis)> = HashMap::new();
        // A hypothesis that ends inside a character is impossible.
        let whole = self.buckets[from - self.start..].iter().flatten().filter(|h| h.phase == Phase::Aligned);
        for hypothesis in whole {
            let entry = texts.entry(self.text(hypothesis.node)).or_insert((f64::NEG_INFINITY, hypothesis));
            let score = f64::from(hypothesis.score());
            if hypothesis.score() > entry.1.score() {
                entry.1 = hypothesis;
            }
            let most = entry.0.max(score);
            entry.0 = most + ((entry.0 - most).exp() + (score - most).exp()).ln();
        }
        let rank = |text: &str, score: f64| score + LENGTH * text.chars().count() as f64;
        let (best_text, &(best, winner)) = texts.iter().max_by(|a, b| rank(a.0, a.1.0).total_cmp(&rank(b.0, b.1.0)))?;
        let others: f64 =
            texts.iter().filter(|(text, _)| *text != best_text).map(|(_, (score, _))| (score - best).exp()).sum();
        let mut unseen = Vec::new();
        let mut at = winner.unseen;
        while at != 0 {
            let (c, reading, parent) = &self.unseen[at];
            unseen.push((*c, reading.clone()));
            at = *parent;
        }
        Some(Candidate {
            end: winner.since,
            text: self.text(winner.since_node),
            as_received: winner.since == self.start,
            margin: (-others.max(1e-30).ln()) as f32,
            unseen,
        })
    }

    fn text(&self, mut node: usize) -> String {
        let mut chars = Vec::new();
        while node != 0 {
            chars.push(self.nodes[node].0);
            node = self.nodes[node].1;
        }
        chars.iter().rev().collect()
    }

    pub(super) fn say(&mut self, h: &Hypothesis, c: char) -> Hypothesis {
        self.nodes.push((c, h.node));
        Hypothesis { tail: self.known.ranker.push(&h.tail, c, &self.near), node: self.nodes.len() - 1, ..*h }
    }

    pub(super) fn file(&mut self, at: usize, mut h: Hypothesis, realigned: bool) {
        if realigned {
            h.since = at;
            h.since_node = h.node;
        }
        let index = at - self.start;
        self.best[index] = self.best[index].max(h.score());
        if h.score() >= self.best[index] - DEPTH {
            self.buckets[index].push(h);
        }
    }
}

fn is_settled<'a>(mut hypotheses: impl Iterator<Item = &'a Hypothesis>) -> bool {
    hypotheses.all(|h| h.phase == Phase::Aligned)
}

pub(super) fn prune(hypotheses: &mut Vec<Hypothesis>, width: usize) {
    hypotheses.sort_unstable_by(|a, b| b.score().total_cmp(&a.score()));
    hypotheses.truncate(width);
    if let Some(best) = hypotheses.first().map(Hypothesis::score) {
        hypotheses.retain(|h| h.score() > best - DEPTH);
    }
}
