//! Spreadsheets, by the rows of their visible sheets. It knows no file format: XLSX and ODS hand over their sheets.

use super::table;
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::read_options::Columns;

/// The most cells of a sheet, empty ones included. A few bytes can claim a million columns.
pub(super) const MAX_CELLS: usize = 2_000_000;

/// A sheet, as it is shown.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) name: String,
    /// The cells of each row. Rows may differ in length.
    pub(super) rows: Vec<Vec<String>>,
}

impl Sheet {
    /// A sheet of cells at their columns, counted from 0. Rows and columns without words are left out.
    pub(super) fn of(name: String, rows: Vec<Vec<(usize, String)>>) -> Result<Self, MaxCells> {
        let wordy = |(_, words): &(usize, String)| !words.trim().is_empty();
        let rows: Vec<Vec<(usize, String)>> = rows
            .into_iter()
            .map(|row| row.into_iter().filter(wordy).collect())
            .filter(|row: &Vec<_>| !row.is_empty())
            .collect();
        let mut used: Vec<usize> = rows.iter().flatten().map(|(column, _)| *column).collect();
        used.sort_unstable();
        used.dedup();
        if used.len().saturating_mul(rows.len()) > MAX_CELLS {
            return Err(MaxCells);
        }
        let full = |row: Vec<(usize, String)>| {
            let mut cells = vec![String::new(); used.len()];
            for (column, words) in row {
                if let Ok(at) = used.binary_search(&column) {
                    cells[at] = words;
                }
            }
            cells
        };
        Ok(Self { name, rows: rows.into_iter().map(full).collect() })
    }
}

/// A sheet has more cells than [`MAX_CELLS`].
#[derive(Debug)]
pub(super) struct MaxCells;

/// Reads sheets one after another. A sheet that is no table of speech is set apart, unless all are: then the rows are
/// lines of text.
pub(super) fn read(sheets: Vec<Sheet>, told: &Columns, limits: ReadLimits) -> Result<Extract, ReadError> {
    let sheets: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    let tables = sheets.iter().map(|sheet| table_of(sheet, told, limits)).collect::<Result<Vec<_>, _>>()?;
    let mut extract = Extract::new(limits);
    let several = sheets.len() > 1;
    let none = tables.iter().all(Option::is_none);
    for (sheet, table) in sheets.iter().zip(tables) {
        if several {
            extract.push(if none { LineKind::Heading } else { LineKind::Aside }, &sheet.name, None)?;
        }
        match table {
            Some(table) => extract.append(table)?,
            None => {
                for row in &sheet.rows {
                    let cells: Vec<&str> = row.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
                    extract.push(if none { LineKind::Plain } else { LineKind::Aside }, &cells.join("\t"), None)?;
                }
            }
        }
    }
    Ok(extract)
}

fn table_of(sheet: &Sheet, told: &Columns, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let mut writer = csv::WriterBuilder::new().delimiter(b'\t').flexible(true).from_writer(Vec::new());
    let written = sheet.rows.iter().try_for_each(|row| writer.write_record(row));
    let text = written.ok().and_then(|()| writer.into_inner().ok()).and_then(|text| String::from_utf8(text).ok());
    text.map_or(Ok(None), |text| table::read(&text, told, limits))
}
