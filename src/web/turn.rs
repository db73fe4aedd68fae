//! A reply as the page shows it: a verdict that only counts, and quotes as
//! cards. Adds no word to what was said.

use super::address::Address;
use super::chat::Starter;
use super::error::Problem;
use super::marking::{self, Highlight, Run};
use super::page::{lang_as_shown, lang_as_written};
use super::text::{Spoken, Text};
use crate::corpus::Corpus;
use crate::error::{Error, QueryError};
use crate::quote::Quote;
use crate::search::{Reply, Tally, Verdict};

/// A query and its reply.
pub(super) struct Turn {
    /// 1-based; its place in the address.
    pub(super) number: usize,
    pub(super) query: String,
    pub(super) query_lang: &'static str,
    /// `said`, `related`, `not-said` or `unclear`, for the style sheet.
    pub(super) kind: &'static str,
    pub(super) verdict: String,
    pub(super) cards: Vec<Card>,
    /// Says that there are more than are shown.
    pub(super) only_best: Option<String>,
    /// What else to ask, where nobody said it.
    pub(super) starters: Vec<Starter>,
}

/// A quote with all that it takes to cite it.
pub(super) struct Card {
    /// `Q1 · A2`
    pub(super) label: String,
    pub(super) interviewee: Option<String>,
    /// What the interviewer asked.
    pub(super) question: String,
    pub(super) lang: &'static str,
    pub(super) paragraphs: Vec<Vec<Run>>,
    /// Whether no answer speaks to the query, so that this is only near it.
    pub(super) only_related: bool,
    /// The score in words, and in percent.
    pub(super) score: &'static str,
    pub(super) percent: u8,
    pub(super) href: String,
    pub(super) title: String,
    pub(super) line: String,
    /// The words as received, where they differ.
    pub(super) received: Option<String>,
    /// Whether a word of it was damaged and is not certain.
    pub(super) uncertain: bool,
}

impl Turn {
    /// # Errors
    /// When a quote is not what its source says.
    pub(super) fn new(
        corpus: &Corpus,
        text: &'static Text,
        address: &Address,
        number: usize,
        reply: &Reply,
        starters: Vec<Starter>,
    ) -> Result<Self, Problem> {
        let cards = reply.quotes.iter().map(|quote| Card::new(corpus, text, address, number, reply.verdict, quote));
        let cards = cards.collect::<Result<Vec<_>, _>>()?;
        let tally = &reply.tally;
        let (kind, verdict) = match reply.verdict {
            Verdict::Said if tally.listed => {
                ("said", (text.listed)(tally.speaking, tally.answers, &places(corpus, tally)))
            }
            Verdict::Said => ("said", (text.said)(tally.speaking, tally.answers, &places(corpus, tally))),
            Verdict::NotSaid if tally.listed => ("not-said", text.nothing_listed.to_owned()),
            Verdict::Related => ("related", text.related.to_owned()),
            Verdict::NotSaid if !reply.asked => ("not-said", text.never_asked.to_owned()),
            Verdict::NotSaid => ("not-said", text.not_said.to_owned()),
        };
        Ok(Self {
            number,
            query: reply.query.clone(),
            query_lang: lang_as_written(&reply.query),
            kind,
            verdict,
            only_best: (tally.speaking > cards.len()).then(|| (text.only_best)(cards.len())),
            cards,
            starters,
        })
    }

    /// A turn whose query could not be asked, and why.
    pub(super) fn unclear(text: &'static Text, number: usize, query: &str, error: &QueryError) -> Self {
        Self {
            number,
            query: query.to_owned(),
            query_lang: lang_as_written(query),
            kind: "unclear",
            verdict: (text.unclear)(error),
            cards: Vec::new(),
            only_best: None,
            starters: Vec::new(),
        }
    }
}

impl Card {
    fn new(
        corpus: &Corpus,
        text: &'static Text,
        address: &Address,
        turn: usize,
        verdict: Verdict,
        quote: &Quote,
    ) -> Result<Self, Problem> {
        quote.check(corpus)?;
        let citation = &quote.citation;
        let stale = || Error::Stale(format!("{} · {}", citation.question, citation.answer));
        let (transcript, question, _) = corpus.answer(quote.place).ok_or_else(stale)?;
        let view = corpus.view(quote.place.transcript, quote.display);
        let highlight = Highlight { cited: None, marked: Some(quote.marked_span) };
        let said = transcript.words(quote.span);
        let paragraphs = marking::paragraphs(transcript, view, quote.span, highlight);
        Ok(Self {
            label: format!("{} · {}", citation.question, citation.answer),
            interviewee: citation.interviewee.clone(),
            question: marking::one_line(view.words(question.span.range())),
            lang: lang_as_shown(&quote.text, transcript.script, quote.display),
            uncertain: paragraphs.iter().flatten().any(Run::is_uncertain),
            paragraphs,
            only_related: verdict != Verdict::Said,
            score: text.score.word(quote.score),
            // Never "100%": a probability is no promise.
            percent: (quote.score.clamp(0.0, 0.99) * 100.0).round() as u8,
            href: address.citation(quote, turn),
            title: transcript.title.clone(),
            line: (text.line)(citation.line),
            received: (citation.received != said).then(|| citation.received.clone()),
        })
    }
}

/// Where it was said: question labels, by interview where there are several.
fn places(corpus: &Corpus, tally: &Tally) -> Vec<Spoken> {
    let mut places: Vec<(usize, Spoken)> = Vec::new();
    for (transcript, label) in &tally.questions {
        match places.last_mut() {
            Some((last, spoken)) if last == transcript => spoken.labels.push(label.clone()),
            _ => {
                let several = corpus.transcripts.len() > 1;
                let title = corpus.transcripts.get(*transcript).filter(|_| several).map(|t| t.title.clone());
                places.push((*transcript, Spoken { title, labels: vec![label.clone()] }));
            }
        }
    }
    places.into_iter().map(|(_, spoken)| spoken).collect()
}
