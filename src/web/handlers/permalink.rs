//! `GET /q/{source}/{words}`: one quote by its permalink, as a page or to copy, or what became of it.
//! It never shows words that no present source holds.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::export::{self, ExportFormat};
use crate::search::quote::PERMALINK;
use crate::web::context::PageContext;
use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::http::origin::Origin;
use crate::web::http::parameters::{self, Parameters};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::highlight::HighlightTone;
use crate::web::view::kept_quote::KeptQuote;
use crate::web::view::page::Page;

/// The page of one quote.
#[derive(Template)]
#[template(path = "permalink.html", config = "web/askama.toml")]
struct PermalinkPage {
    page: Page,
    quoted: KeptQuote,
    /// The address of a picture of the words.
    card: Option<String>,
    /// Whether the words are too long for one.
    no_card: bool,
}

pub(crate) async fn show(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    Path((source, words)): Path<(String, String)>,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let wanted = parameters::first(&parameters, "as").map(ExportFormat::named);
    let pasted = match wanted {
        None => None,
        Some(Some(format @ (ExportFormat::Text | ExportFormat::Markdown | ExportFormat::Html))) => Some(format),
        Some(_) => return Err(reader.failure(WebProblem::BadFormat)),
    };
    let address = Address::read(parameters).for_reader(reader.script()).script_only();
    let permalink = format!("{PERMALINK}{source}/{words}");
    let (address, quoted) = site
        .with_corpus(Work::Page, move |_, corpus| {
            KeptQuote::find(PageContext { corpus, text: reader.text, address: &address }, &permalink)
                .map(|quoted| (address, quoted))
        })
        .await
        .map_err(|problem| reader.failure(problem))?;
    let status = quoted.outcome.status();
    let Some(format) = pasted else {
        let label = quoted.found.as_ref().map_or(reader.text.collection.permalink, |found| &found.quote.label);
        let scripts: Vec<_> = quoted.found.iter().map(|found| found.script).collect();
        let mut page = Page::new(reader.text, label, &address);
        if let Ok(permalink) = quoted.key.parse() {
            page = page.with_switch(address.display(), &scripts, |script| {
                address.in_script(script).permalink(&permalink, None)
            });
        }
        let words = reader.text.export;
        let fits = quoted.found.as_ref().map(|found| export::card(&found.entry, words).is_some());
        let card = (fits == Some(true)).then(|| address.card(&quoted.key));
        let no_card = fits == Some(false);
        return Ok((status, render(&PermalinkPage { page, quoted, card, no_card })).into_response());
    };
    Ok(match quoted.found {
        Some(found) => {
            let text = found.entry.from_origin(&origin.0).pasted(format, reader.text.export);
            (status, [(header::CONTENT_TYPE, format.media_type())], text).into_response()
        }
        None => (status, [(header::CONTENT_TYPE, ExportFormat::Text.media_type())], quoted.sentence).into_response(),
    })
}
