//! Which lines without a mark are questions. It looks at all lines at once and splits nothing.

use std::collections::HashSet;

use super::labelled_line::{LabelledLine, unnumbered};
use super::lines::ends_sentence;
use super::names;
use super::non_speech;
use super::quotation;
use super::speaker_labels::{self, LabelStyle, SpeakerLabel};
use crate::transcript::extract::LineKind;

/// The most characters of a question that stands as a paragraph.
const QUESTION_CHARS: usize = 240;

/// The most lines above a table of fields that are no speech.
const HEAD: usize = 4;

/// The most lines above the first question in quotation marks: a title and a name.
const ABOVE: usize = 2;
/// One line in this many is a question, where questions stand in quotation marks.
const QUOTED_EVERY: usize = 6;

fn asks(line: &LabelledLine<'_>) -> bool {
    quotation::asks(line.words) && line.words.chars().count() <= QUESTION_CHARS
}

/// The questions of a text in which nobody who asks is named, nor any heading asks: paragraphs that end by asking, with
/// answers between them. They become headings. `told` is whether a field above says who asks or answers.
pub(crate) fn questions(lines: &mut [LabelledLine<'_>], told: bool) {
    if lines.iter().any(|line| line.mark.is_some()) {
        above_answers(lines);
        return;
    }
    if set_off(lines, is_italic, false) || set_off(lines, is_bracketed, true) {
        return;
    }
    // A heading above them is the title. A few lines above a table of fields are its head.
    let title = usize::from(lines.first().is_some_and(|line| line.words.starts_with("# ")));
    let fields = lines.iter().rposition(|line| line.hint.kind == LineKind::Aside).map_or(0, |at| at + 1);
    let head = lines[..fields].iter().filter(|line| line.hint.kind != LineKind::Aside);
    let title = if head.clone().count() <= HEAD && !head.clone().any(asks) { title.max(fields) } else { title };
    let lines = &mut lines[title..];
    let plain = lines
        .iter()
        .all(|line| line.hint.kind == LineKind::Plain && !line.words.starts_with('#') && !line.words.starts_with("**"));
    if !plain {
        return;
    }
    if dashed(lines) {
        return;
    }
    let numbered = |line: &LabelledLine<'_>| unnumbered(line.words).len() < line.words.len();
    // A question that nothing follows has no answer. It is somebody's last words.
    let end = lines.len().saturating_sub(1);
    let all: Vec<usize> = (0..end).filter(|at| asks(&lines[*at])).collect();
    // Numbered ones are a list of questions. Others must come often, each with an answer below.
    let listed: Vec<usize> = all.iter().copied().filter(|at| numbered(&lines[*at])).collect();
    let listed = if listed.len() >= 2 { in_series(lines, &listed) } else { listed };
    let quoted = quoted(lines, &all);
    let (found, least) = if listed.len() >= 2 {
        (listed, 2)
    } else if let Some(quoted) = quoted {
        (quoted, 2)
    } else {
        // In a story, somebody's question stands in quotation marks.
        (all.into_iter().filter(|at| quotation::inside(lines[*at].words).is_none()).collect(), if told { 2 } else { 3 })
    };
    let answered = found.iter().filter(|at| *at + 1 == end || !asks(&lines[*at + 1])).count();
    // Rhetorical questions are few among many paragraphs.
    if answered < least || answered * 4 < found.len() * 3 || (!told && least == 3 && found.len() * 8 < lines.len()) {
        return;
    }
    // If each question follows a dash or stands in a list, so do the answers.
    let bulleted = found.iter().all(|at| unbulleted(lines[*at].words).len() < lines[*at].words.len());
    for at in 0..lines.len() - 1 {
        // `2. Safety` above `2.1 What happened?`
        if !found.contains(&at) && found.contains(&(at + 1)) && is_part(lines[at].words, lines[at + 1].words) {
            lines[at].hint.kind = LineKind::Heading;
        }
    }
    for at in found {
        lines[at].hint.kind = LineKind::Asked;
    }
    for line in lines.iter_mut().filter(|_| bulleted) {
        line.words = unbulleted(line.words);
    }
}

/// The most characters of a numbered topic, and the fewest topics of a form.
const TOPIC_CHARS: usize = 60;
const TOPICS: usize = 3;

/// Marks the numbered topics of a form in which nobody is named and no line ends with a question mark: `1. Reason for
/// leaving` above what somebody said to it. Each stands below an empty line.
pub(crate) fn topics(lines: &mut [LabelledLine<'_>]) {
    let mut named: HashSet<String> = HashSet::new();
    let again = lines.iter().filter_map(colon_mark).any(|mark| !named.insert(names::key(mark.name)));
    let marked = lines
        .iter()
        .any(|line| line.mark.is_some_and(|mark| mark.label.is_some()) || line.hint.kind != LineKind::Plain);
    if again || marked || lines.iter().any(|line| quotation::asks(line.words)) {
        return;
    }
    let is_topic = |line: &LabelledLine<'_>| {
        let words = unnumbered(line.words);
        let length = words.chars().count();
        words.len() < line.words.len() && line.apart && (2..=TOPIC_CHARS).contains(&length) && !ends_sentence(words)
    };
    let plain = |at: usize| lines.get(at).is_some_and(|line| unnumbered(line.words).len() == line.words.len());
    let found: Vec<usize> = (0..lines.len()).filter(|at| is_topic(&lines[*at])).collect();
    let answered = found.iter().all(|at| plain(at + 1));
    let in_order = found.iter().zip(1..).all(|(at, expected)| number(lines[*at].words) == Some(expected));
    if found.len() < TOPICS || !answered || !in_order {
        return;
    }
    for at in found {
        lines[at].hint.kind = LineKind::Asked;
        lines[at].mark = None;
    }
}

/// The mark of a line with a colon or a time.
fn colon_mark<'a>(line: &LabelledLine<'a>) -> Option<SpeakerLabel<'a>> {
    line.mark.filter(|mark| matches!(mark.style, LabelStyle::Colon | LabelStyle::Timed))
}

/// The number before a line.
fn number(words: &str) -> Option<usize> {
    let number = &words[..words.len() - unnumbered(words).len()];
    speaker_labels::counted(number.trim_matches(|c: char| !c.is_alphanumeric())).filter(|_| !number.is_empty())
}

/// The numbered questions with those among them that go on counting and ask without a question mark: `4、其他意见`, `2. 请谈谈
/// 您的经历。`
fn in_series(lines: &[LabelledLine<'_>], asked: &[usize]) -> Vec<usize> {
    let count = |at: usize| number(lines[at].words);
    let requests =
        ["请", "請", "谈谈", "說說", "说说", "談談", "描述", "Please", "Describe", "Tell", "Explain", "Name", "Give"];
    let is_asked = |at: usize| asked.binary_search(&at).is_ok();
    let mut found = Vec::new();
    let mut expected = 1;
    for at in 0..lines.len() {
        let Some(number) = count(at) else {
            found.extend(is_asked(at).then_some(at));
            continue;
        };
        let words = unnumbered(lines[at].words);
        let topic = words.chars().count() <= PART_CHARS
            && (!ends_sentence(words) || requests.iter().any(|request| words.starts_with(request)));
        let answered = lines.get(at + 1).is_some_and(|next| unnumbered(next.words).len() == next.words.len());
        if is_asked(at) || number == expected && topic && answered {
            found.push(at);
            expected = number + 1;
        }
    }
    found
}

/// A whole line in italics.
fn is_italic<'a>(line: &LabelledLine<'a>) -> Option<&'a str> {
    let bare = line.words.trim_matches(['*', '_']);
    let signs = ["*", "_"].iter().any(|sign| {
        let inside = line.words.strip_prefix(sign).and_then(|words| words.strip_suffix(sign));
        inside.is_some_and(|inside| !inside.contains(['*', '_']))
    });
    (line.hint.kind == LineKind::Italic || line.hint.kind == LineKind::Plain && signs).then_some(bare)
}

/// A whole line in square brackets that is no stage direction.
fn is_bracketed<'a>(line: &LabelledLine<'a>) -> Option<&'a str> {
    let pairs = [('[', ']'), ('【', '】'), ('〔', '〕'), ('［', '］')];
    let inside = pairs.iter().find_map(|(open, close)| line.words.strip_prefix(*open)?.strip_suffix(*close))?;
    let direction = non_speech::directions(line.words).first().is_some_and(|at| at.start == 0);
    (line.hint.kind == LineKind::Plain && !direction && !inside.contains(['[', '【', '〔', '［'])).then_some(inside)
}

/// The fewest questions that are set off from their answers by their form alone.
const SET_OFF: usize = 3;

/// Marks the lines of a text that `form` sets off, if they are the interviewer's: the text begins with one, each has its
/// answer below, and a third of them ask. Where none asks, they are topics if `may_be_topics`.
fn set_off<'a>(
    lines: &mut [LabelledLine<'a>],
    form: impl Fn(&LabelledLine<'a>) -> Option<&'a str>,
    may_be_topics: bool,
) -> bool {
    let found: Vec<(usize, &'a str)> = (0..lines.len()).filter_map(|at| Some((at, form(&lines[at])?))).collect();
    let is_found = |at: usize| found.binary_search_by_key(&at, |(at, _)| *at).is_ok();
    let answered = found.iter().filter(|(at, _)| at + 1 < lines.len() && !is_found(at + 1)).count();
    let begins =
        found.first().is_some_and(|(at, _)| *at <= ABOVE && !lines[..*at].iter().any(|line| ends_sentence(line.words)));
    let asking = found.iter().filter(|(_, words)| quotation::asks(words)).count();
    let topics = may_be_topics
        && asking == 0
        && found.iter().all(|(_, words)| words.chars().count() <= PART_CHARS && !ends_sentence(words));
    if found.len() < SET_OFF || answered < found.len() || !begins || asking * 3 < found.len() && !topics {
        return false;
    }
    for (at, words) in found {
        lines[at].words = words;
        lines[at].hint.kind = if topics { LineKind::Heading } else { LineKind::Asked };
    }
    true
}

/// Signs that magazines put before questions, and not before answers.
const DASHES: [&str; 5] = ["――", "——", "──", "―", "─"];

/// Marks the questions of a text in which each stands behind a dash and its answer below without one: `――転機は。`
fn dashed(lines: &mut [LabelledLine<'_>]) -> bool {
    let rest = |line: &LabelledLine<'_>| -> Option<usize> {
        let rest = DASHES.iter().find_map(|dash| line.words.strip_prefix(dash))?;
        let rest = rest.trim_start();
        (!rest.is_empty() && rest.chars().count() <= QUESTION_CHARS).then_some(line.words.len() - rest.len())
    };
    let found: Vec<(usize, usize)> = (0..lines.len()).filter_map(|at| Some((at, rest(&lines[at])?))).collect();
    let is_found = |at: usize| found.binary_search_by_key(&at, |(at, _)| *at).is_ok();
    let answered = found.iter().filter(|(at, _)| at + 1 < lines.len() && !is_found(at + 1)).count();
    let asking = found.iter().filter(|(at, _)| asks(&lines[*at]) || lines[*at].words.contains('か')).count();
    if found.len() < 2 || answered < found.len() || asking * 2 < found.len() {
        return false;
    }
    for (at, from) in found {
        lines[at].words = &lines[at].words[from..];
        lines[at].hint.kind = LineKind::Asked;
    }
    true
}

/// Whether a short numbered line heads the part whose first numbered line follows: `2. Safety` above `2.1 What …?`
fn is_part(line: &str, next: &str) -> bool {
    let digits = |words: &str| words.chars().take_while(char::is_ascii_digit).collect::<String>();
    let number = digits(line);
    let rest = unnumbered(line);
    !number.is_empty()
        && rest.len() < line.len()
        && rest.chars().count() <= PART_CHARS
        && !ends_sentence(rest)
        && next
            .strip_prefix(number.as_str())
            .is_some_and(|next| next.starts_with(['.', '．', '-']) && !digits(&next[1..]).is_empty())
}

/// The longest heading of a part.
const PART_CHARS: usize = 50;

/// The questions of a text that quotes nothing else: it begins with one, below a title and a name at most, and they come
/// often. Many other lines that begin with a quotation are those of a story.
fn quoted(lines: &[LabelledLine<'_>], asked: &[usize]) -> Option<Vec<usize>> {
    let found: Vec<usize> =
        asked.iter().copied().filter(|at| quotation::inside(unnumbered(lines[*at].words)).is_some()).collect();
    let opening = lines.iter().filter(|line| quotation::opens(line.words)).count();
    let enclosed = lines.iter().all(|line| quotation::inside(line.words).is_some());
    let first = *found.first()?;
    let begins = first <= ABOVE && !lines[..first].iter().any(|line| ends_sentence(line.words));
    let often = found.len() * QUOTED_EVERY >= lines.len() - first;
    let others = opening.saturating_sub(found.len());
    (found.len() >= 2 && begins && often && (others * 4 <= found.len() || enclosed)).then_some(found)
}

/// Questions without a mark above answers that have a name, as in an interview by mail with several experts.
fn above_answers(lines: &mut [LabelledLine<'_>]) {
    let first = lines.iter().position(|line| line.mark.is_some()).unwrap_or(lines.len());
    let plain = |line: &LabelledLine<'_>| line.mark.is_none() && !line.change && line.hint.kind == LineKind::Plain;
    let found: Vec<usize> = (0..lines.len().saturating_sub(1))
        .filter(|at| plain(&lines[*at]) && asks(&lines[*at]) && lines[*at + 1].mark.is_some())
        .collect();
    let numbered = found.iter().all(|at| unnumbered(lines[*at].words).len() < lines[*at].words.len());
    // The first answer has its question above it. Speakers who ask by themselves have an interviewer among them.
    let begins = found.first().is_some_and(|at| *at + 1 == first);
    let marked = || lines.iter().filter_map(|line| line.mark);
    let asking = marked().filter(|mark| mark.rest.ends_with(['?', '？'])).count();
    let roles = marked().any(|mark| mark.label.is_some() || names::role(mark.name) == Some(names::LabelRole::Asks));
    let speakers: HashSet<String> = marked().map(|mark| names::key(mark.name)).collect();
    // Each speaker answers most questions, once.
    let (turns, once) = (marked().count() * 4, found.len() * speakers.len());
    let answered = (once * 3..=once * 5).contains(&turns);
    let least = if numbered { 2 } else { 3 };
    if found.len() < least || !begins || roles || !answered || asking * 4 > found.len() {
        return;
    }
    for at in found {
        lines[at].hint.kind = LineKind::Asked;
    }
}

/// A line without the dash or the sign of a list before it.
fn unbulleted(line: &str) -> &str {
    let bare = ["——", "—", "–"].iter().find_map(|dash| line.strip_prefix(dash));
    bare.or_else(|| ["- ", "* ", "+ ", "• "].iter().find_map(|sign| line.strip_prefix(sign)))
        .unwrap_or(line)
        .trim_start()
}
