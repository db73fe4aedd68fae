//! The problems of a source.

use crate::transcript::{Layout, Problem, ProblemKind};

pub(super) fn source_problem(problem: &Problem) -> String {
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
            format!("每一行读作一个人（按“{head}”），每个提问的列读作一个问题。{}", left_out(left))
        }
        ProblemKind::ByQuestion { head, left } => {
            format!("每一行读作一个问题（“{head}”），旁边每一列读作一个人。{}", left_out(left))
        }
        ProblemKind::Columns(layout) => columns(layout),
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
        ProblemKind::Narration => {
            "这一段在两次发言之间，前面没有名字，说的是说话人的事；读作作者的叙述，不算谁的回答。".into()
        }
        ProblemKind::Nameless => "这一段单独在两次发言之间，前面没有名字；读作前一位说话人的话。".into(),
        ProblemKind::Unread(sentences) => format!("另有 {sentences} 句在含义不明的字段里，没有读入。"),
        ProblemKind::NoSpeakers => "来源没有写明谁在说话；所有的话都读作回答；如果有人提问，提问的话也在其中。".into(),
        ProblemKind::Lost(words) => {
            format!("从这里起，有 {words} 个词没有归入任何人的话，这是程序的错误；请报告文件的样式。")
        }
    }
}

fn left_out(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!("没有读的列：“{}”。", columns.join("”、“")) }
}

fn columns(layout: &Layout) -> String {
    let name = |name: &Option<String>| name.as_ref().map_or_else(|| "无".to_owned(), |name| format!("“{name}”"));
    let asked = layout.question.as_ref().map(|asked| format!("问题“{asked}”，")).unwrap_or_default();
    let (text, speaker, time) = (name(&layout.text), name(&layout.speaker), name(&layout.time));
    format!("读取的列：{asked}话{text}，说话人{speaker}，时间{time}。")
}
