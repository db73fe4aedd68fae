//! A report that quotes interviews → its paragraphs, block quotations and links. There is one reader for each format.
//! None of them judges a quotation.

mod block;
mod docx;
mod html;
mod plain;
mod rows;

use crate::error::ReadError;
use crate::transcript;
pub(super) use block::{Block, ParagraphKind};

/// A report, split into paragraphs.
#[derive(Debug, Clone, Default)]
pub struct Report {
    pub(super) blocks: Vec<Block>,
}

/// The formats of a report that is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Text,
    Markdown,
    Html,
    Csv,
    Json,
}

impl Report {
    /// Reads a report. `name` is the name of its file, or empty.
    ///
    /// # Errors
    /// If the format cannot be read.
    pub fn read(name: &str, bytes: &[u8], limits: transcript::ReadLimits) -> Result<Self, ReadError> {
        if bytes.starts_with(b"PK\x03\x04") {
            return Ok(Self { blocks: docx::read(bytes, limits)? });
        }
        let text = transcript::text_of(bytes)?;
        Ok(Self::of_text(name, &text))
    }

    /// Returns the texts of its paragraphs, in order.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.blocks.iter().map(|block| block.text.as_str())
    }

    /// Reads a report that is already text.
    pub fn of_text(name: &str, text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
        let blocks = match form(name, &text) {
            Form::Text => plain::text(&text),
            Form::Markdown => plain::markdown(&text),
            Form::Html => html::read(&text),
            Form::Csv => rows::csv(&text),
            Form::Json => rows::json(&text),
        };
        Self { blocks }
    }
}

fn form(name: &str, text: &str) -> Form {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    let start = text.trim_start();
    let head: String = start.chars().take(200).collect::<String>().to_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<blockquote") {
        return Form::Html;
    }
    if start.starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(start).is_ok() {
        return Form::Json;
    }
    if rows::is_ours(text) {
        return Form::Csv;
    }
    match ending.as_str() {
        "md" | "markdown" => Form::Markdown,
        "html" | "htm" | "xhtml" => Form::Html,
        "csv" | "tsv" => Form::Csv,
        "txt" | "text" => Form::Text,
        _ if is_fragment(&head) => Form::Html,
        _ if is_markdown(text) => Form::Markdown,
        _ => Form::Text,
    }
}

fn is_fragment(head: &str) -> bool {
    ["<p>", "<p ", "<div", "<article", "<section", "<h1", "<h2", "<body", "<main", "<ul"]
        .iter()
        .any(|tag| head.starts_with(tag))
}

fn is_markdown(text: &str) -> bool {
    text.contains("](http") || text.contains("](<") || text.contains("](/q/") || {
        text.lines().any(|line| {
            let line = line.trim_start();
            ["# ", "## ", "### ", "> "].iter().any(|mark| line.starts_with(mark))
        })
    }
}
