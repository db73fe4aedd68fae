//! The chat page and the source pages: router, state, headers. It holds no retrieval: a [`Site`] gets
//! the function that answers queries.

mod conversation;
mod handlers;
mod http;
mod i18n;
mod recent_replies;
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
use crate::library::{Library, Tags};
use crate::retrieval::corpus::Corpus;
use crate::search::{self, Reply, SearchOptions};
use handlers::{
    api, card, chat, collection, disclosure, health, library, mcp, people, permalink, recording, saved, source, tags,
    verify,
};
use http::address::Address;
use http::admission::{self, Door};
use http::gate::Gates;
use http::locale::Locale;
use http::watch::{self, RequestMetrics};
use http::{assets, host};
use recent_replies::RecentReplies;
pub use server::Server;
use view::error::{Failure, WebProblem};

/// The address of the health check.
const HEALTH: &str = "/healthz";
/// The address of the readiness check.
const READY: &str = "/readyz";
/// The address of files without words of transcripts.
const STATIC: &str = "/static/";

/// The function that answers a query.
pub type Answerer = dyn Fn(&Corpus, &str, SearchOptions) -> Result<Reply, Error> + Send + Sync;

/// The state behind the pages; cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The snapshot, which is swapped whole: a page is made from one snapshot.
    corpus: Arc<ArcSwap<Corpus>>,
    answerer: Arc<Answerer>,
    /// The library behind the snapshots, if there is one.
    shelf: Option<Arc<Library>>,
    /// Host names that the owner allowed.
    host_names: Arc<[String]>,
    /// The check of the token, if there is one.
    door: Option<Arc<Door>>,
    serving: Serving,
    gates: Arc<Gates>,
    figures: Arc<RequestMetrics>,
    recent: Arc<RecentReplies>,
}

/// The cost of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// The encoder runs for it.
    Query,
    /// The page is only rendered.
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

    /// A site over a library, which can be changed.
    pub fn over(shelf: Arc<Library>) -> Self {
        let made = Self::made(shelf.corpus(), Arc::new(search::ask));
        Self { shelf: Some(shelf), ..made }
    }

    /// A site with replies from elsewhere, to test pages without retrieval.
    pub fn answered_by(
        corpus: Corpus,
        answerer: impl Fn(&Corpus, &str, SearchOptions) -> Result<Reply, Error> + Send + Sync + 'static,
    ) -> Self {
        Self::made(Arc::new(ArcSwap::from_pointee(corpus)), Arc::new(answerer))
    }

    fn made(corpus: Arc<ArcSwap<Corpus>>, answerer: Arc<Answerer>) -> Self {
        let serving = Serving::default();
        let gates = Arc::new(Gates::new(&serving));
        let (figures, recent) = (Arc::new(RequestMetrics::new()), Arc::default());
        Self { corpus, answerer, shelf: None, host_names: [].into(), door: None, serving, gates, figures, recent }
    }

    /// The same, with these host names.
    #[must_use]
    pub fn named(mut self, host_names: &[String]) -> Self {
        self.host_names = host_names.into();
        self
    }

    /// The same, with this admission.
    #[must_use]
    pub fn open_to(mut self, admission: &Admission) -> Self {
        self.door = match admission {
            Admission::Anybody => None,
            Admission::Token(token) => Some(Arc::new(Door::new(token.clone()))),
        };
        self
    }

    /// The same, with these limits.
    #[must_use]
    pub fn bounded(mut self, serving: Serving) -> Self {
        self.gates = Arc::new(Gates::new(&serving));
        self.serving = serving;
        self
    }

    /// The reply to a query, searched unless it was just given.
    fn ask(&self, corpus: &Corpus, query: &str, options: SearchOptions) -> Result<Arc<Reply>, Error> {
        self.recent.get_or_make(corpus, query, options, || (self.answerer)(corpus, query, options))
    }

    /// The tags of the library, without what was withdrawn.
    fn tags(&self) -> Result<Arc<Tags>, Error> {
        self.shelf.as_ref().map_or_else(|| Ok(Arc::default()), |shelf| shelf.stock().tags())
    }

    /// Computes something from the current corpus on a blocking thread, when there is room.
    async fn with_corpus<T, F>(self, work: Work, make: F) -> Result<T, WebProblem>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &Corpus) -> Result<T, WebProblem> + Send + 'static,
    {
        let gate = match work {
            Work::Query => &self.gates.queries,
            Work::Page => &self.gates.pages,
        };
        let room = gate.enter().await?;
        let work = move || {
            // The place is held until the work is done, even if nobody waits for it.
            let _room = room;
            let corpus = self.corpus.load_full();
            self.recent.of_snapshot(&corpus);
            make(&self, &corpus)
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(WebProblem::Broken))
    }
}

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

async fn nothing_here(State(_): State<Site>, reader: Locale) -> Failure {
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

async fn guard(mut response: Response) -> Response {
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
