//! Exported quotes, each with its whole citation, as text, Markdown, HTML, CSV, DOCX or JSON, or as a picture;
//! tagged quotes as a table or a project of REFI-QDA. Pure: quotes in, bytes out. It changes no word.

mod card;
mod docx;
mod html;
mod markdown;
mod plain;
mod qdpx;
mod table;
mod tagged;
mod words;
mod xml;

use serde::Serialize;
use utoipa::ToSchema;

use crate::disclosure::Replacements;
use crate::error::Error;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::quote::{self, Citation, Quote};
use crate::text::script::Display;
use crate::transcript::Span;
pub use card::card;
pub use qdpx::qdpx;
pub(crate) use table::inert_cell;
pub(crate) use tagged::tagged_in;
pub use tagged::{TaggedQuote, tagged, tagged_rows};
pub use words::{EN, ZH_HANS, ZH_HANT};

/// A format of exported quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Plain text.
    Text,
    /// `CommonMark`, in which every character of the words means itself.
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
pub struct ExportWords {
    /// BCP 47.
    pub lang: &'static str,
    /// What opens and closes a quotation.
    pub marks: [&'static str; 2],
    /// What opens and closes the title of an interview.
    pub title_marks: [&'static str; 2],
    /// The label before the interviewer's question.
    pub asked: &'static str,
    /// The label before the received words.
    pub received: &'static str,
    /// The line of the source.
    pub line: fn(usize) -> String,
    /// The note on damaged, uncertain words.
    pub uncertain: &'static str,
    /// The note after a speaker who may be the interviewer.
    pub may_ask: &'static str,
    /// The note on words of which some were replaced.
    pub replaced: &'static str,
    /// The note on words whose source has changed since.
    pub changed: &'static str,
    /// The heading above missing quotes and the reasons.
    pub left_out: &'static str,
    /// The columns of the table, in the order of `table::COLUMNS`.
    pub columns: [&'static str; table::COLUMNS],
    /// The note in the table on a cell that got an apostrophe.
    pub guarded: fn(&str) -> String,
}

/// One quote with everything needed to cite it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ExportEntry)]
pub struct ExportedQuote {
    /// The words, in the script of the display.
    pub text: String,
    /// BCP 47 of the words; empty if unknown.
    pub lang: &'static str,
    /// What the interviewer asked.
    pub asked: String,
    /// The title of the transcript.
    pub title: String,
    /// The probability that they speak to the query, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Whether a word of it was damaged and is uncertain.
    pub uncertain: bool,
    /// Whether the source has changed since this was kept.
    pub changed: bool,
    /// Whether something was replaced, for which the words in square brackets stand: then it is not verbatim.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub replaced: bool,
    /// The citation. Its permalink is absolute.
    pub citation: Citation,
    /// The words of the source, restored, in their own script.
    #[serde(skip)]
    original: String,
}

/// The quotes of one query, or the kept ones.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = ExportPart)]
pub struct ExportPart {
    /// The query, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The verdict, in a sentence that only counts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// The quotes.
    pub quotes: Vec<ExportedQuote>,
}

/// A kept quote that cannot be exported.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LeftOut {
    /// Its address.
    pub permalink: String,
    /// What became of it, as a sentence.
    pub why: String,
}

/// One export.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Export {
    /// Its heading.
    pub title: String,
    /// By query.
    pub parts: Vec<ExportPart>,
    /// Quotes that are missing.
    pub left_out: Vec<LeftOut>,
    /// How it was made, of a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
}

/// How a report was made.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Method {
    /// Its heading.
    pub title: String,
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
}

impl ExportFormat {
    /// The format with this name.
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

    /// The file ending.
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

    /// The media type.
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

impl ExportedQuote {
    /// Some words of an answer, checked against it.
    ///
    /// # Errors
    /// [`Error::Stale`] if no stretch of the answer holds them.
    pub fn new(corpus: &Corpus, place: AnswerPlace, span: Span, display: Option<Display>) -> Result<Self, Error> {
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
            replaced: false,
            citation: quote::cite(corpus, place, span)?,
            original: transcript.words(span).to_owned(),
        })
    }

    /// The words of a quote, in the script of the display.
    ///
    /// # Errors
    /// [`Error::Stale`] if its source does not hold them.
    pub fn of(corpus: &Corpus, quote: &Quote) -> Result<Self, Error> {
        quote.check(corpus)?;
        Ok(Self { score: Some(quote.score), ..Self::new(corpus, quote.place, quote.span, Some(quote.display))? })
    }

    /// The same, with absolute addresses from `origin`, such as `http://localhost:8080`.
    #[must_use]
    pub fn from_origin(mut self, origin: &str) -> Self {
        self.citation.permalink.insert_str(0, origin);
        self
    }

    /// Text, Markdown or HTML to paste. For other formats, the text.
    pub fn pasted(&self, format: ExportFormat, words: &ExportWords) -> String {
        match format {
            ExportFormat::Markdown => markdown::entry(self, words),
            ExportFormat::Html => html::entry(self, words),
            _ => plain::entry(self, words),
        }
    }

    /// The same with replacements, in the words and in all that stands around them.
    fn replace(&mut self, with: &Replacements) {
        let put = |text: &mut String| with.apply(text).map(|replaced| *text = replaced).is_some();
        let citation = &mut self.citation;
        put(&mut self.asked);
        put(&mut self.title);
        put(&mut citation.transcript);
        if let Some(who) = &mut citation.interviewee {
            put(who);
        }
        self.replaced = put(&mut self.text);
        // As it was received, a damaged name may have a form that nobody looks for.
        put(&mut self.original);
        citation.received.clone_from(&self.original);
    }

    /// `Q1 · A3 · Name · “Title” · line 12 · 00:12:03–00:12:09`
    fn source(&self, words: &ExportWords) -> String {
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

    /// Notes that a reader must know, as sentences.
    fn notes<'a>(&'a self, words: &'a ExportWords) -> impl Iterator<Item = String> + 'a {
        let received = self.received().map(|received| format!("{}{received}", words.received));
        let uncertain = self.uncertain.then(|| words.uncertain.to_owned());
        let replaced = self.replaced.then(|| words.replaced.to_owned());
        replaced.into_iter().chain(received).chain(uncertain).chain(self.changed.then(|| words.changed.to_owned()))
    }
}

impl Export {
    /// Replaces what could tell who somebody is, everywhere in it.
    pub fn replace(&mut self, with: &Replacements) {
        let put = |text: &mut String| with.apply(text).map(|replaced| *text = replaced);
        put(&mut self.title);
        for part in &mut self.parts {
            part.query.as_mut().and_then(put);
            part.verdict.as_mut().and_then(put);
            part.quotes.iter_mut().for_each(|entry| entry.replace(with));
        }
    }

    /// All texts that a reader of it sees.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        let parts = self.parts.iter().flat_map(|part| {
            let entries = part.quotes.iter().flat_map(|entry| {
                let who = entry.citation.interviewee.as_deref();
                who.into_iter().chain([entry.text.as_str(), entry.asked.as_str(), entry.title.as_str()])
            });
            part.query.as_deref().into_iter().chain(entries)
        });
        std::iter::once(self.title.as_str()).chain(parts)
    }

    /// Who is quoted.
    pub fn interviewees(&self) -> Vec<String> {
        let quotes = self.parts.iter().flat_map(|part| &part.quotes);
        let mut names: Vec<String> = quotes.filter_map(|entry| entry.citation.interviewee.clone()).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// If they cannot be written to memory.
    pub fn bytes(&self, format: ExportFormat, words: &ExportWords) -> Result<Vec<u8>, Error> {
        let bytes = match format {
            ExportFormat::Text => Ok(plain::all(self, words).into_bytes()),
            ExportFormat::Markdown => Ok(markdown::all(self, words).into_bytes()),
            ExportFormat::Html => Ok(html::all(self, words).into_bytes()),
            ExportFormat::Csv => table::all(self, words),
            ExportFormat::Docx => docx::all(self, words),
            ExportFormat::Json => serde_json::to_vec_pretty(self).map_err(std::io::Error::from),
        };
        bytes.map_err(Error::Export)
    }
}

/// Words on one line: a source may break a question over several lines.
fn one_line(words: &str) -> String {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The non-empty lines of a quote.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests;
