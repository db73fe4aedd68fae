//! The formats that transcripts are read from.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The formats that transcripts are read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Plain text or Markdown.
    Text,
    /// A chat, as its program exports it.
    Chat,
    /// `SubRip` captions.
    Srt,
    /// `WebVTT` captions.
    WebVtt,
    /// Akoma Ntoso, the XML of parliaments.
    AkomaNtoso,
    /// Advanced `SubStation` Alpha.
    Ass,
    /// CHAT of `TalkBank`.
    TalkBank,
    /// Praat's `TextGrid`.
    TextGrid,
    /// TEI for speech.
    Tei,
    /// ELAN, with one tier for each speaker.
    Elan,
    /// `EXMARaLDA`, with one tier for each speaker.
    Exmaralda,
    /// The XML of Transcriber.
    Transcriber,
    /// Captions in XML: TTML, and those of `YouTube`.
    TimedText,
    /// Any other XML, read by its paragraphs.
    Xml,
    /// A web page.
    Html,
    /// A Word document.
    Docx,
    /// A text document of `OpenDocument`.
    OpenDocument,
    /// An EPUB book.
    Epub,
    /// PDF with text.
    Pdf,
    /// An XLSX workbook.
    Xlsx,
    /// A spreadsheet of `OpenDocument`.
    Ods,
    /// Values separated by commas, tabs or semicolons.
    Csv,
    /// JSON, or one JSON value on each line.
    Json,
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Text => "text",
            Self::Chat => "chat",
            Self::Srt => "SRT captions",
            Self::WebVtt => "WebVTT captions",
            Self::AkomaNtoso => "Akoma Ntoso XML",
            Self::Ass => "ASS subtitles",
            Self::TalkBank => "CHAT",
            Self::TextGrid => "TextGrid",
            Self::Tei => "TEI",
            Self::Elan => "ELAN",
            Self::Exmaralda => "EXMARaLDA",
            Self::Transcriber => "Transcriber",
            Self::TimedText => "timed text",
            Self::Xml => "XML",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::OpenDocument => "ODT",
            Self::Epub => "EPUB",
            Self::Pdf => "PDF",
            Self::Xlsx => "XLSX",
            Self::Ods => "ODS",
            Self::Csv => "CSV",
            Self::Json => "JSON",
        })
    }
}
