//! `/library`: the page to add and look after transcripts. It works without script. Only forms of our own pages change
//! anything.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use askama::Template;
use axum::extract::{DefaultBodyLimit, Form, Multipart, Path, State};
use axum::middleware;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use serde::{Deserialize, Serialize};

use crate::error::Error;
use crate::eval;
use crate::i18n::Messages;
use crate::library::ENDINGS;
use crate::library::{AddOutcome, Library, ListedTranscript, Listing, Progress, Reason, Receipt, TranscriptChange};
use crate::retrieval::corpus::Corpus;
use crate::transcript::{Columns, Layout};
use crate::web::http::address::Address;
use crate::web::http::body;
use crate::web::http::locale::Locale;
use crate::web::http::origin::SameOrigin;
use crate::web::http::parameters::{self, Parameters};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::formats::{self, FormatFamily};
use crate::web::view::page::Page;

/// The time that a request waits for its work. Work that ends within it shows its result at once.
const WAIT_FOR_RESULT: Duration = Duration::from_millis(1500);

/// The page of the transcripts.
#[derive(Template)]
#[template(path = "library.html", config = "web/askama.toml")]
struct LibraryPage {
    page: Page,
    listing: Arc<Listing>,
    report: Vec<AddOutcome>,
    working: Option<Progress>,
    /// The endings that a file picker offers.
    accept: String,
    kinds: Vec<FormatFamily>,
    mib: u64,
}

/// The receipt of a withdrawal.
#[derive(Template)]
#[template(path = "library-receipt.html", config = "web/askama.toml")]
struct ReceiptPage {
    page: Page,
    receipt: Receipt,
}

/// The page of the self-test: how well a transcript's own questions find its answers.
#[derive(Template)]
#[template(path = "library-test.html", config = "web/askama.toml")]
struct TestPage {
    page: Page,
    title: String,
    /// The address of the transcript.
    href: String,
    tested: Option<String>,
    shares: Vec<Measured>,
}

/// A share of the self-test in percent, and its interval.
struct Measured {
    what: &'static str,
    percent: u8,
    low: u8,
    high: u8,
}

/// The progress, for the script of the page.
#[derive(Serialize)]
struct Working {
    under_way: bool,
    done: usize,
    total: usize,
    #[serde(rename = "told")]
    sentence: String,
}

/// A change, as its form sends it.
#[derive(Deserialize)]
struct ChangeForm {
    title: Option<String>,
    interviewers: Option<String>,
    /// The interviewer among undecided speakers; empty if nobody asks.
    asks: Option<String>,
    text_column: Option<String>,
    speaker_column: Option<String>,
    time_column: Option<String>,
    speaker: Option<String>,
    shown: Option<String>,
    into: Option<String>,
    /// The file name of a recording; empty for the one with the transcript's name.
    recording: Option<String>,
}

/// A withdrawal, as its form sends it.
#[derive(Deserialize)]
struct WithdrawalForm {
    /// The person who withdraws. If nobody is named, the whole transcript is withdrawn.
    who: Option<String>,
    sure: Option<String>,
}

/// The library's pages.
pub(crate) fn routes(site: &Site) -> Router<Site> {
    let limits = site.library.as_ref().map(|library| library.limits()).unwrap_or_default();
    let most = usize::try_from(limits.file_bytes()).unwrap_or(usize::MAX);
    Router::new()
        .route("/library/cancel", post(cancel))
        .route("/library/{hash}/change", post(change))
        .route("/library/{hash}/attributes", post(attributes))
        .route("/library/{hash}/withdraw", post(withdraw))
        .route("/library/{hash}/allow", post(allow))
        .layer(middleware::from_fn_with_state(site.clone(), body::read_whole))
        .route("/library", get(show))
        .route("/library/add", post(add).layer(DefaultBodyLimit::max(most)))
        .route("/library/progress", get(progress))
        .route("/library/{hash}/self-test", get(test))
}

async fn show(State(site): State<Site>, reader: Locale) -> Result<Response, Failure> {
    let library = library(&site, reader)?;
    let page = move |_: &Site, _: &Corpus| {
        let page = Page::new(reader.text, reader.text.library.title, &Address::default());
        Ok(render(&LibraryPage {
            page,
            listing: library.listing(),
            report: library.report(),
            working: library.progress(),
            accept: ENDINGS.map(|ending| format!(".{ending}")).join(","),
            kinds: formats::kinds(reader.text),
            mib: library.limits().file_mib,
        }))
    };
    site.with_corpus(Work::Page, page).await.map_err(|problem| reader.failure(problem))
}

async fn add(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    mut form: Multipart,
) -> Result<Response, Failure> {
    let library = library(&site, reader)?;
    let permit = body::upload_permit(&site, &mut form).await.map_err(|problem| reader.failure(problem))?;
    let files = body::files(&mut form, &site.limits, &library.limits()).await;
    let files = files.map_err(|problem| reader.failure(problem))?;
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        if let Err(error) = library.add(files, false) {
            tracing::error!("{error}");
        }
    });
    // Longer work continues after the request.
    let _ = tokio::time::timeout(WAIT_FOR_RESULT, work).await;
    Ok(Redirect::to("/library").into_response())
}

async fn progress(State(site): State<Site>, reader: Locale) -> Result<Response, Failure> {
    let now = library(&site, reader)?.progress();
    let sentence = now.map(|now| progress_sentence(reader.text, now)).unwrap_or_default();
    let (done, total) = now.map_or((0, 0), |now| (now.done, now.total));
    Ok(Json(Working { under_way: now.is_some(), done, total, sentence }).into_response())
}

async fn test(State(site): State<Site>, reader: Locale, Path(hash): Path<String>) -> Result<Response, Failure> {
    let tested = site.with_corpus(Work::Query, move |_, corpus| {
        let number = corpus.by_hash(&hash).ok_or(WebProblem::UnknownSource)?;
        let of = &corpus.transcripts[number];
        let href = Address::default().source(&of.source_sha256);
        Ok((of.title.clone(), href, eval::self_test(corpus, number)?))
    });
    let (title, href, tested) = tested.await.map_err(|problem| reader.failure(problem))?;
    let words = reader.text.library;
    let percent = |share: f64| (share * 100.0).round() as u8;
    let measured = tested.as_ref().map(|test| [test.hit_at_1, test.hit_at_3, test.hit_at_10]);
    let shares = measured.into_iter().flatten().zip(reader.text.transcript.hits).map(|(share, what)| Measured {
        what,
        percent: percent(share.value),
        low: percent(share.low),
        high: percent(share.high),
    });
    let shares: Vec<Measured> = shares.collect();
    let tested = tested
        .zip(measured)
        .map(|(test, hits)| (words.self_tested)(test.questions, hits.map(|share| percent(share.value))));
    let page = Page::new(reader.text, words.self_test, &Address::default());
    Ok(render(&TestPage { page, title, href, tested, shares }))
}

async fn cancel(State(site): State<Site>, reader: Locale, _: SameOrigin) -> Result<Response, Failure> {
    library(&site, reader)?.cancel();
    Ok(Redirect::to("/library").into_response())
}

async fn change(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
    _: SameOrigin,
    Form(form): Form<ChangeForm>,
) -> Result<Response, Failure> {
    let library = library(&site, reader)?;
    let change = form.change().ok_or_else(|| reader.failure(WebProblem::BadForm))?;
    let back = format!("/library#t-{hash}");
    blocking(&site, reader, move || library.edit(&hash, &change)).await?;
    Ok(Redirect::to(&back).into_response())
}

/// Sets what is known of a speaker: each `attribute` with the `value` that follows it.
async fn attributes(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
    _: SameOrigin,
    Form(fields): Form<Parameters>,
) -> Result<Response, Failure> {
    let library = library(&site, reader)?;
    let speaker = parameters::first(&fields, "speaker").map(str::to_owned);
    let speaker = speaker.ok_or_else(|| reader.failure(WebProblem::BadForm))?;
    let attributes = parameters::pairs(&fields, "attribute", "value").collect();
    let back = format!("/library#t-{hash}");
    blocking(&site, reader, move || library.edit(&hash, &TranscriptChange::Attributes { speaker, attributes })).await?;
    Ok(Redirect::to(&back).into_response())
}

async fn withdraw(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
    _: SameOrigin,
    Form(form): Form<WithdrawalForm>,
) -> Result<Response, Failure> {
    let library = library(&site, reader)?;
    if form.sure.is_none() {
        return Err(reader.failure(WebProblem::BadForm));
    }
    let who = form.who.filter(|who| !who.is_empty());
    let receipt = blocking(&site, reader, move || library.withdraw(&hash, who.as_deref())).await?;
    let page = Page::new(reader.text, reader.text.library.receipt, &Address::default());
    Ok(render(&ReceiptPage { page, receipt }))
}

/// Reads a file although it holds withdrawn words, because somebody checked it.
async fn allow(
    State(site): State<Site>,
    reader: Locale,
    Path(hash): Path<String>,
    _: SameOrigin,
    Form(form): Form<WithdrawalForm>,
) -> Result<Response, Failure> {
    let library = library(&site, reader)?;
    if form.sure.is_none() {
        return Err(reader.failure(WebProblem::BadForm));
    }
    blocking(&site, reader, move || library.allow(&hash)).await?;
    Ok(Redirect::to("/library").into_response())
}

impl ChangeForm {
    fn change(self) -> Option<TranscriptChange> {
        let names = |given: String| -> Vec<String> {
            let parts = given.split([',', '，', '、', ';', '；']).map(|name| name.trim().to_owned());
            parts.filter(|name| !name.is_empty()).collect()
        };
        match self {
            Self { title: Some(title), .. } => Some(TranscriptChange::Title(title)),
            Self { interviewers: Some(given), .. } => Some(TranscriptChange::Interviewers(names(given))),
            Self { asks: Some(name), .. } if name.is_empty() => Some(TranscriptChange::NobodyAsks),
            Self { asks: Some(name), .. } => Some(TranscriptChange::Interviewers(vec![name])),
            Self { text_column: Some(text), speaker_column: Some(speaker), time_column: Some(time), .. } => {
                let chosen = |column: String| Some(column.trim().to_owned()).filter(|column| !column.is_empty());
                Some(TranscriptChange::Columns(Columns {
                    speaker: chosen(speaker),
                    text: chosen(text),
                    time: chosen(time),
                }))
            }
            Self { speaker: Some(speaker), shown: Some(shown), .. } => {
                Some(TranscriptChange::Pseudonym { speaker, shown })
            }
            Self { recording: Some(file), .. } => Some(TranscriptChange::Recording(file)),
            Self { speaker: Some(from), into: Some(into), .. } if from != into => {
                Some(TranscriptChange::Merge { from, into })
            }
            _ => None,
        }
    }
}

impl LibraryPage {
    fn working(&self, now: &Progress) -> String {
        progress_sentence(self.page.text, *now)
    }

    /// The reason why a file was not added.
    fn not_added(&self, why: &Arc<Error>) -> String {
        (self.page.text.errors.unread)(&Reason::Failed(Arc::clone(why)))
    }

    /// Returns the parts of a table: the name in the form, the label, and the current column.
    fn columns<'a>(
        labels: &[&'static str; 3],
        now: &'a Layout,
    ) -> [(&'static str, &'static str, &'a Option<String>); 3] {
        let [text, speaker, time] = *labels;
        [("text_column", text, &now.text), ("speaker_column", speaker, &now.speaker), ("time_column", time, &now.time)]
    }

    /// The names of all attributes that were typed, each once.
    fn attribute_names(&self) -> BTreeSet<&str> {
        let speakers = self.listing.items.iter().flat_map(|item| &item.speakers);
        speakers.flat_map(|speaker| &speaker.attributes).map(|(name, _)| name.as_str()).collect()
    }

    /// The file name of a transcript's recording.
    fn recording(item: &ListedTranscript) -> Option<String> {
        Some(item.recording.as_ref()?.file_name()?.to_string_lossy().into_owned())
    }

    /// The address of a transcript.
    fn href(item: &ListedTranscript) -> String {
        Address::default().source(&item.sha256)
    }
}

/// The progress, in words.
fn progress_sentence(text: &Messages, now: Progress) -> String {
    match now.total {
        0 => text.library.storing.to_owned(),
        total => (text.library.working)(now.done, total, now.left_s),
    }
}

fn library(site: &Site, reader: Locale) -> Result<Arc<Library>, Failure> {
    site.library.clone().ok_or_else(|| reader.failure(WebProblem::NothingHere))
}

/// Runs `work` on a thread for blocking work.
async fn blocking<T: Send + 'static>(
    site: &Site,
    reader: Locale,
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Failure> {
    let permit = site.gates.changes.enter().await.map_err(|problem| reader.failure(problem))?;
    let done = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    });
    let done = done.await;
    let done = done.map_err(|_| WebProblem::Broken).and_then(|done| done.map_err(WebProblem::Library));
    done.map_err(|problem| reader.failure(problem))
}
