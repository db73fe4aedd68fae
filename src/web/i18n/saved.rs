//! The words of the page of kept questions, in each language.

use crate::saved::{self, ReportPhrases};

/// The words of one language.
#[derive(Debug)]
pub(crate) struct SavedWords {
    /// The words about kept questions.
    pub(crate) words: &'static ReportPhrases,
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) question: &'static str,
    pub(crate) keep: &'static str,
    /// The link beside the formats of an export.
    pub(crate) keep_this: &'static str,
    pub(crate) forget: fn(&str) -> String,
    pub(crate) forget_short: &'static str,
    pub(crate) seen: &'static str,
    pub(crate) report: &'static str,
    /// The link on the page of the starred quotes.
    pub(crate) with_questions: &'static str,
}

pub(super) static EN: SavedWords = SavedWords {
    words: &saved::EN,
    title: "Kept questions",
    intro: "When interviews are added or withdrawn, this page tells who is new and who is lost in the reply to each question. \
            Only permalinks are kept with a question, no words of anybody.",
    question: "Question to keep",
    keep: "Keep",
    keep_this: "Keep this question",
    forget: |query| format!("Forget “{query}”"),
    forget_short: "Forget",
    seen: "Mark all as seen",
    report: "Report of these questions",
    with_questions: "Report with the kept questions",
};

pub(super) static ZH_HANS: SavedWords = SavedWords {
    words: &saved::ZH_HANS,
    title: "保留的问题",
    intro: "添加或撤回访谈之后，这里会指出每个问题的回复里新增了谁、少了谁。与问题一起保留的只有固定链接，没有任何人的话。",
    question: "要保留的问题",
    keep: "保留",
    keep_this: "保留这个问题",
    forget: |query| format!("去掉“{query}”"),
    forget_short: "去掉",
    seen: "全部标为看过",
    report: "导出这些问题的报告",
    with_questions: "连同保留的问题导出报告",
};

pub(super) static ZH_HANT: SavedWords = SavedWords {
    words: &saved::ZH_HANT,
    title: "保留的問題",
    intro: "加入或撤回訪談之後，這裡會指出每個問題的回覆裡新增了誰、少了誰。與問題一起保留的只有固定連結，沒有任何人的話。",
    question: "要保留的問題",
    keep: "保留",
    keep_this: "保留這個問題",
    forget: |query| format!("去掉「{query}」"),
    forget_short: "去掉",
    seen: "全部標為看過",
    report: "匯出這些問題的報告",
    with_questions: "連同保留的問題匯出報告",
};
