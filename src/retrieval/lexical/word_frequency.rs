//! How common words are in speech. The weight of a word then does not depend on which files lie
//! together. The table is part of the binary. `word_frequency/tests.rs` makes it from open interviews.
//!
//! The file is little-endian. It has `YCOM1\n`, the number of words `u32`, the number of bytes `u32`,
//! the length of each word `u8`, the words end to end and sorted by their bytes, and the rarity of each
//! word `u8`. A rarity is minus the natural logarithm of the share of passages that hold the word, in
//! steps of 1/20.

use std::sync::LazyLock;

static FILE: &[u8] = include_bytes!("../../../models/common.bin");
const MAGIC: &[u8] = b"YCOM1\n";
/// The steps of 1 of rarity in the table.
const STEPS: f32 = 20.0;
/// The rarity of a word that is not in the table.
const UNLISTED: f32 = 11.5;
/// The rarity of any number. No table can list them.
const NUMBER: f32 = 6.0;

/// The least rarity of a word that is in none of our dictionaries.
pub const MIN_UNLISTED_RARITY: f32 = 11.4;
/// The least rarity of a word that tells one subject from another. About one passage in fifty holds a word of this
/// rarity.
pub const MIN_TELLING_RARITY: f32 = 4.0;

/// A malformed file gives an empty table. A test checks the form.
static TABLE: LazyLock<Table> = LazyLock::new(|| Table::read(FILE).unwrap_or_default());

/// The rarity of a term, as [`super::terms()`] gives it: minus the logarithm of the share of passages
/// that hold it.
pub fn rarity(term: &str) -> f32 {
    let is_number = !term.is_empty() && term.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { NUMBER } else { TABLE.rarity(term).unwrap_or(UNLISTED) }
}

/// Whether a term is in none of our dictionaries.
pub fn is_unlisted(term: &str) -> bool {
    rarity(term) >= MIN_UNLISTED_RARITY
}

/// The share, 0 to 1, of passages that hold a term.
pub(super) fn share(term: &str) -> f32 {
    (-rarity(term)).exp()
}

#[derive(Default)]
struct Table {
    words: &'static [u8],
    /// Where each word ends.
    ends: Vec<usize>,
    rarities: &'static [u8],
}

impl Table {
    fn read(file: &'static [u8]) -> Option<Self> {
        let rest = file.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_first_chunk::<4>()?;
        let (bytes, rest) = rest.split_first_chunk::<4>()?;
        let (count, bytes) = (u32::from_le_bytes(*count) as usize, u32::from_le_bytes(*bytes) as usize);
        let (lengths, rest) = rest.split_at_checked(count)?;
        let (words, rarities) = rest.split_at_checked(bytes)?;
        let mut end = 0;
        let ends: Vec<usize> = lengths
            .iter()
            .map(|length| {
                end += usize::from(*length);
                end
            })
            .collect();
        (end == bytes && rarities.len() == count).then_some(Self { words, ends, rarities })
    }

    fn word(&self, place: usize) -> &'static [u8] {
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.words.get(start..self.ends[place]).unwrap_or_default()
    }

    fn rarity(&self, term: &str) -> Option<f32> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.word(middle).cmp(term.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(f32::from(self.rarities[middle]) / STEPS),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

#[cfg(test)]
mod tests;
