//! The reasons why a request gets no page of its own, and their HTTP status. Our own failures are logged
//! here, once.

use axum::http::StatusCode;

use crate::error::{Error, StoreError, TagError};

/// The reason why a request gets no page of its own.
#[derive(Debug)]
pub(crate) enum WebProblem {
    /// A query is too long.
    QueryTooLong {
        /// The most characters.
        limit: usize,
    },
    /// The conversation has more turns than an address holds.
    ConversationTooLong,
    /// The script is unknown.
    BadScript,
    /// The number of quotes is malformed or out of bounds.
    BadLimit {
        /// The most quotes.
        most: usize,
    },
    /// The cursor is malformed or of another call, or the library has changed.
    BadCursor,
    /// A program left out a required argument.
    Missing,
    /// The request of a program is not of the documented form.
    BadRequest,
    /// The API got no query.
    NoQuery,
    /// No transcript has this hash.
    UnknownSource,
    /// No transcript has this hash, but some transcripts are not ready.
    NotRead,
    /// The span is not a range of whole characters of its transcript.
    BadSpan,
    /// No answer holds the span.
    NobodysWords,
    /// The transcript or the cited words were withdrawn.
    Withdrawn,
    /// The received text would reveal a person with a pseudonym.
    Withheld,
    /// The request is for an unknown host name.
    NotOurName {
        /// The name.
        host: String,
    },
    /// Another site sent the form.
    Foreign,
    /// The upload is too large.
    TooLarge {
        /// The most MiB.
        mib: u64,
    },
    /// The form is incomplete.
    BadForm,
    /// The format is unknown.
    BadFormat,
    /// The words are too long for a picture.
    NoCard,
    /// No page has this address.
    NothingHere,
    /// The library failed.
    Library(Error),
    /// The server refuses it, or is busy.
    NotServed(NotServed),
    /// An internal failure.
    Broken,
}

/// The reason why the server does not serve a request.
#[derive(Debug)]
pub(crate) enum NotServed {
    /// Too many requests wait.
    TooBusy {
        /// The seconds to wait before the next try.
        seconds: u64,
    },
    /// The request did not arrive completely in time.
    TooSlow,
    /// The reader needs the token.
    NoToken,
}

impl From<Error> for WebProblem {
    fn from(error: Error) -> Self {
        Self::Library(error)
    }
}

impl WebProblem {
    /// The HTTP status.
    pub(crate) fn code(&self) -> StatusCode {
        match self {
            Self::UnknownSource
            | Self::NobodysWords
            | Self::NothingHere
            | Self::Library(
                Error::NoSuchTranscript { .. }
                | Error::NoSuchSpeaker { .. }
                | Error::NobodyNamed { .. }
                | Error::Tags(TagError::Unknown { .. }),
            ) => StatusCode::NOT_FOUND,
            Self::QueryTooLong { .. }
            | Self::ConversationTooLong
            | Self::BadScript
            | Self::BadLimit { .. }
            | Self::BadCursor
            | Self::Missing
            | Self::BadRequest
            | Self::NoQuery
            | Self::BadSpan
            | Self::BadForm
            | Self::BadFormat
            | Self::Library(
                Error::Query(_)
                | Error::NoSuchColumn { .. }
                | Error::NoSuchRecording { .. }
                | Error::NameTooLong { .. }
                | Error::Tags(TagError::NoName | TagError::NameTooLong { .. } | TagError::NoteTooLong { .. }),
            ) => StatusCode::BAD_REQUEST,
            // The document cannot be read.
            Self::NoCard | Self::Library(Error::Read { .. }) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Library(
                Error::Stale(_)
                | Error::SourceChanged
                | Error::SeveralPeople { .. }
                | Error::Closed { .. }
                | Error::Busy { .. }
                | Error::TooManyQuestions { .. }
                | Error::Store(StoreError::Busy { .. } | StoreError::NoRecordings)
                | Error::Tags(
                    TagError::TooMany { .. }
                    | TagError::TooManyQuotes { .. }
                    | TagError::Taken { .. }
                    | TagError::Withdrawn,
                ),
            ) => StatusCode::CONFLICT,
            Self::Withdrawn => StatusCode::GONE,
            Self::Withheld | Self::Foreign => StatusCode::FORBIDDEN,
            Self::NotOurName { .. } => StatusCode::MISDIRECTED_REQUEST,
            Self::NotRead | Self::NotServed(NotServed::TooBusy { .. }) | Self::Library(Error::Store(_)) => {
                StatusCode::SERVICE_UNAVAILABLE
            }
            Self::NotServed(NotServed::TooSlow) => StatusCode::REQUEST_TIMEOUT,
            Self::NotServed(NotServed::NoToken) => StatusCode::UNAUTHORIZED,
            Self::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Library(_) | Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Returns the HTTP status, and logs our own failures.
    pub(crate) fn status(&self) -> StatusCode {
        let status = self.code();
        match self {
            // The client can correct it.
            Self::Library(Error::Tags(error)) if !matches!(error, TagError::Damaged { .. }) => {}
            Self::Library(
                Error::Query(_)
                | Error::Read { .. }
                | Error::Closed { .. }
                | Error::TooManyQuestions { .. }
                | Error::Busy { .. }
                | Error::NoSuchTranscript { .. }
                | Error::NoSuchSpeaker { .. }
                | Error::NobodyNamed { .. }
                | Error::SeveralPeople { .. }
                | Error::SourceChanged
                | Error::NoSuchColumn { .. }
                | Error::NoSuchRecording { .. }
                | Error::BadEnding { .. }
                | Error::NameTooLong { .. },
            ) => {}
            Self::Library(error) => tracing::error!(status = status.as_u16(), "{error}"),
            Self::Broken => tracing::error!(status = status.as_u16(), "a page could not be made: its task panicked"),
            _ => {}
        }
        status
    }
}
