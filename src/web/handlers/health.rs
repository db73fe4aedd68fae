//! `/healthz`, `/readyz` and `/metrics`: whether the work behind the pages is alive, whether queries can be answered,
//! and metrics. They are for programs that monitor this one. They hold no words of anybody.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::i18n::Messages;
use crate::retrieval::ReadSoFar;
use crate::web::http::locale::Locale;
use crate::web::http::metrics::LibraryMetrics;
use crate::web::site::Site;

/// The state of the program.
#[derive(Serialize)]
struct Health {
    /// `ok`, or `trouble` if something failed and continues or was restarted.
    status: &'static str,
    /// Whether transcripts are being read or embedded.
    working: bool,
    /// Whether the folder is watched for changes.
    watching: bool,
    /// The number of panics after which work was restarted.
    panics: usize,
}

pub(crate) async fn show(State(site): State<Site>) -> Response {
    let working = site.library.as_ref().is_some_and(|library| library.progress().is_some());
    let health = site.library.map(|library| library.health()).unwrap_or_default();
    let status = if health.is_good() { "ok" } else { "trouble" };
    let (watching, panics) = (health.watching, health.panics);
    (StatusCode::OK, Json(Health { status, working, watching, panics })).into_response()
}

/// Whether queries can be answered.
#[derive(Serialize)]
struct Readiness {
    ready: bool,
    /// Transcripts that can be searched.
    transcripts: usize,
    /// Transcripts that cannot be searched yet.
    coming: usize,
    /// How many passages are read closely, until all are. The others are found by their words and rough meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    reading: Option<ReadSoFar>,
}

/// Says whether queries can be answered. They cannot while there are transcripts but none of them can be searched.
pub(crate) async fn ready(State(site): State<Site>) -> Response {
    let corpus = site.corpus.load();
    let (transcripts, coming) = (corpus.transcripts.len(), corpus.coming());
    let ready = transcripts > 0 || coming == 0;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(Readiness { ready, transcripts, coming, reading: corpus.read_so_far() })).into_response()
}

/// The note on a page that not all passages are read closely.
#[derive(Serialize)]
struct Reading {
    /// `null` once all are.
    note: Option<String>,
}

/// Says how many passages are read closely, in the words of the page that shows it.
pub(crate) async fn reading(State(site): State<Site>, reader: Locale) -> Response {
    let text: &Messages = reader.text;
    let note = site.corpus.load().read_so_far().map(text.pending.closely);
    (StatusCode::OK, Json(Reading { note })).into_response()
}

pub(crate) async fn metrics(State(site): State<Site>) -> Response {
    let corpus = site.corpus.load();
    let library = LibraryMetrics {
        transcripts: corpus.transcripts.len(),
        answers: corpus.answers.len(),
        passages: corpus.passages.len(),
        coming: corpus.coming(),
        not_closely: corpus.read_so_far().map_or(0, |read| read.passages - read.closely),
        panics: site.library.as_ref().map_or(0, |library| library.health().panics),
    };
    ([(CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], site.metrics.text(library))
        .into_response()
}
