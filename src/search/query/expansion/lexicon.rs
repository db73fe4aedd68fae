//! The table of translations from English to Chinese and from Chinese to English. `models/train/lexicon.py` learnt it
//! from open data. It is part of the binary and is read at its first use.
//!
//! The file is little-endian. It begins with `YLEX2\n`. Two vocabularies follow, English and then Chinese. Each has the
//! number of words (`u32`), the number of bytes (`u32`), the length of each word (`u8`), and the words one after the
//! other, sorted by their bytes. Two tables follow, one for each vocabulary. Each has the number of entries (`u32`),
//! the number of entries of each word (`u8`), and the entries (`u32`). The lower three bytes of an entry are the
//! position of the other word in its vocabulary. The highest byte is the square root of the probability in units of
//! 1/255.

use std::sync::LazyLock;

static FILE: &[u8] = include_bytes!("../../../../models/lexicon.bin");
const MAGIC: &[u8] = b"YLEX2\n";

/// A malformed file translates nothing. A test checks the file.
static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(FILE).unwrap_or_default());

/// Returns the translations of a word with their probability, likeliest first. An ASCII word is an English stem.
pub(super) fn translations(word: &str) -> Vec<(&'static str, f32)> {
    LEXICON.translations(usize::from(!word.is_ascii()), word)
}

/// Returns the words of the same language that share translations with a word, likeliest first. They are translated and
/// translated back (Bannard, Callison-Burch 2005).
pub(super) fn paraphrases(word: &str) -> Vec<(&'static str, f32)> {
    let mut found: Vec<(&'static str, f32)> = Vec::new();
    for (between, there) in translations(word) {
        for (other, back) in translations(between) {
            match found.iter_mut().find(|(known, _)| *known == other) {
                _ if other == word || other.is_ascii() != word.is_ascii() => {}
                Some((_, chance)) => *chance += there * back,
                None => found.push((other, there * back)),
            }
        }
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
    found
}

#[derive(Default)]
struct Lexicon {
    vocabularies: [Vocabulary; 2],
    tables: [Entries; 2],
}

#[derive(Default)]
struct Vocabulary {
    words: &'static [u8],
    /// The end of each word in `words`.
    ends: Vec<u32>,
}

#[derive(Default)]
struct Entries {
    packed: &'static [u8],
    /// The end of the entries of each word.
    ends: Vec<u32>,
}

impl Lexicon {
    fn read(file: &'static [u8]) -> Option<Self> {
        let mut rest = file.strip_prefix(MAGIC)?;
        let mut vocabulary = || -> Option<Vocabulary> {
            let (count, bytes) = (number(&mut rest)?, number(&mut rest)?);
            let ends = sums(take(&mut rest, count)?);
            Some(Vocabulary { ends, words: take(&mut rest, bytes)? })
        };
        let vocabularies = [vocabulary()?, vocabulary()?];
        let mut table = |from: usize| -> Option<Entries> {
            let count = number(&mut rest)?;
            let ends = sums(take(&mut rest, vocabularies[from].ends.len())?);
            Some(Entries { ends, packed: take(&mut rest, count.checked_mul(4)?)? })
        };
        let tables = [table(0)?, table(1)?];
        rest.is_empty().then_some(Self { vocabularies, tables })
    }

    /// Translates from one language (0 English, 1 Chinese) to the other.
    fn translations(&self, from: usize, word: &str) -> Vec<(&'static str, f32)> {
        let to = 1 - from;
        let Some(place) = self.vocabularies[from].place(word) else { return Vec::new() };
        let entry = |packed: &[u8; 4]| {
            let [a, b, c, chance] = *packed;
            let other = self.vocabularies[to].word(u32::from_le_bytes([a, b, c, 0]) as usize)?;
            Some((other, (f32::from(chance) / 255.0).powi(2)))
        };
        let entries = &self.tables[from];
        let range = between(&entries.ends, place);
        let packed = entries.packed.get(range.start * 4..range.end * 4).unwrap_or_default();
        packed.as_chunks::<4>().0.iter().filter_map(entry).collect()
    }
}

impl Vocabulary {
    fn word(&self, place: usize) -> Option<&'static str> {
        (place < self.ends.len()).then_some(())?;
        std::str::from_utf8(self.words.get(between(&self.ends, place))?).ok()
    }

    fn place(&self, word: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.ends.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.words.get(between(&self.ends, middle))?.cmp(word.as_bytes()) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}

fn between(ends: &[u32], place: usize) -> std::ops::Range<usize> {
    let start = place.checked_sub(1).map_or(0, |before| ends[before]);
    start as usize..ends[place] as usize
}

fn sums(lengths: &[u8]) -> Vec<u32> {
    let mut total = 0;
    lengths
        .iter()
        .map(|length| {
            total += u32::from(*length);
            total
        })
        .collect()
}

fn number(rest: &mut &'static [u8]) -> Option<usize> {
    let (bytes, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    usize::try_from(u32::from_le_bytes(*bytes)).ok()
}

fn take(rest: &mut &'static [u8], count: usize) -> Option<&'static [u8]> {
    let (bytes, after) = rest.split_at_checked(count)?;
    *rest = after;
    Some(bytes)
}

#[cfg(test)]
mod tests;
