//! XML as a tree of elements. Only the five entities of XML itself are expanded, and nothing is fetched.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::ReadError;
use crate::transcript::limits::ReadLimits;

/// The cells of a sheet at their columns, row by row.
pub(crate) type SheetRows = Vec<Vec<(usize, String)>>;

/// An element, or the text between two.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Words(String),
}

/// An element of a tree.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// The name without its prefix.
    pub(super) name: String,
    /// The attributes, without prefixes.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) inside: Vec<Node>,
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn children(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// All elements of this name in order, including this one.
    pub(super) fn all<'a>(&'a self, name: &str, found: &mut Vec<&'a Element>) {
        if self.name == name {
            found.push(self);
        }
        for child in self.children() {
            child.all(name, found);
        }
    }

    pub(super) fn every(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.all(name, &mut found);
        found
    }

    pub(super) fn first(&self, name: &str) -> Option<&Element> {
        self.every(name).into_iter().next()
    }

    /// Its words, where `said` lets them through, on lines that `breaks` separates.
    pub(super) fn words(&self, said: &dyn Fn(&Element) -> bool, breaks: &dyn Fn(&Element) -> bool) -> String {
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
pub(super) fn tree(text: &str, limits: ReadLimits) -> Result<(Element, Option<String>), ReadError> {
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
