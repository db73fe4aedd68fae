//! Lines → questions and answers, by the reader that fits. Where nobody asks, headings stand in for
//! questions.

mod asking_verbs;
mod field;
mod front_matter;
mod header;
mod interviewee;
mod label_layout;
mod label_validation;
mod label_words;
mod labelled_line;
mod lines;
mod misspelt;
mod name_lexicon;
pub(crate) mod names;
mod narration;
pub(crate) mod non_speech;
mod numbered_interview;
pub(crate) mod person_name;
mod question_layout;
mod quotation;
mod retold;
pub(crate) mod roles;
mod running_header;
mod sections;
mod short_names;
pub(crate) mod speaker_labels;
mod speaking_style;
mod stem_labels;
mod tail;
pub(crate) mod turn;
pub(crate) mod turns;

use std::collections::HashMap;

use super::coverage::NonSpeechReason;
use super::extract::LineHint;
use super::problem::{Problem, ProblemKind};
use super::question::{Answer, Question};
use super::read_options::ReadOptions;
use super::span::Span;
use super::timestamps::{self, Moment};
use crate::error::ReadError;
use roles::{Roles, Speaker};
use turn::{DialogueItem, Turn, Turns};

/// The result of reading a text.
#[derive(Debug, Default)]
pub(super) struct Dialogue {
    pub(super) title: Option<String>,
    pub(super) questions: Vec<Question>,
    pub(super) speakers: Vec<Speaker>,
    pub(super) asking: String,
    pub(super) times: Vec<(usize, Moment)>,
    /// Text that nobody said, with the reason.
    pub(super) apart: Vec<(Span, NonSpeechReason)>,
    pub(super) problems: Vec<Problem>,
}

/// A text without speakers and headings is an account from this number of paragraphs on.
const MIN_PARAGRAPHS: usize = 2;

/// Reads a restored text. `hints` is what its container says about its lines.
pub(super) fn read(text: &str, hints: &[LineHint], options: &ReadOptions) -> Result<Dialogue, ReadError> {
    if numbered_interview::is_numbered(text) {
        let found = numbered_interview::read(text);
        if !found.questions.is_empty() {
            let numbered_interview::NumberedInterview { title, questions, problems, apart } = found;
            let read = Dialogue { title, questions, apart, problems, ..Dialogue::default() };
            return Ok(with_interviewee(text, read));
        }
    }
    let turns = turns::read(text, hints);
    let said: Vec<&Turn> = turns
        .items
        .iter()
        .filter_map(|item| if let DialogueItem::Turn(turn) = item { Some(turn) } else { None })
        .collect();
    if said.len() > options.limits.turns {
        return Err(ReadError::TooManyTurns { turns: options.limits.turns });
    }
    let headed = turns.items.len() > said.len();
    // `>>` and dashes begin the turns of people without names.
    let several = turns.several;
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).count();
    if said.is_empty() || !turns.marked && !headed && hints.is_empty() && paragraphs < MIN_PARAGRAPHS {
        return Err(ReadError::NoQuestions);
    }
    let roles = roles::infer(text, &said, &turns, options);
    let told_wrong = if options.for_all { Vec::new() } else { roles.problems.clone() };
    let Outline { questions, mut problems, interjections, lead, .. } = questions(text, &turns, &roles);
    if questions.iter().all(|question| question.answers.is_empty()) {
        return Err(ReadError::NoQuestions);
    }
    problems.extend(told_wrong);
    problems.extend(turns.problems);
    let read = Dialogue {
        title: turns.title,
        questions,
        speakers: roles.speakers,
        asking: roles.why,
        times: turns.times,
        apart: turns
            .apart
            .into_iter()
            .chain(interjections.into_iter().map(|span| (span, NonSpeechReason::Interjection)))
            .chain(lead.into_iter().map(|span| (span, NonSpeechReason::Front)))
            .collect(),
        problems,
    };
    Ok(if several { read } else { with_interviewee(text, read) })
}

/// The fewest questions from which an interview without names has one interviewee.
const INTERVIEW: usize = 2;

/// Names the answers of an interview in which nobody is named, if a line above it names who answers.
fn with_interviewee(text: &str, mut read: Dialogue) -> Dialogue {
    let asked = |question: &&Question| question.label.starts_with('Q');
    let nameless = read.speakers.is_empty()
        && read.questions.iter().flat_map(|question| &question.answers).all(|answer| answer.interviewee.is_none());
    let first = read.questions.iter().find(asked).map_or(0, |question| question.span.start());
    if !nameless || read.questions.iter().filter(asked).count() < INTERVIEW {
        return read;
    }
    let named = interviewee::in_parts(text, first);
    let mut places: HashMap<String, usize> = HashMap::new();
    let questions = read.questions.iter_mut().filter(|question| question.label.starts_with('Q'));
    for answer in questions.flat_map(|question| &mut question.answers) {
        let part = named.partition_point(|(from, _)| *from <= answer.span.start());
        let Some(name) = part.checked_sub(1).and_then(|part| named[part].1.clone()) else { continue };
        answer.interviewee = Some(name.clone());
        let place = *places.entry(name.clone()).or_insert(read.speakers.len());
        if place == read.speakers.len() {
            let role = roles::SpeakerRole::Answers;
            read.speakers.push(Speaker { name, turns: 0, asks: false, role, asks_percent: 0 });
        }
        read.speakers[place].turns += 1;
    }
    read
}

/// Groups turns under the questions that they answer. Nothing is left out: speech before the first
/// question goes into an opening section.
fn questions(text: &str, turns: &Turns, roles: &Roles) -> Outline {
    let names = turns.apart.iter().filter(|(span, why)| {
        *why == NonSpeechReason::Name && span.of_text(text).is_some_and(|words| timestamps::seconds(words).is_some())
    });
    let names = names.map(|(span, _)| span.start());
    let mut outline = Outline { names: names.collect(), ..Outline::default() };
    outline.names.sort_unstable();
    let asked = turns.items.iter().any(|item| matches!(item, DialogueItem::Turn(turn) if roles.asks(turn)));
    let headings = || {
        turns.items.iter().filter_map(|item| if let DialogueItem::Heading { span } = item { Some(*span) } else { None })
    };
    let asking = headings().filter(|span| is_question(text, *span)).count();
    // Where no interviewer is named, headings that ask are the questions.
    let by_heading = !asked && asking >= 2 && asking * 2 >= headings().count();
    let opening = if by_heading { opening(text, turns) } else { 0 };
    for (at, item) in turns.items.iter().enumerate() {
        match item {
            // The author of an article introduces the interview below.
            DialogueItem::Turn(turn) if at < opening => outline.lead.extend(&turn.stretches),
            DialogueItem::Heading { .. } if at < opening => {}
            DialogueItem::Heading { span } if by_heading && is_sentence(text, *span) => outline.asked(*span),
            DialogueItem::Heading { span } if !asked => outline.headed = Some(*span),
            // `### What do you want?` in an interview without names of who asks.
            DialogueItem::Heading { span } if !turns.marked && is_question(text, *span) => outline.headed = Some(*span),
            DialogueItem::Heading { .. } => {}
            DialogueItem::Turn(turn) if roles.asks(turn) => {
                if turn.label.is_some() || !outline.interjected(text, turn) {
                    outline.question(turn);
                }
            }
            DialogueItem::Turn(turn) => outline.answer(turn, turns.title_span, roles.is_undecided(turn)),
        }
    }
    if turns.items.iter().any(|item| matches!(item, DialogueItem::Turn(turn) if turn.label.is_some())) {
        // Counted on from question to question, in the order of the text.
        let (mut line, mut counted) = (1, 0);
        let open = |question: &Question| question.answers.is_empty() && question.label.starts_with('Q');
        for (at, question) in outline.questions.iter().enumerate() {
            if !open(question) || outline.goes_on_at.contains(&at) {
                continue;
            }
            let start = question.span.start();
            line += text.get(counted..start).unwrap_or_default().matches('\n').count();
            counted = start;
            outline.problems.push(Problem::new(line, ProblemKind::Unanswered(question.label.clone())));
        }
    }
    outline
}

/// The number of items before the first heading that asks, if they are the lead of an article: nobody is named, no
/// heading but its title stands among them, and they are short beside the interview.
fn opening(text: &str, turns: &Turns) -> usize {
    let heading = |item: &DialogueItem| matches!(item, DialogueItem::Heading { .. });
    let asks = |item: &DialogueItem| matches!(item, DialogueItem::Heading { span } if is_question(text, *span));
    let first = turns.items.iter().position(asks).unwrap_or(0);
    let nameless = |item: &DialogueItem| matches!(item, DialogueItem::Turn(turn) if turn.speaker.is_none() && turn.label.is_none());
    let length = |items: &[DialogueItem]| {
        let turns = items.iter().filter_map(|item| if let DialogueItem::Turn(turn) = item { Some(turn) } else { None });
        turns.flat_map(|turn| &turn.stretches).map(|stretch| stretch.range().len()).sum::<usize>()
    };
    let (lead, rest) = turns.items.split_at(first);
    // The first item may be the title.
    let under = &lead[usize::from(lead.first().is_some_and(heading))..];
    let is_lead = under.iter().all(nameless) && (length(lead) * 2 <= length(rest) || length(lead) <= LEAD_BYTES);
    if is_lead { first } else { 0 }
}

/// A lead of this length may stand above a shorter interview.
const LEAD_BYTES: usize = 600;

fn is_question(text: &str, span: Span) -> bool {
    let asks = |words: &str| quotation::asks(words) || speaking_style::ends_in_ka(words);
    span.of_text(text).is_some_and(|words| asks(words.trim_matches(['*', ' '])))
}

/// Whether a heading is a sentence, as a request is: `Tell us how you began.`
fn is_sentence(text: &str, span: Span) -> bool {
    let ends = ['?', '？', '.', '。', '!', '！', '…'];
    span.of_text(text).is_some_and(|words| quotation::bare(words.trim_matches(['*', ' '])).ends_with(ends))
}

#[derive(Default)]
struct Outline {
    questions: Vec<Question>,
    problems: Vec<Problem>,
    /// Interjections of the interviewer while another spoke.
    interjections: Vec<Span>,
    /// The lead of an article above the first question.
    lead: Vec<Span>,
    /// Where speakers are named with times, ascending.
    names: Vec<usize>,
    /// The places of questions that the next question continues.
    goes_on_at: Vec<usize>,
    /// Whether the last answer goes on if the same person speaks again.
    goes_on: bool,
    /// The number of the last question.
    numbered: usize,
    sections: usize,
    /// A heading that no answer stands under yet.
    headed: Option<Span>,
}

impl Outline {
    /// Sets a turn apart that only lets an answer go on.
    fn interjected(&mut self, text: &str, turn: &Turn) -> bool {
        let words: Vec<&str> = turn.stretches.iter().filter_map(|stretch| stretch.of_text(text)).collect();
        if !speaking_style::is_interjection(&words) {
            return false;
        }
        let answer = self.questions.last().and_then(|last| last.answers.last());
        let before = answer.and_then(|answer| answer.stretches.last()).and_then(|last| last.of_text(text));
        // A speaker who repeats the same words asks for confirmation. An answer may be long, and many may let it go
        // on.
        let same = |before: &str| {
            let said = words.iter().flat_map(|words| words.chars()).filter(|c| c.is_alphanumeric());
            before.chars().filter(|c| c.is_alphanumeric()).eq(said)
        };
        if answer.is_none() || before.is_some_and(same) || self.headed.is_some() {
            return false;
        }
        self.interjections.extend(&turn.stretches);
        self.goes_on = true;
        true
    }

    fn question(&mut self, turn: &Turn) {
        self.goes_on = false;
        // Where a name and a time stand again inside the turn, another question begins, so that they are in none.
        let mut parts: Vec<Span> = Vec::new();
        for stretch in &turn.stretches {
            let named = |last: &Span| {
                let next = self.names.partition_point(|name| *name < last.end());
                self.names.get(next).is_some_and(|name| *name < stretch.start())
            };
            match parts.last_mut() {
                Some(last) if !named(last) => *last = last.through(*stretch),
                _ => parts.push(*stretch),
            }
        }
        let Some((first, more)) = parts.split_first() else { return };
        let expected = self.numbered + 1;
        let own = turn.label.and_then(|(_, number)| number);
        if let Some(own) = own.filter(|own| *own != expected) {
            self.problems.push(Problem::new(
                turn.line,
                ProblemKind::OutOfOrder { found: format!("Q{own}"), expected: format!("Q{expected}") },
            ));
        }
        self.numbered = own.unwrap_or(expected);
        let label = format!("Q{}", self.numbered);
        self.questions.push(Question { label, span: *first, speaker: turn.speaker.clone(), answers: Vec::new() });
        for part in more {
            self.goes_on_at.push(self.questions.len() - 1);
            self.numbered += 1;
            let label = format!("Q{}", self.numbered);
            self.questions.push(Question { label, span: *part, speaker: turn.speaker.clone(), answers: Vec::new() });
        }
    }

    /// A heading that asks. One right after another continues it.
    fn asked(&mut self, span: Span) {
        self.headed = None;
        if let Some(last) =
            self.questions.last_mut().filter(|last| last.answers.is_empty() && last.label.starts_with('Q'))
        {
            last.span = last.span.through(span);
            return;
        }
        self.numbered += 1;
        let label = format!("Q{}", self.numbered);
        self.questions.push(Question { label, span, speaker: None, answers: Vec::new() });
    }

    fn answer(&mut self, turn: &Turn, title: Option<Span>, undecided: bool) {
        let Some(span) = roles::whole(turn) else { return };
        let goes_on = std::mem::take(&mut self.goes_on) && self.headed.is_none();
        if let Some(last) = self.questions.last_mut().and_then(|question| question.answers.last_mut())
            && goes_on
            && last.interviewee == turn.speaker
            && turn.speaker.is_some()
        {
            last.span = last.span.through(span);
            last.stretches.extend(&turn.stretches);
            return;
        }
        if let Some(heading) = self.headed.take() {
            self.section(heading);
        } else if self.questions.is_empty() {
            // Speech before the first question belongs under the title.
            self.section(title.unwrap_or(Span::empty_at(span)));
        }
        if let Some(question) = self.questions.last_mut() {
            let label = format!("A{}", question.answers.len() + 1);
            question.answers.push(Answer {
                label,
                interviewee: turn.speaker.clone(),
                span,
                stretches: turn.stretches.clone(),
                undecided,
            });
        }
    }

    fn section(&mut self, span: Span) {
        self.sections += 1;
        self.questions.push(Question {
            label: format!("S{}", self.sections),
            span,
            speaker: None,
            answers: Vec::new(),
        });
    }
}
