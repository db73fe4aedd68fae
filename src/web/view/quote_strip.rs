//! A strip that shows where the quotes of a reply lie in a transcript, with links to each of them.

use super::evidence;
use crate::search::Reply;
use crate::transcript::Span;
use crate::web::context::PageContext;

/// The width of the strip in its own units.
const STRIP_WIDTH: usize = 1000;
/// The smallest visible width of a quote.
const MIN_QUOTE_WIDTH: usize = 8;

/// All quotes of a reply, seen from one of its sources.
pub(crate) struct QuoteStrip {
    pub(crate) quotes: Vec<QuotePosition>,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

/// One quote.
pub(crate) struct QuotePosition {
    /// The number of its card.
    pub(crate) number: usize,
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) current: bool,
    /// Its start and width on the strip; `None` in another transcript.
    pub(crate) at: Option<(usize, usize)>,
}

impl QuoteStrip {
    /// Makes the strip, or returns `None` if the reply has no other quote.
    pub(crate) fn of(
        context: PageContext<'_>,
        turn: usize,
        reply: &Reply,
        (transcript, cited): (usize, Option<Span>),
    ) -> Option<Self> {
        let PageContext { corpus, text, address } = context;
        let length = corpus.transcripts.get(transcript)?.text().len().max(1);
        let hit = |(i, quote): (usize, &crate::search::quote::Quote)| {
            let here = quote.place.transcript == transcript;
            let label = format!("{} · {}", quote.citation.question, quote.citation.answer);
            let label = match corpus.transcripts.get(quote.place.transcript) {
                Some(other) if !here => format!("{label}, {}", other.title),
                _ => label,
            };
            let width = (quote.span.len() * STRIP_WIDTH / length).max(MIN_QUOTE_WIDTH);
            QuotePosition {
                number: i + 1,
                name: (text.turn.quote)(i + 1, &label),
                href: address.citation(quote, turn),
                current: here && Some(quote.span) == cited,
                at: here.then(|| {
                    ((quote.span.start() * STRIP_WIDTH / length).min(STRIP_WIDTH - width.min(STRIP_WIDTH)), width)
                }),
            }
        };
        let hits: Vec<QuotePosition> =
            evidence::shown_order(reply).into_iter().map(|at| &reply.quotes[at]).enumerate().map(hit).collect();
        let current = hits.iter().position(|hit| hit.current);
        let beside = |step: fn(usize) -> Option<usize>| Some(hits.get(step(current?)?)?.href.clone());
        let (previous, next) = (beside(|at| at.checked_sub(1)), beside(|at| at.checked_add(1)));
        (hits.len() > 1).then_some(Self { quotes: hits, previous, next })
    }
}
