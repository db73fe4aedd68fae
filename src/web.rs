//! The chat page and the source pages: router, state, headers. No retrieval
//! here: a [`Site`] is given what answers its queries.

mod address;
mod api;
mod around;
mod assets;
mod chat;
mod conversation;
mod error;
mod filters;
mod hits;
mod host;
mod keep;
mod library;
mod map;
mod marking;
mod mentioned;
mod origin;
mod page;
mod permalink;
mod quoted;
mod reader;
mod source;
mod text;
mod turn;

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::corpus::Corpus;
use crate::error::Error;
use crate::ingest::Shelf;
use crate::search::{self, Options, Reply};
use error::{Failure, Problem};
use reader::Reader;

/// What turns a query into a reply.
pub type Answerer = dyn Fn(&Corpus, &str, Options) -> Result<Reply, Error> + Send + Sync;

/// What the pages are made from; cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// Swapped whole when transcripts come or go: a page is made from one snapshot.
    corpus: Arc<ArcSwap<Corpus>>,
    answerer: Arc<Answerer>,
    /// The library that the snapshots come from, where there is one to look after.
    shelf: Option<Arc<Shelf>>,
    /// Names that the owner gave this machine.
    host_names: Arc<[String]>,
}

impl Site {
    /// A site over a corpus.
    pub fn new(corpus: Corpus) -> Self {
        Self::answered_by(corpus, search::ask)
    }

    /// A site over a library, which can be added to and looked after.
    pub fn over(shelf: Arc<Shelf>) -> Self {
        Self { corpus: shelf.corpus(), answerer: Arc::new(search::ask), shelf: Some(shelf), host_names: [].into() }
    }

    /// A site whose replies come from elsewhere, so that the pages can be
    /// looked at apart from retrieval.
    pub fn answered_by(
        corpus: Corpus,
        answerer: impl Fn(&Corpus, &str, Options) -> Result<Reply, Error> + Send + Sync + 'static,
    ) -> Self {
        Self {
            corpus: Arc::new(ArcSwap::from_pointee(corpus)),
            answerer: Arc::new(answerer),
            shelf: None,
            host_names: [].into(),
        }
    }

    /// The same, known by these names too.
    #[must_use]
    pub fn named(mut self, host_names: &[String]) -> Self {
        self.host_names = host_names.into();
        self
    }

    fn ask(&self, corpus: &Corpus, query: &str, options: Options) -> Result<Reply, Error> {
        (self.answerer)(corpus, query, options)
    }

    /// Makes something of the present corpus, away from the threads that serve.
    async fn with_corpus<T, F>(self, make: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &Corpus) -> Result<T, Problem> + Send + 'static,
    {
        let work = move || make(&self, &self.corpus.load_full());
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(Problem::Broken))
    }
}

/// All the pages of a site.
pub fn app(site: Site) -> Router {
    let library = library::routes(site.shelf.as_ref().map(|shelf| shelf.limits()).unwrap_or_default());
    Router::new()
        .merge(library)
        .route("/", get(chat::show))
        .route("/t/{hash}", get(source::show))
        .route("/t/{hash}/received", get(source::received))
        .route("/q/{source}/{words}", get(permalink::show))
        .route("/collection", get(keep::collection))
        .route("/export", get(keep::export))
        .route("/api/ask", get(api::ask))
        .route("/static/{file}", get(assets::serve))
        .fallback(nothing_here)
        .layer(middleware::from_fn_with_state(site.clone(), host::ours_only))
        .layer(middleware::map_response(guard))
        .with_state(site)
}

async fn nothing_here(State(_): State<Site>, reader: Reader) -> Failure {
    reader.failure(Problem::NothingHere)
}

/// Nothing from elsewhere, nothing inline, nothing framed, and no address of
/// ours (it holds the query) given to others.
const HEADERS: [(HeaderName, &str); 5] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'; connect-src 'self'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

async fn guard(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages hold confidential words: no shared cache may keep them.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-language"));
    response
}

/// Serves until interrupted.
///
/// # Errors
/// When the address is taken or cannot be listened on.
pub async fn serve(config: &Config, shelf: Arc<Shelf>) -> Result<(), Error> {
    let address = config.address;
    let failed = |source| Error::Listen { address: address.to_string(), source };
    let listener = TcpListener::bind(address).await.map_err(|source| match source.kind() {
        std::io::ErrorKind::AddrInUse => {
            Error::PortTaken { address: address.to_string(), next: free_port_after(address) }
        }
        _ => failed(source),
    })?;
    let open_at = reachable(listener.local_addr().map_err(failed)?);
    // A closed standard output is no reason not to serve.
    let _ = writeln!(std::io::stdout(), "Yuanhua is open at http://{open_at} — Ctrl+C stops it");
    axum::serve(listener, app(Site::over(shelf).named(&config.host_names)))
        .with_graceful_shutdown(interrupted())
        .await
        .map_err(failed)
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without the signal there is nothing to wait for: serve until killed.
        std::future::pending::<()>().await;
    }
}

/// A port near the taken one that can be had now.
fn free_port_after(taken: SocketAddr) -> u16 {
    let free = |port: &u16| std::net::TcpListener::bind((taken.ip(), *port)).is_ok();
    let next = taken.port().checked_add(1).unwrap_or(1024);
    (next..next.saturating_add(50)).find(free).unwrap_or(next)
}

/// Every interface has no address of its own to open in a browser.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port())
    } else {
        address
    }
}
