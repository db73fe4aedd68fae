//! How Chinese usually goes on: a character 5-gram model. It is compiled in and read in place, so
//! ranking needs no file and no dictionary. It holds pruned, quantised counts of public text;
//! `models/train/phrases.py` makes the file and names its sources.
//!
//! Characters are counted as symbols: Simplified form, digits as `0`, letters
//! as `A`, marks half-width.

use std::sync::OnceLock;

use super::char_variants::script;
use super::damage::MARKS;

/// Little-endian. `symbols, pairs` as u32; then per symbol: code u16,
/// probability u8, share left to shorter contexts u8, number of pairs u16; then
/// per pair: place of the second symbol u16, probability and whether longer
/// runs begin with it u8; then a filter of the longer runs' probabilities and
/// one of the shares which contexts of two to four symbols leave.
/// It is a static, because each user of a constant may get a copy of its 12 MB.
static MODEL: &[u8] = include_bytes!("../../models/phrases.bin");

/// The longest run of symbols that was counted.
const ORDER: usize = 5;
/// Steps per unit of the quantised natural logarithm: for single symbols, for pairs, for longer runs.
const STEPS: [f32; 3] = [16.0, 8.0, 5.0];
/// Steps per unit for the share that a context leaves.
const LEFT_STEPS: f32 = 32.0;
/// Probability of a symbol that the model does not know.
const UNKNOWN: f32 = 3e-8;
/// Bytes of a symbol and of a pair in the file.
const SYMBOL_SIZE: usize = 6;
const PAIR_SIZE: usize = 3;

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

/// How many characters share a symbol. All digits share one, and all letters another.
pub(super) fn sharing(symbol: u16) -> f32 {
    match u8::try_from(symbol) {
        Ok(b'0') => 10.0,
        Ok(b'A') => 52.0,
        _ => 1.0,
    }
}

/// A run of up to five symbols, 16 bits each, newest last, as a key.
fn hash(run: u128) -> u64 {
    mix(run as u64 ^ mix((run >> 64) as u64))
}

fn mix(key: u64) -> u64 {
    let key = (key ^ key >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let key = (key ^ key >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    key ^ key >> 31
}

/// The share that contexts of one to four symbols leave to shorter ones, at the
/// end of a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Left([f32; ORDER - 1]);

impl Left {
    /// The shares at the beginning of a text.
    pub(super) const ALL: Self = Self([1.0; ORDER - 1]);
}

/// A binary fuse filter (Graf and Lemire 2022): values by hashed key. The three cells of a key, combined by XOR, give its value. A wide cell has
/// seven bits of value, and nine bits that tell the key from others.
struct FuseFilter {
    bits: u32,
    segments: usize,
    wide: bool,
    /// Where the cells begin in the file.
    start: usize,
}

impl FuseFilter {
    fn new(bits: u32, segments: usize, wide: bool) -> Self {
        Self { bits, segments, wide, start: 0 }
    }

    /// The three cells of a key, in neighbouring segments.
    fn places(&self, key: u64) -> [usize; 3] {
        let segment = ((u128::from(key) * self.segments as u128) >> 64) as usize;
        [0, 1, 2].map(|at: u32| {
            let inside = key as usize >> (self.bits * at) & ((1 << self.bits) - 1);
            (segment + at as usize) << self.bits | inside
        })
    }

    /// The bits that tell a key from others. They stand above the value.
    fn mark(&self, key: u64) -> u16 {
        if self.wide { (mix(key) >> 55 << 7) as u16 } else { 0 }
    }

    fn get(&self, key: u64) -> Option<u16> {
        let cells = self.places(key).map(|place| {
            let size = 1 + usize::from(self.wide);
            let at = self.start + place * size;
            let byte = |at: usize| u16::from(MODEL.get(at).copied().unwrap_or(0));
            byte(at) | if self.wide { byte(at + 1) << 8 } else { 0 }
        });
        let value = cells[0] ^ cells[1] ^ cells[2] ^ self.mark(key);
        (!self.wide || value < 1 << 7).then_some(value)
    }
}

/// The model's small tables, read once. The rest is read in place.
pub(super) struct Phrases {
    /// Symbol code → place, `u16::MAX` where unknown.
    place: Vec<u16>,
    /// Probability, share left, and where the pairs start.
    single: Vec<(f32, f32, usize)>,
    runs: FuseFilter,
    left: FuseFilter,
}

/// The one model.
pub(super) fn phrases() -> &'static Phrases {
    static PHRASES: OnceLock<Phrases> = OnceLock::new();
    PHRASES.get_or_init(Phrases::read)
}

/// Numbers of the file, and zeros past its end: a truncated file only ranks badly.
fn short(at: usize) -> u16 {
    let byte = |at: usize| MODEL.get(at).copied().unwrap_or(0);
    u16::from_le_bytes([byte(at), byte(at + 1)])
}

fn word(at: usize) -> usize {
    usize::from(short(at)) | usize::from(short(at + 2)) << 16
}

fn share(quantised: u16, steps: f32) -> f32 {
    (-f32::from(quantised) / steps).exp()
}

impl Phrases {
    fn read() -> Self {
        let (symbols, pairs) = (word(0), word(4));
        let mut place = vec![u16::MAX; 0x1_0000];
        let mut single = Vec::with_capacity(symbols + 1);
        let mut start = 8 + symbols * SYMBOL_SIZE;
        for index in 0..symbols {
            let at = 8 + index * SYMBOL_SIZE;
            place[usize::from(short(at))] = index as u16;
            let [p, left] = short(at + 2).to_le_bytes();
            single.push((share(p.into(), STEPS[0]), share(left.into(), LEFT_STEPS), start));
            start += usize::from(short(at + 4)) * PAIR_SIZE;
        }
        single.push((UNKNOWN, 1.0, start));
        let filter = |at: usize, wide| {
            let (bits, segments) = (word(at) as u32 & 31, word(at + 4));
            FuseFilter { start: at + 8, ..FuseFilter::new(bits, segments, wide) }
        };
        let runs = filter(8 + symbols * SYMBOL_SIZE + pairs * PAIR_SIZE, true);
        let left = filter(runs.start + ((runs.segments + 2) << runs.bits) * 2, false);
        Self { place, single, runs, left }
    }

    /// The value of a pair of places.
    fn pair(&self, first: u16, second: u16) -> Option<u16> {
        let start = self.single.get(usize::from(first))?.2;
        let end = self.single.get(usize::from(first) + 1)?.2;
        let (mut low, mut high) = (0, (end - start) / PAIR_SIZE);
        while low < high {
            let middle = usize::midpoint(low, high);
            let at = start + middle * PAIR_SIZE;
            match short(at).cmp(&second) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return MODEL.get(at + 2).map(|&value| value.into()),
            }
        }
        None
    }

    /// The probability of the last symbol of a run after those before it, and the shares that the run
    /// leaves. `before` has the shares that the symbols before left.
    pub(super) fn next(&self, run: u128, before: &Left) -> (f32, Left) {
        let mut left = Left::ALL;
        let place = |symbol: u16| self.place[usize::from(symbol)];
        let last = place(run as u16);
        let Some(&(mut p, rest, _)) = self.single.get(usize::from(last)) else {
            return (UNKNOWN, left);
        };
        left.0[0] = rest;
        let mut known = 1;
        for length in 2..=ORDER {
            let key = run & ((1 << (16 * length)) - 1);
            let value = if length == 2 { self.pair(place((run >> 16) as u16), last) } else { self.runs.get(hash(key)) };
            let Some(value) = value.filter(|_| key >> (16 * (length - 1)) != 0) else {
                break;
            };
            p = share(value >> 1, STEPS[length.min(3) - 1]);
            if length < ORDER
                && value & 1 == 1
                && let Some(value) = self.left.get(hash(key))
            {
                left.0[length - 1] = share(value, LEFT_STEPS);
            }
            known = length;
        }
        p *= before.0[known - 1..].iter().product::<f32>();
        (p.max(UNKNOWN), left)
    }
}
