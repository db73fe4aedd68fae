//! Converts cosines of one encoder to the scale of the built-in one, for which the score is fit. There
//! 0.1 means unrelated; for other encoders 0.8 may.

use crate::retrieval::vectors::dot;

/// A line from an encoder's cosines to the built-in encoder's.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    slope: f32,
    offset: f32,
}

impl Scale {
    pub(super) const SAME: Self = Self { slope: 1.0, offset: 0.0 };

    pub(super) fn of(self, cosine: f32) -> f32 {
        // A vector at the origin has no cosine. It is that of a text without meaning, or of one that is not read yet.
        let is_known = cosine.abs() >= f32::MIN_POSITIVE || self == Self::SAME;
        if is_known { self.slope.mul_add(cosine, self.offset).clamp(-1.0, 1.0) } else { BUILT_IN.unrelated }
    }
}

/// The built-in encoder's mean cosine of a query and its own passage, and of a query and another's
/// passage. A test measures both again.
const BUILT_IN: Landmarks = Landmarks { related: 0.357, unrelated: 0.121 };

#[derive(Debug, Clone, Copy)]
pub(super) struct Landmarks {
    pub(super) related: f32,
    pub(super) unrelated: f32,
}

/// Queries and matching passages on everyday subjects. They are in no set that the search is measured on.
pub(super) const PAIRS: [(&str, &str); 12] = [
    ("周末一般做什么?", "休息日我多半在家里看书,有时候和朋友去爬山。"),
    ("为什么离开上一家公司?", "我辞职主要是因为离家太远,每天通勤要三个小时。"),
    ("孩子上学方便吗?", "学校就在小区对面,走路五分钟,接送都不用操心。"),
    ("这款手机的电池怎么样?", "充一次电能用两天,就是充得有点慢。"),
    ("您对食堂满意吗?", "饭菜味道还行,但是品种太少,吃几天就腻了。"),
    ("冬天取暖怎么解决?", "我们那里没有暖气,靠空调和电热毯过冬。"),
    ("How did you learn to cook?", "My grandmother taught me; I stood beside her at the stove every Sunday."),
    (
        "What do you think of the new bus line?",
        "It saves me twenty minutes each way, though it is crowded in the morning.",
    ),
    ("Did the training help you?", "The course was useful, I use what I learnt there almost every day."),
    ("Who takes care of the garden?", "My neighbour waters the plants and I cut the grass."),
    ("How do you stay healthy?", "I walk to work, eat little sugar and go to bed early."),
    ("Why was the concert cancelled?", "The singer fell ill and they could not find anyone to replace her."),
];

impl Landmarks {
    /// The mean cosines of the vectors that an encoder gives the queries and the passages of [`PAIRS`].
    pub(super) fn of(queries: &[Vec<f32>], passages: &[Vec<f32>]) -> Self {
        let mut sums = Self { related: 0.0, unrelated: 0.0 };
        for (q, query) in queries.iter().enumerate() {
            for (p, passage) in passages.iter().enumerate() {
                let sum = if q == p { &mut sums.related } else { &mut sums.unrelated };
                *sum += dot(query, passage);
            }
        }
        let count = PAIRS.len() as f32;
        Self { related: sums.related / count, unrelated: sums.unrelated / (count * (count - 1.0)) }
    }

    /// The line through both. `None` if the encoder hardly separates them.
    pub(super) fn to_built_in(self) -> Option<Scale> {
        let apart = self.related - self.unrelated;
        (apart > 0.01).then(|| {
            let slope = (BUILT_IN.related - BUILT_IN.unrelated) / apart;
            Scale { slope, offset: BUILT_IN.unrelated - slope * self.unrelated }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::encoder::Encoder;

    #[test]
    fn the_built_in_landmarks_are_those_of_the_built_in_encoder() {
        let found = Encoder::built_in().expect("it loads").landmarks().expect("it embeds");
        assert!((found.related - BUILT_IN.related).abs() < 0.02, "{found:?}");
        assert!((found.unrelated - BUILT_IN.unrelated).abs() < 0.02, "{found:?}");
    }

    #[test]
    fn an_encoder_with_high_cosines_is_brought_to_the_same_scale() {
        let scale = Landmarks { related: 0.9, unrelated: 0.8 }.to_built_in().expect("it tells them apart");
        assert!((scale.of(0.9) - BUILT_IN.related).abs() < 1e-5);
        assert!((scale.of(0.8) - BUILT_IN.unrelated).abs() < 1e-5);
        assert!(Landmarks { related: 0.5, unrelated: 0.5 }.to_built_in().is_none());
    }
}
