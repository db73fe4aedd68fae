//! Paragraphs of a report → its quotations: the quoted words, the words before and after them, the permalink, and the
//! pieces between an editor's marks. This module searches nothing.

use std::ops::Range;

use super::report::{Block, ParagraphKind, Report};
use super::units;
use crate::search::quote::PERMALINK;
use crate::text::pattern::patterns;
use crate::text::ranges::overlap;

/// A quotation of a report.
#[derive(Debug, Clone, Default)]
pub(super) struct Quotation {
    /// Its number, from 1, in the order of the report.
    pub(super) number: usize,
    /// The line of the report, or the paragraph of a document, from 1.
    pub(super) line: usize,
    /// The text as in the report, without its quotation marks.
    pub(super) text: String,
    /// The permalink beside it.
    pub(super) permalink: Option<String>,
    /// The sentence before it, back to the previous quotation.
    pub(super) before: String,
    /// The sentence after it, up to the next quotation.
    pub(super) after: String,
    /// The end of the text before it in its paragraph.
    pub(super) paragraph: String,
    /// The words that say where it is from: the name in a column, or the line with a dash.
    pub(super) citation: Option<String>,
    /// Whether another quotation follows in the same paragraph.
    pub(super) goes_on: bool,
    /// Whether another quotation comes before it in the same paragraph.
    pub(super) goes_back: bool,
}

/// A piece of a quotation with editor's marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// Words that should be the source's.
    Words(Range<usize>),
    /// An omission: `……`, `[…]`.
    Elision,
    /// The editor's own words, instead of the source's or added to them: `[the robot]`, `（指客服）`.
    Insertion(Range<usize>),
}

/// The least weight of a quotation that is checked: eight characters, or four words. Quotations with a permalink are
/// always checked.
const MIN_WEIGHT: usize = 8;

/// Returns all quotations, including those that are too short to be checked.
pub(super) fn all(report: &Report) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    let blocks = &report.blocks;
    for (at, block) in blocks.iter().enumerate() {
        let first = found.len();
        match block.kind {
            ParagraphKind::Words => in_marks(block, &mut found),
            ParagraphKind::Quote => found.push(as_a_whole(block, at.checked_sub(1).map(|before| &blocks[before]))),
            ParagraphKind::Citation => {}
        }
        if let (Some(last), Some(next)) = (found[first..].last_mut(), blocks.get(at + 1)) {
            add_source(last, block.kind, next);
        }
    }
    for (number, quotation) in found.iter_mut().enumerate() {
        quotation.number = number + 1;
        quotation.text = without_note_numbers(&with_whole_words(&quotation.text));
    }
    found
}

/// Returns the quotation of a paragraph that is one as a whole.
fn as_a_whole(block: &Block, previous: Option<&Block>) -> Quotation {
    let lead = previous.filter(|before| before.kind == ParagraphKind::Words).map(|before| before.text.trim_end());
    // A sentence that introduces a block quotation: `王明说：`.
    let lead = lead.filter(|lead| lead.ends_with([':', '：', ',', '，'])).unwrap_or_default();
    Quotation {
        line: block.line,
        text: without_marks(&block.text).to_owned(),
        permalink: first_permalink(block),
        before: last_sentence(lead).to_owned(),
        citation: block.named.clone(),
        ..Quotation::default()
    }
}

/// Adds what the paragraph after a quotation says of its source.
fn add_source(quotation: &mut Quotation, kind: ParagraphKind, next: &Block) {
    // A line with a dash belongs to the quotation before it.
    if next.kind == ParagraphKind::Citation {
        quotation.permalink = quotation.permalink.take().or_else(|| first_permalink(next));
        quotation.citation.get_or_insert_with(|| next.text.clone());
    }
    // A link may stand in a paragraph of its own.
    let is_link = next.kind == ParagraphKind::Words && next.text.trim().starts_with("http");
    if kind == ParagraphKind::Quote && is_link {
        quotation.permalink = quotation.permalink.take().or_else(|| first_permalink(next));
    }
}

fn first_permalink(block: &Block) -> Option<String> {
    block.links.iter().find_map(|(_, href)| permalink(href))
}

impl Quotation {
    /// Returns whether it says too little to be checked.
    pub(super) fn is_too_short(&self) -> bool {
        self.permalink.is_none() && units::weight(&self.text) < MIN_WEIGHT || units::weight(&self.text) == 0
    }

    /// Returns its pieces between editor's marks. It is empty if there are no such marks.
    pub(super) fn pieces(&self) -> Vec<Piece> {
        pieces(&self.text, true)
    }

    /// Returns its pieces, but with words in brackets as words of the source.
    pub(super) fn elided(&self) -> Vec<Piece> {
        pieces(&self.text, false)
    }
}

/// Returns `/q/…` from an address, whatever its beginning and end.
fn permalink(href: &str) -> Option<String> {
    let at = href.find(PERMALINK)?;
    let path = href[at..].split(['?', '#', ')', '>', '"']).next()?;
    path.parse::<crate::search::quote::Permalink>().ok().map(|_| path.to_owned())
}

/// Adds the quotations of a paragraph, in order.
fn in_marks(block: &Block, found: &mut Vec<Quotation>) {
    let text = block.text.as_str();
    let spans = spans(text);
    let mut end = 0;
    for (i, span) in spans.iter().enumerate() {
        let before = &text[end..span.whole.start];
        let until = spans.get(i + 1).map_or(text.len(), |next| next.whole.start);
        let after = &text[span.whole.end..until];
        let holds = |range: &Range<usize>| overlap(range, &span.whole);
        let follows = |range: &Range<usize>| (span.whole.end..until.max(span.whole.end)).contains(&range.start);
        let linked = block.links.iter().find(|(range, _)| holds(range));
        let linked = linked.or_else(|| block.links.iter().find(|(range, _)| follows(range)));
        let line = block.line + text[..span.whole.start].matches('\n').count();
        found.push(Quotation {
            line,
            text: text[span.words.clone()].to_owned(),
            permalink: linked.and_then(|(_, href)| permalink(href)),
            before: last_sentence(before).to_owned(),
            after: first_sentence(after).to_owned(),
            paragraph: text[near_end(&text[..span.whole.start])..span.whole.start].to_owned(),
            goes_on: i + 1 < spans.len(),
            goes_back: i > 0,
            ..Quotation::default()
        });
        end = span.whole.end;
    }
}

/// A quotation with its marks.
struct Marked {
    whole: Range<usize>,
    words: Range<usize>,
}

/// Quotation marks, opening and closing. Straight marks are read by their surroundings.
const PAIRS: [(char, char); 4] = [('“', '”'), ('「', '」'), ('『', '』'), ('〝', '〞')];

fn spans(text: &str) -> Vec<Marked> {
    let mut spans = Vec::new();
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let mut i = 0;
    while i < chars.len() {
        let (at, c) = chars[i];
        let before = i.checked_sub(1).map(|i| chars[i].1);
        let pair = PAIRS.iter().find(|(open, close)| {
            // Some keyboards write two closing marks.
            c == *open || c == *close && next_of(&chars[i + 1..], *open, *close) == Some(*close)
        });
        let closing = match pair {
            Some((open, close)) => Some(end_of(&chars, i, *open, *close)),
            None if is_straight(c) && opens(before, chars.get(i + 1).map(|(_, c)| *c)) => straight_end(&chars, i),
            None => None,
        };
        let Some(close) = closing else {
            i += 1;
            continue;
        };
        let from = at + c.len_utf8();
        let (until, end) = chars.get(close).map_or((text.len(), text.len()), |(at, c)| (*at, at + c.len_utf8()));
        spans.push(Marked { whole: at..end, words: from..until.max(from) });
        i = close + 1;
    }
    spans
}

fn is_straight(c: char) -> bool {
    matches!(c, '"' | '＂')
}

fn next_of(chars: &[(usize, char)], open: char, close: char) -> Option<char> {
    chars.iter().map(|(_, c)| *c).take_while(|c| *c != '\n').find(|c| *c == open || *c == close)
}

/// Returns the mark that closes the one at `i`. The words inside may hold further marks.
fn end_of(chars: &[(usize, char)], i: usize, open: char, close: char) -> usize {
    let mut depth = 1;
    let mut at = i + 1;
    let mut paragraph = None;
    while at < chars.len() {
        let c = chars[at].1;
        if c == close {
            depth -= 1;
            if depth == 0 {
                return at;
            }
        } else if c == open {
            // An opening mark that nothing closes, after the words. It was typed instead of the closing mark.
            let rest = chars[at + 1..].iter().map(|(_, c)| *c);
            let closed = rest.clone().take_while(|c| *c != '\n').any(|c| c == close);
            let next = chars.get(at + 1).map(|(_, c)| *c);
            if !closed
                && next.is_none_or(|next| !next.is_alphanumeric() || crate::text::segment::is_chinese(next))
                && depth == 1
            {
                return at;
            }
            // In a long quotation, each paragraph begins with a mark.
            if chars[at - 1].1 != '\n' {
                depth += 1;
            }
        } else if c == '\n' && paragraph.is_none() {
            paragraph = Some(at);
        }
        at += 1;
    }
    // Nothing closes it, so it ends with its line.
    paragraph.unwrap_or(chars.len())
}

fn opens(before: Option<char>, next: Option<char>) -> bool {
    let apart = before.is_none_or(|c| !c.is_alphanumeric() || crate::text::segment::is_chinese(c));
    apart && next.is_some_and(|c| !c.is_whitespace())
}

/// Returns the straight mark in the same paragraph that closes the one at `i`.
fn straight_end(chars: &[(usize, char)], i: usize) -> Option<usize> {
    let straight = |at: &usize| is_straight(chars[*at].1);
    (i + 1..chars.len()).filter(straight).find(|at| !chars[at - 1].1.is_whitespace())
}

/// Returns a block quotation without the marks around the whole of it.
fn without_marks(text: &str) -> &str {
    let trimmed = text.trim();
    let Some(first) = trimmed.chars().next() else { return trimmed };
    let spans = spans(trimmed);
    match spans.as_slice() {
        [one]
            if one.whole == (0..trimmed.len())
                && (PAIRS.iter().any(|(open, _)| *open == first) || is_straight(first)) =>
        {
            &trimmed[one.words.clone()]
        }
        _ => trimmed,
    }
}

/// The most bytes that are kept of a paragraph before a quotation. A speaker is named within them.
const MAX_BYTES_BEFORE: usize = 1_200;

fn near_end(text: &str) -> usize {
    let from = text.len().saturating_sub(MAX_BYTES_BEFORE);
    (from..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(from)
}

/// Marks that end a sentence.
const ENDS: [char; 7] = ['。', '！', '？', '!', '?', '\n', '；'];

fn last_sentence(text: &str) -> &str {
    let trimmed = text.trim_end();
    let at = trimmed
        .char_indices()
        .rev()
        .find(|(at, c)| ENDS.contains(c) || *c == '.' && trimmed[at + 1..].starts_with(char::is_whitespace));
    at.map_or(trimmed, |(at, c)| &trimmed[at + c.len_utf8()..])
}

fn first_sentence(text: &str) -> &str {
    let start = text.trim_start_matches(ENDS);
    let at = start
        .char_indices()
        .find(|(at, c)| ENDS.contains(c) || *c == '.' && start[at + 1..].starts_with(|c: char| c.is_whitespace()));
    at.map_or(start, |(at, _)| &start[..at])
}

/// The most bytes inside brackets that are an editor's. Longer ones are the speaker's own.
const MAX_BRACKET_BYTES: usize = 160;
/// Brackets that an editor may use.
const BRACKETS: [(char, char); 6] = [('[', ']'), ('［', '］'), ('(', ')'), ('（', '）'), ('〔', '〕'), ('【', '】')];

fn pieces(text: &str, insertions: bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut from = 0;
    let mut at = 0;
    let push = |pieces: &mut Vec<Piece>, range: Range<usize>, text: &str| {
        if units::weight(&text[range.clone()]) > 0 {
            pieces.push(Piece::Words(range));
        }
    };
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let dots = rest.chars().take_while(|c| matches!(c, '…' | '⋯')).map(char::len_utf8).sum::<usize>();
        let points = rest.chars().take_while(|c| matches!(c, '.' | '。' | '．')).count();
        let (length, piece) = if dots > 0 {
            (dots, Some(Piece::Elision))
        } else if points >= 3 {
            (rest.chars().take(points).map(char::len_utf8).sum(), Some(Piece::Elision))
        } else if let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == c)
            && let Some(end) = rest.find(*close).filter(|end| *end < MAX_BRACKET_BYTES)
        {
            let inside = at + c.len_utf8()..at + end;
            let words = &text[inside.clone()];
            let whole = end + close.len_utf8();
            if words.chars().all(|c| matches!(c, '.' | '…' | '⋯' | ' ' | '。')) {
                (whole, Some(Piece::Elision))
            } else if insertions {
                (whole, Some(Piece::Insertion(inside)))
            } else {
                (whole, None)
            }
        } else {
            (c.len_utf8(), None)
        };
        if let Some(piece) = piece {
            push(&mut pieces, from..at, text);
            pieces.push(piece);
            from = at + length;
        }
        at += length;
    }
    if pieces.is_empty() {
        return pieces;
    }
    push(&mut pieces, from..text.len(), text);
    pieces
}

/// Removes raised footnote numbers inside a quotation, as characters or as markup. Only numbers after the end of a word
/// are removed, so units of measure keep theirs.
fn without_note_numbers(text: &str) -> String {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let before = kept.chars().next_back().unwrap_or(' ');
        let after_word = !before.is_alphanumeric() || crate::text::segment::is_chinese(before);
        if after_word && let Some((_, after)) = rest.strip_prefix("<sup>").and_then(|note| note.split_once("</sup>")) {
            rest = after;
            continue;
        }
        if !(after_word && RAISED.contains(&c)) {
            kept.push(c);
        }
        rest = &rest[c.len_utf8()..];
    }
    kept
}

/// Turns `[T]he` into `The`: an editor changed the case of a letter.
fn with_whole_words(text: &str) -> String {
    let mut whole = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('[') {
        whole.push_str(&rest[..at]);
        let inside = rest[at + 1..].split(']').next().unwrap_or_default();
        let tail = &rest[at + 1 + inside.len()..];
        let letters = (1..=3).contains(&inside.len()) && inside.bytes().all(|byte| byte.is_ascii_alphabetic());
        if letters && tail[tail.len().min(1)..].starts_with(|c: char| c.is_ascii_lowercase()) {
            whole.push_str(inside);
            rest = &tail[1..];
        } else {
            whole.push('[');
            rest = &rest[at + 1..];
        }
    }
    whole + rest
}

patterns! {
    LABELS = r"\b(Q\d+)\s*·\s*(A\d+)\b";
}

/// The labels in a citation in the form of our exports: `Q1 · A3`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CitedLabels {
    pub(super) question: String,
    pub(super) answer: String,
}

/// Returns the labels in a citation.
pub(super) fn labels(citation: &str) -> Option<CitedLabels> {
    let found = LABELS.captures(citation)?;
    Some(CitedLabels { question: found[1].to_owned(), answer: found[2].to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Vec<Quotation> {
        all(&Report::of_text(name, text))
    }

    fn texts(name: &str, text: &str) -> Vec<String> {
        read(name, text).into_iter().map(|quotation| quotation.text).collect()
    }

    #[test]
    fn quotations_are_read_in_any_marks() {
        assert_eq!(
            texts("a.txt", "他说：“我们『真的』用过“它”。”她说：「這個我知道」。"),
            ["我们『真的』用过“它”。", "這個我知道"]
        );
        assert_eq!(texts("a.txt", "A 5\" disk. He said \"it works well\", and \"so on\"."), ["it works well", "so on"]);
        assert_eq!(texts("a.txt", "他说\"好用得很\"，又说”不贵”。"), ["好用得很", "不贵"]);
        assert_eq!(texts("a.txt", "他说：“第一段。\n\n又一段。"), ["第一段。"]);
    }

    #[test]
    fn block_quotations_are_read_whole() {
        let text = "王明说：\n\n> 第一行\\*。\n>\n> 第二行。\n\n— [Q1 · A3 · 王明](<http://h/q/0123456789abcdef/abcdef.10.30.0123456789abcdef01234567>)\n\n完。";
        let found = read("a.md", text);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].text, "第一行*。\n\n第二行。");
        assert_eq!(found[0].line, 3);
        assert!(found[0].permalink.is_some() && found[0].before.ends_with("王明说："));
        let html = "<p>He said:</p><blockquote cite=\"/q/0123456789abcdef/abcdef.10.30.0123456789abcdef01234567\"><p>It &amp; works.</p><p>Well.</p></blockquote><p>— Ann</p><p>and <q>so it goes on</q></p>";
        let found = read("", html);
        let texts: Vec<&str> = found.iter().map(|one| one.text.trim()).collect();
        assert_eq!(texts, ["It & works.\nWell.", "so it goes on"]);
        assert!(found[0].permalink.is_some());
    }

    #[test]
    fn what_stands_around_a_quotation_is_kept_with_it() {
        let found = read("a.txt", "昨天很热。王明说，“今天也很热啊真的”，李红点头：“是的是的是的是的”。");
        assert_eq!((found[0].before.as_str(), found[0].after.as_str()), ("王明说，", "，李红点头："));
        assert!(found[0].goes_on && found[1].goes_back);
    }

    #[test]
    fn editors_marks_are_read_as_editors_use_them() {
        let text = "我觉得……它[指机器人]很好";
        let quotation = Quotation { text: text.into(), ..Quotation::default() };
        let kinds: Vec<&str> = quotation
            .pieces()
            .iter()
            .map(|piece| match piece {
                Piece::Words(range) | Piece::Insertion(range) => &text[range.clone()],
                Piece::Elision => "…",
            })
            .collect();
        assert_eq!(kinds, ["我觉得", "…", "它", "指机器人", "很好"]);
        assert_eq!(with_whole_words("[T]he robot [it] works[]"), "The robot [it] works[]");
        assert_eq!(pieces("It works [...] well", true).len(), 3);
        assert_eq!(pieces("It works... well", true).len(), 3);
    }
}
