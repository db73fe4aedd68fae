//! A quote without a query, as permalinks and the collection show it, or what became of it.

use axum::http::StatusCode;

use super::highlight::Highlight;
use super::page::display_of;
use super::quote_view::{QuoteView, ShownPlace};
use crate::export::ExportedQuote;
use crate::i18n::Messages;
use crate::retrieval::corpus::AnswerPlace;
use crate::search::quote::{Permalink, Resolution, cite};
use crate::text::script::Script;
use crate::transcript::Span;
use crate::web::context::PageContext;
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
    pub(crate) sentence: &'static str,
    /// The words, if they may be shown.
    pub(crate) found: Option<FoundQuote>,
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

/// The words that a permalink cites, as they stand now.
pub(crate) struct FoundQuote {
    pub(crate) quote: QuoteView,
    /// The question that they answer.
    pub(crate) question: String,
    /// The script, for the switch.
    pub(crate) script: Script,
    /// The same quote, for copying.
    pub(crate) entry: ExportedQuote,
}

impl QuoteActions {
    pub(crate) fn new(address: &Address, permalink: &Permalink) -> Self {
        let kinds = ["text", "markdown", "html"].map(|kind| address.permalink(permalink, Some(kind)));
        let key = permalink.to_string();
        Self { permalink: address.permalink(permalink, None), tag: address.to_tag(&key, None), key, kinds }
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

    fn sentence(self, text: &'static Messages) -> &'static str {
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
    pub(crate) fn find(context: PageContext<'_>, permalink: &str) -> Result<Self, WebProblem> {
        let PageContext { corpus, text, address } = context;
        let parsed = permalink.parse::<Permalink>().ok();
        let resolved = parsed.as_ref().map(|permalink| permalink.find(corpus));
        let source =
            |transcript: usize| Some(address.script_only().source(&corpus.transcripts[transcript].source_sha256));
        let found = |place, span| FoundQuote::new(context, place, span).map(Some);
        let (outcome, found, source) = match resolved {
            None => (QuoteState::NoPermalink, None, None),
            Some(Resolution::Here(place, span)) => (QuoteState::Here, found(place, span)?, None),
            Some(Resolution::Elsewhere(place, span)) => (QuoteState::Elsewhere, found(place, span)?, None),
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
            sentence: outcome.sentence(text),
            found,
            source,
        };
        if let (QuoteState::Elsewhere, Some(found)) = (outcome, &mut quoted.found) {
            found.entry.changed = true;
        }
        Ok(quoted)
    }
}

impl FoundQuote {
    fn new(context: PageContext<'_>, place: AnswerPlace, span: Span) -> Result<Self, WebProblem> {
        let PageContext { corpus, address, .. } = context;
        let citation = cite(corpus, place, span)?;
        let script = corpus.transcripts[place.transcript].script;
        let display = display_of(script, address.display());
        let shown = ShownPlace { place, span, display, highlight: Highlight::default() };
        let quote = QuoteView::new(context, shown, &citation, address.source_of(&citation))?;
        let mut entry = ExportedQuote::new(corpus, place, span, address.display())?;
        entry.lang = quote.lang;
        Ok(Self { quote, question: entry.asked.clone(), script, entry })
    }
}
