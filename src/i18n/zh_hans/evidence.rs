//! The words around a table of evidence.

use crate::i18n::messages::EvidenceWords;

pub(super) static WORDS: EvidenceWords = EvidenceWords {
    of_people: |speaking, asked| format!("被问到的 {asked} 人中有 {speaking} 人说到"),
    of_answers: |speaking, answers| format!("{answers} 个回答中有 {speaking} 个说到"),
    show_all: |n| format!("全部列出（{n} 个）"),
    show_most: |shown, of| format!("列出 {of} 个中的 {shown} 个"),
    open_all: "全部展开",
    close_all: "全部收起",
    whether: "每个回答是肯定还是否定，这里不作判断，请读标出的话。",
    side_by_side: |first, second| format!("关于“{first}”和“{second}”，各怎么说"),
    answer: "回答",
    not_told: "没有单独说到",
    contrast_not_judged: "每栏是说到其中一方的原话；两者是否不同，这里不作判断。",
    silent_questions: |n| format!("另外 {n} 个问题下没有人说到这一点"),
    answers: "回答",
};
