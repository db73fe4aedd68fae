//! What a query wants to be told: whether, what or why. Pure.

use std::sync::LazyLock;

use regex::Regex;

use super::patterns;

/// What a query wants to be told.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Wish {
    /// Whether something is so: the clause that decides.
    pub whether: bool,
    /// What something is: the clause that defines.
    pub meaning: bool,
    /// Why something is so: the clause with the reason.
    pub reason: bool,
}

// All are matched with folded text: simplified, lower case, narrow.
patterns! {
    WHETHER = r"吗[?？]?$|会不会|能不能|是不是|可不可以|该不该|要不要|应不应该|好不好|值不值得|是否|有没有|还是.+[?？]?$|^(?:can|could|will|would|do|does|did|is|are|was|were|should|shall|has|have|had|may|must)\b";
    MEANING = r"^(?:什么|啥)(?:是|叫)|(?:是|算|叫)(?:什么|啥)(?:意思|东西|概念|样的)?[?？]?$|(?:什么|啥)意思|指(?:的是)?(?:什么|啥)|定义|如何理解|怎么理解|^what(?:'s|’s| is| are)\b|\bwhat (?:does|do|did) .*\bmean|\bdefin(?:e|ition)|\bmeaning\b";
    REASON = r"为什么|为何|为啥|为的是什么|什么原因|怎么会|原因|理由|\bwhy\b|\breasons?\b|\bhow come\b";
}

impl Wish {
    /// What a folded query wants.
    pub fn of(query: &str) -> Self {
        let query = query.trim();
        let reason = REASON.is_match(query);
        let meaning = !reason && MEANING.is_match(query);
        Self { whether: !reason && !meaning && WHETHER.is_match(query), meaning, reason }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::find::folded;

    #[test]
    fn a_query_tells_what_it_wants() {
        let wish = |query: &str| Wish::of(&folded(query));
        assert!(wish("AI能代替人工客服吗").whether && wish("Does it hurt the team?").whether);
        assert!(wish("什么是電子簽章?").meaning && wish("What is a smart signature?").meaning);
        assert!(wish("情绪劳动是什么意思").meaning && wish("What does it mean to you?").meaning);
        assert!(wish("为什么辞职?").reason && wish("Why did people leave?").reason);
        assert_eq!(wish("大家怎么放松?"), Wish::default());
    }
}
