//! The words around a table of evidence, in each language.

/// The words of one language.
#[derive(Debug)]
pub(crate) struct EvidenceWords {
    /// The count of named people who speak to the query, among those who were asked the question.
    pub(crate) of_people: fn(speaking: usize, asked: usize) -> String,
    /// The same count of answers, if not everybody has a name.
    pub(crate) of_answers: fn(speaking: usize, answers: usize) -> String,
    pub(crate) show_all: fn(usize) -> String,
    pub(crate) show_most: fn(shown: usize, of: usize) -> String,
    pub(crate) open_all: &'static str,
    pub(crate) close_all: &'static str,
    /// The note on what is not judged, if a query asks whether something is so.
    pub(crate) whether: &'static str,
    /// The caption of the two columns.
    pub(crate) side_by_side: fn(first: &str, second: &str) -> String,
    pub(crate) answer: &'static str,
    pub(crate) not_told: &'static str,
    pub(crate) contrast_not_judged: &'static str,
    /// The number of questions of the map under which nobody speaks to the query.
    pub(crate) silent_questions: fn(usize) -> String,
    pub(crate) answers: &'static str,
}

pub(super) static EN: EvidenceWords = EvidenceWords {
    of_people: |speaking, asked| format!("{speaking} of {asked} who were asked"),
    of_answers: |speaking, answers| match answers {
        1 => format!("{speaking} of 1 answer"),
        _ => format!("{speaking} of {answers} answers"),
    },
    show_all: |n| format!("Show all {n}"),
    show_most: |shown, of| format!("Show {shown} of {of}"),
    open_all: "Open all",
    close_all: "Close all",
    whether: "Whether an answer is a yes or a no is not judged: read the marked clause.",
    side_by_side: |first, second| format!("What they say of “{first}” and of “{second}”"),
    answer: "Answer",
    not_told: "nothing of it alone",
    contrast_not_judged: "Each column holds the words about one side. Whether they differ is not judged.",
    silent_questions: |n| match n {
        1 => "1 more question, under which nobody speaks to this".to_owned(),
        n => format!("{n} more questions, under which nobody speaks to this"),
    },
    answers: "Answers",
};

pub(super) static ZH_HANS: EvidenceWords = EvidenceWords {
    of_people: |speaking, asked| format!("被问到的 {asked} 人中有 {speaking} 人说到"),
    of_answers: |speaking, answers| format!("{answers} 个回答中有 {speaking} 个说到"),
    show_all: |n| format!("全部列出（{n} 个）"),
    show_most: |shown, of| format!("列出 {of} 个中的 {shown} 个"),
    open_all: "全部展开",
    close_all: "全部收起",
    whether: "每个回答是肯定还是否定，这里不作判断，请读标出的话。",
    side_by_side: |first, second| format!("关于“{first}”和“{second}”，各怎么说"),
    answer: "回答",
    not_told: "没有单独说到",
    contrast_not_judged: "每栏是说到其中一方的原话；两者是否不同，这里不作判断。",
    silent_questions: |n| format!("另外 {n} 个问题下没有人说到这一点"),
    answers: "回答",
};

pub(super) static ZH_HANT: EvidenceWords = EvidenceWords {
    of_people: |speaking, asked| format!("被問到的 {asked} 人中有 {speaking} 人說到"),
    of_answers: |speaking, answers| format!("{answers} 個回答中有 {speaking} 個說到"),
    show_all: |n| format!("全部列出（{n} 個）"),
    show_most: |shown, of| format!("列出 {of} 個中的 {shown} 個"),
    open_all: "全部展開",
    close_all: "全部收起",
    whether: "每個回答是肯定還是否定，這裡不作判斷，請讀標出的話。",
    side_by_side: |first, second| format!("關於「{first}」和「{second}」，各怎麼說"),
    answer: "回答",
    not_told: "沒有單獨說到",
    contrast_not_judged: "每欄是說到其中一方的原話；兩者是否不同，這裡不作判斷。",
    silent_questions: |n| format!("另外 {n} 個問題下沒有人說到這一點"),
    answers: "回答",
};
