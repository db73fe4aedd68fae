//! Which lines without a mark are questions. It looks at all lines at once and splits nothing.

use std::collections::HashSet;

use super::labelled_line::{LabelledLine, unnumbered};
use super::lines::ends_sentence;
use super::names;
use super::quotation;
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
