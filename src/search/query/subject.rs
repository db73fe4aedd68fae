//! What a question for a fact asks it of: 鬆餅 in 鬆餅一份賣多少錢. The price of something else is no answer, so a passage that
//! names nothing of it, and whose interview question names nothing of it either, is related at most. This module is pure.

use std::collections::HashSet;

use super::expansion;
use crate::retrieval::facts::Fact;
use crate::retrieval::lexical::{self, TermKind, Wanted};
use crate::text::pattern::patterns;

/// Words that ask for a fact and tell nothing of its subject, as they are matched.
const ASKING_WORDS: &str = "钱 多大 几岁 几年 几个 几点 哪年 哪一年 一年 一天 一个月 个月 每月 每天 一次 一份 一个 一共 总共 大概 一般 平均 现在 目前 今年 \
    最近 时候 小时 分钟 多久 多长 时间 卖 花 收 付 价格 价钱 费用 岁数 年纪 年龄 数量 \
    cost price pay paid much mani long old time year month week day hour minut age number count amount total now current \
    usual averag peopl thing get take make";

// Both patterns are matched with folded text.
patterns! {
    // What stands for the subject is told before the question.
    PRONOUN = r"[他她它]|\b(?:he|she|it|they|him|her|them|his|hers|its|their)\b";
    // What is counted follows: 多少个病人, how many levels.
    COUNTED = r"(?:多少|几)(?:个|位|名|人|次|种|家|台|条|间|所|篇|份|本|部|场|只|件|项|类|支|款|辆|张|套|门|封|首|户)?(?:不同的)?|\bhow many (?:different |other )?";
}

/// The words for what a fact is asked of. Each has all forms that a text may use.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subject {
    words: Vec<Vec<String>>,
    /// The word for what is counted.
    counted: Option<Vec<String>>,
}

impl Subject {
    /// Returns the subject of a folded query with these terms. It has no words if no fact is asked for, or if a pronoun
    /// stands for it.
    pub(super) fn of(folded: &str, fact: Option<Fact>, terms: &[Wanted]) -> Self {
        if fact.is_none() || PRONOUN.is_match(folded) {
            return Self::default();
        }
        let asking: HashSet<&str> = ASKING_WORDS.split_whitespace().collect();
        let tells = |one: &&Wanted| {
            one.kind == TermKind::Word
                && !asking.contains(one.term.as_str())
                && !one.term.bytes().all(|byte| byte.is_ascii_digit())
                && lexical::rarity(&one.term) >= lexical::MIN_TELLING_RARITY
        };
        let is_count = matches!(fact, Some(Fact::Count | Fact::Amount));
        let counted = COUNTED.find(folded).filter(|_| is_count).and_then(|asks| {
            let follows = lexical::terms(folded).into_iter().filter(|term| term.range.start == asks.end());
            follows.max_by_key(|term| term.range.end)
        });
        let counted = counted.and_then(|term| terms.iter().filter(tells).find(|one| one.term == term.text));
        Self { words: terms.iter().filter(tells).map(forms).collect(), counted: counted.map(forms) }
    }

    /// Returns whether one of the folded texts names any of the subject, and what is counted. A question without a subject
    /// is about anything.
    pub fn is_named_in(&self, texts: &[&str]) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let terms = texts.iter().flat_map(|text| lexical::terms(text)).map(|term| term.text);
        let held: HashSet<String> = terms.collect();
        let names = |forms: &Vec<String>| forms.iter().any(|form| held.contains(form));
        self.words.iter().any(names) && self.counted.as_ref().is_none_or(names)
    }
}

/// Returns all forms that a text may use for a term.
fn forms(one: &Wanted) -> Vec<String> {
    let mut forms: Vec<String> = one.forms.iter().map(|(form, _)| form.clone()).collect();
    forms.extend(expansion::loosely(&one.term));
    // 被骗 is also told as 骗走了.
    forms.extend(one.term.strip_prefix('被').map(str::to_owned));
    forms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retrieval::facts;
    use crate::text::find::folded;

    fn is_named(query: &str, text: &str) -> bool {
        let query = folded(query);
        Subject::of(&query, facts::asked(&query), &expansion::wanted(&query)).is_named_in(&[&folded(text)])
    }

    #[test]
    fn a_fact_is_asked_of_something() {
        for (query, text) in [
            ("鬆餅一份賣多少錢", "鬆餅一份八十塊。"),
            ("一辆摩托车多少钱", "我那辆摩托车花了六千。"),
            ("冬令营哪天报名", "冬令营的报名是三月二号。"),
            ("How much is a ticket to the zoo?", "The zoo is nine dollars."),
            ("How much is the rent?", "房租一个月两千。"),
            ("急诊一晚上来多少个病人", "急诊一晚上来三十个病人。"),
            ("How many lanterns are in the game?", "The game has nine lanterns."),
        ] {
            assert!(is_named(query, text), "{query} {text}");
        }
        for (query, text) in [
            ("鬆餅一份賣多少錢", "我跟姊姊借了三十萬。"),
            ("一辆摩托车多少钱", "我存了三万二,想开店。"),
            ("How much is a ticket to the zoo?", "I'd put away forty thousand pounds."),
            ("How much is the rent?", "我一天挣八十块。"),
            ("急诊一晚上来多少个病人", "急诊一个月十个夜班。"),
            ("How many lanterns are in the game?", "We sold nine hundred copies of the game."),
        ] {
            assert!(!is_named(query, text), "{query} {text}");
        }
    }

    #[test]
    fn a_question_without_a_fact_or_a_telling_word_has_no_subject() {
        for query in
            ["谁会做鬆餅", "一共多少钱", "How long did it take?", "他团队有多少程序员", "How old is her piano?"]
        {
            assert!(is_named(query, "完全是别的事。"), "{query}");
        }
    }
}
