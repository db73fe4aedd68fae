//! The key of a folder, and the marks that it makes. A mark is a keyed hash, by which withdrawn words
//! are found again. It tells nothing without the key. A person with the key can test a guess. The key
//! is random, kept in a file of its own, and never shown.

use std::collections::HashSet;
use std::fmt::{self, Write as _};
use std::fs;
use std::path::Path;

use siphasher::sip::SipHasher24 as Short;
use siphasher::sip128::SipHasher24 as Long;

use super::person_names::{SharedParts, Ways};
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::library::store::atomic_file::{self, LinkPolicy};

const FILE: &str = "key";
/// The kinds of marks of names.
const NAME: &str = "name";
const SPELT: &str = "name spelt in letters";
/// The most bytes of the key's file.
const MOST: u64 = 256;

/// A folder's key.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct WithdrawalKey([u8; 32]);

impl fmt::Debug for WithdrawalKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

impl WithdrawalKey {
    /// Draws a new key.
    pub(crate) fn random() -> Result<Self, Error> {
        let mut key = [0; 32];
        getrandom::fill(&mut key)
            .map_err(|error| Error::Write { path: FILE.into(), source: std::io::Error::other(error.to_string()) })?;
        Ok(Self(key))
    }

    /// Whether a folder's corner has the file of a key, whole or malformed.
    pub(crate) fn is_in(corner: &Path) -> bool {
        fs::symlink_metadata(corner.join(FILE)).is_ok()
    }

    /// The key in a folder's corner. `None` if there is none, or if its file is malformed.
    pub(crate) fn load(corner: &Path) -> Result<Option<Self>, Error> {
        if !Self::is_in(corner) {
            return Ok(None);
        }
        let path = corner.join(FILE);
        let text = atomic_file::read(&path, MOST, LinkPolicy::Refused)?;
        let digits = text.trim_ascii();
        let mut key = [0; 32];
        if digits.len() != 64 {
            return Ok(None);
        }
        for (byte, two) in key.iter_mut().zip(digits.chunks_exact(2)) {
            let Some(read) = std::str::from_utf8(two).ok().and_then(|two| u8::from_str_radix(two, 16).ok()) else {
                return Ok(None);
            };
            *byte = read;
        }
        Ok(Some(Self(key)))
    }

    pub(crate) fn save(&self, corner: &Path) -> Result<(), Error> {
        let temporary = corner.join("key.new");
        let mut digits = String::with_capacity(65);
        for byte in self.0 {
            // Writing to a String cannot fail.
            let _ = write!(digits, "{byte:02x}");
        }
        atomic_file::prepare(&temporary, (digits + "\n").as_bytes())?;
        atomic_file::place(&temporary, &corner.join(FILE))
    }

    /// The mark of some bytes; `kind` keeps marks of different things apart.
    fn mark(&self, kind: &str, bytes: &[u8]) -> String {
        format!("{:032x}", self.number(kind, bytes))
    }

    fn number(&self, kind: &str, bytes: &[u8]) -> u128 {
        Long::new_with_key(&self.half(0)).hash(&[kind.as_bytes(), b"\n", bytes].concat()).as_u128()
    }

    /// The mark of the key itself. It tells this key from others.
    pub(crate) fn own(&self) -> String {
        self.mark("key", b"")
    }

    /// The mark of a source, by its SHA-256 or the first [`WithdrawalKey::DIGITS`] digits of it.
    pub(crate) fn source(&self, sha256: &str) -> Option<String> {
        let digits = sha256.get(..Self::DIGITS)?.to_ascii_lowercase();
        Some(self.mark("source", digits.as_bytes()))
    }

    /// How many digits of a source's SHA-256 tell it from others.
    pub(crate) const DIGITS: usize = 16;

    /// The name of a file of marks.
    pub(crate) fn id(&self, text: &str) -> String {
        self.mark("words", text.as_bytes())
    }

    /// The mark of one way to write a person's name.
    fn name(&self, letters: &str) -> String {
        self.mark(NAME, letters.as_bytes())
    }

    /// The mark of a Chinese name that is spelt in letters.
    fn spelt(&self, letters: &str) -> String {
        self.mark(SPELT, letters.as_bytes())
    }

    /// The mark of one way to write a name, as a number.
    pub(crate) fn name_number(&self, letters: &str) -> u128 {
        self.number(NAME, letters.as_bytes())
    }

    /// The mark of a Chinese name that is spelt in letters, as a number.
    pub(crate) fn spelt_number(&self, letters: &str) -> u128 {
        self.number(SPELT, letters.as_bytes())
    }

    /// The marks that are kept of a person's name. They recognise it however it is written.
    #[cfg(test)]
    pub(crate) fn names(&self, name: &str) -> Vec<String> {
        self.names_among(name, &SharedParts::default())
    }

    /// The marks that are kept of a person's name. Parts of the label that others share are left out.
    pub(crate) fn names_among(&self, name: &str, shared: &SharedParts) -> Vec<String> {
        let ways = Ways::among(name, shared);
        ways.letters.iter().map(|way| self.name(way)).chain(ways.spelt.iter().map(|way| self.spelt(way))).collect()
    }

    /// The marks by which a name is recognised, made once for many comparisons.
    pub(crate) fn marks_of(&self, name: &str, shared: &SharedParts) -> NameMarks {
        let ways = Ways::among(name, shared);
        let own = ways.letters.iter().chain(&ways.spelt).chain(&ways.turned).map(|way| self.name(way));
        let spelt = ways.latin().map(|way| self.spelt(way));
        let old = self.old_name(&sha256_hex(&[b"interviewee\n", name.as_bytes()]));
        NameMarks(own.chain(spelt).chain([old]).collect())
    }

    /// The mark of a name that version 1 kept as an unkeyed hash.
    pub(crate) fn old_name(&self, hash: &str) -> String {
        format!("1:{}", self.mark("name of version 1", hash.as_bytes()))
    }

    /// Whether a name, however it is written, is among these marks.
    pub(crate) fn knows(&self, name: &str, marks: &[String]) -> bool {
        !marks.is_empty() && self.marks_of(name, &SharedParts::default()).are_among(marks)
    }

    /// The maker of marks for letters.
    pub(crate) fn letters(&self) -> Marker {
        Marker(Short::new_with_key(&self.half(16)))
    }

    fn half(&self, from: usize) -> [u8; 16] {
        let mut half = [0; 16];
        half.copy_from_slice(&self.0[from..from + 16]);
        half
    }
}

/// The marks by which a name is known.
pub(crate) struct NameMarks(HashSet<String>);

impl NameMarks {
    /// Whether this is one of them.
    pub(crate) fn has(&self, mark: &str) -> bool {
        self.0.contains(mark)
    }

    /// Whether any of them is among `marks`.
    pub(crate) fn are_among(&self, marks: &[String]) -> bool {
        marks.iter().any(|mark| self.0.contains(mark))
    }
}

/// Whether two names are the same, however they are written.
pub fn same_name(one: &str, other: &str) -> bool {
    one == other || Ways::of(one).meet(&Ways::of(other))
}

/// Whether two labels of a transcript are those of one person. `shared` is what its labels have in common.
pub(crate) fn same_name_among(one: &str, other: &str, shared: &SharedParts) -> bool {
    one == other || Ways::among(one, shared).meet(&Ways::among(other, shared))
}

/// Makes marks of letters.
#[derive(Clone)]
pub(crate) struct Marker(Short);

impl Marker {
    pub(crate) fn mark(&self, letters: &[char]) -> u64 {
        let mut bytes = [0; 4 * 64];
        let mut long;
        let bytes: &mut [u8] = if letters.len() <= 64 {
            &mut bytes[..4 * letters.len()]
        } else {
            long = vec![0; 4 * letters.len()];
            &mut long
        };
        for (four, letter) in bytes.chunks_exact_mut(4).zip(letters) {
            four.copy_from_slice(&u32::from(*letter).to_le_bytes());
        }
        self.0.hash(bytes)
    }

    /// The mark of quoted words, made from the hash that a permalink keeps of them.
    pub(crate) fn quote(&self, hash: &str) -> u64 {
        self.0.hash(&[b"quote\n", hash.as_bytes()].concat())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_however_it_is_written_and_only_with_the_key() {
        let (key, other) = (WithdrawalKey([7; 32]), WithdrawalKey([8; 32]));
        let marks = [key.names("Mary Quux"), key.names("張三")].concat();
        for same in [
            "mary quux",
            "MARY  QUUX",
            "Ｍａｒｙ　Ｑｕｕｘ",
            "Mary\u{a0}Quux",
            "MaryQuux",
            "张三",
            "張 三",
            "Máry Quux",
        ] {
            assert!(key.knows(same, &marks), "{same}");
        }
        assert!(!key.knows("Mary Quuz", &marks) && !key.knows("李四", &marks) && !key.knows("…", &marks));
        assert!(!other.knows("Mary Quux", &marks), "without the key a mark tells nothing");
    }

    #[test]
    fn a_key_is_kept_for_its_owner_and_is_the_same_when_it_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let key = WithdrawalKey::random().expect("chance");
        assert_ne!(key, WithdrawalKey::random().expect("chance"));
        assert!(WithdrawalKey::load(folder.path()).expect("read").is_none());
        key.save(folder.path()).expect("written");
        assert_eq!(WithdrawalKey::load(folder.path()).expect("read"), Some(key.clone()));
        assert_eq!(format!("{key:?}"), "Secret");
        fs::write(folder.path().join(FILE), "no key").expect("written");
        assert!(WithdrawalKey::load(folder.path()).expect("read").is_none());
    }
}
