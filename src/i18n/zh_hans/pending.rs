//! The words for interviews that are not ready or not read closely, and for an empty library. In these cases, the page
//! cannot claim that nobody said it.

use crate::i18n::Notice;
use crate::i18n::messages::PendingWords;
use crate::i18n::numbers::thousands;

pub(super) static WORDS: PendingWords = PendingWords {
    note: |n| format!("还有 {n} 份访谈正在读取，其中的话暂时找不到。"),
    not_said: "已读取的访谈里，没有人说到这一点。",
    related: "已读取的访谈里，没有人直接说到这一点。最接近的话只是相关。",
    closely: |read| {
        let (closely, passages) = (thousands(read.closely), thousands(read.passages));
        format!("已细读 {closely} 段，共 {passages} 段。全部细读之前，先按字词和大意查找回答。")
    },
    not_found: "暂时没有找到有人说到这一点，还有段落没有细读。",
    only_related: "暂时没有找到有人直接说到这一点，还有段落没有细读。最接近的话只是相关。",
    all_closely: "所有段落都已细读。",
    nothing: "这里还没有访谈。",
    ask_again: "再问一次",
    source: Notice::fixed("尚未读取", "有些访谈正在读取，这份来源可能就在其中。请稍后再试。"),
    quote: "有些访谈正在读取，这段引文的来源可能就在其中。请稍后再试。",
};
