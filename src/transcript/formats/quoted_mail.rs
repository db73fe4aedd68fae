//! Mail that answers between the lines of the mail before: each question stands behind `>`, its answer below it without
//! the sign. It reads plain text and knows no headers.

use super::form;
use super::letters;
use crate::error::ReadError;
use crate::transcript::dialogue::speaker_labels;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;

/// Lines of one writer, until the other's begin.
#[derive(Debug)]
struct Part<'a> {
    quoted: bool,
    /// Its paragraphs, each with its lines. A line of a quoted part has no sign before it.
    paragraphs: Vec<Vec<&'a str>>,
}

/// The fewest questions of such a mail.
const LEAST: usize = 2;

/// Reads a mail whose answers stand below quoted questions; `None` for any other text. The answers are those of
/// `writer`, if the mail names who wrote it.
pub(super) fn read(text: &str, writer: Option<&str>, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    let parts = parts(text);
    let asks = |part: &Part<'_>| part.quoted && part.paragraphs.iter().any(|lines| is_asked(lines));
    let answered: Vec<usize> =
        (0..parts.len().saturating_sub(1)).filter(|at| asks(&parts[*at]) && is_said(&parts[at + 1])).collect();
    let (Some(first), Some(last)) = (answered.first().copied(), answered.last().copied()) else { return Ok(None) };
    let between = parts[first..=last].iter().filter(|part| part.quoted).count();
    if answered.len() < LEAST || answered.len() * 2 < between || are_turns(&parts) {
        return Ok(None);
    }
    let mut extract = Extract::new(limits);
    let title = text.lines().map(str::trim).find(|line| !line.is_empty()).and_then(|line| line.strip_prefix("# "));
    extract.title = title.map(str::to_owned);
    let aside = |extract: &mut Extract, lines: &[&str]| {
        lines.iter().try_for_each(|line| extract.push(LineKind::Aside, line, None))
    };
    for (at, part) in parts.iter().enumerate() {
        let within = (first..=last + 1).contains(&at);
        if !within || part.quoted && !parts.get(at + 1).is_some_and(is_said) {
            for lines in &part.paragraphs {
                aside(&mut extract, lines)?;
            }
        } else if part.quoted {
            let from = if at == first { question(&part.paragraphs) } else { 0 };
            for lines in &part.paragraphs[..from] {
                aside(&mut extract, lines)?;
            }
            extract.part();
            for line in part.paragraphs[from..].concat() {
                extract.push(LineKind::Asked, letters::unnumbered(line), None)?;
            }
        } else {
            let lines = part.paragraphs.concat();
            // The mail closes below its last answer.
            let close = if at == last + 1 { letters::closes(&lines) } else { lines.len() };
            let (said, closing) = lines.split_at(close);
            answer(&mut extract, writer, said)?;
            aside(&mut extract, closing)?;
        }
    }
    Ok(Some(extract))
}

/// Adds the words of the writer. The line above a quotation and a heading are none.
fn answer(extract: &mut Extract, writer: Option<&str>, lines: &[&str]) -> Result<(), ReadError> {
    let mut open = false;
    for line in lines {
        if letters::is_wrote(line) {
            extract.push(LineKind::Aside, line, None)?;
        } else if line.starts_with("# ") || line.starts_with("##") {
            extract.push(LineKind::Heading, line, None)?;
            open = false;
        } else if open {
            extract.push(LineKind::Words, line, None)?;
        } else {
            extract.answer(writer, line, None)?;
            open = true;
        }
    }
    Ok(())
}

/// The parts of a text. Empty lines belong to none.
fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        let quoted = line.starts_with('>');
        let words = line.trim_start_matches(['>', ' ']);
        if words.is_empty() {
            open = false;
            continue;
        }
        match parts.last_mut() {
            Some(part) if part.quoted == quoted => match part.paragraphs.last_mut() {
                // A number begins a question of its own.
                Some(lines) if open && !(quoted && letters::is_numbered(words)) => lines.push(words),
                _ => part.paragraphs.push(vec![words]),
            },
            _ => parts.push(Part { quoted, paragraphs: vec![vec![words]] }),
        }
        open = true;
    }
    parts
}

fn is_asked(lines: &[&str]) -> bool {
    lines.last().is_some_and(|line| form::asks(line))
}

/// Whether a part holds words of the writer, and not only the line above a quotation.
fn is_said(part: &Part<'_>) -> bool {
    !part.quoted && part.paragraphs.iter().flatten().any(|line| !letters::is_wrote(line))
}

/// Where the question of the first quoted part begins: what stands above it greets.
fn question(paragraphs: &[Vec<&str>]) -> usize {
    let asked = paragraphs.iter().position(|lines| is_asked(lines));
    let numbered = paragraphs.iter().position(|lines| lines.first().is_some_and(|line| letters::is_numbered(line)));
    numbered.or(asked).unwrap_or(0)
}

/// Whether names or labels tell who speaks. Then `>` only sets a line off.
fn are_turns(parts: &[Part<'_>]) -> bool {
    let lines = |quoted: bool| parts.iter().filter(move |part| part.quoted == quoted).flat_map(|part| &part.paragraphs);
    let named = |line: &&str| speaker_labels::is_named(line);
    let quoted = lines(true).flatten().copied().filter(named).count();
    let own = lines(false).filter_map(|lines| lines.first().copied()).filter(named).count();
    quoted * 2 >= lines(true).count() || own * 2 >= lines(false).count().max(1)
}
