//! Provisional vectors: quick to make, and comparable with those that the whole model makes. They stand in for them until
//! the model has read a text.

use std::f32::consts::SQRT_2;

use super::static_table::StaticTable;

/// How many numbers of a vector the transformer makes. They come first.
const TRANSFORMER: usize = 384;

/// What an encoder can say of a text before its model has read it.
pub(super) enum ProvisionalForm {
    /// The static half. The other half is zero, and the length is such that the product with a query is the cosine of
    /// both static halves. Over eight interviews the whole cosine is .90 of that one and .04, with a correlation of .93.
    Static(StaticTable),
    /// Nothing: a vector at the origin, which is near to no query. Such texts are found by their words.
    Nothing {
        /// How many numbers a vector has.
        width: usize,
    },
}

impl ProvisionalForm {
    /// The form of the built-in encoder.
    pub(super) fn built_in(model: &'static [u8]) -> Self {
        StaticTable::of(model).map_or(Self::Nothing { width: TRANSFORMER }, Self::Static)
    }

    /// The provisional vector of a text with these tokens.
    pub(super) fn vector(&self, tokens: &[u32]) -> Vec<f32> {
        let table = match self {
            Self::Nothing { width } => return vec![0.0; *width],
            Self::Static(table) => table,
        };
        let sum = table.sum(tokens.iter().copied());
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
        let by = if length.is_finite() && length > f32::EPSILON { SQRT_2 / length } else { 0.0 };
        let mut vector = vec![0.0; TRANSFORMER];
        vector.extend(sum.into_iter().map(|x| x * by));
        vector
    }
}

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use super::*;
    use crate::retrieval::encoder::{Encoder, Landmarks};
    use crate::retrieval::vectors::dot;

    static ENCODER: LazyLock<Encoder> = LazyLock::new(|| Encoder::built_in().expect("the built-in encoder loads"));
    const TEXTS: [&str; 4] = ["我每天早上沿着河边跑步。", "The refund took three weeks.", "頻道", ""];

    #[test]
    fn a_provisional_vector_is_the_static_half_of_the_vector() {
        let (whole, provisional) =
            (ENCODER.embed(&TEXTS).expect("embedded"), ENCODER.embed_provisionally(&TEXTS).expect("embedded"));
        for ((whole, provisional), text) in whole.iter().zip(&provisional).zip(TEXTS) {
            assert_eq!(whole.len(), provisional.len());
            assert!(provisional[..TRANSFORMER].iter().all(|x| *x == 0.0));
            // Its length is twice that of the half.
            for (x, y) in whole.iter().zip(provisional).skip(TRANSFORMER) {
                assert!((x * 2.0 - y).abs() < 1e-4, "{text}: {x} {y}");
            }
        }
    }

    #[test]
    fn a_query_is_nearer_to_a_provisional_vector_about_it_than_to_others() {
        let query = ENCODER.embed_one("有人跑步吗？").expect("embedded");
        let near: Vec<f32> =
            ENCODER.embed_provisionally(&TEXTS).expect("embedded").iter().map(|vector| dot(&query, vector)).collect();
        assert!(near[0] > 0.3 && near[1..].iter().all(|other| *other < near[0] / 2.0), "{near:?}");
    }

    #[test]
    fn an_encoder_without_a_static_half_says_nothing_until_it_has_read_a_text() {
        let form = ProvisionalForm::built_in(b"no model");
        assert!(matches!(form, ProvisionalForm::Nothing { .. }));
        // Such a cosine counts as unrelated on every scale.
        let scale = Landmarks { related: 0.9, unrelated: 0.8 }.to_built_in().expect("it tells them apart");
        assert!((scale.of(0.0) - scale.of(0.8)).abs() < 1e-5);
    }
}
