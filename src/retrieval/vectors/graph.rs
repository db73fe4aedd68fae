//! A graph over vectors: each is linked to near ones in different directions. A search walks from the best of some
//! vectors to ever nearer ones. The graph has one layer, as in Vamana (Subramanya et al. 2019), and grows in batches, as in
//! `ParlayANN` (Dobson et al. 2023). So it is the same on any number of cores, and its links are one array that can
//! be kept. It compares high bytes only, and names no position.

mod bytes;
mod growth;

use std::hint::black_box;

use super::packed::Vector;
use super::product::products;

/// The most links of a vector.
const LINKS: usize = 48;
/// In place of a link that there is not.
const NONE: u32 = u32::MAX;
/// The most vectors that are compared to choose where a search begins.
const STARTS: usize = 1_024;
/// A search begins at so many of them.
const BEST_STARTS: usize = 4;

/// The links between vectors. A vector is known by its number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NearGraph {
    /// The vector of each number, by its hash.
    hashes: Vec<u64>,
    /// [`LINKS`] for each vector, filled up with [`NONE`].
    links: Vec<u32>,
    /// How many vectors were ever added or dropped.
    changes: u64,
}

/// A vector that a search has met.
#[derive(Debug, Clone, Copy)]
pub(super) struct Met {
    pub(super) number: u32,
    product: f32,
    /// Whether its links were not followed yet.
    open: bool,
}

/// The vectors that a search has met. It serves one search after another.
pub(super) struct MetBefore {
    bits: Vec<u64>,
    numbers: Vec<u32>,
    compared: usize,
}

impl MetBefore {
    pub(super) fn of(count: usize) -> Self {
        Self { bits: vec![0; count.div_ceil(64)], numbers: Vec::new(), compared: 0 }
    }

    /// How many vectors the latest search compared.
    pub(super) fn compared(&self) -> usize {
        self.compared
    }

    /// Whether it was not met before.
    fn is_new(&mut self, number: u32) -> bool {
        let Some(word) = self.bits.get_mut(number as usize / 64) else { return false };
        let bit = 1 << (number % 64);
        let new = *word & bit == 0;
        if new {
            *word |= bit;
            self.numbers.push(number);
        }
        new
    }

    fn forget(&mut self) {
        self.compared = self.numbers.len();
        for number in self.numbers.drain(..) {
            self.bits[number as usize / 64] = 0;
        }
    }
}

impl NearGraph {
    fn len(&self) -> usize {
        self.hashes.len()
    }

    /// How many vectors were ever added or dropped.
    pub fn changes(&self) -> u64 {
        self.changes
    }

    /// The bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        size_of_val(self.hashes.as_slice()) + size_of_val(self.links.as_slice())
    }

    fn links_of(&self, number: u32) -> impl Iterator<Item = u32> {
        let from = number as usize * LINKS;
        let links = self.links.get(from..from + LINKS).unwrap_or_default();
        links.iter().copied().take_while(|link| *link != NONE)
    }

    /// The nearest to a vector of whole numbers, the nearest first. The search keeps `width` at a time.
    /// `vectors` are those of the graph, by number.
    pub(super) fn search<A: Copy + Into<i32>>(
        &self,
        vectors: &[Vector],
        one: &[A],
        width: usize,
        before: &mut MetBefore,
    ) -> Vec<Met> {
        let mut nearest = Nearest { width, met: Vec::with_capacity(width + 1) };
        let mut found = Vec::with_capacity(STARTS);
        let mut compare = |numbers: &[u32]| -> Vec<(f32, u32)> {
            let of = |number: &u32| &vectors[*number as usize];
            // A look at each first lets the memory bring them side by side.
            black_box(numbers.iter().map(|number| sum_of_some(of(number).high())).max());
            products(one, numbers.iter().map(|number| of(number).high()), &mut found);
            let product = |(number, product): (&u32, &i32)| (*product as f32 * of(number).high_scale(), *number);
            numbers.iter().zip(&found).map(product).collect()
        };
        let mut starts = compare(&self.starts());
        starts.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (product, number) in starts.into_iter().take(BEST_STARTS) {
            before.is_new(number);
            nearest.take(product, number);
        }
        let (mut at, mut new) = (0, Vec::with_capacity(LINKS));
        while let Some(met) = nearest.met.get_mut(at) {
            if !std::mem::take(&mut met.open) {
                at += 1;
                continue;
            }
            new.clear();
            new.extend(self.links_of(met.number).filter(|link| before.is_new(*link)));
            let places = compare(&new).into_iter().filter_map(|(product, number)| nearest.take(product, number));
            // What is nearer than this one comes before what is farther.
            at = places.min().unwrap_or(at).min(at + 1);
        }
        before.forget();
        nearest.met
    }

    /// Vectors from all parts of the graph.
    fn starts(&self) -> Vec<u32> {
        let count = self.len().isqrt().min(STARTS);
        (0..count).map(|start| (start * self.len() / count) as u32).collect()
    }
}

/// A sum over one byte of each two lines of the cache.
fn sum_of_some(bytes: &[i8]) -> i32 {
    bytes.iter().step_by(128).map(|byte| i32::from(*byte)).sum()
}

/// The nearest of what a search has met, the nearest first.
struct Nearest {
    width: usize,
    met: Vec<Met>,
}

impl Nearest {
    /// Takes a vector in, if it is near enough. Returns its place.
    fn take(&mut self, product: f32, number: u32) -> Option<usize> {
        let is_nearer = |met: &Met| met.product.total_cmp(&product).then(number.cmp(&met.number)).is_gt();
        let place = self.met.partition_point(is_nearer);
        if place >= self.width {
            return None;
        }
        self.met.truncate(self.width - 1);
        self.met.insert(place, Met { number, product, open: true });
        Some(place)
    }
}
