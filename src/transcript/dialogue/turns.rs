//! Lines → turns: who says which words. It looks at all marks to decide which are speakers. `roles`
//! decides who asks.

use std::collections::{HashMap, HashSet};

use super::front_matter;
use super::header;
use super::label_validation;
use super::labelled_line::{LabelledLine, unnumbered};
use super::lines::{self, ends_sentence, unquoted};
use super::names::{self, LabelRole};
use super::narration;
use super::non_speech;
use super::question_layout;
use super::quotation;
use super::running_header;
use super::sections;
use super::speaker_labels::LabelStyle;
use super::stem_labels;
use super::tail;
use super::turn::{DialogueItem, Turn, Turns};
use crate::transcript::coverage::NonSpeechReason;
use crate::transcript::extract::{LineHint, LineKind};
use crate::transcript::span::Span;
use crate::transcript::timestamps::{self, Moment};

/// Splits a text into turns. `hints` is what its container says about each line.
pub(crate) fn read(text: &str, hints: &[LineHint]) -> Turns {
    let mut turns = Turns::default();
    let body = front_matter::yaml(text, &mut turns);
    let structured =
        hints.iter().any(|hint| matches!(hint.kind, LineKind::Speaker | LineKind::Words | LineKind::Asked));
    let mut lines = lines::of(text, hints, body, structured);
    let around = if structured { Around::default() } else { Around::take(&mut lines, &mut turns) };
    let hosts = label_validation::speakers(&mut lines, &around.people);
    turns.hosts.extend(hosts);
    if !structured {
        question_layout::questions(&mut lines, around.told);
        narration::set_apart(&mut lines, &mut turns);
    }
    turns.marked = structured && hints.iter().any(|hint| matches!(hint.kind, LineKind::Speaker | LineKind::Asked))
        || lines.iter().any(|line| line.mark.is_some() || line.change);
    turns.several = lines.iter().any(|line| line.change);
    turns.questions_told = structured && hints.iter().any(|hint| hint.kind == LineKind::Asked);
    let footer = lines.len().saturating_sub(FOOTER_LINES.min(lines.len() / 3));
    let asks = |line: &LabelledLine<'_>| matches!(line.mark.and_then(|mark| mark.label), Some((LabelRole::Asks, _)));
    let unlabelled = lines.iter().filter(|line| asks(line)).count() >= 2
        && lines.iter().all(|line| line.mark.is_none() || asks(line));
    let by_line = !structured && label_validation::only_asking(&mut lines);
    let unlabelled = unlabelled || by_line;
    let from = if structured { front_matter::above(&lines) } else { front_matter::matter(text, &lines, &mut turns) };
    let mut walk = Walk {
        text,
        turns,
        current: None,
        spelling: HashMap::new(),
        structured,
        unlabelled,
        by_line,
        asked: false,
        outside: false,
        level: 0,
        time: None,
        number: 1,
    };
    for words in text.lines().take(body).chain(lines[..from].iter().map(|line| line.words)) {
        walk.apart(words, NonSpeechReason::Front);
    }
    for (words, why) in around.apart {
        walk.apart(words, why);
    }
    for (index, line) in lines.iter().enumerate().skip(from) {
        walk.line(line, index >= footer);
    }
    walk.close();
    walk.turns.items.retain(|item| !matches!(item, DialogueItem::Turn(turn) if turn.stretches.is_empty()));
    walk.turns
}

/// What stands around an interview and is taken out of its lines before anybody is looked for in them.
#[derive(Default)]
struct Around<'a> {
    apart: Vec<(&'a str, NonSpeechReason)>,
    /// The people whom fields name.
    people: HashSet<String>,
    /// Whether a field tells who asks or answers.
    told: bool,
}

impl<'a> Around<'a> {
    fn take(lines: &mut Vec<LabelledLine<'a>>, turns: &mut Turns) -> Self {
        turns.hosts.extend(stem_labels::mark(lines));
        question_layout::topics(lines);
        let pages = running_header::take(lines);
        let (above, below) = sections::take(lines);
        let tail = tail::take(lines);
        let parts = header::take_in_parts(lines);
        let header = header::take(lines);
        turns.hosts.extend(header.hosts);
        turns.guests.extend(header.guests);
        let with = |words: Vec<&'a str>, why| words.into_iter().map(move |words| (words, why));
        let apart = with(pages, NonSpeechReason::Page)
            .chain(with(above, NonSpeechReason::Front))
            .chain(with(parts, NonSpeechReason::Front))
            .chain(with(header.lines, NonSpeechReason::Front))
            .chain(with(below, NonSpeechReason::Footer))
            .chain(with(tail, NonSpeechReason::Footer))
            .collect();
        Self { apart, people: header.people, told: header.told }
    }
}

/// The lines at the end that may hold a licence or a copyright as a footer.
const FOOTER_LINES: usize = 12;

#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the text or of where the walk is")]
struct Walk<'a> {
    text: &'a str,
    turns: Turns,
    current: Option<Turn>,
    /// The first spelling of each name.
    spelling: HashMap<String, String>,
    structured: bool,
    /// Whether only questions are labelled. Then the lines below one answer it.
    unlabelled: bool,
    /// Whether a question stands on one line, below the name of who asks.
    by_line: bool,
    /// Whether the line before was a question, as its container says.
    asked: bool,
    /// Whether a divider ended the turn before. Unmarked text then belongs to nobody.
    outside: bool,
    /// The level of the headings that name speakers; zero where none does.
    level: usize,
    /// The time of the next words.
    time: Option<Moment>,
    /// The number of the line that is read.
    number: usize,
}

impl<'a> Walk<'a> {
    fn line(&mut self, line: &LabelledLine<'a>, footer: bool) {
        self.number = line.number;
        if line.hint.time.is_some() {
            self.time = line.hint.time;
        }
        match line.hint.kind {
            LineKind::Aside => return self.apart(line.words, NonSpeechReason::Direction),
            LineKind::Speaker => {
                self.asked = false;
                self.apart(line.words, NonSpeechReason::Name);
                let name = (line.words != crate::transcript::extract::UNNAMED).then_some(line.words);
                return self.begin(name, None, line.number);
            }
            LineKind::Asked if !self.structured => return self.heading(line),
            LineKind::Asked => {
                if !std::mem::replace(&mut self.asked, true) {
                    self.begin(None, Some((LabelRole::Asks, None)), line.number);
                }
                return self.words(line.words);
            }
            LineKind::Heading if self.structured => return self.heading(line),
            LineKind::Plain | LineKind::Bold | LineKind::Italic | LineKind::Heading | LineKind::Words => {}
        }
        if std::mem::take(&mut self.asked) {
            self.begin(None, None, line.number);
        }
        if let Some(title) = non_speech::divided(line.words).filter(|_| !self.structured && line.mark.is_none()) {
            return self.divider(line.words, title);
        }
        if footer && non_speech::is_footer(line.words) {
            return self.apart(line.words, NonSpeechReason::Footer);
        }
        if non_speech::is_furniture(line.words) || non_speech::is_page_mark(line.words) {
            return self.apart(line.words, NonSpeechReason::Page);
        }
        if non_speech::is_note(line.words) {
            return self.apart(line.words, NonSpeechReason::Notes);
        }
        if non_speech::is_system(line.words) {
            return self.apart(line.words, NonSpeechReason::Direction);
        }
        if let Some(mark) = line.mark {
            self.outside = false;
            self.level = if mark.rest.is_empty() { level(line.words) } else { self.level };
            // `问：` names nobody. `王小明问：` does.
            let name = (mark.label.is_none() || mark.style != LabelStyle::Label).then_some(mark.name);
            if mark.time.is_some() {
                self.time = mark.time;
            }
            self.apart(before(line.words, mark.rest), NonSpeechReason::Name);
            self.begin(name, mark.label, line.number);
            return self.words(mark.rest);
        }
        if line.change {
            self.outside = false;
            self.begin(None, None, line.number);
            return self.words(unquoted(line.words));
        }
        if non_speech::is_aside(line.words) || self.is_time(line.words) {
            return self.apart(line.words, NonSpeechReason::Direction);
        }
        // A line that its container calls speech is no heading, whatever it begins with.
        if line.hint.kind != LineKind::Words && is_heading(line)
            || self.turns.marked && names::is_section(line.words)
            || !self.turns.marked && is_italic_question(line)
        {
            return self.heading(line);
        }
        if self.outside {
            return self.apart(line.words, NonSpeechReason::Notes);
        }
        if self.unlabelled && self.current.as_ref().is_some_and(|turn| turn.label.is_some()) {
            let last = self.current.as_ref().and_then(|turn| turn.stretches.last());
            let asks = |words: &str| words.ends_with(['?', '？']);
            let ends = |words: &str| asks(words) || self.by_line && ends_sentence(words);
            let asked = last.and_then(|last| last.of_text(self.text)).is_some_and(ends);
            if asked || line.apart && !asks(line.words) {
                self.begin(None, None, line.number);
            }
        }
        if self.current.is_none() {
            if non_speech::is_byline(line.words) || non_speech::is_mail_head(line.words) {
                return self.apart(line.words, NonSpeechReason::Front);
            }
            self.begin(None, None, line.number);
        }
        self.words(unquoted(line.words));
    }

    /// Notes words that nobody said.
    fn apart(&mut self, words: &str, why: NonSpeechReason) {
        if let Some(span) = Span::of(self.text, words).filter(|span| !span.is_empty()) {
            self.turns.apart.push((span, why));
        }
    }

    /// `=== Ann Lee ===`, `==========`: text that follows without a name belongs to nobody.
    fn divider(&mut self, line: &'a str, title: &'a str) {
        self.apart(line, if title.is_empty() { NonSpeechReason::Page } else { NonSpeechReason::Heading });
        let last = self.current.as_ref().and_then(|turn| turn.stretches.last());
        let broken = last.and_then(|last| last.of_text(self.text)).is_some_and(|words| !ends_sentence(words));
        // A rule inside a sentence is the edge of a page.
        if !self.turns.marked || title.is_empty() && broken {
            return;
        }
        self.close();
        self.outside = true;
        if let Some(span) = Span::of(self.text, title).filter(|span| !span.is_empty()) {
            self.turns.items.push(DialogueItem::Heading { span });
        }
    }

    /// A line with a time alone gives the time of the next words.
    fn is_time(&mut self, line: &str) -> bool {
        let bare = line.trim_matches(|c: char| "\\[]()（）【】<> ->".contains(c));
        let clock = bare.trim_end_matches(['.', 'm', 'M']).trim_end_matches(['.', 'a', 'A', 'p', 'P']).trim_end();
        let clock = clock.trim_start_matches(['上', '下', '午', '早', '晚', '凌', '晨', '中']).trim_start();
        let timed = clock
            .chars()
            .all(|c| c.is_ascii_digit() || ":：., ->".contains(c))
            .then(|| timestamps::seconds(bare))
            .flatten();
        let timed = timed.or_else(|| timestamps::spelt(bare));
        self.time = timed.or(self.time);
        timed.is_some()
    }

    fn heading(&mut self, line: &LabelledLine<'a>) {
        self.apart(line.words, NonSpeechReason::Heading);
        let words =
            unquoted(line.words).trim_start_matches('#').trim().trim_end_matches('#').trim_matches(['*', '_']).trim();
        let words = if line.hint.kind == LineKind::Asked { unnumbered(words) } else { words };
        // A heading ends a part of a monologue, but no turn. One of the level of the speakers' names ends it.
        let ends = (1..=self.level).contains(&level(line.words));
        if let Some(span) = Span::of(self.text, words).filter(|span| !span.is_empty()) {
            let speaker = self.current.as_ref().and_then(|turn| turn.speaker.clone());
            self.close();
            self.turns.items.push(DialogueItem::Heading { span });
            self.outside = ends;
            self.current = speaker.filter(|_| !ends).map(|speaker| Turn {
                speaker: Some(speaker),
                label: None,
                line: line.number,
                stretches: Vec::new(),
            });
        }
    }

    fn begin(&mut self, name: Option<&str>, label: Option<(LabelRole, Option<usize>)>, line: usize) {
        let speaker = name.map(|name| {
            let name = names::clean(name);
            self.spelling.entry(names::key(name)).or_insert_with(|| name.to_owned()).clone()
        });
        // The same speaker continues.
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
            self.turns.items.push(DialogueItem::Turn(turn));
        }
    }

    /// Adds the words of a line, without the stage directions at its ends and between its sentences. A
    /// gap for inaudible words stays, and so does a time inside a sentence.
    fn words(&mut self, words: &'a str) {
        let mut from = 0;
        let mut inner = Vec::new();
        for direction in non_speech::directions(words) {
            let (before, after) = (words[from..direction.start].trim_end(), words[direction.end..].trim_start());
            let inside = &words[direction.clone()];
            let seconds = timestamps::seconds(inside);
            let hole = non_speech::is_hole(inside) && words.trim().len() > inside.trim().len();
            let whole = before.is_empty() || after.is_empty() || ends_sentence(before);
            if hole || !whole {
                if let (Some(seconds), Some(span)) = (seconds, Span::of(self.text, inside)) {
                    inner.push((span.start(), seconds));
                }
                continue;
            }
            self.stretch(before);
            self.apart(inside, NonSpeechReason::Direction);
            self.turns.times.append(&mut inner);
            self.time = seconds.or(self.time);
            from = direction.end;
        }
        self.stretch(&words[from..]);
        self.turns.times.append(&mut inner);
    }

    fn stretch(&mut self, words: &'a str) {
        let words = words.trim();
        let Some(span) = Span::of(self.text, words).filter(|_| words.chars().any(|c| !c.is_whitespace())) else {
            return;
        };
        if let Some(time) = self.time.take() {
            self.turns.times.push((span.start(), time));
        }
        if self.current.is_none() {
            self.begin(None, None, self.number);
        }
        let Some(turn) = self.current.as_mut() else { return };
        match turn.stretches.last_mut() {
            // A stretch continues over white space only. Anything else between was set apart.
            Some(last) if self.text[last.end()..span.start()].trim().is_empty() => *last = last.through(span),
            _ => turn.stretches.push(span),
        }
    }
}

/// The part of `line` before `rest`, a slice of it.
fn before<'a>(line: &'a str, rest: &str) -> &'a str {
    let at = (rest.as_ptr() as usize).saturating_sub(line.as_ptr() as usize);
    line.get(..at).unwrap_or(line)
}

/// The level of a heading in Markdown; zero for any other line.
fn level(words: &str) -> usize {
    let hashes = words.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&hashes) && words[hashes..].starts_with(' ') { hashes } else { 0 }
}

fn is_heading(line: &LabelledLine<'_>) -> bool {
    matches!(line.hint.kind, LineKind::Heading | LineKind::Bold)
        || level(line.words) > 0
        || bold_alone(line.words)
        || line.apart && non_speech::is_part(line.words)
}

/// A whole line in italics that asks, in a text without names.
fn is_italic_question(line: &LabelledLine<'_>) -> bool {
    let bare = line.words.trim_matches(['*', '_']);
    let italic = line.hint.kind == LineKind::Italic
        || ["*", "_"].iter().any(|sign| {
            line.words.len() > bare.len() + 1 && line.words.starts_with(sign) && line.words.ends_with(sign)
        });
    italic && quotation::asks(bare) && !bare.contains(['*', '_'])
}

/// A whole line in bold, as magazines print questions and headings.
fn bold_alone(line: &str) -> bool {
    let inside = line.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.contains("**"))
}
