//! `GET /healthz`: whether what works behind the pages is alive. For programs that look
//! after this one; holds no words of anybody's.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::web::Site;

/// How it is.
#[derive(Serialize)]
struct Health {
    /// `ok`, or `trouble`: some of it failed, and goes on or was begun again.
    status: &'static str,
    /// Whether transcripts are being read or made ready.
    working: bool,
    /// Whether the folder is looked at for changes.
    watching: bool,
    /// How often the work behind the pages panicked and was begun again.
    panics: usize,
}

pub(crate) async fn show(State(site): State<Site>) -> Response {
    let working = site.shelf.as_ref().is_some_and(|shelf| shelf.progress().is_some());
    let health = site.shelf.map(|shelf| shelf.health()).unwrap_or_default();
    let status = if health.is_good() { "ok" } else { "trouble" };
    let (watching, panics) = (health.watching, health.panics);
    (StatusCode::OK, Json(Health { status, working, watching, panics })).into_response()
}
