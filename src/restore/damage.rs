//! The forward model: what the pipeline did to a clean text. It judges every restoration: a candidate
//! that does not damage to the received text is rejected. So it is kept apart from all code that
//! guesses.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};

use super::gbk::{self, Code};

/// The full-width marks that the pipeline replaced, and by what: trail byte
/// (the lead byte is 0xA3 in all), ASCII byte, mark.
pub(super) const MARKS: [(u8, u8, char); 7] = [
    (0xAC, b',', '，'),
    (0xBF, b'?', '？'),
    (0xBB, b';', '；'),
    (0xBA, b':', '：'),
    (0xA1, b'!', '！'),
    (0xA8, b'(', '（'),
    (0xA9, b')', '）'),
];

/// The lead byte that all marks share.
pub(super) const MARK_LEAD: u8 = 0xA3;

/// The ASCII byte that replaces a pair, if the pair is a replaced mark.
pub(super) fn mark_of_pair(first: u8, second: u8) -> Option<u8> {
    if first != MARK_LEAD {
        return None;
    }
    MARKS.iter().find(|m| m.0 == second).map(|m| m.1)
}

/// The second byte of the mark that an ASCII byte replaces.
pub(super) fn second_of_mark(ascii: u8) -> Option<u8> {
    MARKS.iter().find(|m| m.1 == ascii).map(|m| m.0)
}

/// The characters after which the pipeline inserted a reading, in the order in
/// which it went through them, each with its one reading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DamageTable {
    entries: Vec<(char, String)>,
}

impl DamageTable {
    /// A table of `(character, reading)` in order; a character named twice
    /// keeps its first reading.
    pub fn new(entries: impl IntoIterator<Item = (char, String)>) -> Self {
        let mut seen = std::collections::HashSet::new();
        let entries = entries.into_iter().filter(|(c, _)| seen.insert(*c)).collect();
        Self { entries }
    }

    /// The `(character, reading)` pairs in order.
    pub fn entries(&self) -> &[(char, String)] {
        &self.entries
    }

    /// Whether the table names no character.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// The text as the pipeline would have delivered it. `None` when the text
/// cannot be encoded as GBK, or when its damage is outside the model (a table
/// reading that cannot be encoded, a lone byte 0x80 which decoders treat
/// differently).
pub fn damage(clean: &str, table: &DamageTable) -> Option<String> {
    Damager::new(table)?.damage(clean)
}

/// A table made ready for damaging many pieces of text.
pub(super) struct Damager {
    /// Pair → place in the table and the bytes to insert.
    pairs: HashMap<[u8; 2], (usize, Vec<u8>)>,
}

impl Damager {
    pub(super) fn new(table: &DamageTable) -> Option<Self> {
        let mut pairs = HashMap::with_capacity(table.entries.len());
        for (place, (c, reading)) in table.entries.iter().enumerate() {
            let Code::Pair(lead, trail) = gbk::encode(*c)? else {
                return None;
            };
            let mut insert = vec![b'('];
            push_encoded(reading, &mut insert)?;
            insert.push(b')');
            pairs.insert([lead, trail], (place, insert));
        }
        Some(Self { pairs })
    }

    pub(super) fn damage(&self, clean: &str) -> Option<String> {
        let mut bytes = Vec::with_capacity(clean.len());
        push_encoded(clean, &mut bytes)?;
        decode(&self.annotate(&replace_marks(&bytes)))
    }

    /// The insertions of all table characters in one pass. Going through the
    /// table one by one, an insertion parts two bytes, so a pair that overlaps
    /// an earlier entry's pair is no longer found.
    fn annotate(&self, bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(bytes.len() * 5 / 4);
        let mut parted_by: Option<usize> = None;
        for (at, &byte) in bytes.iter().enumerate() {
            out.push(byte);
            let pair = at.checked_sub(1).map(|before| [bytes[before], byte]);
            let entry = pair.and_then(|pair| self.pairs.get(&pair));
            parted_by = match entry {
                Some((place, insert)) if parted_by.is_none_or(|earlier| earlier > *place) => {
                    out.extend_from_slice(insert);
                    Some(*place)
                }
                _ => None,
            };
        }
        out
    }
}

fn push_encoded(text: &str, out: &mut Vec<u8>) -> Option<()> {
    for c in text.chars() {
        match gbk::encode(c)? {
            Code::Ascii(byte) => out.push(byte),
            Code::Pair(lead, trail) => out.extend_from_slice(&[lead, trail]),
        }
    }
    Some(())
}

fn replace_marks(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let [first, tail @ ..] = rest {
        if let Some(ascii) = tail.first().and_then(|&second| mark_of_pair(*first, second)) {
            out.push(ascii);
            rest = &tail[1..];
        } else {
            out.push(*first);
            rest = tail;
        }
    }
    out
}

fn decode(bytes: &[u8]) -> Option<String> {
    let mut out = String::with_capacity(bytes.len() * 2);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte.is_ascii() {
            out.push(char::from(byte));
        } else if !gbk::is_lead(byte) {
            return None;
        } else {
            match bytes.get(at) {
                Some(&trail) if gbk::is_trail(trail) => {
                    // A pair that maps to nothing vanishes.
                    out.extend(gbk::decode(byte, trail));
                    at += 1;
                }
                next => {
                    out.push('?');
                    at += usize::from(next == Some(&b'('));
                }
            }
        }
    }
    Some(out)
}
