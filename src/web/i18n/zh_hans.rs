//! The interface in Simplified Chinese.

use super::message::Message;
use super::sentences::list;
use super::{NAMED_INTERVIEWS, NAMED_QUESTIONS, ScoreWords, ScriptName, Spoken, Text};
use crate::search::quote::Caution;
use crate::web::problem::WebProblem;

/// 简体中文
pub(crate) static ZH_HANS: Text = Text {
    lang: "zh-Hans",
    name: "原话",
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
    unclear: super::unclear::zh_hans,
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

    read: &super::transcript::ZH_HANS,
    library: &super::library::ZH_HANS,
    coming: &super::pending::ZH_HANS,
    keep: &super::collection::ZH_HANS,
    desk: &super::desk::ZH_HANS,
    people: &super::people::ZH_HANS,
    turn: &super::turn::ZH_HANS,
    evidence: &super::evidence::ZH_HANS,
    saved: &super::saved::ZH_HANS,
    tags: &super::tags::ZH_HANS,
    disclosure: &super::disclosure::ZH_HANS,
    verify: &super::verify::ZH_HANS,
    serving: &super::serving::ZH_HANS,

    problem: |problem| match problem {
        WebProblem::QueryTooLong { limit } => Message {
            title: "问题太长了",
            sentence: format!("一个问题最多 {limit} 个字。请缩短后再问。"),
        },
        WebProblem::ConversationTooLong => Message {
            title: "对话太长了",
            sentence: "一个对话最多 40 个问题。请打开较早的部分，或开始新的对话。".into(),
        },
        WebProblem::BadScript => Message {
            title: "没有这种字形",
            sentence: "字形只能是 original、simplified 或 traditional。".into(),
        },
        WebProblem::BadLimit { most } => {
            Message { title: "引用数目不对", sentence: format!("limit 应是 1 到 {most} 之间的整数。") }
        }
        WebProblem::NoQuery => Message {
            title: "没有问题",
            sentence: "请把问题放在参数 q 里，例如 /api/ask?q=AI。".into(),
        },
        WebProblem::NotRead => (super::pending::ZH_HANS.source)(),
        WebProblem::UnknownSource => Message {
            title: "这份来源不在这里",
            sentence: "它已从资料库中移除，或者在被引用之后有了改动。请重新提问，看看现有的来源怎么说。".into(),
        },
        WebProblem::BadSpan => Message {
            title: "这条引用没有指向任何文字",
            sentence: "它的范围不是这份访谈中一段完整的文字。请检查链接是否复制完整。".into(),
        },
        WebProblem::NobodysWords => Message {
            title: "这条引用指向的不是谁的话",
            sentence: "没有哪一个回答完整包含它的范围。请检查链接是否复制完整。".into(),
        },
        WebProblem::Withdrawn => Message {
            title: "已撤回",
            sentence: "说这话的人或提供它的人已经撤回，不能再阅读或引用。".into(),
        },
        WebProblem::Withheld => Message {
            title: "不显示收到时的原样",
            sentence: "这份访谈中有人用了化名或已撤回，收到时的原样会泄露身份。文件本身没有改动。".into(),
        },
        WebProblem::NotOurName { host } => Message {
            title: "这不是本程序的地址",
            sentence: format!(
                "本程序只应答 localhost 和数字地址，不应答“{host}”，以免别的网站读到您的访谈。如果这个名字是您的，请用 --host-name 加上它重新启动。"
            ),
        },
        WebProblem::Foreign => Message {
            title: "这不是从这里发出的",
            sentence: "这份表单来自别的网站，什么都没有改动。请打开访谈页面再试。".into(),
        },
        WebProblem::TooLarge { mib } => Message {
            title: "一次传得太多",
            sentence: format!("一次最多上传 {mib} MiB。请分几次添加，或直接放进资料文件夹。"),
        },
        WebProblem::BadForm => Message {
            title: "缺了点什么",
            sentence: "表单不完整，什么都没有改动。请返回再试。".into(),
        },
        WebProblem::BadFormat => Message {
            title: "没有这种格式",
            sentence: "as 可以是 text、markdown、html、csv、docx 或 json；单条引文只有前三种。".into(),
        },
        WebProblem::NoCard => Message {
            title: "太长，做不成图片",
            sentence: "这段话太长，放在一张图片上读不清。请少引一些，或使用固定链接。".into(),
        },
        WebProblem::BadCursor => Message {
            title: "没有下一页",
            sentence: "这个游标属于另一次请求，或者访谈已经变了。请去掉它，从头开始。".into(),
        },
        WebProblem::Missing => Message {
            title: "缺了点什么",
            sentence: "请给出 permalink，或者 interview 和 question。".into(),
        },
        WebProblem::BadRequest => Message {
            title: "格式不对",
            sentence: "请求的格式与 /api 里写的不同。请改正后再发送。".into(),
        },
        WebProblem::NothingHere => {
            Message { title: "这里什么都没有", sentence: "这个地址没有页面。".into() }
        }
        WebProblem::Library(error) => Message { title: "没有成功", sentence: super::errors::zh_hans(error) },
        WebProblem::NotServed(problem) => super::serving::zh_hans(problem),
        WebProblem::Broken => Message {
            title: "没有成功",
            sentence: "生成页面时出了错，详情见程序日志。请再试一次。".into(),
        },
    },
    start_again: "重新开始",
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
