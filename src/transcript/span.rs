//! A place in a restored text. It ensures that no offset is used on the wrong text or off a character
//! boundary.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A UTF-8 byte range on character boundaries of one restored text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// The only constructor; `None` if the range is reversed, outside `text`, or cuts a character.
    pub fn new(text: &str, range: Range<usize>) -> Option<Self> {
        text.get(range.clone())?;
        Some(Self { start: range.start, end: range.end })
    }

    /// The span of `part`, which must be a slice of `text` itself.
    pub(crate) fn of(text: &str, part: &str) -> Option<Self> {
        let start = (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)?;
        Self::new(text, start..start + part.len())
    }

    /// An empty span where `other` begins.
    pub(crate) fn empty_at(other: Self) -> Self {
        Self { start: other.start, end: other.start }
    }

    /// First byte.
    pub fn start(self) -> usize {
        self.start
    }

    /// One past the last byte.
    pub fn end(self) -> usize {
        self.end
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The words at the span; `None` if `text` is not its text.
    pub fn of_text(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// From the start of this one to the end of `last`.
    pub(crate) fn through(self, last: Self) -> Self {
        Self { start: self.start, end: last.end.max(self.start) }
    }
}
