//! `GET /sound/{hash}`: the recording of a transcript, in the parts that a player asks for. `POST
//! /library/{hash}/recording`: puts a recording beside a transcript.

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Request, State};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use tower::ServiceExt as _;
use tower_http::services::ServeFile;

use crate::web::http::body;
use crate::web::http::locale::Locale;
use crate::web::http::origin::SameOrigin;
use crate::web::problem::WebProblem;
use crate::web::site::Site;
use crate::web::view::error::Failure;

/// The fewest digits of a source's SHA-256 by which its recording is found.
const MIN_HASH_DIGITS: usize = 16;

/// The routes of recordings.
pub(crate) fn routes() -> Router<Site> {
    Router::new()
        .route("/sound/{hash}", get(play))
        .route("/library/{hash}/recording", post(add).layer(DefaultBodyLimit::max(body::RECORDING_MIB << 20)))
}

async fn play(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let listing = site.library.as_ref().map(|library| library.listing());
    let items = listing.iter().flat_map(|listing| &listing.items);
    let is_it = |sha256: &str| hash.len() >= MIN_HASH_DIGITS && sha256.starts_with(&hash);
    let recording = items.filter(|item| is_it(&item.sha256)).find_map(|item| item.recording.clone());
    let recording = recording.ok_or_else(|| reader.failure(WebProblem::NothingHere))?;
    match ServeFile::new(recording).oneshot(request).await {
        Ok(response) => Ok(response.map(Body::new)),
        Err(never) => match never {},
    }
}

async fn add(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
    _: SameOrigin,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let library = site.library.clone().ok_or_else(|| reader.failure(WebProblem::NothingHere))?;
    let _permit = body::upload_permit(&site, &mut form).await.map_err(|problem| reader.failure(problem))?;
    let (name, incoming) = body::recording(&mut form, &site.limits, |name| library.begin_recording(&hash, name))
        .await
        .map_err(|problem| reader.failure(problem))?;
    let back = format!("/library#t-{hash}");
    let kept = tokio::task::spawn_blocking(move || library.keep_recording(&hash, &name, &incoming)).await;
    let kept = kept.map_err(|_| WebProblem::Broken).and_then(|kept| kept.map_err(WebProblem::Library));
    kept.map_err(|problem| reader.failure(problem))?;
    Ok(Redirect::to(&back).into_response())
}
