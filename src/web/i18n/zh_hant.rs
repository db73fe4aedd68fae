//! The interface in Traditional Chinese.

use super::message::Message;
use super::sentences::list;
use super::{NAMED_INTERVIEWS, NAMED_QUESTIONS, ScoreWords, ScriptName, Spoken, Text};
use crate::search::quote::Caution;
use crate::web::problem::WebProblem;

/// 繁體中文
pub(crate) static ZH_HANT: Text = Text {
    lang: "zh-Hant",
    name: "原話",
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
    unclear: super::unclear::zh_hant,
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

    read: &super::transcript::ZH_HANT,
    library: &super::library::ZH_HANT,
    coming: &super::pending::ZH_HANT,
    keep: &super::collection::ZH_HANT,
    desk: &super::desk::ZH_HANT,
    people: &super::people::ZH_HANT,
    turn: &super::turn::ZH_HANT,
    evidence: &super::evidence::ZH_HANT,
    saved: &super::saved::ZH_HANT,
    tags: &super::tags::ZH_HANT,
    disclosure: &super::disclosure::ZH_HANT,
    verify: &super::verify::ZH_HANT,
    serving: &super::serving::ZH_HANT,

    problem: |problem| match problem {
        WebProblem::QueryTooLong { limit } => Message {
            title: "問題太長了",
            sentence: format!("一個問題最多 {limit} 個字。請縮短後再問。"),
        },
        WebProblem::ConversationTooLong => Message {
            title: "對話太長了",
            sentence: "一個對話最多 40 個問題。請開啟較早的部分，或開始新的對話。".into(),
        },
        WebProblem::BadScript => Message {
            title: "沒有這種字形",
            sentence: "字形只能是 original、simplified 或 traditional。".into(),
        },
        WebProblem::BadLimit { most } => {
            Message { title: "引用數目不對", sentence: format!("limit 應是 1 到 {most} 之間的整數。") }
        }
        WebProblem::NoQuery => Message {
            title: "沒有問題",
            sentence: "請把問題放在參數 q 裡，例如 /api/ask?q=AI。".into(),
        },
        WebProblem::NotRead => (super::pending::ZH_HANT.source)(),
        WebProblem::UnknownSource => Message {
            title: "這份來源不在這裡",
            sentence: "它已從資料庫中移除，或者在被引用之後有了改動。請重新提問，看看現有的來源怎麼說。".into(),
        },
        WebProblem::BadSpan => Message {
            title: "這條引用沒有指向任何文字",
            sentence: "它的範圍不是這份訪談中一段完整的文字。請檢查連結是否複製完整。".into(),
        },
        WebProblem::NobodysWords => Message {
            title: "這條引用指向的不是誰的話",
            sentence: "沒有哪一個回答完整包含它的範圍。請檢查連結是否複製完整。".into(),
        },
        WebProblem::Withdrawn => Message {
            title: "已撤回",
            sentence: "說這話的人或提供它的人已經撤回，不能再閱讀或引用。".into(),
        },
        WebProblem::Withheld => Message {
            title: "不顯示收到時的原樣",
            sentence: "這份訪談中有人用了化名或已撤回，收到時的原樣會洩露身分。檔案本身沒有改動。".into(),
        },
        WebProblem::NotOurName { host } => Message {
            title: "這不是本程式的位址",
            sentence: format!(
                "本程式只回應 localhost 和數字位址，不回應「{host}」，以免別的網站讀到您的訪談。如果這個名字是您的，請用 --host-name 加上它重新啟動。"
            ),
        },
        WebProblem::Foreign => Message {
            title: "這不是從這裡發出的",
            sentence: "這份表單來自別的網站，什麼都沒有改動。請開啟訪談頁面再試。".into(),
        },
        WebProblem::TooLarge { mib } => Message {
            title: "一次傳得太多",
            sentence: format!("一次最多上傳 {mib} MiB。請分幾次加入，或直接放進資料夾。"),
        },
        WebProblem::BadForm => Message {
            title: "缺了點什麼",
            sentence: "表單不完整，什麼都沒有改動。請返回再試。".into(),
        },
        WebProblem::BadFormat => Message {
            title: "沒有這種格式",
            sentence: "as 可以是 text、markdown、html、csv、docx 或 json；單條引文只有前三種。".into(),
        },
        WebProblem::NoCard => Message {
            title: "太長，做不成圖片",
            sentence: "這段話太長，放在一張圖片上讀不清。請少引一些，或使用固定連結。".into(),
        },
        WebProblem::BadCursor => Message {
            title: "沒有下一頁",
            sentence: "這個游標屬於另一次請求，或者訪談已經變了。請去掉它，從頭開始。".into(),
        },
        WebProblem::Missing => Message {
            title: "缺了點什麼",
            sentence: "請給出 permalink，或者 interview 和 question。".into(),
        },
        WebProblem::BadRequest => Message {
            title: "格式不對",
            sentence: "請求的格式與 /api 裡寫的不同。請改正後再傳送。".into(),
        },
        WebProblem::NothingHere => {
            Message { title: "這裡什麼都沒有", sentence: "這個位址沒有頁面。".into() }
        }
        WebProblem::Library(error) => Message { title: "沒有成功", sentence: super::errors::zh_hant(error) },
        WebProblem::NotServed(problem) => super::serving::zh_hant(problem),
        WebProblem::Broken => Message {
            title: "沒有成功",
            sentence: "產生頁面時出了錯，詳情見程式日誌。請再試一次。".into(),
        },
    },
    start_again: "重新開始",
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
