//! `GET /healthz`: whether what works behind the pages is alive. For programs that look
//! after this one; holds no words of anybody's.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use super::Site;

/// How it is.
#[derive(Serialize)]
struct Health {
    /// `ok`
    status: &'static str,
    /// Whether transcripts are being read or made ready.
    working: bool,
}

pub(super) async fn show(State(site): State<Site>) -> Response {
    let working = site.shelf.is_some_and(|shelf| shelf.progress().is_some());
    (StatusCode::OK, Json(Health { status: "ok", working })).into_response()
}
