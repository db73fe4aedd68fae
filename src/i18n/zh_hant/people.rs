//! The words of the pages of people.

use crate::i18n::messages::PeopleWords;

pub(super) static WORDS: PeopleWords = PeopleWords {
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
