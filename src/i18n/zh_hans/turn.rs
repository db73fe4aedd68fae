//! The words around a reply: progress, numbered quotes and their surroundings, the strip, the map, the filters.

use crate::i18n::messages::TurnWords;
use crate::search::query::FilterKind;

pub(super) static WORDS: TurnWords = TurnWords {
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
    all_but: |names| format!("不含 {names} 的回答。"),
    nobody_called: |name, near| match near {
        "" => format!("这里没有叫“{name}”的人，所以不算有人说过。"),
        _ => format!("这里没有叫“{name}”的人，所以不算有人说过。相近的名字：{near}。"),
    },
    searched_instead: |query| format!("您输入的字词可能有误，没有人说到；已改为查找“{query}”。"),
    stance: "这里不判断谁支持、谁反对：每段话的立场请读原话。",
    negation: "这里不一定分得清谁“不”、谁“没有”：是否否定请读原话。",
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
            FilterKind::Transcript => "访谈",
            FilterKind::Who => "受访者",
            FilterKind::Question => "问题",
        };
        format!("{}{what}：{value}", if not { "不含" } else { "" })
    },
    without_filter: |filter| format!("去掉这个条件再问：{filter}"),
    comma: "、",
};
