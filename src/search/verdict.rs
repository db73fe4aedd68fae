//! The verdict on a score.

use serde::Serialize;
use utoipa::ToSchema;

use super::score;

/// The verdict: whether anybody said it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// At least one answer speaks to it.
    Said,
    /// No answer speaks to it, but one is near.
    Related,
    /// Nobody said it.
    NotSaid,
}

impl Verdict {
    /// Returns the verdict on a score (a probability, 0 to 1), by the thresholds of the calibration.
    pub fn of(score: f32) -> Self {
        match score::calibration() {
            Ok(calibration) if score >= calibration.thresholds.said => Self::Said,
            Ok(calibration) if score >= calibration.thresholds.related => Self::Related,
            _ => Self::NotSaid,
        }
    }
}
