//! The words for interviews that are not ready, and for an empty library, in each language. In these cases, the page
//! cannot claim that nobody said it.

use super::message::Message;

/// The words of one language.
#[derive(Debug)]
pub(crate) struct PendingWords {
    /// The number of interviews that are not ready.
    pub(crate) note: fn(usize) -> String,
    /// The verdicts that replace those about all interviews.
    pub(crate) not_said: &'static str,
    pub(crate) related: &'static str,
    /// For an empty library.
    pub(crate) nothing: &'static str,
    pub(crate) ask_again: &'static str,
    /// For a source or a quote that may be in such an interview.
    pub(crate) source: fn() -> Message,
    pub(crate) quote: &'static str,
}

pub(super) static EN: PendingWords = PendingWords {
    note: |n| {
        if n == 1 {
            "1 interview is still being read. Its words cannot be found yet.".into()
        } else {
            format!("{n} interviews are still being read. Their words cannot be found yet.")
        }
    },
    not_said: "Nobody said it in the interviews that are read so far.",
    related: "Nobody said this in the interviews that are read so far. The nearest words are only related.",
    nothing: "There are no interviews here yet.",
    ask_again: "Ask again",
    source: || Message {
        title: "Not read yet",
        sentence: "Some interviews are still being read, and this source may be one of them. Try again in a moment."
            .into(),
    },
    quote: "Some interviews are still being read, and the source of this quote may be one of them. Try again in a moment.",
};

pub(super) static ZH_HANS: PendingWords = PendingWords {
    note: |n| format!("还有 {n} 份访谈正在读取，其中的话暂时找不到。"),
    not_said: "已读取的访谈里，没有人说到这一点。",
    related: "已读取的访谈里，没有人直接说到这一点。最接近的话只是相关。",
    nothing: "这里还没有访谈。",
    ask_again: "再问一次",
    source: || Message {
        title: "尚未读取", sentence: "有些访谈正在读取，这份来源可能就在其中。请稍后再试。".into()
    },
    quote: "有些访谈正在读取，这段引文的来源可能就在其中。请稍后再试。",
};

pub(super) static ZH_HANT: PendingWords = PendingWords {
    note: |n| format!("還有 {n} 份訪談正在讀取，其中的話暫時找不到。"),
    not_said: "已讀取的訪談裡，沒有人說到這一點。",
    related: "已讀取的訪談裡，沒有人直接說到這一點。最接近的話只是相關。",
    nothing: "這裡還沒有訪談。",
    ask_again: "再問一次",
    source: || Message {
        title: "尚未讀取", sentence: "有些訪談正在讀取，這份來源可能就在其中。請稍後再試。".into()
    },
    quote: "有些訪談正在讀取，這段引文的來源可能就在其中。請稍後再試。",
};
