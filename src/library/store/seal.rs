//! The key by which this user's program knows its own caches again. It lies outside every library. A
//! folder from somebody else can bring a cache of its own, whose text must not be shown as the words of
//! a source.

use std::fmt::Write as _;
use std::fs;
use std::hash::Hasher as _;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use siphasher::sip128::{Hasher128 as _, SipHasher24};

use super::atomic_file::{self, LinkPolicy};

/// Bytes of a seal.
pub(crate) const BYTES: usize = 16;
/// The most bytes of the key's file.
const MAX_KEY_BYTES: u64 = 256;
/// Bytes of a file that are sealed in one go.
const BYTES_PER_UPDATE: usize = 1 << 20;

/// A key that seals.
#[derive(Clone)]
pub(crate) struct RowSeal([u8; BYTES]);

impl RowSeal {
    /// The key in a file, which is made if it is missing. `None` if there can be no key. Then nothing
    /// is kept.
    pub(crate) fn in_file(path: &Path) -> Option<Self> {
        if let Some(known) = Self::read(path) {
            return Some(known);
        }
        let mut key = [0; BYTES];
        getrandom::fill(&mut key).ok()?;
        let mut digits = String::with_capacity(2 * BYTES);
        for byte in key {
            // Writing to a String cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        let folder = path.parent()?;
        atomic_file::folder(folder).ok()?;
        // Other processes may do the same, so the file name is random. It tells nothing of the key.
        let mut chance = [0; 4];
        getrandom::fill(&mut chance).ok()?;
        let temporary = folder.join(format!("seal-{:08x}.new", u32::from_le_bytes(chance)));
        atomic_file::prepare(&temporary, digits.as_bytes()).ok()?;
        // Another process may have made the key meanwhile. The first one holds.
        let made = fs::hard_link(&temporary, path).is_ok();
        let _ = fs::remove_file(&temporary);
        if made { Some(Self(key)) } else { Self::read(path) }
    }

    fn read(path: &Path) -> Option<Self> {
        let text = atomic_file::read(path, MAX_KEY_BYTES, LinkPolicy::Refused).ok()?;
        let digits = text.trim_ascii();
        if digits.len() != 2 * BYTES {
            return None;
        }
        let mut key = [0; BYTES];
        for (byte, two) in key.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = u8::from_str_radix(std::str::from_utf8(two).ok()?, 16).ok()?;
        }
        Some(Self(key))
    }

    /// The seal of these parts. The length of each part counts.
    pub(crate) fn of(&self, parts: &[&[u8]]) -> [u8; BYTES] {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        for part in parts {
            hasher.write(&(part.len() as u64).to_le_bytes());
            hasher.write(part);
        }
        hasher.finish128().as_bytes()
    }

    /// The seal of a label and of files: their names and their bytes. The files may be large.
    pub(super) fn of_files(&self, label: &[&[u8]], files: &[PathBuf]) -> io::Result<[u8; BYTES]> {
        let mut hasher = SipHasher24::new_with_key(&self.0);
        let part = |hasher: &mut SipHasher24, part: &[u8]| {
            hasher.write(&(part.len() as u64).to_le_bytes());
            hasher.write(part);
        };
        for label in label {
            part(&mut hasher, label);
        }
        let mut some = vec![0; BYTES_PER_UPDATE];
        for path in files {
            part(&mut hasher, path.file_name().unwrap_or_default().as_encoded_bytes());
            let mut file = atomic_file::open_to_read(path)?;
            hasher.write(&file.metadata()?.len().to_le_bytes());
            loop {
                let count = file.read(&mut some)?;
                if count == 0 {
                    break;
                }
                hasher.write(some.get(..count).unwrap_or_default());
            }
        }
        Ok(hasher.finish128().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_another_key_makes_other_seals() {
        let folder = tempfile::tempdir().expect("a folder");
        let at = |name: &str| folder.path().join("deep").join(name);
        let (one, again, other) = (RowSeal::in_file(&at("a")), RowSeal::in_file(&at("a")), RowSeal::in_file(&at("b")));
        let seal = |key: &Option<RowSeal>, parts: &[&[u8]]| key.as_ref().expect("a key").of(parts);
        assert_eq!(seal(&one, &[b"words"]), seal(&again, &[b"words"]));
        assert_ne!(seal(&one, &[b"words"]), seal(&other, &[b"words"]));
        assert_ne!(seal(&one, &[b"ab", b"c"]), seal(&one, &[b"a", b"bc"]), "where one part ends counts");
        fs::write(at("c"), "no key").expect("written");
        assert!(RowSeal::in_file(&at("c")).is_none());
    }
}
