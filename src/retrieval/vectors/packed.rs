//! Vectors in two bytes a number. The high bytes of many vectors lie side by side: they are what a search reads. High
//! and low bytes together are within some millionths of the cosine of the numbers that were given.

use std::hash::{DefaultHasher, Hasher as _};
use std::sync::Arc;

use super::product::{dot_of_two, products};

/// The largest whole number of a vector. Rounded, its high byte is 127.
const MAX_LEVEL: i32 = 32_639;
/// The largest whole number of a query. With it, 32 bits hold the product of 8,192 numbers.
const LARGEST_OF_QUERY: f32 = 2_047.0;
/// More than what rounding does to a product of unit vectors.
const ROUNDING: f32 = 4e-6;

/// A vector that several snapshots share.
#[derive(Debug, Clone)]
pub struct Vector {
    block: Arc<Block>,
    row: u32,
    /// The scale of its row. A search in a graph needs it beside the high bytes.
    scale: f32,
}

/// Vectors of one width. A number is `scale × (256 × high + low)`.
#[derive(Debug, Default)]
struct Block {
    width: usize,
    high: Vec<i8>,
    low: Vec<i8>,
    rows: Vec<Row>,
}

#[derive(Debug, Clone, Copy)]
struct Row {
    scale: f32,
    /// The length of the part in the low bytes.
    low_length: f32,
    hash: u64,
}

/// A query in whole numbers.
pub(super) struct PackedQuery<'a> {
    numbers: &'a [f32],
    pub(super) whole: Vec<i16>,
    pub(super) scale: f32,
    length: f32,
    /// The length of what the whole numbers lack.
    lost: f32,
}

impl Vector {
    /// Packs vectors. The first decides the width of all.
    pub fn pack(vectors: &[Vec<f32>]) -> Vec<Self> {
        let width = vectors.first().map_or(0, Vec::len);
        let mut block = Block { width, ..Block::default() };
        block.high.reserve_exact(width * vectors.len());
        block.low.reserve_exact(width * vectors.len());
        block.rows.reserve_exact(vectors.len());
        for vector in vectors {
            block.push(vector);
        }
        let block = Arc::new(block);
        let vector = |(row, of): (u32, &Row)| Self { block: Arc::clone(&block), row, scale: of.scale };
        (0..).zip(&block.rows).map(vector).collect()
    }

    /// The product with another vector.
    pub fn dot(&self, other: &[f32]) -> f32 {
        dot_of_two(other, self.high(), self.low()) * self.scale
    }

    /// Whether it has no direction, and so says nothing.
    pub fn is_origin(&self) -> bool {
        self.scale == 0.0
    }

    /// Its numbers.
    pub fn numbers(&self) -> impl ExactSizeIterator<Item = f32> {
        let scale = self.scale;
        let both = self.high().iter().zip(self.low());
        both.map(move |(high, low)| (i32::from(*high) * 256 + i32::from(*low)) as f32 * scale)
    }

    /// The same for vectors that are the same.
    pub(super) fn hash(&self) -> u64 {
        self.row().hash
    }

    /// Its bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        2 * self.block.width + size_of::<Row>() + size_of::<Self>()
    }

    #[inline]
    pub(super) fn high(&self) -> &[i8] {
        let from = self.row as usize * self.block.width;
        &self.block.high[from..from + self.block.width]
    }

    fn low(&self) -> &[i8] {
        let from = self.row as usize * self.block.width;
        &self.block.low[from..from + self.block.width]
    }

    /// The value of one in the high bytes.
    #[inline]
    pub(super) fn high_scale(&self) -> f32 {
        self.scale * 256.0
    }

    #[inline]
    fn row(&self) -> &Row {
        &self.block.rows[self.row as usize]
    }
}

impl Block {
    fn push(&mut self, vector: &[f32]) {
        let (scale, by) = scales(vector, MAX_LEVEL as f32);
        let mut low_square = 0.0;
        let mut hasher = DefaultHasher::new();
        for x in vector.iter().copied().chain(std::iter::repeat(0.0)).take(self.width) {
            let whole = ((x * by).round() as i32).clamp(-MAX_LEVEL, MAX_LEVEL);
            let high = (whole + 128) >> 8;
            let low = whole - high * 256;
            low_square += f64::from(low).powi(2);
            hasher.write_i16(whole as i16);
            self.high.push(high as i8);
            self.low.push(low as i8);
        }
        hasher.write_u32(scale.to_bits());
        self.rows.push(Row { scale, low_length: low_square.sqrt() as f32 * scale, hash: hasher.finish() });
    }
}

impl<'a> PackedQuery<'a> {
    pub(super) fn new(numbers: &'a [f32]) -> Self {
        let (scale, by) = scales(numbers, LARGEST_OF_QUERY);
        let whole: Vec<i16> = numbers.iter().map(|x| (x * by).round() as i16).collect();
        let lost = numbers.iter().zip(&whole).map(|(x, whole)| (x - f32::from(*whole) * scale).powi(2));
        let length = numbers.iter().map(|x| x * x).sum::<f32>().sqrt();
        Self { lost: lost.sum::<f32>().sqrt(), length, numbers, whole, scale }
    }

    /// For each vector, the product by high bytes, and the most that it can be off.
    pub(super) fn rough(&self, vectors: &[Vector]) -> Vec<(f32, f32)> {
        let mut found = Vec::with_capacity(vectors.len());
        products(&self.whole, vectors.iter().map(Vector::high), &mut found);
        let rough = |(product, vector): (&i32, &Vector)| {
            let off = vector.row().low_length * self.length + self.lost + ROUNDING;
            (*product as f32 * self.scale * vector.high_scale(), off)
        };
        found.iter().zip(vectors).map(rough).collect()
    }

    /// The sum of the products by high bytes, made again and again.
    pub(super) fn multiply(&self, vectors: &[Vector], times: usize) -> i64 {
        let mut found = Vec::with_capacity(vectors.len());
        let mut sum = 0;
        for _ in 0..times {
            products(&self.whole, vectors.iter().map(Vector::high), &mut found);
            sum += found.iter().map(|product| i64::from(*product)).sum::<i64>();
        }
        sum
    }

    /// The product with all that is kept of a vector.
    pub(super) fn exact(&self, vector: &Vector) -> f32 {
        vector.dot(self.numbers)
    }
}

/// The value of one for whole numbers up to `largest`, and its inverse. Both are 0 for a vector without meaning.
fn scales(numbers: &[f32], largest: f32) -> (f32, f32) {
    let most = numbers.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
    let (scale, by) = (most / largest, largest / most);
    if scale.is_normal() && by.is_normal() { (scale, by) } else { (0.0, 0.0) }
}
