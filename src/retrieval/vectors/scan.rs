//! The nearest vectors by a look at all. It is exact: the high bytes tell which vectors can be among the nearest, and
//! those are compared in full.

use std::cmp::Ordering;

use rayon::prelude::*;

use super::packed::{PackedQuery, Vector};

/// Vectors that one core reads in one go.
const VECTORS_PER_PART: usize = 4_096;

/// The positions of all vectors that can be among the `count` nearest.
pub(super) fn candidates(vectors: &[Vector], query: &PackedQuery<'_>, count: usize) -> Vec<usize> {
    if count == 0 || count >= vectors.len() {
        return (0..vectors.len()).collect();
    }
    let rough: Vec<(f32, f32)> = if vectors.len() > VECTORS_PER_PART {
        vectors.par_chunks(VECTORS_PER_PART).flat_map_iter(|part| query.rough(part)).collect()
    } else {
        query.rough(vectors)
    };
    let mut least: Vec<f32> = rough.iter().map(|(product, off)| product - off).collect();
    let (_, bar, _) = least.select_nth_unstable_by(count - 1, |a, b| b.total_cmp(a));
    // What cannot be compared, because the query has no numbers, is not left out.
    let can_be = |(product, off): &(f32, f32)| (product + off).partial_cmp(bar) != Some(Ordering::Less);
    rough.iter().enumerate().filter(|(_, rough)| can_be(rough)).map(|(at, _)| at).collect()
}
