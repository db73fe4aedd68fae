//! Received → restored text. (Placeholder while the real room is being built.)
use std::ops::Range;
/// The restored text of one transcript, and how it came about.
#[derive(Debug, Clone)]
pub struct Restored {
    text: String,
}
/// One.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Restoration {
    /// Line.
    pub line: usize,
    /// Received.
    pub received: String,
    /// Restored.
    pub restored: String,
    /// Span.
    pub received_span: Range<usize>,
    /// Span.
    pub restored_span: Range<usize>,
    /// Proved.
    pub proved: bool,
}
impl Restored {
    /// Text.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// Received.
    pub fn received(&self) -> &str {
        &self.text
    }
    /// Restorations.
    pub fn restorations(&self) -> &[Restoration] {
        &[]
    }
    /// Range.
    pub fn received_range(&self, restored: Range<usize>) -> Range<usize> {
        restored
    }
    /// Range.
    pub fn restored_range(&self, received: Range<usize>) -> Range<usize> {
        received
    }
}
/// Restore.
pub fn restore(received: &str) -> Restored {
    Restored { text: received.to_owned() }
}
