//! The chat page and the source pages: router and headers. It holds no retrieval: a [`Site`] gets the
//! function that answers queries.

mod context;
mod conversation;
mod handlers;
mod http;
mod problem;
mod read_ahead;
mod recent_replies;
mod server;
mod site;
mod snapshot_cache;
mod start_pages;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;

use handlers::{
    api, card, chat, collection, disclosure, health, library, mcp, people, permalink, recording, saved, source, tags,
    verify,
};
use http::fixed_paths::{HEALTH, READY};
use http::locale::Locale;
use http::{admission, assets, catch_up, host, metrics};
use problem::WebProblem;
pub use server::Server;
pub use site::{Answerer, Site};
use view::error::Failure;

/// The router of all pages.
pub fn app(site: Site) -> Router {
    let pages = Router::new()
        .merge(library::routes(&site))
        .merge(recording::routes())
        .merge(people::routes())
        .merge(verify::routes())
        .merge(saved::routes(&site))
        .merge(tags::routes(&site))
        .route("/", get(chat::show))
        .route("/t/{hash}", get(source::show))
        .route("/t/{hash}/received", get(source::received))
        .route("/q/{source}/{words}", get(permalink::show))
        .route("/card.svg", get(card::show))
        .route("/collection", get(collection::collection))
        .route("/disclosure", get(disclosure::show))
        .merge(api::routes(&site))
        .route("/mcp", mcp::route(&site))
        .route("/static/{file}", get(assets::serve))
        .route(HEALTH, get(health::show))
        .route(READY, get(health::ready))
        .route("/reading", get(health::reading))
        .route("/metrics", get(health::metrics))
        .fallback(not_found_page)
        .layer(middleware::from_fn_with_state(site.clone(), catch_up::bring_up_to_date));
    let pages = match &site.token_check {
        Some(token_check) => {
            pages.layer(middleware::from_fn_with_state(Arc::clone(token_check), admission::check_token))
        }
        None => pages,
    };
    pages
        .layer(middleware::from_fn_with_state(site.clone(), host::check_host))
        .layer(middleware::map_response(security_headers))
        .layer(middleware::from_fn_with_state(Arc::clone(&site.metrics), metrics::record))
        .with_state(site)
}

async fn not_found_page(State(_): State<Site>, reader: Locale) -> Failure {
    reader.failure(WebProblem::NothingHere)
}

/// Nothing foreign, nothing inline, nothing framed, and no referrer, because our addresses hold
/// queries.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; media-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; connect-src 'self'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

async fn security_headers(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages hold confidential words. No cache may keep them, because they would outlive a withdrawal
    // there.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-language"));
    response
}
