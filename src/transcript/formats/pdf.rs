//! PDF with text: the drawn text, put back into lines and paragraphs. A crate reads objects, filters
//! and character maps. This module decides by positions what belongs together. Pictures are ignored.

mod fonts;
mod layout;
mod objects;
mod page;
mod radicals;

use lopdf::{DecompressError, Document, LoadOptions};

use crate::error::{ReadError, RefusedFile};
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use fonts::Fonts;
use layout::PagePart;

/// Whether bytes are a PDF. Some programs write a few bytes before its mark.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    const MARK: &[u8] = b"%PDF-";
    const BEFORE: usize = 1024;
    let start = &bytes[..bytes.len().min(BEFORE)];
    bytes.starts_with(MARK)
        || start.windows(MARK.len()).any(|five| five == MARK) && bytes.windows(6).any(|six| six == b"endobj")
}

/// The share of unknown letters above which a text is unreadable.
const MOST_UNTOLD: f64 = 0.3;

/// Reads a PDF.
pub(crate) fn read(bytes: &[u8], limits: ReadLimits) -> Result<Extract, ReadError> {
    let most = usize::try_from(limits.unpacked_bytes()).unwrap_or(usize::MAX);
    let options = LoadOptions { max_decompressed_size: Some(of_each(bytes, most)), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| refused(&error, limits))?;
    if document.is_encrypted() {
        return Err(LOCKED);
    }
    let pages = document.get_pages();
    if pages.is_empty() {
        return Err(malformed("it has no pages"));
    }
    if pages.len() > limits.pages {
        return Err(ReadError::TooManyPages { pages: pages.len(), most: limits.pages });
    }
    let prepared = fonts::prepare(&document);
    let mut fonts = Fonts::of(&document, &prepared, most);
    let mut left = most;
    let mut drawn = Vec::with_capacity(pages.len());
    for id in pages.values() {
        drawn.push(page::lines(&document, *id, &mut fonts, &mut left).map_err(|error| refused(&error, limits))?);
    }
    if drawn.iter().all(|page| page.lines.is_empty()) {
        return Err(if fonts.told.untold > 0 { UNTOLD } else { SCANNED });
    }
    if fonts.told.untold as f64 > MOST_UNTOLD * (fonts.told.told + fonts.told.untold) as f64 {
        return Err(UNTOLD);
    }
    let mut extract = Extract::new(limits);
    for part in layout::parts(drawn) {
        match part {
            PagePart::Heading(words) => {
                extract.title.get_or_insert_with(|| words.clone());
                extract.push(LineKind::Heading, &words, None)?;
            }
            PagePart::Words(words) => extract.push(LineKind::Plain, &words, None)?,
            PagePart::Furniture(words) => extract.push(LineKind::Aside, &words, None)?,
        }
    }
    if fonts.told.untold > 0 {
        extract.problem(ProblemKind::Untold(fonts.told.untold));
    }
    Ok(extract)
}

/// The limit for each stream of objects, so that all together stay near `most`.
fn of_each(bytes: &[u8], most: usize) -> usize {
    const LEAST: usize = 4 << 20;
    const MARK: &[u8] = b"/ObjStm";
    let streams = bytes.windows(MARK.len()).filter(|seven| *seven == MARK).count();
    (most / streams.max(1)).max(LEAST.min(most))
}

const LOCKED: ReadError = ReadError::Refused(RefusedFile::LockedPdf);
const SCANNED: ReadError = ReadError::Refused(RefusedFile::ScannedPdf);
const UNTOLD: ReadError = ReadError::Refused(RefusedFile::PdfWithoutLetters);

fn malformed(reason: &str) -> ReadError {
    ReadError::Malformed { format: "PDF", reason: reason.to_owned() }
}

fn refused(error: &lopdf::Error, limits: ReadLimits) -> ReadError {
    match error {
        lopdf::Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
            ReadError::UnpacksTooLarge { megabytes: limits.unpacked_mib }
        }
        lopdf::Error::InvalidPassword | lopdf::Error::Decryption(_) | lopdf::Error::Unimplemented(_) => LOCKED,
        lopdf::Error::Parse(_) | lopdf::Error::Xref(_) | lopdf::Error::MissingXrefEntry => {
            malformed("it is cut off or damaged")
        }
        _ => malformed(&error.to_string()),
    }
}

#[cfg(test)]
mod tests;
