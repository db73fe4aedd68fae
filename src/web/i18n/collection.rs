//! The words for copying, keeping and exporting quotes, in each language.

use crate::export::{self, ExportWords};

/// The words of one language.
#[derive(Debug)]
pub(crate) struct CollectionWords {
    /// The words inside exported files.
    pub(crate) words: &'static ExportWords,

    // Copying.
    pub(crate) copy: &'static str,
    /// The forms of a copy: plain text, Markdown, HTML.
    pub(crate) kinds: [&'static str; 3],
    pub(crate) copied: &'static str,
    pub(crate) copy_failed: &'static str,

    // A permalink, and what became of its words.
    pub(crate) permalink: &'static str,
    pub(crate) here: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) unsaid: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) no_permalink: &'static str,
    pub(crate) read_source: &'static str,

    // The collection.
    pub(crate) star: &'static str,
    pub(crate) not_kept: &'static str,
    pub(crate) collection: &'static str,
    pub(crate) kept_note: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) needs_script: &'static str,
    pub(crate) missing: fn(usize) -> String,
    /// The words for moving a quote within the collection, and for its new place. `#` is the number.
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
    pub(crate) moved: &'static str,

    // Exporting.
    pub(crate) export: &'static str,
    pub(crate) conversation: fn(&str) -> String,
}

pub(super) static EN: CollectionWords = CollectionWords {
    words: &export::EN,
    copy: "Copy",
    kinds: ["Plain text", "Markdown", "Formatted (HTML)"],
    copied: "Copied",
    copy_failed: "The browser did not let this be copied. It opens here instead, to copy by hand:",
    permalink: "Permalink",
    here: "This is what the source says.",
    elsewhere: "The source that was cited has changed or is gone. The same words are said here now; check who says them.",
    changed: "The source has changed since it was cited. These words are not in it any more.",
    unsaid: "The source is here, but no answer in it says these words. The link may have been altered, or the interview \
             is read differently now.",
    withdrawn: "This was withdrawn. It can no longer be read or cited.",
    gone: "The source of this quote is not in the library, in any version.",
    no_permalink: "This is not the address of a quote. Check that the link was copied whole.",
    read_source: "Read the source as it is now",
    star: "Keep in the collection",
    not_kept: "The browser does not let anything be kept here.",
    collection: "Collection",
    kept_note: "Only the addresses are kept, and only in this browser. The words come from the sources each time.",
    empty: "Nothing is kept yet. Ask, and press the star on a quote.",
    needs_script: "Keeping needs JavaScript. Without it, keep the permalinks of quotes.",
    missing: |n| {
        if n == 1 {
            "1 quote cannot be shown any more.".into()
        } else {
            format!("{n} quotes cannot be shown any more.")
        }
    },
    up: "Move up",
    down: "Move down",
    moved: "Now at place #",
    export: "Export",
    conversation: |query| format!("Quotes: {query}"),
};

pub(super) static ZH_HANS: CollectionWords = CollectionWords {
    words: &export::ZH_HANS,
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

pub(super) static ZH_HANT: CollectionWords = CollectionWords {
    words: &export::ZH_HANT,
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
