//! How much is taken in. Each bound has a unit, and a sentence when it is met.

use crate::error::Error;
use crate::transcript;

/// The bounds of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// MiB of one file, and of one upload.
    pub file_mib: u64,
    /// Passages of all transcripts together.
    pub passages: usize,
    /// Files added at once.
    pub files: usize,
    /// Of one source, once it is open.
    pub source: transcript::Limits,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_mib: 64, passages: 1_000_000, files: 10_000, source: transcript::Limits::default() }
    }
}

impl Limits {
    /// Bytes of one file.
    pub fn file_bytes(&self) -> u64 {
        self.file_mib.saturating_mul(1 << 20)
    }

    /// Refuses a file that is larger than is read.
    ///
    /// # Errors
    /// When it is.
    pub fn check_size(&self, file: &str, bytes: u64) -> Result<(), Error> {
        if bytes <= self.file_bytes() {
            return Ok(());
        }
        Err(Error::FileTooLarge { file: file.to_owned(), mib: bytes.div_ceil(1 << 20), most: self.file_mib })
    }
}
