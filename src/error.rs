//! Typed errors. Each is a sentence that tells a person where the problem is and what to do. This module knows nothing
//! of HTTP or flags.

mod store;
mod tags;

use std::path::PathBuf;
pub use store::StoreError;
pub use tags::TagError;

/// The reason why a source could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file has only white space.
    #[error("the file is empty; there is nothing to read")]
    Empty,
    /// The file is binary, or its encoding is not supported.
    #[error("this is not text in UTF-8, UTF-16, GBK, Big5 or Windows-1252; save it as UTF-8 plain text and try again")]
    NotText,
    /// The text has no questions, speakers, headings or paragraphs.
    #[error(
        "no questions found; begin each question with “Q1.” (or “问：”) and each answer with “A1” (or “答：”), or each turn with its speaker’s name and a colon"
    )]
    NoQuestions,
    /// The file is of a known kind that cannot be read.
    #[error("this is {kind}; {remedy}")]
    Kind {
        /// The kind with its article, such as “a PDF locked with a password”.
        kind: &'static str,
        /// The remedy.
        remedy: &'static str,
    },
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
    #[error("no column with the words was found among: {columns}; name it with --columns text=NAME,speaker=NAME")]
    NoColumn {
        /// The columns of the table.
        columns: String,
    },
    /// The text is longer than the limit.
    #[error("the text is longer than {megabytes} MiB; split it into several files, or allow more with --max-text-mib")]
    TooLong {
        /// The limit in MiB.
        megabytes: usize,
    },
    /// A compressed file unpacks to more than the limit.
    #[error(
        "the file unpacks to more than {megabytes} MiB; remove its pictures, save it as text, or allow more with --max-unpacked-mib"
    )]
    UnpacksTooLarge {
        /// The limit in MiB.
        megabytes: u64,
    },
    /// A line is longer than the limit.
    #[error("line {line} is longer than {kilobytes} KiB; break it into paragraphs, or allow more with --max-line-kib")]
    LongLine {
        /// The line number, from 1.
        line: usize,
        /// The limit in KiB.
        kilobytes: usize,
    },
    /// The elements are nested deeper than the limit.
    #[error("its elements are nested more than {levels} deep; save it as plain text, or allow more with --max-nesting")]
    TooDeep {
        /// The limit, in levels.
        levels: usize,
    },
    /// A PDF has more pages than the limit.
    #[error("it has {pages} pages, and the limit is {most}; split it, or allow more with --max-pages")]
    TooManyPages {
        /// The number of pages.
        pages: usize,
        /// The limit, in pages.
        most: usize,
    },
    /// A transcript has more turns than the limit.
    #[error("it holds more than {turns} turns; split it into several files, or allow more with --max-turns")]
    TooManyTurns {
        /// The limit, in turns.
        turns: usize,
    },
}

/// The reason why a query cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// A filter has no value.
    #[error("“{name}:” needs a value right after the colon, e.g. {example}", example = example(name))]
    EmptyFilter {
        /// The name of the filter: `q`, `who` or `in`.
        name: &'static str,
    },
    /// A filter does not exist.
    #[error("there is no filter “{name}:”; use q:, who: or in:, or a space after the colon to search for the word")]
    UnknownFilter {
        /// The name as typed.
        name: String,
    },
    /// No question has this number.
    #[error("there is no question {label} here: {}", there_are(&from_to(.there, " to ")))]
    NoQuestion {
        /// The label as typed.
        label: String,
        /// The questions that exist, in order.
        there: Vec<String>,
    },
    /// No speaker has this name.
    #[error("nobody here is called {name}: {}", there_are(.there))]
    NoSpeaker {
        /// The name as typed.
        name: String,
        /// Some of the names that exist.
        there: Vec<String>,
    },
    /// No transcript has this name.
    #[error("no transcript here is called {name}: {}", there_are(.there))]
    NoTranscript {
        /// The name as typed.
        name: String,
        /// Some of the names that exist.
        there: Vec<String>,
    },
}

fn example(filter: &str) -> &'static str {
    match filter {
        "q" => "q:1",
        "who" => "who:A3 or who:\"Full Name\"",
        _ => "in:interview",
    }
}

/// Returns up to two labels unchanged, and more than two as one range, such as `Q1 to Q8`.
pub(crate) fn from_to(labels: &[String], to: &str) -> Vec<String> {
    match labels {
        [first, _, .., last] => vec![format!("{first}{to}{last}")],
        few => few.to_vec(),
    }
}

fn there_are(some: &[String]) -> String {
    match some {
        [] => "there are none".to_owned(),
        [one] if one.contains(" to ") => format!("there are {one}"),
        [one] => format!("there is {one}"),
        [first, last] => format!("there are {first} and {last}"),
        more => format!("there are {}", more.join(", ")),
    }
}

/// The reason why a command or a page failed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The built-in calibration is malformed.
    #[error("the built-in models/calibration.json is malformed ({0}); build yuanhua again from a clean copy")]
    Calibration(String),
    /// A file or folder could not be read.
    #[error("cannot read {path}: {source}; check that it exists and that you may read it", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// A source cannot be read.
    #[error("{path}: {source}", path = path.display())]
    Read {
        /// The source.
        path: PathBuf,
        /// The reason.
        source: ReadError,
    },
    /// A file of the library could not be written.
    #[error("cannot write {path}: {source}; {remedy}", path = path.display(), remedy = remedy(source))]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The error of the system.
        source: std::io::Error,
    },
    /// Another process has the folder open.
    #[error(
        "{path} is open in another yuanhua; use its library page, put files into the folder, or stop the other \
         yuanhua first",
        path = path.display()
    )]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The library cannot be changed.
    #[error("nothing can be changed here: {why}")]
    Closed {
        /// The reason, as a sentence.
        why: String,
    },
    /// The file of kept questions is damaged.
    #[error("{path} is damaged; move it away, and keep your questions again", path = path.display())]
    BadQuestions {
        /// The file.
        path: PathBuf,
    },
    /// Too many questions are kept.
    #[error("{most} questions are kept already, which is the most; forget one first")]
    TooManyQuestions {
        /// The most questions that can be kept.
        most: usize,
    },
    /// Tags cannot be read or changed.
    #[error(transparent)]
    Tags(#[from] TagError),
    /// A shared store cannot be used.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The manifest is damaged.
    #[error(
        "{path} is damaged; it says who withdrew, so nothing is opened without it: put back a copy, or delete it and \
         repeat every withdrawal",
        path = path.display()
    )]
    BadManifest {
        /// The manifest.
        path: PathBuf,
    },
    /// The manifest names a file that does not belong to the folder.
    #[error(
        "{path} names “{file}”, which is no file of this folder, so somebody else wrote it and nothing is opened: if \
         the folder came from elsewhere, remove its .yuanhua and open it again",
        path = path.display()
    )]
    ManifestNames {
        /// The manifest.
        path: PathBuf,
        /// The file that it names.
        file: String,
    },
    /// The key of a folder is missing, or belongs to another folder.
    #[error(
        "{path}/key is missing or belongs to another folder; without it nobody can tell what was withdrawn, so nothing is \
         opened: put it back from a copy of the folder, or remove {path} and repeat every withdrawal",
        path = path.display()
    )]
    NoKey {
        /// The folder where the key belongs.
        path: PathBuf,
    },
    /// The folder of derived data is a link, or not a folder of this program.
    #[error(
        "{path} is a link, or not a folder of yuanhua, and nothing is opened through it; remove it and try again",
        path = path.display()
    )]
    NotOurs {
        /// The path of the folder.
        path: PathBuf,
    },
    /// The path is a link, a pipe, a device or a folder, not a regular file.
    #[error("{path} is no regular file but a link, a pipe, a device or a folder, and is not read; put the file itself there", path = path.display())]
    NoFile {
        /// The path.
        path: PathBuf,
    },
    /// The name of an uploaded file is not UTF-8.
    #[error("a file was not added because its name is not in UTF-8; rename it and add it again")]
    NoName,
    /// Files with this ending cannot be read.
    #[error("{file} was not added: files with this ending are not read; save it as one of {endings}")]
    BadEnding {
        /// The file.
        file: String,
        /// The endings that can be read, separated by commas.
        endings: String,
    },
    /// Nearly all words of a file were withdrawn before.
    #[error(
        "{file} is nearly the same as an interview that was withdrawn on {on}, and is held back; if the withdrawal no \
         longer holds, add it with --again, or use `yuanhua allow` where it is"
    )]
    HeldBack {
        /// The file.
        file: String,
        /// The day of the withdrawal, `2026-01-31`.
        on: String,
    },
    /// A title, a name or a pseudonym is too long.
    #[error("a title or a name has {most} characters at most, and this one has {characters}; shorten it")]
    NameTooLong {
        /// The number of characters it has.
        characters: usize,
        /// The most characters it may have.
        most: usize,
    },
    /// Reading a file panicked.
    #[error("{path} could not be read because of a bug in yuanhua: please report it; everything else goes on", path = path.display())]
    Panicked {
        /// The file.
        path: PathBuf,
    },
    /// The library already has this source.
    #[error("{file}: this is {name}, which is in the library already; nothing was added")]
    Duplicate {
        /// The file that was to be added.
        file: String,
        /// The name of the transcript in the library.
        name: String,
    },
    /// The source was withdrawn.
    #[error("{file}: this transcript was withdrawn on {on}; if the withdrawal no longer holds, add it with --again")]
    Withdrawn {
        /// The file that was to be added.
        file: String,
        /// The day of the withdrawal, `2026-01-31`.
        on: String,
    },
    /// A file is larger than the limit.
    #[error("{file} has {mib} MiB, and {most} MiB are read at most; split it, or allow more with --max-file-mib")]
    FileTooLarge {
        /// The file.
        file: String,
        /// Its size in MiB.
        mib: u64,
        /// The limit in MiB.
        most: u64,
    },
    /// More files were added at once than the limit allows.
    #[error(
        "{file} was not added: the limit is {most} files at once; add it afterwards, or allow more with --max-files"
    )]
    TooManyFiles {
        /// The file.
        file: String,
        /// The limit, in files.
        most: usize,
    },
    /// The library would have more passages than the limit.
    #[error(
        "{file} would make {passages} passages, and {most} are indexed at most; leave something out, or allow more \
         with --max-passages"
    )]
    TooManyPassages {
        /// The transcript that did not fit.
        file: String,
        /// The number of passages with it.
        passages: usize,
        /// The limit, in passages.
        most: usize,
    },
    /// No transcript has this name.
    #[error("no transcript is called {name}; `yuanhua list` shows all names")]
    NoSuchTranscript {
        /// The name as given.
        name: String,
    },
    /// Nobody in the transcript has this name.
    #[error("nobody is called {speaker} in {transcript}; the names in it are: {names}")]
    NoSuchSpeaker {
        /// The name as given.
        speaker: String,
        /// The name of the transcript.
        transcript: String,
        /// The speakers in the transcript.
        names: String,
    },
    /// The table has no column of this name.
    #[error("there is no column {column}; the columns are: {columns}")]
    NoSuchColumn {
        /// The name as given.
        column: String,
        /// The columns of the table.
        columns: String,
    },
    /// No recording beside the transcripts has this name.
    #[error("there is no recording {file} beside the transcripts")]
    NoSuchRecording {
        /// Its name.
        file: String,
    },
    /// The user cancelled the work.
    #[error("cancelled")]
    Cancelled,
    /// No file could be read. The reason is that of the first file.
    #[error("{reason}")]
    Unreadable {
        /// The reason, as a sentence.
        reason: String,
    },
    /// A folder holds no readable transcript.
    #[error("no transcript could be read in {path}; put an interview there, e.g. as a .txt, .md, .docx, .srt or .csv file", path = path.display())]
    NoTranscripts {
        /// The folder.
        path: PathBuf,
    },
    /// The encoder could not be loaded or run.
    #[error("the encoder failed: {0}; if the models/ folder was changed, restore it and build again")]
    Encoder(String),
    /// No encoder has this name.
    #[error(
        "no encoder is called “{name}”; use built-in, the path of a folder with model.onnx and tokenizer.json \
         (with a / in it), or one of: {known}"
    )]
    UnknownEncoder {
        /// The name as given.
        name: String,
        /// The names in the catalogue.
        known: String,
    },
    /// A folder does not hold a usable encoder.
    #[error(
        "{folder} cannot be used as an encoder: {reason}; it needs model.onnx and tokenizer.json as \
         sentence-transformers exports them", folder = folder.display()
    )]
    EncoderFolder {
        /// The folder.
        folder: PathBuf,
        /// The problem with the folder.
        reason: String,
    },
    /// An encoder of the catalogue could not be downloaded.
    #[error(
        "the encoder {name} could not be fetched from {from} ({reason}); check the network or set HF_ENDPOINT to a \
         mirror, then run the same command again: it goes on where it stopped (in {cache})", cache = cache.display()
    )]
    EncoderFetch {
        /// The name in the catalogue.
        name: String,
        /// The address of the source.
        from: String,
        /// The reason of the failure.
        reason: String,
        /// The folder of downloaded encoders.
        cache: PathBuf,
    },
    /// A downloaded file does not match the announced checksum.
    #[error(
        "{file} is damaged: its SHA-256 is not the announced one; delete it and run the same command again to fetch \
         it anew", file = file.display()
    )]
    EncoderDamaged {
        /// The file.
        file: PathBuf,
    },
    /// The word index could not be built or searched.
    #[error("the word index failed: {0}; this is a bug in yuanhua, please report it")]
    Lexical(String),
    /// A row of labelled queries or passages does not have the documented form.
    #[error("{path}, line {line}: {reason}; `yuanhua help eval` shows the shape of a row", path = path.display())]
    BadRow {
        /// The file of rows.
        path: PathBuf,
        /// The line number, from 1.
        line: usize,
        /// The problem with the row.
        reason: String,
    },
    /// The address is already in use.
    #[error("{address} is already in use; choose another port, e.g. `yuanhua --port {next}`")]
    PortTaken {
        /// The host and the port.
        address: String,
        /// A port to try instead.
        next: u16,
    },
    /// The server could not listen.
    #[error("cannot listen on {address}: {source}; choose another --host or --port")]
    Listen {
        /// The host and the port.
        address: String,
        /// The error of the system.
        source: std::io::Error,
    },
    /// The query that was typed cannot be asked.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A quote does not match its source.
    #[error("the quote no longer matches its source ({0}); reload the transcript and ask again")]
    Stale(String),
    /// An export could not be made.
    #[error("the export could not be put together: {0}; try a smaller one")]
    Export(#[source] std::io::Error),
}

/// Returns the remedy for a failed write.
fn remedy(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full: make room on it and try again",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "the folder may not be written: allow it, or choose another folder with --data"
        }
        _ => "check the folder and its disk, and try again",
    }
}
