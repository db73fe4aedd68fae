//! Tables inside a document: which of them hold questions and answers, which only tell about the interview, and the
//! lines around them. It knows no file format; a reader hands over the rows and the lines that they became.

use std::ops::Range;

use super::{answer_matrix, form, survey, table};
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineHint, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::read_options::Columns;

/// A row of a table.
#[derive(Debug, Default)]
pub(super) struct DocumentRow {
    /// The words of each cell, paragraphs on lines of their own.
    pub(super) cells: Vec<String>,
    /// The lines of the extract that the row became.
    pub(super) lines: Range<usize>,
}

/// A table of a document.
#[derive(Debug, Default)]
pub(super) struct DocumentTable {
    pub(super) rows: Vec<DocumentRow>,
    /// Whether another table stands in it, as in pages that are laid out by tables.
    nests: bool,
}

impl DocumentTable {
    pub(super) fn of(rows: Vec<DocumentRow>) -> Self {
        Self { rows, nests: false }
    }

    /// The lines that the table became.
    pub(super) fn lines(&self) -> Range<usize> {
        let from = self.rows.first().map_or(0, |row| row.lines.start);
        from..self.rows.last().map_or(from, |row| row.lines.end)
    }
}

/// Collects the tables of a document while its reader goes through it.
#[derive(Debug, Default)]
pub(super) struct DocumentTables {
    open: Vec<DocumentTable>,
    found: Vec<DocumentTable>,
    in_cell: bool,
}

impl DocumentTables {
    pub(super) fn begin(&mut self) {
        if let Some(outer) = self.open.last_mut() {
            outer.nests = true;
        }
        self.open.push(DocumentTable::default());
        self.in_cell = false;
    }

    /// Begins a row. `line` is the number of lines so far.
    pub(super) fn begin_row(&mut self, line: usize) {
        self.end_row(line);
        if let Some(table) = self.open.last_mut() {
            table.rows.push(DocumentRow { cells: Vec::new(), lines: line..line });
        }
    }

    pub(super) fn begin_cell(&mut self) {
        if let Some(row) = self.open.last_mut().and_then(|table| table.rows.last_mut()) {
            row.cells.push(String::new());
            self.in_cell = true;
        }
    }

    /// Adds words to the open cell.
    pub(super) fn words(&mut self, words: &str) {
        let row = self.open.last_mut().and_then(|table| table.rows.last_mut());
        if let Some(cell) = row.and_then(|row| row.cells.last_mut()).filter(|_| self.in_cell) {
            cell.push_str(words);
        }
    }

    pub(super) fn end_row(&mut self, line: usize) {
        if let Some(row) = self.open.last_mut().and_then(|table| table.rows.last_mut()).filter(|_| self.in_cell) {
            row.lines.end = line;
        }
        self.in_cell = false;
    }

    pub(super) fn end(&mut self, line: usize) {
        self.end_row(line);
        self.found.extend(self.open.pop().filter(|table| !table.nests && !table.rows.is_empty()));
    }

    /// The tables in their order.
    pub(super) fn all(mut self, line: usize) -> Vec<DocumentTable> {
        while !self.open.is_empty() {
            self.end(line);
        }
        self.found
    }
}

/// The fewest lines of speech around tables for which the tables do not decide the reading.
const AROUND: usize = 3;

/// Reads the tables of a document whose lines are `extract`. A table of questions and answers becomes both; rows that
/// only tell about the interview are not speech. A document of other words keeps its lines as they are.
pub(super) fn read(
    mut extract: Extract,
    tables: &[DocumentTable],
    told: &Columns,
    limits: ReadLimits,
) -> Result<Extract, ReadError> {
    let mut spoken: Vec<Option<Extract>> = Vec::new();
    for table in tables {
        spoken.push(speech(table, tables.len() == 1, told, limits)?);
    }
    let about: Vec<Range<usize>> = tables
        .iter()
        .zip(&spoken)
        .filter(|(_, spoken)| spoken.is_none())
        .flat_map(|(table, _)| {
            let rows: Vec<&[String]> = table.rows.iter().map(|row| row.cells.as_slice()).collect();
            let tells = form::about(&rows);
            table.rows.iter().zip(tells).filter(|(_, tells)| *tells).map(|(row, _)| row.lines.clone())
        })
        .collect();
    let lines: Vec<(LineKind, &str)> = kinds(&extract).zip(extract.text.lines()).collect();
    let told_by_tables: Vec<Range<usize>> =
        tables.iter().zip(&spoken).filter(|(_, spoken)| spoken.is_some()).map(|(table, _)| table.lines()).collect();
    let in_speech = |line: usize| told_by_tables.iter().any(|lines| lines.contains(&line));
    let said = |line: usize| !in_speech(line) && !about.iter().any(|rows| rows.contains(&line));
    let around = (0..lines.len()).filter(|at| said(*at) && form::is_said(lines[*at].1)).count();
    let rows: usize =
        tables.iter().zip(&spoken).filter(|(_, spoken)| spoken.is_some()).map(|(table, _)| table.rows.len()).sum();
    if rows == 0 || around > rows.max(AROUND) {
        let all = lines.len();
        if !about.is_empty() {
            extract.hints.resize(all.max(extract.hints.len()), LineHint { kind: LineKind::Plain, time: None });
            let hints = about.into_iter().flatten();
            hints.for_each(|at| {
                if let Some(hint) = extract.hints.get_mut(at) {
                    hint.kind = LineKind::Aside;
                }
            });
        }
        return Ok(extract);
    }
    let mut whole = Extract::new(limits);
    whole.title = extract.title.clone().or_else(|| title(&lines, &in_speech));
    let mut next = tables.iter().zip(spoken.iter_mut()).peekable();
    for (at, (_, line)) in lines.iter().enumerate() {
        while next.peek().is_some_and(|(table, _)| table.lines().start <= at) {
            if let Some(table) = next.next().and_then(|(_, spoken)| spoken.take()) {
                whole.append(table)?;
            }
        }
        if !in_speech(at) {
            whole.push(LineKind::Aside, line, None)?;
        }
    }
    for table in next.filter_map(|(_, spoken)| spoken.take()) {
        whole.append(table)?;
    }
    whole.problems.append(&mut extract.problems);
    Ok(whole)
}

/// The kind of each line.
fn kinds(extract: &Extract) -> impl Iterator<Item = LineKind> {
    extract.hints.iter().map(|hint| hint.kind).chain(std::iter::repeat(LineKind::Plain))
}

/// The first line, if it stands above the tables and is no sentence.
fn title(lines: &[(LineKind, &str)], in_speech: &impl Fn(usize) -> bool) -> Option<String> {
    let (at, (_, line)) = lines.iter().enumerate().find(|(_, (_, line))| !line.trim().is_empty())?;
    let line = line.trim().trim_start_matches('#').trim();
    let short = (1..=60).contains(&line.chars().count()) && !line.contains(['\t', '|']) && !form::is_said(line);
    (short && !in_speech(at)).then(|| line.to_owned())
}

/// The questions and answers, or the turns, of a table; `None` if its rows say nothing of the kind. `alone` says that the
/// document has no other table.
fn speech(
    table: &DocumentTable,
    alone: bool,
    told: &Columns,
    limits: ReadLimits,
) -> Result<Option<Extract>, ReadError> {
    let filled = |row: &&DocumentRow| row.cells.iter().any(|cell| !cell.trim().is_empty());
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .filter(filled)
        .map(|row| row.cells.iter().map(|cell| cell.trim().to_owned()).collect())
        .collect();
    if let Some(extract) = answer_matrix::read(&rows, told, limits)? {
        return Ok(Some(extract));
    }
    if let Some(extract) = survey::read(&rows, told, limits)? {
        return Ok(Some(extract));
    }
    if let Some(extract) = table::named(&rows, alone, told, limits)? {
        return Ok(Some(extract));
    }
    form::read(&rows, limits)
}
