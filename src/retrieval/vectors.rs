//! Vectors → nearest. It knows no text.
//!
//! A small set is scanned. A scan is exact, and a graph of that size would be no quicker. A large set gets a graph, which
//! grows by what is added and can be kept between starts.

mod graph;
mod packed;
mod product;
mod scan;

use std::collections::HashMap;
use std::sync::Arc;

pub use graph::NearGraph;
use graph::{Met, MetBefore};
use packed::PackedQuery;
pub use packed::Vector;
pub use product::dot;

/// Up to this number of vectors, every search scans them all. For the 256 nearest, as a reply asks for them, a graph becomes
/// quicker between 30,000 and 100,000 (`yuanhua bench`), and a scan misses nothing.
const SCANNED: usize = 65_536;
/// A search in a graph keeps at least this number of vectors at a time, and half as many again as are wanted.
const LEAST_WIDTH: usize = 128;
/// A search for more than one vector of so many scans them.
const MANY: usize = 64;

/// Unit vectors, found by cosine. Each is known by its position. Clones share them.
#[derive(Clone)]
pub struct VectorIndex {
    vectors: Arc<Vec<Vector>>,
    /// The graph, if there are too many vectors to scan.
    graph: Option<Arc<PlacedGraph>>,
}

/// A graph, and where its vectors stand.
struct PlacedGraph {
    graph: NearGraph,
    /// The vectors by their numbers in the graph. They all differ.
    vectors: Vec<Vector>,
    /// The first position of each.
    first: Vec<usize>,
    /// The other positions, by the first.
    others: HashMap<usize, Vec<usize>>,
}

impl VectorIndex {
    /// Indexes unit vectors.
    pub fn new(vectors: &[Vec<f32>]) -> Self {
        Self::of(Vector::pack(vectors), SCANNED, NearGraph::default)
    }

    /// Indexes vectors that others hold as well. A graph is made from that of an `earlier` index, or else from the one
    /// that was kept.
    pub fn following(earlier: &Self, kept: Option<NearGraph>, vectors: Vec<Vector>) -> Self {
        if vectors.len() <= SCANNED {
            return Self::scanned(vectors);
        }
        let known = || earlier.graph().cloned().or(kept).unwrap_or_default();
        let make = || Self::of(vectors, SCANNED, known);
        // It has threads of its own, so that no search waits behind its work.
        match rayon::ThreadPoolBuilder::new().build() {
            Ok(threads) => threads.install(make),
            Err(_) => make(),
        }
    }

    /// An index without a graph, whatever its size. It serves to measure.
    pub fn scanned(vectors: Vec<Vector>) -> Self {
        Self::of(vectors, usize::MAX, NearGraph::default)
    }

    /// An index with a graph, whatever its size. It serves to measure.
    pub fn graphed(vectors: Vec<Vector>) -> Self {
        Self::of(vectors, 0, NearGraph::default)
    }

    fn of(vectors: Vec<Vector>, scanned: usize, known: impl FnOnce() -> NearGraph) -> Self {
        let graph = (vectors.len() > scanned).then(|| Arc::new(PlacedGraph::of(&vectors, known())));
        Self { vectors: Arc::new(vectors), graph }
    }

    /// The graph, if there is one.
    pub fn graph(&self) -> Option<&NearGraph> {
        self.graph.as_ref().map(|placed| &placed.graph)
    }

    /// The `count` nearest vectors as `(position, cosine)`, the nearest first.
    pub fn nearest(&self, query: &[f32], count: usize) -> Vec<(usize, f32)> {
        let count = count.min(self.len());
        let query = PackedQuery::new(query);
        let graph = self.graph.as_ref().filter(|_| count <= self.len() / MANY);
        let near = graph.map(|graph| graph.near(&query, count)).filter(|near| near.len() >= count);
        let near = near.unwrap_or_else(|| scan::candidates(&self.vectors, &query, count));
        let exact = |id: usize| self.vectors.get(id).map(|vector| (id, query.exact(vector)));
        let mut hits: Vec<(usize, f32)> = near.into_iter().filter_map(exact).collect();
        hits.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        hits.truncate(count);
        hits
    }

    /// How many vectors such a search compares by their high bytes.
    pub fn compared(&self, query: &[f32], count: usize) -> usize {
        let graph = self.graph.as_ref().filter(|_| count <= self.len() / MANY);
        graph.map_or(self.len(), |graph| graph.compared(&PackedQuery::new(query), count))
    }

    /// Multiplies the high bytes of all vectors by a query, again and again. It serves to measure.
    pub fn multiply(&self, query: &[f32], times: usize) -> i64 {
        PackedQuery::new(query).multiply(&self.vectors, times)
    }

    /// The bytes in memory: those of the vectors, and those of the graph.
    pub fn bytes(&self) -> (usize, usize) {
        let vectors = self.vectors.iter().map(Vector::bytes).sum();
        (vectors, self.graph.as_ref().map_or(0, |graph| graph.bytes()))
    }

    /// The cosine of one vector with the query; 0 for an unknown position.
    pub fn cosine(&self, id: usize, query: &[f32]) -> f32 {
        self.vectors.get(id).map_or(0.0, |vector| vector.dot(query))
    }

    /// The vector at a position.
    pub fn vector(&self, id: usize) -> Option<Vec<f32>> {
        self.vectors.get(id).map(|vector| vector.numbers().collect())
    }

    /// All of them, in their order.
    pub fn vectors(&self) -> &[Vector] {
        &self.vectors
    }

    /// The mean of some of the vectors; empty if there are none.
    pub fn mean(&self, ids: impl IntoIterator<Item = usize>) -> Vec<f32> {
        let (mut sum, mut count) = (Vec::new(), 0.0);
        for vector in ids.into_iter().filter_map(|id| self.vectors.get(id)) {
            sum.resize(vector.numbers().len(), 0.0);
            for (sum, x) in sum.iter_mut().zip(vector.numbers()) {
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

impl PlacedGraph {
    fn of(vectors: &[Vector], known: NearGraph) -> Self {
        let mut positions: HashMap<u64, usize> = HashMap::with_capacity(vectors.len());
        let mut others: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut different = Vec::with_capacity(vectors.len());
        for (position, vector) in vectors.iter().enumerate() {
            let first = *positions.entry(vector.hash()).or_insert(position);
            if first == position {
                different.push(vector.clone());
            } else {
                others.entry(first).or_default().push(position);
            }
        }
        let (graph, vectors) = known.renewed(&different);
        let first = vectors.iter().filter_map(|vector| positions.get(&vector.hash()).copied()).collect();
        Self { graph, vectors, first, others }
    }

    /// The positions of the vectors that are near to a query.
    fn near(&self, query: &PackedQuery<'_>, count: usize) -> Vec<usize> {
        let met = self.met(query, count, &mut MetBefore::of(self.vectors.len()));
        let first = met.into_iter().filter_map(|met| self.first.get(met.number as usize));
        let others = |first: usize| self.others.get(&first).into_iter().flatten().copied();
        first.flat_map(|first| std::iter::once(*first).chain(others(*first))).collect()
    }

    fn met(&self, query: &PackedQuery<'_>, count: usize, before: &mut MetBefore) -> Vec<Met> {
        let width = (count + count / 2).max(LEAST_WIDTH);
        self.graph.search(&self.vectors, &query.whole, width, before)
    }

    fn compared(&self, query: &PackedQuery<'_>, count: usize) -> usize {
        let mut before = MetBefore::of(self.vectors.len());
        self.met(query, count, &mut before);
        before.compared()
    }

    fn bytes(&self) -> usize {
        let each = size_of::<Vector>() + size_of::<usize>();
        self.graph.bytes()
            + self.vectors.len() * each
            + self.others.values().map(|ids| ids.len() * 8 + 32).sum::<usize>()
    }
}

#[cfg(test)]
mod tests;
