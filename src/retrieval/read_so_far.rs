//! How much of a snapshot the encoder has read closely. The rest has provisional vectors, so nobody can say yet what is
//! not in it.

use serde::Serialize;
use utoipa::ToSchema;

use super::corpus::PassageIndex;

/// How many of the passages that were searched are read closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadSoFar {
    /// The passages that are read closely, each with its question.
    pub closely: usize,
    /// All passages.
    pub passages: usize,
}

impl PassageIndex {
    /// How much of some answers is read closely; `None` if all of it is.
    pub fn read_so_far(&self, answers: impl IntoIterator<Item = usize>) -> Option<ReadSoFar> {
        if self.provisional.is_empty() {
            return None;
        }
        let (mut provisional, mut passages) = (0, 0);
        for answer in answers {
            let own = self.passages_of(answer);
            passages += own.len();
            provisional += own.filter(|passage| self.provisional.get(*passage).is_some_and(|is| *is)).count();
        }
        (provisional > 0).then_some(ReadSoFar { closely: passages - provisional, passages })
    }
}
