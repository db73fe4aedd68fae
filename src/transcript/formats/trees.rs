//! The transcripts read from an XML tree: TEI, ELAN, `EXMARaLDA`, Transcriber, captions.

mod captions;
mod element;
pub(crate) mod opendocument;
mod tei;
pub(crate) mod tiers;
mod workbook;

use crate::error::ReadError;
use crate::transcript::extract::Extract;
use crate::transcript::format::Format;
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use crate::transcript::read_options::Columns;
pub(crate) use element::SheetRows;
use element::{Element, tree};
use workbook::{Cells, SheetPart};

type Read = fn(&Element, &mut Extract) -> Result<(), ReadError>;

/// Reads an XML transcript whose elements tell its kind; `None` for any other.
pub(crate) fn read(text: &str, limits: ReadLimits) -> Result<Option<(Format, Extract)>, ReadError> {
    let Some(root) = root_name(text) else { return Ok(None) };
    let (format, read): (Format, Read) = match root.as_str() {
        "TEI" | "TEI.2" | "teiCorpus" if text.contains("<u ") || text.contains("<sp>") || text.contains("<sp ") => {
            (Format::Tei, tei::read)
        }
        "ANNOTATION_DOCUMENT" => (Format::Elan, tiers::elan),
        "basic-transcription" => (Format::Exmaralda, tiers::exmaralda),
        "Trans" if text.contains("<Turn") => (Format::Transcriber, tiers::transcriber),
        "tt" => (Format::TimedText, captions::timed_text),
        "transcript" if text.contains("<text start=") => (Format::TimedText, captions::youtube),
        "timedtext" => (Format::TimedText, captions::youtube),
        _ => return Ok(None),
    };
    let (tree, broken) = tree(text, limits)?;
    let mut extract = Extract::new(limits);
    read(&tree, &mut extract)?;
    if let Some(reason) = broken {
        extract.problem(ProblemKind::BrokenOff(reason));
    }
    Ok(Some((format, extract)))
}

/// Reads the content of a text document of `OpenDocument`.
pub(crate) fn opendocument(xml: &str, told: &Columns, limits: ReadLimits) -> Result<Extract, ReadError> {
    let (tree, broken) = tree(xml, limits)?;
    let mut extract = opendocument::read(&tree, told, limits)?;
    if let Some(reason) = broken {
        extract.problem(ProblemKind::BrokenOff(reason));
    }
    Ok(extract)
}

/// Each sheet of a spreadsheet of `OpenDocument`, with its name.
pub(crate) fn opendocument_sheets(
    xml: &str,
    limits: ReadLimits,
) -> Result<Partly<Vec<(String, SheetRows)>>, ReadError> {
    let (tree, broken) = tree(xml, limits)?;
    Ok(Partly { read: opendocument::sheets(&tree), broken })
}

/// What was read, and why not all of it was.
pub(crate) struct Partly<T> {
    pub(crate) read: T,
    pub(crate) broken: Option<String>,
}

/// An XLSX workbook without its cells.
pub(crate) struct Workbook {
    /// The visible sheets in order.
    pub(crate) sheets: Vec<SheetPart>,
    cells: Cells,
}

impl Workbook {
    /// Reads the parts of a workbook. A part that the archive lacks is empty.
    pub(crate) fn read(
        workbook: &str,
        relations: &str,
        strings: &str,
        styles: &str,
        limits: ReadLimits,
    ) -> Result<Self, ReadError> {
        let part = |xml: &str| Ok(tree(xml, limits)?.0);
        let (sheets, from_1904) = workbook::sheets(&part(workbook)?, &part(relations)?);
        let cells =
            Cells { shared: workbook::shared(&part(strings)?), styles: workbook::styles(&part(styles)?), from_1904 };
        Ok(Self { sheets, cells })
    }

    /// Reads the cells of a sheet.
    pub(crate) fn rows(&self, sheet: &str, limits: ReadLimits) -> Result<Partly<SheetRows>, ReadError> {
        let (tree, broken) = tree(sheet, limits)?;
        Ok(Partly { read: self.cells.rows(&tree), broken })
    }
}

/// The files of an EPUB in reading order, and its title. `at` is the place of the package.
pub(crate) fn spine(package: &str, at: &str, limits: ReadLimits) -> Result<(Vec<String>, Option<String>), ReadError> {
    let (tree, _) = tree(package, limits)?;
    let folder = at.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let items = tree.every("item");
    let href = |id: &str| {
        let item = items.iter().find(|item| item.attribute("id") == Some(id))?;
        // Nobody said a table of contents.
        let nav = item
            .attribute("properties")
            .is_some_and(|properties| properties.split_whitespace().any(|one| one == "nav"));
        item.attribute("href").filter(|_| !nav).map(|href| format!("{folder}{}", href.replace("%20", " ")))
    };
    let files = tree.every("itemref").into_iter().filter_map(|item| href(item.attribute("idref")?)).collect();
    let title = tree.first("title").map(|title| title.words(&|_| true, &|_| false)).filter(|title| !title.is_empty());
    Ok((files, title))
}

/// The place of the package of an EPUB, by its container.
pub(crate) fn package(container: &str, limits: ReadLimits) -> Result<Option<String>, ReadError> {
    let (tree, _) = tree(container, limits)?;
    Ok(tree.first("rootfile").and_then(|root| root.attribute("full-path")).map(str::to_owned))
}

/// The name of the outermost element.
fn root_name(text: &str) -> Option<String> {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    loop {
        rest = rest.trim_start();
        let inside = rest.strip_prefix('<')?;
        rest = if inside.starts_with('?') {
            rest.split_once("?>")?.1
        } else if inside.starts_with("!--") {
            rest.split_once("-->")?.1
        } else if inside.starts_with('!') {
            rest.split_once('>')?.1
        } else {
            let name: String = inside.chars().take_while(|c| !c.is_whitespace() && !"/>".contains(*c)).collect();
            return Some(name.rsplit(':').next().unwrap_or_default().to_owned());
        };
    }
}
