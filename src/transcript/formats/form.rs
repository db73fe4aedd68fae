//! Forms: tables in which a row is a question with its answer, or a field about the person, the place and the time. It
//! reads rows and knows no file format.

use crate::error::ReadError;
use crate::transcript::columns;
use crate::transcript::dialogue::names::{self, LabelRole};
use crate::transcript::dialogue::speaker_labels;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;

/// The longest value of a field, in characters.
const VALUE_CHARS: usize = 40;
/// The longest label of a field or of a question, in characters.
const LABEL_CHARS: usize = 80;

/// What a row of a form holds.
enum FormRow {
    Asked {
        question: String,
        answer: Option<String>,
    },
    /// The answer to the question in the row above.
    Answered(String),
    /// Anything else.
    Other(Vec<String>),
}

/// Reads rows as a form; `None` if they are none. At least two rows ask.
pub(super) fn read(rows: &[Vec<String>], limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let Some(found) = rows_of(rows) else { return Ok(None) };
    let mut extract = Extract::new(limits);
    for row in found {
        match row {
            FormRow::Asked { question, answer } => {
                extract.part();
                // The lines of one cell are one question.
                extract.push(LineKind::Asked, &question.split_whitespace().collect::<Vec<_>>().join(" "), None)?;
                if let Some(answer) = answer {
                    extract.answer(None, &answer, None)?;
                }
            }
            FormRow::Answered(answer) => extract.answer(None, &answer, None)?,
            FormRow::Other(cells) => extract.push(LineKind::Aside, &cells.join("\t"), None)?,
        }
    }
    Ok(Some(extract))
}

fn rows_of(rows: &[Vec<String>]) -> Option<Vec<FormRow>> {
    let mut found: Vec<FormRow> = Vec::new();
    // Whether the last question still waits for its answer.
    let mut open = false;
    for row in rows {
        let row = row_of(row, open)?;
        open = matches!(row, FormRow::Asked { answer: None, .. });
        found.push(row);
    }
    let asked: Vec<(&str, bool)> = found
        .iter()
        .filter_map(|row| match row {
            FormRow::Asked { question, answer } => Some((question.as_str(), answer.is_some())),
            _ => None,
        })
        .collect();
    let answered = asked.iter().filter(|(_, answered)| *answered).count()
        + found.iter().filter(|row| matches!(row, FormRow::Answered(_))).count();
    let asking_back =
        found.iter().filter(|row| matches!(row, FormRow::Asked { answer: Some(answer), .. } if asks(answer))).count();
    // Rows of other words make it another kind of table.
    let other =
        found.iter().filter(|row| matches!(row, FormRow::Other(cells) if cells.iter().any(|cell| is_said(cell))));
    let distinct: std::collections::HashSet<&str> = asked.iter().map(|(question, _)| *question).collect();
    (asked.len() >= 2
        && distinct.len() == asked.len()
        && answered * 2 >= asked.len()
        && asking_back * 2 < asked.len()
        && other.count() <= asked.len())
    .then_some(found)
}

/// What a row holds; `None` if it names who speaks, as a row of a conversation does.
fn row_of(row: &[String], open: bool) -> Option<FormRow> {
    let mut cells: Vec<String> =
        row.iter().map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect();
    // The number of the row.
    if cells.len() >= 2 && is_number(&cells[0]) {
        cells.remove(0);
    }
    let labels =
        |cell: &String| speaker_labels::is_label(&format!("{cell}:")) || names::role(cell) == Some(LabelRole::Asks);
    match cells.as_slice() {
        [label, words, ..] if labels(label) && (asks(words) || is_said(words)) => None,
        [only] if asks(only) => {
            // The question on the first line, the answer below.
            let inside = only.split_once('\n').filter(|(first, rest)| asks(first) && !rest.trim().is_empty());
            Some(match inside {
                Some((first, rest)) => {
                    FormRow::Asked { question: first.trim().to_owned(), answer: Some(rest.trim().to_owned()) }
                }
                None => FormRow::Asked { question: only.clone(), answer: None },
            })
        }
        [only] => match only.split_once('\n').filter(|(first, _)| asks(first)) {
            Some((first, rest)) if !speaker_labels::is_named(first) => {
                Some(FormRow::Asked { question: first.trim().to_owned(), answer: Some(rest.trim().to_owned()) })
            }
            _ if speaker_labels::is_named(only) => None,
            _ if open => Some(FormRow::Answered(only.clone())),
            _ => Some(FormRow::Other(cells)),
        },
        [question, rest @ ..]
            if (asks(question) || is_topic(question) && rest.iter().any(|cell| is_said(cell)))
                && question.chars().count() <= LABEL_CHARS * 3 =>
        {
            Some(FormRow::Asked { question: question.clone(), answer: Some(rest.join("\n")) })
        }
        _ => Some(FormRow::Other(cells)),
    }
}

/// Which rows only tell about the interview: fields with short values, or a table of fields with their values below.
pub(super) fn about(rows: &[&[String]]) -> Vec<bool> {
    let filled = |row: &&[String]| -> Vec<String> {
        row.iter().map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    let all: Vec<Vec<String>> = rows.iter().map(filled).collect();
    let is_value = |cell: &String| cell.chars().count() <= VALUE_CHARS && !is_said(cell) && !asks(cell);
    // `经销商 | 城市 | 走访人` above short values.
    let headed = all.len() >= 2
        && all[0].len() >= 2
        && all[0].iter().filter(|cell| is_field(cell)).count() * 2 >= all[0].len()
        && all.iter().flatten().all(is_value)
        && !all[1..].iter().flatten().any(|cell| is_field(cell));
    if headed {
        return vec![true; all.len()];
    }
    let field_row = |row: &Vec<String>| {
        let pairs = row.len() >= 2 && row.len().is_multiple_of(2);
        pairs && row.iter().step_by(2).all(|cell| is_field(cell)) && row.iter().all(is_value)
    };
    let plain = |row: &Vec<String>| field_row(row) && row.iter().step_by(2).all(|cell| names::role(cell).is_none());
    let fields = all.iter().filter(|row| plain(row)).count();
    let labels = |row: &Vec<String>| row.first().cloned().unwrap_or_default();
    all.iter()
        .map(|row| {
            // `访谈人 | 丁宁` is a field among others, and a turn where the label comes back.
            let once = all.iter().filter(|other| labels(other) == labels(row)).count() == 1;
            plain(row) && once || field_row(row) && once && fields >= 1
        })
        .collect()
}

/// Whether a label is that of a field about a person, a place or a time.
fn is_field(label: &str) -> bool {
    let label = label.trim_end_matches([':', '：', ' ']);
    label.chars().count() <= 16 && columns::is_trait(label)
}

fn is_number(cell: &str) -> bool {
    let bare = cell.trim_end_matches(['.', '、', '．', ')', '）']);
    !bare.is_empty()
        && bare.chars().count() <= 3
        && bare.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
}

/// Whether a cell asks.
pub(super) fn asks(cell: &str) -> bool {
    let cell = cell.trim().trim_end_matches(['*', ' ', ')', '）']);
    cell.ends_with(['?', '？', '吗', '呢', '嗎']) && cell.chars().count() >= 4
}

/// Whether a label asks for somebody's view without a question mark: `离职的主要原因`, `Suggestions`.
pub(super) fn is_topic(label: &str) -> bool {
    const TOPICS: [&str; 58] = [
        "什么",
        "什麼",
        "怎么",
        "怎麼",
        "为何",
        "為何",
        "如何",
        "哪",
        "原因",
        "建议",
        "建議",
        "评价",
        "評價",
        "意见",
        "意見",
        "看法",
        "感受",
        "满意",
        "滿意",
        "希望",
        "期望",
        "期待",
        "收获",
        "收穫",
        "困难",
        "困難",
        "打算",
        "想法",
        "体会",
        "體會",
        "反馈",
        "回饋",
        "改进",
        "改進",
        "喜欢",
        "喜歡",
        "挑战",
        "挑戰",
        "不足",
        "优点",
        "why",
        "what",
        "how",
        "reason",
        "suggest",
        "comment",
        "feedback",
        "like most",
        "like least",
        "liked",
        "improve",
        "expect",
        "describe",
        "challenge",
        "advice",
        "feel",
        "frustrat",
        "enjoy",
    ];
    let folded = label.to_lowercase();
    label.chars().count() <= LABEL_CHARS && TOPICS.iter().any(|word| folded.contains(word))
}

/// Whether words are a sentence: they end as one, or are too long for a value.
pub(super) fn is_said(words: &str) -> bool {
    let words = words.trim();
    words.ends_with(['。', '？', '?', '！', '!', '…', '”', '」'])
        || words.ends_with('.') && words.contains(' ')
        || words.contains('。')
        || words.chars().count() > 60
}
