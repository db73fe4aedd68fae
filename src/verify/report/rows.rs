//! Reads tables and JSON. Each cell or string is a paragraph. From our own exports, only the words, the speaker and the
//! permalink are read.

use serde_json::Value;

use super::block::{Block, ParagraphKind};
use super::plain::addresses;
use crate::i18n::{DisplayLanguage, ExportWords};

/// The columns of our own tables that are read.
const QUOTE: usize = 1;
const INTERVIEWEE: usize = 4;
const PERMALINK: usize = 13;
/// The character that our export puts before a cell that a spreadsheet would run.
const GUARD: char = '\'';

fn tables() -> impl Iterator<Item = &'static ExportWords> {
    DisplayLanguage::ALL.iter().map(|language| language.messages().export)
}

/// Returns whether a text is a table of our export.
pub(super) fn is_ours(text: &str) -> bool {
    let head = text.lines().next().unwrap_or_default();
    tables().any(|words| head.starts_with(words.columns[0]) && head.contains(words.columns[PERMALINK]))
}

pub(super) fn csv(text: &str) -> Vec<Block> {
    let ours = is_ours(text);
    let mut blocks = Vec::new();
    let delimiter = if !ours && text.lines().next().unwrap_or_default().contains('\t') { b'\t' } else { b',' };
    let mut reader =
        ::csv::ReaderBuilder::new().has_headers(ours).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    for row in reader.records().map_while(Result::ok) {
        let line = row.position().map_or(1, |position| position.line() as usize);
        if !ours {
            let cells = row.iter().filter(|cell| !cell.trim().is_empty());
            blocks.extend(cells.map(|cell| words(line, cell)));
            continue;
        }
        let quote = row.get(QUOTE).unwrap_or_default();
        if quote.is_empty() {
            continue;
        }
        // The last column names the guarded cells. The guard is not part of the words.
        let is_guarded = row.iter().next_back().is_some_and(names_quote);
        let quote = if is_guarded { quote.strip_prefix(GUARD).unwrap_or(quote) } else { quote };
        blocks.push(cited(line, quote, row.get(INTERVIEWEE), row.get(PERMALINK)));
    }
    blocks
}

/// Returns whether the note on guarded cells lists the column of the words.
fn names_quote(note: &str) -> bool {
    tables().any(|words| {
        let form = (words.guarded)("\u{1}");
        let list = form.split_once('\u{1}').and_then(|(head, tail)| note.strip_prefix(head)?.strip_suffix(tail));
        list.is_some_and(|list| list.split(", ").any(|column| column == words.columns[QUOTE]))
    })
}

pub(super) fn json(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        walk(&value, &mut blocks);
    }
    blocks
}

fn walk(value: &Value, blocks: &mut Vec<Block>) {
    match value {
        Value::Object(fields) => {
            let citation = fields.get("citation");
            let field = |name: &str| citation.and_then(|citation| citation.get(name)).and_then(Value::as_str);
            if let (Some(text), Some(permalink)) = (fields.get("text").and_then(Value::as_str), field("permalink")) {
                blocks.push(cited(blocks.len() + 1, text, field("interviewee"), Some(permalink)));
                return;
            }
            fields.values().for_each(|value| walk(value, blocks));
        }
        Value::Array(values) => values.iter().for_each(|value| walk(value, blocks)),
        Value::String(text) if !text.trim().is_empty() => blocks.push(words(blocks.len() + 1, text)),
        _ => {}
    }
}

fn words(line: usize, text: &str) -> Block {
    Block { line, kind: ParagraphKind::Words, text: text.to_owned(), links: addresses(text), named: None }
}

fn cited(line: usize, text: &str, named: Option<&str>, permalink: Option<&str>) -> Block {
    let links = permalink.filter(|link| !link.is_empty()).map(|link| (0..text.len(), link.to_owned()));
    Block {
        line,
        kind: ParagraphKind::Quote,
        text: text.to_owned(),
        links: links.into_iter().collect(),
        named: named.filter(|name| !name.is_empty()).map(|name| name.trim_start_matches(GUARD).to_owned()),
    }
}
