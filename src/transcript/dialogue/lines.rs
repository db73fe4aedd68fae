//! A text as lines, each with its possible speaker. A line with several turns is cut where they begin.
//! It judges no mark.

use super::label_layout;
use super::labelled_line::LabelledLine;
use super::non_speech;
use super::speaker_labels;
use crate::transcript::extract::{LineHint, LineKind};

/// The number of lines with `>>` from which it means another speaker.
const CHANGES: usize = 2;

/// The hint for a line of which its container says nothing.
const PLAIN: LineHint = LineHint { kind: LineKind::Plain, time: None };

/// The non-empty lines from index `body` on.
pub(crate) fn of<'a>(text: &'a str, hints: &[LineHint], body: usize, structured: bool) -> Vec<LabelledLine<'a>> {
    let numbered = hints.is_empty() && non_speech::has_line_numbers(text);
    let fifths = hints.is_empty() && !numbered && non_speech::has_fifth_numbers(text);
    let all: Vec<&str> = text.lines().collect();
    let changes = !structured && says_changes(&all);
    let starts = if structured { Vec::new() } else { label_layout::inline_turns(&all) };
    let mut lines = Vec::new();
    let mut apart = true;
    for (index, line) in all.iter().enumerate() {
        let hint = hints.get(index).copied().unwrap_or(PLAIN);
        if index < body || trimmed(line).is_empty() {
            apart = true;
            continue;
        }
        let indent = line.chars().take_while(|c| c.is_whitespace()).count();
        let inside = starts.get(index).map_or(&[][..], Vec::as_slice);
        let ends = inside.iter().copied().chain([line.len()]);
        for (start, end) in [0].into_iter().chain(inside.iter().copied()).zip(ends) {
            let words = trimmed(&line[start..end]);
            // The dash before an answer that follows on the line.
            let words = if end < line.len() { words.trim_end_matches(['—', '–', '-', ' ']) } else { words };
            if words.is_empty() {
                continue;
            }
            let words = if numbered {
                non_speech::unlined(words).1
            } else if fifths {
                non_speech::fifth(words).map_or(words, |(_, words)| words)
            } else {
                words
            };
            let change = changes && words.starts_with(">>");
            let reads = !structured
                && matches!(hint.kind, LineKind::Plain | LineKind::Bold | LineKind::Italic | LineKind::Heading)
                && (!non_speech::is_credits(words) || !inside.is_empty());
            let mark = if reads { speaker_labels::mark(unquoted(words), hint.kind == LineKind::Heading) } else { None };
            // After `>>` a short line is words, not a name.
            let mark = mark.filter(|mark| !change || mark.style != speaker_labels::LabelStyle::Alone);
            let apart = std::mem::take(&mut apart);
            lines.push(LabelledLine { number: index + 1, words, hint, mark, apart, indent, change });
        }
    }
    lines
}

fn trimmed(line: &str) -> &str {
    line.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}' || c == '\u{200b}')
}

/// Whether `>>` means a change of speaker and not a quotation.
fn says_changes(lines: &[&str]) -> bool {
    let begins = |sign: &str| lines.iter().filter(|line| line.trim_start().starts_with(sign)).count();
    let (changes, quoted, nested) = (begins(">>"), begins(">"), begins(">>>"));
    changes >= CHANGES && changes == quoted && nested == 0
}

/// A line of a block quote, without the mark before it.
pub(crate) fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' '])
}

/// Whether words end with the mark of a sentence.
pub(crate) fn ends_sentence(words: &str) -> bool {
    words.trim_end_matches(['"', '”', '」', '\'', '’', '*', '_']).ends_with(['.', '?', '!', '。', '？', '！', '…'])
}
