//! Reads web pages: paragraphs, `blockquote`, `q`, and links. Nothing is downloaded or run.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::block::{Block, ParagraphKind, is_attribution};
use super::plain::addresses;

/// Elements that end a paragraph.
const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "dt",
    "dd",
    "dl",
    "tr",
    "td",
    "th",
    "table",
    "section",
    "article",
    "header",
    "main",
    "body",
    "figure",
    "figcaption",
    "pre",
    "hr",
    "aside",
    "caption",
    "details",
];
/// Elements whose words are not part of the text. Note numbers (`sup`) and readings above characters (`rt`) may stand
/// inside words.
const SILENT: [&str; 12] =
    ["script", "style", "head", "noscript", "template", "svg", "nav", "button", "del", "sup", "rt", "rp"];

pub(super) fn read(text: &str) -> Vec<Block> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page { line: 1, ..Page::default() };
    for token in Tokenizer::new_with_emitter(text, emitter) {
        // Invalid tokens are skipped, as in browsers.
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).to_lowercase();
                let attribute = |wanted: &str| {
                    let found = tag.attributes.iter().find(|(name, _)| name.as_slice() == wanted.as_bytes());
                    found.map(|(_, value)| String::from_utf8_lossy(value).into_owned())
                };
                page.open(&name, attribute("href"), attribute("cite"), tag.self_closing);
            }
            Token::EndTag(tag) => page.close(&String::from_utf8_lossy(&tag.name).to_lowercase()),
            Token::String(words) => page.words(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    page.end();
    page.blocks
}

#[derive(Default)]
struct Page {
    blocks: Vec<Block>,
    now: Block,
    line: usize,
    silent: usize,
    quoting: usize,
    /// The number of open `cite` or `footer` elements in a quotation. Their text is not quoted.
    aside: usize,
    cites: Vec<String>,
    /// The start of each open link, and its address.
    links: Vec<(usize, String)>,
}

impl Page {
    fn open(&mut self, name: &str, href: Option<String>, cite: Option<String>, closed: bool) {
        if SILENT.contains(&name) && !closed {
            self.silent += 1;
        }
        match name {
            "blockquote" => {
                self.end();
                self.quoting += 1;
                self.cites.push(cite.unwrap_or_default());
            }
            "footer" | "cite" if self.quoting > 0 => {
                self.end();
                self.aside += 1;
            }
            "q" => self.now.text.push('“'),
            "br" => self.now.text.push('\n'),
            "a" => self.links.extend(href.map(|href| (self.now.text.len(), href))),
            // A quotation may have several paragraphs.
            _ if BLOCKS.contains(&name) && self.quoting > 0 && self.aside == 0 => self.part(),
            _ if BLOCKS.contains(&name) => self.end(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if SILENT.contains(&name) {
            self.silent = self.silent.saturating_sub(1);
        }
        match name {
            "blockquote" => {
                self.end();
                self.quoting = self.quoting.saturating_sub(1);
                self.cites.pop();
            }
            "footer" | "cite" if self.aside > 0 => {
                self.end();
                self.aside -= 1;
            }
            "q" => self.now.text.push('”'),
            "a" => {
                if let Some((start, href)) = self.links.pop() {
                    self.now.links.push((start.min(self.now.text.len())..self.now.text.len(), href));
                }
            }
            _ if BLOCKS.contains(&name) && self.quoting > 0 && self.aside == 0 => self.part(),
            _ if BLOCKS.contains(&name) => self.end(),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if self.silent == 0 {
            // White space in the source counts as one space.
            for word in words.split_inclusive([' ', '\n', '\t', '\r']) {
                let bare = word.trim_end_matches([' ', '\n', '\t', '\r']);
                self.now.text.push_str(bare);
                if bare.len() < word.len() && !self.now.text.ends_with([' ', '\n']) && !self.now.text.is_empty() {
                    self.now.text.push(' ');
                }
            }
        }
        self.line += words.matches('\n').count();
    }

    fn part(&mut self) {
        let text = &mut self.now.text;
        if !text.trim().is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }

    fn end(&mut self) {
        let mut block = std::mem::take(&mut self.now);
        self.links.clear();
        block.line = self.line;
        block.kind = if self.aside > 0 || self.quoting == 0 && is_attribution(&block.text) {
            ParagraphKind::Citation
        } else if self.quoting > 0 {
            ParagraphKind::Quote
        } else {
            ParagraphKind::Words
        };
        let bare = addresses(&block.text);
        block.links.extend(bare);
        if let (ParagraphKind::Quote, Some(cite)) = (block.kind, self.cites.last().filter(|cite| !cite.is_empty())) {
            block.links.push((0..block.text.len(), cite.clone()));
        }
        if !block.text.trim().is_empty() {
            self.blocks.push(block);
        }
    }
}
