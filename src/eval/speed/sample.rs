//! Vectors to measure with: those of a library, and as many more as are wanted, mixed from them.

use crate::retrieval::corpus::Corpus;
use crate::retrieval::vectors::{Vector, dot};

/// The length of the noise in a mixed vector.
const NOISE: f32 = 0.25;
/// Vectors that are packed together.
const VECTORS_PER_BATCH: usize = 65_536;

/// Passages and queries of a library, and what is mixed from them.
///
/// A mixed vector is that of two real ones at random shares (30 to 70 %), with noise of a quarter of its length in a random
/// direction. So mixed vectors lie between real ones, as dense as these, and no two are equal. A graph may find more or
/// less of as many real ones.
pub struct Sampler {
    passages: Vec<Vec<f32>>,
    queries: Vec<Vec<f32>>,
}

impl Sampler {
    /// Takes the vectors of a library, and makes a number of queries. `None` if the library has no passages or no questions.
    pub fn of(corpus: &Corpus, queries: usize) -> Option<Self> {
        let all =
            |vectors: &[Vector]| -> Vec<Vec<f32>> { vectors.iter().map(|vector| vector.numbers().collect()).collect() };
        let (passages, questions) = (all(corpus.index.passages.vectors()), all(corpus.index.questions.vectors()));
        if passages.is_empty() || questions.is_empty() {
            return None;
        }
        let mut random = Random(1);
        let mixed = std::iter::repeat_with(|| random.mixed(&questions));
        let queries = questions.iter().cloned().chain(mixed).take(queries).collect();
        Some(Self { passages, queries })
    }

    /// How many real passages there are.
    pub fn real(&self) -> usize {
        self.passages.len()
    }

    /// The queries: vectors of the interview questions, filled up by mixed ones.
    pub fn queries(&self) -> &[Vec<f32>] {
        &self.queries
    }

    /// Numbers of the real passages, then of mixed ones.
    pub fn numbers(&self, count: usize) -> impl Iterator<Item = Vec<f32>> {
        let mut random = Random(2);
        let mixed = std::iter::repeat_with(move || random.mixed(&self.passages));
        self.passages.iter().cloned().chain(mixed).take(count)
    }

    /// The same, packed. They are packed in batches, because a million are large unpacked.
    pub fn vectors(&self, count: usize) -> Vec<Vector> {
        let mut numbers = self.numbers(count);
        let mut packed = Vec::with_capacity(count);
        while packed.len() < count {
            let some: Vec<Vec<f32>> = numbers.by_ref().take(VECTORS_PER_BATCH).collect();
            packed.extend(Vector::pack(&some));
        }
        packed
    }
}

/// Numbers that look random and are the same in every run (`SplitMix64`).
struct Random(u64);

impl Random {
    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to 1.
    fn part(&mut self) -> f32 {
        (self.draw() >> 40) as f32 / 16_777_216.0
    }

    fn one<'a>(&mut self, of: &'a [Vec<f32>]) -> &'a [f32] {
        let at = self.draw() % of.len().max(1) as u64;
        of.get(at as usize).map_or(&[], Vec::as_slice)
    }

    fn mixed(&mut self, of: &[Vec<f32>]) -> Vec<f32> {
        let (a, b) = (self.one(of), self.one(of));
        let share = 0.3 + 0.4 * self.part();
        // Three even numbers add up to nearly a normal one, with a variance of a quarter.
        let by = NOISE * 2.0 / (a.len() as f32).sqrt();
        let mut noise = || (self.part() + self.part() + self.part() - 1.5) * by;
        let mut mixed: Vec<f32> = a.iter().zip(b).map(|(a, b)| a * share + b * (1.0 - share) + noise()).collect();
        let length = dot(&mixed, &mixed).sqrt();
        for x in &mut mixed {
            *x /= length;
        }
        mixed
    }
}
