//! What is tagged, to take away: `GET /tags.csv` as a table, `GET /tags.qdpx` as a project of REFI-QDA.

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};

use crate::error::Error;
use crate::export;
use crate::library::Tags;
use crate::retrieval::corpus::Corpus;
use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::http::origin::Origin;
use crate::web::site::{Site, Work};
use crate::web::view::error::Failure;

type Parameters = Query<Vec<(String, String)>>;

pub(super) async fn table(
    site: State<Site>,
    reader: Locale,
    origin: Origin,
    Query(parameters): Parameters,
) -> Result<Response, Failure> {
    let display = Address::read(parameters).read_in(reader.script()).display();
    let table = move |corpus: &Corpus, tags: &Tags| {
        export::tagged_rows(corpus, tags, reader.text.tags.columns, display, &origin.0)
    };
    file(site, reader, ("text/csv; charset=utf-8; header=present", "tags.csv"), table).await
}

pub(super) async fn project(
    site: State<Site>,
    reader: Locale,
    Query(parameters): Parameters,
) -> Result<Response, Failure> {
    let display = Address::read(parameters).read_in(reader.script()).display();
    let project = move |corpus: &Corpus, tags: &Tags| export::qdpx(corpus, tags, display);
    file(site, reader, ("application/zip", "tags.qdpx"), project).await
}

async fn file(
    State(site): State<Site>,
    reader: Locale,
    (kind, name): (&'static str, &str),
    make: impl FnOnce(&Corpus, &Tags) -> Result<Vec<u8>, Error> + Send + 'static,
) -> Result<Response, Failure> {
    let file = site.with_corpus(Work::Page, move |site, corpus| {
        let tags = site.tags()?;
        Ok(make(corpus, &tags)?)
    });
    let bytes = file.await.map_err(|problem| reader.failure(problem))?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers = [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, bytes).into_response())
}
