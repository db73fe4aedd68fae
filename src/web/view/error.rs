//! The page that reports a problem, and the response to a request that gets no page of its own.

use askama::Template;
use axum::http::header::{CONNECTION, RETRY_AFTER, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{Html, IntoResponse, Response};

use super::page::Page;
use super::problem_details::{ChatError, ProblemDetails};
use crate::i18n::{Messages, Notice};
use crate::web::http::address::Address;
use crate::web::http::locale::{Audience, Locale};
use crate::web::problem::{NotServed, WebProblem};

/// A problem, and its reader.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) reader: Locale,
    pub(crate) problem: WebProblem,
}

#[derive(Template)]
#[template(path = "problem.html", config = "web/askama.toml")]
struct ProblemPage {
    page: Page,
    notice: Notice,
}

impl NotServed {
    /// Adds the headers for the refusal.
    fn mark(&self, headers: &mut HeaderMap) {
        match self {
            Self::TooBusy { seconds } => {
                headers.insert(RETRY_AFTER, HeaderValue::from(*seconds));
            }
            // The rest of the request is no longer wanted.
            Self::TooSlow => {
                headers.insert(CONNECTION, HeaderValue::from_static("close"));
            }
            Self::NoToken => {
                headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
        }
    }
}

impl WebProblem {
    /// Returns the problem in words.
    fn notice(&self, text: &Messages) -> Notice {
        let problems = text.page_problems;
        match self {
            Self::QueryTooLong { limit } => (problems.query_too_long)(*limit),
            Self::ConversationTooLong => problems.conversation_too_long.clone(),
            Self::BadScript => problems.bad_script.clone(),
            Self::BadLimit { most } => (problems.bad_limit)(*most),
            Self::NoQuery => problems.no_query.clone(),
            Self::NotRead => text.pending.source.clone(),
            Self::UnknownSource => problems.unknown_source.clone(),
            Self::BadSpan => problems.bad_span.clone(),
            Self::NobodysWords => problems.nobodys_words.clone(),
            Self::Withdrawn => problems.withdrawn.clone(),
            Self::Withheld => problems.withheld.clone(),
            Self::NotOurName { host } => (problems.not_our_name)(host),
            Self::Foreign => problems.foreign.clone(),
            Self::TooLarge { mib } => (problems.too_large)(*mib),
            Self::BadForm => problems.bad_form.clone(),
            Self::BadFormat => problems.bad_format.clone(),
            Self::NoCard => problems.no_card.clone(),
            Self::BadCursor => problems.bad_cursor.clone(),
            Self::Missing => problems.missing.clone(),
            Self::BadRequest => problems.bad_request.clone(),
            Self::NothingHere => problems.nothing_here.clone(),
            Self::Library(error) => Notice::new(problems.library, (text.errors.error)(error)),
            Self::NotServed(NotServed::TooBusy { seconds }) => (problems.too_busy)(*seconds),
            Self::NotServed(NotServed::TooSlow) => problems.too_slow.clone(),
            Self::NotServed(NotServed::NoToken) => problems.no_token.clone(),
            Self::Broken => problems.broken.clone(),
        }
    }

    /// Returns a response with the status and the headers of the problem.
    pub(crate) fn respond(&self, body: impl IntoResponse) -> Response {
        let mut response = (self.status(), body).into_response();
        if let Self::NotServed(why) = self {
            why.mark(response.headers_mut());
        }
        response
    }
}

impl Locale {
    /// Makes a failure from a problem, in the language of the reader.
    pub(crate) fn failure(self, problem: WebProblem) -> Failure {
        Failure { reader: self, problem }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let Locale { text, audience } = self.reader;
        let notice = self.problem.notice(text);
        match audience {
            Audience::Person => {
                let page = Page::new(text, notice.title, &Address::default());
                self.problem.respond(render(&ProblemPage { page, notice }))
            }
            Audience::Program => self.problem.respond(ProblemDetails::new(&self.problem, notice, text.lang)),
            Audience::ChatClient => self.problem.respond(ChatError::new(&self.problem, notice)),
        }
    }
}

/// Renders a template as a response.
pub(crate) fn render(template: &impl Template) -> Response {
    html(template).map_or_else(|| WebProblem::Broken.code().into_response(), |html| Html(html).into_response())
}

/// Renders a template. It can fail only in a filter of ours, and the log then says so.
pub(crate) fn html(template: &impl Template) -> Option<String> {
    template.render().map_err(|error| tracing::error!("a template failed: {error}")).ok()
}
