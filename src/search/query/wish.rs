//! The kind of reply that a query wants: whether, what or why. This module is pure.

use crate::text::pattern::patterns;

/// The kind of reply that a query wants.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Wish {
    /// Asks whether something is so. The clause that decides answers it.
    Whether,
    /// Asks what something is. The clause that defines answers it.
    Meaning,
    /// Asks why something is so. The clause with the reason answers it.
    Reason,
    /// Asks how two things differ. The clause that sets one against the other answers it.
    Difference,
    /// Anything else.
    #[default]
    Other,
}

// All patterns are matched with folded text: simplified, lower case, half width.
patterns! {
    WHETHER = r"吗[?？]?$|会不会|能不能|是不是|可不可以|该不该|要不要|应不应该|好不好|值不值得|是否|有没有|还是.+[?？]?$|^(?:can|could|will|would|do|does|did|is|are|was|were|should|shall|has|have|had|may|must)\b";
    MEANING = r"^(?:什么|啥)(?:是|叫)|(?:是|算|叫)(?:什么|啥)(?:意思|东西|概念|样的)?[?？]?$|(?:什么|啥)意思|指(?:的是)?(?:什么|啥)|定义|如何理解|怎么理解|^what(?:'s|’s| is| are)\b|\bwhat (?:does|do|did) .*\bmean|\bdefin(?:e|ition)|\bmeaning\b";
    DIFFERENCE = r"不同|区别|差别|差异|不一样|对比|相比|比较好|哪个更|谁更|\bdiffer|\bcompar|\bversus\b|\bvs\b|\bcontrast";
    REASON = r"为什么|为何|为啥|为的是什么|什么原因|怎么会|原因|理由|\bwhy\b|\breasons?\b|\bhow come\b";
}

impl Wish {
    /// Returns what a folded query wants.
    pub fn of(query: &str) -> Self {
        let wishes = [
            (&REASON, Self::Reason),
            (&DIFFERENCE, Self::Difference),
            (&MEANING, Self::Meaning),
            (&WHETHER, Self::Whether),
        ];
        let query = query.trim();
        wishes.into_iter().find(|(pattern, _)| pattern.is_match(query)).map_or(Self::Other, |(_, wish)| wish)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::find::folded;

    #[test]
    fn a_query_tells_what_it_wants() {
        let wish = |query: &str| Wish::of(&folded(query));
        for (query, wanted) in [
            ("AI能代替人工客服吗", Wish::Whether),
            ("Does it hurt the team?", Wish::Whether),
            ("什么是電子簽章?", Wish::Meaning),
            ("What is a smart signature?", Wish::Meaning),
            ("情绪劳动是什么意思", Wish::Meaning),
            ("为什么辞职?", Wish::Reason),
            ("Why did people leave?", Wish::Reason),
            ("90后和00后有什么不同", Wish::Difference),
            ("What is the difference between A and B?", Wish::Difference),
            ("大家怎么放松?", Wish::Other),
        ] {
            assert_eq!(wish(query), wanted, "{query}");
        }
    }
}
