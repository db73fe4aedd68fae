//! Vectors → nearest. Only this module names `hnsw_rs`. It knows no text.
//!
//! A small set is scanned. A scan is exact, needs no index at the start, and is quicker than a graph of
//! that width. A large set gets a graph.

use std::sync::Arc;

use hnsw_rs::prelude::{Distance, Hnsw};

/// Links per vector. The HNSW paper uses 16 to 48 (Malkov, Yashunin 2016).
const LINKS: usize = 24;
/// Width of the search while building.
const BUILD_WIDTH: usize = 200;
const LAYERS: usize = 16;
/// Up to this number of vectors, every search scans them all. The scan takes some ten milliseconds on
/// one core; a graph would take a minute to build.
const SCANNED: usize = 32_768;
/// Products that are summed side by side. The compiler then keeps them in vector registers.
const LANES: usize = 32;

/// One minus the cosine of unit vectors. The library's own version asserts that it is never below zero,
/// but rounding makes it so.
#[derive(Clone, Copy, Default)]
struct Cosine;

impl Distance<f32> for Cosine {
    fn eval(&self, a: &[f32], b: &[f32]) -> f32 {
        (1.0 - dot(a, b)).max(0.0)
    }
}

/// A vector that several snapshots share.
pub type Vector = Arc<[f32]>;

/// Unit vectors, found by cosine. Clones share them.
#[derive(Clone)]
pub struct VectorIndex {
    vectors: Arc<Vec<Vector>>,
    /// The graph, if there are too many vectors to scan.
    graph: Option<Arc<Hnsw<'static, f32, Cosine>>>,
}

impl VectorIndex {
    /// Indexes unit vectors. Each is known by its position.
    pub fn new(vectors: Vec<Vec<f32>>) -> Self {
        Self::sharing(vectors.into_iter().map(Vector::from).collect())
    }

    /// Indexes unit vectors that others hold as well.
    pub fn sharing(vectors: Vec<Vector>) -> Self {
        Self::scanned_up_to(SCANNED, vectors)
    }

    /// Vectors that another index finds. Here they are only scanned.
    pub fn unindexed(vectors: Vec<Vector>) -> Self {
        Self { vectors: Arc::new(vectors), graph: None }
    }

    fn scanned_up_to(most: usize, vectors: Vec<Vector>) -> Self {
        let graph = (vectors.len() > most).then(|| {
            let graph = Hnsw::new(LINKS, vectors.len(), LAYERS, BUILD_WIDTH, Cosine);
            let numbered: Vec<(&[f32], usize)> = vectors.iter().map(AsRef::as_ref).zip(0..).collect();
            graph.parallel_insert_slice(&numbered);
            Arc::new(graph)
        });
        Self { vectors: Arc::new(vectors), graph }
    }

    /// The `count` nearest vectors as `(position, cosine)`, the nearest first.
    pub fn nearest(&self, query: &[f32], count: usize) -> Vec<(usize, f32)> {
        let count = count.min(self.vectors.len());
        if count == 0 {
            return Vec::new();
        }
        let mut hits: Vec<(usize, f32)> = match &self.graph {
            Some(graph) => {
                let found = graph.search(query, count, count.max(BUILD_WIDTH));
                found.into_iter().map(|hit| (hit.d_id, self.cosine(hit.d_id, query))).collect()
            }
            None => self.vectors.iter().map(|vector| dot(vector, query)).enumerate().collect(),
        };
        let nearer = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if hits.len() > count {
            hits.select_nth_unstable_by(count - 1, nearer);
            hits.truncate(count);
        }
        hits.sort_unstable_by(nearer);
        hits
    }

    /// The cosine of one vector with the query; 0 for an unknown position.
    pub fn cosine(&self, id: usize, query: &[f32]) -> f32 {
        self.vectors.get(id).map_or(0.0, |vector| dot(vector, query))
    }

    /// The vector at a position.
    pub fn vector(&self, id: usize) -> Option<&[f32]> {
        self.vectors.get(id).map(AsRef::as_ref)
    }

    /// All of them, in their order.
    pub fn vectors(&self) -> &[Vector] {
        &self.vectors
    }

    /// The mean of some of the vectors; empty if there are none.
    pub fn mean(&self, ids: impl IntoIterator<Item = usize>) -> Vec<f32> {
        let (mut sum, mut count) = (Vec::new(), 0.0);
        for vector in ids.into_iter().filter_map(|id| self.vectors.get(id)) {
            sum.resize(vector.len(), 0.0);
            for (sum, x) in sum.iter_mut().zip(vector.iter()) {
                *sum += x;
            }
            count += 1.0;
        }
        for sum in &mut sum {
            *sum /= count;
        }
        sum
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Whether there are no vectors.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }
}

/// The cosine of two unit vectors.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a_lanes, b_lanes) = (a.chunks_exact(LANES), b.chunks_exact(LANES));
    let rest: f32 = a_lanes.remainder().iter().zip(b_lanes.remainder()).map(|(x, y)| x * y).sum();
    let mut sums = [0.0_f32; LANES];
    for (a, b) in a_lanes.zip(b_lanes) {
        for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
            *sum += x * y;
        }
    }
    sums.iter().sum::<f32>() + rest
}

#[cfg(test)]
mod tests;
