//! Vectors → nearest. It knows no text.
//!
//! A small set is scanned. A scan is exact, needs nothing made at the start, and a graph of that size would be no quicker. A
//! large set gets a graph, which is made beside the searches, grows by what is added, and is kept for the next start.

mod graph;
pub mod graph_place;
mod numbered;
mod packed;
mod placed_graph;
mod product;
mod scan;

use std::sync::Arc;

use graph_place::GraphPlace;
use packed::PackedQuery;
pub use packed::Vector;
use placed_graph::PendingGraph;
pub use product::dot;

/// Up to this number of vectors, every search scans them all, on all cores, and misses nothing. Reckoned from
/// 100,000, a graph that finds 99 of 100 of the ten nearest is no quicker on two cores up to about this number, and it
/// takes twice the memory of the vectors (*Measuring* in the guide).
const SCANNED: usize = 524_288;
/// A search for more than one vector of so many scans them.
const MIN_COUNT_FOR_SCAN: usize = 64;

/// Unit vectors, found by cosine. Each is known by its position. Clones share them.
#[derive(Clone)]
pub struct VectorIndex {
    vectors: Arc<Vec<Vector>>,
    /// The graph, if there are too many vectors to scan.
    graph: Option<Arc<PendingGraph>>,
}

impl VectorIndex {
    /// Indexes unit vectors.
    pub fn new(vectors: &[Vec<f32>]) -> Self {
        Self::of(Vector::pack(vectors), SCANNED, None)
    }

    /// Indexes vectors that others hold as well.
    pub fn sharing(vectors: Vec<Vector>) -> Self {
        Self::of(vectors, SCANNED, None)
    }

    /// The same. The graph of an earlier index grows into its own.
    pub fn following(earlier: &Self, vectors: Vec<Vector>) -> Self {
        Self::of(vectors, SCANNED, Some(earlier))
    }

    /// The same for vectors that will soon be replaced. It is scanned, and keeps the graph of an earlier index for a later.
    pub fn scanning(earlier: &Self, vectors: Vec<Vector>) -> Self {
        let graph = earlier.graph.as_deref().map(|graph| Arc::new(PendingGraph::resting(graph)));
        Self { vectors: Arc::new(vectors), graph }
    }

    /// An index without a graph, whatever its size. It serves to measure.
    pub fn scanned(vectors: Vec<Vector>) -> Self {
        Self::of(vectors, usize::MAX, None)
    }

    /// An index with a graph that is ready, whatever its size. It serves to measure.
    pub fn graphed(vectors: Vec<Vector>) -> Self {
        Self::of(vectors, 0, None).ready()
    }

    /// The same. The graph is kept at a place, and taken from there.
    #[cfg(test)]
    pub(crate) fn graphed_at(vectors: Vec<Vector>, place: Arc<dyn GraphPlace>) -> Self {
        let mut index = Self::of(vectors, 0, None);
        index.keep_graph_at(|| Some(place));
        index.ready()
    }

    fn of(vectors: Vec<Vector>, scanned: usize, earlier: Option<&Self>) -> Self {
        let pending = || {
            let earlier = earlier.and_then(|earlier| earlier.graph.as_deref());
            Arc::new(earlier.map_or_else(PendingGraph::default, PendingGraph::following))
        };
        let graph = (vectors.len() > scanned).then(pending);
        Self { vectors: Arc::new(vectors), graph }
    }

    /// Names the place where its graph is kept between starts, if it gets one. No search may have begun.
    pub fn keep_graph_at(&mut self, place: impl FnOnce() -> Option<Arc<dyn GraphPlace>>) {
        if let Some(graph) = self.graph.as_mut().and_then(Arc::get_mut)
            && let Some(place) = place()
        {
            graph.keep_at(place);
        }
    }

    /// Waits until its graph is made, if it gets one.
    fn ready(self) -> Self {
        if let Some(graph) = &self.graph {
            graph.make(&Arc::downgrade(&self.vectors));
        }
        self
    }

    /// The `count` nearest vectors as `(position, cosine)`, the nearest first.
    pub fn nearest(&self, query: &[f32], count: usize) -> Vec<(usize, f32)> {
        let count = count.min(self.len());
        let packed = PackedQuery::new(query);
        let near = self.near_by_graph(query, count).unwrap_or_else(|| scan::candidates(&self.vectors, &packed, count));
        let exact = |id: usize| self.vectors.get(id).map(|vector| (id, packed.exact(vector)));
        let mut hits: Vec<(usize, f32)> = near.into_iter().filter_map(exact).collect();
        hits.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        hits.truncate(count);
        hits
    }

    /// The positions of near vectors by the graph. `None` if it is not ready, finds too few, or a scan is quicker.
    fn near_by_graph(&self, query: &[f32], count: usize) -> Option<Vec<usize>> {
        let pending = self.graph.as_ref().filter(|_| count <= self.len() / MIN_COUNT_FOR_SCAN)?;
        let Some(graph) = pending.get() else {
            pending.is_missed(&self.vectors);
            return None;
        };
        // A query without numbers is near to nothing.
        let near = query.iter().all(|x| x.is_finite()).then(|| graph.near(query, count))?;
        (near.len() >= count).then_some(near)
    }

    /// Multiplies the high bytes of all vectors by a query, again and again. It serves to measure.
    pub fn multiply(&self, query: &[f32], times: usize) -> i64 {
        PackedQuery::new(query).multiply(&self.vectors, times)
    }

    /// The bytes of the vectors in memory.
    pub fn bytes(&self) -> usize {
        self.vectors.iter().map(Vector::bytes).sum()
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

    /// The mean of some of the vectors, and how many it is of; empty if there are none. Vectors at the origin do not count.
    pub fn mean(&self, ids: impl IntoIterator<Item = usize>) -> (Vec<f32>, usize) {
        let (mut sum, mut count) = (Vec::new(), 0);
        let vectors = ids.into_iter().filter_map(|id| self.vectors.get(id)).filter(|vector| !vector.is_origin());
        for vector in vectors {
            sum.resize(vector.numbers().len(), 0.0);
            for (sum, x) in sum.iter_mut().zip(vector.numbers()) {
                *sum += x;
            }
            count += 1;
        }
        for sum in &mut sum {
            *sum /= count as f32;
        }
        (sum, count)
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

#[cfg(test)]
mod tests;
