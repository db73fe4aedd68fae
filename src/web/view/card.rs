//! A quote with everything needed to cite it, as a card.

use super::highlight::Highlight;
use super::kept_quote::QuoteActions;
use super::page::display_of;
use super::quote_view::{QuoteView, ShownPlace};
use super::surroundings::Surroundings;
use crate::error::Error;
use crate::search::Verdict;
use crate::search::quote::{Permalink, Quote};
use crate::web::context::PageContext;
use crate::web::problem::WebProblem;

/// A quote with everything needed to cite it.
pub(crate) struct Card {
    pub(crate) quote: QuoteView,
    /// 1-based within its turn.
    pub(crate) number: usize,
    /// Its place on the page, and the name of its number.
    pub(crate) anchor: String,
    pub(crate) name: String,
    /// The text just before and after it.
    pub(crate) around: Surroundings,
    /// Whether this quote is only related, because no answer speaks to the query.
    pub(crate) only_related: bool,
    /// The score in words, and in percent.
    pub(crate) score: &'static str,
    pub(crate) percent: u8,
    /// The forms for copying and keeping it.
    pub(crate) take: QuoteActions,
    /// The date from the text of the interview.
    pub(crate) date: Option<String>,
    /// Other places with the same words.
    pub(crate) also: Vec<String>,
    /// The reasons why it does not stand alone, as sentences.
    pub(crate) cautions: Vec<&'static str>,
}

impl Card {
    pub(super) fn new(
        context: PageContext<'_>,
        (turn, number): (usize, usize),
        verdict: Verdict,
        quote: &Quote,
    ) -> Result<Self, WebProblem> {
        let PageContext { corpus, text, address } = context;
        quote.check(corpus)?;
        let citation = &quote.citation;
        let stale = || Error::Stale(format!("{} · {}", citation.question, citation.answer));
        let (transcript, _, answer) = corpus.answer(quote.place).ok_or_else(stale)?;
        let highlight = Highlight { marked: Some(quote.marked_span), ..Highlight::default() };
        let shown = ShownPlace { place: quote.place, span: quote.span, display: quote.display, highlight };
        let view = QuoteView::new(context, shown, citation, address.citation(quote, turn))?;
        Ok(Self {
            number,
            anchor: format!("turn-{turn}-quote-{number}"),
            name: (text.turn.quote)(number, &view.label),
            quote: view,
            around: Surroundings::of(
                transcript,
                corpus.view(quote.place.transcript, quote.display),
                answer,
                quote.span,
            ),
            also: quote
                .also
                .iter()
                .map(|also| format!("{} · {} · {}", also.transcript, also.question, also.answer))
                .collect(),
            cautions: quote.cautions.iter().map(|caution| (text.cautioned)(*caution)).collect(),
            only_related: verdict != Verdict::Said,
            score: text.score.word(quote.score),
            percent: percent(quote.score),
            take: QuoteActions::new(address, &Permalink::of(transcript, quote.span)),
            date: date(context, quote.place.transcript),
        })
    }
}

/// Returns a probability in percent. It is never 100, and 50 only if the verdict is `said`.
pub(crate) fn percent(score: f64) -> u8 {
    let most = if score < 0.5 { 0.49 } else { 0.99 };
    (score.clamp(0.0, most) * 100.0).round() as u8
}

/// Returns the date of an interview, as written in its text.
pub(crate) fn date(context: PageContext<'_>, transcript: usize) -> Option<String> {
    let PageContext { corpus, address, .. } = context;
    let of = &corpus.transcripts[transcript];
    let told = of.told_date()?;
    let view = corpus.view(transcript, display_of(of.script, address.display()));
    Some(view.words(told.range()).to_owned())
}
