//! The words around a reply: progress, numbered quotes and their surroundings, the strip, the map, the filters.

use crate::i18n::messages::TurnWords;
use crate::search::query::FilterKind;

pub(super) static WORDS: TurnWords = TurnWords {
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
    all_but: |names| format!("不含 {names} 的回答。"),
    nobody_called: |name, near| match near {
        "" => format!("這裡沒有叫「{name}」的人，所以不算有人說過。"),
        _ => format!("這裡沒有叫「{name}」的人，所以不算有人說過。相近的名字：{near}。"),
    },
    searched_instead: |query| format!("您輸入的字詞可能有誤，沒有人說到；已改為查找「{query}」。"),
    stance: "這裡不判斷誰支持、誰反對：每段話的立場請讀原話。",
    negation: "這裡不一定分得清誰「不」、誰「沒有」：是否否定請讀原話。",
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
            FilterKind::Transcript => "訪談",
            FilterKind::Who => "受訪者",
            FilterKind::Question => "問題",
        };
        format!("{}{what}：{value}", if not { "不含" } else { "" })
    },
    without_filter: |filter| format!("去掉這個條件再問：{filter}"),
    comma: "、",
};
