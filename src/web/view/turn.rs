//! A reply as the page shows it: a verdict that only counts, and quotes as
//! cards. Adds no word to what was said.

use super::address::Address;
use super::around::Around;
use super::chat::Starter;
use super::error::Problem;
use super::filters;
use super::map::AnswerMap;
use super::marking::{self, Highlight, Run};
use super::mentioned::Mentions;
use super::page::{lang_as_shown, lang_as_written};
use super::quoted::Take;
use super::text::{Spoken, Text};
use crate::corpus::Corpus;
use crate::error::{Error, QueryError};
use crate::query::Carried;
use crate::quote::{Permalink, Quote};
use crate::search::{Reply, Tally, Verdict};

/// A query and its reply.
pub(super) struct Turn {
    /// 1-based; its place in the address.
    pub(super) number: usize,
    /// As it was typed.
    pub(super) query: String,
    /// The same without the filters at its end, each of which can be taken away.
    pub(super) words: String,
    pub(super) narrowed: Vec<ChipLink>,
    pub(super) query_lang: &'static str,
    /// `said`, `related`, `not-said` or `unclear`, for the style sheet.
    pub(super) kind: &'static str,
    /// What an unfinished query was read as, in words.
    pub(super) read_as: Option<String>,
    /// What it took from the turn before.
    pub(super) chips: Vec<ChipLink>,
    pub(super) verdict: String,
    /// Whose answers alone were searched, and what is not judged, in sentences.
    pub(super) notes: Vec<String>,
    /// Where words of the query stand letter for letter.
    pub(super) mentions: Vec<Mentions>,
    /// What cannot be searched yet, in words, and where to ask again.
    pub(super) coming: Option<(String, String)>,
    pub(super) cards: Vec<Card>,
    /// How strongly every answer speaks to it.
    pub(super) map: Option<AnswerMap>,
    /// Says that there are more than are shown.
    pub(super) only_best: Option<String>,
    /// What else to ask, where nobody said it.
    pub(super) starters: Vec<Starter>,
}

/// Something carried over, and where it is not.
pub(super) struct ChipLink {
    pub(super) words: String,
    pub(super) take_back: String,
    pub(super) href: String,
}

/// A quote with all that it takes to cite it.
pub(super) struct Card {
    /// 1-based within its turn.
    pub(super) number: usize,
    /// Its own place on the page, and what its number is called.
    pub(super) anchor: String,
    pub(super) name: String,
    /// `Q1 · A2`
    pub(super) label: String,
    pub(super) interviewee: Option<String>,
    /// Whether that may be who asks.
    pub(super) undecided: bool,
    /// What the interviewer asked.
    pub(super) question: String,
    pub(super) lang: &'static str,
    pub(super) paragraphs: Vec<Vec<Run>>,
    /// What was said just before and after it.
    pub(super) around: Around,
    /// When it was said, where the source has times.
    pub(super) time: Option<String>,
    /// Whether no answer speaks to the query, so that this is only near it.
    pub(super) only_related: bool,
    /// The score in words, and in percent.
    pub(super) score: &'static str,
    pub(super) percent: u8,
    pub(super) href: String,
    /// How it is copied and kept.
    pub(super) take: Take,
    pub(super) title: String,
    pub(super) line: String,
    /// The words as received, where they differ.
    pub(super) received: Option<String>,
    /// Whether a word of it was damaged and is not certain.
    pub(super) uncertain: bool,
    /// Where else the same is said, word for word.
    pub(super) also: Vec<String>,
    /// Why it does not stand alone, in sentences.
    pub(super) cautions: Vec<&'static str>,
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
        let numbered = (1..).zip(&reply.quotes);
        let cards = numbered.map(|(i, quote)| Card::new(corpus, text, address, (number, i), reply.verdict, quote));
        let cards = cards.collect::<Result<Vec<_>, _>>()?;
        let tally = &reply.tally;
        let chips = reply.carried.iter().flat_map(|carried| &carried.chips).map(|chip| {
            let words = if chip.text.is_empty() { text.but_those_shown.to_owned() } else { chip.text.clone() };
            ChipLink { take_back: (text.take_back)(&words), words, href: address.dropping(number, &chip.key()) }
        });
        let further = reply.carried.as_ref().is_some_and(Carried::leaves_out_shown);
        let (kind, verdict) = match reply.verdict {
            // What is not read yet may say it.
            Verdict::NotSaid if reply.coming > 0 => ("not-said", text.coming.not_said.to_owned()),
            Verdict::Related if reply.coming > 0 => ("related", text.coming.related.to_owned()),
            Verdict::Said if tally.listed => {
                ("said", (text.listed)(tally.speaking, tally.answers, &places(corpus, tally)))
            }
            Verdict::Said => ("said", (text.said)(tally.speaking, tally.answers, &places(corpus, tally))),
            Verdict::Related | Verdict::NotSaid if further => {
                (if reply.quotes.is_empty() { "not-said" } else { "related" }, text.nobody_else.to_owned())
            }
            Verdict::NotSaid if corpus.transcripts.is_empty() => ("not-said", text.coming.nothing.to_owned()),
            Verdict::NotSaid if tally.listed => ("not-said", text.nothing_listed.to_owned()),
            Verdict::Related => ("related", text.related.to_owned()),
            Verdict::NotSaid if !reply.asked => ("not-said", text.never_asked.to_owned()),
            Verdict::NotSaid => ("not-said", text.not_said.to_owned()),
        };
        let only_by = (!reply.only_by.is_empty()).then(|| (text.turn.only_by)(&reply.only_by.join(text.turn.comma)));
        let stance = reply.stance_not_judged.then(|| text.turn.stance.to_owned());
        let mentions = reply.mentions.iter().map(|mention| Mentions::of(corpus, text, address, mention));
        let (words, narrowed) = filters::apart(text, address, number, &reply.query);
        Ok(Self {
            number,
            query: reply.query.clone(),
            words,
            narrowed,
            map: AnswerMap::of(corpus, text, address, number, reply),
            query_lang: lang_as_written(&reply.query),
            kind,
            read_as: reply.carried.as_ref().map(|carried| (text.read_as)(&carried.read_as)),
            chips: chips.collect(),
            verdict,
            notes: only_by.into_iter().chain(stance).collect(),
            mentions: mentions.collect(),
            coming: (reply.coming > 0).then(|| ((text.coming.note)(reply.coming), address.chat())),
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
            words: query.to_owned(),
            narrowed: Vec::new(),
            map: None,
            query_lang: lang_as_written(query),
            kind: "unclear",
            read_as: None,
            chips: Vec::new(),
            verdict: (text.unclear)(error),
            notes: Vec::new(),
            mentions: Vec::new(),
            coming: None,
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
        (turn, number): (usize, usize),
        verdict: Verdict,
        quote: &Quote,
    ) -> Result<Self, Problem> {
        quote.check(corpus)?;
        let citation = &quote.citation;
        let stale = || Error::Stale(format!("{} · {}", citation.question, citation.answer));
        let (transcript, question, answer) = corpus.answer(quote.place).ok_or_else(stale)?;
        let view = corpus.view(quote.place.transcript, quote.display);
        let highlight = Highlight { cited: None, marked: Some(quote.marked_span) };
        let said = transcript.words(quote.span);
        let paragraphs = marking::paragraphs(transcript, view, quote.span, highlight);
        let label = format!("{} · {}", citation.question, citation.answer);
        Ok(Self {
            number,
            anchor: format!("turn-{turn}-quote-{number}"),
            name: (text.turn.quote)(number, &label),
            label,
            around: Around::of(transcript, view, answer, quote.span),
            time: citation.when(),
            interviewee: citation.interviewee.clone(),
            undecided: citation.role.is_some(),
            question: marking::one_line(view.words(question.span.range())),
            lang: lang_as_shown(&quote.text, transcript.script, quote.display),
            uncertain: paragraphs.iter().flatten().any(Run::is_uncertain),
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
            take: Take::new(address, &Permalink::of(transcript, quote.span)),
            title: transcript.title.clone(),
            line: (text.line)(citation.line),
            received: (citation.received != said).then(|| citation.received.clone()),
        })
    }
}

/// A probability in percent. Never 100, for it is no promise; and 50 only where the
/// verdict is that it was said.
pub(super) fn percent(score: f64) -> u8 {
    let most = if score < 0.5 { 0.49 } else { 0.99 };
    (score.clamp(0.0, most) * 100.0).round() as u8
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
