//! The problems of pages: the reasons why a request gets no page of its own.

use crate::i18n::Notice;

/// The problems of pages: the reasons why a request gets no page of its own.
#[derive(Debug)]
pub(crate) struct PageProblems {
    /// A query is too long.
    pub(crate) query_too_long: fn(limit: usize) -> Notice,
    /// The conversation has more turns than an address holds.
    pub(crate) conversation_too_long: Notice,
    /// The script is unknown.
    pub(crate) bad_script: Notice,
    /// The number of quotes is malformed or out of bounds.
    pub(crate) bad_limit: fn(most: usize) -> Notice,
    /// The API got no query.
    pub(crate) no_query: Notice,
    /// No transcript has this hash.
    pub(crate) unknown_source: Notice,
    /// The span is not a range of whole characters of its transcript.
    pub(crate) bad_span: Notice,
    /// No answer holds the span.
    pub(crate) nobodys_words: Notice,
    /// The transcript or the cited words were withdrawn.
    pub(crate) withdrawn: Notice,
    /// The received text would reveal a person with a pseudonym.
    pub(crate) withheld: Notice,
    /// The request is for an unknown host name.
    pub(crate) not_our_name: fn(host: &str) -> Notice,
    /// Another site sent the form.
    pub(crate) foreign: Notice,
    /// The upload is too large.
    pub(crate) too_large: fn(mib: u64) -> Notice,
    /// The form is incomplete.
    pub(crate) bad_form: Notice,
    /// The format is unknown.
    pub(crate) bad_format: Notice,
    /// The words are too long for a picture.
    pub(crate) no_card: Notice,
    /// The cursor is malformed or of another call, or the library has changed.
    pub(crate) bad_cursor: Notice,
    /// A program left out a required argument.
    pub(crate) missing: Notice,
    /// The request of a program is not of the documented form.
    pub(crate) bad_request: Notice,
    /// No page has this address.
    pub(crate) nothing_here: Notice,
    /// The title of a failure of the library. The error has the sentence.
    pub(crate) library: &'static str,
    /// An internal failure.
    pub(crate) broken: Notice,
    /// Too many requests wait.
    pub(crate) too_busy: fn(seconds: u64) -> Notice,
    /// The request did not arrive completely in time.
    pub(crate) too_slow: Notice,
    /// The reader needs the token.
    pub(crate) no_token: Notice,

    /// The title of the page after the right token, and its link.
    pub(crate) admitted: &'static str,
    pub(crate) go_on: &'static str,
}
