//! Aligns two rows of units: which units both have, and which only one has. The second row may be longer at both ends.
//! This module knows no words.

use std::collections::HashMap;
use std::ops::Range;

/// One step of an alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Both rows have the same unit. The numbers are its positions in the first and the second row.
    Same(usize, usize),
    /// The rows have different units here.
    Other(usize, usize),
    /// Only the first row has the unit. The second number is the next position in the second row.
    First(usize, usize),
    /// Only the second row has the unit. The second number is the next position in the first row.
    Second(usize, usize),
}

impl Step {
    pub(super) fn is_same(self) -> bool {
        matches!(self, Self::Same(..))
    }
}

/// The most cells of a table of costs. It takes a byte for each.
const MAX_CELLS: usize = 6_000_000;
/// The cost of a unit that only the second row has, then the cost of a different unit or one that only the first row
/// has. With these costs, shared units are found, and the ends of the first row are not cheaper than its middle.
const COST_OF_SECOND_ONLY: u32 = 2;
const COST_OF_CHANGE: u32 = 3;
/// The number of units in an anchor. An anchor is a run of units that both rows have exactly once. Long rows are cut at
/// anchors and compared piece by piece.
const ANCHOR_UNITS: usize = 6;

/// The step by which a cell of the table is reached at the least cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Way {
    /// A unit of each row.
    Both,
    /// A unit of the first row only.
    FirstOnly,
    /// A unit of the second row only.
    SecondOnly,
}

/// Returns the fewest changes that turn a stretch of `second` into all of `first`.
pub(super) fn within(first: &[u32], second: &[u32]) -> Vec<Step> {
    if first.len().saturating_mul(second.len()) <= MAX_CELLS {
        return table(first, second, 0, 0, true);
    }
    // The outermost anchors cut off what the second row has more at its ends.
    let anchors = anchors(first, second);
    let mut steps = Vec::new();
    let (mut a, mut b) = (0, 0);
    if let Some((at, of)) = anchors.first() {
        b = of.saturating_sub(at + ANCHOR_UNITS * 2);
    }
    for (at, of) in anchors {
        steps.extend(between(first, second, a..at, b..of));
        steps.push(Step::Same(at, of));
        (a, b) = (at + 1, of + 1);
    }
    let rest = (b + (first.len() - a) * 2).min(second.len());
    let tail = between(first, second, a..first.len(), b..rest);
    steps.extend(tail);
    trimmed(&steps)
}

fn between(first: &[u32], second: &[u32], a: Range<usize>, b: Range<usize>) -> Vec<Step> {
    if a.len().saturating_mul(b.len()) <= MAX_CELLS {
        return table(&first[a.clone()], &second[b.clone()], a.start, b.start, false);
    }
    let end = b.end;
    let (only, other) = (a.clone().map(|at| Step::First(at, end)), b.map(|of| Step::Second(of, a.start)));
    other.chain(only).collect()
}

/// Removes what only the second row has at both ends.
fn trimmed(steps: &[Step]) -> Vec<Step> {
    let is_outside = |step: &Step| matches!(step, Step::Second(..));
    let from = steps.iter().position(|step| !is_outside(step)).unwrap_or(steps.len());
    let until = steps.iter().rposition(|step| !is_outside(step)).map_or(from, |last| last + 1);
    steps[from..until].to_vec()
}

/// Returns the anchors of both rows in the same order.
fn anchors(first: &[u32], second: &[u32]) -> Vec<(usize, usize)> {
    let once = |row: &[u32]| {
        let mut seen: HashMap<Vec<u32>, Option<usize>> = HashMap::new();
        for (at, gram) in row.windows(ANCHOR_UNITS).enumerate() {
            seen.entry(gram.to_vec()).and_modify(|place| *place = None).or_insert(Some(at));
        }
        seen
    };
    let (here, there) = (once(first), once(second));
    let mut pairs: Vec<(usize, usize)> =
        here.iter().filter_map(|(gram, at)| Some(((*at)?, (*there.get(gram)?)?))).collect();
    pairs.sort_unstable();
    // The longest sequence of pairs that ascends in both rows is kept.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (number, pair) in pairs.iter().enumerate() {
        let at = ends.partition_point(|end| pairs[*end].1 < pair.1);
        before.push(at.checked_sub(1).map(|last| ends[last]));
        if at == ends.len() { ends.push(number) } else { ends[at] = number }
    }
    let mut chain = Vec::new();
    let mut next = ends.last().copied();
    while let Some(number) = next {
        chain.push(pairs[number]);
        next = before[number];
    }
    chain.reverse();
    chain
}

/// Fills the table of costs and walks it back. `from` and `of` are the positions of the rows' first units. With `free`, the
/// second row may be longer at both ends.
fn table(first: &[u32], second: &[u32], from: usize, of: usize, free: bool) -> Vec<Step> {
    let (ways, costs) = ways(first, second, free);
    let width = second.len() + 1;
    let (mut i, mut j) = (first.len(), second.len());
    if free {
        j = (0..width).rev().min_by_key(|end| costs[*end]).unwrap_or_default();
    }
    let mut steps = Vec::with_capacity(first.len().max(second.len()) + 1);
    while i > 0 || (j > 0 && !free) {
        let way = match (i, j) {
            (0, _) => Way::SecondOnly,
            (_, 0) => Way::FirstOnly,
            _ => ways[i * width + j],
        };
        steps.push(match way {
            Way::Both => {
                (i, j) = (i - 1, j - 1);
                if first[i] == second[j] { Step::Same(from + i, of + j) } else { Step::Other(from + i, of + j) }
            }
            Way::FirstOnly => {
                i -= 1;
                Step::First(from + i, of + j)
            }
            Way::SecondOnly => {
                j -= 1;
                Step::Second(of + j, from + i)
            }
        });
    }
    steps.reverse();
    steps
}

/// Returns the cheapest way to each cell, row by row, and the costs of the last row.
fn ways(first: &[u32], second: &[u32], free: bool) -> (Vec<Way>, Vec<u32>) {
    let (height, width) = (first.len() + 1, second.len() + 1);
    let mut ways = vec![Way::Both; height * width];
    ways[1..width].fill(Way::SecondOnly);
    let mut above: Vec<u32> = (0..width as u32).map(|at| if free { 0 } else { at * COST_OF_SECOND_ONLY }).collect();
    for i in 1..height {
        let mut row = vec![0_u32; width];
        row[0] = i as u32 * COST_OF_CHANGE;
        ways[i * width] = Way::FirstOnly;
        for j in 1..width {
            let both = above[j - 1] + if first[i - 1] == second[j - 1] { 0 } else { COST_OF_CHANGE };
            let (first_only, second_only) = (above[j] + COST_OF_CHANGE, row[j - 1] + COST_OF_SECOND_ONLY);
            row[j] = both.min(first_only).min(second_only);
            ways[i * width + j] = if both == row[j] {
                Way::Both
            } else if second_only == row[j] {
                Way::SecondOnly
            } else {
                Way::FirstOnly
            };
        }
        above = row;
    }
    (ways, above)
}

/// Returns the number of steps that are not the same in both rows.
pub(super) fn cost(steps: &[Step]) -> usize {
    steps.iter().filter(|step| !step.is_same()).count()
}

/// Returns the range of the second row that is used.
pub(super) fn used(steps: &[Step]) -> Range<usize> {
    let at = |step: &Step| match *step {
        Step::Same(_, b) | Step::Other(_, b) | Step::Second(b, _) => Some(b),
        Step::First(..) => None,
    };
    let first = steps.iter().find_map(at);
    let last = steps.iter().rev().find_map(at);
    first.zip(last).map_or(0..0, |(first, last)| first..last + 1)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn applied(steps: &[Step], first: &[u32], second: &[u32]) -> (Vec<u32>, Vec<u32>) {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for step in steps {
            match *step {
                Step::Same(i, j) | Step::Other(i, j) => {
                    a.push(first[i]);
                    b.push(second[j]);
                }
                Step::First(i, _) => a.push(first[i]),
                Step::Second(j, _) => b.push(second[j]),
            }
        }
        (a, b)
    }

    proptest! {
        #[test]
        fn all_of_the_first_and_a_stretch_of_the_second_are_walked(
            first in prop::collection::vec(0_u32..5, 1..40),
            second in prop::collection::vec(0_u32..5, 0..60),
        ) {
            let steps = within(&first, &second);
            let (a, b) = applied(&steps, &first, &second);
            prop_assert_eq!(&a, &first);
            prop_assert_eq!(&b, &second[used(&steps)]);
            let holds = steps.iter().all(|step| match *step {
                Step::Same(i, j) => first[i] == second[j],
                Step::Other(i, j) => first[i] != second[j],
                _ => true,
            });
            prop_assert!(holds);
        }
    }

    #[test]
    fn one_change_is_one_step() {
        let second: Vec<u32> = (0..100).collect();
        let mut first: Vec<u32> = (20..60).collect();
        first.remove(10);
        let steps = within(&first, &second);
        assert_eq!((cost(&steps), used(&steps)), (1, 20..60));
    }

    #[test]
    fn long_rows_are_compared_piece_by_piece() {
        let second: Vec<u32> = (0..9_000).map(|n: u32| n.wrapping_mul(2_654_435_761) >> 7).collect();
        let mut first: Vec<u32> = second[1_000..6_000].to_vec();
        first[2_500] = 1;
        first.remove(4_000);
        let steps = within(&first, &second);
        assert_eq!((cost(&steps), used(&steps)), (2, 1_000..6_000));
    }
}
