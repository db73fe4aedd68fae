//! The words for copying, keeping and exporting quotes.

use crate::i18n::messages::CollectionWords;

pub(super) static WORDS: CollectionWords = CollectionWords {
    copy: "复制",
    kinds: ["纯文本", "Markdown", "带格式（HTML）"],
    copied: "已复制",
    copy_failed: "浏览器不允许复制。可在此打开，手动复制：",
    permalink: "固定链接",
    here: "来源中的原话如下。",
    elsewhere: "所引的来源已改动或已不在。现在这里说的是同样的话；请核对是谁说的。",
    changed: "引用之后，来源有改动，其中已没有这些话。",
    unsaid: "来源还在，但其中没有哪个回答说过这些话。链接可能被改动过，或者这篇访谈现在的读法不同了。",
    withdrawn: "这段话已被撤回，不能再阅读或引用。",
    gone: "这段引文的来源不在库中，也没有其他版本。",
    no_permalink: "这不是引文的链接。请检查链接是否复制完整。",
    read_source: "阅读现在的来源",
    star: "收藏",
    not_kept: "浏览器不允许在此保存收藏。",
    collection: "收藏",
    kept_note: "只保存链接，且只保存在这个浏览器里；文字每次都取自来源。",
    empty: "还没有收藏。提问之后，点引文上的星号即可收藏。",
    needs_script: "收藏需要 JavaScript。没有它时，请保存引文的固定链接。",
    missing: |n| format!("有 {n} 段引文已不能显示。"),
    up: "上移",
    down: "下移",
    moved: "现在是第 # 条",
    export: "导出",
    conversation: |query| format!("原话：{query}"),
};
