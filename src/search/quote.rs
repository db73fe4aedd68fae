//! Hits → quotes and citations. A quote is always a slice of the source.

mod expand_context;
mod highlight;
mod role;

use serde::Serialize;
use utoipa::ToSchema;

use super::query::PreparedQuery;
use crate::error::Error;
use crate::retrieval::corpus::{AnswerPlace, Corpus, Hit};
use crate::retrieval::passage;
pub use crate::retrieval::permalink::{BadPermalink, PREFIX as PERMALINK, Permalink, Resolution};
use crate::text::find::{find, folded};
use crate::text::ranges::overlap;
use crate::text::script::Display;
use crate::transcript::{Span, SpeakerRole, Timing, Transcript};
pub use expand_context::Caution;
use highlight::{HighlightCandidates, ReadPassage};

/// A verbatim span of one answer, with the part that speaks to the query marked.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Quote {
    /// The words, in the display script.
    pub text: String,
    /// The UTF-8 byte range of `text` that speaks to the query.
    pub marked: (usize, usize),
    /// The UTF-8 byte ranges of `text` that are words of the query in any form, in ascending order and without overlap.
    pub terms: Vec<(usize, usize)>,
    /// The probability, 0 to 1 in steps of 0.001, that the quote speaks to the query.
    pub score: f64,
    /// The reasons why the quote does not stand alone, if any.
    pub cautions: Vec<Caution>,
    /// The citation.
    pub citation: Citation,
    /// The citations of the same answer in other transcripts, word for word.
    pub also: Vec<Citation>,
    /// The place of the answer in the corpus, for the page.
    #[serde(skip)]
    pub place: AnswerPlace,
    /// The span of `text` in the restored text.
    #[serde(skip)]
    pub span: Span,
    /// The span of the marked part in the restored text.
    #[serde(skip)]
    pub marked_span: Span,
    /// The script of `text`.
    #[serde(skip)]
    pub display: Display,
}

/// The place of a quote in a source.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Citation {
    /// The name of the transcript.
    pub transcript: String,
    /// The label of the question, such as `Q1`.
    pub question: String,
    /// The label of the answer, such as `A2`.
    pub answer: String,
    /// The name of the speaker, if the source has it.
    pub interviewee: Option<String>,
    /// `undecided` if the speaker may be the interviewer. Otherwise it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<SpeakerRole>,
    /// The line of the source on which the quote begins, from 1.
    pub line: usize,
    /// The first byte in the restored text.
    pub start: usize,
    /// One past the last byte in the restored text.
    pub end: usize,
    /// The SHA-256 of the source as received.
    pub source_sha256: String,
    /// The words as received, before any restoration.
    pub received: String,
    /// The time, such as `00:12:03`, if the source has times.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub time: Option<String>,
    /// The time in milliseconds. It includes the end of the last word if the source has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
    /// The permalink, `/q/…`. It survives a new version of the source.
    pub permalink: String,
}

/// Makes the quote for a hit and checks it against its source.
///
/// # Errors
/// [`Error::Stale`] if the quote does not match its source, or an error if the encoder fails.
pub fn quote(corpus: &Corpus, words: &str, hit: &Hit, display: Option<Display>) -> Result<Quote, Error> {
    let query = PreparedQuery::of_words(&corpus.encoder, words)?;
    let stale = || Error::Stale(format!("passage {}", hit.passage));
    quotes(corpus, &query, &[*hit], display)?.pop().ok_or_else(stale)
}

/// Makes the quotes for hits, in their order. Each is checked against its source.
///
/// # Errors
/// [`Error::Stale`] if a quote does not match its source, or an error if the encoder fails.
pub fn quotes(
    corpus: &Corpus,
    query: &PreparedQuery,
    hits: &[Hit],
    display: Option<Display>,
) -> Result<Vec<Quote>, Error> {
    let drafts = hits.iter().map(|hit| Draft::new(corpus, query, hit)).collect::<Result<Vec<_>, _>>()?;
    let choices: Vec<HighlightCandidates<'_>> = drafts
        .iter()
        .map(|draft| HighlightCandidates {
            text: draft.transcript.text(),
            parts: draft.sentences(corpus),
            read: draft.read(corpus),
        })
        .collect();
    let marked = highlight::speaking_parts(corpus, query, &choices)?;
    drafts
        .into_iter()
        .zip(marked)
        .map(|(draft, marked)| draft.holding(corpus, marked).finish(corpus, query, marked, display))
        .collect()
}

/// Returns the citation of some words of an answer.
///
/// # Errors
/// [`Error::Stale`] if the source does not hold the words.
pub fn cite(corpus: &Corpus, place: AnswerPlace, span: Span) -> Result<Citation, Error> {
    let stale = || Error::Stale(format!("{}-{}", span.start(), span.end()));
    let (transcript, question, answer) = corpus.answer(place).ok_or_else(stale)?;
    let received = transcript.restored.received_range(span.range());
    let timing = transcript.timing_of(answer, span);
    Ok(Citation {
        transcript: transcript.name.clone(),
        question: question.label.clone(),
        answer: answer.label.clone(),
        interviewee: answer.interviewee.clone(),
        role: answer.undecided.then_some(SpeakerRole::Undecided),
        line: transcript.line_of(span.start()),
        start: span.start(),
        end: span.end(),
        source_sha256: transcript.source_sha256.clone(),
        received: transcript.restored.received().get(received).ok_or_else(stale)?.to_owned(),
        time: timing.map(|timing| timing.start()),
        timing,
        permalink: Permalink::of(transcript, span).to_string(),
    })
}

impl Citation {
    /// Returns the time span for a person to read.
    pub fn when(&self) -> Option<String> {
        self.timing.map(|timing| timing.to_string()).or_else(|| self.time.clone())
    }
}

/// A quote before highlighting.
struct Draft<'a> {
    hit: Hit,
    place: AnswerPlace,
    transcript: &'a Transcript,
    /// The passage of the hit.
    core: Span,
    /// The whole quote.
    span: Span,
    cautions: Vec<Caution>,
}

impl<'a> Draft<'a> {
    fn new(corpus: &'a Corpus, query: &PreparedQuery, hit: &Hit) -> Result<Self, Error> {
        let stale = || Error::Stale(format!("passage {}", hit.passage));
        let place = *corpus.answers.get(hit.answer).ok_or_else(stale)?;
        let passage = *corpus.passages.get(hit.passage).ok_or_else(stale)?;
        let (transcript, _, answer) = corpus.answer(place).ok_or_else(stale)?;
        let intact = transcript.unrestored();
        let core = with_phrases(corpus, &query.query.phrases, place, &answer.stretches, passage);
        let (span, cautions) = expand_context::whole(transcript.text(), &answer.stretches, core, &intact);
        Ok(Self { hit: *hit, place, transcript, core, span, cautions })
    }

    /// Returns the sentences that may hold the clause that answers. They begin with the passage. They include later
    /// sentences that the judge reads with the passage, as far as a quote may hold them.
    fn sentences(&self, corpus: &Corpus) -> Vec<Span> {
        let text = self.transcript.text();
        let intact = self.transcript.unrestored();
        let end = self.read(corpus).map_or(0, |read| read.begins + read.passage.words.len()).max(self.span.end());
        let stretch = self.stretches(corpus).iter().copied().find(|stretch| stretch.contains(self.core));
        let mut sentences = passage::sentences(text, stretch.unwrap_or(self.span), &intact);
        sentences.retain(|sentence| self.core.start() < sentence.end() && sentence.start() < end);
        sentences.retain(|sentence| {
            sentence.start() < self.span.end() || expand_context::may_hold(text, self.core.through(*sentence))
        });
        if sentences.is_empty() { vec![self.core] } else { sentences }
    }

    fn stretches(&self, corpus: &'a Corpus) -> &'a [Span] {
        corpus.answer(self.place).map_or(&[], |(_, _, answer)| &answer.stretches)
    }

    /// Returns the draft, extended to hold the clause that answers.
    fn holding(mut self, corpus: &'a Corpus, marked: Option<Span>) -> Self {
        let Some(marked) = marked.filter(|marked| !self.span.contains(*marked)) else { return self };
        let intact = self.transcript.unrestored();
        let core = self.core.through(marked);
        let (span, cautions) = expand_context::whole(self.transcript.text(), self.stretches(corpus), core, &intact);
        (self.core, self.span, self.cautions) = (core, span, cautions);
        self
    }

    /// Returns what the judge reads of the answer for this passage, and where that text begins in the transcript.
    fn read(&self, corpus: &'a Corpus) -> Option<ReadPassage<'a>> {
        let passage = corpus.index.judge_passage(self.hit.passage)?;
        let window = corpus.index.texts.windows.get(self.hit.passage)?;
        let (_, _, answer) = corpus.answer(self.place)?;
        // The judge reads the stretches of the answer, one on each line.
        let mut before = 0;
        for stretch in &answer.stretches {
            if stretch.contains(self.core) {
                let begins = (stretch.start() + window.start).checked_sub(before)?;
                return Some(ReadPassage { passage, begins });
            }
            before += stretch.range().len() + 1;
        }
        None
    }

    fn finish(
        self,
        corpus: &Corpus,
        query: &PreparedQuery,
        marked: Option<Span>,
        display: Option<Display>,
    ) -> Result<Quote, Error> {
        let stale = || Error::Stale(format!("passage {}", self.hit.passage));
        let display = display.unwrap_or(self.transcript.script.default_display());
        let view = corpus.view(self.place.transcript, display);
        let shown = view.view_range(self.span.range());
        let marked_span = marked.unwrap_or(self.core);
        let marked = view.view_range(marked_span.range());
        let text = view.text().get(shown.clone()).ok_or_else(stale)?.to_owned();
        let quote = Quote {
            terms: highlight::terms_in(query, &text),
            text,
            marked: (marked.start - shown.start, marked.end - shown.start),
            score: (f64::from(self.hit.score) * 1000.0).round() / 1000.0,
            cautions: self.cautions,
            citation: cite(corpus, self.place, self.span)?,
            also: Vec::new(),
            place: self.place,
            span: self.span,
            marked_span,
            display,
        };
        quote.check(corpus)?;
        Ok(quote)
    }
}

/// Returns a passage, extended to hold whole phrases that cross its edge.
fn with_phrases(corpus: &Corpus, phrases: &[String], place: AnswerPlace, stretches: &[Span], passage: Span) -> Span {
    let stretch = stretches.iter().find(|stretch| stretch.contains(passage));
    // Folding a whole transcript is slow the first time.
    let Some(stretch) = stretch.filter(|_| !phrases.is_empty()) else { return passage };
    let folded_view = corpus.folded(place.transcript);
    let mut grown = passage;
    for phrase in phrases.iter().map(|phrase| folded(phrase)) {
        let inside = |span: Span| find(folded_view.words(span.range()), &phrase);
        if !inside(grown).is_empty() {
            continue;
        }
        let base = folded_view.view_range(stretch.range()).start;
        let spans = inside(*stretch).into_iter().filter_map(|range| {
            let source = folded_view.source_range(base + range.start..base + range.end);
            Span::new(corpus.transcripts[place.transcript].text(), source).filter(|span| stretch.contains(*span))
        });
        let nearest = spans.min_by_key(|span| span.start().abs_diff(grown.start()));
        if let Some(held) = nearest.filter(|held| overlap(&held.range(), &grown.range())) {
            grown = if held.start() < grown.start() { held.through(grown) } else { grown.through(held) };
        }
    }
    grown
}

impl Quote {
    /// Checks the quote. Its words must stand at its span, in one stretch of its answer, in the source with its hash.
    ///
    /// # Errors
    /// [`Error::Stale`] if the check fails.
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
            && self.terms.iter().all(|term| self.text.get(term.0..term.1).is_some())
            && (self.display != Display::Original || self.text == said);
        holds.then_some(()).ok_or_else(stale)
    }
}

#[cfg(test)]
mod tests;
