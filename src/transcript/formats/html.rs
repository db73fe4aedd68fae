//! Web pages: paragraphs as lines, and speakers where the page marks them. A tokenizer suffices.
//! Nothing is fetched or run.

use html5gum::{DefaultEmitter, Token, Tokenizer};

use super::document_tables::{self, DocumentTables};
use crate::error::ReadError;
use crate::transcript::dialogue::speaker_labels;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::read_options::Columns;
use crate::transcript::timestamps::{self, Moment};

/// Whether a text is a web page, or a piece of one.
pub(crate) fn is_html(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let start: String = text.chars().take(300).collect::<String>().to_lowercase();
    start.starts_with("<!doctype html") || start.contains("<html") || is_fragment(text)
}

/// Elements that begin a piece of a page.
const OPENING: [&str; 40] = [
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "body",
    "head",
    "article",
    "section",
    "dl",
    "table",
    "cite",
    "time",
    "span",
    "b",
    "strong",
    "em",
    "i",
    "u",
    "a",
    "br",
    "ul",
    "ol",
    "li",
    "blockquote",
    "ruby",
    "img",
    "figure",
    "header",
    "main",
    "center",
    "font",
    "style",
    "meta",
    "title",
    "tbody",
    "tr",
];

/// Whether a text is a piece of a page: it begins with an element and closes some, or most of its lines
/// end with one.
pub(crate) fn is_fragment(text: &str) -> bool {
    let text = text.trim_start();
    let lower = |part: &str| part.to_lowercase();
    let begins = text.starts_with("<!--")
        || text.strip_prefix('<').is_some_and(|rest| {
            let name: String = rest.chars().take_while(char::is_ascii_alphanumeric).collect();
            OPENING.contains(&lower(&name).as_str())
                && rest[name.len()..].starts_with(['>', ' ', '/', '\n', '\r', '\t'])
        });
    let sample: String = lower(&text.chars().take(20_000).collect::<String>());
    let blocks = ["</p>", "<br>", "<br/>", "<br />", "</div>", "</li>", "</tr>", "</h2>", "</h3>"];
    let closed: usize = blocks.iter().map(|tag| sample.matches(tag).count()).sum();
    let inline: usize = ["</span>", "</b>", "</strong>", "</em>", "</i>", "</a>", "</ruby>", "</cite>", "</font>"]
        .iter()
        .map(|tag| sample.matches(tag).count())
        .sum();
    let lines = sample.lines().filter(|line| !line.trim().is_empty()).count();
    begins && (closed + inline > 0 || sample.contains("</") || sample.matches("<p").count() >= 2)
        || closed >= 2 && closed * 2 >= lines && !sample.starts_with(['#', '{', '['])
}

/// The words of a piece of a page, one paragraph a line.
pub(crate) fn words(fragment: &str) -> String {
    read(fragment, &Columns::default(), ReadLimits::default())
        .map_or_else(|_| fragment.to_owned(), |extract| extract.text)
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
/// Elements that hold nothing.
const VOID: [&str; 8] = ["br", "hr", "img", "meta", "input", "wbr", "link", "source"];
/// Elements for readings beside characters.
const RUBY: [&str; 3] = ["rt", "rp", "rtc"];
/// Elements without speech.
const SILENT: [&str; 12] =
    ["script", "style", "head", "nav", "footer", "noscript", "template", "svg", "button", "form", "select", "iframe"];

/// Reads a page.
pub(crate) fn read(text: &str, told: &Columns, limits: ReadLimits) -> Result<Extract, ReadError> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut page = Page {
        extract: Extract::new(limits),
        line: String::new(),
        kind: LineKind::Plain,
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
        cited: false,
        stamp: None,
        tables: DocumentTables::default(),
    };
    page.cited = text.trim_start().starts_with("<cite");
    for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
        match token {
            Token::StartTag(tag) => {
                let name = String::from_utf8_lossy(&tag.name).into_owned();
                let attribute =
                    |name: &[u8]| tag.attributes.get(name).map(|value| String::from_utf8_lossy(value).into_owned());
                let closes = tag.self_closing || VOID.contains(&name.as_str());
                let hidden = attribute(b"hidden").is_some()
                    || attribute(b"style")
                        .is_some_and(|style| style.to_lowercase().replace(' ', "").contains("display:none"));
                let class = attribute(b"class").unwrap_or_default();
                if (hidden || is_chrome(&class)) && !closes {
                    page.hide(&name);
                }
                let dated = attribute(b"title").filter(|_| is_dated(&class));
                page.stamp = attribute(b"data-timestamp")
                    .and_then(|at| Moment::of_seconds(at.parse().ok()?))
                    .or_else(|| timestamps::of_day(&dated?));
                page.start(&name, &class, closes)?;
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
    let tables = page.tables.all(page.extract.hints.len());
    document_tables::read(page.extract, &tables, told, limits)
}

struct Page {
    extract: Extract,
    line: String,
    kind: LineKind,
    /// The open element without speech, and the nesting depth of its name.
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
    timing: Option<(String, String, Option<Moment>)>,
    /// The time of the line.
    time: Option<Moment>,
    /// Whether the line has words that are not bold.
    thin: bool,
    /// The kind of line that the class of an open block announces, and its lines.
    class: Option<(String, LineKind)>,
    classed: Vec<(usize, LineKind)>,
    /// Whether a `<cite>` at the start of a line names the speaker, as in transcripts of podcasts.
    cited: bool,
    /// The time in an element.
    stamp: Option<Moment>,
    tables: DocumentTables,
}

impl Page {
    fn start(&mut self, name: &str, class: &str, closes: bool) -> Result<(), ReadError> {
        if name == "rb" && self.silent.as_ref().is_some_and(|(silent, _)| RUBY.contains(&silent.as_str())) {
            self.silent = None;
        }
        if let Some((silent, depth)) = &mut self.silent {
            // `<rt>` need not be closed, nor `<p>`.
            *depth += usize::from(silent == name && !closes && !RUBY.contains(&name));
            if name == "title" && silent == "head" && self.title.is_none() {
                self.title = Some(String::new());
            }
            return Ok(());
        }
        if BLOCKS.contains(&name) || SILENT.contains(&name) {
            self.flush()?;
            self.tables.words("\n");
        }
        match name {
            "table" => self.tables.begin(),
            "tr" => self.tables.begin_row(self.extract.hints.len()),
            "td" | "th" => self.tables.begin_cell(),
            _ => {}
        }
        if self.class.is_none()
            && !closes
            && let Some(kind) = class_kind(class)
        {
            self.class = Some((name.to_owned(), kind));
        }
        if is_time(name, class) && !closes && self.timing.is_none() {
            self.timing = Some((name.to_owned(), String::new(), self.stamp));
        } else if RUBY.contains(&name) && !closes {
            self.silent = Some((name.to_owned(), 1));
        } else if name == "cite" && self.cited && !closes {
            self.flush()?;
            self.kind = LineKind::Speaker;
            self.named = Some(name.to_owned());
        } else if SILENT.contains(&name) && !closes {
            self.silent = Some((name.to_owned(), 1));
        } else if is_speaker(class) {
            self.flush()?;
            self.kind = LineKind::Speaker;
            self.named = Some(name.to_owned());
        } else if name.len() == 2 && name.starts_with('h') && name != "hr" || name == "dt" {
            self.kind = LineKind::Heading;
        } else if ["b", "strong"].contains(&name) && !closes {
            self.bold += 1;
        } else if ["em", "i"].contains(&name) && !closes {
            self.italic += 1;
        } else if name == "td" || name == "th" {
            self.line.push('\t');
        }
        Ok(())
    }

    /// Hidden text is not speech.
    fn hide(&mut self, name: &str) {
        if self.silent.is_none() && name != "html" && name != "body" {
            self.silent = Some((name.to_owned(), 0));
        }
    }

    fn end(&mut self, name: &str) -> Result<(), ReadError> {
        if let Some((silent, depth)) = &mut self.silent {
            *depth -= usize::from(silent == name && *depth > 0);
            // The end of the parent ends elements that need not be closed.
            if RUBY.contains(&silent.as_str()) && ["ruby", "p", "div", "body"].contains(&name) {
                *depth = 0;
            }
            // `<body>` ends a head that was never closed.
            if *depth == 0 {
                self.silent = None;
            }
            return Ok(());
        }
        if let Some((_, words, stamp)) = self.timing.take_if(|(open, _, _)| open == name) {
            match stamp.or_else(|| timestamps::seconds(&words)) {
                Some(moment) => self.time = Some(moment),
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
        match name {
            "table" => self.tables.end(self.extract.hints.len()),
            "tr" => self.tables.end_row(self.extract.hints.len()),
            _ => {}
        }
        if self.class.as_ref().is_some_and(|(open, _)| open == name) {
            self.flush()?;
            self.class = None;
        }
        Ok(())
    }

    /// `<p class="question">` and `<p class="answer">`, in a page that has several of both and names
    /// nobody.
    fn asked_by_class(&mut self) {
        let count = |kind: LineKind| self.classed.iter().filter(|(_, found)| *found == kind).count();
        let hints = &mut self.extract.hints;
        let first = self.classed.iter().map(|(at, _)| *at).min().unwrap_or_default();
        let named = hints.iter().any(|hint| hint.kind == LineKind::Speaker);
        let marked = self.extract.text.lines().skip(first).any(speaker_labels::is_named);
        if count(LineKind::Asked) < 2 || count(LineKind::Words) < 2 || named || marked {
            return;
        }
        for (at, kind) in &self.classed {
            if let Some(hint) = hints.get_mut(*at) {
                hint.kind = *kind;
            }
        }
        for hint in hints.iter_mut().take(first).filter(|hint| hint.kind != LineKind::Heading) {
            hint.kind = LineKind::Aside;
        }
    }

    fn words(&mut self, words: &str) {
        match (&self.silent, &mut self.title) {
            (Some((silent, _)), Some(title)) if silent == "head" && title.is_empty() => title.push_str(words),
            (Some(_), _) => {}
            (None, _) if self.timing.is_some() => {
                if let Some((_, time, _)) = &mut self.timing {
                    time.push_str(words);
                }
            }
            (None, _) => {
                self.upright |= self.italic == 0 && words.chars().any(char::is_alphanumeric);
                self.thin |= self.bold == 0 && words.chars().any(char::is_alphanumeric);
                self.line.push_str(words);
                self.tables.words(words);
            }
        }
    }

    fn flush(&mut self) -> Result<(), ReadError> {
        let line = std::mem::take(&mut self.line);
        let kind = std::mem::replace(&mut self.kind, LineKind::Plain);
        let thin = std::mem::take(&mut self.thin);
        let upright = std::mem::take(&mut self.upright);
        let kind = match kind {
            LineKind::Plain if line.contains('\t') => kind,
            LineKind::Plain if !thin => LineKind::Bold,
            LineKind::Plain if !upright => LineKind::Italic,
            _ => kind,
        };
        let line = line.trim_matches('\t').split('\t').map(squeezed).collect::<Vec<_>>().join("\t");
        let words = if kind == LineKind::Speaker { line.trim_end_matches([':', '：', ' ']) } else { &line };
        if words.trim().is_empty() {
            self.kind = if self.named.is_some() { kind } else { LineKind::Plain };
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
    name == "time"
        || is_dated(class)
        || ["span", "small", "a", "i", "em"].contains(&name) && class.split_whitespace().any(timed)
}

/// `<div class="pull_right date details" title="05.03.2024 14:05:33">`, in a chat of Telegram.
fn is_dated(class: &str) -> bool {
    ["date", "details"].iter().all(|part| class.split_whitespace().any(|class| class == *part))
}

/// The elements around messages in a chat of Telegram.
fn is_chrome(class: &str) -> bool {
    let has = |part: &str| class.split_whitespace().any(|class| class == part);
    has("message") && has("service")
        || has("userpic_wrap")
        || has("media_wrap")
        || has("reply_to")
        || has("page_header")
}

/// The kind of text that a class announces.
fn class_kind(class: &str) -> Option<LineKind> {
    class.split_whitespace().find_map(|class| match class.to_lowercase().replace('_', "-").as_str() {
        "question" | "interview-question" | "qa-question" | "q" => Some(LineKind::Asked),
        "answer" | "interview-answer" | "qa-answer" | "a" => Some(LineKind::Words),
        _ => None,
    })
}

fn is_speaker(class: &str) -> bool {
    class.split_whitespace().any(|class| {
        let class = class.to_lowercase().replace('_', "-");
        ["speaker", "speaker-name", "from-name", "transcript-speaker", "speaker-label", "speakername", "author-name"]
            .contains(&class.as_str())
    })
}
