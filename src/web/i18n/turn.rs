//! The words around a reply, in each language: progress, numbered quotes and their surroundings, the
//! strip, the map, the filters.

use crate::search::query::By;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct TurnWords {
    // While a query runs.
    pub(crate) searching: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) again: &'static str,

    // Numbered quotes.
    pub(crate) quote: fn(number: usize, label: &str) -> String,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) goes_on: &'static str,
    /// Restored words with the received ones, for screen readers.
    pub(crate) restored: fn(words: &str, told: &str) -> String,

    // Beside the verdict.
    /// The number of answers that use a word literally.
    pub(crate) mention: fn(word: &str, answers: usize) -> String,
    pub(crate) more_places: fn(usize) -> String,
    pub(crate) only_by: fn(names: &str) -> String,
    pub(crate) stance: &'static str,

    // The places of the quotes of a turn in a source.
    pub(crate) hits: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,

    // The map of the answers.
    pub(crate) map: &'static str,
    pub(crate) speaks: fn(speaking: usize, answers: usize) -> String,
    pub(crate) question: &'static str,
    pub(crate) cell: fn(label: &str, percent: u8, words: &str) -> String,
    pub(crate) silent: &'static str,
    pub(crate) nobody_under: fn(labels: &str) -> String,
    pub(crate) silent_are: fn(names: &str) -> String,
    pub(crate) unmapped: fn(answers: usize) -> String,

    // Filters.
    pub(crate) filters: &'static str,
    pub(crate) only_in: &'static str,
    pub(crate) only_who: &'static str,
    pub(crate) only_question: &'static str,
    pub(crate) any: &'static str,
    pub(crate) filters_hint: &'static str,
    pub(crate) by: fn(by: By, value: &str, not: bool) -> String,
    pub(crate) without_filter: fn(&str) -> String,
    pub(crate) comma: &'static str,
}

fn plural(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

pub(super) static EN: TurnWords = TurnWords {
    searching: "Searching the interviews …",
    stopped: "Stopped. Your question is back in the box.",
    failed: "No reply came: the program may have been closed. Your question is kept.",
    again: "Try again",
    quote: |number, label| format!("Quote {number}: {label}"),
    before: "… before",
    after: "after …",
    goes_on: "There is more of this answer in the source.",
    restored: |words, told| format!("{words} ({told})"),
    mention: |word, answers| match answers {
        0 => format!("No answer uses “{word}”."),
        1 => format!("1 answer uses “{word}”."),
        n => format!("{n} answers use “{word}”."),
    },
    more_places: |n| format!("and {n} more"),
    only_by: |names| format!("Only answers by {names} were searched."),
    stance: "The program does not judge who is for or against it. Read which side each quote takes.",
    hits: "Quotes of this reply in the transcript",
    previous: "Previous quote",
    next: "Next quote",
    map: "Map of the answers",
    speaks: |speaking, answers| format!("{speaking} of {} speak to this", plural(answers, "answer")),
    question: "Question",
    cell: |label, percent, words| format!("{label} {percent}%, {words}"),
    silent: "does not speak to this",
    nobody_under: |labels| format!("Nobody speaks to this under {labels}."),
    silent_are: |names| format!("Silent on this: {names}."),
    unmapped: |n| format!("{} more are counted but not drawn.", plural(n, "answer")),
    filters: "Filters",
    only_in: "Interview",
    only_who: "Interviewee",
    only_question: "Question",
    any: "All",
    filters_hint: "Or write them: in:name who:A3 q:1, “word for word”, -without",
    by: |by, value, not| {
        let what = match by {
            By::Transcript => "Interview",
            By::Who => "Interviewee",
            By::Question => "Question",
        };
        format!("{}{what}: {value}", if not { "not " } else { "" })
    },
    without_filter: |filter| format!("Ask again without: {filter}"),
    comma: ", ",
};

pub(super) static ZH_HANS: TurnWords = TurnWords {
    searching: "正在访谈中查找……",
    stopped: "已停止，问题放回了输入框。",
    failed: "没有收到答复，程序可能已经关闭。问题已保留。",
    again: "重试",
    quote: |number, label| format!("引文 {number}：{label}"),
    before: "…… 前文",
    after: "后文 ……",
    goes_on: "这个回答在原文中还有更多。",
    restored: |words, told| format!("{words}（{told}）"),
    mention: |word, answers| match answers {
        0 => format!("没有回答用到“{word}”。"),
        n => format!("{n} 个回答用到“{word}”。"),
    },
    more_places: |n| format!("另有 {n} 处"),
    only_by: |names| format!("只在 {names} 的回答中查找。"),
    stance: "这里不判断谁支持、谁反对：每段话的立场请读原话。",
    hits: "本次答复的引文在访谈中的位置",
    previous: "上一条引文",
    next: "下一条引文",
    map: "回答分布",
    speaks: |speaking, answers| format!("{answers} 个回答中有 {speaking} 个说到这一点"),
    question: "问题",
    cell: |label, percent, words| format!("{label} {percent}%，{words}"),
    silent: "没有说到",
    nobody_under: |labels| format!("{labels} 下没有人说到这一点。"),
    silent_are: |names| format!("没有说到的人：{names}。"),
    unmapped: |n| format!("另有 {n} 个回答已计入，但没有画出。"),
    filters: "筛选",
    only_in: "访谈",
    only_who: "受访者",
    only_question: "问题",
    any: "全部",
    filters_hint: "也可以直接写：in:访谈 who:A3 q:1、“逐字出现”、-不含",
    by: |by, value, not| {
        let what = match by {
            By::Transcript => "访谈",
            By::Who => "受访者",
            By::Question => "问题",
        };
        format!("{}{what}：{value}", if not { "不含" } else { "" })
    },
    without_filter: |filter| format!("去掉这个条件再问：{filter}"),
    comma: "、",
};

pub(super) static ZH_HANT: TurnWords = TurnWords {
    searching: "正在訪談中查找……",
    stopped: "已停止，問題放回了輸入框。",
    failed: "沒有收到答覆，程式可能已經關閉。問題已保留。",
    again: "重試",
    quote: |number, label| format!("引文 {number}：{label}"),
    before: "…… 前文",
    after: "後文 ……",
    goes_on: "這個回答在原文中還有更多。",
    restored: |words, told| format!("{words}（{told}）"),
    mention: |word, answers| match answers {
        0 => format!("沒有回答用到「{word}」。"),
        n => format!("{n} 個回答用到「{word}」。"),
    },
    more_places: |n| format!("另有 {n} 處"),
    only_by: |names| format!("只在 {names} 的回答中查找。"),
    stance: "這裡不判斷誰支持、誰反對：每段話的立場請讀原話。",
    hits: "本次答覆的引文在訪談中的位置",
    previous: "上一條引文",
    next: "下一條引文",
    map: "回答分佈",
    speaks: |speaking, answers| format!("{answers} 個回答中有 {speaking} 個說到這一點"),
    question: "問題",
    cell: |label, percent, words| format!("{label} {percent}%，{words}"),
    silent: "沒有說到",
    nobody_under: |labels| format!("{labels} 下沒有人說到這一點。"),
    silent_are: |names| format!("沒有說到的人：{names}。"),
    unmapped: |n| format!("另有 {n} 個回答已計入，但沒有畫出。"),
    filters: "篩選",
    only_in: "訪談",
    only_who: "受訪者",
    only_question: "問題",
    any: "全部",
    filters_hint: "也可以直接寫：in:訪談 who:A3 q:1、「逐字出現」、-不含",
    by: |by, value, not| {
        let what = match by {
            By::Transcript => "訪談",
            By::Who => "受訪者",
            By::Question => "問題",
        };
        format!("{}{what}：{value}", if not { "不含" } else { "" })
    },
    without_filter: |filter| format!("去掉這個條件再問：{filter}"),
    comma: "、",
};
