//! The graph of one index: where its vectors stand, and when it is made. It is made, or read from where it was kept,
//! beside the searches, which look at all vectors until it is ready.

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, Weak};
use std::thread;

use super::graph::NearGraph;
use super::graph_place::GraphPlace;
use super::packed::Vector;
use crate::lock::locked;

/// The search that has the graph made. A command that asks one question does not begin it.
const FIRST_SEARCH_WITH_GRAPH: usize = 3;
/// A search keeps at least this number of vectors at a time, and twice as many as are wanted. With 128 it found 98.8 of 100
/// of the ten nearest among 100,000, with 192 99.3, with 384 99.7.
const MIN_SEARCH_WIDTH: usize = 384;

/// A graph, and where its vectors stand.
pub(super) struct PlacedGraph {
    graph: Arc<NearGraph>,
    /// The first position of each vector, by its number in the graph. A graph that grew has more.
    first: Vec<Option<u32>>,
    /// The other positions, by the first.
    others: HashMap<usize, Vec<usize>>,
}

/// The place of a graph, which may come later.
#[derive(Default)]
pub(super) struct PendingGraph {
    placed: OnceLock<PlacedGraph>,
    /// The graph that the indexes of one library share, and that grows from each to the next. One at a time makes it.
    shared: Arc<Mutex<Option<Arc<NearGraph>>>>,
    /// Where it is kept between starts, if anywhere.
    place: Option<Arc<dyn GraphPlace>>,
    searches: AtomicUsize,
    /// Whether it is not made for these vectors.
    is_resting: bool,
}

impl PendingGraph {
    /// The place of a graph that follows another.
    pub(super) fn following(other: &Self) -> Self {
        Self { shared: Arc::clone(&other.shared), ..Self::default() }
    }

    /// Names the place where it is kept between starts.
    pub(super) fn keep_at(&mut self, place: Arc<dyn GraphPlace>) {
        self.place = Some(place);
    }

    /// The place of a graph that is handed on to a later index as it is.
    pub(super) fn resting(other: &Self) -> Self {
        Self { is_resting: true, ..Self::following(other) }
    }

    /// The graph, if it is ready.
    pub(super) fn get(&self) -> Option<&PlacedGraph> {
        self.placed.get()
    }

    /// Makes the graph when its turn comes, if the vectors are still there. Keeps it if it is new or has grown much.
    pub(super) fn make(&self, vectors: &Weak<Vec<Vector>>) {
        let mut shared = locked(&self.shared);
        let Some(vectors) = vectors.upgrade() else { return };
        let place = self.place.as_deref();
        let placed = self.placed.get_or_init(|| PlacedGraph::of(&vectors, shared.as_ref(), place));
        *shared = Some(Arc::clone(&placed.graph));
        if let Some(place) = place.filter(|place| placed.graph.has_grown() || !place.is_taken())
            && let Err(error) = place.keep(&|folder| placed.graph.save(folder))
        {
            tracing::warn!("the graph of the vectors is not kept for the next start: {error}");
        }
    }

    /// Counts a search without the graph. Some searches later a thread makes it.
    pub(super) fn is_missed(self: &Arc<Self>, vectors: &Arc<Vec<Vector>>) {
        if self.is_resting || self.searches.fetch_add(1, Ordering::Relaxed) + 1 != FIRST_SEARCH_WITH_GRAPH {
            return;
        }
        // A later index may replace this one before its turn comes. Then nobody has these vectors any more.
        let (pending, vectors) = (Arc::clone(self), Arc::downgrade(vectors));
        let work = move || pending.make(&vectors);
        let make = move || match rayon::ThreadPoolBuilder::new().build() {
            // It has threads of its own, so that no search waits behind its work.
            Ok(threads) => threads.install(work),
            Err(_) => work(),
        };
        // Without a thread, searches go on looking at all vectors.
        if let Err(error) = thread::Builder::new().name("graph".to_owned()).spawn(make) {
            tracing::warn!("no graph of the vectors is made: {error}");
        }
    }
}

impl PlacedGraph {
    fn of(vectors: &[Vector], earlier: Option<&Arc<NearGraph>>, place: Option<&dyn GraphPlace>) -> Self {
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
        let graph = match earlier {
            Some(graph) if !graph.holds_others(&positions) => Arc::clone(graph),
            _ => Arc::new(kept(place, &different).unwrap_or_else(|| NearGraph::for_about(different.len()))),
        };
        let mut first = vec![None; different.len()];
        for (vector, number) in different.iter().zip(graph.grow(&different)) {
            let position = positions.get(&vector.hash()).and_then(|position| u32::try_from(*position).ok());
            // Others may have let it grow, so a number can be beyond those of this index.
            let number = number as usize;
            first.resize(first.len().max(number + 1), None);
            first[number] = position;
        }
        Self { graph, first, others }
    }

    /// The positions of vectors that are near to a query, at least `count` if the search finds so many.
    pub(super) fn near(&self, query: &[f32], count: usize) -> Vec<usize> {
        let found = self.graph.search(query, (2 * count).max(MIN_SEARCH_WIDTH));
        // The graph may have grown into a later index since.
        let first = found.into_iter().filter_map(|number| *self.first.get(number)?).map(|first| first as usize);
        let others = |first: usize| self.others.get(&first).into_iter().flatten().copied();
        first.flat_map(|first| std::iter::once(first).chain(others(first))).collect()
    }
}

/// The graph that was kept, if it is one of these vectors.
fn kept(place: Option<&dyn GraphPlace>, vectors: &[Vector]) -> Option<NearGraph> {
    let mut found = None;
    place?.show(&mut |folder| {
        let known = vectors.iter().map(|vector| (vector.hash(), vector)).collect();
        match NearGraph::load(folder, &known) {
            Ok(graph) => found = Some(graph),
            Err(error) => tracing::debug!("the graph of the vectors is made again: {error}"),
        }
        found.is_some()
    });
    found
}
