//! The reasons why a program gets no answer. Each is a sentence that names the remedy. This module knows nothing of
//! HTTP.

use crate::error::Error;

/// The reason why a program gets no answer.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// A required argument is missing.
    #[error("{0} is needed; give it and try again")]
    Missing(&'static str),
    /// The number of results on a page is out of bounds.
    #[error("`limit` is a number from 1 to {most}")]
    BadLimit {
        /// The most results on a page.
        most: usize,
    },
    /// The cursor is malformed or of another call, or the library has changed.
    #[error("this cursor is of another call, or the library has changed since; leave the cursor out to begin again")]
    BadCursor,
    /// The query has too many characters.
    #[error("a query has {limit} characters at most; ask one thing at a time")]
    QueryTooLong {
        /// The most characters.
        limit: usize,
    },
    /// There are too many earlier queries.
    #[error("`after` takes {most} queries at most; leave out the oldest")]
    TooManyBefore {
        /// The most earlier queries.
        most: usize,
    },
    /// The address is not a permalink.
    #[error("a permalink is /q/ and four parts of digits, as it was copied")]
    BadPermalink,
    /// The question has no such answer.
    #[error("{question} has no answer {answer}; its last is {last}")]
    NoAnswer {
        /// The label of the question.
        question: String,
        /// The label of the requested answer.
        answer: String,
        /// The label of the last answer to the question.
        last: String,
    },
    /// The library has another version of the source, which does not say these words.
    #[error("the interview has changed since, and no longer says these words")]
    Changed,
    /// The library has the source, but no answer in it says these words.
    #[error("no answer of this interview says these words")]
    Unsaid,
    /// The words, or their source, were withdrawn.
    #[error("this was withdrawn at the wish of an interviewee; do not quote it")]
    Withdrawn,
    /// The library does not have the source.
    #[error("this interview is not here; the list of interviews tells which are")]
    Gone,
    /// The library does not have the source, but some interviews are not read yet.
    #[error("this interview may be among those that are still being read; try again later")]
    NotRead,
    /// The interview is too long to be read in one piece.
    #[error("this interview has more than {mib} MiB; read it answer by answer with get_answer")]
    TooLong {
        /// The most MiB.
        mib: usize,
    },
    /// The text is too long to be checked at once.
    #[error("a text has {kib} KiB at most; check it in parts")]
    TextTooLong {
        /// The most KiB.
        kib: usize,
    },
    /// There are more requests at once than can be answered in time.
    #[error("so many are asking that this could not be done in time; try again in {seconds} seconds")]
    Busy {
        /// The seconds to wait before the next try.
        seconds: u64,
    },
    /// The library failed, or the query cannot be read.
    #[error(transparent)]
    Library(#[from] Error),
    /// An internal failure, which is a bug.
    #[error("this failed, which is a bug in yuanhua; please report it")]
    Broken,
}
