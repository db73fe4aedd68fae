//! Takes up what other servers of a shared store changed, before a request is answered. What was withdrawn anywhere is
//! in no reply. If the store does not answer, the request gets no reply with words.

use axum::extract::{FromRequestParts as _, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::fixed_paths::{HEALTH, STATIC};
use super::locale::Locale;
use crate::web::problem::WebProblem;
use crate::web::site::Site;

/// Brings the library up to date. Static files and the health check hold no words and do not wait for it.
pub(crate) async fn bring_up_to_date(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let wordless = path == HEALTH || path.starts_with(STATIC);
    let Some(library) = site.library.clone().filter(|library| !wordless && library.is_shared()) else {
        return next.run(request).await;
    };
    let problem = match tokio::task::spawn_blocking(move || library.catch_up()).await {
        Ok(Ok(())) => return next.run(request).await,
        Ok(Err(error)) => WebProblem::Library(error),
        Err(_) => WebProblem::Broken,
    };
    let (mut parts, _) = request.into_parts();
    let Ok(reader) = Locale::from_request_parts(&mut parts, &site).await;
    reader.failure(problem).into_response()
}
