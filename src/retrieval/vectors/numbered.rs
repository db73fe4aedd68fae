//! Vectors by number. They are added one after another and read without a lock, so that a search never waits for a
//! graph that grows.

use std::sync::OnceLock;

use super::packed::Vector;

/// The places of the first part. Each further part has twice as many as the one before.
const PLACES_OF_FIRST_PART: usize = 1_024;
/// More than any memory holds.
const MAX_PARTS: usize = 32;

type Part = Box<[OnceLock<Vector>]>;

/// A table of vectors that only grows.
#[derive(Default)]
pub(super) struct NumberedVectors([OnceLock<Part>; MAX_PARTS]);

impl NumberedVectors {
    /// The vector with a number, if it was added.
    #[inline]
    pub(super) fn get(&self, number: usize) -> Option<&Vector> {
        let (part, at) = place(number);
        self.0.get(part)?.get()?.get(at)?.get()
    }

    /// Adds a vector. The first with its number stays.
    pub(super) fn add(&self, number: usize, vector: Vector) {
        let (part, at) = place(number);
        let empty = || std::iter::repeat_with(OnceLock::new).take(PLACES_OF_FIRST_PART << part).collect();
        if let Some(slot) = self.0.get(part).and_then(|part| part.get_or_init(empty).get(at)) {
            slot.get_or_init(|| vector);
        }
    }
}

/// The part of a number, and its place there.
#[inline]
fn place(number: usize) -> (usize, usize) {
    let part = (number / PLACES_OF_FIRST_PART + 1).ilog2() as usize;
    // The parts before have this many places in all. In this order nothing overflows.
    (part, number - ((PLACES_OF_FIRST_PART << part) - PLACES_OF_FIRST_PART))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_has_a_place_of_its_own() {
        let mut next = (0, 0);
        for number in 0..100_000 {
            assert_eq!(place(number), next, "{number}");
            next = if next.1 + 1 == PLACES_OF_FIRST_PART << next.0 { (next.0 + 1, 0) } else { (next.0, next.1 + 1) };
        }
    }

    #[test]
    fn what_was_added_is_found_and_nothing_else() {
        let table = NumberedVectors::default();
        let vector = |x: f32| Vector::pack(&[vec![x, 1.0]]).remove(0);
        for number in [0, 1_023, 1_024, 5_000] {
            table.add(number, vector(number as f32));
            table.add(number, vector(-1.0));
            assert_eq!(table.get(number).map(Vector::hash), Some(vector(number as f32).hash()));
        }
        assert!([1, 1_025, 4_999, 70_000, usize::MAX / 2].iter().all(|number| table.get(*number).is_none()));
    }
}
