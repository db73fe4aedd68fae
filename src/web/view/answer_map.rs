//! The map of the answers to a query: question × interviewee, with the score of each answer. It is a
//! table; the bars in it are decoration.

use std::collections::HashSet;

use super::highlight;
use super::page::{display_of, lang_as_shown};
use super::turn::percent;
use crate::retrieval::corpus::Corpus;
use crate::search::{Reply, Strength, Verdict};
use crate::web::http::address::Address;
use crate::web::i18n::Text;

/// The most answers drawn.
const ANSWERS: usize = 120;
/// A transcript with more questions is long.
const QUESTIONS: usize = 12;
/// The most interviewees named as silent.
const SILENT: usize = 12;
/// Above this number of columns, labels of answers replace names.
const NAMES: usize = 16;

/// The map of one query.
pub(crate) struct AnswerMap {
    /// `k of n answers`
    pub(crate) speaks: String,
    pub(crate) tables: Vec<Table>,
    /// Sentences about silent interviewees or questions.
    pub(crate) silent: Vec<String>,
    /// The number of answers not drawn, in words.
    pub(crate) unmapped: Option<String>,
}

/// One transcript.
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) columns: Vec<String>,
    pub(crate) rows: Vec<Row>,
}

/// One question.
pub(crate) struct Row {
    pub(crate) label: String,
    pub(crate) words: String,
    pub(crate) lang: &'static str,
    /// Its answers by column. An interviewee may answer twice, or not at all.
    pub(crate) cells: Vec<Vec<Cell>>,
}

/// One answer.
pub(crate) struct Cell {
    /// `A3: 82%, very likely on point`
    pub(crate) name: String,
    pub(crate) percent: u8,
    /// `strong`, `near` or `silent`, for the style sheet.
    pub(crate) kind: &'static str,
    pub(crate) href: String,
}

impl AnswerMap {
    /// `None` where there is nothing to compare.
    pub(crate) fn of(
        corpus: &Corpus,
        text: &'static Text,
        address: &Address,
        turn: usize,
        reply: &Reply,
    ) -> Option<Self> {
        let strengths = &reply.strengths;
        (strengths.len() > 1).then_some(())?;
        let mut by_transcript: Vec<&[Strength]> =
            strengths.chunk_by(|a, b| a.place.transcript == b.place.transcript).collect();
        // The transcripts with most matching answers come first. The sort keeps the order of equals.
        let best = |some: &[Strength]| some.iter().map(|one| one.score).fold(0.0, f32::max);
        by_transcript.sort_by(|a, b| best(b).total_cmp(&best(a)));
        let mut left = ANSWERS;
        let mut tables = Vec::new();
        for some in by_transcript {
            let drawn: Vec<Strength> = worth_drawing(some).take(left).collect();
            left -= drawn.len();
            tables.extend(table(corpus, text, address, turn, &drawn));
        }
        let drawn = ANSWERS - left;
        Some(Self {
            speaks: (text.turn.speaks)(reply.tally.speaking, reply.tally.answers),
            tables,
            silent: silent(corpus, text, strengths),
            unmapped: (strengths.len() > drawn).then(|| (text.turn.unmapped)(strengths.len() - drawn)),
        })
    }
}

/// All answers of a short transcript. For a long one, the answers to questions with at least one
/// related answer.
fn worth_drawing(strengths: &[Strength]) -> impl Iterator<Item = Strength> {
    let questions = || strengths.chunk_by(|a, b| a.place.at.question == b.place.at.question);
    let all = questions().nth(QUESTIONS).is_none();
    let near = move |some: &&[Strength]| all || some.iter().any(|one| Verdict::of(one.score) != Verdict::NotSaid);
    questions().filter(near).flatten().copied()
}

fn speaks(one: &Strength) -> bool {
    Verdict::of(one.score) == Verdict::Said
}

fn table(
    corpus: &Corpus,
    text: &'static Text,
    address: &Address,
    turn: usize,
    strengths: &[Strength],
) -> Option<Table> {
    let number = strengths.first()?.place.transcript;
    let transcript = corpus.transcripts.get(number)?;
    let display = display_of(transcript.script, address.display());
    let labels = |by_name: bool| {
        let mut seen = HashSet::new();
        let mut columns: Vec<String> = Vec::new();
        for (_, _, answer) in strengths.iter().filter_map(|one| corpus.answer(one.place)) {
            let name = answer.interviewee.as_ref().filter(|_| by_name).unwrap_or(&answer.label);
            if seen.insert(name.clone()) {
                columns.push(name.clone());
            }
        }
        columns
    };
    let (named, numbered) = (labels(true), labels(false));
    let by_name = named.len() <= NAMES && named.len() <= numbered.len().max(2);
    let columns = if by_name { named } else { numbered };
    let row = |some: &[Strength]| {
        let (_, question, _) = corpus.answer(some.first()?.place)?;
        let words = highlight::one_line(corpus.view(number, display).words(question.span.range()));
        let mut cells: Vec<Vec<Cell>> = columns.iter().map(|_| Vec::new()).collect();
        for one in some {
            let (transcript, _, answer) = corpus.answer(one.place)?;
            let column = answer.interviewee.as_ref().filter(|_| by_name).unwrap_or(&answer.label);
            let words = one.passage.or(answer.stretches.first().copied())?;
            let percent = percent(f64::from(one.score));
            let (kind, meaning) = match Verdict::of(one.score) {
                Verdict::Said => ("strong", text.score.word(f64::from(one.score))),
                Verdict::Related => ("near", text.score.word(f64::from(one.score))),
                Verdict::NotSaid => ("silent", text.turn.silent),
            };
            let who = match &answer.interviewee {
                Some(who) => format!("{who}, {} · {}", question.label, answer.label),
                None => format!("{} · {}", question.label, answer.label),
            };
            let cell = Cell {
                name: (text.turn.cell)(&who, percent, meaning),
                percent,
                kind,
                href: address.words(&transcript.source_sha256, words, turn),
            };
            cells.get_mut(columns.iter().position(|known| known == column)?)?.push(cell);
        }
        let lang = lang_as_shown(&words, transcript.script, display);
        Some(Row { label: question.label.clone(), words, lang, cells })
    };
    let rows = strengths.chunk_by(|a, b| a.place.at.question == b.place.at.question).filter_map(row).collect();
    Some(Table { title: transcript.title.clone(), columns, rows })
}

/// The silent interviewees if they have names, or else the questions without a matching answer.
fn silent(corpus: &Corpus, text: &'static Text, strengths: &[Strength]) -> Vec<String> {
    let mut told = Vec::new();
    let mut heard = HashSet::new();
    let mut all: Vec<(usize, &str)> = Vec::new();
    let mut unnamed = false;
    for one in strengths {
        let Some((_, _, answer)) = corpus.answer(one.place) else { continue };
        match &answer.interviewee {
            Some(who) => {
                let who = (one.place.transcript, who.as_str());
                if speaks(one) {
                    heard.insert(who);
                }
                if !all.contains(&who) && all.len() < ANSWERS {
                    all.push(who);
                }
            }
            None => unnamed = true,
        }
    }
    let quiet: Vec<&str> = all.iter().filter(|who| !heard.contains(*who)).map(|(_, who)| *who).collect();
    if !quiet.is_empty() {
        told.push((text.turn.silent_are)(&some_of(&quiet, text)));
    }
    let one_transcript = strengths.iter().all(|one| one.place.transcript == strengths[0].place.transcript);
    if unnamed && one_transcript {
        let questions = strengths.chunk_by(|a, b| a.place.at.question == b.place.at.question);
        let quiet = questions.filter(|some| !some.iter().any(speaks));
        let labels: Vec<&str> = quiet
            .filter_map(|some| corpus.answer(some.first()?.place).map(|(_, question, _)| question.label.as_str()))
            .collect();
        if !labels.is_empty() {
            told.push((text.turn.nobody_under)(&some_of(&labels, text)));
        }
    }
    told
}

fn some_of(names: &[&str], text: &Text) -> String {
    let more = if names.len() > SILENT { " …" } else { "" };
    names.iter().take(SILENT).copied().collect::<Vec<_>>().join(text.turn.comma) + more
}
