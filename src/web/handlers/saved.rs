//! `/saved`: the kept questions, and who is new or lost in their replies. `GET /report`: a report of these questions,
//! and of quotes by permalink, as a file.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::{change_library, collection};
use crate::error::Error;
use crate::export::ExportFormat;
use crate::i18n::{Messages, SavedWords};
use crate::library::today;
use crate::retrieval::corpus::Corpus;
use crate::saved::{self, ReplyChanges, ReportOptions};
use crate::search::quote::Quote;
use crate::web::conversation::check_length;
use crate::web::http::address::Address;
use crate::web::http::body;
use crate::web::http::locale::Locale;
use crate::web::http::origin::{Origin, SameOrigin};
use crate::web::http::parameters::{self, Parameters};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::page::{Page, lang_as_shown, lang_as_written};

/// The address of the page, to which every change leads back.
const PAGE: &str = "/saved";
/// The most quotes for one question of a report.
const MAX_QUOTES_IN_REPORT: usize = 20;
/// The formats of a report: the name, and the value in an address.
const REPORT_FORMATS: [(&str, &str); 3] = [("Markdown", "markdown"), ("Word (DOCX)", "docx"), ("HTML", "html")];

/// The page of the kept questions.
#[derive(Template)]
#[template(path = "saved.html", config = "web/askama.toml")]
struct SavedPage {
    page: Page,
    questions: Vec<Shown>,
    /// The question in the field.
    to_keep: String,
    /// Whether a question can be kept here.
    can_keep: bool,
    changed: bool,
    formats: [(&'static str, &'static str); 3],
}

/// One kept question.
struct Shown {
    query: String,
    lang: &'static str,
    /// The address that asks it.
    href: String,
    count: String,
    since: String,
    changed: bool,
    new: Vec<Voice>,
    lost: Vec<(&'static str, String)>,
}

/// A new voice.
struct Voice {
    text: String,
    lang: &'static str,
    label: String,
    href: String,
}

/// A question, as a form sends it.
#[derive(Deserialize)]
struct QuestionForm {
    query: String,
}

/// The page's routes.
pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/saved/keep", post(keep))
        .route("/saved/forget", post(forget))
        .route("/saved/seen", post(seen))
        .layer(middleware::from_fn_with_state(site.clone(), body::read_whole))
        .route("/saved", get(show))
        .route("/report", get(report))
}

async fn show(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let to_keep = Address::read(parameters).queries.pop().unwrap_or_default();
    let work = move |site: &Site, corpus: &Corpus| -> Result<Response, WebProblem> {
        let (text, words) = (reader.text, reader.text.saved);
        let looked = looked(site, corpus)?;
        let changed = looked.iter().any(ReplyChanges::is_changed);
        let questions = looked.iter().map(|one| Shown::new(corpus, one, words)).collect();
        let page = Page::new(text, text.saved.title, &Address::default());
        let can_keep = site.library.is_some();
        Ok(render(&SavedPage { page, questions, to_keep, can_keep, changed, formats: REPORT_FORMATS }))
    };
    site.with_corpus(Work::Query, work).await.map_err(|problem| reader.failure(problem))
}

fn looked(site: &Site, corpus: &Corpus) -> Result<Vec<ReplyChanges>, WebProblem> {
    let questions = match &site.library {
        Some(library) => library.saved_questions()?,
        None => Vec::new(),
    };
    // A question that names somebody who is gone can no longer be asked, so it is left out.
    let look = |one| match saved::compare(corpus, one) {
        Err(Error::Query(_)) => None,
        looked => Some(looked.map_err(WebProblem::from)),
    };
    questions.iter().filter_map(look).collect()
}

async fn keep(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    Form(form): Form<QuestionForm>,
) -> Result<Response, Failure> {
    change_library(&site, reader, Work::Query, move |library, corpus| {
        let query = form.query.trim();
        if query.is_empty() {
            return Err(WebProblem::NoQuery);
        }
        check_length(query)?;
        library.save_question(saved::as_saved(corpus, &saved::ask(corpus, query)?))?;
        Ok(PAGE.to_owned())
    })
    .await
}

async fn forget(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    Form(form): Form<QuestionForm>,
) -> Result<Response, Failure> {
    change_library(&site, reader, Work::Query, move |library, _| {
        library.forget_question(&form.query)?;
        Ok(PAGE.to_owned())
    })
    .await
}

async fn seen(State(site): State<Site>, reader: Locale, _: SameOrigin) -> Result<Response, Failure> {
    change_library(&site, reader, Work::Query, move |library, corpus| {
        for one in library.saved_questions()? {
            // A question that can no longer be asked stays as it is.
            if let Ok(looked) = saved::compare(corpus, &one) {
                library.save_question(looked.as_of_now(corpus))?;
            }
        }
        Ok(PAGE.to_owned())
    })
    .await
}

async fn report(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let wanted = parameters::first(&parameters, "as").and_then(ExportFormat::named);
    let format =
        wanted.filter(|format| REPORT_FORMATS.iter().any(|(_, name)| ExportFormat::named(name) == Some(*format)));
    let format = format.ok_or_else(|| reader.failure(WebProblem::BadFormat))?;
    let kept = collection::kept(&parameters);
    let made = site.with_corpus(Work::Query, move |site, corpus| {
        let text: &'static Messages = reader.text;
        let questions = match &site.library {
            Some(library) => library.saved_questions()?.into_iter().map(|one| one.query).collect(),
            None => Vec::new(),
        };
        let options = ReportOptions {
            permalinks: &kept,
            origin: &origin.0,
            limit: MAX_QUOTES_IN_REPORT,
            encoder: "",
            on: &today(),
        };
        let export = saved::report(corpus, &questions, options, text.saved)?;
        Ok(export.bytes(format, text.export)?)
    });
    let bytes = made.await.map_err(|problem| reader.failure(problem))?;
    Ok((collection::download_headers(reader.text, reader.text.saved.report_title, format), bytes).into_response())
}

impl Shown {
    fn new(corpus: &Corpus, looked: &ReplyChanges, words: &SavedWords) -> Self {
        let (tally, before) = (&looked.reply.tally, &looked.question);
        let changed = looked.is_changed();
        Self {
            query: before.query.clone(),
            lang: lang_as_written(&before.query),
            href: Address::default().new_chat(&before.query),
            count: (words.count)(tally.speaking, tally.answers, tally.listed),
            since: if changed {
                (words.since)(looked.new.len(), looked.lost.len(), &before.on)
            } else {
                (words.same)(&before.on)
            },
            changed,
            new: looked.new_quotes().map(|quote| Voice::new(corpus, quote)).collect(),
            lost: looked.lost.iter().map(|lost| (lost.why.sentence(words), lost.permalink.clone())).collect(),
        }
    }
}

impl Voice {
    fn new(corpus: &Corpus, quote: &Quote) -> Self {
        let citation = &quote.citation;
        let transcript = &corpus.transcripts[quote.place.transcript];
        let mut label = vec![citation.question.clone(), citation.answer.clone()];
        label.extend(citation.interviewee.clone());
        label.push(transcript.title.clone());
        Self {
            text: quote.text.clone(),
            lang: lang_as_shown(&quote.text, transcript.script, quote.display),
            label: label.join(" · "),
            href: citation.permalink.clone(),
        }
    }
}
