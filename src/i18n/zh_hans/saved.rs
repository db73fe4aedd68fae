//! The words about kept questions, and of their report.

use crate::i18n::messages::{LostVoiceWords, SavedWords};

pub(super) static WORDS: SavedWords = SavedWords {
    report_title: "报告",
    starred: "收藏的原话",
    method: "制作方法",
    count: |speaking, answers, listed| {
        format!("{answers} 个回答中有 {speaking} 个{}。", if listed { "符合" } else { "说到这一点" })
    },
    since: |new, lost, on| match (new, lost) {
        (new, 0) => format!("自 {on} 以来，新增 {new} 个声音。"),
        (0, lost) => format!("自 {on} 以来，少了 {lost} 个声音。"),
        (new, lost) => format!("自 {on} 以来，新增 {new} 个声音，少了 {lost} 个。"),
    },
    same: |on| format!("与 {on} 时的声音相同。"),
    new: "新增",
    lost: LostVoiceWords {
        withdrawn: "已被撤回。",
        gone: "所在的访谈已不在库中。",
        changed: "所在的访谈有改动，已不再这样说。",
        not_counted: "仍这样说，但不再算作说到这一点。",
    },
    none: "还没有保留问题。",
    shown: |n| format!("以下是最相关的 {n} 个。"),
    asked: "访谈里问过。",
    never_asked: "访谈里没有问到。",
    withdrawn: "已被撤回。",
    changed: "来源有改动，已不再这样说。",
    gone: "来源不在库中。",
    how: |facts| {
        let not_yet =
            if facts.coming == 0 { String::new() } else { format!("另有 {} 篇暂不能查找。", facts.coming) };
        let closely = facts
            .reading
            .map(|read| format!("目前细读了 {} 段，共 {} 段，计数还会变化。", read.closely, read.passages))
            .unwrap_or_default();
        vec![
            format!(
                "查找了 {} 篇访谈的 {} 个回答。{not_yet}{closely}一个回答的话说到某个问题的概率高于校准过的界限，才计入该问题。计的是回答，不是人：\
                 一个人可以有几个回答。赞成还是反对，不作判断。",
                facts.interviews, facts.answers
            ),
            "每一处引文都是来源在所引之处的原话，没有生成，也没有改写。方括号里的字（如果有）是替换。用命令 yuanhua verify 可以把本报告的每一处引文与访谈核对。".to_owned(),
            format!("全部访谈的 SHA-256：{}", facts.corpus),
            format!("编码器：{} · 原话 {} · {}", facts.encoder(), facts.version, facts.on),
        ]
    },
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
