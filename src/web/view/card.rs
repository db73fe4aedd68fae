//! A quote with everything needed to cite it, as a card.

use super::highlight::{self, Highlight, Segment};
use super::kept_quote::QuoteActions;
use super::page::{display_of, lang_as_shown};
use super::play::Play;
use super::surroundings::Surroundings;
use crate::error::Error;
use crate::i18n::Messages;
use crate::retrieval::corpus::Corpus;
use crate::search::Verdict;
use crate::search::quote::{Permalink, Quote};
use crate::web::http::address::Address;
use crate::web::problem::WebProblem;

/// A quote with everything needed to cite it.
pub(crate) struct Card {
    /// 1-based within its turn.
    pub(crate) number: usize,
    /// Its place on the page, and the name of its number.
    pub(crate) anchor: String,
    pub(crate) name: String,
    /// `Q1 · A2`
    pub(crate) label: String,
    pub(crate) interviewee: Option<String>,
    /// Whether the speaker may be the interviewer.
    pub(crate) undecided: bool,
    pub(crate) lang: &'static str,
    pub(crate) paragraphs: Vec<Vec<Segment>>,
    /// The text just before and after it.
    pub(crate) around: Surroundings,
    /// Its time, if the source has times.
    pub(crate) time: Option<String>,
    /// The link that plays it, where there is a recording.
    pub(crate) play: Option<Play>,
    /// Whether this quote is only related, because no answer speaks to the query.
    pub(crate) only_related: bool,
    /// The score in words, and in percent.
    pub(crate) score: &'static str,
    pub(crate) percent: u8,
    pub(crate) href: String,
    /// The forms for copying and keeping it.
    pub(crate) take: QuoteActions,
    pub(crate) title: String,
    /// The date from the text of the interview.
    pub(crate) date: Option<String>,
    pub(crate) line: String,
    /// The words as received, if they differ.
    pub(crate) received: Option<String>,
    /// Whether a word of it was damaged and is uncertain.
    pub(crate) uncertain: bool,
    /// Other places with the same words.
    pub(crate) also: Vec<String>,
    /// The reasons why it does not stand alone, as sentences.
    pub(crate) cautions: Vec<&'static str>,
}

impl Card {
    pub(super) fn new(
        corpus: &Corpus,
        text: &'static Messages,
        address: &Address,
        (turn, number): (usize, usize),
        verdict: Verdict,
        quote: &Quote,
    ) -> Result<Self, WebProblem> {
        quote.check(corpus)?;
        let citation = &quote.citation;
        let stale = || Error::Stale(format!("{} · {}", citation.question, citation.answer));
        let (transcript, _, answer) = corpus.answer(quote.place).ok_or_else(stale)?;
        let view = corpus.view(quote.place.transcript, quote.display);
        let highlight = Highlight { marked: Some(quote.marked_span), ..Highlight::default() };
        let said = transcript.words(quote.span);
        let paragraphs = highlight::paragraphs(transcript, view, quote.span, highlight);
        let label = format!("{} · {}", citation.question, citation.answer);
        Ok(Self {
            number,
            anchor: format!("turn-{turn}-quote-{number}"),
            name: (text.turn.quote)(number, &label),
            label,
            around: Surroundings::of(transcript, view, answer, quote.span),
            time: citation.when(),
            play: Play::recorded(corpus, transcript, answer, quote.span),
            interviewee: citation.interviewee.clone(),
            undecided: citation.role.is_some(),
            lang: lang_as_shown(&quote.text, transcript.script, quote.display),
            uncertain: paragraphs.iter().flatten().any(Segment::is_uncertain),
            paragraphs,
            also: quote
                .also
                .iter()
                .map(|also| format!("{} · {} · {}", also.transcript, also.question, also.answer))
                .collect(),
            cautions: quote.cautions.iter().map(|caution| (text.cautioned)(*caution)).collect(),
            only_related: verdict != Verdict::Said,
            score: text.score.word(quote.score),
            percent: percent(quote.score),
            href: address.citation(quote, turn),
            take: QuoteActions::new(address, &Permalink::of(transcript, quote.span)),
            title: transcript.title.clone(),
            date: date(corpus, address, quote.place.transcript),
            line: (text.line)(citation.line),
            received: (citation.received != said).then(|| citation.received.clone()),
        })
    }
}

/// Returns a probability in percent. It is never 100, and 50 only if the verdict is `said`.
pub(crate) fn percent(score: f64) -> u8 {
    let most = if score < 0.5 { 0.49 } else { 0.99 };
    (score.clamp(0.0, most) * 100.0).round() as u8
}

/// Returns the date of an interview, as written in its text.
pub(crate) fn date(corpus: &Corpus, address: &Address, transcript: usize) -> Option<String> {
    let of = &corpus.transcripts[transcript];
    let told = of.told_date()?;
    let view = corpus.view(transcript, display_of(of.script, address.display()));
    Some(view.words(told.range()).to_owned())
}
