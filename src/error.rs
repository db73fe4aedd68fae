//! Typed errors. Each is a sentence that tells a person where the problem is and what to do. This module knows nothing
//! of HTTP, and of flags no more than their names.

mod query;
mod read;
mod store;
mod tags;

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::Arc;

use crate::config::flags::{AGAIN, DATA, HOST, MAX_FILE_MIB, MAX_FILES, MAX_PASSAGES, PORT};
pub use query::QueryError;
pub(crate) use query::from_to;
pub use read::{ReadError, RefusedFile};
pub use store::StoreError;
pub use tags::TagError;

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
        "{path} is open in another yuanhua, which serves a page or an assistant; use its library page, put files into the \
         folder, or stop it first (what `yuanhua mcp` serves stops when the assistant is closed)",
        path = path.display()
    )]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The library cannot be changed.
    #[error("nothing can be changed here: {why}")]
    Closed {
        /// The reason.
        why: ClosedReason,
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
    /// The manifest or a file of marks is missing or damaged.
    #[error(
        "{path} is missing or damaged; it says who withdrew, so nothing is opened without it: put back a copy, or \
         remove the folder .yuanhua and repeat every withdrawal",
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
         longer holds, add it with --{AGAIN}, or use `yuanhua allow` where it is"
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
        /// The file that was not added.
        file: String,
        /// The name of the transcript in the library.
        name: String,
    },
    /// The source was withdrawn.
    #[error("{file}: this transcript was withdrawn on {on}; if the withdrawal no longer holds, add it with --{AGAIN}")]
    Withdrawn {
        /// The file that was not added.
        file: String,
        /// The day of the withdrawal, `2026-01-31`.
        on: String,
    },
    /// A file is larger than the limit.
    #[error("{file} has {mib} MiB, and {most} MiB are read at most; split it, or allow more with --{MAX_FILE_MIB}")]
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
        "{file} was not added: the limit is {most} files at once; add it afterwards, or allow more with --{MAX_FILES}"
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
         with --{MAX_PASSAGES}"
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
    /// A name is given, and the transcript names nobody.
    #[error(
        "nobody has a name in {transcript}, so nobody is called {speaker}; a withdrawal without a name takes all of it"
    )]
    NobodyNamed {
        /// The name as given.
        speaker: String,
        /// The name of the transcript.
        transcript: String,
    },
    /// Several people are shown under one name, and only one may be meant.
    #[error(
        "several people in {transcript} are shown as {shown}: {names}; use the name of one in the source, or give each another \
         pseudonym first"
    )]
    SeveralPeople {
        /// The name that is shown for all of them.
        shown: String,
        /// The name of the transcript.
        transcript: String,
        /// Their names in the source.
        names: String,
    },
    /// The file of a transcript has other bytes than those that were shown.
    #[error(
        "the file was changed or removed after this was shown, and nothing was withdrawn; reload the page and do it again"
    )]
    SourceChanged,
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
    #[error("{address} is already in use; choose another port, e.g. `yuanhua --{PORT} {next}`")]
    PortTaken {
        /// The host and the port.
        address: String,
        /// A port to try instead.
        next: u16,
    },
    /// The server could not listen.
    #[error("cannot listen on {address}: {source}; choose another --{HOST} or --{PORT}")]
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

/// The reason why a library cannot be changed.
#[derive(Debug, Clone, thiserror::Error)]
pub enum ClosedReason {
    /// Only one file is open.
    #[error("only one file is open; give a folder with --{DATA}")]
    OnlyAFile,
    /// Its folder could not be opened to be changed.
    #[error(transparent)]
    Folder(Arc<Error>),
    /// The sample interview has no folder for a recording.
    #[error("the sample interview has no folder for a recording")]
    SampleInterview,
    /// A page shows no library that could be changed.
    #[error("there is no library behind this page")]
    NoLibrary,
}

/// Returns the remedy for a failed write.
fn remedy(error: &std::io::Error) -> Cow<'static, str> {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full: make room on it and try again".into(),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            format!("the folder may not be written: allow it, or choose another folder with --{DATA}").into()
        }
        _ => "check the folder and its disk, and try again".into(),
    }
}
