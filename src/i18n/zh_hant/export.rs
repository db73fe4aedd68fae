//! The words around exported quotes.

use crate::i18n::messages::ExportWords;

pub(super) static WORDS: ExportWords = ExportWords {
    lang: "zh-Hant",
    marks: ["「", "」"],
    title_marks: ["《", "》"],
    asked: "問：",
    replaced: "方括號裡是替換，用來代替可能讓人認出是誰的字詞；這些地方不是原話。",
    received: "收到時：",
    line: |n| format!("第 {n} 行"),
    may_ask: "（可能是提問的人）",
    uncertain: "其中有文字在傳來時已損壞，措辭並不確定。",
    changed: "收藏之後來源有改動；現在的來源在此處說的仍是同樣的話。",
    left_out: "未收入",
    columns: [
        "提問",
        "原話",
        "問題",
        "回答",
        "受訪者",
        "採訪者問",
        "訪談",
        "檔案",
        "行",
        "時間",
        "至",
        "分值",
        "收到時",
        "固定連結",
        "來源的 SHA-256",
        "說明",
        "加了撇號",
    ],
    guarded: |columns| format!("以下各欄前加了一個撇號：{columns}。否則試算表會把它當作公式。"),
};
