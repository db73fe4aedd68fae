//! The words for interviews that are not ready or not read closely, and for an empty library. In these cases, the page
//! cannot claim that nobody said it.

use crate::i18n::Notice;
use crate::i18n::messages::PendingWords;
use crate::i18n::numbers::thousands;

pub(super) static WORDS: PendingWords = PendingWords {
    note: |n| format!("還有 {n} 份訪談正在讀取，其中的話暫時找不到。"),
    not_said: "已讀取的訪談裡，沒有人說到這一點。",
    related: "已讀取的訪談裡，沒有人直接說到這一點。最接近的話只是相關。",
    closely: |read| {
        let (closely, passages) = (thousands(read.closely), thousands(read.passages));
        format!("已細讀 {closely} 段，共 {passages} 段。全部細讀之前，先按字詞和大意查找回答。")
    },
    not_found: "暫時沒有找到有人說到這一點，還有段落沒有細讀。",
    only_related: "暫時沒有找到有人直接說到這一點，還有段落沒有細讀。最接近的話只是相關。",
    all_closely: "所有段落都已細讀。",
    nothing: "這裡還沒有訪談。",
    ask_again: "再問一次",
    source: Notice::fixed("尚未讀取", "有些訪談正在讀取，這份來源可能就在其中。請稍後再試。"),
    quote: "有些訪談正在讀取，這段引文的來源可能就在其中。請稍後再試。",
};
