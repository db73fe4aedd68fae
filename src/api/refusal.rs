//! Why a program gets no answer, in a sentence that names the remedy. Knows no HTTP.

use crate::error::Error;

/// Why a program gets no answer.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// Something that is needed was not given.
    #[error("{0} is needed; give it and try again")]
    Missing(&'static str),
    /// A number of things on a page that is out of bounds.
    #[error("`limit` is a number from 1 to {most}")]
    BadLimit {
        /// Things at most.
        most: usize,
    },
    /// A cursor that no longer leads anywhere.
    #[error("this cursor is of another call, or the library has changed since; leave the cursor out to begin again")]
    BadCursor,
    /// A query of more characters than are answered.
    #[error("a query has {limit} characters at most; ask one thing at a time")]
    QueryTooLong {
        /// Characters at most.
        limit: usize,
    },
    /// More earlier queries than one goes on from.
    #[error("`after` takes {most} queries at most; leave out the oldest")]
    TooManyBefore {
        /// Queries at most.
        most: usize,
    },
    /// What was given is no permalink.
    #[error("a permalink is /q/ and four parts of digits, as it was copied")]
    BadPermalink,
    /// The question has no such answer.
    #[error("{question} has no answer {answer}; its last is {last}")]
    NoAnswer {
        /// The label of the question.
        question: String,
        /// The label of the answer that was asked for.
        answer: String,
        /// The label of the last one that there is.
        last: String,
    },
    /// Another version of the source is here, and does not say these words.
    #[error("the interview has changed since, and no longer says these words")]
    Changed,
    /// The source is here, and no answer says these words.
    #[error("no answer of this interview says these words")]
    Unsaid,
    /// The words, or their source, were withdrawn.
    #[error("this was withdrawn at the wish of an interviewee; do not quote it")]
    Withdrawn,
    /// The source is not here.
    #[error("this interview is not here; the list of interviews tells which are")]
    Gone,
    /// The same while some are not read yet.
    #[error("this interview may be among those that are still being read; try again later")]
    NotRead,
    /// An interview that is too long to be read in one piece.
    #[error("this interview has more than {mib} MiB; read it answer by answer with get_answer")]
    TooLong {
        /// MiB at most.
        mib: usize,
    },
    /// More text than is checked at once.
    #[error("a text has {kib} KiB at most; check it in parts")]
    TextTooLong {
        /// KiB at most.
        kib: usize,
    },
    /// More is asked at once than can be answered in time.
    #[error("so many are asking that this could not be done in time; try again in {seconds} seconds")]
    Busy {
        /// When to come again, in seconds.
        seconds: u64,
    },
    /// The library failed, or the query cannot be read.
    #[error(transparent)]
    Library(#[from] Error),
    /// We failed.
    #[error("this failed, which is a bug in yuanhua; please report it")]
    Broken,
}
