//! What a score means in words.

use serde::Serialize;

/// Whether anybody said what a query asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// At least one answer speaks to it.
    Said,
    /// None does, but one is near.
    Related,
    /// Nobody said it.
    NotSaid,
}

/// An answer speaks to a query when it more probably does than not.
const SAID: f32 = 0.5;
/// Below this, even the nearest is not worth showing.
const RELATED: f32 = 0.2;

impl Verdict {
    /// The verdict on a score (a probability, 0 to 1).
    pub fn of(score: f32) -> Self {
        if score >= SAID {
            Self::Said
        } else if score >= RELATED {
            Self::Related
        } else {
            Self::NotSaid
        }
    }
}
