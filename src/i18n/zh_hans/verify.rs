//! The words about the quotations of a report.

use std::fmt::Write as _;

use crate::i18n::messages::{ChangeWords, CutLossWords, DressWords, PermalinkNotes, VerifyWords};

pub(super) static WORDS: VerifyWords = VerifyWords {
    lang: "zh-Hans",
    report_title: "引文与访谈核对",
    title_marks: ["《", "》"],
    comma: "、",
    between_sentences: "",
    word_marks: ["「", "」"],
    exact: "与原话一致。",
    also: |n| format!("另有 {n} 处说了同样的话。"),
    dressed: |what| format!("除{what}外，与原话一致。"),
    dress: DressWords { script: "繁简", width: "全角半角", case: "大小写", punctuation: "标点" },
    close: |what| format!("与原话相近，但有字词不同：{what}。"),
    change: ChangeWords {
        negation: "否定不同",
        number: "数字不同",
        name: "名称不同",
        condition: "少了或多了转折或条件",
        order: "字词换了位置",
        words: "用词不同",
        left_out: "删去而未注明",
        added: "原话中没有",
        notation: "数字写法不同",
    },
    negation_dropped: "少了否定",
    negation_added: "多了否定",
    cut: |what| format!("字词与原话一致，但截取时丢了{what}。"),
    lost: CutLossWords {
        negation: "否定",
        turn: "转折（但是、不过）",
        condition: "条件",
        question: "疑问（原话是在发问）",
    },
    spliced: |n| format!("由 {n} 处的话拼接而成。"),
    other_speaker: |named, said_by| format!("说这话的是{said_by}，不是{named}。"),
    unknown_speaker: |named| format!("库中没有叫{named}的讲话人。"),
    said_by: |said_by| format!("说这话的是{said_by}。"),
    names_nobody: "来源没有写明说这话的人。",
    only_asked: "这只是采访者的提问，没有人这样回答过。",
    withdrawn: "已被撤回。这些话不能再引用，此处也不显示。",
    not_found: "没有找到。",
    nothing_near: "库中没有哪一段与它有较多相同的字词。",
    nearest: "最接近的一段",
    as_received: "这是收到时的字样；来源传来时已损坏，以下是还原后的原话。",
    may_ask: "（可能是提问的人）",
    linked: PermalinkNotes {
        other_words: "所附的固定链接指向另一段话。",
        changed: "所附的固定链接指向的话，现在的来源中已没有。",
        gone: "所附的固定链接的来源不在库中。",
    },
    line: |n| format!("第 {n} 行"),
    at: |number, line| format!("{number}. 报告第 {line} 行"),
    report_says: "报告",
    source_says: "来源",
    nothing: "（无）",
    read: "在来源中阅读",
    none: "这份报告中没有八个字或四个词以上的引文。",
    summary: |hold, fail, too_short| {
        let all = hold + fail;
        let mut text = match (all, fail) {
            (0, _) => String::new(),
            (_, 0) => format!("核对了 {all} 处引文，全部与原话一致。"),
            _ => format!("核对了 {all} 处引文：{hold} 处与原话一致，{fail} 处有问题。"),
        };
        if too_short > 0 {
            let _ = write!(text, "另有 {too_short} 处不足八个字或四个词，未核对。");
        }
        text
    },
    searched: |transcripts, questions, answers, not_yet| {
        let mut text = format!("查找范围：{transcripts} 篇访谈，{answers} 个回答，{questions} 个提问。");
        if not_yet > 0 {
            let _ = write!(text, "还有 {not_yet} 篇访谈暂不能查找。");
        }
        text
    },
    short: "核对",
    title: "核对引文",
    intro: "粘贴一份报告，或选择它的文件。其中每一处引文都会在访谈里逐字查找，并指出不同的字词。",
    kept: "报告只在此处核对，随即忘掉，不保存任何内容。",
    paste: "报告全文",
    file: "或报告的文件（Markdown、DOCX、HTML、纯文本）",
    button: "核对",
    more: |n| format!("另有 {n} 处未显示；命令行 yuanhua verify 会列出全部。"),
};
