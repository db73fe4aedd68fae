//! A quote without a query, as permalinks and the collection show it, or what became of it.

use axum::http::StatusCode;

use super::highlight::{self, Highlight, Segment};
use super::page::{display_of, lang_as_shown};
use super::play::Play;
use crate::export::ExportedQuote;
use crate::i18n::Messages;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::quote::{Permalink, Resolution, cite};
use crate::text::script::{Display, Script};
use crate::transcript::Span;
use crate::web::http::address::Address;
use crate::web::problem::WebProblem;

/// The target of a permalink.
pub(crate) struct KeptQuote {
    /// Its address, as kept.
    pub(crate) key: String,
    /// The forms for copying it, if the address is valid.
    pub(crate) take: Option<QuoteActions>,
    pub(crate) outcome: QuoteState,
    /// The state of the words, as a sentence.
    pub(crate) told: &'static str,
    /// The words, if they may be shown.
    pub(crate) slip: Option<QuoteView>,
    /// The present source, if the words are not in it.
    pub(crate) source: Option<String>,
}

/// The state of the words that a permalink cites.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteState {
    Here,
    Elsewhere,
    Changed,
    Unsaid,
    Withdrawn,
    Gone,
    /// The words may be in a transcript that is not ready.
    NotRead,
    NoPermalink,
}

/// The forms for copying a quote, by address.
pub(crate) struct QuoteActions {
    pub(crate) permalink: String,
    /// The permalink without the chosen script. This one is kept.
    pub(crate) key: String,
    /// The addresses of the quote as plain text, Markdown and HTML.
    pub(crate) kinds: [String; 3],
    /// Where it gets tags.
    pub(crate) tag: String,
}

/// The words with their citation.
pub(crate) struct QuoteView {
    /// `Q1 · A2`
    pub(crate) label: String,
    pub(crate) interviewee: Option<String>,
    /// Whether the speaker may be the interviewer.
    pub(crate) undecided: bool,
    pub(crate) question: String,
    pub(crate) lang: &'static str,
    pub(crate) paragraphs: Vec<Vec<Segment>>,
    pub(crate) href: String,
    pub(crate) title: String,
    pub(crate) line: String,
    pub(crate) time: Option<String>,
    /// The link that plays it, where there is a recording.
    pub(crate) play: Option<Play>,
    pub(crate) received: Option<String>,
    pub(crate) uncertain: bool,
    /// The script, for the switch.
    pub(crate) script: Script,
    /// The same quote, for copying.
    pub(crate) entry: ExportedQuote,
}

impl QuoteActions {
    pub(crate) fn new(address: &Address, permalink: &Permalink) -> Self {
        let kinds = ["text", "markdown", "html"].map(|kind| address.taken(permalink, Some(kind)));
        let key = permalink.to_string();
        Self { permalink: address.taken(permalink, None), tag: address.to_tag(&key, None), key, kinds }
    }
}

impl QuoteState {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::Here | Self::Elsewhere => StatusCode::OK,
            Self::Changed | Self::Unsaid | Self::Gone => StatusCode::NOT_FOUND,
            Self::Withdrawn => StatusCode::GONE,
            Self::NotRead => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoPermalink => StatusCode::BAD_REQUEST,
        }
    }

    fn told(self, text: &'static Messages) -> &'static str {
        let words = text.collection;
        match self {
            Self::Here => words.here,
            Self::Elsewhere => words.elsewhere,
            Self::Changed => words.changed,
            Self::Unsaid => words.unsaid,
            Self::Withdrawn => words.withdrawn,
            Self::Gone => words.gone,
            Self::NotRead => text.pending.quote,
            Self::NoPermalink => words.no_permalink,
        }
    }
}

impl KeptQuote {
    /// Finds the words of a permalink.
    ///
    /// # Errors
    /// If the words do not match their source.
    pub(crate) fn find(
        corpus: &Corpus,
        text: &'static Messages,
        address: &Address,
        permalink: &str,
    ) -> Result<Self, WebProblem> {
        let parsed = permalink.parse::<Permalink>().ok();
        let found = parsed.as_ref().map(|permalink| permalink.find(corpus));
        let source = |transcript: usize| Some(address.bare().source(&corpus.transcripts[transcript].source_sha256));
        let slip = |place, span| QuoteView::new(corpus, text, address, place, span).map(Some);
        let (outcome, slip, source) = match found {
            None => (QuoteState::NoPermalink, None, None),
            Some(Resolution::Here(place, span)) => (QuoteState::Here, slip(place, span)?, None),
            Some(Resolution::Elsewhere(place, span)) => (QuoteState::Elsewhere, slip(place, span)?, None),
            Some(Resolution::Changed { transcript }) => (QuoteState::Changed, None, source(transcript)),
            Some(Resolution::Unsaid { transcript }) => (QuoteState::Unsaid, None, source(transcript)),
            Some(Resolution::Withdrawn) => (QuoteState::Withdrawn, None, None),
            Some(Resolution::Gone) if corpus.coming() > 0 => (QuoteState::NotRead, None, None),
            Some(Resolution::Gone) => (QuoteState::Gone, None, None),
        };
        let mut quoted = Self {
            key: permalink.to_owned(),
            take: parsed.map(|permalink| QuoteActions::new(address, &permalink)),
            outcome,
            told: outcome.told(text),
            slip,
            source,
        };
        if let (QuoteState::Elsewhere, Some(slip)) = (outcome, &mut quoted.slip) {
            slip.entry.changed = true;
        }
        Ok(quoted)
    }
}

impl QuoteView {
    fn new(
        corpus: &Corpus,
        text: &'static Messages,
        address: &Address,
        place: AnswerPlace,
        span: Span,
    ) -> Result<Self, WebProblem> {
        let display = address.display();
        let citation = cite(corpus, place, span)?;
        let transcript = &*corpus.transcripts[place.transcript];
        let shown: Display = display_of(transcript.script, display);
        let view = corpus.view(place.transcript, shown);
        let paragraphs = highlight::paragraphs(transcript, view, span, Highlight::default());
        let mut entry = ExportedQuote::new(corpus, place, span, display)?;
        entry.lang = lang_as_shown(&entry.text, transcript.script, shown);
        Ok(Self {
            label: format!("{} · {}", citation.question, citation.answer),
            interviewee: citation.interviewee.clone(),
            undecided: citation.role.is_some(),
            question: entry.asked.clone(),
            lang: entry.lang,
            paragraphs,
            href: address.at(&citation),
            title: transcript.title.clone(),
            line: (text.line)(citation.line),
            time: citation.when(),
            play: transcript.at(place.at).and_then(|(_, answer)| Play::recorded(corpus, transcript, answer, span)),
            received: (citation.received != transcript.words(span)).then(|| citation.received.clone()),
            uncertain: entry.uncertain,
            script: transcript.script,
            entry,
        })
    }
}
