//! Web pages: their paragraphs as lines, and who speaks where the page marks
//! it. A tokenizer suffices: nothing is fetched, run or nested.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::Columns;
use super::clock;
use super::extract::{Extract, Kind};
use super::grid;
use super::limits::Limits;
use super::marks;
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
pub(super) fn read(text: &str, told: &Columns, limits: Limits) -> Result<Extract, ReadError> {
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
        italic: 0,
        upright: false,
        timing: None,
        time: None,
        thin: false,
        class: None,
        classed: Vec::new(),
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
    page.asked_by_class();
    page.extract.title =
        page.extract.title.or(page.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty()));
    // A table of answers, with little around it.
    let rows: Vec<Vec<String>> = page.extract.text.lines().filter(|line| line.contains('\t')).map(cells).collect();
    if rows.len() >= 3
        && rows.len() * 2 > page.extract.hints.len()
        && let Some(mut extract) = grid::read(&rows, told, limits)?
    {
        for line in page.extract.text.lines().filter(|line| !line.contains('\t')) {
            extract.push(Kind::Aside, line, None)?;
        }
        extract.title = page.extract.title;
        return Ok(extract);
    }
    Ok(page.extract)
}

fn cells(row: &str) -> Vec<String> {
    row.split('\t').map(str::to_owned).collect()
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
    /// The elements open that set words in italics.
    italic: usize,
    /// Whether the line has words that are not in italics.
    upright: bool,
    /// The element open that holds a time, and its words.
    timing: Option<(String, String)>,
    /// When the words of the line were said.
    time: Option<u32>,
    /// Whether the line has words that are not bold.
    thin: bool,
    /// What the class of an open block says that its lines are, and which lines they were.
    class: Option<(String, Kind)>,
    classed: Vec<(usize, Kind)>,
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
        if self.class.is_none()
            && !closes
            && let Some(kind) = class_kind(class)
        {
            self.class = Some((name.to_owned(), kind));
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
        } else if ["em", "i"].contains(&name) && !closes {
            self.italic += 1;
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
        if ["em", "i"].contains(&name) {
            self.italic = self.italic.saturating_sub(1);
        }
        if BLOCKS.contains(&name) || self.named.as_deref() == Some(name) {
            self.flush()?;
            self.named = None;
        }
        if self.class.as_ref().is_some_and(|(open, _)| open == name) {
            self.flush()?;
            self.class = None;
        }
        Ok(())
    }

    /// `<p class="question">` and `<p class="answer">`, where a page has several of both and names nobody.
    fn asked_by_class(&mut self) {
        let count = |kind: Kind| self.classed.iter().filter(|(_, found)| *found == kind).count();
        let hints = &mut self.extract.hints;
        let first = self.classed.iter().map(|(at, _)| *at).min().unwrap_or_default();
        let named = hints.iter().any(|hint| hint.kind == Kind::Speaker);
        let marked = self.extract.text.lines().skip(first).any(marks::is_named);
        if count(Kind::Asked) < 2 || count(Kind::Words) < 2 || named || marked {
            return;
        }
        for (at, kind) in &self.classed {
            if let Some(hint) = hints.get_mut(*at) {
                hint.kind = *kind;
            }
        }
        for hint in hints.iter_mut().take(first).filter(|hint| hint.kind != Kind::Heading) {
            hint.kind = Kind::Aside;
        }
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
                self.upright |= self.italic == 0 && words.chars().any(char::is_alphanumeric);
                self.thin |= self.bold == 0 && words.chars().any(char::is_alphanumeric);
                self.line.push_str(words);
            }
        }
    }

    fn flush(&mut self) -> Result<(), ReadError> {
        let line = std::mem::take(&mut self.line);
        let kind = std::mem::replace(&mut self.kind, Kind::Plain);
        let thin = std::mem::take(&mut self.thin);
        let upright = std::mem::take(&mut self.upright);
        let kind = match kind {
            Kind::Plain if line.contains('\t') => kind,
            Kind::Plain if !thin => Kind::Bold,
            Kind::Plain if !upright => Kind::Italic,
            _ => kind,
        };
        let line = line.trim_matches('\t').split('\t').map(squeezed).collect::<Vec<_>>().join("\t");
        let words = if kind == Kind::Speaker { line.trim_end_matches([':', '：', ' ']) } else { &line };
        if words.trim().is_empty() {
            self.kind = if self.named.is_some() { kind } else { Kind::Plain };
            return Ok(());
        }
        let time = self.time.take();
        let from = self.extract.hints.len();
        self.extract.push(kind, words, time)?;
        if let Some((_, kind)) = self.class {
            self.classed.extend((from..self.extract.hints.len()).map(|at| (at, kind)));
        }
        Ok(())
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

/// What a class says that its words are.
fn class_kind(class: &str) -> Option<Kind> {
    class.split_whitespace().find_map(|class| match class.to_lowercase().replace('_', "-").as_str() {
        "question" | "interview-question" | "qa-question" | "q" => Some(Kind::Asked),
        "answer" | "interview-answer" | "qa-answer" | "a" => Some(Kind::Words),
        _ => None,
    })
}

fn is_speaker(class: &str) -> bool {
    class.split_whitespace().any(|class| {
        let class = class.to_lowercase().replace('_', "-");
        ["speaker", "speaker-name", "transcript-speaker", "speaker-label", "speakername", "author-name"]
            .contains(&class.as_str())
    })
}
