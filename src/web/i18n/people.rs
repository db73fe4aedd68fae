//! The words of the pages of people, in each language.

/// The words of one language.
#[derive(Debug)]
pub(crate) struct PeopleWords {
    pub(crate) title: &'static str,
    pub(crate) note: &'static str,
    pub(crate) nobody: &'static str,
    pub(crate) how: &'static str,
    /// The note that there is no such person. It does not reveal whether there ever was one.
    pub(crate) unknown: &'static str,
    pub(crate) question: &'static str,
    pub(crate) count: &'static str,
    pub(crate) by: fn(attribute: &str) -> String,
    pub(crate) not_told: &'static str,
    pub(crate) said_most: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) asked_and_said: fn(questions: usize, answers: usize, interviews: usize) -> String,
    pub(crate) ask_only: fn(&str) -> String,
    pub(crate) only_them: &'static str,
    pub(crate) who_speaks: fn(query: &str, speaking: usize, people: usize) -> String,
    /// The columns: attribute, value, people, people who speak to the query, their answers.
    pub(crate) columns: [&'static str; 5],
    pub(crate) of: fn(speaking: usize, people: usize) -> String,
    pub(crate) as_csv: &'static str,
    pub(crate) by_attribute: &'static str,
    pub(crate) all: &'static str,
}

pub(super) static EN: PeopleWords = PeopleWords {
    title: "People",
    note: "Interviewees whom the transcripts name. One name is taken for one person.",
    nobody: "No transcript names its interviewees. A1 under one question is not necessarily A1 under another, so no answers are put together.",
    how: "Type what you know of people on the page of the interviews, or put a file people.csv beside the transcripts: a column of names, then one for each attribute, such as role, age group, region or alias.",
    unknown: "No interviewee has this name here.",
    question: "Count who speaks to something",
    count: "Count",
    by: |attribute| format!("By {attribute}"),
    not_told: "not told",
    said_most: "What they said most about",
    asked: "What they were asked, and said",
    asked_and_said: |questions, answers, interviews| {
        let plural = |n: usize, what: &str| if n == 1 { format!("1 {what}") } else { format!("{n} {what}s") };
        format!(
            "{}, {}, in {}",
            plural(questions, "question"),
            plural(answers, "answer"),
            plural(interviews, "interview")
        )
    },
    ask_only: |who| format!("Ask only {who}"),
    only_them: "Ask only them",
    who_speaks: |query, speaking, people| format!("“{query}”: {speaking} of {people} named interviewees speak to this"),
    columns: ["attribute", "value", "people", "people who speak to it", "answers that speak to it"],
    of: |speaking, people| format!("{speaking} of {people}"),
    as_csv: "Save as CSV",
    by_attribute: "Who speaks to this, by attribute",
    all: "all",
};

pub(super) static ZH_HANS: PeopleWords = PeopleWords {
    title: "人物",
    note: "访谈中具名的受访者；同一个名字视为同一个人。",
    nobody: "这些访谈没有写明受访者的名字。一个问题下的 A1 不一定是另一个问题下的 A1，所以不把回答归到一起。",
    how: "您对各人的了解可以在访谈页上填写，也可以写在访谈文件旁边的 people.csv 里：一列姓名，其余每列一项属性，例如角色、年龄段、地区、别名。",
    unknown: "这里没有叫这个名字的受访者。",
    question: "数一数谁说到某一点",
    count: "统计",
    by: |attribute| format!("按{attribute}"),
    not_told: "未注明",
    said_most: "说得最多的",
    asked: "被问到的和回答的",
    asked_and_said: |questions, answers, interviews| {
        format!("{interviews} 篇访谈，{questions} 个问题，{answers} 个回答")
    },
    ask_only: |who| format!("只问 {who}"),
    only_them: "只问他们",
    who_speaks: |query, speaking, people| format!("“{query}”：{people} 位具名受访者中有 {speaking} 位说到"),
    columns: ["属性", "取值", "人数", "说到的人数", "说到的回答数"],
    of: |speaking, people| format!("{people} 人中 {speaking} 人"),
    as_csv: "存为 CSV",
    by_attribute: "按属性看谁说到",
    all: "全部",
};

pub(super) static ZH_HANT: PeopleWords = PeopleWords {
    title: "人物",
    note: "訪談中具名的受訪者；同一個名字視為同一個人。",
    nobody: "這些訪談沒有寫明受訪者的名字。一個問題下的 A1 不一定是另一個問題下的 A1，所以不把回答歸到一起。",
    how: "您對各人的了解可以在訪談頁上填寫，也可以寫在訪談檔案旁邊的 people.csv 裡：一欄姓名，其餘每欄一項屬性，例如角色、年齡層、地區、別名。",
    unknown: "這裡沒有叫這個名字的受訪者。",
    question: "數一數誰說到某一點",
    count: "統計",
    by: |attribute| format!("按{attribute}"),
    not_told: "未註明",
    said_most: "說得最多的",
    asked: "被問到的和回答的",
    asked_and_said: |questions, answers, interviews| {
        format!("{interviews} 篇訪談，{questions} 個問題，{answers} 個回答")
    },
    ask_only: |who| format!("只問 {who}"),
    only_them: "只問他們",
    who_speaks: |query, speaking, people| format!("「{query}」：{people} 位具名受訪者中有 {speaking} 位說到"),
    columns: ["屬性", "取值", "人數", "說到的人數", "說到的回答數"],
    of: |speaking, people| format!("{people} 人中 {speaking} 人"),
    as_csv: "存為 CSV",
    by_attribute: "按屬性看誰說到",
    all: "全部",
};
