//! `GET /collection`: quotes that a browser keeps by permalink, always read from their sources. `GET
//! /export`: a conversation or a collection as a file.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderName;
use axum::response::{IntoResponse, Response};
use time::OffsetDateTime;

use crate::disclosure::Replacements;
use crate::error::Error;
use crate::export::{Export, ExportFormat, ExportPart, ExportedQuote, LeftOut};
use crate::i18n::Messages;
use crate::retrieval::corpus::Corpus;
use crate::search::quote::Quote;
use crate::text::script::Script;
use crate::web::context::PageContext;
use crate::web::conversation;
use crate::web::http::address::Address;
use crate::web::http::download;
use crate::web::http::locale::Locale;
use crate::web::http::origin::Origin;
use crate::web::http::parameters::{self, Parameters};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::highlight::HighlightTone;
use crate::web::view::kept_quote::{KeptQuote, QuoteState};
use crate::web::view::page::{Page, lang_as_shown};
use crate::web::view::problem_details::ProblemDetails;
use crate::web::view::turn::TurnView;

/// The most quotes of a collection. Their addresses go into one request.
const MAX_QUOTES: usize = 400;
/// The most characters of a query in the name of a file.
const MAX_FILE_NAME_CHARS: usize = 24;

/// The offered formats: the name, and the value in an address.
pub(crate) const OFFERED_FORMATS: [(&str, &str); 4] =
    [("Markdown", "markdown"), ("Word (DOCX)", "docx"), ("CSV", "csv"), ("JSON", "json")];

/// The page of the kept quotes.
#[derive(Template)]
#[template(path = "collection.html", config = "web/askama.toml")]
struct CollectionPage {
    page: Page,
    quotes: Vec<KeptQuote>,
    /// The number of quotes that cannot be shown, in words.
    missing: Option<String>,
    exports: Vec<Exported>,
}

/// A file to download.
pub(crate) struct Exported {
    pub(crate) name: &'static str,
    /// The format, as written in an address.
    pub(crate) format: &'static str,
    pub(crate) href: String,
    /// The address of the page that first shows what in the file could reveal who somebody is.
    pub(crate) check: String,
    /// The address of the page of kept questions, with the last query of the conversation to keep.
    pub(crate) keep: Option<String>,
    /// The address of a report of the same quotes and of the kept questions.
    pub(crate) report: String,
}

/// Returns the permalinks among the parameters, up to the limit.
pub(super) fn kept(parameters: &[(String, String)]) -> Vec<String> {
    let kept = parameters.iter().filter(|(name, _)| name == "quote").map(|(_, value)| value.clone());
    kept.take(MAX_QUOTES).collect()
}

pub(crate) async fn collection(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let kept = kept(&parameters);
    let address = Address::read(parameters).for_reader(reader.script()).script_only();
    let page = move |_: &Site, corpus: &Corpus| {
        collected(PageContext { corpus, text: reader.text, address: &address }, &kept).map(|page| render(&page))
    };
    site.with_corpus(Work::Page, page).await.map_err(|problem| reader.failure(problem))
}

fn collected(context: PageContext<'_>, kept: &[String]) -> Result<CollectionPage, WebProblem> {
    let PageContext { text, address, .. } = context;
    let find = |permalink: &String| KeptQuote::find(context, permalink);
    let quotes = kept.iter().map(find).collect::<Result<Vec<_>, _>>()?;
    let missing = quotes.iter().filter(|quoted| quoted.found.is_none()).count();
    let scripts: Vec<Script> =
        quotes.iter().filter_map(|quoted| quoted.found.as_ref().map(|found| found.script)).collect();
    let page =
        Page::new(text, text.collection.collection, address)
            .with_switch(address.display(), &scripts, |script| address.in_script(script).collection(kept));
    Ok(CollectionPage {
        page,
        missing: (missing > 0).then(|| (text.collection.missing)(missing)),
        exports: offered(|format| address.export(kept, format)),
        quotes,
    })
}

/// Returns the offered formats, each with its address.
pub(crate) fn offered(href: impl Fn(&str) -> String) -> Vec<Exported> {
    let exported = |(name, format)| {
        let href = href(format);
        let check = href.replacen("/export?", "/disclosure?", 1);
        let report = href.replacen("/export?as=markdown", "/report?as=docx", 1);
        let keep = href.contains("&q=").then(|| href.replacen("/export?as=markdown&", "/saved?", 1));
        Exported { name, format, href, check, keep, report }
    };
    OFFERED_FORMATS.into_iter().map(exported).collect()
}

/// Export quotes as a file
///
/// Exports the quotes of a conversation (`q`, once for each turn), or those with the given permalinks (`quote`).
#[utoipa::path(
    get,
    path = "/export",
    tag = "Reading",
    params(
        ("as" = String, Query, description = "text, markdown, html, csv, docx or json"),
        ("q" = Option<Vec<String>>, Query, description = "Queries, oldest first"),
        ("quote" = Option<Vec<String>>, Query, description = "Permalinks", max_items = 400),
        ("script" = Option<crate::api::ScriptChoice>, Query, description = "The script to show Chinese in"),
        ("what" = Option<Vec<String>>, Query, description = "Words that could tell who somebody is, each followed by its `with`; a name is replaced in every form", max_items = 400),
        ("with" = Option<Vec<String>>, Query, description = "What is to stand for the `what` before it, in square brackets; where it is empty, the words stay", max_items = 400),
    ),
    responses(
        (status = 200, description = "The file; of JSON the form is described", body = Export, content_type = "application/json"),
        (status = 400, description = "No such format, or nothing to export", body = ProblemDetails, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn export(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let wanted = parameters::first(&parameters, "as").and_then(ExportFormat::named);
    let format = wanted.ok_or_else(|| reader.failure(WebProblem::BadFormat))?;
    let kept = kept(&parameters);
    let replacements = replacements(&parameters);
    let address = Address::read(parameters).for_reader(reader.script());
    let work = if kept.is_empty() { Work::Query } else { Work::Page };
    let made = site.with_corpus(work, move |site, corpus| {
        let (mut export, mut about) =
            made(site, PageContext { corpus, text: reader.text, address: &address }, &origin.0, &kept)?;
        if !replacements.is_empty() {
            export.replace(&replacements);
            // The name of the file could reveal as much.
            about = replacements.apply(&about).unwrap_or(about);
        }
        Ok((export.bytes(format, reader.text.export)?, about))
    });
    let (bytes, about) = made.await.map_err(|problem| reader.failure(problem))?;
    Ok((download_headers(reader.text, &about, format), bytes).into_response())
}

/// Reads the replacements: each `what` is replaced by the `with` that follows it.
fn replacements(parameters: &[(String, String)]) -> Replacements {
    Replacements::of(&parameters::pairs(parameters, "what", "with").take(MAX_QUOTES).collect::<Vec<_>>())
}

/// Returns the export of the kept quotes, or of the conversation if there are none. The second value says what it is
/// about.
pub(super) fn made(
    site: &Site,
    context: PageContext<'_>,
    origin: &str,
    kept: &[String],
) -> Result<(Export, String), WebProblem> {
    let PageContext { text, address, .. } = context;
    if kept.is_empty() {
        let about = address.queries.last().cloned().ok_or(WebProblem::NoQuery)?;
        Ok((conversation_of(site, context, origin)?, about))
    } else {
        Ok((collection_of(context, origin, kept)?, text.collection.collection.to_owned()))
    }
}

/// Returns the quotes of each turn, as the chat shows them.
fn conversation_of(site: &Site, context: PageContext<'_>, origin: &str) -> Result<Export, WebProblem> {
    let PageContext { corpus, text, address } = context;
    let replies = conversation::replies(site, context, 0..address.queries.len())?;
    let mut parts = Vec::with_capacity(replies.len());
    for (number, (query, reply)) in (1..).zip(address.queries.iter().zip(&replies)) {
        let (turn, quotes) = match reply {
            Err(error) => (TurnView::unclear(text, number, query, error), Vec::new()),
            Ok(reply) => {
                let entry = |quote: &Quote| {
                    let mut entry = ExportedQuote::of(corpus, quote)?;
                    entry.lang =
                        lang_as_shown(&entry.text, corpus.transcripts[quote.place.transcript].script, quote.display);
                    Ok(entry.from_origin(origin))
                };
                let quotes = reply.quotes.iter().map(entry).collect::<Result<Vec<_>, Error>>()?;
                (TurnView::new(context, number, reply, Vec::new())?, quotes)
            }
        };
        let coming = turn.coming.map(|(note, _)| note.to_string());
        let verdict = std::iter::once(turn.verdict).chain(coming).chain(turn.only_best).collect::<Vec<_>>().join(" ");
        parts.push(ExportPart { query: Some(turn.query), verdict: Some(verdict), quotes });
    }
    let title = (text.collection.conversation)(&address.queries.join(" / "));
    Ok(Export { title, parts, left_out: Vec::new(), method: None })
}

fn collection_of(context: PageContext<'_>, origin: &str, kept: &[String]) -> Result<Export, WebProblem> {
    let PageContext { text, .. } = context;
    let mut export = Export { title: text.collection.collection.to_owned(), ..Export::default() };
    let mut part = ExportPart::default();
    for permalink in kept {
        let quoted = KeptQuote::find(context, permalink)?;
        match quoted.found {
            Some(found) => part.quotes.push(found.entry.from_origin(origin)),
            None => export.left_out.push(LeftOut {
                permalink: quoted.take.map_or(quoted.key, |take| format!("{origin}{}", take.permalink)),
                why: quoted.sentence.to_owned(),
            }),
        }
    }
    export.parts.push(part);
    Ok(export)
}

/// Returns the headers of a file with a name such as `原话-query-2026-01-31.md`.
pub(super) fn download_headers(text: &Messages, about: &str, format: ExportFormat) -> [(HeaderName, String); 2] {
    let today = OffsetDateTime::now_utc().date();
    let kept = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let about: String = about.chars().map(kept).collect::<String>().split_whitespace().collect::<Vec<_>>().join("-");
    let about: String = about.chars().take(MAX_FILE_NAME_CHARS).collect();
    let ending = format.ending();
    let name = format!("{}-{}-{today}.{ending}", text.name, about.trim_end_matches('-'));
    download::headers_with_name(format.media_type(), &format!("yuanhua-{today}.{ending}"), &name)
}
