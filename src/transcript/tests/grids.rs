//! Tables with a column a person, or a row a person.

use crate::transcript::*;

fn said(text: &str) -> Vec<String> {
    said_in(text.as_bytes())
}

/// The questions of a source, each with its answers.
pub(super) fn said_in(bytes: &[u8]) -> Vec<String> {
    let (transcript, _) = read("test", bytes).expect("a transcript");
    let mut all = Vec::new();
    for question in &transcript.questions {
        all.push(format!("{}: {}", question.label, transcript.words(question.span)));
        for answer in &question.answers {
            all.push(format!("{} | {}", answer.interviewee.as_deref().unwrap_or("?"), transcript.answer_text(answer)));
        }
    }
    all
}

#[test]
fn a_column_for_each_person_means_a_question_a_row() {
    let text = "问题,张三,李四\n您为什么来这里？,\"因为家在这里，\n也因为有活干。\",朋友介绍的。\n您想走吗？,,不想。\n";
    let expected = [
        "Q1: 您为什么来这里？",
        "张三 | 因为家在这里，\n也因为有活干。",
        "李四 | 朋友介绍的。",
        "Q2: 您想走吗？",
        "李四 | 不想。",
    ];
    assert_eq!(said(text), expected);
    // By tabs, with a column that counts the rows, and as a Markdown table.
    assert_eq!(
        said(text.replace("\"因为家在这里，\n也因为有活干。\"", "因为家在这里。").replace(',', "\t").as_str()).len(),
        5
    );
    assert_eq!(
        said("No.,Question,P1,P2\n1,Why did you come?,For work.,For love.\n2,Would you leave?,No.,\n"),
        ["Q1: Why did you come?", "P1 | For work.", "P2 | For love.", "Q2: Would you leave?", "P1 | No."]
    );
    let table = "# Survey\n\n| 题目 | 王芳 | 赵大山 |\n|---|:---:|---|\n| 您累吗？ | 不累。 | 累\\|很累。 |\n| **您还干吗？** | | 干。 |\n";
    assert_eq!(said(table), ["Q1: 您累吗？", "王芳 | 不累。", "赵大山 | 累|很累。", "Q2: 您还干吗？", "赵大山 | 干。"]);
    assert_eq!(read("test", table.as_bytes()).expect("a transcript").0.title, "Survey");
}

#[test]
fn a_row_for_each_person_means_a_question_a_column() {
    let text = "Timestamp,Your name,Why did you come?,Would you leave?\n2024-03-12,Ann Lee,For work.,No.\n2024-03-13,Bo Park,,Yes.\n";
    assert_eq!(
        said(text),
        ["Q1: Why did you come?", "Ann Lee | For work.", "Q2: Would you leave?", "Ann Lee | No.", "Bo Park | Yes."]
    );
    let (_, problems) = read("test", text.as_bytes()).expect("a transcript");
    assert!(problems.iter().any(|problem| problem.problem.contains("Left out: “Timestamp”")), "{problems:?}");
}

#[test]
fn no_problem_and_no_column_names_a_person_who_withdrew() {
    let text = "问题,张三,李四\n您为什么来这里？,因为家在这里。,朋友介绍的。\n";
    let (transcript, problems) = read("test", text.as_bytes()).expect("a transcript");
    assert!(problems.iter().all(|problem| !problem.problem.contains("张三")) && transcript.columns.is_none());
    assert_eq!(transcript.asking, "", "the table says who asks");
}

#[test]
fn other_tables_are_not_read_as_answers_by_persons() {
    for text in [
        "Question,Category,Difficulty\nWhy did you come?,Work,Low\nWould you leave?,Home,High\n",
        "问题,类别,难度\n您为什么来？,工作,低\n您想走吗？,生活,高\n",
        "Item,Ann,Bob\nApples,three,four\nPears,one,two\n",
    ] {
        let named = read("test", text.as_bytes()).map(|(transcript, _)| transcript.speakers.len());
        assert!(!named.is_ok_and(|named| named > 0), "{text}");
    }
}
