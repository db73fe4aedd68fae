//! How Chinese usually goes on: a small character trigram model, compiled in,
//! so that ranking needs no file and no dictionary. Pruned counts of public
//! text, quantised; `tests/train.rs` makes the file and says from what.
//!
//! Characters are counted as symbols: Simplified form, digits as `0`, letters
//! as `A`, marks half-width.

use std::sync::OnceLock;

use super::damage::MARKS;
use super::script::script;

/// `symbols, n2, n3` as u32; then per symbol: code u16, probability u8, number
/// of pairs u16; then per pair: second symbol u16, share u8, number of triples
/// u8; then per triple: third symbol u16, share u8. All little-endian.
const MODEL: &[u8] = include_bytes!("../../models/phrases.bin");

/// Steps of the quantised natural logarithm per unit.
pub(super) const STEPS: f32 = 16.0;
/// Probability of a symbol that the model does not know.
const UNKNOWN: f32 = 3e-8;

/// The symbol a character is counted as; never 0.
pub(super) fn symbol(c: char) -> u16 {
    match c {
        '0'..='9' => u16::from(b'0'),
        'A'..='Z' | 'a'..='z' => u16::from(b'A'),
        _ if c.is_ascii() => c as u16,
        _ => MARKS.iter().find(|mark| mark.2 == c).map_or_else(|| script().fold(c), |mark| u16::from(mark.1)),
    }
    .max(1)
}

/// How many characters share a symbol, for those that are not one of a kind.
pub(super) fn sharing(symbol: u16) -> f32 {
    match u8::try_from(symbol) {
        Ok(b'0') => 10.0,
        Ok(b'A') => 52.0,
        _ => 1.0,
    }
}

/// The model, read once.
pub(super) struct Phrases {
    /// Symbol code → place, `u16::MAX` where unknown.
    place: Vec<u16>,
    single: Vec<f32>,
    /// Where each symbol's pairs start, and what share they leave to others.
    rows: Vec<(u32, f32)>,
    second: Vec<(u16, f32)>,
    /// The same for each pair's triples.
    pairs: Vec<(u32, f32)>,
    third: Vec<(u16, f32)>,
}

/// The one model.
pub(super) fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(|| Phrases::read(MODEL))
}

/// Reads little-endian numbers; zeros past the end, so a cut file only ranks badly.
struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().map_or((0, self.0), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }
    fn short(&mut self) -> u16 {
        u16::from_le_bytes([self.byte(), self.byte()])
    }
    fn word(&mut self) -> usize {
        usize::from(self.short()) | usize::from(self.short()) << 16
    }
    fn share(&mut self) -> f32 {
        (-f32::from(self.byte()) / STEPS).exp()
    }
}

impl Phrases {
    fn read(bytes: &[u8]) -> Self {
        let mut reader = Reader(bytes);
        let (symbols, pairs, triples) = (reader.word(), reader.word(), reader.word());
        let mut place = vec![u16::MAX; 0x1_0000];
        let mut single = Vec::with_capacity(symbols);
        let mut lengths = Vec::with_capacity(symbols);
        for index in 0..symbols {
            place[usize::from(reader.short())] = index as u16;
            single.push(reader.share());
            lengths.push(u32::from(reader.short()));
        }
        let mut second = Vec::with_capacity(pairs);
        let mut counts = Vec::with_capacity(pairs);
        for _ in 0..pairs {
            second.push((reader.short(), reader.share()));
            counts.push(u32::from(reader.byte()));
        }
        let third: Vec<(u16, f32)> = (0..triples).map(|_| (reader.short(), reader.share())).collect();
        Self { place, single, rows: starts(&lengths, &second), second, pairs: starts(&counts, &third), third }
    }

    /// Probability of `next` after two symbols.
    pub(super) fn probability(&self, before: u16, last: u16, next: u16) -> f32 {
        let place = |symbol: u16| self.place.get(usize::from(symbol)).copied().filter(|&place| place != u16::MAX);
        let Some(next) = place(next) else {
            return UNKNOWN;
        };
        let mut p = self.single.get(usize::from(next)).copied().unwrap_or(UNKNOWN);
        let Some(last) = place(last) else { return p };
        let (row, left) = slice(&self.rows, &self.second, usize::from(last));
        p = left * p + find(row, next).map_or(0.0, |at| row[at].1);
        let Some(before) = place(before) else {
            return p;
        };
        let (row, _) = slice(&self.rows, &self.second, usize::from(before));
        if let Some(at) = find(row, last) {
            let start = self.rows.get(usize::from(before)).map_or(0, |row| row.0 as usize);
            let (row, left) = slice(&self.pairs, &self.third, start + at);
            p = left * p + find(row, next).map_or(0.0, |at| row[at].1);
        }
        p.max(UNKNOWN)
    }
}

fn starts(lengths: &[u32], items: &[(u16, f32)]) -> Vec<(u32, f32)> {
    let mut start = 0u32;
    let mut out = Vec::with_capacity(lengths.len() + 1);
    for &length in lengths {
        let end = start + length;
        let row = items.get(start as usize..end as usize).unwrap_or(&[]);
        let taken: f32 = row.iter().map(|item| item.1).sum();
        out.push((start, (1.0 - taken).clamp(0.001, 1.0)));
        start = end;
    }
    out.push((start, 1.0));
    out
}

fn slice<'a>(rows: &[(u32, f32)], items: &'a [(u16, f32)], index: usize) -> (&'a [(u16, f32)], f32) {
    match (rows.get(index), rows.get(index + 1)) {
        (Some(&(start, left)), Some(&(end, _))) => (items.get(start as usize..end as usize).unwrap_or(&[]), left),
        _ => (&[], 1.0),
    }
}

fn find(row: &[(u16, f32)], symbol: u16) -> Option<usize> {
    row.binary_search_by_key(&symbol, |item| item.0).ok()
}
