//! The sentences in Simplified Chinese, 简体中文.

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
    lang: "zh-Hans",
    locale: "zh-CN",
    own_name: "简体中文",
    distinct_subtags: &[],
    chinese_script: Some(Display::Simplified),

    name: "原话",
    latin_name: None,
    tagline: "问你的访谈，得到原话。",
    promise: "每一句都逐字引自访谈，并注明出处；不概括，不编造。",
    skip: "跳到提问框",

    ask_label: "你的问题",
    placeholder: "用自己的话提问……",
    send: "提问",
    asked_in_interview: "访谈里问过",
    size: |questions, answers| format!("{questions} 个问题，{answers} 个回答"),
    more_interviews: |n| format!("另有 {n} 篇，提问时都会查找"),
    conversation: "对话",

    script: "字形",
    scripts: [
        ScriptName { sign: "原", name: "原文字形" },
        ScriptName { sign: "简", name: "简体" },
        ScriptName { sign: "繁", name: "繁体" },
    ],

    said: |speaking, answers, places| format!("{answers} 个回答中有 {speaking} 个说到这一点，{}", under(places)),
    carried: "承接上一问",
    read_as: |read| format!("理解为：{read}"),
    take_back: |what| format!("不承接：{what}"),
    but_those_shown: "不含已列出的回答",
    nobody_else: "没有别的回答说到这一点。",
    also_in: "同样的话另见",
    listed: |listed, answers, places| match listed {
        n if n == answers => format!("共 {answers} 个回答，{}", under(places)),
        n => format!("{answers} 个回答中有 {n} 个符合，{}", under(places)),
    },
    nothing_listed: "没有符合的回答。",
    related: "没有人说到这一点。最接近的话也只是相关。",
    not_said: "访谈里问过相近的问题，但没有人说到这一点。",
    never_asked: "访谈里没有问到这一点，也没有人说到。",
    try_other_words: "换个说法试试，或者问访谈里问过的：",
    only_best: |shown| format!("这里列出最切题的 {shown} 个。"),
    score: ScoreWords {
        almost_certain: "几乎肯定切题",
        very_likely: "很可能切题",
        likely: "可能切题",
        related: "仅相关",
    },
    read_in_context: "在原文中看",
    line: |n| format!("第 {n} 行"),
    as_received: "收到时的文字",

    back: "返回答复",
    ask_this: "向访谈提问",
    questions: "问题",
    answers: |n| format!("{n} 个回答"),
    cited_here: "引用的话已标出。",
    whole_as_received: "收到的原始文本",
    restorations: |restored, uncertain| match uncertain {
        0 => format!("修复 {restored} 处"),
        _ => format!("修复 {restored} 处，存疑 {uncertain} 处"),
    },
    restorations_note: "文件到手时这些地方已经损坏。只有当修复后的文字按同样方式再损坏一次、恰好得到收到的文字时，才显示修复；如果另有写法也符合，则标为存疑。",
    restoration_columns: ["行", "收到", "显示为", "证明"],
    proved: "已证明",
    uncertain: "存疑",
    received_as: |received| format!("收到时为：{received}"),
    likeliest_for: |received| format!("这是最可能的写法，但不能确定。收到时为：{received}"),
    looks_damaged: "疑似损坏，保持原样",
    caution: "这里有文字在传来时损坏，写法不能确定，请与收到时的文字核对。",
    cautioned: |caution| match caution {
        Caution::GoesOnWithTurn => "后面紧接着有转折，请在原文中往下看。",
        Caution::GoesOnWithNegation => "下一句有否定，请在原文中往下看。",
        Caution::GoesOnWithCondition => "下一句讲了条件，请在原文中往下看。",
        Caution::EndsWithQuestion => "这段以问句结尾，后面可能是回答，请在原文中往下看。",
        Caution::BeginsWithTurn => "这段以转折开头，请在原文中看前面的话。",
        Caution::BeginsUnresolved => "开头的代词指的是前面的话，请在原文中看。",
        Caution::ConditionBefore => "这段话的条件在前面，请在原文中看。",
    },

    start_again: "重新开始",

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
        n if n > NAMED_QUESTIONS => format!("{n} 个问题"),
        _ => list(&spoken.labels, "、", " 和 "),
    };
    match places {
        [Spoken { title: None, .. }] => format!("见 {}", labels(&places[0])),
        _ if places.len() > NAMED_INTERVIEWS => format!("见于 {} 篇访谈", places.len()),
        _ => {
            let named: Vec<String> = places
                .iter()
                .map(|spoken| format!("《{}》（{}）", spoken.title.as_deref().unwrap_or_default(), labels(spoken)))
                .collect();
            format!("见{}", list(&named, "、", "和"))
        }
    }
}
