//! XML as a tree, and the transcripts read from it: TEI, ELAN, `EXMARaLDA`, Transcriber, captions. Only
//! the five entities of XML itself are expanded, and nothing is fetched.

mod captions;
pub(crate) mod opendocument;
mod tei;
pub(crate) mod tiers;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Format;
use crate::error::ReadError;
use crate::transcript::extract::Extract;
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;

/// An element, or the text between two.
#[derive(Debug)]
enum Node {
    Element(Element),
    Words(String),
}

/// An element of a tree.
#[derive(Debug, Default)]
struct Element {
    /// The name without its prefix.
    name: String,
    /// The attributes, without prefixes.
    attributes: Vec<(String, String)>,
    inside: Vec<Node>,
}

impl Element {
    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn children(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// All elements of this name in order, including this one.
    fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        if self.name == name {
            found.push(self);
        }
        for child in self.children() {
            child.all(name, found);
        }
    }

    fn every(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.all(name, &mut found);
        found
    }

    fn first(&self, name: &str) -> Option<&Element> {
        self.every(name).into_iter().next()
    }

    /// Its words, where `said` lets them through, on lines that `breaks` separates.
    fn words(&self, said: &dyn Fn(&Element) -> bool, breaks: &dyn Fn(&Element) -> bool) -> String {
        let mut words = String::new();
        self.gather(said, breaks, &mut words);
        let lines = words.split('\n').map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }

    fn gather(&self, said: &dyn Fn(&Element) -> bool, breaks: &dyn Fn(&Element) -> bool, words: &mut String) {
        for node in &self.inside {
            match node {
                Node::Words(text) => words.extend(text.chars().map(|c| if c == '\n' || c == '\r' { ' ' } else { c })),
                Node::Element(element) => {
                    if breaks(element) {
                        words.push('\n');
                    }
                    if said(element) {
                        element.gather(said, breaks, words);
                    }
                }
            }
        }
    }
}

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
pub(crate) fn opendocument(xml: &str, limits: ReadLimits) -> Result<Extract, ReadError> {
    let (tree, broken) = tree(xml, limits)?;
    let mut extract = opendocument::read(&tree, limits)?;
    if let Some(reason) = broken {
        extract.problem(ProblemKind::BrokenOff(reason));
    }
    Ok(extract)
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

fn element(tag: &BytesStart<'_>) -> Element {
    let local = |name: &str| name.rsplit(':').next().unwrap_or(name).to_owned();
    let mut attributes = tag.attributes();
    // The check would compare each attribute with all before it. The first of two equal ones counts.
    attributes.with_checks(false);
    let attributes = attributes.flatten().map(|attribute| {
        let value: &str = attribute.value.as_ref();
        let value = quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), std::borrow::Cow::into_owned);
        (local(attribute.key.as_ref()), value)
    });
    Element { name: local(tag.name().as_ref()), attributes: attributes.collect(), inside: Vec::new() }
}

/// The tree of a text, and the reason why it breaks off early, if it does.
fn tree(text: &str, limits: ReadLimits) -> Result<(Element, Option<String>), ReadError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut open = vec![Element::default()];
    let mut broken = None;
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        match reader.read_event() {
            Ok(Event::Start(tag)) if open.len() > limits.nesting => {
                let _ = tag;
                return Err(ReadError::TooDeep { levels: limits.nesting });
            }
            Ok(Event::Start(tag)) => open.push(element(&tag)),
            Ok(Event::Empty(tag)) => put(&mut open, Node::Element(element(&tag))),
            Ok(Event::End(_)) => close(&mut open),
            Ok(Event::Text(words)) => put(&mut open, Node::Words(words.xml10_content().into_owned())),
            Ok(Event::CData(words)) => put(&mut open, Node::Words(words.xml10_content().into_owned())),
            Ok(Event::GeneralRef(entity)) => {
                let words = if let Ok(Some(c)) = entity.resolve_char_ref() {
                    c.to_string()
                } else {
                    let name = entity.xml10_content();
                    let known = quick_xml::escape::resolve_predefined_entity(&name);
                    known.map_or_else(|| format!("&{name};"), str::to_owned)
                };
                put(&mut open, Node::Words(words));
            }
            Ok(Event::Eof) => break,
            Ok(_) => {}
            Err(error) => {
                let line = 1 + text.bytes().take(at).filter(|byte| *byte == b'\n').count();
                broken = Some(format!("line {line}: {error}"));
                break;
            }
        }
    }
    while open.len() > 1 {
        close(&mut open);
    }
    Ok((open.pop().unwrap_or_default(), broken))
}

fn put(open: &mut [Element], node: Node) {
    if let Some(element) = open.last_mut() {
        element.inside.push(node);
    }
}

fn close(open: &mut Vec<Element>) {
    if open.len() > 1
        && let Some(element) = open.pop()
    {
        put(open, Node::Element(element));
    }
}
