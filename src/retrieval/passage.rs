//! Answer → sentences → passages, the unit that is embedded. A passage is a slice of an answer and
//! never crosses it.

mod clauses;

use std::ops::Range;

pub use clauses::clauses;

use crate::transcript::Span;

/// A window grows until it holds this many characters …
const WINDOW_CHARS: usize = 80;
/// … or this many sentences, whichever comes first.
const WINDOW_SENTENCES: usize = 4;
/// Tokens of an answer that a judge reads at once, as estimated from its characters.
const READ_TOKENS: f32 = 84.0;

/// The windows of sentences of one stretch of an answer, in order. Each begins one sentence after the
/// window before. No window ends inside an `intact` span. These are in order too.
pub fn passages(text: &str, stretch: Span, intact: &[Span]) -> Vec<Span> {
    let sentences = sentences(text, stretch, intact);
    let mut windows: Vec<Span> = Vec::with_capacity(sentences.len());
    for first in 0..sentences.len() {
        let mut window = sentences[first];
        for next in sentences.iter().skip(first + 1).take(WINDOW_SENTENCES - 1) {
            if chars(text, window) >= WINDOW_CHARS {
                break;
            }
            window = window.through(*next);
        }
        // The tail of the last window is not a window of its own.
        if windows.last().is_none_or(|last| last.end() < window.end()) {
            windows.push(window);
        }
    }
    windows
}

/// The byte range of an answer's words that is read to judge a passage. It begins with the passage, at
/// `start`.
pub fn read_from(words: &str, start: usize) -> Range<usize> {
    let mut tokens = 0.0;
    let cut = words[start..].char_indices().find(|(_, c)| {
        // Three Chinese characters are two tokens, four Latin letters are one.
        tokens += if ('\u{2e80}'..='\u{ffef}').contains(c) { 0.65 } else { 0.25 };
        tokens > READ_TOKENS
    });
    start..cut.map_or(words.len(), |(at, _)| start + at)
}

/// The sentences of a stretch, in order, without the white space between them.
///
/// A sentence ends after `。！？；…` or their ASCII forms, with the closing quotes and brackets that
/// follow, and at a line end. A full stop ends a sentence only before white space, so `3.5` and `e.g.x`
/// stay whole. Marks inside an `intact` span end no sentence, because they are damage there.
pub fn sentences(text: &str, stretch: Span, intact: &[Span]) -> Vec<Span> {
    let words = stretch.of_text(text).unwrap_or_default();
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = words.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let mut end = at + c.len_utf8();
        if !ends_sentence(c, next) {
            continue;
        }
        while let Some((at, closing)) = chars.next_if(|(_, c)| is_closing(*c) || ends_sentence(*c, None)) {
            end = at + closing.len_utf8();
        }
        let boundary = stretch.start() + end;
        let before = intact.partition_point(|span| span.start() < boundary);
        if before.checked_sub(1).and_then(|at| intact.get(at)).is_some_and(|span| boundary < span.end()) {
            continue;
        }
        push_trimmed(&mut found, text, stretch.start(), &words[start..end], start);
        start = end;
    }
    push_trimmed(&mut found, text, stretch.start(), &words[start..], start);
    found
}

fn push_trimmed(found: &mut Vec<Span>, text: &str, base: usize, sentence: &str, at: usize) {
    let trimmed = sentence.trim();
    if !trimmed.chars().any(char::is_alphanumeric) {
        return;
    }
    let start = base + at + (sentence.len() - sentence.trim_start().len());
    found.extend(Span::new(text, start..start + trimmed.len()));
}

fn ends_sentence(c: char, next: Option<char>) -> bool {
    match c {
        '。' | '！' | '？' | '；' | '…' | '!' | '?' | ';' | '\n' => true,
        '.' => next.is_none_or(char::is_whitespace),
        _ => false,
    }
}

fn is_closing(c: char) -> bool {
    matches!(c, '”' | '’' | '」' | '』' | '）' | ')' | '》' | '】' | '"' | '\'')
}

fn chars(text: &str, span: Span) -> usize {
    span.of_text(text).unwrap_or_default().chars().count()
}

#[cfg(test)]
mod tests;
