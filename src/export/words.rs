//! The words around exported quotes, in each language of the interface.

/// The number of columns.
pub(super) const COLUMNS: usize = 17;

/// The words around the quotes, in one language.
#[derive(Debug)]
pub struct ExportWords {
    /// The language, as a BCP 47 tag.
    pub lang: &'static str,
    /// The marks before and after a quotation.
    pub marks: [&'static str; 2],
    /// The marks before and after the title of an interview.
    pub title_marks: [&'static str; 2],
    /// The label before the interviewer's question.
    pub asked: &'static str,
    /// The label before the received words.
    pub received: &'static str,
    /// The label of a line of the source.
    pub line: fn(usize) -> String,
    /// The note on damaged, uncertain words.
    pub uncertain: &'static str,
    /// The note after a speaker who may be the interviewer.
    pub may_ask: &'static str,
    /// The note on a quote in which words were replaced.
    pub replaced: &'static str,
    /// The note on a quote whose source has changed since it was kept.
    pub changed: &'static str,
    /// The heading above missing quotes and the reasons.
    pub left_out: &'static str,
    /// The columns of the table, in order.
    pub columns: [&'static str; COLUMNS],
    /// The note in the table on a cell that got an apostrophe.
    pub guarded: fn(&str) -> String,
}

/// English.
pub static EN: ExportWords = ExportWords {
    lang: "en",
    marks: ["“", "”"],
    title_marks: ["“", "”"],
    asked: "Asked: ",
    replaced: "In square brackets stand replacements for what could tell who somebody is: there, this is not verbatim.",
    received: "As received: ",
    line: |n| format!("line {n}"),
    may_ask: " (may be the interviewer)",
    uncertain: "Some of this was damaged on its way here and its wording is not certain.",
    changed: "The source has changed since this was kept; the present one says the same words here.",
    left_out: "Left out",
    columns: [
        "Query",
        "Quote",
        "Question",
        "Answer",
        "Interviewee",
        "Asked",
        "Interview",
        "File",
        "Line",
        "Time",
        "Until",
        "Score",
        "As received",
        "Permalink",
        "SHA-256 of the source",
        "Note",
        "Apostrophe added",
    ],
    guarded: |columns| {
        format!("An apostrophe was put before: {columns}. A spreadsheet would have taken it for a formula.")
    },
};

/// Simplified Chinese.
pub static ZH_HANS: ExportWords = ExportWords {
    lang: "zh-Hans",
    marks: ["“", "”"],
    title_marks: ["《", "》"],
    asked: "问：",
    replaced: "方括号里是替换，用来代替可能让人认出是谁的字词；这些地方不是原话。",
    received: "收到时：",
    line: |n| format!("第 {n} 行"),
    may_ask: "（可能是提问的人）",
    uncertain: "其中有文字在传来时已损坏，措辞并不确定。",
    changed: "收藏之后来源有改动；现在的来源在此处说的仍是同样的话。",
    left_out: "未收入",
    columns: [
        "提问",
        "原话",
        "问题",
        "回答",
        "受访者",
        "采访者问",
        "访谈",
        "文件",
        "行",
        "时间",
        "至",
        "分值",
        "收到时",
        "固定链接",
        "来源的 SHA-256",
        "说明",
        "加了撇号",
    ],
    guarded: |columns| format!("以下各栏前加了一个撇号：{columns}。否则电子表格会把它当作公式。"),
};

/// Traditional Chinese.
pub static ZH_HANT: ExportWords = ExportWords {
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
