//! Hits → quotes and citations. Slices what the source says; never rewrites.

use serde::Serialize;

use crate::corpus::{Corpus, Hit, Place};
use crate::error::Error;
use crate::index::dot;
use crate::lexical;
use crate::passage;
use crate::script::{Display, View};
use crate::transcript::{Span, Transcript};

/// A verbatim span of one answer, with the part that speaks to the query marked.
#[derive(Debug, Clone, Serialize)]
pub struct Quote {
    /// The words, in the display script.
    pub text: String,
    /// UTF-8 byte range of `text` that speaks to the query.
    pub marked: (usize, usize),
    /// Probability, 0 to 1 in steps of 0.001, that the quote speaks to the query.
    pub score: f64,
    /// Where the source says it.
    pub citation: Citation,
    /// Where it is in the corpus; for the page.
    #[serde(skip)]
    pub place: Place,
    /// `text` as a span of the restored text.
    #[serde(skip)]
    pub span: Span,
    /// The marked part as a span of the restored text.
    #[serde(skip)]
    pub marked_span: Span,
    /// The script that `text` is shown in.
    #[serde(skip)]
    pub display: Display,
}

/// The place in a source that a quote is from.
#[derive(Debug, Clone, Serialize)]
pub struct Citation {
    /// The transcript's name.
    pub transcript: String,
    /// `Q1`
    pub question: String,
    /// `A2`
    pub answer: String,
    /// The speaker, where the source names one.
    pub interviewee: Option<String>,
    /// 1-based line of the source that the quote begins on.
    pub line: usize,
    /// First byte in the restored text.
    pub start: usize,
    /// One past the last byte in the restored text.
    pub end: usize,
    /// SHA-256 of the source as received.
    pub source_sha256: String,
    /// The same words as they were received, before any restoration.
    pub received: String,
}

/// Makes the quote for a hit and checks it against its source.
///
/// # Errors
/// [`Error::Stale`] when the quote would not be what the source says.
pub fn quote(corpus: &Corpus, query: &str, hit: &Hit, display: Option<Display>) -> Result<Quote, Error> {
    let stale = || Error::Stale(format!("passage {}", hit.passage));
    let place = *corpus.answers.get(hit.answer).ok_or_else(stale)?;
    let span = *corpus.passages.get(hit.passage).ok_or_else(stale)?;
    let (transcript, question, answer) = corpus.answer(place).ok_or_else(stale)?;
    let display = display.unwrap_or(transcript.script.default_display());
    let view = corpus.view(place.transcript, display);
    let shown = view.view_range(span.range());
    let marked_span = speaking_part(corpus, query, transcript, span)?;
    let marked = view.view_range(marked_span.range());
    let received = transcript.restored.received_range(span.range());
    let quote = Quote {
        text: view.text().get(shown.clone()).ok_or_else(stale)?.to_owned(),
        marked: (marked.start - shown.start, marked.end - shown.start),
        score: (f64::from(hit.score) * 1000.0).round() / 1000.0,
        citation: Citation {
            transcript: transcript.name.clone(),
            question: question.label.clone(),
            answer: answer.label.clone(),
            interviewee: answer.interviewee.clone(),
            line: transcript.line_of(span.start()),
            start: span.start(),
            end: span.end(),
            source_sha256: transcript.source_sha256.clone(),
            received: transcript.restored.received().get(received).ok_or_else(stale)?.to_owned(),
        },
        place,
        span,
        marked_span,
        display,
    };
    quote.check(corpus)?;
    Ok(quote)
}

impl Quote {
    /// Proves the quote: its words are those of one stretch of its answer, at
    /// its span, in the source with its hash.
    ///
    /// # Errors
    /// [`Error::Stale`] when they are not.
    pub fn check(&self, corpus: &Corpus) -> Result<(), Error> {
        let stale = || Error::Stale(format!("{} · {}", self.citation.question, self.citation.answer));
        let (transcript, _, answer) = corpus.answer(self.place).ok_or_else(stale)?;
        let said = self.span.of_text(transcript.text()).ok_or_else(stale)?;
        let shown = corpus.view(self.place.transcript, self.display).words(self.span.range());
        let holds = transcript.source_sha256 == self.citation.source_sha256
            && answer.stretches.iter().any(|stretch| stretch.contains(self.span))
            && self.span.contains(self.marked_span)
            && self.text == shown
            && self.text.get(self.marked.0..self.marked.1).is_some()
            && (self.display != Display::Original || self.text == said);
        holds.then_some(()).ok_or_else(stale)
    }
}

/// The sentence of a passage that is nearest to the query in meaning and words.
fn speaking_part(corpus: &Corpus, query: &str, transcript: &Transcript, passage: Span) -> Result<Span, Error> {
    let text = transcript.text();
    let sentences = passage::sentences(text, passage, &transcript.unrestored());
    if sentences.len() < 2 {
        return Ok(sentences.first().copied().unwrap_or(passage));
    }
    let words: Vec<&str> = sentences.iter().map(|span| span.of_text(text).unwrap_or_default()).collect();
    let query_vector = corpus.encoder.embed_one(query)?;
    let vectors = corpus.encoder.embed(&words)?;
    let folded = View::folded(query).into_text();
    let terms: Vec<String> = lexical::content_terms(&folded).into_iter().map(|term| term.text).collect();
    let nearest = (0..sentences.len()).max_by(|a, b| {
        let score = |i: usize| dot(&vectors[i], &query_vector) + shared(&terms, words[i]);
        score(*a).total_cmp(&score(*b)).then(b.cmp(a))
    });
    Ok(nearest.map_or(passage, |i| sentences[i]))
}

/// The share of the query's terms that a sentence holds.
fn shared(terms: &[String], sentence: &str) -> f32 {
    let folded = View::folded(sentence).into_text();
    let held: Vec<String> = lexical::terms(&folded).into_iter().map(|term| term.text).collect();
    terms.iter().filter(|term| held.contains(term)).count() as f32 / terms.len().max(1) as f32
}

#[cfg(test)]
mod tests;
