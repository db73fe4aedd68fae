//! Reads Word documents: paragraphs, styles for quotations, and links.

use std::collections::{HashMap, HashSet};
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::block::{Block, ParagraphKind, is_attribution};
use super::plain::addresses;
use crate::error::{ReadError, RefusedFile};
use crate::transcript::ReadLimits;

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn read(bytes: &[u8], limits: ReadLimits) -> Result<Vec<Block>, ReadError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| malformed(&error))?;
    let body =
        part(&mut archive, "word/document.xml", limits)?.ok_or(ReadError::Refused(RefusedFile::ZipWithoutDocument))?;
    let styles = part(&mut archive, "word/styles.xml", limits)?.unwrap_or_default();
    let styles = styles_of(&styles).map_err(|error| malformed(&error))?;
    let mut blocks = paragraphs(&body, &styles, &links_of(&mut archive, "document", limits)?, limits)?;
    for notes in ["footnotes", "endnotes"] {
        let Some(body) = part(&mut archive, &format!("word/{notes}.xml"), limits)? else { continue };
        let before = blocks.last().map_or(0, |last| last.line);
        let found = paragraphs(&body, &styles, &links_of(&mut archive, notes, limits)?, limits)?;
        blocks.extend(found.into_iter().map(|block| Block { line: block.line + before, ..block }));
    }
    Ok(blocks)
}

fn links_of(archive: &mut Archive<'_>, of: &str, limits: ReadLimits) -> Result<HashMap<String, String>, ReadError> {
    let links = part(archive, &format!("word/_rels/{of}.xml.rels"), limits)?.unwrap_or_default();
    targets(&links).map_err(|error| malformed(&error))
}

fn malformed(error: &dyn std::fmt::Display) -> ReadError {
    ReadError::Malformed { format: "DOCX", reason: error.to_string() }
}

fn part(archive: &mut Archive<'_>, name: &str, limits: ReadLimits) -> Result<Option<String>, ReadError> {
    let mut file = match archive.by_name(name) {
        Ok(file) => file,
        Err(zip::result::ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(malformed(&error)),
    };
    let mut xml = Vec::new();
    // The size that the archive states is not trusted.
    let most = limits.unpacked_bytes();
    file.by_ref().take(most.saturating_add(1)).read_to_end(&mut xml).map_err(|error| malformed(&error))?;
    if xml.len() as u64 > most {
        return Err(ReadError::UnpacksTooLarge { megabytes: limits.unpacked_mib });
    }
    String::from_utf8(xml).map(Some).map_err(|error| malformed(&error))
}

/// The styles for quotations, and those for their sources.
#[derive(Default)]
struct Styles {
    quotations: HashSet<String>,
    citations: HashSet<String>,
}

fn styles_of(xml: &str) -> Result<Styles, quick_xml::Error> {
    let mut styles = Styles::default();
    let mut reader = Reader::from_str(xml);
    let mut id = String::new();
    loop {
        match reader.read_event()? {
            Event::Start(tag) if local(tag.name().as_ref()) == "style" => {
                id = value(&tag, "styleId").unwrap_or_default();
            }
            Event::Empty(tag) | Event::Start(tag) if local(tag.name().as_ref()) == "name" => {
                let name = value(&tag, "val").unwrap_or_default().to_lowercase();
                if ["quote", "引用", "block text", "文本块"].iter().any(|one| name.contains(one)) {
                    styles.quotations.insert(id.clone());
                } else if name == "citation" {
                    styles.citations.insert(id.clone());
                }
            }
            Event::Eof => return Ok(styles),
            _ => {}
        }
    }
}

fn targets(xml: &str) -> Result<HashMap<String, String>, quick_xml::Error> {
    let mut targets = HashMap::new();
    let mut reader = Reader::from_str(xml);
    loop {
        match reader.read_event()? {
            Event::Empty(tag) | Event::Start(tag) if local(tag.name().as_ref()) == "Relationship" => {
                targets.extend(value(&tag, "Id").zip(value(&tag, "Target")));
            }
            Event::Eof => return Ok(targets),
            _ => {}
        }
    }
}

fn paragraphs(
    xml: &str,
    styles: &Styles,
    targets: &HashMap<String, String>,
    limits: ReadLimits,
) -> Result<Vec<Block>, ReadError> {
    let mut reader = Reader::from_str(xml);
    let mut paragraphs = Paragraphs::new(styles, targets);
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| malformed(&error))? {
            Event::Start(tag) => {
                depth += 1;
                if depth > limits.nesting {
                    return Err(ReadError::TooDeep { levels: limits.nesting });
                }
                paragraphs.open(&tag);
            }
            Event::Empty(tag) => paragraphs.mark(&tag),
            Event::Text(words) => paragraphs.say(&words.xml10_content()),
            Event::GeneralRef(entity) => match entity.resolve_char_ref() {
                Ok(Some(c)) => paragraphs.say(c.encode_utf8(&mut [0; 4])),
                _ => paragraphs
                    .say(quick_xml::escape::resolve_predefined_entity(&entity.xml10_content()).unwrap_or_default()),
            },
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                paragraphs.close(local(tag.name().as_ref()));
            }
            Event::Eof => return Ok(paragraphs.blocks),
            _ => {}
        }
    }
}

/// The paragraphs of a document while it is read.
struct Paragraphs<'a> {
    styles: &'a Styles,
    /// The addresses of links, by their names in the document.
    targets: &'a HashMap<String, String>,
    blocks: Vec<Block>,
    /// The number of paragraphs read so far. Empty ones count.
    number: usize,
    /// The present paragraph and its style.
    now: Block,
    style: String,
    /// Whether the reader is inside an element that holds words.
    in_text: bool,
    /// The number of open elements whose words are deleted, or are a copy of others.
    unsaid: usize,
    /// The start of the open link, and its address.
    link: Option<(usize, String)>,
}

impl<'a> Paragraphs<'a> {
    fn new(styles: &'a Styles, targets: &'a HashMap<String, String>) -> Self {
        Self {
            styles,
            targets,
            blocks: Vec::new(),
            number: 0,
            now: Block::default(),
            style: String::new(),
            in_text: false,
            unsaid: 0,
            link: None,
        }
    }

    /// Begins an element with content.
    fn open(&mut self, tag: &BytesStart<'_>) {
        match local(tag.name().as_ref()) {
            "t" => self.in_text = true,
            "del" | "moveFrom" | "Fallback" => self.unsaid += 1,
            "hyperlink" => {
                let target = value(tag, "id").and_then(|id| self.targets.get(&id));
                self.link = target.map(|target| (self.now.text.len(), target.clone()));
            }
            "pStyle" => self.style = value(tag, "val").unwrap_or_default(),
            "br" | "cr" if self.unsaid == 0 => self.now.text.push('\n'),
            _ => {}
        }
    }

    /// Takes an element without content, which may stand for a character.
    fn mark(&mut self, tag: &BytesStart<'_>) {
        match local(tag.name().as_ref()) {
            "pStyle" => self.style = value(tag, "val").unwrap_or_default(),
            "tab" if self.unsaid == 0 && !self.now.text.is_empty() => self.now.text.push('\t'),
            "br" | "cr" if self.unsaid == 0 => self.now.text.push('\n'),
            "noBreakHyphen" if self.unsaid == 0 => self.now.text.push('\u{2011}'),
            _ => {}
        }
    }

    fn say(&mut self, words: &str) {
        if self.in_text && self.unsaid == 0 {
            self.now.text.push_str(words);
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "del" | "moveFrom" | "Fallback" => self.unsaid = self.unsaid.saturating_sub(1),
            "hyperlink" => {
                let end = self.now.text.len();
                self.now.links.extend(self.link.take().map(|(start, target)| (start..end, target)));
            }
            "p" => self.end_paragraph(),
            _ => {}
        }
    }

    fn end_paragraph(&mut self) {
        self.number += 1;
        let mut block = std::mem::take(&mut self.now);
        let style = std::mem::take(&mut self.style);
        if block.text.trim().is_empty() {
            return;
        }
        block.line = self.number;
        block.kind = if self.styles.quotations.contains(&style) || style.to_lowercase().contains("quote") {
            ParagraphKind::Quote
        } else if self.styles.citations.contains(&style) || is_attribution(&block.text) {
            ParagraphKind::Citation
        } else {
            ParagraphKind::Words
        };
        if block.links.is_empty() {
            block.links = addresses(&block.text);
        }
        match self.blocks.last_mut() {
            // A quotation may have several paragraphs.
            Some(last) if last.kind == ParagraphKind::Quote && block.kind == ParagraphKind::Quote => {
                last.text.push('\n');
                let at = last.text.len();
                last.text.push_str(&block.text);
                last.links.extend(block.links.into_iter().map(|(range, to)| (range.start + at..range.end + at, to)));
            }
            _ => self.blocks.push(block),
        }
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

fn value(tag: &BytesStart<'_>, wanted: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|attribute| local(attribute.key.as_ref()) == wanted)?;
    let plain = quick_xml::escape::unescape(found.value.as_ref()).ok()?;
    Some(plain.into_owned())
}
