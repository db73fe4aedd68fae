//! Content hashes of sources and encoders. This module is pure.

use std::fmt::Write as _;
use std::io::{self, Read};

use sha2::{Digest, Sha256};

/// Returns the SHA-256 of the parts in a row, as 64 lower-case hex digits.
pub fn sha256_hex(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// SHA-256 of all that a reader gives, read part by part.
///
/// # Errors
/// If it cannot be read.
pub fn sha256_of(mut reader: impl Read) -> io::Result<String> {
    let mut hash = Sha256::new();
    io::copy(&mut reader, &mut hash)?;
    Ok(hex(&hash.finalize()))
}

/// Bytes as lower-case hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// The number of hex digits that a permalink keeps of the hash of its words.
pub const PERMALINK_DIGITS: usize = 16;

/// Returns the hash of a permalink's words. The words come without white space.
pub fn permalink_hash(words: &[u8]) -> String {
    let hash = sha256_hex(&[b"words\n", words]);
    hash.get(..PERMALINK_DIGITS).unwrap_or(&hash).to_owned()
}
