//! The words for probabilities.

/// The words for probabilities.
#[derive(Debug)]
pub(crate) struct ScoreWords {
    pub(crate) almost_certain: &'static str,
    pub(crate) very_likely: &'static str,
    pub(crate) likely: &'static str,
    pub(crate) related: &'static str,
}

impl ScoreWords {
    /// Returns the word for a probability.
    pub(crate) fn word(&self, probability: f64) -> &'static str {
        match probability {
            p if p >= 0.9 => self.almost_certain,
            p if p >= 0.75 => self.very_likely,
            p if p >= 0.5 => self.likely,
            _ => self.related,
        }
    }
}
