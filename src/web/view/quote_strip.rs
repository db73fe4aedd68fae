//! Where in a transcript the quotes of a turn lie: a strip to see at a glance, with a
//! link to each, the one before and the one after.

use super::address::Address;
use super::text::Text;
use crate::corpus::Corpus;
use crate::search::Reply;
use crate::transcript::Span;

/// The strip's width in its own units.
const WIDTH: usize = 1000;
/// A shorter quote could not be seen.
const NARROWEST: usize = 8;

/// All quotes of a turn, seen from one of its sources.
pub(super) struct Hits {
    pub(super) quotes: Vec<Hit>,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

/// One quote.
pub(super) struct Hit {
    /// As its card is numbered.
    pub(super) number: usize,
    pub(super) name: String,
    pub(super) href: String,
    pub(super) current: bool,
    /// Where it begins on the strip and how wide it is; `None` in another transcript.
    pub(super) at: Option<(usize, usize)>,
}

impl Hits {
    /// `None` where the turn has no other quote to go to.
    pub(super) fn of(
        corpus: &Corpus,
        text: &'static Text,
        address: &Address,
        turn: usize,
        reply: &Reply,
        (transcript, cited): (usize, Option<Span>),
    ) -> Option<Self> {
        let length = corpus.transcripts.get(transcript)?.text().len().max(1);
        let hit = |(i, quote): (usize, &crate::quote::Quote)| {
            let here = quote.place.transcript == transcript;
            let label = format!("{} · {}", quote.citation.question, quote.citation.answer);
            let label = match corpus.transcripts.get(quote.place.transcript) {
                Some(other) if !here => format!("{label}, {}", other.title),
                _ => label,
            };
            let width = (quote.span.len() * WIDTH / length).max(NARROWEST);
            Hit {
                number: i + 1,
                name: (text.turn.quote)(i + 1, &label),
                href: address.citation(quote, turn),
                current: here && Some(quote.span) == cited,
                at: here.then(|| ((quote.span.start() * WIDTH / length).min(WIDTH - width.min(WIDTH)), width)),
            }
        };
        let hits: Vec<Hit> = reply.quotes.iter().enumerate().map(hit).collect();
        let current = hits.iter().position(|hit| hit.current);
        let beside = |step: fn(usize) -> Option<usize>| Some(hits.get(step(current?)?)?.href.clone());
        let (previous, next) = (beside(|at| at.checked_sub(1)), beside(|at| at.checked_add(1)));
        (hits.len() > 1).then_some(Self { quotes: hits, previous, next })
    }
}
