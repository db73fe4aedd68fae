//! Sentence → clauses, the unit that is marked. Pure.

use crate::transcript::Span;

/// No clause is narrower than this many Chinese characters, or twice as many letters: a connective
/// (所以，In short,) belongs to what it connects.
const MIN_CLAUSE_WIDTH: usize = 6;

/// A sentence cut after its inner punctuation. What stands between quotation marks or brackets is
/// not cut, and neither is a list.
pub fn clauses(text: &str, sentence: Span) -> Vec<Span> {
    let words = sentence.of_text(text).unwrap_or_default();
    let mut ends: Vec<usize> = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '“' | '「' | '『' | '（' | '(' | '《' | '【' => depth += 1,
            '”' | '」' | '』' | '）' | ')' | '》' | '】' => depth = depth.saturating_sub(1),
            '，' | '：' | ',' | ':' if depth == 0 => {
                let end = at + c.len_utf8();
                let next = chars.peek().map(|(_, next)| *next);
                let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
                let inside = c.is_ascii() && digit(words[..at].chars().next_back()) && digit(next);
                let piece = &words[start..end];
                if !inside && wide(piece) && !introduces(piece) && wide(&words[end..]) {
                    ends.push(end);
                    start = end;
                }
            }
            _ => {}
        }
    }
    ends.push(words.len());
    let mut start = 0;
    let mut found = Vec::with_capacity(ends.len());
    for end in ends {
        let piece = &words[start..end];
        let at = sentence.start() + start + (piece.len() - piece.trim_start().len());
        let span = Span::new(text, at..at + piece.trim().len());
        found.extend(span.filter(|span| !span.is_empty()));
        start = end;
    }
    found
}

/// Whether it only opens what comes next: 我的结论是，我一直觉得，
fn introduces(piece: &str) -> bool {
    let said = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
    let names = ["来说", "來說"].iter().any(|end| said.ends_with(end));
    !names && ["是", "说", "說", "觉得", "覺得", "认为", "認為"].iter().any(|end| said.ends_with(end))
}

/// In halves of a Chinese character.
fn wide(words: &str) -> bool {
    let halves = |c: char| if c.is_ascii() || ('\u{80}'..'\u{2e80}').contains(&c) { 1 } else { 2 };
    words.trim().chars().map(halves).sum::<usize>() >= 2 * MIN_CLAUSE_WIDTH
}

#[cfg(test)]
mod tests;
