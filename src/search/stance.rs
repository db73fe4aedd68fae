//! Detects queries that ask who is for or against something. Answers about the subject are found. Their side is not
//! judged, and the reply says so.

use crate::text::find::folded;
use crate::text::pattern::patterns;

/// Words with which somebody takes a side.
const SIDES: &str = "支持|反对|赞成|赞同|不赞|认同|不认同|同意|不同意|否认|否定|反驳|质疑|抵制|拥护|站在|看好|不看好";

// All patterns are matched with folded text: simplified, lower case, half width.
patterns! {
    // 谁支持远程办公?
    WHO_TAKES_SIDES = &format!("(?:谁|哪些?人|哪位|哪几位|有没有人|有没有谁|有谁|有人|多少人|几个人)[^，。？！,.?!]{{0,10}}(?:{SIDES})");
    // 大家赞成吗?
    DO_THEY_TAKE_SIDES = &format!("(?:大家|他们|她们|受访者|嘉宾|员工们?|是否|是不是|会不会)(?:都|会|也|到底|究竟|是否|是不是)*(?:{SIDES})");
    // 反对加班的人有哪些?
    THOSE_ON_A_SIDE = &format!("(?:{SIDES})[^，。？！,.?!]{{1,16}}(?:的人|的是谁|的有谁|的有哪些|的有几|还是(?:{SIDES})|吗$|吗[？?]$)");
    FOR_OR_AGAINST = "(?:赞成|支持|同意)(?:还是|或者?|与否)";
    EN = r"\b(?:who|anyone|anybody|someone|nobody|everyone|how many|does|do|did|is|are|was|were|which)\b[^.?!]{0,40}\b(?:supports?|supported|supportive of|opposes?|opposed|against|in favou?r of|agrees?|agreed|disagrees?|disagreed|den(?:y|ies|ied)|objects? to|objected to|rejects?|rejected|approves? of|disapproves? of|for or against)\b";
}

/// Returns whether a query asks who, or whether somebody, takes a side.
pub(super) fn is_asked(query: &str) -> bool {
    let query = folded(query);
    // "支持" is also help from a company (公司给了什么支持), and the name of a team (客服支持).
    [&WHO_TAKES_SIDES, &DO_THEY_TAKE_SIDES, &THOSE_ON_A_SIDE, &FOR_OR_AGAINST, &EN]
        .into_iter()
        .any(|pattern| pattern.is_match(&query))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_takes_a_side_is_asked_in_either_language() {
        for query in [
            "谁支持远程办公?",
            "誰反對遠端工作？",
            "有没有人不同意取消加班?",
            "大家赞成还是反对AI?",
            "反对加班的人有哪些",
            "Who is against remote work?",
            "Does anyone agree with the new rules?",
            "Who denies that it is a problem?",
        ] {
            assert!(is_asked(query), "{query}");
        }
    }

    #[test]
    fn support_that_is_given_is_no_side() {
        for query in [
            "公司给了什么支持?",
            "他们得到了什么支持?",
            "客服支持怎么样",
            "What support does the company give?",
            "谁喜欢跑步",
            "How do you relax?",
        ] {
            assert!(!is_asked(query), "{query}");
        }
    }
}
