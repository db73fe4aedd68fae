//! Products of vectors, in the widest registers that the processor has. Only this module names `pulp`, which chooses
//! AVX-512, AVX2 or NEON at run time. The loops are plain, and the compiler vectorises them for each.
//!
//! Every processor gives the same bits: whole numbers add up exactly, and the order of the other additions is fixed.

#![expect(clippy::inline_always, reason = "the instructions are those of the function that a loop is inlined into")]

use pulp::{Arch, Simd, WithSimd};

/// Products that are summed side by side.
const LANES: usize = 32;

/// The cosine of two unit vectors.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    Arch::new().dispatch(Dot(a, b))
}

/// The product of a vector with one whose numbers are `256 × high + low`.
pub(super) fn dot_of_two(a: &[f32], high: &[i8], low: &[i8]) -> f32 {
    Arch::new().dispatch(DotOfTwo { a, high, low })
}

/// The products of one vector of whole numbers with each of many. The numbers must be so small that 32 bits hold
/// each sum.
pub(super) fn products<'a, A: Copy + Into<i32>>(one: &[A], many: impl Iterator<Item = &'a [i8]>, found: &mut Vec<i32>) {
    found.clear();
    Arch::new().dispatch(Products { one, many, found });
}

/// The product of two rows of high bytes. 32 bits hold it for 130,000 numbers.
pub(super) fn product_of_high(a: &[i8], b: &[i8]) -> i32 {
    Arch::new().dispatch(HighProduct(a, b))
}

struct HighProduct<'a>(&'a [i8], &'a [i8]);

impl WithSimd for HighProduct<'_> {
    type Output = i32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> i32 {
        self.0.iter().zip(self.1).map(|(x, y)| i32::from(*x) * i32::from(*y)).sum()
    }
}

struct Dot<'a>(&'a [f32], &'a [f32]);

impl WithSimd for Dot<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f32 {
        let (a, b) = (self.0.chunks_exact(LANES), self.1.chunks_exact(LANES));
        let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
        let mut sums = [0.0_f32; LANES];
        for (a, b) in a.zip(b) {
            for ((sum, x), y) in sums.iter_mut().zip(a).zip(b) {
                *sum += x * y;
            }
        }
        sums.iter().sum::<f32>() + rest
    }
}

struct DotOfTwo<'a> {
    a: &'a [f32],
    high: &'a [i8],
    low: &'a [i8],
}

impl WithSimd for DotOfTwo<'_> {
    type Output = f32;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> f32 {
        let number = |(high, low): (&i8, &i8)| (i32::from(*high) * 256 + i32::from(*low)) as f32;
        let (a, high, low) = (self.a.chunks_exact(LANES), self.high.chunks_exact(LANES), self.low.chunks_exact(LANES));
        let rest = a.remainder().iter().zip(high.remainder().iter().zip(low.remainder()));
        let rest: f32 = rest.map(|(x, both)| x * number(both)).sum();
        let mut sums = [0.0_f32; LANES];
        for ((a, high), low) in a.zip(high).zip(low) {
            for ((sum, x), both) in sums.iter_mut().zip(a).zip(high.iter().zip(low)) {
                *sum += x * number(both);
            }
        }
        sums.iter().sum::<f32>() + rest
    }
}

struct Products<'o, 'f, A, I> {
    one: &'o [A],
    many: I,
    found: &'f mut Vec<i32>,
}

impl<'a, A: Copy + Into<i32>, I: Iterator<Item = &'a [i8]>> WithSimd for Products<'_, '_, A, I> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        for row in self.many {
            self.found.push(self.one.iter().zip(row).map(|(x, y)| -> i32 { (*x).into() * i32::from(*y) }).sum());
        }
    }
}
