//! The state behind the pages: the snapshot, the library, who is admitted, and what limits requests. It holds
//! no retrieval: a [`Site`] gets the function that answers queries.

use std::sync::Arc;

use arc_swap::ArcSwap;
use axum::body::Bytes;

use super::http::address::Address;
use super::http::admission::TokenCheck;
use super::http::gate::Gates;
use super::http::metrics::RequestMetrics;
use super::problem::WebProblem;
use super::read_ahead::BackgroundReading;
use super::recent_replies::RecentReplies;
use super::start_pages::{StartPageKey, StartPages, start_pages};
use crate::config::{Admission, ServerLimits};
use crate::error::Error;
use crate::i18n::Messages;
use crate::library::{Library, Tags};
use crate::retrieval::corpus::Corpus;
use crate::search::{self, Reply, SearchOptions};

/// The function that answers a query.
pub type Answerer = dyn Fn(&Corpus, &str, SearchOptions) -> Result<Reply, Error> + Send + Sync;

/// The state behind the pages; cheap to clone.
#[derive(Clone)]
pub struct Site {
    /// The snapshot, which is swapped whole: a page is made from one snapshot.
    pub(super) corpus: Arc<ArcSwap<Corpus>>,
    pub(super) answerer: Arc<Answerer>,
    /// The library behind the snapshots, if there is one.
    pub(super) library: Option<Arc<Library>>,
    /// Host names that the owner allowed.
    pub(super) host_names: Arc<[String]>,
    /// The check of the token, if there is one.
    pub(super) token_check: Option<Arc<TokenCheck>>,
    pub(super) limits: ServerLimits,
    pub(super) gates: Arc<Gates>,
    pub(super) metrics: Arc<RequestMetrics>,
    pub(super) recent: Arc<RecentReplies>,
    start_pages: Arc<StartPages>,
    read_ahead: Arc<BackgroundReading>,
}

/// The cost of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// The encoder runs for it.
    Query,
    /// The page is only rendered.
    Page,
}

impl Work {
    pub(super) fn of(address: &Address) -> Self {
        if address.queries.is_empty() { Self::Page } else { Self::Query }
    }
}

impl Site {
    /// A site over a corpus.
    pub fn new(corpus: Corpus) -> Self {
        Self::with_answerer(corpus, search::ask)
    }

    /// A site over a library, which can be changed.
    pub fn of_library(library: Arc<Library>) -> Self {
        let made = Self::from_parts(library.corpus(), Arc::new(search::ask));
        Self { library: Some(library), ..made }
    }

    /// A site with replies from elsewhere, to test pages without retrieval.
    pub fn with_answerer(
        corpus: Corpus,
        answerer: impl Fn(&Corpus, &str, SearchOptions) -> Result<Reply, Error> + Send + Sync + 'static,
    ) -> Self {
        Self::from_parts(Arc::new(ArcSwap::from_pointee(corpus)), Arc::new(answerer))
    }

    fn from_parts(corpus: Arc<ArcSwap<Corpus>>, answerer: Arc<Answerer>) -> Self {
        let limits = ServerLimits::default();
        let gates = Arc::new(Gates::new(&limits));
        Self {
            corpus,
            answerer,
            library: None,
            host_names: [].into(),
            token_check: None,
            limits,
            gates,
            metrics: Arc::new(RequestMetrics::new()),
            recent: Arc::default(),
            start_pages: Arc::new(start_pages()),
            read_ahead: Arc::default(),
        }
    }

    /// The same, with these host names.
    #[must_use]
    pub fn with_host_names(mut self, host_names: &[String]) -> Self {
        self.host_names = host_names.into();
        self
    }

    /// The same, with this admission.
    #[must_use]
    pub fn with_admission(mut self, admission: &Admission) -> Self {
        self.token_check = match admission {
            Admission::Anybody => None,
            Admission::Token(token) => Some(Arc::new(TokenCheck::new(token.clone()))),
        };
        self
    }

    /// The same, with these limits.
    #[must_use]
    pub fn with_limits(mut self, limits: ServerLimits) -> Self {
        self.gates = Arc::new(Gates::new(&limits));
        self.limits = limits;
        self
    }

    /// The reply to a query, searched unless it was just given.
    pub(super) fn ask(&self, corpus: &Corpus, query: &str, options: SearchOptions) -> Result<Arc<Reply>, Error> {
        self.recent.get_or_make(corpus, query, options, || (self.answerer)(corpus, query, options))
    }

    /// Reads the snapshot ahead while nobody asks.
    pub(super) fn read_ahead(&self) {
        self.read_ahead.begin(&self.corpus, &self.gates);
    }

    /// The start page, if it was rendered before from the same state.
    pub(super) fn start_page(&self, text: &Messages, address: &Address) -> Option<Bytes> {
        let corpus = self.corpus.load();
        self.start_pages.get(&corpus, &self.start_page_key(&corpus, text, address))
    }

    /// Renders the start page and keeps it, unless the state has changed meanwhile.
    pub(super) fn keep_start_page<E>(
        &self,
        corpus: &Corpus,
        text: &Messages,
        address: &Address,
        render: impl FnOnce() -> Result<Bytes, E>,
    ) -> Result<Bytes, E> {
        let key = self.start_page_key(corpus, text, address);
        let page = render()?;
        let now = self.corpus.load_full();
        if std::ptr::eq(Arc::as_ptr(&now), corpus) && self.start_page_key(corpus, text, address) == key {
            self.start_pages.turn_to(&now);
            self.start_pages.put(corpus, key, page.clone());
        }
        Ok(page)
    }

    fn start_page_key(&self, corpus: &Corpus, text: &Messages, address: &Address) -> StartPageKey {
        StartPageKey {
            lang: text.lang,
            scripts: [address.script, address.readers_script],
            can_change: self.can_change(),
            coming: corpus.coming(),
        }
    }

    /// The tags of the library, without what was withdrawn.
    pub(super) fn tags(&self) -> Result<Arc<Tags>, Error> {
        self.library.as_ref().map_or_else(|| Ok(Arc::default()), |library| library.tags())
    }

    /// Whether there is a library that can be changed.
    pub(super) fn can_change(&self) -> bool {
        self.library.as_ref().is_some_and(|library| library.listing().closed.is_none())
    }

    /// Computes something from the current corpus on a blocking thread, when there is room.
    pub(super) async fn with_corpus<T, F>(self, work: Work, make: F) -> Result<T, WebProblem>
    where
        T: Send + 'static,
        F: FnOnce(&Self, &Corpus) -> Result<T, WebProblem> + Send + 'static,
    {
        let gate = match work {
            Work::Query => &self.gates.queries,
            Work::Page => &self.gates.pages,
        };
        let permit = gate.enter().await?;
        let work = move || {
            // The permit is held until the work is done, even if nobody waits for it.
            let _permit = permit;
            let corpus = self.corpus.load_full();
            self.recent.turn_to(&corpus);
            make(&self, &corpus)
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(WebProblem::Broken))
    }
}
