//! The problems of a source in Chinese. In English, a problem's own sentence is used.

use crate::transcript::{Layout, Problem, ProblemKind};

/// In English.
pub(super) fn en(problem: &Problem) -> String {
    problem.problem.clone()
}

/// 简体中文
pub(super) fn zh_hans(problem: &Problem) -> String {
    match &problem.what {
        ProblemKind::Doubt { received, restored } if received == restored => {
            format!("“{received}”疑似损坏，但没有能证明的修复，保持原样。")
        }
        ProblemKind::Doubt { received, restored } => {
            format!("“{received}”已损坏；“{restored}”是最可能的写法，但不能确定。")
        }
        ProblemKind::Unanswered(label) => format!("{label} 没有回答。"),
        ProblemKind::OutOfOrder { found, expected } => format!("这里应是 {expected}，来源写作 {found}。"),
        ProblemKind::Counted { found, expected } => {
            format!("这里应是 {expected}，来源写作 {found}；按 {expected} 计。")
        }
        ProblemKind::Cut(encoding) => format!("文件在一个 {encoding} 字符中间断开，显示为 \u{fffd}；末尾可能缺失。"),
        ProblemKind::Stray(encoding) => format!("这里有不是 {encoding} 字符的字节，显示为 \u{fffd}。"),
        ProblemKind::MoreStray { lines, bytes } => format!("另有 {lines} 行有这样的字节，共 {bytes} 个。"),
        ProblemKind::EmptyCue(line) => format!("文件第 {line} 行的字幕没有文字。"),
        ProblemKind::BrokenArrow(line) => format!("文件第 {line} 行有箭头而没有两个时间；这条字幕并入前一条。"),
        // The parser gives the reason in English, which does not help here.
        ProblemKind::BrokenOff(_) => "从这里起写法有误，其余部分无法读取。请用生成它的程序重新保存。".into(),
        ProblemKind::Entity(name) => format!("实体 &{name}; 没有定义，按原样显示。"),
        ProblemKind::ByPerson { head, left } => {
            format!("每一行读作一个人（按“{head}”），每个提问的列读作一个问题。{}", left_zh_hans(left))
        }
        ProblemKind::ByQuestion { head, left } => {
            format!("每一行读作一个问题（“{head}”），旁边每一列读作一个人。{}", left_zh_hans(left))
        }
        ProblemKind::Columns(layout) => columns_zh_hans(layout),
        ProblemKind::NoNames => "表格没有列名；各列按位置叫做 1、2……".into(),
        ProblemKind::BadRow(_) => "这一行写法有误，无法读取，已略去。".into(),
        ProblemKind::RowUnanswered(row) => format!("第 {row} 行没有回答。"),
        ProblemKind::Untold(letters) => format!("这份 PDF 有 {letters} 个字没有说明是什么字，显示为“\u{fffd}”。"),
        ProblemKind::Nobody { name, speakers } => {
            format!("这里没有叫 {name} 的人；说话人有：{}。", speakers.join("、"))
        }
        ProblemKind::Introduction { from, to } => {
            format!("第 {from} 到 {to} 行在第一个说话人之前，读作引言，不算谁的回答。")
        }
        ProblemKind::Lost(words) => {
            format!("从这里起，有 {words} 个词没有归入任何人的话，这是程序的错误；请报告文件的样式。")
        }
    }
}

/// 繁體中文
pub(super) fn zh_hant(problem: &Problem) -> String {
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
            format!("每一列資料讀作一個人（按「{head}」），每個提問的欄讀作一個問題。{}", left_zh_hant(left))
        }
        ProblemKind::ByQuestion { head, left } => {
            format!("每一列資料讀作一個問題（「{head}」），旁邊每一欄讀作一個人。{}", left_zh_hant(left))
        }
        ProblemKind::Columns(layout) => columns_zh_hant(layout),
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
        ProblemKind::Lost(words) => {
            format!("從這裡起，有 {words} 個詞沒有歸入任何人的話，這是程式的錯誤；請回報檔案的樣式。")
        }
    }
}

fn left_zh_hans(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!("没有读的列：“{}”。", columns.join("”、“")) }
}

fn left_zh_hant(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!("沒有讀的欄：「{}」。", columns.join("」、「")) }
}

fn columns_zh_hans(layout: &Layout) -> String {
    let name = |name: &Option<String>| name.as_ref().map_or_else(|| "无".to_owned(), |name| format!("“{name}”"));
    let asked = layout.question.as_ref().map(|asked| format!("问题“{asked}”，")).unwrap_or_default();
    let (text, speaker, time) = (name(&layout.text), name(&layout.speaker), name(&layout.time));
    format!("读取的列：{asked}话{text}，说话人{speaker}，时间{time}。")
}

fn columns_zh_hant(layout: &Layout) -> String {
    let name = |name: &Option<String>| name.as_ref().map_or_else(|| "無".to_owned(), |name| format!("「{name}」"));
    let asked = layout.question.as_ref().map(|asked| format!("問題「{asked}」，")).unwrap_or_default();
    let (text, speaker, time) = (name(&layout.text), name(&layout.speaker), name(&layout.time));
    format!("讀取的欄：{asked}話{text}，說話人{speaker}，時間{time}。")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript;

    #[test]
    fn problems_have_chinese_sentences() {
        let told = |bytes: &[u8], tell: fn(&Problem) -> String| -> Vec<String> {
            transcript::read("a", bytes).expect("it is read").1.iter().map(tell).collect()
        };
        assert_eq!(
            told("Q1.甲？\nA1 乙。\nQ3.丙？\n".as_bytes(), zh_hans),
            ["这里应是 Q2，来源写作 Q3。", "Q3 没有回答。"]
        );
        let table = "speaker,text\nAnn,Why?\nBo,Because.\n".as_bytes();
        assert_eq!(told(table, zh_hans), ["读取的列：话“text”，说话人“speaker”，时间无。"]);
        assert_eq!(told(table, zh_hant), ["讀取的欄：話「text」，說話人「speaker」，時間無。"]);
    }
}
