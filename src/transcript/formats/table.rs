//! CSV, TSV and semicolon-separated values: one row is one turn, or one question with its answer.

use serde_json::Value;

use super::answer_matrix;
use super::cue_turns::{self, Cue};
use super::form;
use super::survey;
use crate::error::ReadError;
use crate::transcript::columns::{self, Places};
use crate::transcript::dialogue::names::{self, Likeness};
use crate::transcript::extract::{Extract, LineKind, SourceTurn};
use crate::transcript::formats::json::units::{self, RawTime, TimeSample};
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use crate::transcript::read_options::Columns;
use crate::transcript::timestamps::{self, Moment};

/// The rows that tell a table from a text with commas.
const SAMPLE_ROWS: usize = 20;
/// The separators of cells.
const DELIMITERS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// Reads a table; `None` if the text is not a table of turns.
pub(crate) fn read(text: &str, told: &Columns, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let (above, text) = titled(text.trim_start_matches('\u{feff}'));
    let Some(mut extract) = of_text(text, told, limits)? else { return Ok(None) };
    if let Some(title) = above.first() {
        let mut whole = Extract::new(limits);
        above.iter().try_for_each(|line| whole.push(LineKind::Aside, line, None))?;
        whole.append(extract)?;
        whole.title = Some((*title).to_owned());
        extract = whole;
    }
    Ok(Some(extract))
}

/// The most lines above a table.
const ABOVE: usize = 8;

/// The lines above a table that a spreadsheet wrote, `离职面谈汇总,,,`, and the table. Excel also writes `sep=;`.
fn titled(text: &str) -> (Vec<&str>, &str) {
    let marks = [',', ';', '\t'];
    let (mut above, mut rest) = (Vec::new(), text);
    for _ in 0..ABOVE {
        let Some((line, after)) = rest.split_once('\n') else { break };
        let line = line.trim_end_matches('\r');
        let bare = line.trim_end_matches(marks);
        let set_off = bare.len() < line.len() && !bare.contains(marks) && !bare.contains('"');
        if line.starts_with("sep=") && line.len() <= 6 || set_off && bare.trim().is_empty() {
            rest = after;
        } else if set_off {
            above.push(bare.trim());
            rest = after;
        } else {
            break;
        }
    }
    (above, rest)
}

/// Reads the rows of a table of a document, if their first names what a turn is made of, or a question and an answer.
/// Where the table is `alone`, its content may tell too.
pub(super) fn named(
    rows: &[Vec<String>],
    alone: bool,
    told: &Columns,
    limits: ReadLimits,
) -> Result<Option<Extract>, ReadError> {
    let Some((names, below)) = rows.split_first() else { return Ok(None) };
    let layout = Places::of(names, told);
    let pair =
        layout.question.is_some() && layout.answer.is_some() || layout.text.is_some() && layout.speaker.is_some();
    let told_so = alone && told.text.is_some() && layout.text.is_some();
    if below.is_empty() || !pair && !told_so {
        return Ok(None);
    }
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for row in rows {
        if writer.write_record(row).is_err() {
            return Ok(None);
        }
    }
    let Some(text) = writer.into_inner().ok().and_then(|text| String::from_utf8(text).ok()) else { return Ok(None) };
    let table = Table { delimiter: b'\t', has_head: true, names: names.clone(), layout };
    turns(&text, &table, limits).map(Some)
}

fn of_text(text: &str, told: &Columns, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    for delimiter in DELIMITERS {
        if let Some(rows) = rows(text, delimiter)
            && let Some(extract) = match answer_matrix::read(&rows, told, limits)? {
                Some(extract) => Some(extract),
                None => survey::read(&rows, told, limits)?,
            }
        {
            return Ok(Some(extract));
        }
    }
    let headless = || DELIMITERS.into_iter().find_map(|delimiter| headless(text, delimiter, told));
    let by_name = || {
        let delimiter = DELIMITERS.into_iter().find(|delimiter| is_table(text, *delimiter, told))?;
        let names = heads(text, delimiter);
        Some(Table { delimiter, has_head: true, layout: Places::of(&names, told), names })
    };
    let guessed = || {
        DELIMITERS.into_iter().find_map(|delimiter| {
            Some(Table { delimiter, has_head: true, layout: guess(text, delimiter)?, names: heads(text, delimiter) })
        })
    };
    let Some(table) = headless().or_else(by_name).or_else(guessed) else {
        let named = told.text.is_some() && text.lines().next().is_some_and(|head| head.contains([',', '\t', ';']));
        return if named {
            Err(ReadError::NoColumn { columns: text.lines().next().unwrap_or_default().to_owned() })
        } else {
            Ok(None)
        };
    };
    turns(text, &table, limits).map(Some)
}

/// Reads the rows of a table as turns, or as questions with their answers.
fn turns(text: &str, table: &Table, limits: ReadLimits) -> Result<Extract, ReadError> {
    let Table { delimiter, has_head, names, layout } = table;
    let mut rows = reader(text, *delimiter, *has_head);
    let mut extract = Extract::new(limits);
    if !*has_head {
        extract.problem(ProblemKind::NoNames);
    }
    let told_of = layout.told(names);
    extract.problem(ProblemKind::Columns(told_of.clone()));
    extract.columns = Some(told_of);
    let mut asked = String::new();
    let end = names.iter().position(|name| columns::is_end(name));
    let (mut said, mut times) = (Vec::new(), Vec::new());
    for row in rows.records() {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                extract.problem(ProblemKind::BadRow(error.to_string()));
                continue;
            }
        };
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(str::trim).filter(|cell| !cell.is_empty());
        let time = cell(layout.time).and_then(|cell| timestamps::seconds(cell).or_else(|| whole_seconds(cell)));
        if let (None, Some(_)) = (layout.text, layout.answer) {
            if let Some(question) = cell(layout.question).filter(|question| *question != asked) {
                extract.part();
                extract.push(LineKind::Asked, question, time)?;
                question.clone_into(&mut asked);
                extract.part();
            }
            match (cell(layout.speaker), cell(layout.answer)) {
                (speaker, Some(answer)) => {
                    extract.part();
                    extract.answer(speaker, answer, time)?;
                }
                (_, None) => {
                    extract.problem(ProblemKind::RowUnanswered(row.position().map_or(0, csv::Position::record)));
                }
            }
        } else if let Some(words) = cell(layout.text) {
            said.push(SourceTurn {
                speaker: cell(layout.speaker).map(str::to_owned),
                changes: false,
                words: words.to_owned(),
                from: None,
                to: None,
                timed: Vec::new(),
            });
            times.push((cell(layout.time).map(str::to_owned), cell(end).map(str::to_owned)));
        }
    }
    let called = |at: Option<usize>| at.and_then(|at| names.get(at)).map(|name| columns::key(name)).unwrap_or_default();
    timed(&mut said, &times, [&called(layout.time), &called(end)]);
    if layout.speaker.is_some() {
        named_once(&mut said);
    }
    // Where no column names the speaker, a name may stand before the words.
    if layout.speaker.is_some() {
        said.iter().try_for_each(|said| extract.say(said))?;
    } else {
        cue_turns::speak(&mut extract, said.into_iter().map(Cue::of).collect())?;
    }
    Ok(extract)
}

/// A spreadsheet names a speaker in the first of several rows. A row without a name continues the one before, unless it
/// asks below somebody's answer.
fn named_once(said: &mut [SourceTurn]) {
    let named: Vec<&str> = said.iter().filter_map(|said| said.speaker.as_deref()).collect();
    let several = named.iter().collect::<std::collections::HashSet<_>>().len() >= 2;
    if !several || named.len() * 2 < said.len() || said.first().is_none_or(|first| first.speaker.is_none()) {
        return;
    }
    let mut before: Option<(String, bool)> = None;
    for said in said {
        let asks = form::asks(&said.words);
        match (&said.speaker, &before) {
            (Some(name), _) => before = Some((name.clone(), asks)),
            (None, Some((name, asked))) if *asked || !asks => said.speaker = Some(name.clone()),
            _ => before = None,
        }
    }
}

/// Sets the times of rows from the columns called `names`. Whole numbers are milliseconds if a column
/// says so, or if nobody could speak so slowly.
fn timed(said: &mut [SourceTurn], times: &[(Option<String>, Option<String>)], [start, end]: [&str; 2]) {
    let raw = |name: &str, cell: &Option<String>| RawTime::of(name, &Value::from(cell.clone()?));
    let number = |name: &str, cell: &Option<String>| match raw(name, cell) {
        Some(RawTime::Number(number)) => Some(number),
        _ => None,
    };
    let samples: Vec<TimeSample> = said
        .iter()
        .zip(times)
        .filter_map(|(said, (from, to))| {
            let chars = said.words.chars().filter(|c| c.is_alphanumeric()).count();
            Some(TimeSample { from: number(start, from)?, to: number(end, to), chars })
        })
        .collect();
    let unit = units::unit(&samples, None);
    for (said, (from, to)) in said.iter_mut().zip(times) {
        said.from = raw(start, from).and_then(|raw| raw.moment(unit));
        said.to = raw(end, to).and_then(|raw| raw.moment(unit));
    }
}

/// The layout of a table.
struct Table {
    delimiter: u8,
    /// Whether its first row names the columns.
    has_head: bool,
    names: Vec<String>,
    layout: Places,
}

fn reader(text: &str, delimiter: u8, has_head: bool) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(has_head).flexible(true).from_reader(text.as_bytes())
}

fn heads(text: &str, delimiter: u8) -> Vec<String> {
    let mut rows = reader(text, delimiter, true);
    rows.headers().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default()
}

/// The rows that decide about columns.
const LOOKED_AT: usize = 200;
const LEAST_ROWS: usize = 4;

/// The first rows, if all have the same number of cells.
fn sample(text: &str, delimiter: u8, has_head: bool) -> Option<Vec<csv::StringRecord>> {
    let rows: Vec<csv::StringRecord> =
        reader(text, delimiter, has_head).records().take(LOOKED_AT).collect::<Result<_, _>>().ok()?;
    let width = rows.first()?.len();
    (width >= 2 && rows.len() >= LEAST_ROWS && rows.iter().all(|row| row.len() == width)).then_some(rows)
}

/// All rows, with the first, if it names at least two columns and most rows are as wide.
fn rows(text: &str, delimiter: u8) -> Option<Vec<Vec<String>>> {
    let first = text.lines().next()?;
    if !first.as_bytes().contains(&delimiter) {
        return None;
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut fit = 0usize;
    for row in reader(text, delimiter, false).records() {
        let row: Vec<String> = row.ok()?.iter().map(str::to_owned).collect();
        // A spreadsheet writes empty rows too.
        if row.len() >= 2 && row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        fit += usize::from(rows.first().is_none_or(|first| first.len() == row.len()));
        rows.push(row);
        // Prose with commas is recognised early.
        if fit * 10 < rows.len() * 9 && rows.len() >= SAMPLE_ROWS {
            return None;
        }
    }
    (rows.first()?.len() >= 2 && fit * 10 >= rows.len() * 9).then_some(rows)
}

fn cells(rows: &[csv::StringRecord], at: usize) -> impl Iterator<Item = &str> {
    rows.iter().filter_map(move |row| row.get(at)).map(str::trim)
}

/// Guesses the columns of a table by their content: long cells are words, few recurring short ones are
/// speakers.
fn by_content(rows: &[csv::StringRecord], heads: &[String]) -> Option<Places> {
    let width = rows.first()?.len();
    let mean = |at: usize| cells(rows, at).map(|cell| cell.chars().count()).sum::<usize>() / rows.len();
    let beside = |at: usize| heads.get(at).is_some_and(|name| columns::is_about_words(name));
    let is_time = |at: usize| cells(rows, at).all(|cell| timestamps::seconds(cell).is_some() && cell.len() <= 32);
    let words =
        (0..width).filter(|at| !is_time(*at) && !beside(*at)).max_by_key(|at| mean(*at)).filter(|at| mean(*at) >= 5)?;
    let distinct = |at: usize| cells(rows, at).collect::<std::collections::HashSet<_>>().len();
    let names = |at: &usize| {
        let likely = cells(rows, *at).filter(|cell| names::likeness(cell) >= Likeness::Fair).count();
        *at != words && likely * 10 >= rows.len() * 9 && distinct(*at) >= 2 && distinct(*at) * 2 <= rows.len() + 1
    };
    let speaker = (0..width).filter(names).max_by_key(|at| distinct(*at))?;
    let time = (0..width).find(|at| is_time(*at) && *at != speaker);
    Some(Places { text: Some(words), speaker: Some(speaker), time, ..Places::default() })
}

/// A table whose column names say nothing.
fn guess(text: &str, delimiter: u8) -> Option<Places> {
    let rows = sample(text, delimiter, true)?;
    let head = heads(text, delimiter);
    let layout = by_content(&rows, &head).filter(|_| head.len() == rows[0].len())?;
    // A speaker stands in place of a column's name: it is a text with tabs, not a table.
    let name = head.get(layout.speaker?).map(|name| name.trim())?;
    (!cells(&rows, layout.speaker?).any(|cell| cell == name)).then_some(layout)
}

/// A table whose first row is a turn: its speaker comes back below, its time is a time, or it asks as
/// those below do.
fn headless(text: &str, delimiter: u8, told: &Columns) -> Option<Table> {
    let rows = sample(text, delimiter, false)?;
    let (first, rest) = rows.split_first()?;
    let width = first.len();
    let quoted = text.starts_with('"');
    let cell = |at: usize| first.get(at).map(str::trim).unwrap_or_default();
    let table = |layout: Places| {
        let names: Vec<String> = (1..=width).map(|at| at.to_string()).collect();
        let told_so = Places::of(&names, told);
        let layout = Places {
            text: told.text.as_ref().map_or(layout.text, |_| told_so.text),
            speaker: told.speaker.as_ref().map_or(layout.speaker, |_| told_so.speaker),
            time: told.time.as_ref().map_or(layout.time, |_| told_so.time),
            ..layout
        };
        Table { delimiter, has_head: false, names, layout }
    };
    let by_speaker = by_content(&rows, &[]).filter(|layout| {
        let back = layout.speaker.is_some_and(|at| cells(rest, at).any(|other| other == cell(at)));
        // `Ann<tab>words` also reads as a text, whose turns may have more lines.
        (back || layout.time.is_some()) && (width > 2 || delimiter == b',' && (quoted || rows.len() >= 6))
    });
    let asks = |cell: &str| cell.ends_with(['?', '？']) && cell.chars().count() >= 4;
    let asked = width == 2
        && asks(cell(0))
        && !asks(cell(1))
        && cells(&rows, 0).filter(|cell| asks(cell)).count() * 5 >= rows.len() * 4;
    let paired = || Places { question: Some(0), answer: Some(1), ..Places::default() };
    by_speaker.or_else(|| asked.then(paired)).map(table)
}

/// Seconds written as a number: `12.5`.
pub(crate) fn whole_seconds(cell: &str) -> Option<Moment> {
    Moment::of_seconds(cell.parse().ok()?)
}

fn is_table(text: &str, delimiter: u8, told: &Columns) -> bool {
    let Some(head) = text.lines().next().filter(|head| head.bytes().any(|byte| byte == delimiter)) else {
        return false;
    };
    let mut rows = reader(text, delimiter, false);
    let mut rows = rows.records().take(SAMPLE_ROWS).flatten();
    let names: Vec<String> = rows.next().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default();
    let layout = Places::of(&names, told);
    let pair = layout.text.is_some() && (layout.speaker.is_some() || layout.time.is_some() || told.text.is_some())
        || layout.answer.is_some() && layout.question.is_some();
    // Prose has no row as wide as its head.
    let (mut fit, mut all) = (0usize, 0usize);
    for row in rows {
        all += 1;
        fit += usize::from(row.len() == names.len());
    }
    pair && head.len() < 2000 && all > 0 && fit * 2 >= all
}
