//! The figures: nDCG@10, hit rates, MRR, false answers, AUROC, each with a
//! bootstrap 95 % interval (Efron 1979, percentile method). Pure.

use std::collections::HashMap;
use std::hash::Hash;

use serde::Serialize;

const DEPTH: usize = 10;
const RESAMPLES: usize = 1_000;
/// Fixed, so that the same rows give the same intervals.
const SEED: u64 = 0x5EED_2026;

/// The quality of one ranking.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Ranking {
    /// Normalised discounted cumulative gain at 10, gain 2^grade − 1
    /// (Järvelin, Kekäläinen 2002; Burges 2005).
    pub(super) ndcg: f64,
    /// 1-based place of the first relevant answer.
    pub(super) first: Option<usize>,
}

impl Ranking {
    pub(super) fn of<Id: Hash + Eq>(ranked: &[Id], relevant: &HashMap<Id, u32>) -> Self {
        let gain = |grade: u32| f64::from(2u32.saturating_pow(grade) - 1);
        let discount = |place: usize| 1.0 / ((place + 2) as f64).log2();
        let gained: f64 = ranked
            .iter()
            .take(DEPTH)
            .enumerate()
            .map(|(place, id)| gain(relevant.get(id).copied().unwrap_or(0)) * discount(place))
            .sum();
        let mut grades: Vec<u32> = relevant.values().copied().collect();
        grades.sort_unstable_by(|a, b| b.cmp(a));
        let ideal: f64 =
            grades.into_iter().take(DEPTH).enumerate().map(|(place, grade)| gain(grade) * discount(place)).sum();
        let first = ranked.iter().position(|id| relevant.get(id).is_some_and(|grade| *grade > 0));
        Self { ndcg: if ideal > 0.0 { gained / ideal } else { 0.0 }, first: first.map(|place| place + 1) }
    }

    pub(super) fn hit(&self, depth: usize) -> f64 {
        f64::from(u8::from(self.first.is_some_and(|place| place <= depth)))
    }
}

/// One query, measured.
#[derive(Debug, Clone)]
pub(super) struct QueryOutcome {
    pub(super) lang: Option<String>,
    /// Whether anything is relevant to it.
    pub(super) answerable: bool,
    pub(super) ranking: Ranking,
    /// Score of the best hit.
    pub(super) score: f64,
    /// Whether the verdict was that somebody said it.
    pub(super) said: bool,
}

/// A value with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(super) struct Figure {
    pub(super) value: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

/// All figures. Those without rows are absent.
#[derive(Debug, Serialize)]
pub(super) struct Figures {
    ndcg_at_10: Option<Figure>,
    hit_at_1: Option<Figure>,
    hit_at_3: Option<Figure>,
    hit_at_10: Option<Figure>,
    mrr: Option<Figure>,
    /// The share of unanswerable rows with the verdict "said".
    false_answer_rate: Option<Figure>,
    /// The share of answerable rows with another verdict than "said".
    false_refusal_rate: Option<Figure>,
    /// Probability that an answerable row's best score is above an unanswerable one's.
    auroc: Option<Figure>,
}

impl Figures {
    pub(super) fn named(&self) -> [(&'static str, Option<Figure>); 8] {
        [
            ("nDCG@10", self.ndcg_at_10),
            ("hit@1", self.hit_at_1),
            ("hit@3", self.hit_at_3),
            ("hit@10", self.hit_at_10),
            ("MRR", self.mrr),
            ("false-answer rate", self.false_answer_rate),
            ("false-refusal rate", self.false_refusal_rate),
            ("AUROC", self.auroc),
        ]
    }
}

pub(super) fn figures(rows: &[&QueryOutcome]) -> Figures {
    let (answerable, unanswerable): (Vec<&QueryOutcome>, Vec<&QueryOutcome>) =
        rows.iter().partition(|row| row.answerable);
    let over = |rows: &[&QueryOutcome], value: &dyn Fn(&QueryOutcome) -> f64| {
        let values: Vec<f64> = rows.iter().map(|row| value(row)).collect();
        interval(&[&values], |samples| mean(&samples[0]))
    };
    let scores = |rows: &[&QueryOutcome]| rows.iter().map(|row| row.score).collect::<Vec<_>>();
    Figures {
        ndcg_at_10: over(&answerable, &|row| row.ranking.ndcg),
        hit_at_1: over(&answerable, &|row| row.ranking.hit(1)),
        hit_at_3: over(&answerable, &|row| row.ranking.hit(3)),
        hit_at_10: over(&answerable, &|row| row.ranking.hit(10)),
        mrr: over(&answerable, &|row| row.ranking.first.map_or(0.0, |place| 1.0 / place as f64)),
        false_answer_rate: over(&unanswerable, &|row| f64::from(u8::from(row.said))),
        false_refusal_rate: over(&answerable, &|row| f64::from(u8::from(!row.said))),
        auroc: interval(&[&scores(&answerable), &scores(&unanswerable)], |samples| auroc(&samples[0], &samples[1])),
    }
}

/// The statistic of the rows, and its spread over resampled rows, with each group resampled by itself;
/// `None` if a group is empty.
fn interval(groups: &[&[f64]], statistic: impl Fn(&[Vec<f64>]) -> f64) -> Option<Figure> {
    if groups.iter().any(|group| group.is_empty()) {
        return None;
    }
    let own: Vec<Vec<f64>> = groups.iter().map(|group| group.to_vec()).collect();
    let mut random = SplitMix::seeded();
    let mut spread: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let resample = |group: &&[f64]| (0..group.len()).map(|_| group[random.below(group.len())]).collect();
            statistic(&groups.iter().map(resample).collect::<Vec<_>>())
        })
        .collect();
    spread.sort_by(f64::total_cmp);
    let at = |share: f64| spread[((RESAMPLES - 1) as f64 * share).round() as usize];
    Some(Figure { value: statistic(&own), low: at(0.025), high: at(0.975) })
}

/// The mean; NaN if there are no values.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The area under the ROC curve, by the Mann–Whitney statistic. Ties count half.
pub(super) fn auroc(positive: &[f64], negative: &[f64]) -> f64 {
    let mut sorted = negative.to_vec();
    sorted.sort_by(f64::total_cmp);
    let wins: f64 = positive
        .iter()
        .map(|score| {
            let below = sorted.partition_point(|other| other < score);
            let up_to = sorted.partition_point(|other| other <= score);
            (below + up_to) as f64 / 2.0
        })
        .sum();
    wins / (positive.len() * negative.len()) as f64
}

/// A random generator (Steele, Lea, Flood 2014). It is small, and the same on every machine.
pub(super) struct SplitMix(u64);

impl SplitMix {
    /// A generator that gives the same numbers every time.
    pub(super) fn seeded() -> Self {
        Self(SEED)
    }

    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % bound as u64) as usize
    }
}

#[cfg(test)]
mod tests;
