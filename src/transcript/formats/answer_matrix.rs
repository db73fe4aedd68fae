//! Tables whose cells are answers: each row is a question and each column a person. The rules are strict, because most
//! tables are neither. `survey` reads those with a row for each person.

use std::collections::HashSet;

use super::form;
use crate::error::ReadError;
use crate::transcript::columns::{self, Places};
use crate::transcript::dialogue::names::{self, Likeness};
use crate::transcript::dialogue::person_name;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use crate::transcript::read_options::Columns;

/// The meaning of columns and rows.
struct Grid {
    /// The column of the questions.
    head: usize,
    /// The columns of the persons, ascending.
    answers: Vec<usize>,
}

/// Reads rows; `None` if they are no such table. The first row names the columns.
pub(crate) fn read(rows: &[Vec<String>], told: &Columns, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    if *told != Columns::default() {
        return Ok(None);
    }
    let Some((names, rows)) = rows.split_first().filter(|(_, rows)| !rows.is_empty()) else { return Ok(None) };
    let Some(grid) = by_person(names, rows) else { return Ok(None) };
    let mut extract = Extract::new(limits);
    let name = |at: usize| names.get(at).map(|name| name.trim()).unwrap_or_default();
    let rest = (0..names.len()).filter(|at| *at != grid.head && grid.answers.binary_search(at).is_err());
    let left: Vec<String> = rest.map(|at| name(at).to_owned()).collect();
    let head = name(grid.head).to_owned();
    // No person is named here or as a column, because a person who withdraws must be named nowhere.
    extract.problem(ProblemKind::ByQuestion { head, left });
    let cell = |row: &[String], at: usize| row.get(at).map(|cell| cell.trim().to_owned()).unwrap_or_default();
    for row in rows {
        ask(&mut extract, &cell(row, grid.head))?;
        for at in &grid.answers {
            answer(&mut extract, name(*at), &cell(row, *at))?;
        }
    }
    Ok(Some(extract))
}

fn ask(extract: &mut Extract, question: &str) -> Result<(), ReadError> {
    // The lines of one cell are one question.
    extract.push(LineKind::Asked, &question.split_whitespace().collect::<Vec<_>>().join(" "), None)
}

/// An empty cell is no answer.
fn answer(extract: &mut Extract, who: &str, words: &str) -> Result<(), ReadError> {
    if words.is_empty() {
        return Ok(());
    }
    extract.answer(Some(who).filter(|who| !who.is_empty()), words, None)
}

/// `问题,张三,李四`: the first column asks, and persons' names head the others.
fn by_person(names: &[String], rows: &[Vec<String>]) -> Option<Grid> {
    let head = first(names, rows)?;
    let answers: Vec<usize> = (head + 1..names.len()).collect();
    let words = rows.iter().flatten().flat_map(|cell| cell.split(|c: char| !c.is_alphanumeric()));
    let lower: HashSet<String> =
        words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).map(str::to_owned).collect();
    let distinct: HashSet<String> = answers.iter().map(|at| names::key(&names[*at])).collect();
    let persons = answers.iter().all(|at| match names::likeness(&names[*at]) {
        Likeness::Sure => true,
        Likeness::Fair => person_name::is_somebody(&names[*at], &lower),
        Likeness::Weak | Likeness::None => false,
    });
    let asked: Vec<&str> = rows.iter().filter_map(|row| row.get(head)).map(|cell| cell.trim()).collect();
    let asking = asked.iter().filter(|cell| form::asks(cell)).count();
    let called = columns::is_question(&names[head]);
    let often = if called { asking * 4 >= asked.len() } else { asking * 5 >= asked.len() * 4 && asked.len() >= 2 };
    let known = Places::of(names, &Columns::default());
    let plain = known.text.is_none() && known.answer.is_none() && known.time.is_none() && known.speaker.is_none();
    // With one person it is a table of questions and answers, if the head says so.
    let several = answers.len() >= 2 || answers.len() == 1 && called;
    let filled =
        rows.iter().filter(|row| answers.iter().any(|at| row.get(*at).is_some_and(|cell| !cell.trim().is_empty())));
    (persons && plain && several && often && distinct.len() == answers.len() && filled.count() * 2 >= rows.len())
        .then_some(Grid { head, answers })
}

/// The first column that does more than count the rows.
fn first(names: &[String], rows: &[Vec<String>]) -> Option<usize> {
    let counts = |at: usize| {
        rows.iter().all(|row| {
            row.get(at)
                .is_some_and(|cell| !cell.is_empty() && cell.trim().chars().all(|c| c.is_ascii_digit() || c == '.'))
        })
    };
    (0..names.len().saturating_sub(1)).find(|at| !counts(*at))
}
