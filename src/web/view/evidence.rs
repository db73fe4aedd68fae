//! The quotes of a reply as a table of evidence. It shows each interview question once, and under it one line for each
//! answer. A line opens to its card. The table cuts words and adds none.

use std::collections::HashSet;

use super::card::{Card, date};
use super::highlight::{self, Highlight, Segment};
use super::page::{display_of, lang_as_shown};
use crate::retrieval::corpus::Corpus;
use crate::retrieval::passage;
use crate::search::quote::Quote;
use crate::search::{Reply, Strength, Verdict};
use crate::text::ranges::overlap;
use crate::text::segment::is_chinese;
use crate::transcript::{Span, Transcript};
use crate::web::context::PageContext;

/// The most characters of a line. A letter counts half. A longer sentence is cut to the clauses beside the marked one.
const MAX_LINE_WIDTH: usize = 46;
/// The most quotes that are shown open, because one or two quotes need no table.
const MAX_OPEN_QUOTES: usize = 2;

/// An interview question, and the quotes from answers to it.
pub(crate) struct QuestionGroup {
    pub(crate) label: String,
    pub(crate) words: String,
    pub(crate) lang: &'static str,
    /// The interview and its date, if there are several interviews.
    pub(crate) interview: Option<String>,
    /// A count such as `5 of 6 who were asked`; empty if no answer speaks to the query.
    pub(crate) counted: String,
    pub(crate) lines: Vec<EvidenceLine>,
}

/// The line of one quote: its marked clause, and the words beside it if there is room.
pub(crate) struct EvidenceLine {
    /// The interviewee, or the label of the answer.
    pub(crate) who: String,
    pub(crate) segments: Vec<Segment>,
    /// Whether the sentence begins before the line, and ends after it.
    pub(crate) cut_before: bool,
    pub(crate) cut_after: bool,
    pub(crate) open: bool,
    pub(crate) card: Card,
}

/// Returns the order in which the quotes of a reply are shown. The best comes first, and quotes from answers to one
/// question stay together.
pub(crate) fn shown_order(reply: &Reply) -> Vec<usize> {
    let question = |at: &usize| {
        let place = reply.quotes[*at].place;
        (place.transcript, place.at.question)
    };
    let mut first: Vec<(usize, usize)> = Vec::new();
    for at in 0..reply.quotes.len() {
        if !first.contains(&question(&at)) {
            first.push(question(&at));
        }
    }
    let mut order: Vec<usize> = (0..reply.quotes.len()).collect();
    // The sort keeps the order of equals.
    order.sort_by_key(|at| first.iter().position(|known| *known == question(at)));
    order
}

/// Returns the quotes in the order shown, each with its card, grouped by question.
pub(crate) fn groups(context: PageContext<'_>, reply: &Reply, cards: Vec<Card>) -> Vec<QuestionGroup> {
    let PageContext { corpus, .. } = context;
    let open = cards.len() <= MAX_OPEN_QUOTES;
    let mut groups: Vec<QuestionGroup> = Vec::new();
    let mut last = None;
    for (at, card) in shown_order(reply).into_iter().zip(cards) {
        let quote = &reply.quotes[at];
        let question = (quote.place.transcript, quote.place.at.question);
        if last != Some(question) {
            groups.extend(group(context, reply, quote));
            last = Some(question);
        }
        let Some(group) = groups.last_mut() else { continue };
        group.lines.push(line(corpus, quote, card, open));
    }
    groups
}

fn group(context: PageContext<'_>, reply: &Reply, quote: &Quote) -> Option<QuestionGroup> {
    let PageContext { corpus, address, .. } = context;
    let place = quote.place;
    let (transcript, question, _) = corpus.answer(place)?;
    let display = display_of(transcript.script, address.display());
    let words = highlight::one_line(corpus.view(place.transcript, display).words(question.span.range()));
    let asked: Vec<Strength> = reply
        .strengths
        .iter()
        .filter(|one| one.place.transcript == place.transcript && one.place.at.question == place.at.question)
        .copied()
        .collect();
    Some(QuestionGroup {
        label: question.label.clone(),
        lang: lang_as_shown(&words, transcript.script, display),
        words,
        interview: (corpus.transcripts.len() > 1).then(|| interview(context, place.transcript)),
        counted: if reply.verdict == Verdict::Said && !asked.is_empty() {
            counted(context, &asked)
        } else {
            String::new()
        },
        lines: Vec::new(),
    })
}

/// Returns the title of an interview, with the date from its text.
pub(crate) fn interview(context: PageContext<'_>, transcript: usize) -> String {
    let PageContext { corpus, .. } = context;
    let of = &corpus.transcripts[transcript];
    match date(context, transcript) {
        Some(date) if !of.title.contains(&date) => format!("{} · {date}", of.title),
        _ => of.title.clone(),
    }
}

/// Counts how many of those who were asked speak to the query. It counts people if all have names, or else answers.
fn counted(context: PageContext<'_>, asked: &[Strength]) -> String {
    let PageContext { corpus, text, .. } = context;
    let speaks = |one: &&Strength| Verdict::of(one.score) == Verdict::Said;
    let name = |one: &Strength| corpus.answer(one.place).and_then(|(_, _, answer)| answer.interviewee.clone());
    let people: Option<HashSet<String>> = asked.iter().map(name).collect();
    match people {
        Some(people) => {
            let heard: HashSet<String> = asked.iter().filter(speaks).filter_map(name).collect();
            (text.evidence.of_people)(heard.len(), people.len())
        }
        None => (text.evidence.of_answers)(asked.iter().filter(speaks).count(), asked.len()),
    }
}

fn line(corpus: &Corpus, quote: &Quote, card: Card, open: bool) -> EvidenceLine {
    let place = quote.place;
    let transcript = &*corpus.transcripts[place.transcript];
    let (sentence, shown) = shortened(transcript, quote);
    let view = corpus.view(place.transcript, quote.display);
    let marked = Highlight { marked: Some(quote.marked_span), ..Highlight::default() };
    EvidenceLine {
        who: quote.citation.interviewee.clone().unwrap_or_else(|| quote.citation.answer.clone()),
        segments: highlight::paragraphs(transcript, view, shown, marked).into_iter().flatten().collect(),
        cut_before: sentence.start() < shown.start(),
        cut_after: shown.end() < sentence.end(),
        open,
        card,
    }
}

/// Returns the sentence of the marked clause, and as much of it as fits in a line. Clauses before the marked one are
/// added first, because they say what it answers to.
fn shortened(transcript: &Transcript, quote: &Quote) -> (Span, Span) {
    let text = transcript.text();
    let marked = quote.marked_span;
    let sentences = passage::sentences(text, quote.span, &transcript.unrestored());
    let Some(sentence) = sentences.into_iter().find(|sentence| sentence.contains(marked)) else {
        return (marked, marked);
    };
    let clauses = passage::clauses(text, sentence);
    let inside = |clause: &Span| overlap(&clause.range(), &marked.range());
    let (Some(mut first), Some(mut last)) = (clauses.iter().position(inside), clauses.iter().rposition(inside)) else {
        return (sentence, marked);
    };
    let fits = |first: usize, last: usize| {
        width(clauses[first].through(clauses[last]).of_text(text).unwrap_or_default()) <= MAX_LINE_WIDTH
    };
    while first > 0 && fits(first - 1, last) {
        first -= 1;
    }
    while last + 1 < clauses.len() && fits(first, last + 1) {
        last += 1;
    }
    (sentence, clauses[first].through(clauses[last]))
}

/// Returns the width of words. A letter counts half a Chinese character.
fn width(words: &str) -> usize {
    let chinese = words.chars().filter(|c| is_chinese(*c)).count();
    chinese + (words.chars().count() - chinese) / 2
}
