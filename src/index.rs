//! Vectors → nearest. The only room that names `hnsw_rs`; knows no text.

use std::sync::Arc;

use hnsw_rs::prelude::{Distance, Hnsw};

/// Links per vector; the usual 16–48 of the HNSW paper (Malkov, Yashunin 2016).
const LINKS: usize = 24;
/// Width of the search while building.
const BUILD_WIDTH: usize = 200;
const LAYERS: usize = 16;
/// Up to this many vectors every search is as wide as the set, and so exact.
const EXACT: usize = 4_096;
const LANES: usize = 8;

/// One minus the cosine of unit vectors. The library's own asserts that
/// rounding never takes it below zero, which it does.
#[derive(Clone, Copy, Default)]
struct Cosine;

impl Distance<f32> for Cosine {
    fn eval(&self, a: &[f32], b: &[f32]) -> f32 {
        (1.0 - dot(a, b)).max(0.0)
    }
}

/// Unit vectors, and a graph to find the nearest by cosine. A clone shares both.
#[derive(Clone)]
pub struct VectorIndex {
    vectors: Arc<Vec<Vec<f32>>>,
    graph: Arc<Hnsw<'static, f32, Cosine>>,
}

impl VectorIndex {
    /// Indexes unit vectors; each is known by its position.
    pub fn new(vectors: Vec<Vec<f32>>) -> Self {
        let graph = Hnsw::new(LINKS, vectors.len().max(1), LAYERS, BUILD_WIDTH, Cosine);
        for (id, vector) in vectors.iter().enumerate() {
            graph.insert((vector, id));
        }
        Self { vectors: Arc::new(vectors), graph: Arc::new(graph) }
    }

    /// The `count` nearest as `(position, cosine)`, nearest first.
    pub fn nearest(&self, query: &[f32], count: usize) -> Vec<(usize, f32)> {
        let size = self.vectors.len();
        if size == 0 || count == 0 {
            return Vec::new();
        }
        let width = if size <= EXACT { size } else { count.max(BUILD_WIDTH) };
        let found = self.graph.search(query, count.min(size), width);
        let mut hits: Vec<(usize, f32)> =
            found.into_iter().map(|hit| (hit.d_id, self.cosine(hit.d_id, query))).collect();
        hits.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        hits
    }

    /// The cosine of one vector with the query; 0 for an unknown position.
    pub fn cosine(&self, id: usize, query: &[f32]) -> f32 {
        self.vectors.get(id).map_or(0.0, |vector| dot(vector, query))
    }

    /// One of the vectors.
    pub fn vector(&self, id: usize) -> Option<&[f32]> {
        self.vectors.get(id).map(Vec::as_slice)
    }

    /// The mean of some of the vectors; empty for none.
    pub fn mean(&self, ids: impl IntoIterator<Item = usize>) -> Vec<f32> {
        let (mut sum, mut count) = (Vec::new(), 0.0);
        for vector in ids.into_iter().filter_map(|id| self.vectors.get(id)) {
            sum.resize(vector.len(), 0.0);
            sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
            count += 1.0;
        }
        sum.iter_mut().for_each(|sum| *sum /= count);
        sum
    }

    /// How many vectors there are.
    pub fn len(&self) -> usize {
        self.vectors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.vectors.is_empty()
    }
}

/// The cosine of two unit vectors.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    // In lanes, which a compiler turns into vector instructions.
    let (a, a_rest) = a.as_chunks::<LANES>();
    let (b, b_rest) = b.as_chunks::<LANES>();
    let mut sums = [0.0; LANES];
    for (x, y) in a.iter().zip(b) {
        for lane in 0..LANES {
            sums[lane] += x[lane] * y[lane];
        }
    }
    sums.iter().sum::<f32>() + a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum::<f32>()
}

#[cfg(test)]
mod tests;
