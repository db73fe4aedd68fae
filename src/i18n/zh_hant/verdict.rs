//! The verdict on a query, in a terminal and in exported files.

use crate::i18n::messages::VerdictWords;

pub(super) static WORDS: VerdictWords = VerdictWords {
    title: "原話摘錄",
    listed: |speaking, answers| format!("{answers} 個回答中有 {speaking} 個符合。"),
    said: |speaking, answers| format!("{answers} 個回答中有 {speaking} 個說到這一點。"),
    nothing_listed: "沒有符合的回答。",
    related: "沒有人說到這一點。僅相關：",
    not_said: "訪談裡問過，但沒有人說到這一點。",
    related_as_typed: "照輸入的寫法，沒有人說到。最接近的話也只是相關。",
    not_said_as_typed: "照輸入的寫法，沒有人說到。",
    never_asked: "訪談裡沒有問到這一點，也沒有人說到。",
};
