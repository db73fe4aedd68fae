//! The problems of a source.

use crate::transcript::{Layout, Problem, ProblemKind};

pub(super) fn source_problem(problem: &Problem) -> String {
    match &problem.what {
        ProblemKind::Doubt { received, restored } if received == restored => {
            format!("「{received}」疑似損壞，但沒有能證明的修復，保持原樣。")
        }
        ProblemKind::Doubt { received, restored } => {
            format!("「{received}」已損壞；「{restored}」是最可能的寫法，但不能確定。")
        }
        ProblemKind::Unanswered(label) => format!("{label} 沒有回答。"),
        ProblemKind::OutOfOrder { found, expected } => format!("這裡應是 {expected}，來源寫作 {found}。"),
        ProblemKind::Counted { found, expected } => {
            format!("這裡應是 {expected}，來源寫作 {found}；按 {expected} 計。")
        }
        ProblemKind::Cut(encoding) => format!("檔案在一個 {encoding} 字元中間斷開，顯示為 \u{fffd}；末尾可能缺失。"),
        ProblemKind::Stray(encoding) => format!("這裡有不是 {encoding} 字元的位元組，顯示為 \u{fffd}。"),
        ProblemKind::MoreStray { lines, bytes } => format!("另有 {lines} 行有這樣的位元組，共 {bytes} 個。"),
        ProblemKind::EmptyCue(line) => format!("檔案第 {line} 行的字幕沒有文字。"),
        ProblemKind::BrokenArrow(line) => format!("檔案第 {line} 行有箭頭而沒有兩個時間；這條字幕併入前一條。"),
        ProblemKind::BrokenOff(_) => "從這裡起寫法有誤，其餘部分無法讀取。請用產生它的程式重新儲存。".into(),
        ProblemKind::Entity(name) => format!("實體 &{name}; 沒有定義，按原樣顯示。"),
        ProblemKind::ByPerson { head, left } => {
            format!("每一列資料讀作一個人（按「{head}」），每個提問的欄讀作一個問題。{}", left_out(left))
        }
        ProblemKind::ByQuestion { head, left } => {
            format!("每一列資料讀作一個問題（「{head}」），旁邊每一欄讀作一個人。{}", left_out(left))
        }
        ProblemKind::Columns(layout) => columns(layout),
        ProblemKind::NoNames => "表格沒有欄名；各欄按位置叫做 1、2……".into(),
        ProblemKind::BadRow(_) => "這一列資料寫法有誤，無法讀取，已略去。".into(),
        ProblemKind::RowUnanswered(row) => format!("第 {row} 列資料沒有回答。"),
        ProblemKind::Untold(letters) => format!("這份 PDF 有 {letters} 個字沒有說明是什麼字，顯示為「\u{fffd}」。"),
        ProblemKind::Nobody { name, speakers } => {
            format!("這裡沒有叫 {name} 的人；說話人有：{}。", speakers.join("、"))
        }
        ProblemKind::Introduction { from, to } => {
            format!("第 {from} 到 {to} 行在第一個說話人之前，讀作引言，不算誰的回答。")
        }
        ProblemKind::Narration => {
            "這一段在兩次發言之間，前面沒有名字，說的是說話人的事；讀作作者的敘述，不算誰的回答。".into()
        }
        ProblemKind::Nameless => "這一段單獨在兩次發言之間，前面沒有名字；讀作前一位說話人的話。".into(),
        ProblemKind::Unread(sentences) => format!("另有 {sentences} 句在含義不明的欄位裡，沒有讀入。"),
        ProblemKind::NoSpeakers => "來源沒有寫明誰在說話；所有的話都讀作回答；如果有人提問，提問的話也在其中。".into(),
        ProblemKind::Lost(words) => {
            format!("從這裡起，有 {words} 個詞沒有歸入任何人的話，這是程式的錯誤；請回報檔案的樣式。")
        }
    }
}

fn left_out(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!("沒有讀的欄：「{}」。", columns.join("」、「")) }
}

fn columns(layout: &Layout) -> String {
    let name = |name: &Option<String>| name.as_ref().map_or_else(|| "無".to_owned(), |name| format!("「{name}」"));
    let asked = layout.question.as_ref().map(|asked| format!("問題「{asked}」，")).unwrap_or_default();
    let (text, speaker, time) = (name(&layout.text), name(&layout.speaker), name(&layout.time));
    format!("讀取的欄：{asked}話{text}，說話人{speaker}，時間{time}。")
}
