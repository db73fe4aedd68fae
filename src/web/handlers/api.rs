//! The routes for programs over HTTP, and their description. Each route is listed here once. The router and the
//! `OpenAPI` document are made from the same list.

mod document;
mod lookup;
mod verify;

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use utoipa::OpenApi as _;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::{chat_completions, collection};
use crate::api::MAX_EARLIER_QUERIES;
use crate::search::{Reply, SearchOptions};
use crate::web::conversation::check_length;
use crate::web::http::address::{self, Address};
use crate::web::http::body;
use crate::web::http::locale::Locale;
use crate::web::http::parameters::Parameters;
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::Failure;
use crate::web::view::problem_details::ProblemDetails;

/// The most quotes in a reply.
const MAX_QUOTES: usize = 50;

/// All routes for programs, with their description.
pub(crate) fn routes(site: &Site) -> axum::Router<Site> {
    let whole = middleware::from_fn_with_state(site.clone(), body::read_whole);
    let sent = OpenApiRouter::new()
        .routes(routes!(verify::verify))
        .routes(routes!(chat_completions::complete))
        .routes(routes!(chat_completions::models))
        .layer(whole);
    let described = OpenApiRouter::with_openapi(document::Document::openapi())
        .routes(routes!(ask))
        .routes(routes!(lookup::interviews))
        .routes(routes!(lookup::answer))
        .routes(routes!(lookup::quote))
        .routes(routes!(collection::export))
        .merge(sent);
    let (router, openapi) = described.split_for_parts();
    router.merge(document::routes(openapi))
}

/// Ask the interviews
///
/// Returns the verdict and the quotes: the same JSON as `yuanhua ask --json`.
#[utoipa::path(
    get,
    path = "/api/ask",
    tag = "Asking",
    params(
        ("q" = String, Query, description = "What you want to know, in Chinese or English. “Words” are held verbatim, -word is left out; q:1, who:A3 and in:name say where to look.", max_length = 2000),
        ("limit" = Option<usize>, Query, description = "Quotes at most; 6 where it is left out.", minimum = 1, maximum = 50),
        ("script" = Option<crate::api::ScriptChoice>, Query, description = "The script to show Chinese in; as the transcript has it where it is left out."),
        ("after" = Option<Vec<String>>, Query, description = "Queries that came before, oldest first, where this one goes on from them.", max_items = 8),
        ("drop" = Option<Vec<String>>, Query, description = "What not to carry over from them, as `kind:text` of a chip."),
        ("explain" = Option<bool>, Query, description = "Say how each score came about."),
    ),
    responses(
        (status = 200, description = "The reply; `not_said` is one too", body = Reply),
        (status = 400, description = "The query cannot be read", body = ProblemDetails, content_type = "application/problem+json"),
        (status = 503, description = "Too much is asked at once", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn ask(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let reply = reply(site, parameters).await.map_err(|problem| reader.failure(problem))?;
    Ok(Json(&*reply).into_response())
}

async fn reply(site: Site, parameters: Parameters) -> Result<Arc<Reply>, WebProblem> {
    // A page ignores an unknown script. A program gets an error.
    let known = |(name, value): &(String, String)| name != "script" || address::display(value).is_some();
    if !parameters.iter().all(known) {
        return Err(WebProblem::BadScript);
    }
    let named = |wanted: &str| -> Vec<String> {
        let values = parameters.iter().filter(|(name, value)| name == wanted && !value.trim().is_empty());
        values.map(|(_, value)| value.trim().to_owned()).take(MAX_EARLIER_QUERIES).collect()
    };
    let (before, explain) = (named("after"), named("explain").iter().any(|value| value != "0"));
    let address = Address::read(parameters);
    let query = address.queries.last().cloned().ok_or(WebProblem::NoQuery)?;
    before.iter().chain([&query]).try_for_each(|query| check_length(query))?;
    let limit = match address.limit() {
        Ok(None) => SearchOptions::default().limit,
        Ok(Some(limit)) if (1..=MAX_QUOTES).contains(&limit) => limit,
        _ => return Err(WebProblem::BadLimit { most: MAX_QUOTES }),
    };
    let display = address.script;
    let dropped = address.dropped.last().cloned().unwrap_or_default();
    site.with_corpus(Work::Query, move |site, corpus| {
        let mut last: Option<Arc<Reply>> = None;
        for earlier in &before {
            let options = SearchOptions { limit, display, after: last.as_deref(), ..SearchOptions::default() };
            last = Some(site.ask(corpus, earlier, options)?);
        }
        let options = SearchOptions { limit, display, after: last.as_deref(), dropped: &dropped, explain };
        Ok(site.ask(corpus, &query, options)?)
    })
    .await
}
