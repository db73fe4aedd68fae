//! The limits of one source. A source beyond a limit is refused with a sentence that names it. Nothing
//! is cut off silently.

use crate::error::ReadError;

/// The limits of one source, each with its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadLimits {
    /// MiB that a compressed source (DOCX, PDF) may unpack to.
    pub unpacked_mib: u64,
    /// MiB of text in one source, after decoding or extraction.
    pub text_mib: usize,
    /// KiB in one line of text.
    pub line_kib: usize,
    /// Elements inside one another, in XML, HTML and JSON.
    pub nesting: usize,
    /// Turns in one transcript.
    pub turns: usize,
    /// Pages of one PDF.
    pub pages: usize,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self { unpacked_mib: 64, text_mib: 32, line_kib: 1024, nesting: 200, turns: 100_000, pages: 5000 }
    }
}

impl ReadLimits {
    /// Bytes that a compressed source may unpack to.
    pub fn unpacked_bytes(&self) -> u64 {
        self.unpacked_mib.saturating_mul(1 << 20)
    }

    /// The limit of one text, in bytes.
    pub fn text_bytes(&self) -> usize {
        self.text_mib.saturating_mul(1 << 20)
    }

    /// The limit of one line, in bytes.
    pub fn line_bytes(&self) -> usize {
        self.line_kib.saturating_mul(1 << 10)
    }

    /// Refuses a text that is too long, or has a line that is too long.
    pub(super) fn check_text(&self, text: &str) -> Result<(), ReadError> {
        if text.len() > self.text_bytes() {
            return Err(ReadError::TooLong { megabytes: self.text_mib });
        }
        match text.lines().position(|line| line.len() > self.line_bytes()) {
            Some(at) => Err(ReadError::LongLine { line: at + 1, kilobytes: self.line_kib }),
            None => Ok(()),
        }
    }
}
