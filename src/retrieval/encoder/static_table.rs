//! The static half of the built-in encoder by itself: a weighted mean of token vectors, read out of the model's own
//! table. It takes a thousandth of the transformer's time, and knows which words were used, not what they mean together.

use super::onnx_file::tensor;

/// The table of token vectors. Each number has four bits, and a few numbers share one scale.
pub(super) struct StaticTable {
    /// For each token, the high halves of its bytes are the first numbers, the low halves the others.
    bytes: &'static [u8],
    scales: Vec<f32>,
    /// How much each token counts.
    weights: Vec<f32>,
}

/// The number that stands for zero.
const MIDDLE: f32 = 7.5;

impl StaticTable {
    /// The table in a model. `None` if the model has none.
    pub(super) fn of(model: &'static [u8]) -> Option<Self> {
        let of_two = |two: &[u8; 2]| from_half(u16::from_le_bytes(*two));
        let scales: Vec<f32> = tensor(model, "words.scale")?.as_chunks().0.iter().map(of_two).collect();
        let weights = tensor(model, "words.weight")?.as_chunks().0;
        let weights: Vec<f32> = weights.iter().map(|four| f32::from_le_bytes(*four)).collect();
        let table = Self { bytes: tensor(model, "words")?, scales, weights };
        let tokens = table.weights.len();
        let is_whole = tokens > 0
            && table.bytes.len().is_multiple_of(tokens)
            && table.scales.len().is_multiple_of(tokens)
            && table.scales.len() >= tokens
            && table.width().is_multiple_of(table.scales.len() / tokens);
        is_whole.then_some(table)
    }

    /// How many numbers a vector has.
    pub(super) fn width(&self) -> usize {
        2 * self.bytes.len() / self.weights.len()
    }

    /// The weighted sum of the vectors of tokens. Tokens that are not in the table count for nothing.
    pub(super) fn sum(&self, tokens: impl Iterator<Item = u32>) -> Vec<f32> {
        let half = self.width() / 2;
        let parts = self.scales.len() / self.weights.len();
        let mut sum = vec![0.0; self.width()];
        for token in tokens.filter_map(|token| usize::try_from(token).ok()) {
            let Some(weight) = self.weights.get(token) else { continue };
            let row = &self.bytes[token * half..(token + 1) * half];
            let numbers = row.iter().map(|byte| byte >> 4).chain(row.iter().map(|byte| byte & 15));
            let factors = self.scales[token * parts..(token + 1) * parts].iter().map(|scale| scale * weight);
            let factors = factors.flat_map(|factor| std::iter::repeat_n(factor, self.width() / parts));
            for ((place, number), factor) in sum.iter_mut().zip(numbers).zip(factors) {
                *place += (f32::from(number) - MIDDLE) * factor;
            }
        }
        sum
    }
}

/// A number of two bytes (IEEE 754 binary16).
pub(super) fn from_half(bits: u16) -> f32 {
    let (exponent, fraction) = (i32::from(bits >> 10 & 31), f32::from(bits & 1023) / 1024.0);
    let size =
        if exponent == 0 { fraction * 2.0_f32.powi(-14) } else { (1.0 + fraction) * 2.0_f32.powi(exponent - 15) };
    if bits >> 15 == 0 { size } else { -size }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_two_bytes_are_read() {
        for (bits, number) in
            [(0x3c00, 1.0), (0xc000, -2.0), (0x3555, 0.333_251_95), (0x0001, 5.960_464_5e-8), (0, 0.0)]
        {
            assert!((from_half(bits) - number).abs() < 1e-9, "{bits:#x}");
        }
    }
}
