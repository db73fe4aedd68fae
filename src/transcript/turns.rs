//! Lines → turns: who says which words. Decides which marks are speakers by
//! looking at all of them; who asks is for `roles` to decide.

use std::collections::HashMap;

use super::accept::{self, Line};
use super::clock::{self, Moment};
use super::extract::{Hint, Kind};
use super::furniture;
use super::marks::{self, Style};
use super::names::{self, Likeness, Role};
use super::{Problem, Span, What};

/// What one speaker says before another does.
#[derive(Debug, Clone)]
pub(super) struct Turn {
    /// As the source writes it first.
    pub(super) speaker: Option<String>,
    /// What its label says that it is (`Q`, `答`), and its number.
    pub(super) label: Option<(Role, Option<usize>)>,
    pub(super) line: usize,
    /// The words, without what was set apart in them.
    pub(super) stretches: Vec<Span>,
}

/// A part of a transcript, in its order.
#[derive(Debug, Clone)]
pub(super) enum Item {
    Turn(Turn),
    Heading { span: Span },
}

/// What was read of the lines.
#[derive(Debug, Default)]
pub(super) struct Turns {
    pub(super) title: Option<String>,
    /// Where the title stands in the text.
    pub(super) title_span: Option<Span>,
    pub(super) items: Vec<Item>,
    /// Offsets of words whose time is known, ascending.
    pub(super) times: Vec<(usize, Moment)>,
    /// Who asks, where the front matter says it.
    pub(super) hosts: Vec<String>,
    /// Whether any line names a speaker.
    pub(super) marked: bool,
    pub(super) problems: Vec<Problem>,
}

const PLAIN: Hint = Hint { kind: Kind::Plain, time: None };

/// Splits a text into turns; `hints` says what its container knows of each line.
pub(super) fn read(text: &str, hints: &[Hint]) -> Turns {
    let mut turns = Turns::default();
    let body = front_matter(text, &mut turns);
    let structured = hints.iter().any(|hint| matches!(hint.kind, Kind::Speaker | Kind::Words | Kind::Asked));
    let numbered = hints.is_empty() && furniture::has_line_numbers(text);
    let mut lines = Vec::new();
    let mut apart = true;
    for (index, line) in text.lines().enumerate() {
        let hint = hints.get(index).copied().unwrap_or(PLAIN);
        let words = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}');
        if index < body || words.is_empty() {
            apart = true;
            continue;
        }
        let words = if numbered { furniture::unlined(words).1 } else { words };
        let reads = !structured
            && matches!(hint.kind, Kind::Plain | Kind::Bold | Kind::Italic | Kind::Heading)
            && !furniture::is_credits(words);
        let mark = if reads { marks::mark(unquoted(words), hint.kind == Kind::Heading) } else { None };
        lines.push(Line { number: index + 1, words, hint, mark, apart: std::mem::take(&mut apart) });
    }
    turns.hosts = accept::speakers(&mut lines);
    if !structured {
        accept::questions(&mut lines);
    }
    turns.marked = structured && hints.iter().any(|hint| matches!(hint.kind, Kind::Speaker | Kind::Asked))
        || lines.iter().any(|line| line.mark.is_some());
    let footer = lines.len().saturating_sub(FOOTER_LINES.min(lines.len() / 3));
    let asks = |line: &Line<'_>| matches!(line.mark.and_then(|mark| mark.label), Some((Role::Asks, _)));
    let unlabelled = lines.iter().filter(|line| asks(line)).count() >= 2
        && lines.iter().all(|line| line.mark.is_none() || asks(line));
    let mut walk =
        Walk { text, turns, current: None, spelling: HashMap::new(), structured, unlabelled, asked: false, time: None };
    let from = if structured { 0 } else { walk.preamble(&lines) };
    for (index, line) in lines.iter().enumerate().skip(from) {
        walk.line(line, index >= footer);
    }
    walk.close();
    walk.turns.items.retain(|item| !matches!(item, Item::Turn(turn) if turn.stretches.is_empty()));
    walk.turns
}

/// Lines at the end among which a licence or a copyright is a footer.
const FOOTER_LINES: usize = 12;

/// A line of a block quote, without the mark before it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' '])
}

/// Reads the block between `---` lines at the top; how many lines it takes.
fn front_matter(text: &str, turns: &mut Turns) -> usize {
    let mut lines = text.lines().enumerate();
    if lines.next().is_none_or(|(_, first)| first.trim_start_matches('\u{feff}').trim_end() != "---") {
        return 0;
    }
    let mut title = None;
    for (index, line) in lines {
        if line.trim_end() == "---" || line.trim_end() == "..." {
            turns.title = title;
            return index + 1;
        }
        if let Some(value) = line.strip_prefix("title:") {
            title = Some(value.trim().trim_matches(['\'', '"']).to_owned()).filter(|title| !title.is_empty());
        }
    }
    0
}

/// `时间：3月1日`, `Participants: Ann, Bo`, `---`: a line about the interview.
fn is_credit_line(line: &str) -> bool {
    let bare = line.trim_matches(|c: char| c.is_whitespace() || "*_-#>".contains(c));
    let short = bare.chars().count() <= 60 && !bare.ends_with(['。', '？', '?', '！', '…']);
    short
        && (bare.is_empty()
            || line.starts_with('#')
            || marks::mark(bare, false).is_some_and(|mark| mark.style == Style::Colon))
}

struct Walk<'a> {
    text: &'a str,
    turns: Turns,
    current: Option<Turn>,
    /// The first spelling of each name.
    spelling: HashMap<String, String>,
    structured: bool,
    /// Whether questions are labelled and nothing else is: what stands below one answers it.
    unlabelled: bool,
    /// Whether the line before was asked, by what its container says.
    asked: bool,
    /// Of the words to come.
    time: Option<Moment>,
}

/// A longer text before the first speaker is a speech.
const INTRODUCTION_BYTES: usize = 6000;

/// Whether named speakers who come back follow on a prose that is no speech of theirs.
fn is_introduction(before: &[Line<'_>], after: &[Line<'_>], said: usize) -> bool {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for mark in after.iter().filter_map(|line| line.mark).filter(|mark| mark.label.is_none()) {
        *counts.entry(names::key(mark.name)).or_default() += 1;
    }
    let back = counts.values().filter(|count| **count >= 2).count();
    let asks = before.iter().any(|line| line.words.ends_with(['?', '？']));
    said <= INTRODUCTION_BYTES && back >= 2 && !asks
}

/// Below this share of a text, what stands before its first speaker is front matter.
const PREAMBLE_SHARE: usize = 3;

impl<'a> Walk<'a> {
    /// Sets front matter apart: the title, who took part, when and where.
    /// Returns the first line that is somebody's.
    fn preamble(&mut self, lines: &[Line<'a>]) -> usize {
        let mut first = lines.iter().position(|line| line.mark.is_some()).unwrap_or(lines.len());
        // `受访者：张三` above the interview says who takes part, and is no turn.
        while first < lines.len() && self.is_credit(lines, first) {
            first = (first + 1..lines.len()).find(|at| lines[*at].mark.is_some()).unwrap_or(lines.len());
        }
        // Above named speakers only a sentence can be somebody's.
        let marked = self.turns.marked;
        let length = |part: &[Line<'_>]| {
            let said = part.iter().filter(|line| !is_credit_line(line.words) && (!marked || ends_sentence(line.words)));
            said.map(|line| line.words.len()).sum::<usize>()
        };
        let said = length(&lines[..first]);
        let large = said * PREAMBLE_SHARE > length(lines);
        let introduces = large && is_introduction(&lines[..first], &lines[first..], said);
        let front = !marked || large && !introduces;
        if let (true, Some(begins), Some(ends)) = (introduces, lines.first(), lines[..first].last()) {
            let what = What::Introduction { from: begins.number, to: ends.number };
            self.turns.problems.push(Problem::new(begins.number, what));
        }
        let title = lines[..first].iter().take(3).find(|line| {
            line.hint.kind != Kind::Aside
                && !furniture::is_aside(line.words)
                && !furniture::is_mail_head(line.words)
                && line.hint.kind != Kind::Asked
        });
        let mut from = 0;
        if let Some(line) = title {
            let words = line.words.trim_start_matches('#').trim().trim_matches('*');
            let is_heading = line.words.starts_with("# ") || line.hint.kind == Kind::Heading;
            // A sentence is no title; in a text without speakers it is somebody's.
            if is_heading
                || (words.chars().count() <= 80 && (!front || !words.ends_with(['。', '.', '？', '?', '！', '…'])))
            {
                self.turns.title.get_or_insert_with(|| words.to_owned());
                self.turns.title_span = Span::of(self.text, words);
                from = lines.iter().position(|other| other.number == line.number).map_or(0, |at| at + 1);
            }
        }
        if front { from } else { first }
    }

    /// Whether the mark at `at` heads a short line of credits before the interview.
    fn is_credit(&mut self, lines: &[Line<'a>], at: usize) -> bool {
        let line = &lines[at];
        let Some(mark) = line.mark.filter(|mark| mark.style == Style::Colon && mark.label.is_none()) else {
            return false;
        };
        let value = mark.rest;
        if furniture::is_fields(line.words) {
            return true;
        }
        let short = !value.is_empty()
            && value.chars().count() <= 30
            && !value.ends_with(['。', '.', '？', '?', '！', '!', '…', '：', ':']);
        // Above numbered questions a field of a form names nobody who speaks.
        let field = |other: &Line<'_>| other.mark.is_some_and(|other| names::key(other.name) == names::key(mark.name));
        let asked = |other: &Line<'_>| matches!(other.mark.and_then(|mark| mark.label), Some((Role::Asks, _)));
        if short
            && lines[at + 1..].iter().filter(|line| asked(line)).count() >= 2
            && !lines[at + 1..].iter().any(field)
            && !lines[..at].iter().any(asked)
        {
            return true;
        }
        if !short || names::role(mark.name).is_none() {
            return false;
        }
        // The person whom it names speaks below under that name, or other
        // credits stand beside it.
        let named = names::key(value.split(['，', ',', '（', '(', '、']).next().unwrap_or(value));
        let below = || lines[at + 1..].iter().filter_map(|line| line.mark).map(|mark| names::key(mark.name));
        // `Interviewer: Joan Pike (JP)`, who speaks as JP.
        let brief = value.split_once(['(', '（']).map(|(_, brief)| names::key(brief.trim_end_matches([')', '）'])));
        let brief = brief.filter(|brief| below().any(|name| name == *brief));
        let named = brief.unwrap_or(named);
        let speaks = below().any(|name| name == named);
        let beside = |other: Option<&Line<'_>>| {
            other.is_some_and(|other| {
                other.number.abs_diff(line.number) <= 1
                    && marks::mark(other.words, false).is_some_and(|mark| {
                        mark.style == Style::Colon
                            && (names::likeness(mark.name) == Likeness::None && mark.rest.chars().count() <= 40)
                    })
            })
        };
        // What is no name is said of a person who is none of the speakers.
        if names::likeness(value) == Likeness::None && below().any(|name| name == names::key(mark.name)) {
            return false;
        }
        let credit =
            speaks || beside(lines.get(at + 1)) || at.checked_sub(1).is_some_and(|before| beside(lines.get(before)));
        if credit && names::role(mark.name) == Some(Role::Asks) {
            self.turns.hosts.push(named);
        }
        credit
    }

    fn line(&mut self, line: &Line<'a>, footer: bool) {
        if line.hint.time.is_some() {
            self.time = line.hint.time;
        }
        match line.hint.kind {
            Kind::Aside => return,
            Kind::Speaker => {
                self.asked = false;
                let name = (line.words != super::extract::UNNAMED).then_some(line.words);
                return self.begin(name, None, line.number);
            }
            Kind::Asked if !self.structured => return self.heading(line),
            Kind::Asked => {
                if !std::mem::replace(&mut self.asked, true) {
                    self.begin(None, Some((Role::Asks, None)), line.number);
                }
                return self.words(line.words);
            }
            Kind::Heading if self.structured => return self.heading(line),
            Kind::Plain | Kind::Bold | Kind::Italic | Kind::Heading | Kind::Words => {}
        }
        if std::mem::take(&mut self.asked) {
            self.begin(None, None, line.number);
        }
        if furniture::is_furniture(line.words)
            || furniture::is_page_mark(line.words)
            || footer && furniture::is_footer(line.words)
        {
            return;
        }
        if let Some(mark) = line.mark {
            let name = mark.label.is_none().then_some(mark.name);
            if mark.time.is_some() {
                self.time = mark.time;
            }
            self.begin(name, mark.label, line.number);
            return self.words(mark.rest);
        }
        if furniture::is_aside(line.words) || self.is_time(line.words) {
            return;
        }
        // What a container says is said is no heading, whatever it begins with.
        if line.hint.kind != Kind::Words && is_heading(line) || !self.turns.marked && is_italic_question(line) {
            return self.heading(line);
        }
        if self.unlabelled && self.current.as_ref().is_some_and(|turn| turn.label.is_some()) {
            let last = self.current.as_ref().and_then(|turn| turn.stretches.last());
            let asks = |words: &str| words.ends_with(['?', '？']);
            let asked = last.and_then(|last| last.of_text(self.text)).is_some_and(asks);
            if asked || line.apart && !asks(line.words) {
                self.begin(None, None, line.number);
            }
        }
        if self.current.is_none() {
            if furniture::is_byline(line.words) || furniture::is_mail_head(line.words) {
                return;
            }
            self.begin(None, None, line.number);
        }
        self.words(unquoted(line.words));
    }

    /// A line that is a time alone says when the next words were said.
    fn is_time(&mut self, line: &str) -> bool {
        let bare = line.trim_matches(|c: char| "\\[]()（）【】<> ->".contains(c));
        let timed =
            bare.chars().all(|c| c.is_ascii_digit() || ":：., ->".contains(c)).then(|| clock::seconds(bare)).flatten();
        self.time = timed.or(self.time);
        timed.is_some()
    }

    fn heading(&mut self, line: &Line<'a>) {
        let words =
            unquoted(line.words).trim_start_matches('#').trim().trim_end_matches('#').trim_matches(['*', '_']).trim();
        let words = if line.hint.kind == Kind::Asked { accept::unnumbered(words) } else { words };
        // A heading ends a monologue's part, but no one's turn.
        if let Some(span) = Span::of(self.text, words).filter(|span| !span.is_empty()) {
            let speaker = self.current.as_ref().and_then(|turn| turn.speaker.clone());
            self.close();
            self.turns.items.push(Item::Heading { span });
            self.current = speaker.map(|speaker| Turn {
                speaker: Some(speaker),
                label: None,
                line: line.number,
                stretches: Vec::new(),
            });
        }
    }

    fn begin(&mut self, name: Option<&str>, label: Option<(Role, Option<usize>)>, line: usize) {
        let speaker = name.map(|name| {
            let name = names::clean(name);
            self.spelling.entry(names::key(name)).or_insert_with(|| name.to_owned()).clone()
        });
        // The same speaker goes on.
        if label.is_none()
            && self
                .current
                .as_ref()
                .is_some_and(|turn| turn.label.is_none() && turn.speaker == speaker && speaker.is_some())
        {
            return;
        }
        self.close();
        self.current = Some(Turn { speaker, label, line, stretches: Vec::new() });
    }

    fn close(&mut self) {
        if let Some(turn) = self.current.take() {
            self.turns.items.push(Item::Turn(turn));
        }
    }

    /// Adds the words of a line, without the stage directions at its ends and
    /// between its sentences.
    fn words(&mut self, words: &'a str) {
        let mut from = 0;
        for direction in furniture::directions(words) {
            let (before, after) = (words[from..direction.start].trim_end(), words[direction.end..].trim_start());
            if let Some(seconds) = clock::seconds(&words[direction.clone()]) {
                self.stretch(before);
                self.time = Some(seconds);
                from = direction.end;
            } else if before.is_empty() || after.is_empty() || ends_sentence(before) {
                self.stretch(before);
                from = direction.end;
            }
        }
        self.stretch(&words[from..]);
    }

    fn stretch(&mut self, words: &'a str) {
        let words = words.trim();
        let Some(span) = Span::of(self.text, words).filter(|_| words.chars().any(|c| !c.is_whitespace())) else {
            return;
        };
        if let Some(time) = self.time.take() {
            self.turns.times.push((span.start(), time));
        }
        let Some(turn) = self.current.as_mut() else { return };
        match turn.stretches.last_mut() {
            // A stretch goes on over white space only: anything between was set apart.
            Some(last) if self.text[last.end()..span.start()].trim().is_empty() => *last = last.through(span),
            _ => turn.stretches.push(span),
        }
    }
}

fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '」', '\'', '’', '*', '_']).ends_with(['.', '?', '!', '。', '？', '！', '…'])
}

fn is_heading(line: &Line<'_>) -> bool {
    let hashes = line.words.bytes().take_while(|byte| *byte == b'#').count();
    matches!(line.hint.kind, Kind::Heading | Kind::Bold)
        || (1..=6).contains(&hashes) && line.words[hashes..].starts_with(' ')
        || bold_alone(line.words)
        || line.apart && furniture::is_part(line.words)
}

/// A whole line in italics that asks, where nobody is named.
fn is_italic_question(line: &Line<'_>) -> bool {
    let bare = line.words.trim_matches(['*', '_']);
    let italic = line.hint.kind == Kind::Italic
        || ["*", "_"].iter().any(|sign| {
            line.words.len() > bare.len() + 1 && line.words.starts_with(sign) && line.words.ends_with(sign)
        });
    italic && bare.ends_with(['?', '？']) && !bare.contains(['*', '_'])
}

/// A whole line in bold, as magazines set their questions and headings.
fn bold_alone(line: &str) -> bool {
    let inside = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.contains("**"))
}
