//! Problems as programs get them: in the form of RFC 9457, or for chat clients in the form of the `OpenAI` interface.
//! The sentence is the one that a person reads, in the caller's language.

use axum::Json;
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LANGUAGE, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::error::Error;
use crate::i18n::Notice;
use crate::web::problem::{NotServed, WebProblem};

/// The media type of problem details.
pub(crate) const PROBLEM_JSON: &str = "application/problem+json";

/// A problem (RFC 9457).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ProblemDetails {
    /// The kind of the problem, such as `/api#too-busy`. It is the same in every language.
    #[serde(rename = "type")]
    kind: String,
    /// The title of the problem, in the language of `Accept-Language`.
    title: &'static str,
    /// The status of the reply.
    status: u16,
    /// A sentence that says what happened and what to do.
    detail: String,
    /// The same sentence, under the older name of this field.
    error: String,
    #[serde(skip)]
    lang: &'static str,
}

impl ProblemDetails {
    pub(crate) fn new(problem: &WebProblem, notice: Notice, lang: &'static str) -> Self {
        Self {
            kind: format!("/api#{}", problem.kind()),
            title: notice.title,
            status: problem.code().as_u16(),
            detail: notice.sentence.clone().into_owned(),
            error: notice.sentence.into_owned(),
            lang,
        }
    }
}

impl IntoResponse for ProblemDetails {
    fn into_response(self) -> Response {
        let lang = self.lang;
        let mut response = Json(self).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM_JSON));
        response.headers_mut().insert(CONTENT_LANGUAGE, HeaderValue::from_static(lang));
        response
    }
}

/// A problem, as chat clients read it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChatError {
    error: ChatErrorBody,
}

/// The content of the error.
#[derive(Debug, Serialize, ToSchema)]
struct ChatErrorBody {
    /// A sentence that says what happened and what to do.
    message: String,
    /// `invalid_request_error` if the request must be corrected, or else `server_error`.
    #[serde(rename = "type")]
    kind: &'static str,
    /// The kind of the problem.
    code: &'static str,
    /// Always null.
    #[schema(value_type = Option<String>)]
    param: (),
}

impl ChatError {
    pub(crate) fn new(problem: &WebProblem, notice: Notice) -> Self {
        let kind = if problem.code().is_client_error() { "invalid_request_error" } else { "server_error" };
        Self { error: ChatErrorBody { message: notice.sentence.into_owned(), kind, code: problem.kind(), param: () } }
    }
}

impl IntoResponse for ChatError {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

impl WebProblem {
    /// Returns the kind of the problem, for programs.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::QueryTooLong { .. } => "query-too-long",
            Self::BadScript => "bad-script",
            Self::BadLimit { .. } => "bad-limit",
            Self::BadCursor => "bad-cursor",
            Self::Missing => "missing",
            Self::BadRequest => "bad-request",
            Self::NoQuery => "no-query",
            Self::UnknownSource => "unknown-transcript",
            Self::NotRead => "not-read-yet",
            Self::BadSpan => "bad-span",
            Self::ConversationTooLong => "conversation-too-long",
            Self::NobodysWords => "nobodys-words",
            Self::Withdrawn => "withdrawn",
            Self::Withheld => "withheld",
            Self::NotOurName { .. } => "not-our-name",
            Self::Foreign => "foreign",
            Self::TooLarge { .. } => "too-large",
            Self::BadForm => "bad-form",
            Self::BadFormat => "bad-format",
            Self::NoCard => "no-card",
            Self::NothingHere => "nothing-here",
            Self::Library(Error::Query(_)) => "bad-query",
            Self::Library(_) => "library",
            Self::NotServed(NotServed::TooBusy { .. }) => "too-busy",
            Self::NotServed(NotServed::TooSlow) => "too-slow",
            Self::NotServed(NotServed::NoToken) => "no-token",
            Self::Broken => "broken",
        }
    }
}
