//! How likely a clean text is. It ranks candidates that all damage to the received text, and decides
//! nothing about proof.
//!
//! The damage is deterministic, so the posterior of a candidate is its prior. The prior starts from
//! general Chinese (`phrases`) and leans towards the transcript's own wording, because people repeat
//! words. It works on Simplified forms; the variant of a character is a second factor, learnt from the
//! transcript.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use super::char_variants::script;
use super::garbled::garbled;
use super::gbk;
use super::line::ReceivedLine;
use super::local_context::LocalContext;
use super::phrases::{Left, phrases, sharing, symbol};

/// The symbols of context with which the transcript's own wording is looked up.
const CONTEXT: usize = 3;
/// For each length of context, the discount on each of the transcript's own continuations, and how many
/// of them weigh as much as the shorter contexts. Chosen by the perplexity of lines that `measured` does
/// not use.
const OWN: [(f32, f32); CONTEXT + 1] = [(0.0, 40_000.0), (0.9, 150.0), (0.9, 20.0), (0.9, 2.5)];
/// How common a character must be to be tried where both its bytes are lost.
const COMMON: f32 = 3e-6;

/// A hasher for keys that are already packed integers.
#[derive(Default)]
struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(self.0 ^ u64::from(byte));
        }
    }
    fn write_u64(&mut self, key: u64) {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        self.0 = mixed ^ (mixed >> 29);
    }
}

type Packed = HashMap<u64, (u32, u32), BuildHasherDefault<Mix>>;

/// The end of a text, as far as the next character depends on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    /// The last symbols, newest last, 16 bits each; 0 before the beginning.
    last: u128,
    left: Left,
    log: f32,
}

impl Tail {
    /// The beginning of a text.
    pub(super) fn start() -> Self {
        Self { last: 0, left: Left::ALL, log: 0.0 }
    }

    /// Log-probability (natural) of all that was pushed.
    pub(super) fn log(&self) -> f32 {
        self.log
    }
}

/// A character that is common enough to be guessed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Guess {
    pub(super) c: char,
    pub(super) lead: u8,
    pub(super) trail: u8,
}

/// The prior, adapted to one transcript.
pub(super) struct Ranker {
    /// The transcript's own runs of one to four symbols.
    own: Packed,
    own_total: f32,
    chars: HashMap<char, u32>,
    /// Share of Traditional forms among characters that have both.
    traditional: f32,
    common: OnceLock<Vec<Guess>>,
}

impl Ranker {
    /// Learns from the parts of the transcript that are surely aligned.
    pub(super) fn new(lines: &[ReceivedLine], outside: &[bool]) -> Self {
        let mut own = Packed::default();
        let mut chars: HashMap<char, u32> = HashMap::new();
        let (mut total, mut both, mut traditional) = (0u32, 0u32, 0u32);
        for (line, _) in lines.iter().zip(outside).filter(|(_, outside)| !**outside) {
            let garbled = garbled(line);
            let mut run = u64::from(symbol('\n'));
            let mut at = 0;
            while at <= line.units.len() {
                if let Some((_, taken)) = line.annotation(at) {
                    at += taken;
                    continue;
                }
                let c = line.char(at).unwrap_or('\n');
                if garbled.get(at) == Some(&true) {
                    run = 0;
                } else {
                    *chars.entry(c).or_default() += 1;
                    if script().variants(script().fold(c)).is_some() {
                        both += 1;
                        traditional += u32::from(script().is_traditional(c));
                    }
                    total += 1;
                    run = run << 16 | u64::from(symbol(c));
                    for length in 1..=CONTEXT + 1 {
                        let Some(key) = ending(run, length) else {
                            break;
                        };
                        let entry = own.entry(key).or_default();
                        entry.0 += 1;
                        if entry.0 == 1
                            && length > 1
                            && let Some(context) = ending(run >> 16, length - 1)
                        {
                            own.entry(context).or_default().1 += 1;
                        }
                    }
                }
                at += 1;
            }
        }
        Self {
            own,
            own_total: total as f32,
            chars,
            traditional: (traditional as f32 + 1.0) / (both as f32 + 2.0),
            common: OnceLock::new(),
        }
    }

    /// The text with one more character.
    pub(super) fn push(&self, tail: &Tail, c: char, near: &LocalContext) -> Tail {
        let next = symbol(c);
        let last = tail.last << 16 | u128::from(next);
        let (general, left) = phrases().next(last, &tail.left);
        let p = framed(tail.last, next, near.adapted(last, self.adapted(last as u64, general)));
        let p = p / sharing(next) * self.variant(c, next);
        Tail { last, left, log: tail.log + p.ln() }
    }

    /// The probability of the last symbol of `last` after those before it. `general` is its probability
    /// in general text.
    fn adapted(&self, last: u64, general: f32) -> f32 {
        let count = |key: u64| self.own.get(&key).copied().unwrap_or((0, 0));
        let mut p = general;
        for (length, &(discount, hold)) in OWN.iter().enumerate() {
            let (seen, kinds) = if length == 0 {
                (self.own_total, 0.0)
            } else {
                let Some((seen, kinds)) = ending(last >> 16, length).map(count) else {
                    break;
                };
                (seen as f32, kinds as f32)
            };
            if seen == 0.0 {
                break;
            }
            let continued = ending(last, length + 1).map_or(0.0, |key| count(key).0 as f32);
            p = ((continued - discount).max(0.0) + (discount * kinds + hold) * p) / (seen + hold);
        }
        p
    }

    /// Probability that a symbol is written with this character.
    fn variant(&self, c: char, symbol: u16) -> f32 {
        let Some(group) = script().variants(symbol) else {
            return 1.0;
        };
        let others = (group.len() - 1) as f32;
        // Some Simplified forms are Traditional characters too (后, 里, 只).
        let prior = if script().is_traditional(c) {
            self.traditional.clamp(0.02, 0.95) / others
        } else {
            (1.0 - self.traditional).clamp(0.05, 0.98)
        };
        let count = |c: &char| self.chars.get(c).copied().unwrap_or(0) as f32;
        let all: f32 = group.iter().map(count).sum();
        (count(&c) + 0.5 * prior) / (all + 0.5)
    }

    /// The characters to try where only the model is known.
    pub(super) fn common(&self) -> &[Guess] {
        self.common.get_or_init(|| {
            let mut guesses = Vec::new();
            for lead in gbk::LEADS {
                for trail in 0x81..=0xFE {
                    let Some(c) = gbk::decode(lead, trail) else {
                        continue;
                    };
                    if self.push(&Tail::start(), c, &LocalContext::default()).log.exp() >= COMMON {
                        guesses.push(Guess { c, lead, trail });
                    }
                }
            }
            guesses
        })
    }
}

/// `是…的` frames a clause. With `是` a few characters before, `的` is more likely, and so is the end of
/// the clause after it. Without `是`, `的` rarely ends a clause. Each ratio compares held-out text with
/// the model (`tests/factors.rs`).
fn framed(before: u128, next: u16, p: f32) -> f32 {
    const IS: u16 = '是' as u16;
    const OF: u16 = '的' as u16;
    let is_mark = |s: u16| u8::try_from(s).is_ok_and(|s| b",.?!;:\n".contains(&s)) || s == '。' as u16;
    if next != OF && !is_mark(next) {
        return p;
    }
    let back = (0..8).map(|at| (before >> (16 * at)) as u16).take_while(|&s| s != 0 && !is_mark(s));
    let distance = back.enumerate().find(|&(_, s)| s == IS).map_or(0, |(at, _)| at);
    let ratio = match (before as u16 == OF, next == OF, distance) {
        (false, true, 3..) => FRAMES[0],
        (true, false, 2..) => FRAMES[1],
        (true, false, 0) => FRAMES[2],
        _ => 1.0,
    };
    (p * ratio).min(0.95)
}

/// `的` after `是…`, a mark after `是…的`, a mark after `的` alone.
const FRAMES: [f32; 3] = [1.4, 1.75, 0.55];

/// The last symbols of a run as one key; `None` where the run is shorter.
fn ending(run: u64, length: usize) -> Option<u64> {
    let key = if length >= 4 { run } else { run & ((1 << (16 * length)) - 1) };
    (key >> (16 * (length - 1)) != 0).then_some(key)
}
