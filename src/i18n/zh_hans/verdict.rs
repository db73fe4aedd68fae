//! The verdict on a query, in a terminal and in exported files.

use crate::i18n::messages::VerdictWords;

pub(super) static WORDS: VerdictWords = VerdictWords {
    title: "原话摘录",
    listed: |speaking, answers| format!("{answers} 个回答中有 {speaking} 个符合。"),
    said: |speaking, answers| format!("{answers} 个回答中有 {speaking} 个说到这一点。"),
    nothing_listed: "没有符合的回答。",
    related: "没有人说到这一点。仅相关：",
    not_said: "访谈里问过，但没有人说到这一点。",
    related_as_typed: "照输入的写法，没有人说到。最接近的话也只是相关。",
    not_said_as_typed: "照输入的写法，没有人说到。",
    never_asked: "访谈里没有问到这一点，也没有人说到。",
};
