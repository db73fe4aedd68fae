//! Web pages: their paragraphs as lines, and who speaks where the page marks
//! it. A tokenizer suffices: nothing is fetched, run or nested.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::clock;
use super::extract::{Extract, Kind};
use super::limits::Limits;
use crate::error::ReadError;

/// Whether a text is a web page.
pub(super) fn is_html(text: &str) -> bool {
    let start: String =
        text.trim_start_matches('\u{feff}').trim_start().chars().take(300).collect::<String>().to_lowercase();
    start.starts_with("<!doctype html")
        || start.starts_with("<html")
        || start.contains("<html")
        || start.starts_with('<')
            && ["<p>", "<p ", "<div", "<h1", "<h2", "<body", "<article", "<section", "<dl", "<table"]
                .iter()
                .any(|tag| start.starts_with(tag))
}

/// Elements that end a line.
const BLOCKS: [&str; 30] = [
    "p",
    "div",
    "br",
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
    "table",
    "section",
    "article",
    "blockquote",
    "header",
    "footer",
    "main",
    "body",
    "figure",
    "figcaption",
    "pre",
    "hr",
    "aside",
    "nav",
];
/// Elements whose words are nobody's.
const SILENT: [&str; 12] =
    ["script", "style", "head", "nav", "footer", "noscript", "template", "svg", "button", "form", "select", "iframe"];

/// Reads a page.
pub(super) fn read(text: &str, limits: Limits) -> Result<Extract, ReadError> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page {
        extract: Extract::new(limits),
        line: String::new(),
        kind: Kind::Plain,
        silent: None,
        named: None,
        title: None,
        bold: 0,
        timing: None,
        time: None,
        thin: false,
    };
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let class =
                    tag.attributes.get(b"class".as_slice()).map(|class| String::from_utf8_lossy(class).into_owned());
                page.start(&name, class.as_deref().unwrap_or_default(), tag.self_closing)?;
            }
            Token::EndTag(tag) => page.end(&String::from_utf8_lossy(&tag.name))?,
            Token::String(words) => page.words(&String::from_utf8_lossy(&words)),
            _ => {}
        }
    }
    page.flush()?;
    page.extract.weigh_bold();
    page.extract.title =
        page.extract.title.or(page.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()));
    Ok(page.extract)
}

struct Page {
    extract: Extract,
    line: String,
    kind: Kind,
    /// The silent element open, and how many of its name are inside one another.
    silent: Option<(String, usize)>,
    /// The element that names a speaker.
    named: Option<String>,
    /// The words of `<title>`, once it is open.
    title: Option<String>,
    /// The elements open that set words in bold.
    bold: usize,
    /// The element open that holds a time, and its words.
    timing: Option<(String, String)>,
    /// When the words of the line were said.
    time: Option<u32>,
    /// Whether the line has words that are not bold.
    thin: bool,
}

impl Page {
    fn start(&mut self, name: &str, class: &str, closes: bool) -> Result<(), ReadError> {
        if let Some((silent, depth)) = &mut self.silent {
            *depth += usize::from(silent == name && !closes);
            if name == "title" && silent == "head" && self.title.is_none() {
                self.title = Some(String::new());
            }
            return Ok(());
        }
        if BLOCKS.contains(&name) || SILENT.contains(&name) {
            self.flush()?;
        }
        if is_time(name, class) && !closes && self.timing.is_none() {
            self.timing = Some((name.to_owned(), String::new()));
        } else if SILENT.contains(&name) && !closes {
            self.silent = Some((name.to_owned(), 1));
        } else if is_speaker(class) {
            self.flush()?;
            self.kind = Kind::Speaker;
            self.named = Some(name.to_owned());
        } else if name.len() == 2 && name.starts_with('h') && name != "hr" || name == "dt" {
            self.kind = Kind::Heading;
        } else if ["b", "strong"].contains(&name) && !closes {
            self.bold += 1;
        } else if name == "td" || name == "th" {
            self.line.push('\t');
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if let Some((silent, depth)) = &mut self.silent {
            *depth -= usize::from(silent == name && *depth > 0);
            // `<body>` ends a head that was never closed.
            if *depth == 0 {
                self.silent = None;
            }
            return Ok(());
        }
        if let Some((_, words)) = self.timing.take_if(|(open, _)| open == name) {
            match clock::seconds(&words) {
                Some(seconds) => self.time = Some(seconds),
                None => self.words(&words),
            }
        }
        if ["b", "strong"].contains(&name) {
            self.bold = self.bold.saturating_sub(1);
        }
        if BLOCKS.contains(&name) || self.named.as_deref() == Some(name) {
            self.flush()?;
            self.named = None;
        }
        Ok(())
    }

    fn words(&mut self, words: &str) {
        match (&self.silent, &mut self.title) {
            (Some((silent, _)), Some(title)) if silent == "head" && title.is_empty() => title.push_str(words),
            (Some(_), _) => {}
            (None, _) if self.timing.is_some() => {
                if let Some((_, time)) = &mut self.timing {
                    time.push_str(words);
                }
            }
            (None, _) => {
                self.thin |= self.bold == 0 && words.chars().any(char::is_alphanumeric);
                self.line.push_str(words);
            }
        }
    }

    fn flush(&mut self) -> Result<(), ReadError> {
        let line = std::mem::take(&mut self.line);
        let kind = std::mem::replace(&mut self.kind, Kind::Plain);
        let thin = std::mem::take(&mut self.thin);
        let kind = if kind == Kind::Plain && !thin && !line.contains('\t') { Kind::Bold } else { kind };
        let line = line.trim_matches('\t').split('\t').map(squeezed).collect::<Vec<_>>().join("\t");
        let words = if kind == Kind::Speaker { line.trim_end_matches([':', '：', ' ']) } else { &line };
        if words.trim().is_empty() {
            self.kind = if self.named.is_some() { kind } else { Kind::Plain };
            return Ok(());
        }
        let time = self.time.take();
        self.extract.push(kind, words, time)
    }
}

fn squeezed(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `<time>`, `<span class="timestamp">`.
fn is_time(name: &str, class: &str) -> bool {
    let timed = |class: &str| ["time", "timestamp", "timecode", "start-time"].contains(&class.to_lowercase().as_str());
    name == "time" || ["span", "small", "a", "i", "em"].contains(&name) && class.split_whitespace().any(timed)
}

fn is_speaker(class: &str) -> bool {
    class.split_whitespace().any(|class| {
        let class = class.to_lowercase().replace('_', "-");
        ["speaker", "speaker-name", "transcript-speaker", "speaker-label", "speakername", "author-name"]
            .contains(&class.as_str())
    })
}
