//! A term of a folded text: what a search matches, and where it stands.

use std::ops::Range;

/// A term and where it stands in the folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term as it is matched: a Chinese word, an English word, a number.
    pub text: String,
    /// The byte range in the folded text.
    pub range: Range<usize>,
}
