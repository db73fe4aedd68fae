//! What is tagged, to take away: `GET /tags.csv` as a table, `GET /tags.qdpx` as a project of REFI-QDA.

use axum::extract::{Query, State};
use axum::response::{IntoResponse as _, Response};

use crate::error::Error;
use crate::export;
use crate::library::Tags;
use crate::retrieval::corpus::Corpus;
use crate::web::http::address::Address;
use crate::web::http::download;
use crate::web::http::locale::Locale;
use crate::web::http::origin::Origin;
use crate::web::http::parameters::Parameters;
use crate::web::site::{Site, Work};
use crate::web::view::error::Failure;

pub(super) async fn table(
    site: State<Site>,
    reader: Locale,
    origin: Origin,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let display = Address::read(parameters).for_reader(reader.script()).display();
    let table = move |corpus: &Corpus, tags: &Tags| {
        export::tagged_rows(corpus, tags, reader.text.tags.columns, display, &origin.0)
    };
    file(site, reader, ("text/csv; charset=utf-8; header=present", "tags.csv"), table).await
}

pub(super) async fn project(
    site: State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let display = Address::read(parameters).for_reader(reader.script()).display();
    let project = move |corpus: &Corpus, tags: &Tags| export::qdpx(corpus, tags, display);
    file(site, reader, ("application/zip", "tags.qdpx"), project).await
}

async fn file(
    State(site): State<Site>,
    reader: Locale,
    (media_type, name): (&'static str, &'static str),
    make: impl FnOnce(&Corpus, &Tags) -> Result<Vec<u8>, Error> + Send + 'static,
) -> Result<Response, Failure> {
    let file = site.with_corpus(Work::Page, move |site, corpus| {
        let tags = site.tags()?;
        Ok(make(corpus, &tags)?)
    });
    let bytes = file.await.map_err(|problem| reader.failure(problem))?;
    Ok((download::headers(media_type, name), bytes).into_response())
}
