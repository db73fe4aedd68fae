//! Adds vectors to a graph and drops vectors from it.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use super::{LINKS, MetBefore, NONE, NearGraph};
use crate::retrieval::vectors::packed::Vector;
use crate::retrieval::vectors::product::products;

/// The links that a vector gets. Later ones fill the places up to [`LINKS`]; then the best are chosen anew.
const CHOSEN: usize = 32;
/// The width of the search for the neighbours of a new vector.
const WIDTH: usize = 128;
/// A link is left out if another one leads nearer to its end by this factor.
const DETOUR: f32 = 1.2;
/// Links that are compared at a time.
const FEW: usize = 8;
/// New vectors do not see those of their own batch, so a batch is this part of the graph, and no larger than the next
/// number.
const PART: usize = 16;
const BATCH: usize = 2_000;

impl NearGraph {
    /// The graph of exactly these vectors, which all differ, made of this one. Returns also the vectors by number.
    pub(in super::super) fn renewed(mut self, vectors: &[Vector]) -> (Self, Vec<Vector>) {
        let mut by_hash: HashMap<u64, &Vector> = vectors.iter().map(|vector| (vector.hash(), vector)).collect();
        // Each vector has one number, whatever was kept.
        let known = |hash: &u64| by_hash.remove(hash).cloned();
        let mut numbered = self.keep(self.hashes.iter().map(known).collect());
        let known: HashSet<u64> = self.hashes.iter().copied().collect();
        numbered.extend(vectors.iter().filter(|vector| !known.contains(&vector.hash())).cloned());
        self.changes += (numbered.len() - self.len()) as u64;
        self.grow(&numbered);
        (self, numbered)
    }

    /// Keeps the vectors that are there, and returns them by their new numbers. What was linked to a dropped vector is
    /// linked to those that were linked to it.
    fn keep(&mut self, vectors: Vec<Option<Vector>>) -> Vec<Vector> {
        let left = vectors.iter().flatten().count();
        self.changes += (vectors.len() - left) as u64;
        if left == vectors.len() {
            return vectors.into_iter().flatten().collect();
        }
        if left * 2 < vectors.len() {
            *self = Self { changes: self.changes, ..Self::default() };
            return Vec::new();
        }
        let of = |number: u32| vectors.get(number as usize).and_then(Option::as_ref);
        let linked = |number: u32| -> Option<Vec<u32>> {
            let own = of(number)?;
            let (mut links, dropped): (Vec<u32>, Vec<u32>) =
                self.links_of(number).partition(|link| of(*link).is_some());
            if !dropped.is_empty() {
                links.extend(dropped.into_iter().flat_map(|link| self.links_of(link)));
                links.retain(|link| *link != number && of(*link).is_some());
                links.sort_unstable();
                links.dedup();
                links = chosen(own, links, |number| of(number).unwrap_or(own));
            }
            // A vector without links is added anew.
            (!links.is_empty()).then_some(links)
        };
        let linked: Vec<Option<Vec<u32>>> = (0..vectors.len() as u32).into_par_iter().map(linked).collect();
        let mut next = 0..;
        let numbers: Vec<Option<u32>> = linked.iter().map(|links| links.as_ref().and_then(|_| next.next())).collect();
        let number = |link: &u32| numbers.get(*link as usize).copied().flatten();
        self.links = linked.iter().flatten().flat_map(|links| filled(links.iter().filter_map(number))).collect();
        let kept = |at: &usize| linked[*at].is_some();
        self.hashes = (0..vectors.len()).filter(kept).map(|at| self.hashes[at]).collect();
        (0..vectors.len()).filter(kept).filter_map(|at| vectors[at].clone()).collect()
    }

    /// Links the vectors that have no number yet. `vectors` are all of them, by number.
    fn grow(&mut self, vectors: &[Vector]) {
        while self.len() < vectors.len() {
            let from = self.len();
            let to = vectors.len().min(from + (from / PART).clamp(1, BATCH));
            let of = |number: u32| &vectors[number as usize];
            let near = |before: &mut MetBefore, vector: &Vector| -> Vec<u32> {
                let met = self.search(vectors, vector.high(), WIDTH, before);
                chosen(vector, met.into_iter().map(|met| met.number).collect(), of)
            };
            let new: Vec<Vec<u32>> = vectors[from..to].par_iter().map_init(|| MetBefore::of(from), near).collect();
            let mut back: Vec<(u32, u32)> = Vec::new();
            for (number, links) in (from as u32..).zip(&new) {
                back.extend(links.iter().map(|link| (*link, number)));
            }
            back.sort_unstable();
            let back: Vec<&[(u32, u32)]> = back.chunk_by(|a, b| a.0 == b.0).collect();
            let linked = |of_one: &&[(u32, u32)]| {
                let number = of_one[0].0;
                let links: Vec<u32> = self.links_of(number).chain(of_one.iter().map(|(_, from)| *from)).collect();
                (number, if links.len() > LINKS { chosen(of(number), links, of) } else { links })
            };
            let back: Vec<(u32, Vec<u32>)> = back.par_iter().map(linked).collect();
            for (number, links) in back {
                let at = number as usize * LINKS;
                self.links.splice(at..at + LINKS, filled(links.into_iter()));
            }
            self.links.extend(new.into_iter().flat_map(|links| filled(links.into_iter())));
            self.hashes.extend(vectors[from..to].iter().map(Vector::hash));
        }
    }
}

/// The links of one vector, as the graph holds them.
fn filled(links: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    links.chain(std::iter::repeat(NONE)).take(LINKS)
}

/// The best links from a vector: near ones, and none that another link leads nearer to.
fn chosen<'a>(one: &Vector, links: Vec<u32>, of: impl Fn(u32) -> &'a Vector) -> Vec<u32> {
    let mut found = Vec::new();
    let mut compare = |one: &Vector, links: &[u32]| -> Vec<f32> {
        products(one.high(), links.iter().map(|link| of(*link).high()), &mut found);
        let scaled = found.iter().zip(links).map(|(found, link)| *found as f32 * of(*link).high_scale());
        scaled.map(|product| product * one.high_scale()).collect()
    };
    let mut nearest: Vec<(f32, u32)> = compare(one, &links).into_iter().zip(links).collect();
    nearest.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut chosen = Vec::with_capacity(CHOSEN);
    for (cosine, link) in nearest {
        let is_nearer = |between: f32| DETOUR * (1.0 - between) < 1.0 - cosine;
        // Most are found to be left out by the first few.
        let mut few = chosen.chunks(FEW);
        if !few.any(|few| compare(of(link), few).into_iter().any(is_nearer)) {
            chosen.push(link);
        }
        if chosen.len() == CHOSEN {
            break;
        }
    }
    chosen
}
