//! How much is taken in. Each bound has a unit, and a sentence when it is met.

/// The bounds of a library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// MiB of one file, and of one upload.
    pub file_mib: u64,
    /// Passages of all transcripts together.
    pub passages: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_mib: 64, passages: 1_000_000 }
    }
}

impl Limits {
    /// Bytes of one file.
    pub fn file_bytes(&self) -> u64 {
        self.file_mib.saturating_mul(1 << 20)
    }
}
