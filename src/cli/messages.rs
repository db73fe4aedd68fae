//! The words around quotes in the terminal and in exported files: their language, and the
//! verdict as a sentence.

use clap::ValueEnum;

use crate::export::{EN, ExportWords, ZH_HANS, ZH_HANT};
use crate::search::{Reply, Verdict};
use crate::text::script::Script;
use crate::text::segment::is_chinese;

/// A language of the words around quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Lang {
    /// English
    #[value(name = "en")]
    En,
    /// 简体中文
    #[value(name = "zh-CN", alias = "zh-Hans")]
    ZhHans,
    /// 繁體中文
    #[value(name = "zh-TW", alias = "zh-Hant")]
    ZhHant,
}

impl Lang {
    /// The language of a text in this script.
    pub(super) fn of(script: Script, text: &str) -> Self {
        match script {
            Script::Simplified | Script::Mixed => Self::ZhHans,
            Script::Traditional => Self::ZhHant,
            Script::Neutral if text.chars().any(is_chinese) => Self::ZhHans,
            Script::Neutral => Self::En,
        }
    }

    /// The words inside a file.
    pub(super) fn words(self) -> &'static ExportWords {
        match self {
            Self::En => &EN,
            Self::ZhHans => &ZH_HANS,
            Self::ZhHant => &ZH_HANT,
        }
    }

    /// The heading of a file of quotes.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::En => "Quotes",
            Self::ZhHans => "原话摘录",
            Self::ZhHant => "原話摘錄",
        }
    }
}

/// `1 question`, `2 questions`.
pub(super) fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// The verdict as a sentence.
pub(super) fn verdict(reply: &Reply, lang: Lang) -> String {
    let (speaking, answers) = (reply.tally.speaking, reply.tally.answers);
    let [listed, said] = match lang {
        Lang::En => [
            format!("{speaking} of {} {}.", count(answers, "answer"), if speaking == 1 { "matches" } else { "match" }),
            format!(
                "{speaking} of {} {} to this.",
                count(answers, "answer"),
                if speaking == 1 { "speaks" } else { "speak" }
            ),
        ],
        Lang::ZhHans => [
            format!("{answers} 个回答中有 {speaking} 个符合。"),
            format!("{answers} 个回答中有 {speaking} 个说到这一点。"),
        ],
        Lang::ZhHant => [
            format!("{answers} 個回答中有 {speaking} 個符合。"),
            format!("{answers} 個回答中有 {speaking} 個說到這一點。"),
        ],
    };
    let [nothing_listed, related, not_said, never_asked] = match lang {
        Lang::En => [
            "No answer matches.",
            "Nobody said this. Only related:",
            "This was asked about, but nobody said it.",
            "Nobody was asked about this, and nobody said it.",
        ],
        Lang::ZhHans => [
            "没有符合的回答。",
            "没有人说到这一点。仅相关：",
            "访谈里问过，但没有人说到这一点。",
            "访谈里没有问到这一点，也没有人说到。",
        ],
        Lang::ZhHant => [
            "沒有符合的回答。",
            "沒有人說到這一點。僅相關：",
            "訪談裡問過，但沒有人說到這一點。",
            "訪談裡沒有問到這一點，也沒有人說到。",
        ],
    };
    match reply.verdict {
        Verdict::Said if reply.tally.listed => listed,
        Verdict::Said => said,
        Verdict::NotSaid if reply.tally.listed => nothing_listed.to_owned(),
        Verdict::Related => related.to_owned(),
        Verdict::NotSaid if reply.asked => not_said.to_owned(),
        Verdict::NotSaid => never_asked.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_of_one_has_a_singular_noun() {
        assert_eq!(
            [count(0, "problem"), count(1, "problem"), count(2, "problem")],
            ["0 problems", "1 problem", "2 problems"]
        );
    }
}
