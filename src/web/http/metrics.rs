//! Metrics, an id and a log line for each request. They name the route and never the address, because the address holds
//! the query. So neither holds words of anybody.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use tracing::Instrument as _;

/// The header that carries the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// The bounds of the buckets of a histogram of seconds.
const SECONDS: [f64; 12] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];
/// The route of every address that leads nowhere.
const NO_ROUTE: &str = "none";
/// The route of a page with a query, which costs more than the page without one.
const QUERY_ROUTE: &str = "/?q";

/// The metrics of the running program.
pub(crate) struct RequestMetrics {
    registry: Registry,
    requests: Family<RequestLabels, Counter>,
    seconds: Family<RouteLabel, Histogram>,
    in_flight: Gauge,
    library: Family<LibraryLabel, Gauge>,
    panics: Gauge,
    next: AtomicU64,
    /// The time of the start. It keeps the request ids of different starts apart.
    start: u64,
}

/// The labels of a request and its result.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RequestLabels {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabel {
    route: String,
}

/// The label of a number of the library.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct LibraryLabel {
    of: &'static str,
}

/// The library in numbers.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct LibraryMetrics {
    pub(crate) transcripts: usize,
    pub(crate) answers: usize,
    pub(crate) passages: usize,
    /// Transcripts that cannot be searched yet.
    pub(crate) coming: usize,
    /// Passages that are not read closely yet.
    pub(crate) not_closely: usize,
    pub(crate) panics: usize,
}

impl RequestMetrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("yuanhua");
        let (requests, in_flight) = (Family::<RequestLabels, Counter>::default(), Gauge::<i64, AtomicI64>::default());
        let seconds = Family::<RouteLabel, Histogram>::new_with_constructor(|| Histogram::new(SECONDS));
        let (library, panics) = (Family::<LibraryLabel, Gauge>::default(), Gauge::<i64, AtomicI64>::default());
        let start = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
        let started = Gauge::<i64, AtomicI64>::default();
        started.set(as_gauge(usize::try_from(start).unwrap_or_default()));
        registry.register("requests", "Requests by route and status", requests.clone());
        registry.register_with_unit("request", "Time until the reply begins", Unit::Seconds, seconds.clone());
        registry.register("requests_in_flight", "Requests that are worked on", in_flight.clone());
        registry.register("library", "Transcripts, answers, passages, and what is still coming", library.clone());
        registry.register("background_panics", "How often the work behind the pages was begun again", panics.clone());
        registry.register_with_unit("start_time", "When the program started, since 1970", Unit::Seconds, started);
        Self { registry, requests, seconds, in_flight, library, panics, next: AtomicU64::new(1), start }
    }

    /// Returns all metrics, as Prometheus reads them.
    pub(crate) fn text(&self, library: LibraryMetrics) -> String {
        let LibraryMetrics { transcripts, answers, passages, coming, not_closely, panics } = library;
        for (of, count) in [
            ("transcripts", transcripts),
            ("answers", answers),
            ("passages", passages),
            ("transcripts_coming", coming),
            ("passages_not_closely_read", not_closely),
        ] {
            self.library.get_or_create(&LibraryLabel { of }).set(as_gauge(count));
        }
        self.panics.set(as_gauge(panics));
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = encode(&mut text, &self.registry);
        text
    }
}

fn as_gauge(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A request in progress. It is counted until it ends, however it ends.
struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

/// Counts a request, gives it an id, and logs its result.
pub(crate) async fn record(State(metrics): State<Arc<RequestMetrics>>, request: Request, next: Next) -> Response {
    let began = Instant::now();
    let route = route_label(request.extensions().get::<MatchedPath>(), request.uri());
    let method = method_label(request.method());
    let id = format!("{:x}-{:x}", metrics.start, metrics.next.fetch_add(1, Ordering::Relaxed));
    let span = tracing::info_span!("request", id);
    metrics.in_flight.inc();
    let in_flight = InFlight(metrics.in_flight.clone());
    let mut response = next.run(request).instrument(span).await;
    drop(in_flight);
    let (status, took) = (response.status().as_u16(), began.elapsed());
    let ms = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
    tracing::debug!(id, method, route, status, ms, "answered");
    metrics.seconds.get_or_create(&RouteLabel { route: route.clone() }).observe(took.as_secs_f64());
    metrics.requests.get_or_create(&RequestLabels { method, route, status }).inc();
    if let Ok(id) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// Returns the route of an address as it is written in the router. The rest of the address is left out, because it may
/// be a query or a name.
fn route_label(matched: Option<&MatchedPath>, uri: &Uri) -> String {
    let asks = || uri.query().unwrap_or_default().split('&').any(|parameter| parameter.starts_with("q="));
    match matched.map(MatchedPath::as_str) {
        None => NO_ROUTE,
        Some("/") if asks() => QUERY_ROUTE,
        Some(route) => route,
    }
    .to_owned()
}

/// Returns a known method, or `other`, so that unknown methods make no new metrics.
fn method_label(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
