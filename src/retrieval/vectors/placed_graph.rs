//! The graph of one index: where its vectors stand, and when it is made. It is made beside the searches, which look at all
//! vectors until it is ready.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread;

use super::graph::NearGraph;
use super::packed::Vector;

/// The search that has the graph made. A command that asks one question does not begin it.
const BEGINS: usize = 3;
/// A search keeps at least this number of vectors at a time, and half as many again as are wanted.
const LEAST_WIDTH: usize = 128;

/// A graph, and where its vectors stand.
pub(super) struct PlacedGraph {
    graph: Arc<NearGraph>,
    /// The first position of each vector, by its number in the graph.
    first: HashMap<usize, usize>,
    /// The other positions, by the first.
    others: HashMap<usize, Vec<usize>>,
}

/// The place of a graph, which may come later.
#[derive(Default)]
pub(super) struct PendingGraph {
    placed: OnceLock<PlacedGraph>,
    /// The graph of an earlier index, which may grow into this one.
    earlier: Option<Arc<NearGraph>>,
    searches: AtomicUsize,
    /// Whether it is not made for these vectors.
    is_resting: bool,
}

impl PendingGraph {
    /// The place of a graph that follows another.
    pub(super) fn following(other: &Self) -> Self {
        let earlier = other.placed.get().map(|placed| Arc::clone(&placed.graph)).or_else(|| other.earlier.clone());
        Self { earlier, ..Self::default() }
    }

    /// The place of a graph that is handed on to a later index as it is.
    pub(super) fn resting(other: &Self) -> Self {
        Self { is_resting: true, ..Self::following(other) }
    }

    /// The graph, if it is ready.
    pub(super) fn get(&self) -> Option<&PlacedGraph> {
        self.placed.get()
    }

    /// Makes the graph now.
    pub(super) fn make(&self, vectors: &[Vector]) {
        self.placed.get_or_init(|| PlacedGraph::of(vectors, self.earlier.as_ref()));
    }

    /// Counts a search without the graph. Some searches later a thread makes it.
    pub(super) fn is_missed(self: &Arc<Self>, vectors: &Arc<Vec<Vector>>) {
        if self.is_resting || self.searches.fetch_add(1, Ordering::Relaxed) + 1 != BEGINS {
            return;
        }
        let (pending, vectors) = (Arc::clone(self), Arc::clone(vectors));
        let make = move || match rayon::ThreadPoolBuilder::new().build() {
            // It has threads of its own, so that no search waits behind its work.
            Ok(threads) => threads.install(|| pending.make(&vectors)),
            Err(_) => pending.make(&vectors),
        };
        // Without a thread, searches go on looking at all vectors.
        if let Err(error) = thread::Builder::new().name("graph".to_owned()).spawn(make) {
            tracing::warn!("no graph of the vectors is made: {error}");
        }
    }
}

impl PlacedGraph {
    fn of(vectors: &[Vector], earlier: Option<&Arc<NearGraph>>) -> Self {
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
        let graph = earlier
            .filter(|graph| !graph.holds_others(&positions))
            .map_or_else(|| Arc::new(NearGraph::for_about(different.len())), Arc::clone);
        let numbers = graph.grow(&different);
        let first = different.iter().zip(numbers);
        let first = first.filter_map(|(vector, number)| Some((number, *positions.get(&vector.hash())?))).collect();
        Self { graph, first, others }
    }

    /// The positions of vectors that are near to a query, at least `count` if the search finds so many.
    pub(super) fn near(&self, query: &[f32], count: usize) -> Vec<usize> {
        let found = self.graph.search(query, (count + count / 2).max(LEAST_WIDTH));
        // The graph may have grown into a later index since.
        let first = found.into_iter().filter_map(|number| self.first.get(&number).copied());
        let others = |first: usize| self.others.get(&first).into_iter().flatten().copied();
        first.flat_map(|first| std::iter::once(first).chain(others(first))).collect()
    }
}
