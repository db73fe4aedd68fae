//! A Markdown table: its rows, for the reader of tables. Text around it is kept and is not speech.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::document_tables::{self, DocumentRow, DocumentTable};
use super::table;
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::read_options::Columns;

static RULE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$").ok());

/// Reads a text with Markdown tables of turns or answers and a few lines around them; `None` for any other.
pub(crate) fn read(text: &str, told: &Columns, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let lines: Vec<&str> = text.lines().collect();
    let tables = tables(&lines);
    if let [table] = &tables[..]
        && let Some(extract) = alone(&lines, table, told, limits)?
    {
        return Ok(Some(extract));
    }
    let extract = document_tables::read(Extract::plain(text.to_owned(), limits), &tables, told, limits)?;
    // Without a hint the tables said nothing, and the text is its own container.
    Ok(Some(extract).filter(|extract| !extract.hints.is_empty()))
}

/// The tables of a text. A row is a line.
fn tables(lines: &[&str]) -> Vec<DocumentTable> {
    let is_rule = |at: usize| RULE.as_ref().is_some_and(|rule| rule.is_match(lines[at]));
    let mut tables = Vec::new();
    let mut free = 0;
    for rule in 0..lines.len() {
        let Some(head) = rule.checked_sub(1).filter(|head| *head >= free && lines[*head].contains('|')) else {
            continue;
        };
        if rule < free || !is_rule(rule) {
            continue;
        }
        let end = (rule + 1..lines.len()).find(|at| !lines[*at].contains('|')).unwrap_or(lines.len());
        // The rule belongs to the row of names.
        let first = DocumentRow { cells: cells(lines[head]), lines: head..rule + 1 };
        let rest = (rule + 1..end).map(|at| DocumentRow { cells: cells(lines[at]), lines: at..at + 1 });
        tables.push(DocumentTable::of(std::iter::once(first).chain(rest).collect()));
        free = end;
    }
    tables
}

/// Reads a text that is one table with a few lines around it. The content of its columns may tell their meaning.
fn alone(
    lines: &[&str],
    table: &DocumentTable,
    told: &Columns,
    limits: ReadLimits,
) -> Result<Option<Extract>, ReadError> {
    let Range { start: head, end } = table.lines();
    let around = |part: &[&str]| part.iter().filter(|line| !line.trim().is_empty()).count();
    if around(&lines[..head]) + around(&lines[end..]) > table.rows.len() {
        return Ok(None);
    }
    let mut rows = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for row in &table.rows {
        if rows.write_record(&row.cells).is_err() {
            return Ok(None);
        }
    }
    let Some(rows) = rows.into_inner().ok().and_then(|rows| String::from_utf8(rows).ok()) else { return Ok(None) };
    let Some(table) = table::read(&rows, told, limits)? else { return Ok(None) };
    let title = lines[..head].iter().find_map(|line| line.trim().strip_prefix("# "));
    let mut extract = Extract::new(limits);
    extract.title = title.map(|title| title.trim().to_owned());
    for line in &lines[..head] {
        extract.push(LineKind::Aside, line, None)?;
    }
    extract.append(table)?;
    for line in &lines[end..] {
        extract.push(LineKind::Aside, line, None)?;
    }
    Ok(Some(extract))
}

/// The cells of a row, without marks of bold.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').filter(|line| !line.ends_with('\\')).unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, cells.last_mut()) {
            ('\\', Some(cell)) if chars.peek() == Some(&'|') => {
                chars.next();
                cell.push('|');
            }
            ('|', _) => cells.push(String::new()),
            (c, Some(cell)) => cell.push(c),
            (_, None) => {}
        }
    }
    let plain = |cell: &String| {
        let cell = cell.replace("<br>", "\n").replace("<br/>", "\n").replace("<br />", "\n");
        let cell = cell.trim();
        let bold = cell.strip_prefix("**").and_then(|cell| cell.strip_suffix("**")).filter(|cell| !cell.contains("**"));
        bold.unwrap_or(cell).to_owned()
    };
    cells.iter().map(plain).collect()
}
