//! Word documents: the paragraphs of `word/document.xml`, headings by their
//! style. Nothing else in the archive is opened.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::extract::{Extract, Kind};
use super::limits::{MAX_NESTING, MAX_UNPACKED_BYTES};
use crate::error::ReadError;

/// Where a Word document keeps its text.
const BODY: &str = "word/document.xml";

/// Reads a Word document.
pub(super) fn read(bytes: &[u8]) -> Result<Extract, ReadError> {
    let malformed = |reason: String| ReadError::Malformed { format: "DOCX", reason };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| malformed(error.to_string()))?;
    let mut body = match archive.by_name(BODY) {
        Ok(body) => body,
        Err(zip::result::ZipError::FileNotFound) => {
            return Err(ReadError::Kind {
                kind: "a zip archive without a Word document in it",
                remedy: "unpack it, or save the document as DOCX or plain text, and try again",
            });
        }
        Err(error) => return Err(malformed(error.to_string())),
    };
    let mut xml = Vec::new();
    // What the archive claims of its size is not believed.
    body.by_ref().take(MAX_UNPACKED_BYTES + 1).read_to_end(&mut xml).map_err(|error| malformed(error.to_string()))?;
    if xml.len() as u64 > MAX_UNPACKED_BYTES {
        return Err(ReadError::UnpacksTooLarge { megabytes: MAX_UNPACKED_BYTES >> 20 });
    }
    let xml = String::from_utf8(xml).map_err(|error| malformed(error.to_string()))?;
    paragraphs(&xml).map_err(|error| match error {
        Failure::Xml(error) => malformed(error.to_string()),
        Failure::Read(error) => error,
    })
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

fn paragraphs(xml: &str) -> Result<Extract, Failure> {
    let mut extract = Extract::new();
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut in_text, mut deleted) = (0usize, false, 0usize);
    let (mut line, mut kind) = (String::new(), Kind::Plain);
    loop {
        match reader.read_event()? {
            Event::Start(tag) => {
                depth += 1;
                if depth > MAX_NESTING {
                    return Err(ReadError::TooDeep { levels: MAX_NESTING }.into());
                }
                match local(tag.name().as_ref()) {
                    "t" => in_text = true,
                    "del" | "moveFrom" => deleted += 1,
                    "pStyle" => kind = style(&tag).unwrap_or(kind),
                    _ => {}
                }
            }
            Event::Empty(tag) => match local(tag.name().as_ref()) {
                "tab" if !line.is_empty() => line.push('\t'),
                "br" | "cr" => line.push('\n'),
                "pStyle" => kind = style(&tag).unwrap_or(kind),
                _ => {}
            },
            Event::Text(words) if in_text && deleted == 0 => line.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) if in_text && deleted == 0 => match entity.resolve_char_ref() {
                Ok(Some(c)) => line.push(c),
                _ => line.push_str(
                    quick_xml::escape::resolve_predefined_entity(&entity.xml10_content()).unwrap_or_default(),
                ),
            },
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                match local(tag.name().as_ref()) {
                    "t" => in_text = false,
                    "del" | "moveFrom" => deleted = deleted.saturating_sub(1),
                    "p" => {
                        if kind == Kind::Aside {
                            // The style called Title.
                            extract.title.get_or_insert_with(|| line.trim().to_owned());
                        }
                        extract.push(kind, &line, None)?;
                        line.clear();
                        kind = Kind::Plain;
                    }
                    _ => {}
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    extract.push(kind, &line, None)?;
    Ok(extract)
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What the paragraph's style says of it.
fn style(tag: &BytesStart<'_>) -> Option<Kind> {
    let value =
        tag.attributes().flatten().find(|attribute| local(attribute.key.as_ref()) == "val")?.value.to_lowercase();
    match value.as_str() {
        "title" => Some(Kind::Aside),
        style if style.starts_with("heading") || style.starts_with("标题") => Some(Kind::Heading),
        style if style.starts_with("toc") || style == "footer" || style == "header" => Some(Kind::Aside),
        _ => None,
    }
}
