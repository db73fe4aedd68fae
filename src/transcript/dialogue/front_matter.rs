//! The front matter above an interview: title, participants, time and place. It finds where the
//! interview begins and splits no turn.

use std::collections::HashMap;

use super::field::{self, first_of, is_said, speaking_as};
use super::labelled_line::LabelledLine;
use super::lines::ends_sentence;
use super::names::{self, LabelRole, Likeness};
use super::non_speech;
use super::person_name;
use super::quotation;
use super::speaker_labels::{self, LabelStyle, SpeakerLabel};
use super::tail;
use super::turn::Turns;
use crate::transcript::extract::LineKind;
use crate::transcript::problem::{Problem, ProblemKind};
use crate::transcript::span::Span;

/// Reads the block between `---` lines at the top. Returns its number of lines.
pub(crate) fn yaml(text: &str, turns: &mut Turns) -> usize {
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
            || speaker_labels::mark(bare, false).is_some_and(|mark| mark.style == LabelStyle::Colon))
}

/// `訪談者：林小姐`: a field about people, time or place, which is no title.
fn is_field(line: &str) -> bool {
    speaker_labels::mark(line, false).is_some_and(|mark| {
        mark.style == LabelStyle::Colon
            && !mark.rest.is_empty()
            && (names::role(mark.name).is_some() || names::likeness(mark.name) == Likeness::None)
            && !["title", "标题", "題目", "题目", "標題", "主题", "主題"].contains(&mark.name.to_lowercase().as_str())
    })
}

/// A longer text before the first speaker is a speech.
const INTRODUCTION_BYTES: usize = 6000;

/// Whether named speakers who come back follow prose that is not theirs.
fn is_introduction(before: &[LabelledLine<'_>], after: &[LabelledLine<'_>], said: usize) -> bool {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for mark in after.iter().filter_map(|line| line.mark).filter(|mark| mark.label.is_none()) {
        *counts.entry(names::key(mark.name)).or_default() += 1;
    }
    let back = counts.values().filter(|count| **count >= 2).count();
    let asks = before.iter().any(|line| line.words.ends_with(['?', '？']));
    said <= INTRODUCTION_BYTES && back >= 2 && !asks
}

/// The largest share of a text that can be front matter before the first speaker.
const PREAMBLE_SHARE: usize = 3;

/// The most lines of credits above an interview.
const CREDITS: usize = 100;

/// Sets front matter apart. Returns the first line that somebody said.
pub(crate) fn matter<'a>(text: &'a str, lines: &[LabelledLine<'a>], turns: &mut Turns) -> usize {
    let mut first = lines.iter().position(|line| line.mark.is_some()).unwrap_or(lines.len());
    // `受访者：张三` above the interview names a participant and is no turn. Each name is searched in the
    // whole text, so their number is limited.
    let mut credits = 0..CREDITS;
    let keys: Vec<Option<String>> = lines.iter().map(|line| line.mark.map(|mark| names::key(mark.name))).collect();
    while first < lines.len() && credits.next().is_some() && is_credit(lines, &keys, first, turns) {
        first = (first + 1..lines.len()).find(|at| lines[*at].mark.is_some()).unwrap_or(lines.len());
    }
    // A question set apart, or the first of several headings that ask, belongs to the interview.
    let headed = |line: &LabelledLine<'_>| {
        line.words.starts_with('#') && quotation::asks(line.words.trim_start_matches('#').trim())
    };
    let several = lines.iter().filter(|line| headed(line)).count() >= 2;
    let is_asked = |line: &LabelledLine<'_>| line.hint.kind == LineKind::Asked || several && headed(line);
    first = first.min(lines.iter().position(is_asked).unwrap_or(first));
    // Above named speakers, only a sentence can be speech.
    let marked = turns.marked;
    let length = |part: &[LabelledLine<'_>]| {
        let said = part.iter().filter(|line| !is_credit_line(line.words) && (!marked || ends_sentence(line.words)));
        said.map(|line| line.words.len()).sum::<usize>()
    };
    let said = length(&lines[..first]);
    let large = said * PREAMBLE_SHARE > length(lines);
    let introduces = large && is_introduction(&lines[..first], &lines[first..], said);
    let front = !marked || large && !introduces;
    if let (true, Some(begins), Some(ends)) = (introduces, lines.first(), lines[..first].last()) {
        let what = ProblemKind::Introduction { from: begins.number, to: ends.number };
        turns.problems.push(Problem::new(begins.number, what));
    }
    // A time above the first words is that of a caption, which has no title.
    let timed = lines.first().is_some_and(|line| {
        line.words.contains(':') && line.words.chars().all(|c| c.is_ascii_digit() || ":.".contains(c))
    });
    let title = lines[..first].iter().take(if timed { 0 } else { 3 }).find(|line| {
        line.hint.kind != LineKind::Aside
            && !non_speech::is_aside(line.words)
            && !non_speech::is_mail_head(line.words)
            && !is_field(line.words)
            && !is_asked(line)
    });
    let mut from = 0;
    if let Some(line) = title {
        let words = line.words.trim_start_matches('#').trim().trim_matches(['*', '=', '-', '—']).trim();
        let is_heading = line.words.starts_with("# ") || line.hint.kind == LineKind::Heading;
        // A sentence is no title. In a text without speakers it is speech.
        if is_heading
            || words.chars().count() <= 80
                && (!front || !quotation::asks(words) && !words.ends_with(['。', '.', '！', '…']))
        {
            turns.title.get_or_insert_with(|| words.to_owned());
            turns.title_span = Span::of(text, words);
            from = lines.iter().position(|other| other.number == line.number).map_or(0, |at| at + 1);
        }
    }
    if front { from + usize::from(!marked && is_dated(lines, from)) } else { first }
}

/// Whether a date stands right below a title, of which `from` is the end: `二〇二四年春`.
fn is_dated(lines: &[LabelledLine<'_>], from: usize) -> bool {
    from > 0 && lines.get(from).is_some_and(|line| tail::is_date(line.words))
}

/// The most lines above the first speaker of a container that can be its title and its date.
const HEAD_LINES: usize = 8;

/// The number of lines above the first speaker whom a container tells, if none of them is a sentence.
pub(crate) fn above(lines: &[LabelledLine<'_>]) -> usize {
    let is_plain = |line: &&LabelledLine<'_>| line.hint.kind == LineKind::Plain && !ends_sentence(line.words);
    let head = lines.iter().take_while(is_plain).count();
    let speaks = lines.get(head).is_some_and(|line| line.hint.kind == LineKind::Speaker);
    if speaks && head <= HEAD_LINES { head } else { 0 }
}

/// Whether the mark at `at` heads a short line of credits before the interview; `keys` are the names of all marks.
fn is_credit(lines: &[LabelledLine<'_>], keys: &[Option<String>], at: usize, turns: &mut Turns) -> bool {
    let line = &lines[at];
    let Some(mark) =
        line.mark.filter(|mark| matches!(mark.style, LabelStyle::Colon | LabelStyle::Bold) && mark.label.is_none())
    else {
        return false;
    };
    let value = mark.rest;
    if non_speech::is_fields(line.words) {
        return true;
    }
    let short = !value.is_empty()
        && value.chars().count() <= 30
        && !value.ends_with(['。', '.', '？', '?', '！', '!', '…', '：', ':']);
    // Above numbered questions, a field of a form names no speaker.
    let back = || keys[at + 1..].contains(&keys[at]);
    let asked = |other: &LabelledLine<'_>| matches!(other.mark.and_then(|mark| mark.label), Some((LabelRole::Asks, _)));
    if short
        && lines[at + 1..].iter().filter(|line| asked(line)).count() >= 2
        && !back()
        && !lines[..at].iter().any(asked)
    {
        return true;
    }
    let listed = is_listed(lines, at, &mark, back);
    let role = names::role(mark.name);
    if !listed && (!short || role.is_none()) {
        return false;
    }
    // The named person speaks below under that name or a part of it, or other credits stand beside it.
    let below: Vec<&str> = keys[at + 1..].iter().flatten().map(String::as_str).collect();
    let named = speaking_as(value, &below);
    let beside = |other: Option<&LabelledLine<'_>>| {
        other.is_some_and(|other| {
            other.number.abs_diff(line.number) <= 1
                && speaker_labels::mark(other.words, false).is_some_and(|mark| {
                    mark.style == LabelStyle::Colon
                        && (names::likeness(mark.name) == Likeness::None && mark.rest.chars().count() <= 40)
                })
        })
    };
    // A value that is no name describes a person who does not speak.
    if !listed && names::likeness(value) == Likeness::None && below.contains(&names::key(mark.name).as_str()) {
        return false;
    }
    let credit = listed
        || named.is_some()
        || beside(lines.get(at + 1))
        || at.checked_sub(1).is_some_and(|before| beside(lines.get(before)));
    let key = names::key(mark.name);
    if credit
        && (role == Some(LabelRole::Asks) || ["interviewed by", "hosted by", "采访", "访谈"].contains(&key.as_str()))
    {
        let asking = field::listed(value).into_iter();
        turns.hosts.extend(asking.map(|one| speaking_as(one, &below).unwrap_or_else(|| names::key(first_of(one)))));
    } else if credit
        && (role == Some(LabelRole::Answers) || ["interview", "interview with", "narrator"].contains(&key.as_str()))
    {
        turns.guests.extend(named);
    }
    credit
}

/// The lines from the top that may hold fields.
const FIELD_LINES: usize = 60;

/// Whether a field stands in a list of fields at the top, and nobody of that name speaks below.
fn is_listed(lines: &[LabelledLine<'_>], at: usize, mark: &SpeakerLabel<'_>, back: impl Fn() -> bool) -> bool {
    if at >= FIELD_LINES {
        return false;
    }
    let value = mark.rest;
    let is_field = |line: &LabelledLine<'_>| {
        let bare = line.words.trim_matches(|c: char| c.is_whitespace() || "*_-#>".contains(c));
        speaker_labels::mark(bare, false).is_some_and(|mark| {
            matches!(mark.style, LabelStyle::Colon | LabelStyle::Bold)
                && mark.rest.chars().count() <= 120
                && !is_said(mark.rest)
        })
    };
    let is_known = |line: &LabelledLine<'_>| {
        let bare = line.words.trim_matches(|c: char| c.is_whitespace() || "*_-#>".contains(c));
        let mark = speaker_labels::mark(bare, false);
        mark.is_some_and(|mark| mark.style == LabelStyle::Colon && names::likeness(mark.name) == Likeness::None)
    };
    let person = person_name::is_surely(mark.name) && names::role(mark.name).is_none();
    if value.is_empty() || value.chars().count() > 120 || is_said(value) || back() || person {
        return false;
    }
    // The list continues from the line before or to the line after, and holds a field that names
    // nobody.
    let from = (0..at).rev().take_while(|before| is_field(&lines[*before])).last().unwrap_or(at);
    let to = (at + 1..lines.len().min(2 * FIELD_LINES))
        .take_while(|after| is_field(&lines[*after]) && lines[*after].number <= lines[*after - 1].number + 1)
        .last()
        .unwrap_or(at);
    // An empty line sets it off from what is said.
    let set_off = lines.get(to + 1).is_none_or(|next| next.apart);
    to > from && set_off && lines[from..=to].iter().any(is_known) && from <= 4
}
