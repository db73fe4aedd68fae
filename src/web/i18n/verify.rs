//! The words of the page that checks a report's quotations, in each language.

use crate::verify::{self, ReportWords};

/// The words of one language.
#[derive(Debug)]
pub(crate) struct VerifyWords {
    /// The words about quotations.
    pub(crate) words: &'static ReportWords,
    /// The link in the bar of every page.
    pub(crate) short: &'static str,
    pub(crate) title: &'static str,
    pub(crate) intro: &'static str,
    pub(crate) kept: &'static str,
    pub(crate) paste: &'static str,
    pub(crate) file: &'static str,
    pub(crate) button: &'static str,
    pub(crate) more: fn(usize) -> String,
}

pub(super) static EN: VerifyWords = VerifyWords {
    words: &verify::EN,
    short: "Verify",
    title: "Check quotations",
    intro: "Paste a report, or choose its file. Every quotation in it is looked for in the interviews, word for word, \
            and the words that differ are shown.",
    kept: "The report is looked at here and then forgotten: nothing of it is kept.",
    paste: "Text of the report",
    file: "or its file (Markdown, DOCX, HTML, text)",
    button: "Check",
    more: |n| format!("{n} more are not shown. On the command line, yuanhua verify tells all of them."),
};

pub(super) static ZH_HANS: VerifyWords = VerifyWords {
    words: &verify::ZH_HANS,
    short: "核对",
    title: "核对引文",
    intro: "粘贴一份报告，或选择它的文件。其中每一处引文都会在访谈里逐字查找，并指出不同的字词。",
    kept: "报告只在此处核对，随即忘掉，不保存任何内容。",
    paste: "报告全文",
    file: "或报告的文件（Markdown、DOCX、HTML、纯文本）",
    button: "核对",
    more: |n| format!("另有 {n} 处未显示；命令行 yuanhua verify 会列出全部。"),
};

pub(super) static ZH_HANT: VerifyWords = VerifyWords {
    words: &verify::ZH_HANT,
    short: "核對",
    title: "核對引文",
    intro: "貼上一份報告，或選擇它的檔案。其中每一處引文都會在訪談裡逐字查找，並指出不同的字詞。",
    kept: "報告只在此處核對，隨即忘掉，不保存任何內容。",
    paste: "報告全文",
    file: "或報告的檔案（Markdown、DOCX、HTML、純文字）",
    button: "核對",
    more: |n| format!("另有 {n} 處未顯示；命令列 yuanhua verify 會列出全部。"),
};
