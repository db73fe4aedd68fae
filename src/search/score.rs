//! Signals → one probability, by the numbers of `models/calibration.json`, which
//! `models/train/score.py` writes and which says what each was fit on.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::ranking::Signals;
use crate::error::Error;

static FILE: &str = include_str!("../../models/calibration.json");
static CALIBRATION: LazyLock<Result<Calibration, String>> = LazyLock::new(|| Calibration::read(FILE));

/// The numbers that verdicts hang on.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Calibration {
    /// Of the encoder whose cosines the weights are fit to; a test compares it with the one built in, and
    /// another's cosines are brought to its scale.
    #[cfg_attr(not(test), expect(dead_code, reason = "read by the test"))]
    encoder: String,
    /// Without a judge.
    alone: Fit,
    /// With what the judge says, for answers that it read.
    #[serde(default)]
    judged: Option<Fit>,
    pub(super) thresholds: Thresholds,
    /// How near, by cosine, an interview question must be to have asked about the same.
    pub(super) asked: f32,
    /// What the numbers are fit on, in words.
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

/// Where verdicts begin.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Thresholds {
    /// From here on an answer speaks to the query.
    pub(super) said: f32,
    /// From here on the nearest answer is worth showing as related.
    pub(super) related: f32,
    /// The probability that an answer speaks to a query of a word or two that it uses.
    pub(super) uses_word: f32,
    /// The judge is not asked where the best answer's probability is at most this …
    pub(super) surely_not: f32,
    /// … or at least this.
    pub(super) surely: f32,
    /// What a false answer costs, a false refusal costing one: `said` is where both weigh the same.
    #[serde(rename = "cost_of_false_answer")]
    _cost: f32,
}

/// The numbers in force.
///
/// # Errors
/// When the file that was built in is not of its form; a test sees to it that it is.
pub(super) fn calibration() -> Result<&'static Calibration, Error> {
    CALIBRATION.as_ref().map_err(|reason| Error::Calibration(reason.clone()))
}

impl Calibration {
    fn read(text: &str) -> Result<Self, String> {
        let read: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let known = Signals::default().named();
        for fit in std::iter::once(&read.alone).chain(&read.judged) {
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
        if read.alone.weights.contains_key("judge")
            || read.judged.as_ref().is_some_and(|fit| !fit.weights.contains_key("judge"))
        {
            return Err("only and always the weights with a judge name it".to_owned());
        }
        Ok(read)
    }

    /// Probability, 0 to 1, that an answer speaks to the query. What lacks the kind of fact
    /// that is asked for is never more than related.
    pub(super) fn probability(&self, signals: &Signals) -> f32 {
        let fit = self.fit(signals);
        let values = signals.named();
        let sum: f32 =
            values.iter().map(|(name, value)| fit.weights.get(*name).map_or(0.0, |weight| weight * value)).sum();
        let probability = 1.0 / (1.0 + (-(sum + fit.offset)).exp());
        if signals.lacks_fact > 0.0 { probability.min(self.thresholds.said * JUST_BELOW) } else { probability }
    }

    fn fit(&self, signals: &Signals) -> &Fit {
        self.judged.as_ref().filter(|_| signals.judge.is_some()).unwrap_or(&self.alone)
    }

    /// The weight of each signal by its name, and the offset, as they were used for these.
    pub(super) fn weights(&self, signals: &Signals) -> BTreeMap<String, f32> {
        let fit = self.fit(signals);
        let mut weights = fit.weights.clone();
        weights.insert("offset".to_owned(), fit.offset);
        weights
    }
}

/// Of the threshold, what is as near below it as a percent tells.
const JUST_BELOW: f32 = 0.98;

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
        let lacking = Signals { lacks_fact: 1.0, ..near };
        assert!(calibration.probability(&near) >= calibration.thresholds.said);
        assert!(calibration.probability(&lacking) < calibration.thresholds.said);
    }
}
