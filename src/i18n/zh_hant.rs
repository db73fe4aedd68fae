//! The sentences in Traditional Chinese, 繁體中文.

mod collection;
mod desk;
mod disclosure;
mod errors;
mod evidence;
mod export;
mod library;
mod page_problems;
mod pending;
mod people;
mod saved;
mod source_problems;
mod tags;
mod transcript;
mod turn;
mod verdict;
mod verify;

use crate::i18n::messages::{Messages, NAMED_INTERVIEWS, NAMED_QUESTIONS, ScoreWords, ScriptName, Spoken};
use crate::i18n::sentences::list;
use crate::search::quote::Caution;
use crate::text::script::Display;

pub(super) static MESSAGES: Messages = Messages {
    lang: "zh-Hant",
    locale: "zh-TW",
    own_name: "繁體中文",
    distinct_subtags: &["hant", "tw", "hk", "mo"],
    chinese_script: Some(Display::Traditional),

    name: "原話",
    latin_name: None,
    tagline: "問你的訪談，得到原話。",
    promise: "每一句都逐字引自訪談，並註明出處；不概括，不編造。",
    skip: "跳到提問框",

    ask_label: "你的問題",
    placeholder: "用自己的話提問……",
    send: "提問",
    asked_in_interview: "訪談裡問過",
    size: |questions, answers| format!("{questions} 個問題，{answers} 個回答"),
    more_interviews: |n| format!("另有 {n} 篇，提問時都會查找"),
    conversation: "對話",

    script: "字形",
    scripts: [
        ScriptName { sign: "原", name: "原文字形" },
        ScriptName { sign: "簡", name: "簡體" },
        ScriptName { sign: "繁", name: "繁體" },
    ],

    said: |speaking, answers, places| format!("{answers} 個回答中有 {speaking} 個說到這一點，{}", under(places)),
    carried: "承接上一問",
    read_as: |read| format!("理解為：{read}"),
    take_back: |what| format!("不承接：{what}"),
    but_those_shown: "不含已列出的回答",
    nobody_else: "沒有別的回答說到這一點。",
    also_in: "同樣的話另見",
    listed: |listed, answers, places| match listed {
        n if n == answers => format!("共 {answers} 個回答，{}", under(places)),
        n => format!("{answers} 個回答中有 {n} 個符合，{}", under(places)),
    },
    nothing_listed: "沒有符合的回答。",
    related: "沒有人說到這一點。最接近的話也只是相關。",
    not_said: "訪談裡問過相近的問題，但沒有人說到這一點。",
    never_asked: "訪談裡沒有問到這一點，也沒有人說到。",
    try_other_words: "換個說法試試，或者問訪談裡問過的：",
    only_best: |shown| format!("這裡列出最切題的 {shown} 個。"),
    score: ScoreWords {
        almost_certain: "幾乎肯定切題",
        very_likely: "很可能切題",
        likely: "可能切題",
        related: "僅相關",
    },
    read_in_context: "在原文中看",
    line: |n| format!("第 {n} 行"),
    as_received: "收到時的文字",

    back: "返回答覆",
    ask_this: "向訪談提問",
    questions: "問題",
    answers: |n| format!("{n} 個回答"),
    cited_here: "引用的話已標出。",
    whole_as_received: "收到的原始文本",
    restorations: |restored, uncertain| match uncertain {
        0 => format!("修復 {restored} 處"),
        _ => format!("修復 {restored} 處，存疑 {uncertain} 處"),
    },
    restorations_note: "檔案到手時這些地方已經損壞。只有當修復後的文字按同樣方式再損壞一次、恰好得到收到的文字時，才顯示修復；如果另有寫法也符合，則標為存疑。",
    restoration_columns: ["行", "收到", "顯示為", "證明"],
    proved: "已證明",
    uncertain: "存疑",
    received_as: |received| format!("收到時為：{received}"),
    likeliest_for: |received| format!("這是最可能的寫法，但不能確定。收到時為：{received}"),
    looks_damaged: "疑似損壞，保持原樣",
    caution: "這裡有文字在傳來時損壞，寫法不能確定，請與收到時的文字核對。",
    cautioned: |caution| match caution {
        Caution::GoesOnWithTurn => "後面緊接著有轉折，請在原文中往下看。",
        Caution::GoesOnWithNegation => "下一句有否定，請在原文中往下看。",
        Caution::GoesOnWithCondition => "下一句講了條件，請在原文中往下看。",
        Caution::EndsWithQuestion => "這段以問句結尾，後面可能是回答，請在原文中往下看。",
        Caution::BeginsWithTurn => "這段以轉折開頭，請在原文中看前面的話。",
        Caution::BeginsUnresolved => "開頭的代詞指的是前面的話，請在原文中看。",
        Caution::ConditionBefore => "這段話的條件在前面，請在原文中看。",
    },

    start_again: "重新開始",

    collection: &collection::WORDS,
    desk: &desk::WORDS,
    disclosure: &disclosure::WORDS,
    errors: &errors::WORDS,
    evidence: &evidence::WORDS,
    export: &export::WORDS,
    library: &library::WORDS,
    page_problems: &page_problems::WORDS,
    pending: &pending::WORDS,
    people: &people::WORDS,
    saved: &saved::WORDS,
    tags: &tags::WORDS,
    transcript: &transcript::WORDS,
    turn: &turn::WORDS,
    verdict: &verdict::WORDS,
    verify: &verify::WORDS,
};

fn under(places: &[Spoken]) -> String {
    let labels = |spoken: &Spoken| match spoken.labels.len() {
        n if n > NAMED_QUESTIONS => format!("{n} 個問題"),
        _ => list(&spoken.labels, "、", " 和 "),
    };
    match places {
        [Spoken { title: None, .. }] => format!("見 {}", labels(&places[0])),
        _ if places.len() > NAMED_INTERVIEWS => format!("見於 {} 篇訪談", places.len()),
        _ => {
            let named: Vec<String> = places
                .iter()
                .map(|spoken| format!("《{}》（{}）", spoken.title.as_deref().unwrap_or_default(), labels(spoken)))
                .collect();
            format!("見{}", list(&named, "、", "和"))
        }
    }
}
