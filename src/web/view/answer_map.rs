//! The map of the answers to a query: each question with its answers and their scores, those that speak to
//! it first. It is a table; the strip and the bars in it are decoration.

use std::collections::HashSet;

use super::card::percent;
use super::highlight;
use super::page::{display_of, lang_as_shown};
use crate::i18n::Messages;
use crate::search::{Reply, Strength, Verdict};
use crate::web::context::PageContext;

/// The most answers drawn.
const MAX_ANSWERS: usize = 120;
/// The most questions of a short transcript.
const MAX_QUESTIONS_OF_SHORT: usize = 12;
/// The most interviewees named as silent.
const MAX_SILENT_NAMES: usize = 12;
/// The width of an answer on the strip, with the space behind it, and the space between questions.
const MARK_WIDTH: usize = 8;
const QUESTION_GAP: usize = 6;

/// The map of one query.
pub(crate) struct AnswerMap {
    /// `k of n answers`
    pub(crate) speaks: String,
    pub(crate) strip: Strip,
    pub(crate) tables: Vec<MapTable>,
    /// Sentences about silent interviewees or questions.
    pub(crate) silent: Vec<String>,
    /// The number of answers not drawn, in words.
    pub(crate) unmapped: Option<String>,
}

/// One mark for each answer, by question, in the order of the table.
#[derive(Default)]
pub(crate) struct Strip {
    pub(crate) width: usize,
    /// The place and the kind of each mark.
    pub(crate) marks: Vec<(usize, &'static str)>,
}

/// The map of one transcript.
pub(crate) struct MapTable {
    pub(crate) title: String,
    /// The questions with an answer that speaks to the query, or is related if none does.
    pub(crate) rows: Vec<MapRow>,
    /// The other questions, and their number in words.
    pub(crate) quiet: Vec<MapRow>,
    pub(crate) quiet_count: String,
}

/// One question.
pub(crate) struct MapRow {
    pub(crate) label: String,
    pub(crate) words: String,
    pub(crate) lang: &'static str,
    /// Its answers, best first.
    pub(crate) cells: Vec<MapCell>,
}

/// One answer.
pub(crate) struct MapCell {
    /// The interviewee, or the label of the answer.
    pub(crate) who: String,
    /// `Q1 · A3 82%, very likely on point`
    pub(crate) name: String,
    pub(crate) percent: u8,
    /// `strong`, `near` or `silent`, for the style sheet.
    pub(crate) kind: &'static str,
    pub(crate) href: String,
}

impl AnswerMap {
    /// Makes the map, or returns `None` if there is nothing to compare.
    pub(crate) fn of(context: PageContext<'_>, turn: usize, reply: &Reply) -> Option<Self> {
        let PageContext { text, .. } = context;
        let strengths = &reply.strengths;
        (strengths.len() > 1).then_some(())?;
        let mut by_transcript: Vec<&[Strength]> =
            strengths.chunk_by(|a, b| a.place.transcript == b.place.transcript).collect();
        // The transcripts with most matching answers come first. The sort keeps the order of equals.
        let best = |some: &[Strength]| some.iter().map(|one| one.score).fold(0.0, f32::max);
        by_transcript.sort_by(|a, b| best(b).total_cmp(&best(a)));
        let mut left = MAX_ANSWERS;
        let mut tables = Vec::new();
        for some in by_transcript {
            let drawn: Vec<Strength> = worth_drawing(some).take(left).collect();
            left -= drawn.len();
            tables.extend(table(context, turn, &drawn));
        }
        let drawn = MAX_ANSWERS - left;
        let strip = Strip::of(&tables);
        Some(Self {
            speaks: (text.turn.speaks)(reply.tally.speaking, reply.tally.answers),
            strip,
            tables,
            // Nobody is told to be silent on a word that may be a slip.
            silent: if reply.did_you_mean.is_some() && reply.verdict != Verdict::Said {
                Vec::new()
            } else {
                silent(context, strengths)
            },
            unmapped: (strengths.len() > drawn).then(|| (text.turn.unmapped)(strengths.len() - drawn)),
        })
    }
}

/// Returns all answers of a short transcript. For a long one, it returns the answers to questions with at least one
/// related answer.
fn worth_drawing(strengths: &[Strength]) -> impl Iterator<Item = Strength> {
    let questions = || strengths.chunk_by(|a, b| a.place.at.question == b.place.at.question);
    let all = questions().nth(MAX_QUESTIONS_OF_SHORT).is_none();
    let near = move |some: &&[Strength]| all || some.iter().any(|one| Verdict::of(one.score) != Verdict::NotSaid);
    questions().filter(near).flatten().copied()
}

fn speaks(one: &Strength) -> bool {
    Verdict::of(one.score) == Verdict::Said
}

impl Strip {
    fn of(tables: &[MapTable]) -> Self {
        let mut strip = Self::default();
        for row in tables.iter().flat_map(|table| table.rows.iter().chain(&table.quiet)) {
            for cell in &row.cells {
                strip.marks.push((strip.width, cell.kind));
                strip.width += MARK_WIDTH;
            }
            strip.width += QUESTION_GAP;
        }
        strip
    }
}

fn table(context: PageContext<'_>, turn: usize, strengths: &[Strength]) -> Option<MapTable> {
    let PageContext { corpus, text, .. } = context;
    let number = strengths.first()?.place.transcript;
    let transcript = corpus.transcripts.get(number)?;
    let questions = strengths.chunk_by(|a, b| a.place.at.question == b.place.at.question);
    let mut rows: Vec<(f32, MapRow)> = questions
        .filter_map(|some| {
            let best = some.iter().map(|one| one.score).fold(0.0, f32::max);
            Some((best, row(context, turn, some)?))
        })
        .collect();
    // The sort keeps the order of equals, which is that of the source.
    let count = |row: &MapRow, kind: &str| row.cells.iter().filter(|cell| cell.kind == kind).count();
    rows.sort_by(|(a_best, a), (b_best, b)| {
        let speaking = count(b, "strong").cmp(&count(a, "strong"));
        let near = |best: f32| Verdict::of(best) != Verdict::NotSaid;
        speaking.then(near(*b_best).cmp(&near(*a_best)))
    });
    let wanted = if rows.iter().any(|(_, row)| count(row, "strong") > 0) { "strong" } else { "near" };
    let (rows, quiet): (Vec<MapRow>, Vec<MapRow>) =
        rows.into_iter().map(|(_, row)| row).partition(|row| count(row, wanted) > 0);
    let quiet_count = (text.evidence.silent_questions)(quiet.len());
    Some(MapTable { title: transcript.title.clone(), rows, quiet, quiet_count })
}

fn row(context: PageContext<'_>, turn: usize, some: &[Strength]) -> Option<MapRow> {
    let PageContext { corpus, text, address } = context;
    let place = some.first()?.place;
    let (transcript, question, _) = corpus.answer(place)?;
    let display = display_of(transcript.script, address.display());
    let words = highlight::one_line(corpus.view(place.transcript, display).words(question.span.range()));
    let mut by_score: Vec<&Strength> = some.iter().collect();
    by_score.sort_by(|a, b| b.score.total_cmp(&a.score));
    let cell = |one: &Strength| {
        let (transcript, question, answer) = corpus.answer(one.place)?;
        let words = one.passage.or(answer.stretches.first().copied())?;
        let percent = percent(f64::from(one.score));
        let (kind, meaning) = match Verdict::of(one.score) {
            Verdict::Said => ("strong", text.score.word(f64::from(one.score))),
            Verdict::Related => ("near", text.score.word(f64::from(one.score))),
            Verdict::NotSaid => ("silent", text.turn.silent),
        };
        let label = format!("{} · {}", question.label, answer.label);
        // The name for screen readers holds the visible name and percentage as they are shown.
        let whole = answer.interviewee.as_ref().map_or_else(|| label.clone(), |who| format!("{label}, {who}"));
        Some(MapCell {
            who: answer.interviewee.clone().unwrap_or_else(|| answer.label.clone()),
            name: (text.turn.cell)(&whole, percent, meaning),
            percent,
            kind,
            href: address.source_at_words(&transcript.source_sha256, words, turn),
        })
    };
    let lang = lang_as_shown(&words, transcript.script, display);
    let cells = by_score.into_iter().filter_map(cell).collect();
    Some(MapRow { label: question.label.clone(), words, lang, cells })
}

/// Names the silent interviewees if they have names, or else the questions without a matching answer.
fn silent(context: PageContext<'_>, strengths: &[Strength]) -> Vec<String> {
    let PageContext { corpus, text, .. } = context;
    let mut sentences = Vec::new();
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
                if !all.contains(&who) && all.len() < MAX_ANSWERS {
                    all.push(who);
                }
            }
            None => unnamed = true,
        }
    }
    let quiet: Vec<&str> = all.iter().filter(|who| !heard.contains(*who)).map(|(_, who)| *who).collect();
    if !quiet.is_empty() {
        sentences.push((text.turn.silent_are)(&some_of(&quiet, text)));
    }
    let one_transcript = strengths.iter().all(|one| one.place.transcript == strengths[0].place.transcript);
    if unnamed && one_transcript {
        let questions = strengths.chunk_by(|a, b| a.place.at.question == b.place.at.question);
        let quiet = questions.filter(|some| !some.iter().any(speaks));
        let labels: Vec<&str> = quiet
            .filter_map(|some| corpus.answer(some.first()?.place).map(|(_, question, _)| question.label.as_str()))
            .collect();
        if !labels.is_empty() {
            sentences.push((text.turn.nobody_under)(&some_of(&labels, text)));
        }
    }
    sentences
}

fn some_of(names: &[&str], text: &Messages) -> String {
    let more = if names.len() > MAX_SILENT_NAMES { " …" } else { "" };
    names.iter().take(MAX_SILENT_NAMES).copied().collect::<Vec<_>>().join(text.turn.comma) + more
}
