//! The words around exported quotes.

use crate::i18n::messages::ExportWords;

pub(super) static WORDS: ExportWords = ExportWords {
    lang: "zh-Hans",
    marks: ["“", "”"],
    title_marks: ["《", "》"],
    asked: "问：",
    replaced: "方括号里是替换，用来代替可能让人认出是谁的字词；这些地方不是原话。",
    received: "收到时：",
    line: |n| format!("第 {n} 行"),
    may_ask: "（可能是提问的人）",
    uncertain: "其中有文字在传来时已损坏，措辞并不确定。",
    changed: "收藏之后来源有改动；现在的来源在此处说的仍是同样的话。",
    left_out: "未收入",
    columns: [
        "提问",
        "原话",
        "问题",
        "回答",
        "受访者",
        "采访者问",
        "访谈",
        "文件",
        "行",
        "时间",
        "至",
        "分值",
        "收到时",
        "固定链接",
        "来源的 SHA-256",
        "说明",
        "加了撇号",
    ],
    guarded: |columns| format!("以下各栏前加了一个撇号：{columns}。否则电子表格会把它当作公式。"),
};
