//! A graph over vectors, by `hnsw_rs` (HNSW, Malkov and Yashunin 2016). It compares the high bytes, which the vectors share
//! with a scan: the graph holds none of its own. It names no position. Only this module names `hnsw_rs`.

use std::collections::HashMap;
use std::sync::Mutex;

use hnsw_rs::prelude::{Distance, Hnsw};

use super::packed::Vector;
use super::product::product_of_high;
use crate::lock::locked;

/// Links per vector and layer; twice as many in the lowest. The paper uses 16 to 48.
const LINKS: usize = 16;
/// Width of the search while building.
const BUILD_WIDTH: usize = 128;
const LAYERS: usize = 16;

/// One minus the cosine of the high bytes of two unit vectors. Rounding must not make it less than zero.
#[derive(Clone, Copy, Default)]
struct HighBytes;

impl Distance<Vector> for HighBytes {
    fn eval(&self, a: &[Vector], b: &[Vector]) -> f32 {
        let (Some(a), Some(b)) = (a.first(), b.first()) else { return 1.0 };
        let product = product_of_high(a.high(), b.high()) as f32;
        (1.0 - product * a.high_scale() * b.high_scale()).max(0.0)
    }
}

/// A graph that several snapshots share, and that grows.
pub(super) struct NearGraph {
    graph: Hnsw<'static, Vector, HighBytes>,
    /// The number of each vector in the graph, by its hash.
    numbers: Mutex<HashMap<u64, usize>>,
}

impl NearGraph {
    /// A graph of no vectors, for about so many.
    pub(super) fn for_about(count: usize) -> Self {
        Self { graph: Hnsw::new(LINKS, count, LAYERS, BUILD_WIDTH, HighBytes), numbers: Mutex::default() }
    }

    /// Whether it holds a vector that is not among these hashes. A graph forgets nothing, so it then serves no more.
    pub(super) fn holds_others(&self, hashes: &HashMap<u64, usize>) -> bool {
        locked(&self.numbers).keys().any(|hash| !hashes.contains_key(hash))
    }

    /// Adds the vectors that it lacks, on all cores. Returns the number of each. The vectors must differ.
    pub(super) fn grow(&self, vectors: &[Vector]) -> Vec<usize> {
        let mut numbers = locked(&self.numbers);
        let mut next = numbers.len();
        let mut new = Vec::new();
        let mut number = |vector: &Vector| {
            *numbers.entry(vector.hash()).or_insert_with(|| {
                new.push(([vector.clone()], next));
                next += 1;
                next - 1
            })
        };
        let all = vectors.iter().map(&mut number).collect();
        let new: Vec<(&[Vector], usize)> = new.iter().map(|(vector, number)| (vector.as_slice(), *number)).collect();
        self.graph.parallel_insert_slice(&new);
        all
    }

    /// The numbers of the nearest vectors. The search keeps `width` at a time.
    pub(super) fn search(&self, query: &[f32], width: usize) -> Vec<usize> {
        let query = Vector::pack(&[query.to_vec()]);
        self.graph.search(&query, width, width).into_iter().map(|found| found.d_id).collect()
    }
}
