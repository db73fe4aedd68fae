//! The words of a quote with their citation: the same on the card of a reply, on the page of a permalink and in the
//! collection.

use super::highlight::{self, Highlight, Segment};
use super::page::lang_as_shown;
use super::play::Play;
use crate::error::Error;
use crate::retrieval::corpus::AnswerPlace;
use crate::search::quote::Citation;
use crate::text::script::Display;
use crate::transcript::Span;
use crate::web::context::PageContext;

/// The words of a quote with their citation.
pub(crate) struct QuoteView {
    /// `Q1 · A2`
    pub(crate) label: String,
    pub(crate) interviewee: Option<String>,
    /// Whether the speaker may be the interviewer.
    pub(crate) undecided: bool,
    pub(crate) lang: &'static str,
    pub(crate) paragraphs: Vec<Vec<Segment>>,
    /// Whether a word of it was damaged and is uncertain.
    pub(crate) uncertain: bool,
    /// The words as received, if they differ.
    pub(crate) received: Option<String>,
    /// The title of the interview.
    pub(crate) title: String,
    pub(crate) line: String,
    /// Its time, if the source has times.
    pub(crate) time: Option<String>,
    /// The link that plays it, where there is a recording.
    pub(crate) play: Option<Play>,
    /// Where it stands in its source.
    pub(crate) href: String,
}

/// A place that says something, and the way to show it.
#[derive(Clone, Copy)]
pub(super) struct ShownPlace {
    pub(super) place: AnswerPlace,
    pub(super) span: Span,
    pub(super) display: Display,
    pub(super) highlight: Highlight,
}

impl QuoteView {
    /// Makes the view of cited words. `href` leads to them.
    ///
    /// # Errors
    /// If the place is in no answer.
    pub(super) fn new(
        context: PageContext<'_>,
        shown: ShownPlace,
        citation: &Citation,
        href: String,
    ) -> Result<Self, Error> {
        let PageContext { corpus, text, .. } = context;
        let ShownPlace { place, span, display, highlight } = shown;
        let label = format!("{} · {}", citation.question, citation.answer);
        let (transcript, _, answer) = corpus.answer(place).ok_or_else(|| Error::Stale(label.clone()))?;
        let view = corpus.view(place.transcript, display);
        let paragraphs = highlight::paragraphs(transcript, view, span, highlight);
        Ok(Self {
            label,
            interviewee: citation.interviewee.clone(),
            undecided: citation.role.is_some(),
            lang: lang_as_shown(view.words(span.range()), transcript.script, display),
            uncertain: paragraphs.iter().flatten().any(Segment::is_uncertain),
            paragraphs,
            received: (citation.received != transcript.words(span)).then(|| citation.received.clone()),
            title: transcript.title.clone(),
            line: (text.line)(citation.line),
            time: citation.when(),
            play: Play::recorded(corpus, transcript, answer, span),
            href,
        })
    }
}
