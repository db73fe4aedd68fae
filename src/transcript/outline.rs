//! Lines → questions and answers, by the reader that fits. Where nobody asks,
//! the headings do.

use super::clock::Moment;
use super::extract::Hint;
use super::roles::{self, Roles, Speaker};
use super::turns::{self, Item, Turn, Turns};
use super::{Answer, Options, Problem, Question, Span, What, qa};
use crate::error::ReadError;

/// What was read of a text.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub(super) title: Option<String>,
    pub(super) questions: Vec<Question>,
    pub(super) speakers: Vec<Speaker>,
    pub(super) asking: String,
    pub(super) times: Vec<(usize, Moment)>,
    pub(super) problems: Vec<Problem>,
}

/// A text without speakers and headings is an account from so many paragraphs on.
const MIN_PARAGRAPHS: usize = 2;

/// Reads a restored text; `hints` is what its container says of its lines.
pub(super) fn read(text: &str, hints: &[Hint], options: &Options) -> Result<Read, ReadError> {
    if qa::is_numbered(text) {
        let found = qa::read(text);
        if !found.questions.is_empty() {
            let qa::Outline { title, questions, problems } = found;
            return Ok(Read { title, questions, problems, ..Read::default() });
        }
    }
    let turns = turns::read(text, hints);
    let said: Vec<&Turn> =
        turns.items.iter().filter_map(|item| if let Item::Turn(turn) = item { Some(turn) } else { None }).collect();
    if said.len() > options.limits.turns {
        return Err(ReadError::TooManyTurns { turns: options.limits.turns });
    }
    let headed = turns.items.len() > said.len();
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty()).count();
    if said.is_empty() || !turns.marked && !headed && hints.is_empty() && paragraphs < MIN_PARAGRAPHS {
        return Err(ReadError::NoQuestions);
    }
    let roles = roles::infer(text, &said, &options.interviewers, &turns.hosts);
    let told_wrong = if options.for_all { Vec::new() } else { roles.problems.clone() };
    let (questions, mut problems) = questions(text, &turns, &roles);
    if questions.iter().all(|question| question.answers.is_empty()) {
        return Err(ReadError::NoQuestions);
    }
    problems.extend(told_wrong);
    problems.extend(turns.problems);
    Ok(Read {
        title: turns.title,
        questions,
        speakers: roles.speakers,
        asking: roles.why,
        times: turns.times,
        problems,
    })
}

/// Groups turns under the questions that they answer. Nothing is left out:
/// what is said before the first question stands in an opening section.
fn questions(text: &str, turns: &Turns, roles: &Roles) -> (Vec<Question>, Vec<Problem>) {
    let mut outline = Outline { questions: Vec::new(), problems: Vec::new(), numbered: 0, sections: 0, headed: None };
    let asked = turns.items.iter().any(|item| matches!(item, Item::Turn(turn) if roles.asks(turn)));
    let headings =
        || turns.items.iter().filter_map(|item| if let Item::Heading { span } = item { Some(*span) } else { None });
    let asking = headings().filter(|span| is_question(text, *span)).count();
    // Where nobody is named who asks, headings that ask are the questions.
    let by_heading = !asked && asking >= 2 && asking * 2 >= headings().count();
    for item in &turns.items {
        match item {
            Item::Heading { span } if by_heading && is_sentence(text, *span) => outline.asked(*span),
            Item::Heading { span } if !asked => outline.headed = Some(*span),
            // `### What do you want?` in an interview without names of who asks.
            Item::Heading { span } if !turns.marked && is_question(text, *span) => outline.headed = Some(*span),
            Item::Heading { .. } => {}
            Item::Turn(turn) if roles.asks(turn) => outline.question(turn),
            Item::Turn(turn) => outline.answer(turn, turns.title_span),
        }
    }
    for question in
        outline.questions.iter().filter(|question| question.answers.is_empty() && question.label.starts_with('Q'))
    {
        if turns.items.iter().any(|item| matches!(item, Item::Turn(turn) if turn.label.is_some())) {
            let line = 1 + text.bytes().take(question.span.start()).filter(|byte| *byte == b'\n').count();
            outline.problems.push(Problem::new(line, What::Unanswered(question.label.clone())));
        }
    }
    (outline.questions, outline.problems)
}

fn is_question(text: &str, span: Span) -> bool {
    span.of_text(text).is_some_and(|words| words.trim_end_matches(['*', ' ']).ends_with(['?', '？']))
}

/// Whether a heading is a sentence, as a request is: `Tell us how you began.`
fn is_sentence(text: &str, span: Span) -> bool {
    let ends = ['?', '？', '.', '。', '!', '！', '…'];
    span.of_text(text).is_some_and(|words| words.trim_end_matches(['*', ' ']).ends_with(ends))
}

struct Outline {
    questions: Vec<Question>,
    problems: Vec<Problem>,
    /// Of the last question.
    numbered: usize,
    sections: usize,
    /// A heading that no answer stands under yet.
    headed: Option<Span>,
}

impl Outline {
    fn question(&mut self, turn: &Turn) {
        let Some(span) = roles::whole(turn) else { return };
        let expected = self.numbered + 1;
        let own = turn.label.and_then(|(_, number)| number);
        if let Some(own) = own.filter(|own| *own != expected) {
            self.problems.push(Problem::new(
                turn.line,
                What::OutOfOrder { found: format!("Q{own}"), expected: format!("Q{expected}") },
            ));
        }
        self.numbered = own.unwrap_or(expected);
        let label = format!("Q{}", self.numbered);
        self.questions.push(Question { label, span, speaker: turn.speaker.clone(), answers: Vec::new() });
    }

    /// A heading that asks; one right after another goes on with it.
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

    fn answer(&mut self, turn: &Turn, title: Option<Span>) {
        let Some(span) = roles::whole(turn) else { return };
        if let Some(heading) = self.headed.take() {
            self.section(heading);
        } else if self.questions.is_empty() {
            // What is said before anything is asked belongs under the title.
            self.section(title.unwrap_or(Span::empty_at(span)));
        }
        if let Some(question) = self.questions.last_mut() {
            let label = format!("A{}", question.answers.len() + 1);
            question.answers.push(Answer {
                label,
                interviewee: turn.speaker.clone(),
                span,
                stretches: turn.stretches.clone(),
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
