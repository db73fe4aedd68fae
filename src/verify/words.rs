//! The sentences for findings in each language of the interface. They hold nobody's words.

use std::fmt::Write as _;

use super::differences::WordChange;
use super::finding::{Dress, PermalinkOutcome, Searched};
use super::wording::Lost;

/// The sentences of one language.
#[derive(Debug)]
pub struct ReportWords {
    /// The language as a BCP 47 tag.
    pub lang: &'static str,
    /// The title of a report.
    pub title: &'static str,
    /// The marks around the title of an interview.
    pub(super) title_marks: [&'static str; 2],
    pub(super) comma: &'static str,

    pub(super) exact: &'static str,
    pub(super) also: fn(usize) -> String,
    pub(super) dressed: fn(&str) -> String,
    pub(super) dress: fn(Dress) -> &'static str,
    pub(super) close: fn(&str) -> String,
    pub(super) change: fn(WordChange) -> &'static str,
    pub(super) negation_dropped: &'static str,
    pub(super) negation_added: &'static str,
    pub(super) cut: fn(&str) -> String,
    pub(super) lost: fn(Lost) -> &'static str,
    pub(super) spliced: fn(usize) -> String,
    pub(super) other_speaker: fn(named: &str, said_by: &str) -> String,
    pub(super) unknown_speaker: fn(named: &str) -> String,
    pub(super) said_by: fn(&str) -> String,
    pub(super) names_nobody: &'static str,
    pub(super) only_asked: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) not_found: &'static str,
    pub(super) nothing_near: &'static str,
    /// The heading of the passage that is nearest to a quotation that was not found.
    pub(super) nearest: &'static str,
    pub(super) as_received: &'static str,
    pub(super) may_ask: &'static str,
    pub(super) linked: fn(PermalinkOutcome) -> Option<&'static str>,

    pub(super) line: fn(usize) -> String,
    /// The place of a quotation in the report.
    pub(super) at: fn(number: usize, line: usize) -> String,
    /// The heading of the report's words.
    pub report_says: &'static str,
    /// The heading of the source's words.
    pub source_says: &'static str,
    /// The text in place of words that one side lacks.
    pub nothing: &'static str,
    /// The label of the link to the source.
    pub read: &'static str,
    /// The sentence if nothing is quoted.
    pub none: &'static str,
    pub(super) summary: fn(hold: usize, fail: usize, too_short: usize) -> String,
    pub(super) searched: fn(&Searched) -> String,
}

fn few(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

/// English.
pub static EN: ReportWords = ReportWords {
    lang: "en",
    title: "Quotations checked against the interviews",
    title_marks: ["“", "”"],
    comma: ", ",
    exact: "Exact.",
    also: |n| format!("The same is said in {} more.", few(n, "place")),
    dressed: |what| format!("Exact but for {what}."),
    dress: |dress| match dress {
        Dress::Script => "script",
        Dress::Width => "width",
        Dress::Case => "capitals",
        Dress::Punctuation => "punctuation",
    },
    close: |what| format!("Close, with words that differ: {what}."),
    change: |change| match change {
        WordChange::Negation => "a negation is changed",
        WordChange::Number => "a number is changed",
        WordChange::Name => "a name is changed",
        WordChange::Condition => "a but or an if is dropped or added",
        WordChange::Order => "words have changed places",
        WordChange::Words => "other words",
        WordChange::LeftOut => "left out without a mark",
        WordChange::Added => "not in the source",
        WordChange::Notation => "the same number, written otherwise",
    },
    negation_dropped: "a negation is dropped",
    negation_added: "a negation is added",
    cut: |what| format!("The words are the source’s, but the cut loses {what}."),
    lost: |lost| match lost {
        Lost::Negation => "a negation",
        Lost::Turn => "a turn (but, however)",
        Lost::Condition => "a condition",
        Lost::Question => "that it was a question",
    },
    spliced: |n| format!("Put together from {n} places."),
    other_speaker: |named, said_by| format!("Said by {said_by}, not by {named}."),
    unknown_speaker: |named| format!("No speaker in the library is called {named}."),
    said_by: |said_by| format!("This is said by {said_by}."),
    names_nobody: "The source does not name who says this.",
    only_asked: "Only an interviewer asked this; nobody answered it in these words.",
    withdrawn: "Withdrawn. These words may no longer be quoted, and are not shown here.",
    not_found: "Not found.",
    nothing_near: "Nothing in the library has more than a few of these words.",
    nearest: "The nearest passage",
    as_received: "These are the words as they were received; the source was damaged, and this is what it says restored.",
    may_ask: " (may be the interviewer)",
    linked: |linked| match linked {
        PermalinkOutcome::Agrees | PermalinkOutcome::Withdrawn => None,
        PermalinkOutcome::OtherWords => Some("The permalink with it leads to other words."),
        PermalinkOutcome::Changed => {
            Some("The permalink with it leads to words that its source does not have any more.")
        }
        PermalinkOutcome::Gone => Some("The source of the permalink with it is not in the library."),
    },
    line: |n| format!("line {n}"),
    at: |number, line| format!("{number}. Line {line} of the report"),
    report_says: "The report",
    source_says: "The source",
    nothing: "(nothing)",
    read: "Read it in its source",
    none: "No quotation of at least eight characters or four words was found in this report.",
    summary: |hold, fail, too_short| {
        let all = hold + fail;
        let mut text = match (all, fail) {
            (0, _) => String::new(),
            (_, 0) => format!("{} checked: all of them hold.", few(all, "quotation")),
            (_, 1) => format!("{} checked: {hold} hold, 1 does not.", few(all, "quotation")),
            _ => format!("{} checked: {hold} hold, {fail} do not.", few(all, "quotation")),
        };
        if too_short > 0 {
            let short = few(too_short, "short one");
            let _ = write!(text, " {short} passed over, of less than eight characters or four words.");
        }
        text.trim_start().to_owned()
    },
    searched: |searched| {
        let Searched { transcripts, questions, answers, not_yet } = *searched;
        let mut text = format!(
            "Searched: {}, {} and {}.",
            few(transcripts, "interview"),
            few(answers, "answer"),
            few(questions, "question")
        );
        if not_yet > 0 {
            let _ = write!(text, " {} cannot be searched yet.", few(not_yet, "more interview"));
        }
        text
    },
};

/// Simplified Chinese.
pub static ZH_HANS: ReportWords = ReportWords {
    lang: "zh-Hans",
    title: "引文与访谈核对",
    title_marks: ["《", "》"],
    comma: "、",
    exact: "与原话一致。",
    also: |n| format!("另有 {n} 处说了同样的话。"),
    dressed: |what| format!("除{what}外，与原话一致。"),
    dress: |dress| match dress {
        Dress::Script => "繁简",
        Dress::Width => "全角半角",
        Dress::Case => "大小写",
        Dress::Punctuation => "标点",
    },
    close: |what| format!("与原话相近，但有字词不同：{what}。"),
    change: |change| match change {
        WordChange::Negation => "否定不同",
        WordChange::Number => "数字不同",
        WordChange::Name => "名称不同",
        WordChange::Condition => "少了或多了转折或条件",
        WordChange::Order => "字词换了位置",
        WordChange::Words => "用词不同",
        WordChange::LeftOut => "删去而未注明",
        WordChange::Added => "原话中没有",
        WordChange::Notation => "数字写法不同",
    },
    negation_dropped: "少了否定",
    negation_added: "多了否定",
    cut: |what| format!("字词与原话一致，但截取时丢了{what}。"),
    lost: |lost| match lost {
        Lost::Negation => "否定",
        Lost::Turn => "转折（但是、不过）",
        Lost::Condition => "条件",
        Lost::Question => "疑问（原话是在发问）",
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
    linked: |linked| match linked {
        PermalinkOutcome::Agrees | PermalinkOutcome::Withdrawn => None,
        PermalinkOutcome::OtherWords => Some("所附的固定链接指向另一段话。"),
        PermalinkOutcome::Changed => Some("所附的固定链接指向的话，现在的来源中已没有。"),
        PermalinkOutcome::Gone => Some("所附的固定链接的来源不在库中。"),
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
    searched: |searched| {
        let Searched { transcripts, questions, answers, not_yet } = *searched;
        let mut text = format!("查找范围：{transcripts} 篇访谈，{answers} 个回答，{questions} 个提问。");
        if not_yet > 0 {
            let _ = write!(text, "还有 {not_yet} 篇访谈暂不能查找。");
        }
        text
    },
};

/// Traditional Chinese.
pub static ZH_HANT: ReportWords = ReportWords {
    lang: "zh-Hant",
    title: "引文與訪談核對",
    title_marks: ["《", "》"],
    comma: "、",
    exact: "與原話一致。",
    also: |n| format!("另有 {n} 處說了同樣的話。"),
    dressed: |what| format!("除{what}外，與原話一致。"),
    dress: |dress| match dress {
        Dress::Script => "繁簡",
        Dress::Width => "全形半形",
        Dress::Case => "大小寫",
        Dress::Punctuation => "標點",
    },
    close: |what| format!("與原話相近，但有字詞不同：{what}。"),
    change: |change| match change {
        WordChange::Negation => "否定不同",
        WordChange::Number => "數字不同",
        WordChange::Name => "名稱不同",
        WordChange::Condition => "少了或多了轉折或條件",
        WordChange::Order => "字詞換了位置",
        WordChange::Words => "用詞不同",
        WordChange::LeftOut => "刪去而未註明",
        WordChange::Added => "原話中沒有",
        WordChange::Notation => "數字寫法不同",
    },
    negation_dropped: "少了否定",
    negation_added: "多了否定",
    cut: |what| format!("字詞與原話一致，但截取時丟了{what}。"),
    lost: |lost| match lost {
        Lost::Negation => "否定",
        Lost::Turn => "轉折（但是、不過）",
        Lost::Condition => "條件",
        Lost::Question => "疑問（原話是在發問）",
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
    linked: |linked| match linked {
        PermalinkOutcome::Agrees | PermalinkOutcome::Withdrawn => None,
        PermalinkOutcome::OtherWords => Some("所附的固定連結指向另一段話。"),
        PermalinkOutcome::Changed => Some("所附的固定連結指向的話，現在的來源中已沒有。"),
        PermalinkOutcome::Gone => Some("所附的固定連結的來源不在庫中。"),
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
    searched: |searched| {
        let Searched { transcripts, questions, answers, not_yet } = *searched;
        let mut text = format!("查找範圍：{transcripts} 篇訪談，{answers} 個回答，{questions} 個提問。");
        if not_yet > 0 {
            let _ = write!(text, "還有 {not_yet} 篇訪談暫不能查找。");
        }
        text
    },
};
