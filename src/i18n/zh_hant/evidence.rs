//! The words around a table of evidence.

use crate::i18n::messages::EvidenceWords;

pub(super) static WORDS: EvidenceWords = EvidenceWords {
    of_people: |speaking, asked| format!("被問到的 {asked} 人中有 {speaking} 人說到"),
    of_answers: |speaking, answers| format!("{answers} 個回答中有 {speaking} 個說到"),
    show_all: |n| format!("全部列出（{n} 個）"),
    show_most: |shown, of| format!("列出 {of} 個中的 {shown} 個"),
    open_all: "全部展開",
    close_all: "全部收起",
    whether: "每個回答是肯定還是否定，這裡不作判斷，請讀標出的話。",
    side_by_side: |first, second| format!("關於「{first}」和「{second}」，各怎麼說"),
    answer: "回答",
    not_told: "沒有單獨說到",
    contrast_not_judged: "每欄是說到其中一方的原話；兩者是否不同，這裡不作判斷。",
    silent_questions: |n| format!("另外 {n} 個問題下沒有人說到這一點"),
    answers: "回答",
};
