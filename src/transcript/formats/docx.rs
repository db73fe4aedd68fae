//! Word documents: the paragraphs of `word/document.xml`, with headings by style. Nothing else in the
//! archive is opened.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::document_tables::{self, DocumentTable, DocumentTables};
use crate::error::{ReadError, RefusedFile};
use crate::transcript::dialogue::speaker_labels;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::read_options::Columns;

/// Where a Word document keeps its text.
const BODY: &str = "word/document.xml";

/// Reads a Word document.
pub(crate) fn read(bytes: &[u8], told: &Columns, limits: ReadLimits) -> Result<Extract, ReadError> {
    let malformed = |reason: String| ReadError::Malformed { format: "DOCX", reason };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| malformed(error.to_string()))?;
    let mut body = match archive.by_name(BODY) {
        Ok(body) => body,
        Err(zip::result::ZipError::FileNotFound) => {
            return Err(ReadError::Refused(RefusedFile::ZipWithoutDocument));
        }
        Err(error) => return Err(malformed(error.to_string())),
    };
    let mut xml = Vec::new();
    // The size that the archive claims is not believed.
    let most = limits.unpacked_bytes();
    body.by_ref().take(most.saturating_add(1)).read_to_end(&mut xml).map_err(|error| malformed(error.to_string()))?;
    if xml.len() as u64 > most {
        return Err(ReadError::UnpacksTooLarge { megabytes: limits.unpacked_mib });
    }
    let xml = String::from_utf8(xml).map_err(|error| malformed(error.to_string()))?;
    let (extract, tables) = paragraphs(&xml, limits).map_err(|error| match error {
        Failure::Xml(error) => malformed(error.to_string()),
        Failure::Read(error) => error,
    })?;
    document_tables::read(extract, &tables, told, limits)
}

enum Failure {
    Xml(quick_xml::Error),
    Read(ReadError),
}

impl From<quick_xml::Error> for Failure {
    fn from(error: quick_xml::Error) -> Self {
        Self::Xml(error)
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

/// The kind of a paragraph by its style, and by whether it has words that are not bold (`thin`) or in italics (`upright`).
fn set_as(style: LineKind, thin: bool, upright: bool) -> LineKind {
    match style {
        LineKind::Plain if !thin => LineKind::Bold,
        LineKind::Plain if !upright => LineKind::Italic,
        told => told,
    }
}

fn paragraphs(xml: &str, limits: ReadLimits) -> Result<(Extract, Vec<DocumentTable>), Failure> {
    let mut extract = Extract::new(limits);
    let (mut rows, mut tables) = (Rows::default(), DocumentTables::default());
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut in_text, mut unsaid) = (0usize, false, 0usize);
    // Paragraphs that a text box interrupts.
    let mut around: Vec<(String, LineKind, [bool; 2])> = Vec::new();
    let (mut within, mut hidden) = (0usize, false);
    let (mut line, mut kind) = (String::new(), LineKind::Plain);
    // Whether the run is bold or in italics, and whether the paragraph has words that are not.
    let (mut bold, mut thin) = (false, false);
    let (mut italic, mut upright) = (false, false);
    loop {
        match reader.read_event()? {
            Event::Start(tag) => {
                depth += 1;
                if depth > limits.nesting {
                    return Err(ReadError::TooDeep { levels: limits.nesting }.into());
                }
                match local(tag.name().as_ref()) {
                    "t" => in_text = true,
                    name if UNSAID.contains(&name) => unsaid += 1,
                    "p" => {
                        if within > 0 {
                            around.push((std::mem::take(&mut line), kind, [thin, upright]));
                            (kind, thin, upright) = (LineKind::Plain, false, false);
                        }
                        within += 1;
                    }
                    "pStyle" => kind = style(&tag).unwrap_or(kind),
                    "r" => (bold, italic, hidden) = (false, false, false),
                    "b" => bold = is_on(&tag),
                    "i" => italic = is_on(&tag),
                    "vanish" => hidden = is_on(&tag),
                    name if unsaid == 0 && !hidden => sign(name, &mut line),
                    _ => {}
                }
                match local(tag.name().as_ref()) {
                    "tbl" if rows.open == 0 => tables.begin(),
                    "tr" => rows.open += 1,
                    "tc" if rows.open == 1 => rows.cells.push(Vec::new()),
                    _ => {}
                }
            }
            Event::Empty(tag) => match local(tag.name().as_ref()) {
                "pStyle" => kind = style(&tag).unwrap_or(kind),
                "b" => bold = is_on(&tag),
                "i" => italic = is_on(&tag),
                "vanish" => hidden = is_on(&tag),
                name if unsaid == 0 && !hidden => sign(name, &mut line),
                _ => {}
            },
            Event::Text(words) if in_text && unsaid == 0 && !hidden => {
                let words = words.xml10_content();
                let said = words.chars().any(char::is_alphanumeric);
                (thin, upright) = (thin || !bold && said, upright || !italic && said);
                line.push_str(&words);
            }
            Event::GeneralRef(entity) if in_text && unsaid == 0 && !hidden => match entity.resolve_char_ref() {
                Ok(Some(c)) => line.push(c),
                _ => line.push_str(
                    quick_xml::escape::resolve_predefined_entity(&entity.xml10_content()).unwrap_or_default(),
                ),
            },
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match local(tag.name().as_ref()) {
                    "t" => in_text = false,
                    name if UNSAID.contains(&name) => unsaid = unsaid.saturating_sub(1),
                    "p" => {
                        within = within.saturating_sub(1);
                        if kind == LineKind::Aside {
                            // The style called Title.
                            extract.title.get_or_insert_with(|| line.trim().to_owned());
                        }
                        kind = set_as(kind, thin, upright);
                        match rows.cells.last_mut() {
                            Some(cell) => cell.push(std::mem::take(&mut line)),
                            None => extract.push(kind, &line, None)?,
                        }
                        (line, kind, [thin, upright]) = around.pop().unwrap_or_default();
                    }
                    "tr" => {
                        rows.open = rows.open.saturating_sub(1);
                        if rows.open == 0 {
                            rows.end(&mut tables, &mut extract)?;
                        }
                    }
                    "tbl" if rows.open == 0 => tables.end(extract.hints.len()),
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    for (kind, line) in rows.lines() {
        extract.push(kind, &line, None)?;
    }
    extract.push(kind, &line, None)?;
    extract.weigh_bold();
    let tables = tables.all(extract.hints.len());
    Ok((extract, tables))
}

/// Elements without speech, or with repeated text: deleted and moved text, the second form of a text
/// box, readings of characters.
const UNSAID: [&str; 4] = ["del", "moveFrom", "Fallback", "rt"];

/// Elements that stand for a character, or end a line.
fn sign(name: &str, line: &mut String) {
    match name {
        "tab" | "ptab" if !line.is_empty() => line.push('\t'),
        "br" | "cr" => line.push('\n'),
        "noBreakHyphen" => line.push('\u{2011}'),
        _ => {}
    }
}

/// The open row of a table, and the rows of tables in its cells.
#[derive(Default)]
struct Rows {
    open: usize,
    /// The paragraphs of each cell.
    cells: Vec<Vec<String>>,
}

impl Rows {
    /// A longer cell before the last holds words, not a name or a time.
    const SHORT: usize = 60;

    /// Hands a whole row on, as cells to the tables and as lines to the text.
    fn end(&mut self, tables: &mut DocumentTables, extract: &mut Extract) -> Result<(), ReadError> {
        tables.begin_row(extract.hints.len());
        for cell in &self.cells {
            tables.begin_cell();
            tables.words(&cell.join("\n"));
        }
        for (kind, line) in self.lines() {
            extract.push(kind, &line, None)?;
        }
        tables.end_row(extract.hints.len());
        Ok(())
    }

    /// Ends a row. Names beside words become one line, with a tab between.
    fn lines(&mut self) -> Vec<(LineKind, String)> {
        let plain = |line: String| (LineKind::Plain, line);
        let mut cells = std::mem::take(&mut self.cells);
        for cell in &mut cells {
            cell.retain(|line| !line.trim().is_empty());
        }
        cells.retain(|cell| !cell.is_empty());
        let Some((last, before)) = cells.split_last() else { return Vec::new() };
        let beside = before.iter().all(|cell| cell.len() == 1 && cell[0].chars().count() <= Self::SHORT);
        if !beside {
            return cells.concat().into_iter().map(plain).collect();
        }
        let heads = before.iter().flatten().map(|name| name.trim().to_owned());
        // A whole interview stands in one cell: the cell beside it is its heading.
        if last.len() >= 2 && speaker_labels::is_named(last[0].trim()) && !before.is_empty() {
            let heads = heads.collect::<Vec<_>>().join("\t");
            return std::iter::once((LineKind::Aside, heads)).chain(last.iter().cloned().map(plain)).collect();
        }
        let first: Vec<String> = heads.chain(last.first().cloned()).collect();
        std::iter::once(first.join("\t")).chain(last.iter().skip(1).cloned()).map(plain).collect()
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The attribute that says what an element sets.
fn value(tag: &BytesStart<'_>) -> Option<String> {
    let mut attributes = tag.attributes();
    // The check would compare each attribute with all before it.
    attributes.with_checks(false);
    let value = attributes.flatten().find(|attribute| local(attribute.key.as_ref()) == "val")?;
    Some(value.value.into_owned())
}

/// Whether a switch such as `<w:b/>` is on.
fn is_on(tag: &BytesStart<'_>) -> bool {
    value(tag).is_none_or(|value| !["0", "false", "off"].contains(&value.as_str()))
}

/// What the style of a paragraph says about it.
fn style(tag: &BytesStart<'_>) -> Option<LineKind> {
    match value(tag)?.to_lowercase().as_str() {
        "title" => Some(LineKind::Aside),
        style if style.starts_with("heading") || style.starts_with("标题") => Some(LineKind::Heading),
        style if style.starts_with("toc") || style == "footer" || style == "header" => Some(LineKind::Aside),
        _ => None,
    }
}
