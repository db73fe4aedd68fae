//! Quotes to take away: each with its whole citation, as text, Markdown, HTML, CSV, DOCX
//! or JSON. Pure: quotes in, bytes out; finds nothing and changes no word.

mod docx;
mod html;
mod markdown;
mod plain;
mod table;
mod words;

use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;
use crate::retrieval::corpus::{Corpus, Place};
use crate::search::quote::{self, Citation, Quote};
use crate::text::script::Display;
use crate::transcript::Span;
pub use words::{EN, ZH_HANS, ZH_HANT};

/// A form that quotes can be taken away in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For anywhere.
    Text,
    /// `CommonMark`; every character of the words reads as itself.
    Markdown,
    /// A fragment, for a word processor or a mail.
    Html,
    /// RFC 4180 with a byte order mark; safe to open in a spreadsheet.
    Csv,
    /// For Word and `LibreOffice`.
    Docx,
    /// For programs.
    Json,
}

/// The words around the quotes, in one language.
#[derive(Debug)]
pub struct Words {
    /// BCP 47.
    pub lang: &'static str,
    /// What opens and closes a quotation.
    pub marks: [&'static str; 2],
    /// What opens and closes the title of an interview.
    pub title_marks: [&'static str; 2],
    /// Stands before what the interviewer asked.
    pub asked: &'static str,
    /// Stands before the words as they were received.
    pub received: &'static str,
    /// The line of the source.
    pub line: fn(usize) -> String,
    /// Stands with words that were damaged and are not certain.
    pub uncertain: &'static str,
    /// Behind a speaker who may be who asks.
    pub may_ask: &'static str,
    /// Stands with words whose source has changed since.
    pub changed: &'static str,
    /// Heads what is not there, and why.
    pub left_out: &'static str,
    /// The columns of the table, in the order of `table::COLUMNS`.
    pub columns: [&'static str; table::COLUMNS],
    /// Stands in the table where a cell got an apostrophe before its first character.
    pub guarded: fn(&str) -> String,
}

/// One quote with all that it takes to cite it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ExportEntry)]
pub struct Entry {
    /// The words, in the script they are shown in.
    pub text: String,
    /// BCP 47 of the words; empty where it is not known.
    pub lang: &'static str,
    /// What the interviewer asked.
    pub asked: String,
    /// What people call the transcript.
    pub title: String,
    /// Probability that they speak to the query, where there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Whether a word of it was damaged and is not certain.
    pub uncertain: bool,
    /// Whether the source has changed since this was kept.
    pub changed: bool,
    /// Where the source says it; its permalink is whole, with the host.
    pub citation: Citation,
    /// The words as the source has them, restored but in no other script.
    #[serde(skip)]
    original: String,
}

/// What was found for one query, or what was kept.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = ExportPart)]
pub struct Part {
    /// What was asked, where something was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// How it was answered, in a sentence that only counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// The quotes.
    pub quotes: Vec<Entry>,
}

/// A quote that was kept and is not there to take away.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LeftOut {
    /// Its address.
    pub permalink: String,
    /// What became of it, in a sentence.
    pub why: String,
}

/// All that is taken away at once.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Export {
    /// Its heading.
    pub title: String,
    /// By query.
    pub parts: Vec<Part>,
    /// What was asked for and is not in it.
    pub left_out: Vec<LeftOut>,
}

impl Format {
    /// The format with this name, as addresses and commands write it.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" | "txt" => Self::Text,
            "markdown" | "md" => Self::Markdown,
            "html" => Self::Html,
            "csv" => Self::Csv,
            "docx" => Self::Docx,
            "json" => Self::Json,
            _ => return None,
        })
    }

    /// What a file of it ends with.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Json => "json",
        }
    }

    /// What a server says it is.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Json => "application/json",
        }
    }
}

impl Entry {
    /// Some words of an answer, proved to be what it says.
    ///
    /// # Errors
    /// [`Error::Stale`] when no stretch of the answer holds them.
    pub fn new(corpus: &Corpus, place: Place, span: Span, display: Option<Display>) -> Result<Self, Error> {
        let stale = || Error::Stale(format!("{}-{}", span.start(), span.end()));
        let (transcript, question, answer) = corpus.answer(place).ok_or_else(stale)?;
        answer.stretches.iter().find(|stretch| stretch.contains(span)).ok_or_else(stale)?;
        let view = corpus.view(place.transcript, display.unwrap_or(transcript.script.default_display()));
        let doubtful = |place: &crate::restore::Restoration| {
            !place.proved && place.restored_span.start < span.end() && span.start() < place.restored_span.end
        };
        Ok(Self {
            text: view.words(span.range()).to_owned(),
            lang: "",
            asked: one_line(view.words(question.span.range())),
            title: transcript.title.clone(),
            score: None,
            uncertain: transcript.restored.restorations().iter().any(doubtful),
            changed: false,
            citation: quote::cite(corpus, place, span)?,
            original: transcript.words(span).to_owned(),
        })
    }

    /// The words of a quote, in the script that it is shown in.
    ///
    /// # Errors
    /// [`Error::Stale`] when its source does not say them.
    pub fn of(corpus: &Corpus, quote: &Quote) -> Result<Self, Error> {
        quote.check(corpus)?;
        Ok(Self { score: Some(quote.score), ..Self::new(corpus, quote.place, quote.span, Some(quote.display))? })
    }

    /// The same, with addresses that begin at `origin`, `http://localhost:8080`.
    #[must_use]
    pub fn from_origin(mut self, origin: &str) -> Self {
        self.citation.permalink.insert_str(0, origin);
        self
    }

    /// As text, Markdown or HTML to paste; of the other formats, the text.
    pub fn pasted(&self, format: Format, words: &Words) -> String {
        match format {
            Format::Markdown => markdown::entry(self, words),
            Format::Html => html::entry(self, words),
            _ => plain::entry(self, words),
        }
    }

    /// `Q1 · A3 · Name · “Title” · line 12 · 00:12:03–00:12:09`
    fn source(&self, words: &Words) -> String {
        let citation = &self.citation;
        let [open, close] = words.title_marks;
        let mut parts = vec![citation.question.clone(), citation.answer.clone()];
        let may = if citation.role.is_some() { words.may_ask } else { "" };
        parts.extend(citation.interviewee.as_ref().map(|who| format!("{who}{may}")));
        parts.push(format!("{open}{}{close}", self.title));
        parts.push((words.line)(citation.line));
        parts.extend(citation.when());
        parts.join(" · ")
    }

    /// The words as received, where a restoration changed them.
    fn received(&self) -> Option<&str> {
        (self.citation.received != self.original).then_some(self.citation.received.as_str())
    }

    /// What a reader must know of the words, in sentences.
    fn notes<'a>(&'a self, words: &'a Words) -> impl Iterator<Item = String> + 'a {
        let received = self.received().map(|received| format!("{}{received}", words.received));
        let uncertain = self.uncertain.then(|| words.uncertain.to_owned());
        received.into_iter().chain(uncertain).chain(self.changed.then(|| words.changed.to_owned()))
    }
}

impl Export {
    /// The bytes of a file.
    ///
    /// # Errors
    /// When they cannot be put together, which needs no more than memory.
    pub fn bytes(&self, format: Format, words: &Words) -> Result<Vec<u8>, Error> {
        let bytes = match format {
            Format::Text => Ok(plain::all(self, words).into_bytes()),
            Format::Markdown => Ok(markdown::all(self, words).into_bytes()),
            Format::Html => Ok(html::all(self, words).into_bytes()),
            Format::Csv => table::all(self, words),
            Format::Docx => docx::all(self, words),
            Format::Json => serde_json::to_vec_pretty(self).map_err(std::io::Error::from),
        };
        bytes.map_err(Error::Export)
    }
}

/// Words on one line: a source may break a question over several.
fn one_line(words: &str) -> String {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The lines of a quote that hold anything.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests;
