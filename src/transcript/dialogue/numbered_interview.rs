//! Reads numbered interviews in plain text: `Q1.` … `A1` …, and the looser forms `Q:`/`A:` and `问：/答：`.
//! It finds spans and never changes a word.

use super::non_speech;
use super::sections;
use super::tail;
use crate::transcript::coverage::NonSpeechReason;
use crate::transcript::problem::{Problem, ProblemKind};
use crate::transcript::question::{Answer, Question};
use crate::transcript::span::Span;

/// The result of the reader.
pub(crate) struct NumberedInterview {
    /// The first line before the first question.
    pub(crate) title: Option<String>,
    pub(crate) questions: Vec<Question>,
    pub(crate) problems: Vec<Problem>,
    /// Text that nobody said, with the reason.
    pub(crate) apart: Vec<(Span, NonSpeechReason)>,
}

/// Whether a text is of this kind: numbered questions, and answers labelled `A`
/// or `答`, without the names of speakers.
pub(crate) fn is_numbered(text: &str) -> bool {
    let lines = || text.lines().map(str::trim);
    let asked = lines().filter(|line| matches!(question_mark(line, 1), Some((Some(_), _)))).count();
    let answered = lines().filter(|line| is_answer(line)).count();
    let inline =
        lines().filter(|line| question_mark(line, 1).is_some_and(|(_, rest)| inline_answer(rest).1.is_some())).count();
    asked > 0 && answered + inline > 0
}

fn is_answer(line: &str) -> bool {
    let rest = line.strip_prefix(['A', 'Ａ', '答']);
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit() || SEPARATORS.contains(&c)))
}

/// Splits a restored text into questions and answers.
pub(crate) fn read(text: &str) -> NumberedInterview {
    let mut reader = Reader { text, title: None, questions: Vec::new(), problems: Vec::new(), apart: Vec::new() };
    let below = below(text);
    for (index, line) in text.lines().enumerate() {
        if below.is_some_and(|first| index >= first) {
            reader.set_apart(line.trim(), NonSpeechReason::Footer);
        } else {
            reader.line(index + 1, line.trim());
        }
    }
    reader.finish()
}

/// The first line of what stands below the last answer.
fn below(text: &str) -> Option<usize> {
    let mut lines: Vec<(usize, &str, bool)> = Vec::new();
    let mut apart = true;
    for (index, line) in text.lines().map(str::trim).enumerate() {
        if line.is_empty() {
            apart = true;
        } else {
            lines.push((index, line, std::mem::take(&mut apart)));
        }
    }
    let asked = lines.iter().rposition(|(_, line, _)| question_mark(line, 0).is_some()).unwrap_or(0);
    if let Some((index, ..)) = lines[asked..].iter().find(|(_, line, apart)| *apart && sections::is_appendix(line)) {
        return Some(*index);
    }
    // A line with a label is none of them.
    let label = |line: &str| question_mark(line, 0).is_some() || is_answer(line);
    let labelled = lines.iter().rposition(|(_, line, _)| label(line)).map_or(0, |at| at + 1);
    let after: Vec<(&str, bool)> = lines[labelled..].iter().map(|(_, line, apart)| (*line, *apart)).collect();
    // Its words stay with the last label where it has none beside it.
    let own = lines[..labelled].last().is_some_and(|(_, line, _)| line.chars().count() > LABEL_CHARS);
    let length = tail::below(&after, usize::from(!own));
    (length > 0).then(|| lines[lines.len() - length].0)
}

/// A longer line has words beside its label.
const LABEL_CHARS: usize = 4;

struct Reader<'a> {
    text: &'a str,
    title: Option<String>,
    questions: Vec<(usize, Question)>,
    problems: Vec<Problem>,
    apart: Vec<(Span, NonSpeechReason)>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, number: usize, line: &'a str) {
        if non_speech::is_furniture(line) || non_speech::is_page_mark(line) {
            self.set_apart(line, NonSpeechReason::Page);
        } else if !self.questions.is_empty() && non_speech::is_aside(line) {
            self.set_apart(line, NonSpeechReason::Direction);
        } else if let Some((label, rest)) = question_mark(line, self.questions.len() + 1) {
            self.question(number, label, rest);
        } else if let Some(rest) = self.answer_mark(number, line) {
            self.answer(rest);
        } else {
            self.continuation(line);
        }
    }

    /// Notes a line that belongs to nobody and goes into no stretch.
    fn set_apart(&mut self, line: &str, why: NonSpeechReason) {
        self.apart.extend(Span::of(self.text, line).filter(|span| !span.is_empty()).map(|span| (span, why)));
    }

    fn question(&mut self, number: usize, label: Option<usize>, rest: &'a str) {
        let expected = self.questions.last().and_then(|(_, q)| q.label[1..].parse().ok()).unwrap_or(0) + 1;
        let label = label.unwrap_or(expected);
        if label != expected {
            let (found, expected) = (format!("Q{label}"), format!("Q{expected}"));
            self.problems.push(Problem::new(number, ProblemKind::OutOfOrder { found, expected }));
        }
        let (wording, first_answer) = inline_answer(rest);
        let Some(span) = Span::of(self.text, wording.trim()) else { return };
        self.questions
            .push((number, Question { label: format!("Q{label}"), span, speaker: None, answers: Vec::new() }));
        if let Some(rest) = first_answer {
            self.answer(rest.trim());
        }
    }

    fn answer(&mut self, words: &'a str) {
        let Some(span) = Span::of(self.text, words) else { return };
        if let Some((_, question)) = self.questions.last_mut() {
            let label = format!("A{}", question.answers.len() + 1);
            let stretches = if span.is_empty() { Vec::new() } else { vec![span] };
            question.answers.push(Answer { label, interviewee: None, span, stretches, undecided: false });
        }
    }

    /// The words after an answer's label, when `line` begins the next answer.
    fn answer_mark(&mut self, number: usize, line: &'a str) -> Option<&'a str> {
        let (_, question) = self.questions.last()?;
        let expected = question.answers.len() + 1;
        if let Some(rest) = after_any(line, &["答：", "答:", "A：", "A:", "A.", "A．"]) {
            return Some(rest.trim_start());
        }
        let rest = line.strip_prefix(['A', 'Ａ'])?;
        // `A12：` below `Q12`: some number answers as their questions.
        let own = leading_digits(rest);
        if expected == 1 && question.label[1..] == *own && rest[own.len()..].starts_with(SEPARATORS) {
            return Some(rest[own.len()..].trim_start_matches(SEPARATORS).trim_start());
        }
        // `A190后为主体` is answer 1, which begins with 90后. Only the expected number is taken.
        if let Some(words) = rest.strip_prefix(&expected.to_string()) {
            return Some(words.trim_start_matches(SEPARATORS).trim_start());
        }
        let digits = leading_digits(rest);
        if !digits.is_empty() && rest[digits.len()..].starts_with(SEPARATORS) {
            let (found, expected) = (format!("A{digits}"), format!("A{expected}"));
            self.problems.push(Problem::new(number, ProblemKind::Counted { found, expected }));
            return Some(rest[digits.len()..].trim_start_matches(SEPARATORS).trim_start());
        }
        None
    }

    fn continuation(&mut self, line: &'a str) {
        let Some(span) = Span::of(self.text, line) else { return };
        let Some((_, question)) = self.questions.last_mut() else {
            self.title.get_or_insert_with(|| line.trim_start_matches('#').trim().to_owned());
            return;
        };
        let Some(answer) = question.answers.last_mut() else {
            question.span = question.span.through(span);
            return;
        };
        if answer.span.is_empty() {
            answer.span = span;
        }
        let apart = answer.stretches.last().is_none_or(|last| {
            // A stretch continues over white space only. Anything else between was set apart.
            !self.text[last.end()..span.start()].trim().is_empty()
        });
        match answer.stretches.last_mut() {
            Some(last) if !apart => *last = last.through(span),
            _ => answer.stretches.push(span),
        }
        answer.span = answer.span.through(span);
    }

    fn finish(mut self) -> NumberedInterview {
        let mut unanswered = Vec::new();
        for (line, question) in &mut self.questions {
            question.answers.retain(|answer| !answer.stretches.is_empty());
            if question.answers.is_empty() {
                unanswered.push(Problem::new(*line, ProblemKind::Unanswered(question.label.clone())));
            }
        }
        self.problems.extend(unanswered);
        NumberedInterview {
            title: self.title,
            questions: self.questions.into_iter().map(|(_, question)| question).collect(),
            problems: self.problems,
            apart: self.apart,
        }
    }
}

const SEPARATORS: [char; 8] = ['.', '．', ':', '：', '、', ')', '）', '。'];

/// The number of a question's label, if any, and the words after it.
fn question_mark(line: &str, expected: usize) -> Option<(Option<usize>, &str)> {
    let line = line.trim_start_matches(['#', '*']).trim_start();
    if let Some(rest) = after_any(line, &["问：", "问:", "問：", "問:", "Q：", "Q:", "Q.", "Q．"]) {
        return Some((None, rest.trim_start()));
    }
    let rest = after_any(line, &["Q", "Ｑ", "问题", "問題"])?.trim_start();
    let digits = leading_digits(rest);
    let after = &rest[digits.len()..];
    if digits.is_empty() {
        return None;
    }
    let own = digits.parse().ok().filter(|_| after.starts_with(SEPARATORS) || after.starts_with(char::is_whitespace));
    match own {
        Some(number) => Some((Some(number), after.trim_start_matches(SEPARATORS).trim_start())),
        // The label has no space after it. Only the expected number can be told from the words.
        None => rest.strip_prefix(&expected.to_string()).map(|words| (Some(expected), words)),
    }
}

/// A question and its first answer on one line: `…說什麼?A1 了解`.
fn inline_answer(line: &str) -> (&str, Option<&str>) {
    for (at, _) in line.match_indices("A1") {
        let ends_sentence = line[..at].trim_end().ends_with(['?', '？', '。', '!', '！', '…', ':', '：']);
        if ends_sentence && !line[at + 2..].starts_with(|c: char| c.is_ascii_alphanumeric()) {
            let words = line[at + 2..].trim_start_matches(SEPARATORS);
            return (&line[..at], Some(words));
        }
    }
    (line, None)
}

fn after_any<'a>(line: &'a str, prefixes: &[&str]) -> Option<&'a str> {
    prefixes.iter().find_map(|prefix| line.strip_prefix(prefix))
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    &text[..end]
}
