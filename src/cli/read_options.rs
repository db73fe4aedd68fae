//! The options that every command shares: how to read transcripts, and limits. Each has its
//! unit and its environment variable.

use clap::Args;

use crate::config::flags;
use crate::library::LibraryLimits;
use crate::transcript;

/// How to read a source that does not say so itself.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ReadArgs {
    /// An interviewer; the others answer. Repeat it for several [default: inferred]
    #[arg(
        long = "interviewer",
        env = "YUANHUA_INTERVIEWER",
        global = true,
        value_name = "NAME",
        help_heading = "Reading"
    )]
    interviewers: Vec<String>,
    /// The columns of a table or fields of JSON: text=NAME,speaker=NAME,time=NAME [default: guessed]
    #[arg(long = flags::COLUMNS, env = "YUANHUA_COLUMNS", global = true, value_name = "PART=NAME,…", value_delimiter = ',', value_parser = column, help_heading = "Reading")]
    columns: Vec<(Part, String)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    Text,
    Speaker,
    Time,
}

fn column(given: &str) -> Result<(Part, String), clap::Error> {
    let wrong = || {
        clap::Error::raw(clap::error::ErrorKind::ValueValidation, "write it as text=NAME, speaker=NAME or time=NAME")
    };
    let (part, name) = given.split_once('=').ok_or_else(wrong)?;
    let part = clap::ValueEnum::from_str(part.trim(), true).map_err(|_| wrong())?;
    Ok((part, name.trim().to_owned()))
}

impl ReadArgs {
    /// The options of the readers.
    pub(super) fn options(&self, limits: transcript::ReadLimits) -> transcript::ReadOptions {
        let named = |part: Part| self.columns.iter().find(|(given, _)| *given == part).map(|(_, name)| name.clone());
        let columns =
            transcript::Columns { speaker: named(Part::Speaker), text: named(Part::Text), time: named(Part::Time) };
        transcript::ReadOptions {
            interviewers: self.interviewers.clone(),
            columns,
            limits,
            ..transcript::ReadOptions::default()
        }
    }
}

/// The limits of what is read.
#[derive(Debug, Clone, Args)]
#[expect(clippy::struct_field_names, reason = "other arguments bear the shorter names")]
pub(super) struct LimitArgs {
    /// The largest file or upload, in MiB
    #[arg(long = flags::MAX_FILE_MIB, env = "YUANHUA_MAX_FILE_MIB", global = true, default_value_t = LibraryLimits::default().file_mib, value_name = "MIB", help_heading = "Limits")]
    max_file_mib: u64,
    /// The largest unpacked content of a DOCX or PDF, in MiB
    #[arg(long = flags::MAX_UNPACKED_MIB, env = "YUANHUA_MAX_UNPACKED_MIB", global = true, default_value_t = LibraryLimits::default().source.unpacked_mib, value_name = "MIB", help_heading = "Limits")]
    max_unpacked_mib: u64,
    /// The longest text of a transcript, in MiB
    #[arg(long = flags::MAX_TEXT_MIB, env = "YUANHUA_MAX_TEXT_MIB", global = true, default_value_t = LibraryLimits::default().source.text_mib, value_name = "MIB", help_heading = "Limits")]
    max_text_mib: usize,
    /// The longest line, in KiB
    #[arg(long = flags::MAX_LINE_KIB, env = "YUANHUA_MAX_LINE_KIB", global = true, default_value_t = LibraryLimits::default().source.line_kib, value_name = "KIB", help_heading = "Limits")]
    max_line_kib: usize,
    /// The most levels of elements inside one another in XML and DOCX (JSON has 128)
    #[arg(long = flags::MAX_NESTING, env = "YUANHUA_MAX_NESTING", global = true, default_value_t = LibraryLimits::default().source.nesting, value_name = "LEVELS", help_heading = "Limits")]
    max_nesting: usize,
    /// The most turns of a transcript
    #[arg(long = flags::MAX_TURNS, env = "YUANHUA_MAX_TURNS", global = true, default_value_t = LibraryLimits::default().source.turns, value_name = "N", help_heading = "Limits")]
    max_turns: usize,
    /// The most pages of a PDF
    #[arg(long = flags::MAX_PAGES, env = "YUANHUA_MAX_PAGES", global = true, default_value_t = LibraryLimits::default().source.pages, value_name = "N", help_heading = "Limits")]
    max_pages: usize,
    /// The most passages of all transcripts together
    #[arg(long = flags::MAX_PASSAGES, env = "YUANHUA_MAX_PASSAGES", global = true, default_value_t = LibraryLimits::default().passages, value_name = "N", help_heading = "Limits")]
    max_passages: usize,
    /// The most files added at once
    #[arg(long = flags::MAX_FILES, env = "YUANHUA_MAX_FILES", global = true, default_value_t = LibraryLimits::default().files, value_name = "N", help_heading = "Limits")]
    max_files: usize,
}

impl LimitArgs {
    /// The limits in the form that the library takes.
    pub(super) fn limits(&self) -> LibraryLimits {
        let source = transcript::ReadLimits {
            unpacked_mib: self.max_unpacked_mib,
            text_mib: self.max_text_mib,
            line_kib: self.max_line_kib,
            nesting: self.max_nesting,
            turns: self.max_turns,
            pages: self.max_pages,
        };
        LibraryLimits { file_mib: self.max_file_mib, passages: self.max_passages, files: self.max_files, source }
    }
}
