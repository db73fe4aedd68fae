//! The words for copying, keeping and exporting quotes.

use crate::i18n::messages::CollectionWords;

pub(super) static WORDS: CollectionWords = CollectionWords {
    copy: "複製",
    kinds: ["純文字", "Markdown", "含格式（HTML）"],
    copied: "已複製",
    copy_failed: "瀏覽器不允許複製。可在此開啟，手動複製：",
    permalink: "固定連結",
    here: "來源中的原話如下。",
    elsewhere: "所引的來源已改動或已不在。現在這裡說的是同樣的話；請核對是誰說的。",
    changed: "引用之後，來源有改動，其中已沒有這些話。",
    unsaid: "來源還在，但其中沒有哪個回答說過這些話。連結可能被改動過，或者這篇訪談現在的讀法不同了。",
    withdrawn: "這段話已被撤回，不能再閱讀或引用。",
    gone: "這段引文的來源不在庫中，也沒有其他版本。",
    no_permalink: "這不是引文的連結。請檢查連結是否複製完整。",
    read_source: "閱讀現在的來源",
    star: "收藏",
    not_kept: "瀏覽器不允許在此保存收藏。",
    collection: "收藏",
    kept_note: "只保存連結，且只保存在這個瀏覽器裡；文字每次都取自來源。",
    empty: "還沒有收藏。提問之後，點引文上的星號即可收藏。",
    needs_script: "收藏需要 JavaScript。沒有它時，請保存引文的固定連結。",
    missing: |n| format!("有 {n} 段引文已不能顯示。"),
    up: "上移",
    down: "下移",
    moved: "現在是第 # 條",
    export: "匯出",
    conversation: |query| format!("原話：{query}"),
};
