//! A conversation that an interviewee tells, with labels of its own: `客户：` and `我：` inside an answer. Its lines are the
//! words of whoever tells it.

use std::collections::HashSet;

use super::labelled_line::LabelledLine;
use super::names;
use super::speaker_labels::LabelStyle;

/// Labels by which nobody but a teller goes, in a text that names those who take part.
const FIRST_PERSON: [&str; 5] = ["我", "俺", "me", "i", "myself"];
/// So often somebody who takes part speaks away from any `我：`, at least.
const MIN_TURNS_ELSEWHERE: usize = 2;

/// A label, in the order of the text.
struct Label {
    line: usize,
    key: String,
    /// `Q1`, `答：` and the like, which nobody tells of others.
    is_of_interview: bool,
}

/// Removes the marks of conversations that somebody tells.
///
/// Such a conversation follows a turn of somebody who takes part, and has a label of the first person and another label
/// that stands nowhere else. Where the first person also speaks without such another, it takes part itself.
pub(super) fn unmark(lines: &mut [LabelledLine<'_>]) {
    let labels: Vec<Label> = lines.iter().enumerate().filter_map(|(at, line)| label_of(at, line)).collect();
    let is_told_by = |label: &Label| !label.is_of_interview && FIRST_PERSON.contains(&label.key.as_str());
    if !labels.iter().any(is_told_by) {
        return;
    }
    let named = taking_part(&labels, &is_told_by);
    let takes_part = |label: &Label| label.is_of_interview || named.contains(label.key.as_str());
    let parts = labels.chunk_by(|a, b| takes_part(a) == takes_part(b));
    let (mut told, mut before) = (Vec::new(), None);
    for part in parts {
        let own = part.iter().filter(|label| is_told_by(label)).count();
        let is_told = own > 0 && own < part.len() && before.is_some();
        if own > 0 && !is_told {
            return;
        }
        if is_told {
            told.extend(part.iter().map(|label| label.line));
        }
        before = part.last();
    }
    if told.len() * 2 <= labels.len() {
        for line in told {
            lines[line].mark = None;
        }
    }
}

fn label_of(at: usize, line: &LabelledLine<'_>) -> Option<Label> {
    let mark =
        line.mark.filter(|mark| matches!(mark.style, LabelStyle::Colon | LabelStyle::Label | LabelStyle::Bold))?;
    Some(Label { line: at, key: names::key(mark.name), is_of_interview: mark.label.is_some() })
}

/// Those who speak away from the first person often enough.
fn taking_part<'l>(labels: &'l [Label], is_told_by: &dyn Fn(&Label) -> bool) -> HashSet<&'l str> {
    let is_beside = |at: usize| {
        let around = at.saturating_sub(1)..(at + 2).min(labels.len());
        labels[around].iter().any(is_told_by)
    };
    let elsewhere: Vec<&str> =
        labels.iter().enumerate().filter(|(at, _)| !is_beside(*at)).map(|(_, label)| label.key.as_str()).collect();
    let often = |key: &&str| elsewhere.iter().filter(|other| *other == key).count() >= MIN_TURNS_ELSEWHERE;
    elsewhere.iter().copied().filter(often).collect()
}
