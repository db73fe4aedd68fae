//! What can go wrong, typed: each error names the place and the remedy in a
//! sentence for a person. Knows no HTTP.

use std::path::PathBuf;

/// Why one source could not be read as an interview.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing but white space.
    #[error("the file is empty; there is nothing to read")]
    Empty,
    /// Binary, or in an encoding that is not one of ours.
    #[error("this is not text in UTF-8, UTF-16, GBK, Big5 or Windows-1252; save it as UTF-8 plain text and try again")]
    NotText,
    /// Text, but neither questions nor speakers, headings or paragraphs.
    #[error(
        "no questions found; begin each question with “Q1.” (or “问：”) and each answer with “A1” (or “答：”), or each turn with its speaker’s name and a colon"
    )]
    NoQuestions,
    /// A known kind of file that holds no transcript for us.
    #[error("this is {kind}; {remedy}")]
    Kind {
        /// What it is, with its article.
        kind: &'static str,
        /// What to do instead.
        remedy: &'static str,
    },
    /// A file of a known format that is damaged or not what it says.
    #[error(
        "this {format} file cannot be read: {reason}; open it in the program that made it, save it again and try once more"
    )]
    Malformed {
        /// The format.
        format: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A table without a column of words.
    #[error("no column with what was said was found among: {columns}; name it with --columns text=NAME,speaker=NAME")]
    NoColumn {
        /// The columns that there are.
        columns: String,
    },
    /// More text than one source may hold.
    #[error("the text is longer than {megabytes} MiB; split it into several files, or allow more with --max-text-mib")]
    TooLong {
        /// The limit.
        megabytes: usize,
    },
    /// A compressed file that unpacks beyond the limit.
    #[error(
        "the file unpacks to more than {megabytes} MiB; remove its pictures, save it as text, or allow more with --max-unpacked-mib"
    )]
    UnpacksTooLarge {
        /// The limit.
        megabytes: u64,
    },
    /// A line beyond the limit.
    #[error("line {line} is longer than {kilobytes} KiB; break it into paragraphs, or allow more with --max-line-kib")]
    LongLine {
        /// 1-based.
        line: usize,
        /// The limit.
        kilobytes: usize,
    },
    /// Elements inside one another beyond the limit.
    #[error("its elements are nested more than {levels} deep; save it as plain text, or allow more with --max-nesting")]
    TooDeep {
        /// The limit.
        levels: usize,
    },
    /// More pages than are read of a PDF.
    #[error("it has {pages} pages, and {most} are read at most; split it, or allow more with --max-pages")]
    TooManyPages {
        /// How many there are.
        pages: usize,
        /// The limit.
        most: usize,
    },
    /// More turns than one transcript may hold.
    #[error("it holds more than {turns} turns; split it into several files, or allow more with --max-turns")]
    TooManyTurns {
        /// The limit.
        turns: usize,
    },
}

/// Why what a person typed cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// `q:` with nothing after it.
    #[error("“{name}:” needs a value right after the colon, e.g. {example}", example = example(name))]
    EmptyFilter {
        /// `q`, `who` or `in`.
        name: &'static str,
    },
    /// A filter that we do not have.
    #[error("there is no filter “{name}:”; use q:, who: or in:, or a space after the colon to search for the word")]
    UnknownFilter {
        /// As it was typed.
        name: String,
    },
    /// A question that nobody asked.
    #[error("there is no question {label} here: {}", there_are(&from_to(.there, " to ")))]
    NoQuestion {
        /// As it was typed.
        label: String,
        /// Those that there are, in order.
        there: Vec<String>,
    },
    /// A speaker who is in no transcript.
    #[error("nobody here is called {name}: {}", there_are(.there))]
    NoSpeaker {
        /// As it was typed.
        name: String,
        /// Some that there are.
        there: Vec<String>,
    },
    /// A transcript that is not in the library.
    #[error("no transcript here is called {name}: {}", there_are(.there))]
    NoTranscript {
        /// As it was typed.
        name: String,
        /// Some that there are.
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

/// Two items or fewer as they are; more as one, `Q1 to Q8`.
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

/// Why the library could not be opened, asked or measured.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The numbers that verdicts hang on are not of their form.
    #[error(
        "models/calibration.json, built into this yuanhua, is not of its form ({0}); build it again from a clean copy"
    )]
    Calibration(String),
    /// A file or folder could not be read.
    #[error("cannot read {path}: {source}; check that it exists and that you may read it", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// One source is not an interview we can read.
    #[error("{path}: {source}", path = path.display())]
    Read {
        /// The source.
        path: PathBuf,
        /// Why not.
        source: ReadError,
    },
    /// A file of the library could not be written.
    #[error("cannot write {path}: {source}; {remedy}", path = path.display(), remedy = remedy(source))]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Another process has the folder open.
    #[error(
        "{path} is open in another yuanhua; add, change and withdraw on its library page (or put files into the \
         folder, which it notices), or stop it first",
        path = path.display()
    )]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is open for reading only.
    #[error("nothing can be changed here: {why}")]
    Closed {
        /// Why, in a sentence.
        why: String,
    },
    /// What people decided about the transcripts cannot be read.
    #[error(
        "{path} is damaged; it says who withdrew, so nothing is opened without it: put back a copy of it, or delete \
         it and withdraw again who has to be",
        path = path.display()
    )]
    BadManifest {
        /// The manifest.
        path: PathBuf,
    },
    /// The manifest names a file that is not the folder's own.
    #[error(
        "{path} names “{file}”, which is no file of this folder, so it was not made here, and nothing is opened with \
         it: if the folder came from elsewhere, remove its .yuanhua and open it again",
        path = path.display()
    )]
    ManifestNames {
        /// The manifest.
        path: PathBuf,
        /// What it names.
        file: String,
    },
    /// The key of a folder is not there, or another.
    #[error(
        "{path}/key is missing or not the one of this folder; without it nobody can tell what was withdrawn, so nothing \
         is opened: put it back from a copy of the folder, or remove {path} and withdraw again who has to be",
        path = path.display()
    )]
    NoKey {
        /// Where it belongs.
        path: PathBuf,
    },
    /// What should be ours is something else.
    #[error(
        "{path} is a link, or something else than a folder of ours, and nothing is opened through it; remove it and try \
         again",
        path = path.display()
    )]
    NotOurs {
        /// What it is called.
        path: PathBuf,
    },
    /// A link, a pipe, a device or a folder where a file should be.
    #[error("{path} is no regular file (but a link, a pipe, a device or a folder), and is not read; put the file itself there", path = path.display())]
    NoFile {
        /// What it is called.
        path: PathBuf,
    },
    /// An upload whose name cannot be read.
    #[error("a file came with a name that is not in UTF-8, and was not added; rename it and add it again")]
    NoName,
    /// A file of a kind that is not read.
    #[error("{file} is not added: files that end so are not read; save it as one of {endings}")]
    BadEnding {
        /// The file.
        file: String,
        /// The endings there are, with commas.
        endings: String,
    },
    /// A file holds hardly anything but words that were withdrawn.
    #[error(
        "{file} is nearly the same as an interview that was withdrawn on {on}, and is held back; only if that no longer \
         holds, add it with --again, or let `yuanhua allow` read it where it is"
    )]
    HeldBack {
        /// The file.
        file: String,
        /// The day, `2026-01-31`.
        on: String,
    },
    /// A title, a name or a pseudonym is too long.
    #[error("a title or a name has {most} characters at most, and this has {characters}; shorten it")]
    NameTooLong {
        /// How many it has.
        characters: usize,
        /// How many it may have.
        most: usize,
    },
    /// Reading a file panicked.
    #[error("{path} could not be read, which is a bug in yuanhua: please report it; everything else goes on", path = path.display())]
    Panicked {
        /// The file.
        path: PathBuf,
    },
    /// The same source is in the library already.
    #[error("{file}: this is {name}, which is in the library already; nothing was added")]
    Duplicate {
        /// What was to be added.
        file: String,
        /// What it is.
        name: String,
    },
    /// The source was withdrawn.
    #[error("{file}: this transcript was withdrawn on {on}; add it with --again only if that no longer holds")]
    Withdrawn {
        /// What was to be added.
        file: String,
        /// The day, `2026-01-31`.
        on: String,
    },
    /// A file is larger than is read.
    #[error("{file} has {mib} MiB, and {most} MiB are read at most; split it, or allow more with --max-file-mib")]
    FileTooLarge {
        /// The file.
        file: String,
        /// Its size in MiB.
        mib: u64,
        /// MiB at most.
        most: u64,
    },
    /// More files than are added at once.
    #[error("{file}: {most} files are added at once at most; add it afterwards, or allow more with --max-files")]
    TooManyFiles {
        /// The file.
        file: String,
        /// Files at most.
        most: usize,
    },
    /// More passages than are indexed.
    #[error(
        "{file} would make {passages} passages, and {most} are indexed at most; leave something out, or allow more \
         with --max-passages"
    )]
    TooManyPassages {
        /// The transcript that did not fit.
        file: String,
        /// How many passages there would be.
        passages: usize,
        /// Passages at most.
        most: usize,
    },
    /// No transcript has this name.
    #[error("no transcript is called {name}; `yuanhua list` names them all")]
    NoSuchTranscript {
        /// What was asked for.
        name: String,
    },
    /// Nobody in the transcript has this name.
    #[error("nobody is called {speaker} in {transcript}; the names in it are: {names}")]
    NoSuchSpeaker {
        /// What was asked for.
        speaker: String,
        /// The transcript.
        transcript: String,
        /// The speakers there are.
        names: String,
    },
    /// The table has no such column.
    #[error("there is no column {column}; the columns are: {columns}")]
    NoSuchColumn {
        /// What was asked for.
        column: String,
        /// The columns there are.
        columns: String,
    },
    /// Work was stopped by who had asked for it.
    #[error("cancelled")]
    Cancelled,
    /// Nothing there could be read; why the first could not.
    #[error("{reason}")]
    Unreadable {
        /// A sentence.
        reason: String,
    },
    /// A folder without any readable transcript.
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
        /// As asked for.
        name: String,
        /// The names of the catalogue.
        known: String,
    },
    /// A folder is no encoder that can be run.
    #[error(
        "{folder} cannot be used as an encoder: {reason}; it needs model.onnx and tokenizer.json as \
         sentence-transformers exports them", folder = folder.display()
    )]
    EncoderFolder {
        /// The folder.
        folder: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// An encoder of the catalogue could not be fetched.
    #[error(
        "the encoder {name} could not be fetched from {from} ({reason}); check the network or set HF_ENDPOINT to a \
         mirror, then run the same command again: it goes on where it stopped (in {cache})", cache = cache.display()
    )]
    EncoderFetch {
        /// Its name in the catalogue.
        name: String,
        /// Where from.
        from: String,
        /// What went wrong.
        reason: String,
        /// Where fetched encoders are kept.
        cache: PathBuf,
    },
    /// A fetched file is not what the hub announced.
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
    /// A row of labelled queries or passages is not of the documented shape.
    #[error("{path}, line {line}: {reason}; `yuanhua help eval` shows the shape of a row", path = path.display())]
    BadRow {
        /// The file of rows.
        path: PathBuf,
        /// 1-based.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// The address to serve on is taken.
    #[error("{address} is already in use; choose another port, e.g. `yuanhua --port {next}`")]
    PortTaken {
        /// Host and port.
        address: String,
        /// A port worth trying.
        next: u16,
    },
    /// The server could not listen.
    #[error("cannot listen on {address}: {source}; choose another --host or --port")]
    Listen {
        /// Host and port.
        address: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// What a person typed cannot be asked.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// A quote would not be what the source says.
    #[error("the quote no longer matches its source ({0}); reload the transcript and ask again")]
    Stale(String),
    /// An export could not be put together.
    #[error("the export could not be put together: {0}; try a smaller one")]
    Export(#[source] std::io::Error),
}

/// What to do about a failed write.
fn remedy(error: &std::io::Error) -> &'static str {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "the disk is full: make room on it and try again",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "the folder may not be written: change that, or choose another with --data"
        }
        _ => "check the folder and its disk, and try again",
    }
}
