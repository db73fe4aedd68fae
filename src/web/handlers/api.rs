//! `GET /api/ask`: the reply that `yuanhua ask --json` gives, for programs.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use super::chat::check_length;
use crate::search::{Options, Reply};
use crate::web::http::address::{self, Address};
use crate::web::i18n::en;
use crate::web::view::error::Problem;
use crate::web::{Site, Work};

/// The most quotes in a reply.
const LIMIT: usize = 50;
/// The most earlier queries.
const AFTER: usize = 8;

/// A problem, as JSON for programs.
#[derive(Serialize)]
struct ApiError {
    /// A sentence in English.
    error: String,
}

pub(crate) async fn ask(State(site): State<Site>, Query(parameters): Query<Vec<(String, String)>>) -> Response {
    match reply(site, parameters).await {
        Ok(reply) => Json(&*reply).into_response(),
        Err(problem) => {
            let error = (en::EN.problem)(&problem).sentence;
            problem.respond(Json(ApiError { error }))
        }
    }
}

async fn reply(site: Site, parameters: Vec<(String, String)>) -> Result<Arc<Reply>, Problem> {
    // A page ignores an unknown script. A program gets an error.
    let known = |(name, value): &(String, String)| name != "script" || address::display(value).is_some();
    if !parameters.iter().all(known) {
        return Err(Problem::BadScript);
    }
    let named = |wanted: &str| -> Vec<String> {
        let values = parameters.iter().filter(|(name, value)| name == wanted && !value.trim().is_empty());
        values.map(|(_, value)| value.trim().to_owned()).take(AFTER).collect()
    };
    let (before, explain) = (named("after"), named("explain").iter().any(|value| value != "0"));
    let address = Address::read(parameters);
    let query = address.queries.last().cloned().ok_or(Problem::NoQuery)?;
    before.iter().chain([&query]).try_for_each(|query| check_length(query))?;
    let limit = match address.limit() {
        Ok(None) => Options::default().limit,
        Ok(Some(limit)) if (1..=LIMIT).contains(&limit) => limit,
        _ => return Err(Problem::BadLimit { most: LIMIT }),
    };
    let display = address.script;
    let dropped = address.dropped.last().cloned().unwrap_or_default();
    site.with_corpus(Work::Query, move |site, corpus| {
        let mut last: Option<Arc<Reply>> = None;
        for earlier in &before {
            let options = Options { limit, display, after: last.as_deref(), ..Options::default() };
            last = Some(site.ask(corpus, earlier, options)?);
        }
        let options = Options { limit, display, after: last.as_deref(), dropped: &dropped, explain };
        Ok(site.ask(corpus, &query, options)?)
    })
    .await
}
