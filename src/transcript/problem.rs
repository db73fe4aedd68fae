//! Problems of a source: parts that could not be read, or were read in a way that its owner should
//! know. A problem has a kind, so that a page can tell it in its own language, and a sentence.

use std::borrow::Cow;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::columns::Layout;

/// A part of a source that could not be read as it stands, and what was done about it. It is never
/// fatal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// 1-based line of the received text.
    pub line: usize,
    /// A sentence for a person, in English.
    pub problem: String,
    /// The kind of problem.
    #[serde(skip)]
    pub what: ProblemKind,
}

/// The kind of a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProblemKind {
    /// A damaged place that could not be restored for certain.
    Doubt {
        /// The received text.
        received: String,
        /// The displayed text.
        restored: String,
    },
    /// A question that nobody answers, by its label.
    Unanswered(String),
    /// A number that is not the next one.
    OutOfOrder {
        /// The number in the source, such as `Q5`.
        found: String,
        /// The expected number, such as `Q3`.
        expected: String,
    },
    /// An answer's number that is not the next one. The answer gets the next number.
    Counted {
        /// The number in the source, such as `A5`.
        found: String,
        /// The number that the answer gets, such as `A3`.
        expected: String,
    },
    /// The file ends within a character of this encoding.
    Cut(Cow<'static, str>),
    /// A byte that is no character of this encoding.
    Stray(Cow<'static, str>),
    /// Further lines with such bytes. They are not reported one by one.
    MoreStray {
        /// Lines.
        lines: usize,
        /// Bytes in all.
        bytes: usize,
    },
    /// The cue on this line of the file holds no words.
    EmptyCue(usize),
    /// This line of the file has an arrow without two times.
    BrokenArrow(usize),
    /// The XML breaks off, for this reason.
    BrokenOff(String),
    /// An entity that is not defined.
    Entity(String),
    /// A table whose rows are persons. This column names them.
    ByPerson {
        /// The column's name.
        head: String,
        /// Columns that are not read.
        left: Vec<String>,
    },
    /// A table whose rows are questions. This column holds them.
    ByQuestion {
        /// The column's name.
        head: String,
        /// Columns that are not read.
        left: Vec<String>,
    },
    /// Which columns were read as what.
    Columns(Layout),
    /// A table without a row of names.
    NoNames,
    /// A row that could not be read, for this reason.
    BadRow(String),
    /// A row, by its number, without an answer.
    RowUnanswered(u64),
    /// This many letters of a PDF stand for no known character.
    Untold(usize),
    /// Nobody has the given name.
    Nobody {
        /// The given name.
        name: String,
        /// The speakers.
        speakers: Vec<String>,
    },
    /// The lines before the first speaker.
    Introduction {
        /// The first of these lines.
        from: usize,
        /// The last of these lines.
        to: usize,
    },
    /// A paragraph between turns that the author tells.
    Narration,
    /// A paragraph between turns that may be the author's, and is read as words of the speaker before it.
    Nameless,
    /// This many sentences of JSON stand in fields of unknown meaning.
    Unread(usize),
    /// Nobody is told to speak, although several may.
    NoSpeakers,
    /// This many words are in no turn, without a known reason.
    Lost(usize),
}

impl Problem {
    pub(super) fn new(line: usize, what: ProblemKind) -> Self {
        Self { line, problem: what.to_string(), what }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Doubt { received, restored } if received == restored => {
                write!(f, "“{received}” looks damaged but could not be restored with proof; it is shown as received.")
            }
            Self::Doubt { received, restored } => {
                write!(f, "“{received}” is damaged; “{restored}” is its likeliest wording, but not certain.")
            }
            Self::Unanswered(label) => write!(f, "{label} has no answer."),
            Self::OutOfOrder { found, expected } => write!(f, "{found} stands where {expected} was expected."),
            Self::Counted { found, expected } => {
                write!(f, "{found} stands where {expected} was expected; it is counted as {expected}.")
            }
            Self::Cut(encoding) => write!(
                f,
                "The file ends in the middle of a character of {encoding}; it is shown as \u{fffd}. The end may be missing."
            ),
            Self::Stray(encoding) => write!(f, "A byte here is no character of {encoding}; it is shown as \u{fffd}."),
            Self::MoreStray { lines, bytes } => write!(f, "{lines} more lines have such bytes; {bytes} in all."),
            Self::EmptyCue(line) => write!(f, "The cue on line {line} of the file holds no words."),
            Self::BrokenArrow(line) => {
                write!(f, "Line {line} of the file has an arrow but no two times; its cue is joined to the one before.")
            }
            Self::BrokenOff(why) => write!(f, "The rest could not be read: {why}."),
            Self::Entity(name) => write!(f, "The entity &{name}; is not defined here; it is shown as written."),
            Self::ByPerson { head, left } => {
                let left = left_out(left);
                write!(f, "Each row is read as a person, by “{head}”, each column that asks as a question.{left}")
            }
            Self::ByQuestion { head, left } => {
                let left = left_out(left);
                write!(f, "Each row is read as a question, in “{head}”, each column beside it as a person.{left}")
            }
            Self::Columns(layout) => f.write_str(&layout.sentence()),
            Self::NoNames => {
                f.write_str("The table has no row of names; its columns are called by their places, 1, 2 …")
            }
            Self::BadRow(why) => write!(f, "A row could not be read ({why}); it is left out."),
            Self::RowUnanswered(row) => write!(f, "Row {row} has no answer."),
            Self::Untold(letters) => {
                write!(f, "{letters} letters of this PDF have no meaning that it tells; they stand as “\u{fffd}”.")
            }
            Self::Nobody { name, speakers } => {
                write!(f, "Nobody here is called {name}; the speakers are: {}.", speakers.join(", "))
            }
            Self::Introduction { from, to } => write!(
                f,
                "Lines {from} to {to} stand before the first speaker and are read as an introduction, as nobody's answer."
            ),
            Self::Narration => f.write_str(
                "This paragraph between two turns has no name before it and tells of the speaker; it is read as the author's, as nobody's answer.",
            ),
            Self::Nameless => f.write_str(
                "This paragraph stands alone between two turns, without a name; it is read as words of the speaker before it.",
            ),
            Self::Unread(sentences) => write!(
                f,
                "{sentences} more sentence{} in fields of unknown meaning {} not read.",
                if *sentences == 1 { "" } else { "s" },
                if *sentences == 1 { "is" } else { "are" }
            ),
            Self::NoSpeakers => f.write_str(
                "The source does not tell who speaks. All its words are read as answers; if somebody asks, those words are among them.",
            ),
            Self::Lost(words) => write!(
                f,
                "From here on, {words} words are in no turn, by a fault of this program; please report the shape of the file."
            ),
        }
    }
}

fn left_out(columns: &[String]) -> String {
    if columns.is_empty() { String::new() } else { format!(" Left out: “{}”.", columns.join("”, “")) }
}
