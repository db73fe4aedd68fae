//! The limits of what a library takes in. Each limit has a unit and its own error.

use crate::error::Error;
use crate::transcript;

/// The limits of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LibraryLimits {
    /// The size of one file, and of one upload, in MiB.
    pub file_mib: u64,
    /// Embedded texts, passages and questions, of all transcripts together.
    pub passages: usize,
    /// Files added in one go.
    pub files: usize,
    /// The limits within one source, once it is unpacked.
    pub source: transcript::ReadLimits,
}

impl Default for LibraryLimits {
    fn default() -> Self {
        Self { file_mib: 64, passages: 1_000_000, files: 10_000, source: transcript::ReadLimits::default() }
    }
}

impl LibraryLimits {
    /// The size limit of one file, in bytes.
    pub fn file_bytes(&self) -> u64 {
        self.file_mib.saturating_mul(1 << 20)
    }

    /// Refuses a file above the size limit.
    ///
    /// # Errors
    /// If the file is larger than the limit.
    pub fn check_size(&self, file: &str, bytes: u64) -> Result<(), Error> {
        if bytes <= self.file_bytes() {
            return Ok(());
        }
        Err(Error::FileTooLarge { file: file.to_owned(), mib: bytes.div_ceil(1 << 20), most: self.file_mib })
    }
}
