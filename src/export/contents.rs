//! What an export holds: quotes, each with everything needed to cite it. It knows no format.

use serde::Serialize;
use utoipa::ToSchema;

use crate::disclosure::Replacements;
use crate::error::Error;
use crate::i18n::ExportWords;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::quote::{self, Citation, Quote};
use crate::text::script::Display;
use crate::transcript::Span;

/// One quote with everything needed to cite it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = ExportEntry)]
pub struct ExportedQuote {
    /// The words, in the script of the display.
    pub text: String,
    /// The language of the words, as a BCP 47 tag; empty if unknown.
    pub lang: &'static str,
    /// The interviewer's question.
    pub asked: String,
    /// The title of the transcript.
    pub title: String,
    /// The probability that the words speak to the query, if there was a query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// Whether a word of the quote was damaged and is uncertain.
    pub uncertain: bool,
    /// Whether the source has changed since the quote was kept.
    pub changed: bool,
    /// Whether words were replaced by words in square brackets. If so, the quote is not verbatim.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub replaced: bool,
    /// The citation. Its permalink is absolute.
    pub citation: Citation,
    /// The restored words of the source, in their own script.
    #[serde(skip)]
    pub(super) original: String,
}

/// The quotes of one query, or the kept ones.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
#[schema(as = ExportPart)]
pub struct ExportPart {
    /// The query, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    /// The verdict, as a sentence that only counts answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<String>,
    /// The quotes.
    pub quotes: Vec<ExportedQuote>,
}

/// A kept quote that cannot be exported.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct LeftOut {
    /// The permalink of the quote.
    pub permalink: String,
    /// The reason why it cannot be exported, as a sentence.
    pub why: String,
}

/// One export.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Export {
    /// The heading.
    pub title: String,
    /// The quotes, grouped by query.
    pub parts: Vec<ExportPart>,
    /// The kept quotes that cannot be exported.
    pub left_out: Vec<LeftOut>,
    /// The method, if the export is a report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
}

/// How a report was made.
#[derive(Debug, Clone, Default, Serialize, ToSchema)]
pub struct Method {
    /// The heading.
    pub title: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
}

impl ExportedQuote {
    /// Makes an entry from words of an answer, after a check that the answer holds them.
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

    /// Makes an entry from a quote, in the script of its display.
    ///
    /// # Errors
    /// [`Error::Stale`] if its source does not hold them.
    pub fn of(corpus: &Corpus, quote: &Quote) -> Result<Self, Error> {
        quote.check(corpus)?;
        Ok(Self { score: Some(quote.score), ..Self::new(corpus, quote.place, quote.span, Some(quote.display))? })
    }

    /// Returns the entry with absolute addresses that begin with `origin`, such as `http://localhost:8080`.
    #[must_use]
    pub fn from_origin(mut self, origin: &str) -> Self {
        self.citation.permalink.insert_str(0, origin);
        self
    }

    /// Makes the replacements in the words and in everything around them.
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
        // In the received text, a damaged name may have a form that no replacement matches.
        put(&mut self.original);
        citation.received.clone_from(&self.original);
    }

    /// `Q1 · A3 · Name · “Title” · line 12 · 00:12:03–00:12:09`
    pub(super) fn source(&self, words: &ExportWords) -> String {
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

    /// The words as received, if a restoration changed them.
    pub(super) fn received(&self) -> Option<&str> {
        (self.citation.received != self.original).then_some(self.citation.received.as_str())
    }

    /// The notes that a reader must know, as sentences.
    pub(super) fn notes<'a>(&'a self, words: &'a ExportWords) -> impl Iterator<Item = String> + 'a {
        let received = self.received().map(|received| format!("{}{received}", words.received));
        let uncertain = self.uncertain.then(|| words.uncertain.to_owned());
        let replaced = self.replaced.then(|| words.replaced.to_owned());
        replaced.into_iter().chain(received).chain(uncertain).chain(self.changed.then(|| words.changed.to_owned()))
    }
}

impl Export {
    /// Replaces everything in the export that could reveal who somebody is.
    pub fn replace(&mut self, with: &Replacements) {
        let put = |text: &mut String| with.apply(text).map(|replaced| *text = replaced);
        put(&mut self.title);
        for part in &mut self.parts {
            part.query.as_mut().and_then(put);
            part.verdict.as_mut().and_then(put);
            part.quotes.iter_mut().for_each(|entry| entry.replace(with));
        }
    }

    /// All texts that a reader of the export sees.
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

    /// The names of the quoted interviewees, in order.
    pub fn interviewees(&self) -> Vec<String> {
        let quotes = self.parts.iter().flat_map(|part| &part.quotes);
        let mut names: Vec<String> = quotes.filter_map(|entry| entry.citation.interviewee.clone()).collect();
        names.sort();
        names.dedup();
        names
    }
}

/// Joins words into one line, because a source may break a question over several lines.
pub(super) fn one_line(words: &str) -> String {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The non-empty lines of a quote.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty())
}
