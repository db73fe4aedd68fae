//! The reasons why a source cannot be read.

use crate::config::flags::{COLUMNS, MAX_LINE_KIB, MAX_NESTING, MAX_PAGES, MAX_TEXT_MIB, MAX_TURNS, MAX_UNPACKED_MIB};

/// The reason why a source could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file has only white space.
    #[error("the file is empty; there is nothing to read")]
    Empty,
    /// The file is binary, or its encoding is not supported.
    #[error(
        "this is not text in UTF-8, UTF-16, GBK, Big5, Shift JIS, EUC-JP, EUC-KR or Windows-1252; save it as UTF-8 plain text and try again"
    )]
    NotText,
    /// The text has no questions, speakers, headings or paragraphs.
    #[error(
        "no questions found; begin each question with “Q1.” (or “问：”) and each answer with “A1” (or “答：”), or each turn with its speaker’s name and a colon"
    )]
    NoQuestions,
    /// The file is of a known kind that cannot be read.
    #[error("this is {0}; {remedy}", remedy = .0.remedy())]
    Refused(RefusedFile),
    /// The file is damaged, or is not of the format that it claims.
    #[error(
        "this {format} file cannot be read: {reason}; open it in the program that made it, save it again and try once more"
    )]
    Malformed {
        /// The name of the format.
        format: &'static str,
        /// The problem.
        reason: String,
    },
    /// The table has no column with the words.
    #[error("no column with the words was found among: {columns}; name it with --{COLUMNS} text=NAME,speaker=NAME")]
    NoColumn {
        /// The columns of the table.
        columns: String,
    },
    /// The text is longer than the limit.
    #[error(
        "the text is longer than {megabytes} MiB; split it into several files, or allow more with --{MAX_TEXT_MIB}"
    )]
    TooLong {
        /// The limit in MiB.
        megabytes: usize,
    },
    /// A compressed file unpacks to more than the limit.
    #[error(
        "the file unpacks to more than {megabytes} MiB; remove its pictures, save it as text, or allow more with --{MAX_UNPACKED_MIB}"
    )]
    UnpacksTooLarge {
        /// The limit in MiB.
        megabytes: u64,
    },
    /// A line is longer than the limit.
    #[error(
        "line {line} is longer than {kilobytes} KiB; break it into paragraphs, or allow more with --{MAX_LINE_KIB}"
    )]
    LongLine {
        /// The line number, from 1.
        line: usize,
        /// The limit in KiB.
        kilobytes: usize,
    },
    /// The elements are nested deeper than the limit.
    #[error(
        "its elements are nested more than {levels} deep; save it as plain text, or allow more with --{MAX_NESTING}"
    )]
    TooDeep {
        /// The limit, in levels.
        levels: usize,
    },
    /// A PDF has more pages than the limit.
    #[error("it has {pages} pages, and the limit is {most}; split it, or allow more with --{MAX_PAGES}")]
    TooManyPages {
        /// The number of pages.
        pages: usize,
        /// The limit, in pages.
        most: usize,
    },
    /// A transcript has more turns than the limit.
    #[error("it holds more than {turns} turns; split it into several files, or allow more with --{MAX_TURNS}")]
    TooManyTurns {
        /// The limit, in turns.
        turns: usize,
    },
}

/// A kind of file that people take for a transcript, and that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RefusedFile {
    /// Rich Text Format.
    #[error("an RTF file")]
    Rtf,
    /// A binary file of Microsoft Office before 2007.
    #[error("a file of an old Office format")]
    OldOffice,
    /// Sound.
    #[error("an audio recording")]
    Audio,
    /// A container of sound or pictures that move.
    #[error("an audio or video recording")]
    AudioOrVideo,
    /// A file that gzip compressed.
    #[error("a compressed file")]
    Compressed,
    /// A spreadsheet that is neither XLSX nor ODS.
    #[error("a spreadsheet")]
    Spreadsheet,
    /// Slides.
    #[error("a presentation")]
    Presentation,
    /// A document of one of Apple's programs.
    #[error("a document of Apple's Pages, Numbers or Keynote")]
    AppleDocument,
    /// An archive of something else.
    #[error("a zip archive without a Word document in it")]
    ZipWithoutDocument,
    /// A PDF that needs a password.
    #[error("a PDF locked with a password")]
    LockedPdf,
    /// A PDF that a scanner made.
    #[error("a PDF of pictures, as a scanner makes it, without any text in it")]
    ScannedPdf,
    /// A PDF whose fonts have no map to characters.
    #[error("a PDF that does not tell what its letters mean")]
    PdfWithoutLetters,
}

impl RefusedFile {
    /// Returns what a person can do.
    fn remedy(self) -> &'static str {
        match self {
            Self::Rtf => "save it as DOCX, PDF or plain text and try again",
            Self::OldOffice => "save it as DOCX (a table as CSV) and try again",
            Self::Audio | Self::AudioOrVideo => "have it transcribed first",
            Self::Compressed => "unpack it first",
            Self::Spreadsheet => "save it as XLSX and add that",
            Self::Presentation => "save its text as DOCX, PDF or plain text and try again",
            Self::AppleDocument => "export it as DOCX (a table as CSV) and add that",
            Self::ZipWithoutDocument => "unpack it, or save the document as DOCX or plain text, and try again",
            Self::LockedPdf => "open it with the password, print or save it as a PDF without one, and try again",
            Self::ScannedPdf => {
                "have its text recognised (OCR), save it as PDF with text, DOCX or plain text, and try again"
            }
            Self::PdfWithoutLetters => {
                "save it again from the program that made it, or have its text recognised (OCR), and try again"
            }
        }
    }
}
