//! XML: Akoma Ntoso debates, and any other XML by its paragraphs. Only the five entities of XML itself
//! are expanded, and nothing is fetched.

use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;

/// Whether a text is XML other than a web page.
pub(crate) fn is_xml(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with("<?xml") && !text.contains("<html") || text.starts_with("<akomaNtoso")
}

/// Whether it is Akoma Ntoso.
pub(crate) fn is_akoma_ntoso(text: &str) -> bool {
    text.contains("<akomaNtoso")
}

/// Elements whose words are a turn, in Akoma Ntoso.
const SPEECH: [&str; 5] = ["speech", "question", "answer", "speechGroup", "other"];
/// Elements that hold a paragraph of words.
const BLOCKS: [&str; 10] =
    ["p", "heading", "subheading", "from", "num", "narrative", "summary", "scene", "docTitle", "li"];

struct Walker {
    extract: Extract,
    names: HashMap<String, String>,
    /// The elements open, outermost first.
    open: Vec<String>,
    /// Speakers of the speeches open.
    speaking: Vec<Option<String>>,
    words: String,
    /// The most elements open at once.
    deepest: usize,
}

/// Reads an XML transcript.
pub(crate) fn read(text: &str, limits: ReadLimits) -> Result<Extract, ReadError> {
    let malformed = |error: &dyn std::fmt::Display, at: usize| ReadError::Malformed {
        format: "XML",
        reason: format!("line {}: {error}", 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count()),
    };
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut walker = Walker {
        extract: Extract::new(limits),
        deepest: limits.nesting,
        names: HashMap::new(),
        open: Vec::new(),
        speaking: Vec::new(),
        words: String::new(),
    };
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag)) => walker.start(&tag)?,
            Ok(Event::Empty(tag)) => {
                walker.start(&tag)?;
                walker.end()?;
            }
            Ok(Event::End(_)) => walker.end()?,
            Ok(Event::Text(words)) => walker.words.push_str(&words.xml10_content()),
            Ok(Event::CData(words)) => walker.words.push_str(&words.xml10_content()),
            Ok(Event::GeneralRef(entity)) => match entity.resolve_char_ref() {
                Ok(Some(c)) => walker.words.push(c),
                _ => walker.entity(&entity.xml10_content()),
            },
            Ok(Event::Eof) => break,
            Ok(_) => {}
            // Everything read so far is kept: a truncated file loses only its end.
            Err(error) if walker.extract.text.is_empty() => return Err(malformed(&error, at)),
            Err(error) => {
                walker.flush()?;
                let problem = malformed(&error, at).to_string();
                walker.extract.problem(ProblemKind::BrokenOff(problem.clone()));
                break;
            }
        }
    }
    walker.flush()?;
    Ok(walker.extract)
}

fn local(tag: &BytesStart<'_>) -> String {
    let name = tag.name();
    let name: &str = name.as_ref();
    name.rsplit(':').next().unwrap_or(name).to_owned()
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = tag.attributes();
    // The check would compare each attribute with all before it.
    attributes.with_checks(false);
    let found = attributes.flatten().find(|attribute| {
        let key: &str = attribute.key.as_ref();
        key.rsplit(':').next() == Some(name)
    })?;
    let value: &str = found.value.as_ref();
    Some(quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned))
}

impl Walker {
    fn start(&mut self, tag: &BytesStart<'_>) -> Result<(), ReadError> {
        let name = local(tag);
        if ["br", "lb", "cb", "pb", "tab", "eol"].contains(&name.as_str()) {
            self.words.push(' ');
        }
        if self.open.len() >= self.deepest {
            return Err(ReadError::TooDeep { levels: self.deepest });
        }
        if BLOCKS.contains(&name.as_str()) || SPEECH.contains(&name.as_str()) {
            self.flush()?;
        }
        if name.starts_with("TLC")
            && let (Some(id), Some(shown)) = (attribute(tag, "id").or(attribute(tag, "eId")), attribute(tag, "showAs"))
        {
            self.names.insert(id, shown);
        }
        if SPEECH.contains(&name.as_str()) {
            let by = attribute(tag, "by").map(|by| {
                let id = by.trim_start_matches('#');
                self.names.get(id).cloned().unwrap_or_else(|| id.to_owned())
            });
            let by = by.or_else(|| self.speaking.last().cloned().flatten());
            self.speaking.push(by);
        }
        self.open.push(name);
        Ok(())
    }

    fn end(&mut self) -> Result<(), ReadError> {
        let Some(name) = self.open.last().cloned() else { return Ok(()) };
        if BLOCKS.contains(&name.as_str()) || SPEECH.contains(&name.as_str()) {
            self.flush()?;
        }
        self.open.pop();
        if SPEECH.contains(&name.as_str()) {
            self.speaking.pop();
        }
        Ok(())
    }

    fn entity(&mut self, name: &str) {
        if let Some(words) = quick_xml::escape::resolve_predefined_entity(name) {
            self.words.push_str(words);
        } else {
            // Unknown entities stay as written.
            self.words.push('&');
            self.words.push_str(name);
            self.words.push(';');
            self.extract.problem(ProblemKind::Entity(name.to_string()));
        }
    }

    /// Emits the words of a finished paragraph.
    fn flush(&mut self) -> Result<(), ReadError> {
        let words = std::mem::take(&mut self.words);
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            return Ok(());
        }
        let within = |name: &str| self.open.iter().any(|open| open == name);
        if within("meta") || within("coverPage") {
            return Ok(());
        }
        if within("narrative") || within("summary") || within("scene") || within("remark") {
            self.extract.push(LineKind::Aside, &words, None)
        } else if within("heading") || within("docTitle") || within("title") {
            self.extract.part();
            if self.extract.title.is_none() {
                self.extract.title = Some(words.clone());
            }
            self.extract.push(LineKind::Heading, &words, None)
        } else if within("from") || within("num") {
            if let (true, Some(speaker)) = (within("from"), self.speaking.last_mut())
                && speaker.is_none()
            {
                *speaker = Some(words.trim_end_matches([':', '：']).to_owned());
            }
            Ok(())
        } else if let Some(speaker) = self.speaking.last().cloned() {
            self.extract.turn(speaker.as_deref(), &words, None)
        } else {
            self.extract.push(LineKind::Plain, &words, None)
        }
    }
}
