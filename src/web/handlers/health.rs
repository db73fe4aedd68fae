//! `GET /healthz`: whether the work behind the pages is alive. It is for monitoring programs and shows
//! no words of transcripts.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::web::Site;

/// The state of the program.
#[derive(Serialize)]
struct Health {
    /// `ok`, or `trouble`: something failed, and continues or was restarted.
    status: &'static str,
    /// Whether transcripts are being read or embedded.
    working: bool,
    /// Whether the folder is watched for changes.
    watching: bool,
    /// The number of panics after which work was restarted.
    panics: usize,
}

pub(crate) async fn show(State(site): State<Site>) -> Response {
    let working = site.shelf.as_ref().is_some_and(|shelf| shelf.progress().is_some());
    let health = site.shelf.map(|shelf| shelf.health()).unwrap_or_default();
    let status = if health.is_good() { "ok" } else { "trouble" };
    let (watching, panics) = (health.watching, health.panics);
    (StatusCode::OK, Json(Health { status, working, watching, panics })).into_response()
}
