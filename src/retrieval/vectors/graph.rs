//! A graph over vectors, by `hnsw_rs` (HNSW, Malkov and Yashunin 2016). It holds numbers of vectors and the distances
//! between them. It looks the high bytes up in the vectors, which are held once. It names no position. Only this module
//! and its child name `hnsw_rs`.

mod kept;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use hnsw_rs::prelude::{Distance, Hnsw};

use super::numbered::NumberedVectors;
use super::packed::Vector;
use super::product::product_of_high;
use crate::lock::locked;

/// Links per vector and layer; twice as many in the lowest. The paper uses 16 to 48.
const LINKS: usize = 16;
/// Width of the search while building.
const BUILD_WIDTH: usize = 128;
/// `hnsw_rs` keeps a graph only with this number of layers.
const LAYERS: usize = 16;
/// A graph is kept again when it grew by one in so many.
const GROWTH: usize = 16;

/// The number of a vector, as the graph holds it.
type Point = [i8; 4];

/// One minus the cosine of the high bytes of two unit vectors.
///
/// Each is a [`Point`], or a query: its high bytes, the scale of them in four bytes, and one byte more, so that no query
/// is read as a number.
#[derive(Clone, Default)]
struct HighBytes(Arc<NumberedVectors>);

impl HighBytes {
    #[inline]
    fn of<'a>(&'a self, point: &'a [i8]) -> Option<(&'a [i8], f32)> {
        if let Ok(number) = Point::try_from(point) {
            let vector = self.0.get(u32::from_le_bytes(number.map(i8::cast_unsigned)) as usize)?;
            return Some((vector.high(), vector.high_scale()));
        }
        let (high, scale) = point.split_last()?.1.split_last_chunk()?;
        Some((high, f32::from_le_bytes(scale.map(i8::cast_unsigned))))
    }
}

impl Distance<i8> for HighBytes {
    fn eval(&self, a: &[i8], b: &[i8]) -> f32 {
        let (Some((a, a_scale)), Some((b, b_scale))) = (self.of(a), self.of(b)) else { return 1.0 };
        // Rounding must not make it less than zero.
        (1.0 - product_of_high(a, b) as f32 * a_scale * b_scale).max(0.0)
    }
}

/// A graph that several snapshots share, and that grows.
pub(super) struct NearGraph {
    graph: Hnsw<'static, i8, HighBytes>,
    vectors: HighBytes,
    /// The number of each vector in the graph, by its hash.
    numbers: Mutex<HashMap<u64, u32>>,
    /// How many vectors it had when it was kept last.
    kept: AtomicUsize,
}

impl NearGraph {
    /// A graph of no vectors, for about so many.
    pub(super) fn for_about(count: usize) -> Self {
        let vectors = HighBytes::default();
        let graph = Hnsw::new(LINKS, count, LAYERS, BUILD_WIDTH, vectors.clone());
        Self { graph, vectors, numbers: Mutex::default(), kept: AtomicUsize::default() }
    }

    /// Whether it holds a vector that is not among these hashes. A graph forgets nothing, so it then serves no more.
    pub(super) fn holds_others(&self, hashes: &HashMap<u64, usize>) -> bool {
        locked(&self.numbers).keys().any(|hash| !hashes.contains_key(hash))
    }

    /// Adds the vectors that it lacks, on all cores. Returns the number of each. The vectors must differ.
    pub(super) fn grow(&self, vectors: &[Vector]) -> Vec<u32> {
        let mut numbers = locked(&self.numbers);
        let mut next = numbers.len() as u32;
        let mut new: Vec<(Point, usize)> = Vec::new();
        let mut number = |vector: &Vector| {
            *numbers.entry(vector.hash()).or_insert_with(|| {
                self.vectors.0.add(next as usize, vector.clone());
                new.push((next.to_le_bytes().map(u8::cast_signed), next as usize));
                next += 1;
                next - 1
            })
        };
        let all = vectors.iter().map(&mut number).collect();
        let new: Vec<(&[i8], usize)> = new.iter().map(|(point, number)| (point.as_slice(), *number)).collect();
        self.graph.parallel_insert_slice(&new);
        all
    }

    /// The numbers of the nearest vectors. The search keeps `width` at a time.
    pub(super) fn search(&self, query: &[f32], width: usize) -> Vec<usize> {
        let packed = Vector::pack(&[query.to_vec()]);
        let Some(query) = packed.first() else { return Vec::new() };
        let scale = query.high_scale().to_le_bytes().map(u8::cast_signed);
        let point: Vec<i8> = query.high().iter().copied().chain(scale).chain([0]).collect();
        self.graph.search(&point, width, width).into_iter().map(|found| found.d_id).collect()
    }

    /// Whether it grew so much since it was kept that it should be kept again.
    pub(super) fn has_grown(&self) -> bool {
        let (now, kept) = (locked(&self.numbers).len(), self.kept.load(Ordering::Relaxed));
        now > kept + kept / GROWTH
    }
}
