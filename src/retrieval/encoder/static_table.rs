//! The static half of the built-in encoder by itself: a weighted mean of token vectors, read out of the model's own
//! table. It takes a thousandth of the transformer's time, and knows which words were used, not what they mean together.

use half::f16;

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
        let scales = tensor(model, "words.scale")?.as_chunks().0;
        let scales: Vec<f32> = scales.iter().map(|two| f16::from_le_bytes(*two).to_f32()).collect();
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
