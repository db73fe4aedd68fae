//! How much of a snapshot the encoder has read closely. The rest has provisional vectors, so nobody can say yet what is
//! not in it.

use serde::Serialize;
use utoipa::ToSchema;

/// How many of the passages that were searched are read closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadSoFar {
    /// The passages that are read closely, each with its question.
    pub closely: usize,
    /// All passages.
    pub passages: usize,
}
