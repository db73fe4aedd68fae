//! The handlers, one for each page. A handler reads a request, asks the query, and fills the view.

pub(crate) mod api;
pub(crate) mod card;
pub(crate) mod chat;
pub(crate) mod chat_completions;
pub(crate) mod collection;
pub(crate) mod disclosure;
pub(crate) mod health;
pub(crate) mod library;
pub(crate) mod mcp;
pub(crate) mod people;
pub(crate) mod permalink;
pub(crate) mod recording;
pub(crate) mod saved;
pub(crate) mod source;
pub(crate) mod tags;
pub(crate) mod verify;

use std::sync::Arc;

use axum::response::{IntoResponse as _, Redirect, Response};

use super::http::locale::Locale;
use super::site::{Site, Work};
use super::view::error::Failure;
use crate::error::{ClosedReason, Error};
use crate::library::Library;
use crate::retrieval::corpus::Corpus;
use crate::web::problem::WebProblem;

/// Finds a transcript by the beginning of its SHA-256. The problem says what became of it.
fn find_transcript(corpus: &Corpus, hash: &str) -> Result<usize, WebProblem> {
    let hash = hash.to_ascii_lowercase();
    corpus.by_hash(&hash).ok_or_else(|| match corpus.was_withdrawn(&hash) {
        true => WebProblem::Withdrawn,
        false if corpus.coming() > 0 => WebProblem::NotRead,
        false => WebProblem::UnknownSource,
    })
}

/// Changes what the library keeps, and leads to the address that `change` gives.
async fn change_library(
    site: &Site,
    reader: Locale,
    work: Work,
    change: impl FnOnce(&Arc<Library>, &Corpus) -> Result<String, WebProblem> + Send + 'static,
) -> Result<Response, Failure> {
    let run = move |site: &Site, corpus: &Corpus| match &site.library {
        Some(library) => change(library, corpus),
        None => Err(WebProblem::Library(Error::Closed { why: ClosedReason::NoLibrary })),
    };
    let done = site.clone().with_corpus(work, run).await;
    done.map(|to| Redirect::to(&to).into_response()).map_err(|problem| reader.failure(problem))
}
