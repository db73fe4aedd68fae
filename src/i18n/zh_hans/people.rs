//! The words of the pages of people.

use crate::i18n::messages::PeopleWords;

pub(super) static WORDS: PeopleWords = PeopleWords {
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
