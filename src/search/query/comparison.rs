//! Finds the two sides of a query that compares: 90后和00后有什么不同, the difference between X and Y. This module is pure.

use regex::Regex;

use crate::text::find::folded;
use crate::text::pattern::patterns;
use crate::text::segment::{self, is_chinese};

/// The most characters of a side. Anything longer is a sentence.
const MAX_SIDE_CHARS: usize = 32;

/// The two sides that a query compares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sides {
    /// The sides as typed, for a heading.
    pub named: [String; 2],
    /// The forms of each side to search for, folded.
    pub forms: [Vec<String>; 2],
}

// All patterns are matched with the query as typed.
patterns! {
    ZH_DIFFER = r"^(.+?)(?:和|与|與|跟|同|、|(?i:\s*vs\.?\s*))(.+?)(?:之间|之間|相比|比起来|比起來|比较|比較|这?两者|這?兩者|两代人|兩代人)?(?:有没有|有沒有|有|的|在|究竟|到底|主要|最大|都|是)*(?:什么|什麼|哪些|哪里|哪裡|啥|何|多大|怎样|怎樣|怎么|怎麼)?(?:的|主要|显著|顯著|明显|明顯|最大|本质|本質)*(?:不同|区别|區別|差别|差別|差异|差異|不一样|不一樣|异同|異同|对比|對比|差在)";
    ZH_AGAINST = r"^(?:对比|對比|比较|比較)(?:一下)?(.+?)(?:和|与|與|跟|同|、)(.+?)[?？。]?$";
    ZH_BESIDE = r"^(.+?)(?:跟|和|与|與|比起)(.+?)(?:相比|比起来|比起來|比,|比，)";
    ZH_RATHER = r"^(.+?)(?:和|与|與|跟|还是|還是)(.+?)(?:哪个|哪個|哪一个|哪一個|哪种|哪種|谁|誰)";
    EN_BETWEEN = r"(?i)\b(?:differences?|distinctions?|contrast|comparison) between (.+?) and (.+?)[?.!]*$";
    EN_DIFFER = r"(?i)\bhow (?:do|does|are|is|did|were) (.+?) (?:and|differ from|different from|compare (?:to|with)) (.+?)(?: differ(?:ent)?| compare)?[?.!]*$";
    EN_COMPARE = r"(?i)^(?:please )?(?:compare|contrast) (.+?) (?:and|with|to|against) (.+?)[?.!]*$";
    EN_VERSUS = r"(?i)^(.+?) (?:vs\.?|versus|compared (?:to|with)|as opposed to) (.+?)[?.!]*$";
}

/// Returns the two sides of a query, or `None` if it compares nothing.
pub fn compared(query: &str) -> Option<Sides> {
    let query = query.trim();
    let patterns: [&Regex; 7] = [&ZH_AGAINST, &ZH_DIFFER, &ZH_BESIDE, &ZH_RATHER, &EN_BETWEEN, &EN_COMPARE, &EN_VERSUS];
    // `How do you relax and sleep?` compares nothing.
    let folded_query = folded(query);
    let differ: Option<&Regex> =
        ["differ", "compare"].iter().any(|word| folded_query.contains(word)).then_some(&EN_DIFFER);
    patterns.into_iter().chain(differ).find_map(|pattern| {
        let found = pattern.captures(query)?;
        sides(found.get(1)?.as_str(), found.get(2)?.as_str())
    })
}

fn sides(first: &str, second: &str) -> Option<Sides> {
    let (first, second) = (without_asking(first), without_asking(second));
    // In 90后和00后的员工, the word 员工 belongs to both sides.
    let second = match second.split_once('的') {
        Some((head, _)) if !first.contains('的') => head,
        _ => second,
    };
    let named = [first, second].map(|side| side.trim().to_owned());
    let forms = [forms(&named[0]), forms(&named[1])];
    let is_side =
        |side: &String| (1..=MAX_SIDE_CHARS).contains(&side.chars().count()) && !side.contains(['，', ',', '?', '？']);
    (named.iter().all(is_side) && forms.iter().all(|forms| !forms.is_empty()) && forms[0] != forms[1])
        .then_some(Sides { named, forms })
}

/// Returns a side without the words that ask for it.
fn without_asking(side: &str) -> &str {
    const BEFORE: [&str; 22] = [
        "请问",
        "請問",
        "你觉得",
        "你覺得",
        "您觉得",
        "您覺得",
        "您认为",
        "您認為",
        "大家觉得",
        "大家覺得",
        "对比",
        "對比",
        "比较",
        "比較",
        "关于",
        "關於",
        "在",
        "the ",
        "The ",
        "a ",
        "an ",
        "what is ",
    ];
    const AFTER: [&str; 12] =
        ["之间", "之間", "这两代人", "這兩代人", "两代人", "兩代人", "有什么", "有什麼", "各", "分别", "分別", "的"];
    let mut side = side.trim();
    loop {
        let before = BEFORE.iter().find_map(|words| side.strip_prefix(words));
        let shorter = before.or_else(|| AFTER.iter().find_map(|words| side.strip_suffix(words)));
        match shorter.map(str::trim).filter(|shorter| !shorter.is_empty()) {
            Some(shorter) => side = shorter,
            None => return side,
        }
    }
}

/// Returns the forms of a side that may stand in an answer: also 00后 for 零零后, and `juniors` for `junior`.
fn forms(side: &str) -> Vec<String> {
    let side = folded(side.trim());
    let mut forms: Vec<String> = segment::in_digits(&side).into_iter().collect();
    if !side.chars().any(is_chinese) && side.len() > 3 {
        forms.push(side.strip_suffix('s').map_or_else(|| format!("{side}s"), str::to_owned));
    }
    if !side.is_empty() {
        forms.push(side);
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(query: &str) -> Option<(String, String)> {
        compared(query).map(|sides| {
            let [first, second] = sides.named;
            (first, second)
        })
    }

    #[test]
    fn a_query_that_compares_has_two_sides() {
        for (query, first, second) in [
            ("90后和00后有什么不同", "90后", "00后"),
            ("90後跟00後的員工有什麼區別?", "90後", "00後"),
            ("远程办公与坐班的差异", "远程办公", "坐班"),
            ("对比一下新人和老员工", "新人", "老员工"),
            ("服务和销售哪个更重要?", "服务", "销售"),
            ("夜班跟白班相比怎么样", "夜班", "白班"),
            ("AI和人工客服之间最大的区别是什么？", "AI", "人工客服"),
            ("What is the difference between experience and attitude?", "experience", "attitude"),
            ("compare remote work with office work", "remote work", "office work"),
            ("juniors vs seniors", "juniors", "seniors"),
            ("How do juniors differ from seniors?", "juniors", "seniors"),
        ] {
            assert_eq!(of(query), Some((first.to_owned(), second.to_owned())), "{query}");
        }
        let sides = compared("九零后和零零后有什么不同").expect("it compares");
        assert!(sides.forms[1].contains(&"00后".to_owned()), "{sides:?}");
    }

    #[test]
    fn a_query_that_names_two_things_compares_nothing_by_that() {
        for query in [
            "怎么平衡工作和家庭?",
            "谁喜欢跑步和爬山",
            "AI能代替人工客服吗",
            "How do you relax and sleep?",
            "What do service and sales need?",
            "不同的人有不同的看法吗",
        ] {
            assert_eq!(of(query), None, "{query}");
        }
    }
}
