//! The chat page and the source pages: router, state, headers. No retrieval
//! here: a [`Site`] is given what answers its queries.

mod conversation;
mod handlers;
mod http;
mod i18n;
mod server;
mod view;

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware;
use axum::response::Response;
use axum::routing::get;

use crate::config::{Admission, Serving};
use crate::error::Error;
use crate::library::Shelf;
use crate::retrieval::corpus::Corpus;
use crate::search::{self, Options, Reply};
use handlers::{api, chat, collection, health, library, mcp, permalink, source};
use http::address::Address;
use http::admission::{self, Door};
use http::gate::Gates;
use http::locale::Reader;
use http::watch::{self, Figures};
use http::{assets, host};
pub use server::Server;
use view::error::{Failure, Problem};

/// Where it is told whether all is alive.
const HEALTH: &str = "/healthz";
/// Where it is told whether queries can be answered.
const READY: &str = "/readyz";
/// Where the files are that hold no words of anybody's.
const STATIC: &str = "/static/";

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
    /// Shut to whoever does not know the token.
    door: Option<Arc<Door>>,
    serving: Serving,
    gates: Arc<Gates>,
    figures: Arc<Figures>,
}

/// What a page costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// The encoder runs for it.
    Query,
    /// It is only put together.
    Page,
}

impl Work {
    fn of(address: &Address) -> Self {
        if address.queries.is_empty() { Self::Page } else { Self::Query }
    }
}

impl Site {
    /// A site over a corpus.
    pub fn new(corpus: Corpus) -> Self {
        Self::answered_by(corpus, search::ask)
    }

    /// A site over a library, which can be added to and looked after.
    pub fn over(shelf: Arc<Shelf>) -> Self {
        let made = Self::made(shelf.corpus(), Arc::new(search::ask));
        Self { shelf: Some(shelf), ..made }
    }

    /// A site whose replies come from elsewhere, so that the pages can be
    /// looked at apart from retrieval.
    pub fn answered_by(
        corpus: Corpus,
        answerer: impl Fn(&Corpus, &str, Options) -> Result<Reply, Error> + Send + Sync + 'static,
    ) -> Self {
        Self::made(Arc::new(ArcSwap::from_pointee(corpus)), Arc::new(answerer))
    }

    fn made(corpus: Arc<ArcSwap<Corpus>>, answerer: Arc<Answerer>) -> Self {
        let serving = Serving::default();
        let gates = Arc::new(Gates::new(&serving));
        let figures = Arc::new(Figures::new());
        Self { corpus, answerer, shelf: None, host_names: [].into(), door: None, serving, gates, figures }
    }

    /// The same, known by these names too.
    #[must_use]
    pub fn named(mut self, host_names: &[String]) -> Self {
        self.host_names = host_names.into();
        self
    }

    /// The same, open to those who may read.
    #[must_use]
    pub fn open_to(mut self, admission: &Admission) -> Self {
        self.door = match admission {
            Admission::Anybody => None,
            Admission::Token(token) => Some(Arc::new(Door::new(token.clone()))),
        };
        self
    }

    /// The same, with these bounds.
    #[must_use]
    pub fn bounded(mut self, serving: Serving) -> Self {
        self.gates = Arc::new(Gates::new(&serving));
        self.serving = serving;
        self
    }

    fn ask(&self, corpus: &Corpus, query: &str, options: Options) -> Result<Reply, Error> {
        (self.answerer)(corpus, query, options)
    }

    /// Makes something of the present corpus when there is room for it, away from the
    /// threads that serve.
    async fn with_corpus<T, F>(self, work: Work, make: F) -> Result<T, Problem>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &Corpus) -> Result<T, Problem> + Send + 'static,
    {
        let gate = match work {
            Work::Query => &self.gates.queries,
            Work::Page => &self.gates.pages,
        };
        let room = gate.enter().await?;
        let work = move || {
            // Until it is done, whether or not anybody still waits for it.
            let _room = room;
            make(&self, &self.corpus.load_full())
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(Problem::Broken))
    }
}

/// All the pages of a site.
pub fn app(site: Site) -> Router {
    let pages = Router::new()
        .merge(library::routes(&site))
        .route("/", get(chat::show))
        .route("/t/{hash}", get(source::show))
        .route("/t/{hash}/received", get(source::received))
        .route("/q/{source}/{words}", get(permalink::show))
        .route("/collection", get(collection::collection))
        .merge(api::routes(&site))
        .route("/mcp", mcp::route(&site))
        .route("/static/{file}", get(assets::serve))
        .route(HEALTH, get(health::show))
        .route(READY, get(health::ready))
        .route("/metrics", get(health::metrics))
        .fallback(nothing_here);
    let pages = match &site.door {
        Some(door) => pages.layer(middleware::from_fn_with_state(Arc::clone(door), admission::admitted_only)),
        None => pages,
    };
    pages
        .layer(middleware::from_fn_with_state(site.clone(), host::ours_only))
        .layer(middleware::map_response(guard))
        .layer(middleware::from_fn_with_state(Arc::clone(&site.figures), watch::watched))
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
    // Pages hold confidential words: nothing may keep them, neither a cache between nor the
    // browser's own, where they would outlive a withdrawal.
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    headers.entry(header::VARY).or_insert(HeaderValue::from_static("accept-language"));
    response
}
