//! `GET /disclosure`: shows what in a conversation or a collection could reveal who somebody is, before it is exported.
//! The form goes to `/export`, which makes the requested replacements.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;

use super::collection::{self, OFFERED_FORMATS};
use crate::disclosure::{self, ClueGroup};
use crate::retrieval::corpus::Corpus;
use crate::web::context::PageContext;
use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::http::origin::Origin;
use crate::web::http::parameters::Parameters;
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::page::Page;

/// The words that could reveal who somebody is, with suggested replacements.
#[derive(Template)]
#[template(path = "disclosure.html", config = "web/askama.toml")]
struct DisclosurePage {
    page: Page,
    summary: String,
    found: Vec<(ClueGroup, String)>,
    /// The parameters of the export, as fields of the form.
    fields: Vec<(String, String)>,
    formats: [(&'static str, &'static str); 4],
}

pub(crate) async fn show(
    State(site): State<Site>,
    reader: Locale,
    origin: Origin,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let kept = collection::kept(&parameters);
    let is_of_export = |(name, value): &(String, String)| {
        !value.is_empty()
            && if kept.is_empty() {
                ["q", "drop", "script"].contains(&name.as_str())
            } else {
                ["quote", "script"].contains(&name.as_str())
            }
    };
    let fields: Vec<(String, String)> = parameters.iter().filter(|one| is_of_export(one)).cloned().collect();
    let address = Address::read(parameters).for_reader(reader.script());
    let work = if kept.is_empty() { Work::Query } else { Work::Page };
    let page = site.with_corpus(work, move |site: &Site, corpus: &Corpus| -> Result<Response, WebProblem> {
        let text = reader.text;
        let (export, _) = collection::made(site, PageContext { corpus, text, address: &address }, &origin.0, &kept)?;
        let (words, interviewees) = (text.disclosure, export.interviewees());
        let groups = disclosure::groups(export.texts(), &interviewees);
        let suggestions = disclosure::suggested(&groups, &interviewees, words);
        let count: usize = groups.iter().map(|group| group.count).sum();
        let summary = if count == 0 { words.none.to_owned() } else { (words.found)(count) };
        let page = Page::new(text, text.disclosure.title, &address.script_only());
        let found = groups.into_iter().zip(suggestions).collect();
        Ok(render(&DisclosurePage { page, summary, found, fields, formats: OFFERED_FORMATS }))
    });
    page.await.map_err(|problem| reader.failure(problem))
}
