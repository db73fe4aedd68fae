//! Names that stand together in a query. This module is pure.

use std::ops::Range;

/// Names that stand together in a query: 李强和田军.
#[derive(Debug, Clone)]
pub(super) struct NameGroup {
    /// The place of the names in the folded query, with titles.
    pub(super) range: Range<usize>,
    pub(super) people: Vec<String>,
    /// The number of names.
    pub(super) names: usize,
    /// Whether the last name follows "or".
    pub(super) either: bool,
    /// Whether a name in letters is typed without a capital.
    pub(super) lower: bool,
    /// Whether a name is also an ordinary word: 建国.
    pub(super) ordinary: bool,
}
