//! `/verify`: checks the quotations of a report against the interviews. The report is pasted or dropped, read in
//! memory, and forgotten. Nothing of it is kept, logged or put in an address.

use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, State};
use axum::response::Response;
use axum::routing::get;

use crate::error::Error;
use crate::library::Withdrawals;
use crate::retrieval::corpus::Corpus;
use crate::transcript::ReadLimits;
use crate::verify::{self, PlaceInSource, Report, SearchedLibrary, ShownQuotation};
use crate::web::http::address::Address;
use crate::web::http::body::{self, Sent};
use crate::web::http::locale::Locale;
use crate::web::http::origin::SameOrigin;
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::page::Page;

/// The most MiB of a report.
const MAX_REPORT_MIB: usize = 16;
/// The most quotations on the page.
const MAX_QUOTATIONS: usize = 500;

/// The page with the form and the result for a report.
#[derive(Template)]
#[template(path = "verify.html", config = "web/askama.toml")]
struct VerifyPage {
    page: Page,
    accept: &'static str,
    result: Option<Shown>,
    all: Vec<ShownQuotation>,
}

/// The result for a whole report.
struct Shown {
    summary: String,
    searched: String,
    /// The number of quotations that are not shown.
    more: usize,
}

/// The page's routes.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/verify", get(show).post(check).layer(DefaultBodyLimit::max(MAX_REPORT_MIB << 20)))
}

async fn show(State(_): State<Site>, reader: Locale) -> Response {
    render(&VerifyPage::new(reader, None, Vec::new()))
}

async fn check(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let failed = |problem| reader.failure(problem);
    let permit = body::upload_permit(&site, &mut form).await.map_err(failed)?;
    let sent = body::report(&mut form, &site.limits, MAX_REPORT_MIB).await.map_err(failed)?;
    drop(permit);
    let withdrawals = site.library.as_ref().map(|library| library.withdrawals()).unwrap_or_default();
    let found = site.with_corpus(Work::Query, move |_, corpus| checked(corpus, &withdrawals, &sent, reader));
    let (shown, all) = found.await.map_err(failed)?;
    Ok(render(&VerifyPage::new(reader, Some(shown), all)))
}

fn checked(
    corpus: &Corpus,
    withdrawals: &Withdrawals,
    sent: &Sent,
    reader: Locale,
) -> Result<(Shown, Vec<ShownQuotation>), WebProblem> {
    let report = Report::read(&sent.name, &sent.bytes, ReadLimits::default())
        .map_err(|source| WebProblem::Library(Error::Read { path: sent.name.clone().into(), source }))?;
    let words = reader.text.verify;
    let mut verified = verify::verify(&SearchedLibrary::of(corpus, withdrawals), &report);
    let (summary, searched) = (verified.summary(words), verified.searched_sentence(words));
    // If not all quotations can be shown, those that do not hold come first.
    let more = verified.quotations.len().saturating_sub(MAX_QUOTATIONS);
    if more > 0 {
        verified.quotations.sort_by_key(|one| (one.holds, one.number));
        verified.quotations.truncate(MAX_QUOTATIONS);
    }
    let href = |place: &PlaceInSource| match &place.permalink {
        Some(permalink) => Some(permalink.clone()),
        None => Some(Address::default().source_at(&place.source_sha256, place.start, place.end)),
    };
    Ok((Shown { summary, searched, more }, verify::in_words(&verified, words, &href)))
}

impl VerifyPage {
    fn new(reader: Locale, result: Option<Shown>, all: Vec<ShownQuotation>) -> Self {
        let page = Page::new(reader.text, reader.text.verify.title, &Address::default());
        let accept = ".md,.markdown,.txt,.docx,.html,.htm,.csv,.json";
        Self { page, accept, result, all }
    }
}
