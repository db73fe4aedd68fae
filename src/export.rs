//! Exported quotes, each with its full citation, as text, Markdown, HTML, CSV, DOCX or JSON, or as a picture. Tagged
//! quotes also become a table or a REFI-QDA project. The module turns quotes into bytes and has no side effects. It
//! changes no word.

mod card;
mod contents;
mod docx;
mod html;
mod markdown;
mod plain;
mod qdpx;
mod table;
mod tagged;
mod xml;

use crate::error::Error;
use crate::i18n::ExportWords;
pub use card::card;
pub use contents::{Export, ExportPart, ExportedQuote, LeftOut, Method};
pub use qdpx::qdpx;
pub(crate) use table::inert_cell;
pub(crate) use tagged::tagged_in;
pub use tagged::{TaggedQuote, tagged, tagged_rows};

/// A format of exported quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// Plain text.
    Text,
    /// `CommonMark`. The words are escaped, so no character of them is markup.
    Markdown,
    /// HTML, for a word processor or a mail.
    Html,
    /// CSV (RFC 4180) with a byte order mark. It is safe to open in a spreadsheet.
    Csv,
    /// DOCX, for Word and `LibreOffice`.
    Docx,
    /// JSON, for programs.
    Json,
}

impl ExportFormat {
    /// The format with this name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "text" | "txt" => Self::Text,
            "markdown" | "md" => Self::Markdown,
            "html" => Self::Html,
            "csv" => Self::Csv,
            "docx" => Self::Docx,
            "json" => Self::Json,
            _ => return None,
        })
    }

    /// The file ending.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Markdown => "md",
            Self::Html => "html",
            Self::Csv => "csv",
            Self::Docx => "docx",
            Self::Json => "json",
        }
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Json => "application/json",
        }
    }
}

impl ExportedQuote {
    /// Returns the entry as text, Markdown or HTML to paste. For other formats, it returns text.
    pub fn pasted(&self, format: ExportFormat, words: &ExportWords) -> String {
        match format {
            ExportFormat::Markdown => markdown::entry(self, words),
            ExportFormat::Html => html::entry(self, words),
            _ => plain::entry(self, words),
        }
    }
}

impl Export {
    /// Returns the export as the bytes of a file.
    ///
    /// # Errors
    /// If the file cannot be written to memory.
    pub fn bytes(&self, format: ExportFormat, words: &ExportWords) -> Result<Vec<u8>, Error> {
        let bytes = match format {
            ExportFormat::Text => Ok(plain::all(self, words).into_bytes()),
            ExportFormat::Markdown => Ok(markdown::all(self, words).into_bytes()),
            ExportFormat::Html => Ok(html::all(self, words).into_bytes()),
            ExportFormat::Csv => table::all(self, words),
            ExportFormat::Docx => docx::all(self, words),
            ExportFormat::Json => serde_json::to_vec_pretty(self).map_err(std::io::Error::from),
        };
        bytes.map_err(Error::Export)
    }
}

#[cfg(test)]
mod tests;
