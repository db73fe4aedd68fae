//! `GET /card.svg`: a quote as a picture. Only words that a present source holds are shown, all of them.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use crate::export;
use crate::retrieval::corpus::Corpus;
use crate::web::context::PageContext;
use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::http::origin::Origin;
use crate::web::http::parameters::{self, Parameters};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::Failure;
use crate::web::view::kept_quote::{KeptQuote, QuoteState};

pub(crate) async fn show(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let quote = parameters::first(&parameters, "quote").unwrap_or_default().to_owned();
    let address = Address::read(parameters).for_reader(reader.script()).script_only();
    let card = move |_: &Site, corpus: &Corpus| -> Result<String, WebProblem> {
        let context = PageContext { corpus, text: reader.text, address: &address };
        let quoted = KeptQuote::find(context, &quote)?;
        let Some(found) = quoted.found else {
            return Err(match quoted.outcome {
                QuoteState::Withdrawn => WebProblem::Withdrawn,
                QuoteState::NotRead => WebProblem::NotRead,
                QuoteState::NoPermalink => WebProblem::BadSpan,
                _ => WebProblem::UnknownSource,
            });
        };
        export::card(&found.entry.from_origin(&origin.0), reader.text.export).ok_or(WebProblem::NoCard)
    };
    let card = site.with_corpus(Work::Page, card).await.map_err(|problem| reader.failure(problem))?;
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"quote.svg\""),
    ];
    Ok((headers, card).into_response())
}
