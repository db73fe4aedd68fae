//! Signals → one probability, by the numbers of `models/calibration.json`. `models/train/score.py` writes that file.
//! The file says which data each number was fit on.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::signals::Signals;
use crate::error::Error;

static FILE: &str = include_str!("../../models/calibration.json");
static CALIBRATION: LazyLock<Result<Calibration, String>> = LazyLock::new(|| Calibration::read(FILE));

/// The factor that puts a score just below the threshold.
const JUST_BELOW: f32 = 0.98;

/// The numbers behind verdicts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calibration {
    /// The fingerprint of the encoder whose cosines the weights are fit to. A test compares it with the built-in
    /// encoder. The cosines of other encoders are brought to its scale.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test"))]
    encoder: String,
    /// The fit without a judge.
    alone: Fit,
    /// The fit with the value of the judge, for answers that it read: whether they speak to the query.
    #[serde(default)]
    judged: Option<Fit>,
    /// The fit with the value of the judge that puts the right answer first.
    #[serde(default)]
    ordered: Option<Fit>,
    pub(super) thresholds: Thresholds,
    /// The least cosine of an interview question that asks about the same subject.
    pub(super) asked: f32,
    /// The data of the fit, in words.
    #[serde(rename = "fit_on")]
    _fit_on: BTreeMap<String, String>,
}

/// A logistic curve over signals.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Fit {
    offset: f32,
    weights: BTreeMap<String, f32>,
}

/// The thresholds of the verdicts.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thresholds {
    /// The lowest probability of an answer that speaks to the query.
    pub(super) said: f32,
    /// The lowest probability of a related answer.
    pub(super) related: f32,
    /// The probability of an answer that uses the keyword of a query of a word or two.
    pub(super) uses_word: f32,
    /// The judge is not asked about an answer whose probability is at most this.
    pub(super) surely_not: f32,
    /// The judge is not asked about an answer whose probability is at least this.
    pub(super) surely: f32,
    /// The cost of a false answer, in false refusals. `said` balances both.
    #[serde(rename = "cost_of_false_answer")]
    _cost: f32,
}

/// Returns the built-in numbers.
///
/// # Errors
/// If the built-in file is malformed. A test checks it.
pub(super) fn calibration() -> Result<&'static Calibration, Error> {
    CALIBRATION.as_ref().map_err(|reason| Error::Calibration(reason.clone()))
}

impl Calibration {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let known = Signals::default().named();
        for fit in std::iter::once(&read.alone).chain(&read.judged).chain(&read.ordered) {
            if let Some(name) = fit.weights.keys().find(|name| known.iter().all(|(signal, _)| signal != name)) {
                return Err(format!("there is no signal called {name}"));
            }
            if !fit.offset.is_finite() || fit.weights.values().any(|weight| !weight.is_finite()) {
                return Err("a weight is no number".to_owned());
            }
        }
        let Thresholds { said, related, uses_word, surely_not, surely, .. } = read.thresholds;
        let rising =
            0.0 < related && related < said && said < 1.0 && surely_not < surely && (said..1.0).contains(&uses_word);
        if !rising {
            return Err("the thresholds do not rise from related over said".to_owned());
        }
        let with_judge = [&read.judged, &read.ordered];
        if read.alone.weights.contains_key("judge")
            || with_judge.into_iter().flatten().any(|fit| !fit.weights.contains_key("judge"))
        {
            return Err("only and always the weights with a judge name it".to_owned());
        }
        Ok(read)
    }

    /// Returns the probability, 0 to 1, that an answer speaks to the query. An answer without the wanted kind of fact,
    /// or with one of something else, is related at most.
    pub(super) fn probability(&self, signals: &Signals) -> f32 {
        self.by(self.fit(signals), signals)
    }

    /// Returns the place of an answer among others, 0 to 1. The first is the likeliest to be the best.
    pub(super) fn place(&self, signals: &Signals) -> f32 {
        let fit = self.ordered.as_ref().filter(|_| signals.judge.is_some());
        self.by(fit.unwrap_or_else(|| self.fit(signals)), signals)
    }

    fn by(&self, fit: &Fit, signals: &Signals) -> f32 {
        let values = signals.named();
        let sum: f32 =
            values.iter().map(|(name, value)| fit.weights.get(*name).map_or(0.0, |weight| weight * value)).sum();
        let probability = 1.0 / (1.0 + (-(sum + fit.offset)).exp());
        if signals.lacks_fact > 0.0 || signals.off_subject > 0.0 {
            self.related_at_most(probability)
        } else {
            probability
        }
    }

    /// Returns a probability that is too low for an answer that speaks to the query.
    pub(super) fn related_at_most(&self, probability: f32) -> f32 {
        probability.min(self.thresholds.said * JUST_BELOW)
    }

    fn fit(&self, signals: &Signals) -> &Fit {
        self.judged.as_ref().filter(|_| signals.judge.is_some()).unwrap_or(&self.alone)
    }

    /// Returns the weight of each signal by its name, and the offset, as used for these signals.
    pub(super) fn weights(&self, signals: &Signals) -> BTreeMap<String, f32> {
        let fit = self.fit(signals);
        let mut weights = fit.weights.clone();
        weights.insert("offset".to_owned(), fit.offset);
        weights
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::encoder::Encoder;

    #[test]
    fn the_numbers_are_of_their_form_and_for_the_built_in_encoder() {
        let calibration = calibration().expect("of its form");
        let encoder = Encoder::built_in().expect("the built-in encoder loads");
        assert_eq!(calibration.encoder, encoder.fingerprint(), "fit again: models/train/score.py");
    }

    #[test]
    fn numbers_that_cannot_be_meant_are_refused() {
        for (right, wrong, reason) in [
            ("\"meaning\"", "\"meening\"", "meening"),
            ("\"related\": 0.", "\"related\": 1.", "rise"),
            ("\"offset\"", "\"of set\"", "unknown field"),
        ] {
            assert!(FILE.contains(right), "{right}");
            let complaint = Calibration::read(&FILE.replacen(right, wrong, 1)).expect_err("refused");
            assert!(complaint.contains(reason), "{complaint}");
        }
    }

    #[test]
    fn what_lacks_the_fact_asked_for_is_never_said() {
        let calibration = calibration().expect("of its form");
        let near = Signals { meaning: 1.0, near: 1.0, held: 1.0, rarest: 1.0, words: 1.0, ..Signals::default() };
        assert!(calibration.probability(&near) >= calibration.thresholds.said);
        for lacking in [Signals { lacks_fact: 1.0, ..near }, Signals { off_subject: 1.0, ..near }] {
            assert!(calibration.probability(&lacking) < calibration.thresholds.said);
        }
    }
}
