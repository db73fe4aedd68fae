//! Finds words in a text, word for word, in any script, width and case, across line breaks.

use std::ops::Range;

use super::script::View;
use super::segment::is_chinese;

/// Words as [`find`] compares them.
pub fn folded(words: &str) -> String {
    View::folded(words.trim()).into_text()
}

/// Each place where words stand in a text, as byte ranges of the text. Both are folded.
///
/// Letters and digits are found only as whole words: `art` is not in `start`, and `00后` is not in
/// `2000后`. Chinese words have no such bounds. Any white space matches any other. Beside a Chinese
/// character it may be missing.
pub fn find(text: &str, words: &str) -> Vec<Range<usize>> {
    let wanted: Vec<char> = words.chars().collect();
    let mut found = Vec::new();
    let Some(first) = wanted.first() else { return found };
    let mut before = None;
    let mut taken = 0;
    for (at, c) in text.char_indices() {
        if c == *first
            && at >= taken
            && !joins(before, c)
            && let Some(len) = match_len(&text[at..], &wanted)
        {
            found.push(at..at + len);
            taken = at + len;
        }
        before = Some(c);
    }
    found
}

/// How many bytes at the beginning of a text match the wanted characters.
fn match_len(text: &str, wanted: &[char]) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    let mut last = None;
    for (i, want) in wanted.iter().enumerate() {
        let mut spaces = 0;
        // White space may stand at a broken line, or be left out there.
        while rest.next_if(|(_, c)| i > 0 && c.is_whitespace()).is_some() {
            spaces += 1;
        }
        let beside = |c: Option<char>| c.is_some_and(|c| is_chinese(c) || is_chinese_mark(c));
        if want.is_whitespace() {
            let next = wanted[i + 1..].iter().copied().find(|c| !c.is_whitespace());
            if spaces == 0 && !beside(last) && !beside(next) && last.is_none_or(|c: char| !c.is_whitespace()) {
                return None;
            }
            last = if spaces == 0 { last } else { Some(' ') };
            continue;
        }
        if spaces > 0 && !beside(last) && !beside(Some(*want)) {
            return None;
        }
        let (_, c) = rest.next()?;
        if c != *want {
            return None;
        }
        last = Some(c);
    }
    let next = rest.peek().copied();
    let end = next.map_or(text.len(), |(at, _)| at);
    let whole = next.is_none_or(|(_, next)| !joins(last, next));
    whole.then_some(end)
}

/// Whether two characters belong to one word that is written in letters or digits.
fn joins(before: Option<char>, c: char) -> bool {
    let in_word = |c: char| c.is_alphanumeric() && !is_chinese(c);
    before.is_some_and(in_word) && in_word(c)
}

fn is_chinese_mark(c: char) -> bool {
    matches!(c, '、' | '。' | '「' | '」' | '『' | '』' | '《' | '》' | '“' | '”')
}
