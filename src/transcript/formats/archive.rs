//! Documents that are archives: their kind and their files. The sizes that an archive claims are not
//! believed.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::docx;
use super::html;
use super::spreadsheet::{self, MaxCells, Sheet};
use super::trees::{self, Partly, SheetRows, Workbook};
use crate::error::{ReadError, RefusedFile};
use crate::transcript::extract::Extract;
use crate::transcript::format::Format;
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use crate::transcript::read_options::Columns;
use crate::transcript::timestamps::Moment;

/// Reads the document that an archive is.
pub(crate) fn read(bytes: &[u8], told: &Columns, limits: ReadLimits) -> Result<(Format, Extract), ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))
        .map_err(|error| ReadError::Malformed { format: "DOCX", reason: error.to_string() })?;
    let has = |archive: &ZipArchive<Cursor<&[u8]>>, part: &str| archive.file_names().any(|name| name.starts_with(part));
    let mut left = limits.unpacked_bytes();
    if has(&archive, "word/document.xml") {
        return Ok((Format::Docx, docx::read(bytes, told, limits)?));
    }
    if has(&archive, "META-INF/container.xml") && !has(&archive, "content.xml") {
        return Ok((Format::Epub, epub(&mut archive, &mut left, limits)?));
    }
    let kind = file(&mut archive, "mimetype", &mut left, limits)?.unwrap_or_default();
    if kind.starts_with("application/vnd.oasis.opendocument.text") {
        let content = file(&mut archive, "content.xml", &mut left, limits)?.unwrap_or_default();
        return Ok((Format::OpenDocument, trees::opendocument(&content, told, limits)?));
    }
    if kind.starts_with("application/vnd.oasis.opendocument.spreadsheet") {
        let content = file(&mut archive, "content.xml", &mut left, limits)?.unwrap_or_default();
        let Partly { read, broken } = trees::opendocument_sheets(&content, limits)?;
        return Ok((Format::Ods, sheets(read, broken, told, limits)?));
    }
    if has(&archive, "xl/workbook.xml") {
        return Ok((Format::Xlsx, workbook(&mut archive, &mut left, told, limits)?));
    }
    let kind = if has(&archive, "xl/") {
        RefusedFile::Spreadsheet
    } else if has(&archive, "ppt/") || kind.contains("opendocument.presentation") {
        RefusedFile::Presentation
    } else if has(&archive, "Index/") || archive.file_names().any(|name| name.contains(".iwa")) {
        RefusedFile::AppleDocument
    } else {
        RefusedFile::ZipWithoutDocument
    };
    Err(ReadError::Refused(kind))
}

/// A file of an archive as text; `None` where there is none of that name.
fn file(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
    left: &mut u64,
    limits: ReadLimits,
) -> Result<Option<String>, ReadError> {
    let malformed = |reason: String| ReadError::Malformed { format: "zip", reason };
    let mut found = match archive.by_name(name) {
        Ok(found) => found,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(malformed(error.to_string())),
    };
    let mut bytes = Vec::new();
    found
        .by_ref()
        .take(left.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| malformed(error.to_string()))?;
    *left =
        left.checked_sub(bytes.len() as u64).ok_or(ReadError::UnpacksTooLarge { megabytes: limits.unpacked_mib })?;
    Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
}

/// The sheets of an XLSX workbook.
fn workbook(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    left: &mut u64,
    told: &Columns,
    limits: ReadLimits,
) -> Result<Extract, ReadError> {
    let mut part = |name: &str| Ok::<_, ReadError>(file(archive, name, left, limits)?.unwrap_or_default());
    let book = Workbook::read(
        &part("xl/workbook.xml")?,
        &part("xl/_rels/workbook.xml.rels")?,
        &part("xl/sharedStrings.xml")?,
        &part("xl/styles.xml")?,
        limits,
    )?;
    let (mut read, mut broken) = (Vec::new(), None);
    for sheet in &book.sheets {
        let rows = book.rows(&part(&sheet.file)?, limits)?;
        read.push((sheet.name.clone(), rows.read));
        broken = broken.or(rows.broken);
    }
    sheets(read, broken, told, limits)
}

fn sheets(
    read: Vec<(String, SheetRows)>,
    broken: Option<String>,
    told: &Columns,
    limits: ReadLimits,
) -> Result<Extract, ReadError> {
    let sheets = read.into_iter().map(|(name, rows)| Sheet::of(name, rows)).collect::<Result<Vec<_>, _>>();
    let sheets = sheets.map_err(|MaxCells| ReadError::TooLong { megabytes: limits.text_mib })?;
    let mut extract = spreadsheet::read(sheets, told, limits)?;
    if let Some(reason) = broken {
        extract.problem(ProblemKind::BrokenOff(reason));
    }
    Ok(extract)
}

/// The chapters of an EPUB, one after another.
fn epub(archive: &mut ZipArchive<Cursor<&[u8]>>, left: &mut u64, limits: ReadLimits) -> Result<Extract, ReadError> {
    let malformed = |reason: &str| ReadError::Malformed { format: "EPUB", reason: reason.to_owned() };
    let container = file(archive, "META-INF/container.xml", left, limits)?.unwrap_or_default();
    let at = trees::package(&container, limits)?.ok_or_else(|| malformed("it names no package"))?;
    let package = file(archive, &at, left, limits)?.ok_or_else(|| malformed("its package is missing"))?;
    let (files, title) = trees::spine(&package, &at, limits)?;
    let mut extract = Extract::new(limits);
    for name in files {
        let Some(page) = file(archive, &name, left, limits)? else { continue };
        let chapter = html::read(&page, &Columns::default(), limits)?;
        for (line, hint) in chapter.text.lines().zip(&chapter.hints) {
            let time: Option<Moment> = hint.time;
            extract.push(hint.kind, line, time)?;
        }
    }
    extract.title = title;
    Ok(extract)
}
