//! Reads plain text and Markdown: paragraphs between blank lines, block quotations with `>`, and quotations in the form
//! of our own export.

use std::ops::Range;

use super::block::{Block, ParagraphKind, is_attribution};
use crate::i18n::DisplayLanguage;
use crate::search::quote::PERMALINK;
use crate::text::ranges::after_last;

/// Reads a plain text. Every character means itself.
pub(super) fn text(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while !rest.is_empty() {
        let blank = leading(rest);
        (line, rest) = (line + blank, &rest[blank..]);
        if let Some((quotation, citation)) = exported(rest) {
            let mut quoted = block(ParagraphKind::Quote, line, &rest[quotation.clone()]);
            let about = block(ParagraphKind::Citation, line + lines(&rest[..citation.start]), &rest[citation.clone()]);
            quoted.links = Vec::new();
            line += lines(&rest[..citation.end]);
            rest = &rest[citation.end..];
            blocks.extend([quoted, about]);
            continue;
        }
        let end = paragraph_end(rest);
        let (paragraph, tail) = rest.split_at(end);
        if let Some(quoted) = marked(paragraph) {
            blocks.push(block(ParagraphKind::Quote, line, &quoted));
        } else if !paragraph.trim().is_empty() {
            let kind = if is_attribution(paragraph) { ParagraphKind::Citation } else { ParagraphKind::Words };
            blocks.push(block(kind, line + leading(paragraph), paragraph.trim_matches('\n')));
        }
        line += lines(paragraph);
        rest = tail;
    }
    blocks
}

/// Reads Markdown. Emphasis and escapes are removed, and links are separated from their text.
pub(super) fn markdown(text: &str) -> Vec<Block> {
    let mut reader = MarkdownReader::default();
    let mut fenced = false;
    let lines: Vec<&str> = text.lines().collect();
    for (number, line) in lines.iter().enumerate() {
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            fenced = !fenced;
            reader.close();
        } else if !fenced {
            reader.read_line(bare, number, &lines);
        }
    }
    reader.close();
    reader.blocks
}

/// The blocks that were read so far, and the paragraph that is not closed yet.
#[derive(Default)]
struct MarkdownReader {
    blocks: Vec<Block>,
    /// Its kind, the number of its first line, and its lines.
    open: Option<(ParagraphKind, usize, Vec<String>)>,
}

impl MarkdownReader {
    fn read_line(&mut self, bare: &str, number: usize, lines: &[&str]) {
        let (kind, words) = match bare.strip_prefix('>') {
            Some(words) => (ParagraphKind::Quote, words.trim_start_matches(['>', ' '])),
            None => (ParagraphKind::Words, bare),
        };
        let is_blank = words.trim().is_empty();
        let is_heading = kind == ParagraphKind::Words && words.starts_with('#');
        // In a block quotation, a line that begins with a dash names the speaker.
        if kind == ParagraphKind::Quote && is_attribution(words) && is_last_of_quote(&lines[number + 1..]) {
            self.close();
            self.open = Some((ParagraphKind::Words, number + 1, vec![words.to_owned()]));
            self.close();
            return;
        }
        let begins = self.open.as_ref().is_some_and(|(open, ..)| *open != kind);
        if begins || is_heading || is_blank && kind == ParagraphKind::Words {
            self.close();
        }
        if is_blank && kind == ParagraphKind::Words {
            return;
        }
        let words = if is_heading { words.trim_start_matches('#').trim() } else { words };
        self.open.get_or_insert_with(|| (kind, number + 1, Vec::new())).2.push(words.to_owned());
        if is_heading {
            self.close();
        }
    }

    fn close(&mut self) {
        let Some((kind, line, all)) = self.open.take() else { return };
        let (text, links) = inline(&all.join("\n"));
        let about = kind == ParagraphKind::Words && is_attribution(&text);
        if !text.trim().is_empty() {
            let kind = if about { ParagraphKind::Citation } else { kind };
            self.blocks.push(Block { line, kind, text, links, named: None });
        }
    }
}

/// Whether a block quotation ends before these lines, and the next paragraph does not name its source.
fn is_last_of_quote(after: &[&str]) -> bool {
    let mut after = after.iter().map(|line| line.trim());
    !after.clone().next().is_some_and(|line| line.starts_with('>'))
        && !after.find(|line| !line.is_empty()).is_some_and(is_attribution)
}

fn block(kind: ParagraphKind, line: usize, text: &str) -> Block {
    Block { line, kind, text: text.to_owned(), links: addresses(text), named: None }
}

fn lines(text: &str) -> usize {
    text.matches('\n').count()
}

fn leading(text: &str) -> usize {
    text.chars().take_while(|c| *c == '\n').count()
}

fn paragraph_end(text: &str) -> usize {
    let body = text.len() - text.trim_start_matches('\n').len();
    let mut at = body;
    for line in text[body..].split_inclusive('\n') {
        if line.trim().is_empty() {
            return at + line.len();
        }
        // A line that only names the speaker is a paragraph of its own.
        if at > body && is_attribution(line) {
            return at;
        }
        at += line.len();
        if at > body + line.len() || !is_attribution(line) {
            continue;
        }
        return at;
    }
    text.len()
}

/// Returns the words of a paragraph in which every line begins with `>`.
fn marked(paragraph: &str) -> Option<String> {
    let mut lines = paragraph.lines().filter(|line| !line.trim().is_empty()).peekable();
    lines.peek()?;
    let words: Option<Vec<&str>> = lines.map(|line| line.trim_start().strip_prefix('>').map(str::trim)).collect();
    Some(words?.join("\n"))
}

/// Returns the ranges of a quotation and its citation in the form of our export. The quotation stands in marks on lines
/// of its own, whatever marks it holds. The citation begins with a dash and ends with the line of the permalink.
fn exported(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    let open = text.chars().next()?;
    let mut marks = DisplayLanguage::ALL.iter().map(|language| language.messages().export.marks);
    let marks = marks.find(|[mark, _]| mark.starts_with(open))?;
    let closing = format!("{}\n— ", marks[1]);
    let is_citation = |at: &usize| is_source(&text[at + closing.len()..]);
    let end = text.match_indices(&closing).map(|(at, _)| at).find(is_citation)?;
    // Marked words before a blank line are a title, not a quotation.
    let title = format!("{}\n\n", marks[1]);
    if text[..end].contains(&title) && text[..text.find(&title)?].matches(marks[0]).count() == 1 {
        return None;
    }
    let link = end + text[end..].find(PERMALINK)?;
    let line_end = text[link..].find('\n').map_or(text.len(), |end| link + end + 1);
    let start_of_line = text[..link].rfind('\n').map_or(0, |at| at + 1);
    if text[start_of_line..line_end].trim().contains(char::is_whitespace) {
        return None;
    }
    Some((open.len_utf8()..end, end + marks[1].len()..line_end))
}

/// Returns whether a line is a citation of our export: `Q1 · A3 · …`.
fn is_source(text: &str) -> bool {
    let is_label = |label: Option<&str>, heads: &str| {
        label.is_some_and(|label| {
            label.starts_with(|c| heads.contains(c))
                && label.len() > 1
                && label[1..].bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let mut parts = text.lines().next().unwrap_or_default().split(" · ");
    is_label(parts.next(), "QS") && is_label(parts.next(), "A")
}

/// Returns the permalinks in a text, with their ranges.
pub(super) fn addresses(text: &str) -> Vec<(Range<usize>, String)> {
    let mut links = Vec::new();
    let mut from = 0;
    while let Some(found) = text[from..].find(PERMALINK) {
        let at = from + found;
        let is_part = |c: char| c.is_ascii_alphanumeric() || "./:-_~[]%".contains(c);
        let start = after_last(&text[..at], |c| !is_part(c));
        let end = text[at..]
            .find(|c: char| !(c.is_ascii_alphanumeric() || "./".contains(c)))
            .map_or(text.len(), |end| at + end);
        links.push((start..end, text[at..end].trim_end_matches('.').to_owned()));
        from = end.max(at + PERMALINK.len());
    }
    links
}

/// Returns the text of a Markdown paragraph, and its links.
fn inline(source: &str) -> (String, Vec<(Range<usize>, String)>) {
    let mut text = String::with_capacity(source.len());
    let mut links: Vec<(Range<usize>, String)> = Vec::new();
    let mut opened: Vec<usize> = Vec::new();
    let mut rest = source;
    let mut before = '\n';
    while let Some(c) = rest.chars().next() {
        let tail = &rest[c.len_utf8()..];
        let mut taken = c.len_utf8();
        match c {
            '\\' if tail.starts_with(|c: char| c.is_ascii_punctuation()) => {
                text.push_str(&tail[..1]);
                taken = 2;
            }
            '*' | '`' => {}
            '_' if !(before.is_alphanumeric() && tail.starts_with(char::is_alphanumeric)) => {}
            '[' if tail.starts_with('^') => taken = rest.find(']').map_or(1, |end| end + 1),
            '[' => {
                opened.push(text.len());
                text.push('[');
            }
            ']' => match (opened.pop(), target(tail)) {
                (Some(start), Some((href, length))) => {
                    text.remove(start);
                    links.push((start..text.len(), href));
                    taken = 1 + length;
                }
                _ => text.push(']'),
            },
            '<' if tail.starts_with("http") => {
                let end = tail.find('>').unwrap_or(tail.len());
                let start = text.len();
                text.push_str(&tail[..end]);
                links.push((start..text.len(), tail[..end].to_owned()));
                taken = (end + 2).min(rest.len());
            }
            '&' => match entity(rest) {
                Some((c, length)) => {
                    text.push(c);
                    taken = length;
                }
                None => text.push('&'),
            },
            _ => text.push(c),
        }
        before = c;
        rest = &rest[taken..];
    }
    let own: Vec<Range<usize>> = links.iter().map(|(range, _)| range.clone()).collect();
    let bare = addresses(&text).into_iter().filter(|(at, _)| !own.iter().any(|own| own.contains(&at.start)));
    links.extend(bare);
    links.sort_by_key(|(range, _)| range.start);
    (text, links)
}

/// Returns the address of a link after its text, `(address)` or `(<address>)`, and its length.
fn target(text: &str) -> Option<(String, usize)> {
    let inside = text.strip_prefix('(')?;
    if let Some(pointed) = inside.strip_prefix('<') {
        let end = pointed.find('>')?;
        let close = pointed[end..].find(')')?;
        return Some((pointed[..end].to_owned(), 2 + end + close + 1));
    }
    let end = inside.find(')')?;
    let href = inside[..end].split_whitespace().next().unwrap_or_default();
    Some((href.to_owned(), end + 2))
}

/// Returns the character of an HTML entity, and its length.
pub(super) fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.find(';').filter(|end| *end <= 10)?;
    let name = text.get(1..end)?;
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "hellip" => '…',
        "mdash" => '—',
        "ndash" => '–',
        _ => {
            let digits = name.strip_prefix('#')?;
            let number = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(number)?
        }
    };
    Some((c, end + 1))
}
