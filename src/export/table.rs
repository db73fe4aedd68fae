//! Quotes as a table for a spreadsheet: RFC 4180 with a byte order mark, which Excel needs. A
//! spreadsheet would run a cell that begins like a formula. Such a cell gets an apostrophe before it,
//! and the last column says so.

use std::io;

use super::contents::{Export, ExportedQuote};
use crate::i18n::{EXPORT_COLUMNS, ExportWords};

pub(super) fn all(export: &Export, words: &ExportWords) -> io::Result<Vec<u8>> {
    let mut rows =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    rows.write_record(words.columns)?;
    for part in &export.parts {
        for quote in &part.quotes {
            rows.write_record(guard(cells(part.query.as_deref().unwrap_or_default(), quote, words), words))?;
        }
    }
    for one in &export.left_out {
        let mut cells: [String; EXPORT_COLUMNS] = Default::default();
        cells[13].clone_from(&one.permalink);
        cells[15] = format!("{}: {}", words.left_out, one.why);
        rows.write_record(guard(cells, words))?;
    }
    rows.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

fn cells(query: &str, entry: &ExportedQuote, words: &ExportWords) -> [String; EXPORT_COLUMNS] {
    let citation = &entry.citation;
    let or_none = |text: &Option<String>| text.clone().unwrap_or_default();
    let mut notes: Vec<String> = entry.replaced.then(|| words.replaced.to_owned()).into_iter().collect();
    notes.extend(entry.uncertain.then(|| words.uncertain.to_owned()));
    notes.extend(entry.changed.then(|| words.changed.to_owned()));
    [
        query.to_owned(),
        entry.text.clone(),
        citation.question.clone(),
        citation.answer.clone(),
        or_none(&citation.interviewee),
        entry.asked.clone(),
        entry.title.clone(),
        citation.transcript.clone(),
        citation.line.to_string(),
        or_none(&citation.time),
        or_none(&citation.timing.and_then(|timing| timing.end())),
        entry.score.map(|score| score.to_string()).unwrap_or_default(),
        entry.received().unwrap_or_default().to_owned(),
        citation.permalink.clone(),
        citation.source_sha256.clone(),
        notes.join(" "),
        String::new(),
    ]
}

/// Returns a cell with an apostrophe before it, if a spreadsheet would run the cell as a formula.
fn guarded_cell(cell: &str) -> Option<String> {
    let runs = cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '\t', '\r'])
        || cell.starts_with(['\t', '\r', '\n']);
    runs.then(|| format!("'{cell}"))
}

/// Returns a cell that no spreadsheet runs as a formula.
pub(crate) fn inert_cell(cell: &str) -> String {
    guarded_cell(cell).unwrap_or_else(|| cell.to_owned())
}

/// Keeps a spreadsheet from running words as a formula, and reports where.
fn guard(mut cells: [String; EXPORT_COLUMNS], words: &ExportWords) -> [String; EXPORT_COLUMNS] {
    let mut guarded = Vec::new();
    for (cell, column) in cells.iter_mut().zip(words.columns) {
        if let Some(harmless) = guarded_cell(cell) {
            *cell = harmless;
            guarded.push(column);
        }
    }
    if let (false, Some(last)) = (guarded.is_empty(), cells.last_mut()) {
        *last = (words.guarded)(&guarded.join(", "));
    }
    cells
}
