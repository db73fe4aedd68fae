//! The words about kept questions, and of their report.

use crate::i18n::messages::{LostVoiceWords, SavedWords};

pub(super) static WORDS: SavedWords = SavedWords {
    report_title: "報告",
    starred: "收藏的原話",
    method: "製作方法",
    count: |speaking, answers, listed| {
        format!("{answers} 個回答中有 {speaking} 個{}。", if listed { "符合" } else { "說到這一點" })
    },
    since: |new, lost, on| match (new, lost) {
        (new, 0) => format!("自 {on} 以來，新增 {new} 個聲音。"),
        (0, lost) => format!("自 {on} 以來，少了 {lost} 個聲音。"),
        (new, lost) => format!("自 {on} 以來，新增 {new} 個聲音，少了 {lost} 個。"),
    },
    same: |on| format!("與 {on} 時的聲音相同。"),
    new: "新增",
    lost: LostVoiceWords {
        withdrawn: "已被撤回。",
        gone: "所在的訪談已不在庫中。",
        changed: "所在的訪談有改動，已不再這樣說。",
        not_counted: "仍這樣說，但不再算作說到這一點。",
    },
    none: "還沒有保留問題。",
    shown: |n| format!("以下是最相關的 {n} 個。"),
    asked: "訪談裡問過。",
    never_asked: "訪談裡沒有問到。",
    withdrawn: "已被撤回。",
    changed: "來源有改動，已不再這樣說。",
    gone: "來源不在庫中。",
    how: |facts| {
        let not_yet =
            if facts.coming == 0 { String::new() } else { format!("另有 {} 篇暫不能查找。", facts.coming) };
        let closely = facts
            .reading
            .map(|read| format!("目前細讀了 {} 段，共 {} 段，計數還會變化。", read.closely, read.passages))
            .unwrap_or_default();
        vec![
            format!(
                "查找了 {} 篇訪談的 {} 個回答。{not_yet}{closely}一個回答的話說到某個問題的機率高於校準過的界限，才計入該問題。計的是回答，不是人：\
                 一個人可以有幾個回答。贊成還是反對，不作判斷。",
                facts.interviews, facts.answers
            ),
            "每一處引文都是來源在所引之處的原話，沒有生成，也沒有改寫。方括號裡的字（如果有）是替換。用命令 yuanhua verify 可以把本報告的每一處引文與訪談核對。".to_owned(),
            format!("全部訪談的 SHA-256：{}", facts.corpus),
            format!("編碼器：{} · 原話 {} · {}", facts.encoder(), facts.version, facts.on),
        ]
    },
    title: "保留的問題",
    intro: "加入或撤回訪談之後，這裡會指出每個問題的回覆裡新增了誰、少了誰。與問題一起保留的只有固定連結，沒有任何人的話。",
    question: "要保留的問題",
    keep: "保留",
    keep_this: "保留這個問題",
    forget: |query| format!("去掉「{query}」"),
    forget_short: "去掉",
    seen: "全部標為看過",
    report: "匯出這些問題的報告",
    with_questions: "連同保留的問題匯出報告",
};
