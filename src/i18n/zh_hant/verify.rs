//! The words about the quotations of a report.

use std::fmt::Write as _;

use crate::i18n::messages::{ChangeWords, CutLossWords, DressWords, PermalinkNotes, VerifyWords};

pub(super) static WORDS: VerifyWords = VerifyWords {
    lang: "zh-Hant",
    report_title: "引文與訪談核對",
    title_marks: ["《", "》"],
    comma: "、",
    between_sentences: "",
    word_marks: ["「", "」"],
    exact: "與原話一致。",
    also: |n| format!("另有 {n} 處說了同樣的話。"),
    dressed: |what| format!("除{what}外，與原話一致。"),
    dress: DressWords { script: "繁簡", width: "全形半形", case: "大小寫", punctuation: "標點" },
    close: |what| format!("與原話相近，但有字詞不同：{what}。"),
    change: ChangeWords {
        negation: "否定不同",
        number: "數字不同",
        name: "名稱不同",
        condition: "少了或多了轉折或條件",
        order: "字詞換了位置",
        words: "用詞不同",
        left_out: "刪去而未註明",
        added: "原話中沒有",
        notation: "數字寫法不同",
    },
    negation_dropped: "少了否定",
    negation_added: "多了否定",
    cut: |what| format!("字詞與原話一致，但截取時丟了{what}。"),
    lost: CutLossWords {
        negation: "否定",
        turn: "轉折（但是、不過）",
        condition: "條件",
        question: "疑問（原話是在發問）",
    },
    spliced: |n| format!("由 {n} 處的話拼接而成。"),
    other_speaker: |named, said_by| format!("說這話的是{said_by}，不是{named}。"),
    unknown_speaker: |named| format!("庫中沒有叫{named}的講話人。"),
    said_by: |said_by| format!("說這話的是{said_by}。"),
    names_nobody: "來源沒有寫明說這話的人。",
    only_asked: "這只是採訪者的提問，沒有人這樣回答過。",
    withdrawn: "已被撤回。這些話不能再引用，此處也不顯示。",
    not_found: "沒有找到。",
    nothing_near: "庫中沒有哪一段與它有較多相同的字詞。",
    nearest: "最接近的一段",
    as_received: "這是收到時的字樣；來源傳來時已損壞，以下是還原後的原話。",
    may_ask: "（可能是提問的人）",
    linked: PermalinkNotes {
        other_words: "所附的固定連結指向另一段話。",
        changed: "所附的固定連結指向的話，現在的來源中已沒有。",
        gone: "所附的固定連結的來源不在庫中。",
    },
    line: |n| format!("第 {n} 行"),
    at: |number, line| format!("{number}. 報告第 {line} 行"),
    report_says: "報告",
    source_says: "來源",
    nothing: "（無）",
    read: "在來源中閱讀",
    none: "這份報告中沒有八個字或四個詞以上的引文。",
    summary: |hold, fail, too_short| {
        let all = hold + fail;
        let mut text = match (all, fail) {
            (0, _) => String::new(),
            (_, 0) => format!("核對了 {all} 處引文，全部與原話一致。"),
            _ => format!("核對了 {all} 處引文：{hold} 處與原話一致，{fail} 處有問題。"),
        };
        if too_short > 0 {
            let _ = write!(text, "另有 {too_short} 處不足八個字或四個詞，未核對。");
        }
        text
    },
    searched: |transcripts, questions, answers, not_yet| {
        let mut text = format!("查找範圍：{transcripts} 篇訪談，{answers} 個回答，{questions} 個提問。");
        if not_yet > 0 {
            let _ = write!(text, "還有 {not_yet} 篇訪談暫不能查找。");
        }
        text
    },
    short: "核對",
    title: "核對引文",
    intro: "貼上一份報告，或選擇它的檔案。其中每一處引文都會在訪談裡逐字查找，並指出不同的字詞。",
    kept: "報告只在此處核對，隨即忘掉，不保存任何內容。",
    paste: "報告全文",
    file: "或報告的檔案（Markdown、DOCX、HTML、純文字）",
    button: "核對",
    more: |n| format!("另有 {n} 處未顯示；命令列 yuanhua verify 會列出全部。"),
};
