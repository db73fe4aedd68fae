//! How much one source may ask of the machine. A source beyond a limit is
//! refused with a sentence that names it; nothing is cut off silently.

use crate::error::ReadError;

/// Bytes that a compressed source (DOCX, PDF) may unpack to.
pub const MAX_UNPACKED_BYTES: u64 = 64 << 20;
/// Bytes of text in one source, after decoding or extraction.
pub const MAX_TEXT_BYTES: usize = 32 << 20;
/// Bytes in one line of text.
pub const MAX_LINE_BYTES: usize = 1 << 20;
/// Elements inside one another, in XML, HTML and JSON.
pub const MAX_NESTING: usize = 200;
/// Turns in one transcript.
pub const MAX_TURNS: usize = 100_000;

/// Refuses a text beyond [`MAX_TEXT_BYTES`] or with a line beyond [`MAX_LINE_BYTES`].
pub(super) fn check_text(text: &str) -> Result<(), ReadError> {
    if text.len() > MAX_TEXT_BYTES {
        return Err(ReadError::TooLong { megabytes: MAX_TEXT_BYTES >> 20 });
    }
    match text.lines().position(|line| line.len() > MAX_LINE_BYTES) {
        Some(at) => Err(ReadError::LongLine { line: at + 1, kilobytes: MAX_LINE_BYTES >> 10 }),
        None => Ok(()),
    }
}
