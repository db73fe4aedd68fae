//! CSV, TSV and the semicolon kind: one turn, or one question and answer, a row.

use super::Columns;
use super::clock;
use super::columns::Places;
use super::extract::{Extract, Kind};
use super::limits::Limits;
use super::names::{self, Likeness};
use crate::error::ReadError;

/// Rows looked at to tell a table from a text with commas in it.
const SAMPLE_ROWS: usize = 20;
/// What cells are parted by.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Reads a table; `None` when the text is none, or none of turns.
pub(super) fn read(text: &str, told: &Columns, limits: Limits) -> Result<Option<Extract>, ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let by_name = DELIMITERS.into_iter().find(|delimiter| is_table(text, *delimiter, told));
    let guessed = || DELIMITERS.into_iter().find_map(|delimiter| Some((delimiter, guess(text, delimiter)?)));
    let Some((delimiter, guessed)) = by_name
        .map(|delimiter| (delimiter, None))
        .or_else(|| guessed().map(|(delimiter, guess)| (delimiter, Some(guess))))
    else {
        let named = told.text.is_some() && text.lines().next().is_some_and(|head| head.contains([',', '\t', ';']));
        return if named {
            Err(ReadError::NoColumn { columns: text.lines().next().unwrap_or_default().to_owned() })
        } else {
            Ok(None)
        };
    };
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let names: Vec<String> = rows.headers().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default();
    let layout = guessed.unwrap_or_else(|| Places::of(&names, told));
    let mut extract = Extract::new(limits);
    let told_of = layout.told(&names);
    extract.problem(told_of.sentence());
    extract.columns = Some(told_of);
    let mut asked = String::new();
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                extract.problem(format!("A row could not be read ({error}); it is left out."));
                continue;
            }
        };
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
        let time = cell(layout.time).and_then(|cell| clock::seconds(cell).or_else(|| whole_seconds(cell)));
        if let (None, Some(_)) = (layout.text, layout.answer) {
            if let Some(question) = cell(layout.question).filter(|question| *question != asked) {
                extract.part();
                extract.push(Kind::Asked, question, time)?;
                question.clone_into(&mut asked);
                extract.part();
            }
            match (cell(layout.speaker), cell(layout.answer)) {
                (speaker, Some(answer)) => {
                    extract.part();
                    extract.answer(speaker, answer, time)?;
                }
                (_, None) => {
                    extract.problem(format!("Row {} has no answer.", row.position().map_or(0, csv::Position::record)));
                }
            }
        } else if let Some(words) = cell(layout.text) {
            extract.turn(cell(layout.speaker), words, time)?;
        }
    }
    Ok(Some(extract))
}

/// Tells the columns of a table by what is in them, where their names do not: the long
/// cells are the words, few short ones that come back are the speakers.
fn guess(text: &str, delimiter: u8) -> Option<Places> {
    const LEAST_ROWS: usize = 4;
    const LOOKED_AT: usize = 200;
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let rows_head = rows.headers().ok()?.clone();
    let width = rows_head.len();
    let rows: Vec<csv::StringRecord> = rows.records().take(LOOKED_AT).collect::<Result<_, _>>().ok()?;
    if width < 2 || rows.len() < LEAST_ROWS || rows.iter().any(|row| row.len() != width) {
        return None;
    }
    let cells = |at: usize| rows.iter().filter_map(move |row| row.get(at)).map(str::trim);
    let mean = |at: usize| cells(at).map(|cell| cell.chars().count()).sum::<usize>() / rows.len();
    let words = (0..width).max_by_key(|at| mean(*at)).filter(|at| mean(*at) >= 8)?;
    let distinct = |at: usize| cells(at).collect::<std::collections::HashSet<_>>().len();
    let is_time = |at: usize| cells(at).all(|cell| clock::seconds(cell).is_some());
    let names = |at: &usize| {
        let likely = cells(*at).filter(|cell| names::likeness(cell) >= Likeness::Fair).count();
        *at != words && likely * 10 >= rows.len() * 9 && distinct(*at) >= 2 && distinct(*at) * 2 <= rows.len() + 1
    };
    let speaker = (0..width).filter(names).max_by_key(|at| distinct(*at))?;
    // A speaker where a column's name should be: a text with tabs, and no table.
    let head = rows_head.get(speaker).map(str::trim).unwrap_or_default();
    if cells(speaker).any(|cell| cell == head) {
        return None;
    }
    let time = (0..width).find(|at| is_time(*at) && *at != speaker);
    Some(Places { text: Some(words), speaker: Some(speaker), time, ..Places::default() })
}

/// Seconds written as a number: `12.5`.
pub(super) fn whole_seconds(cell: &str) -> Option<u32> {
    let seconds: f64 = cell.parse().ok()?;
    (0.0..=f64::from(u32::MAX)).contains(&seconds).then_some(seconds as u32)
}

fn is_table(text: &str, delimiter: u8, told: &Columns) -> bool {
    let Some(head) = text.lines().next().filter(|head| head.bytes().any(|byte| byte == delimiter)) else {
        return false;
    };
    let mut rows =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = rows.records().take(SAMPLE_ROWS).flatten();
    let names: Vec<String> = rows.next().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default();
    let layout = Places::of(&names, told);
    let pair = layout.text.is_some() && (layout.speaker.is_some() || layout.time.is_some() || told.text.is_some())
        || layout.answer.is_some() && layout.question.is_some();
    // Prose has no row of cells as wide as its head.
    let (mut fit, mut all) = (0usize, 0usize);
    for row in rows {
        all += 1;
        fit += usize::from(row.len() == names.len());
    }
    pair && head.len() < 2000 && all > 0 && fit * 2 >= all
}
