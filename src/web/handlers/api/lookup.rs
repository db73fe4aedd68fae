//! Interviews, answers and permalinks for programs. Assistants get the same.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::{self, AnswerPart, AnswerWithSource, Cited, GetAnswer, Interviews, ListInterviews, Refusal};
use crate::retrieval::corpus::Corpus;
use crate::search::quote::PERMALINK;
use crate::web::http::locale::Locale;
use crate::web::http::origin::Origin;
use crate::web::problem::{NotServed, WebProblem};
use crate::web::site::{Site, Work};
use crate::web::view::error::Failure;
use crate::web::view::problem_details::ProblemDetails;

/// A quote by its permalink.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct QuoteFound {
    /// The exact words of the source.
    text: String,
    /// The citation of the words.
    citation: Cited,
    /// Whether the source has changed since the permalink was made. It still says these words.
    source_changed: bool,
}

/// List the interviews
///
/// Interviews are in the order of their names. A cursor names the last one shown, so none is skipped when others come
/// or go.
#[utoipa::path(
    get,
    path = "/api/interviews",
    tag = "Reading",
    params(ListInterviews),
    responses(
        (status = 200, description = "A page of the interviews", body = Interviews),
        (status = 400, description = "The limit or the cursor cannot be used", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn interviews(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    list: Result<Query<ListInterviews>, QueryRejection>,
) -> Result<Json<Interviews>, Failure> {
    let list = list.map_err(|_| reader.failure(WebProblem::BadRequest))?;
    look(site, reader, move |corpus| list.answer(corpus, &origin.0)).await
}

/// Read an answer in full
///
/// Name the answer by the permalink of a quote, or by interview, question and answer. It comes in parts, each with its
/// citation.
#[utoipa::path(
    get,
    path = "/api/answer",
    tag = "Reading",
    params(GetAnswer),
    responses(
        (status = 200, description = "A page of the answer", body = AnswerWithSource),
        (status = 400, description = "It does not say which answer", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 404, description = "There is no such answer", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 410, description = "The words were withdrawn", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn answer(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    get: Result<Query<GetAnswer>, QueryRejection>,
) -> Result<Json<AnswerWithSource>, Failure> {
    let get = get.map_err(|_| reader.failure(WebProblem::BadRequest))?;
    look(site, reader, move |corpus| get.answer(corpus, &origin.0)).await
}

/// Follow a permalink
///
/// Returns the words that a permalink cites, fresh from their source, or says what became of them. The same is on the
/// page `/q/{source}/{words}`.
#[utoipa::path(
    get,
    path = "/api/q/{source}/{words}",
    tag = "Reading",
    params(
        ("source" = String, Path, description = "The first part of the permalink"),
        ("words" = String, Path, description = "The second part of the permalink"),
    ),
    responses(
        (status = 200, description = "The words", body = QuoteFound),
        (status = 404, description = "No present source says them", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 410, description = "They were withdrawn", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(super) async fn quote(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    Path((source, words)): Path<(String, String)>,
) -> Result<Json<QuoteFound>, Failure> {
    let permalink = format!("{PERMALINK}{source}/{words}");
    let find = move |corpus: &Corpus| {
        let linked = api::follow(corpus, &permalink)?;
        let display = corpus.transcripts[linked.place.transcript].script.default_display();
        let AnswerPart { text, citation } = AnswerPart::new(corpus, linked.place, linked.span, display, &origin.0)?;
        Ok(QuoteFound { text, citation, source_changed: linked.changed })
    };
    look(site, reader, find).await
}

async fn look<T: Send + 'static>(
    site: Site,
    reader: Locale,
    find: impl FnOnce(&Corpus) -> Result<T, Refusal> + Send + 'static,
) -> Result<Json<T>, Failure> {
    let found = site.with_corpus(Work::Page, move |_, corpus| find(corpus).map_err(WebProblem::from)).await;
    found.map(Json).map_err(|problem| reader.failure(problem))
}

impl From<Refusal> for WebProblem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Missing(_) => Self::Missing,
            Refusal::BadLimit { most } => Self::BadLimit { most },
            Refusal::BadCursor => Self::BadCursor,
            Refusal::QueryTooLong { limit } => Self::QueryTooLong { limit },
            Refusal::TooManyBefore { .. }
            | Refusal::BadPermalink
            | Refusal::TooLong { .. }
            | Refusal::TextTooLong { .. } => Self::BadRequest,
            Refusal::NoAnswer { .. } | Refusal::Changed | Refusal::Unsaid => Self::NobodysWords,
            Refusal::Withdrawn => Self::Withdrawn,
            Refusal::Gone => Self::UnknownSource,
            Refusal::NotRead => Self::NotRead,
            Refusal::Busy { seconds } => Self::NotServed(NotServed::TooBusy { seconds }),
            Refusal::Library(error) => Self::Library(error),
            Refusal::Broken => Self::Broken,
        }
    }
}
