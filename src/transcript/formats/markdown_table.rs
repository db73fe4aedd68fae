//! A Markdown table: its rows, for the reader of tables. Text around it is kept and is not speech.

use std::sync::LazyLock;

use regex::Regex;

use super::table;
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineHint, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::read_options::Columns;

static RULE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*$").ok());

/// Reads a text that is one Markdown table of turns or answers with a few lines around it; `None` for
/// any other.
pub(crate) fn read(text: &str, told: &Columns, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let lines: Vec<&str> = text.lines().collect();
    let mut rules = (0..lines.len()).filter(|at| RULE.as_ref().is_some_and(|rule| rule.is_match(lines[*at])));
    let (Some(rule), None) = (rules.next(), rules.next()) else { return Ok(None) };
    let Some(head) = rule.checked_sub(1).filter(|head| lines[*head].contains('|')) else { return Ok(None) };
    let end = (rule + 1..lines.len()).find(|at| !lines[*at].contains('|')).unwrap_or(lines.len());
    let around = |part: &[&str]| part.iter().filter(|line| !line.trim().is_empty()).count();
    if around(&lines[..head]) + around(&lines[end..]) > end - rule {
        return Ok(None);
    }
    let mut rows = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    for line in std::iter::once(&lines[head]).chain(&lines[rule + 1..end]) {
        if rows.write_record(cells(line)).is_err() {
            return Ok(None);
        }
    }
    let Some(rows) = rows.into_inner().ok().and_then(|rows| String::from_utf8(rows).ok()) else { return Ok(None) };
    let Some(mut extract) = table::read(&rows, told, limits)? else { return Ok(None) };
    let title = lines[..head].iter().find_map(|line| line.trim().strip_prefix("# "));
    extract.title = title.map(|title| title.trim().to_owned());
    let mut before = Extract::new(limits);
    for line in &lines[..head] {
        before.push(LineKind::Aside, line, None)?;
    }
    let aside: Vec<LineHint> = before.hints;
    extract.text.insert_str(0, &before.text);
    extract.hints.splice(0..0, aside);
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
