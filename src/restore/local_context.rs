//! The text near a damaged span. Speakers repeat the wording of neighbouring clauses far more often than the
//! rest of the transcript.

use std::collections::HashMap;

use super::garbled::garbled;
use super::line::ReceivedLine;
use super::phrases::symbol;

/// How far from the damaged span, in characters.
const REACH: usize = 60;
/// The share of the probability that goes to the continuation of the same symbols nearby, when two,
/// three, four or five symbols are the same. Measured on held-out interviews (`tests/factors.rs`): the
/// continuation follows in 31 to 50 of 100 cases, and the general model expects 15 to 23.
const COPIED: [f32; 4] = [0.12, 0.2, 0.22, 0.3];

/// Symbols near a damaged span, with gaps (0) where nothing is sure.
#[derive(Debug, Default)]
pub(super) struct LocalContext {
    symbols: Vec<u16>,
    /// For each two symbols, the places of what follows them.
    after: HashMap<[u16; 2], Vec<usize>>,
}

impl LocalContext {
    /// Made from the clean text before a damaged span and the received text after its start, without
    /// annotations and garbled characters.
    pub(super) fn new(before: &[char], line: &ReceivedLine, start: usize) -> Self {
        let before = &before[before.len().saturating_sub(REACH)..];
        let mut near: Vec<u16> = before.iter().map(|&c| symbol(c)).chain([0]).collect();
        let garbled = line.garbled.get_or_init(|| garbled(line));
        let mut at = start + 1;
        let end = near.len() + REACH;
        while let Some(c) = line.char(at).filter(|_| near.len() < end) {
            if let Some((_, taken)) = line.annotation(at) {
                at += taken;
                continue;
            }
            near.push(if garbled[at] { 0 } else { symbol(c) });
            at += 1;
        }
        let mut after: HashMap<[u16; 2], Vec<usize>> = HashMap::new();
        for (at, three) in near.windows(3).enumerate().filter(|(_, three)| !three.contains(&0)) {
            after.entry([three[0], three[1]]).or_default().push(at + 2);
        }
        Self { symbols: near, after }
    }

    /// The probability `p` of the last symbol of a run, given what is near.
    pub(super) fn adapted(&self, run: u128, p: f32) -> f32 {
        let back = |by: usize| (run >> (16 * by)) as u16;
        let Some(places) = self.after.get(&[back(2), back(1)]) else {
            return p;
        };
        let (mut longest, mut seen, mut continued) = (0, 0u32, 0u32);
        for &at in places {
            let more = (3..6).take_while(|&by| at >= by && self.symbols[at - by] == back(by)).count();
            if more > longest {
                (longest, seen, continued) = (more, 0, 0);
            }
            if more == longest {
                seen += 1;
                continued += u32::from(self.symbols[at] == back(0));
            }
        }
        let copied = COPIED[longest];
        (1.0 - copied) * p + copied * continued as f32 / seen as f32
    }
}
