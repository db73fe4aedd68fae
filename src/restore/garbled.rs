//! Which characters of a received line may be misaligned and read so. Nothing is learnt from them.

use super::damage::second_of_mark;
use super::line::ReceivedLine;
use super::phrases::{Left, phrases, symbol};

/// A character below this probability shows that a doubtful stretch is misaligned.
const STRANGE: f32 = 1e-5;

/// This many characters on each side of it then count as garbled.
const STRANGE_NEAR: usize = 3;

/// For each unit, whether nothing must be learnt from it: it may be misaligned, and reads so.
pub(super) fn garbled(line: &ReceivedLine) -> Vec<bool> {
    let doubtful = line.doubtful();
    let mut garbled = vec![false; doubtful.len()];
    let (mut run, mut left) = (0, Left::ALL);
    for (at, unit) in line.units.iter().enumerate() {
        let next = symbol(unit.c);
        // The damaged span's own `?!` would be learnt as the transcript's wording.
        garbled[at] |= doubtful[at] && second_of_mark(unit.c as u8).is_some() && unit.c.is_ascii();
        run = run << 16 | u128::from(next);
        let p;
        (p, left) = phrases().next(run, &left);
        if doubtful[at] && p < STRANGE {
            let end = (at + STRANGE_NEAR + 1).min(garbled.len());
            garbled[at.saturating_sub(STRANGE_NEAR)..end].fill(true);
        }
    }
    garbled
}
