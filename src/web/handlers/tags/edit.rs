//! `GET /tags/edit`: one quote, to give it tags and a note. Selected words of a transcript are found first, and
//! get an address of their own.

use askama::Template;
use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse as _, Redirect, Response};

use super::selected;
use crate::library::{MOST_NOTE, Tag, Tagging};
use crate::retrieval::corpus::Corpus;
use crate::search::quote::{Permalink, Resolution};
use crate::text::sanitize::LONGEST_NAME;
use crate::web::context::PageContext;
use crate::web::handlers::change_library;
use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::http::origin::SameOrigin;
use crate::web::http::parameters::{self, Parameters, first};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::highlight::HighlightTone;
use crate::web::view::kept_quote::{KeptQuote, QuoteState};
use crate::web::view::page::Page;
use crate::web::view::tags::TagLink;

/// A quote, and all tags.
#[derive(Template)]
#[template(path = "tag-quote.html", config = "web/askama.toml")]
struct EditPage {
    page: Page,
    quoted: KeptQuote,
    choices: Vec<TagChoice>,
    note: String,
    /// Whether it has tags or a note.
    is_tagged: bool,
    can_change: bool,
    /// The page of a tag that it was opened from.
    from: Option<String>,
    everything: String,
    longest_note: usize,
    longest_name: usize,
}

/// A tag, and whether the quote has it.
struct TagChoice {
    tag: TagLink,
    chosen: bool,
}

pub(super) async fn show(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let parameter = |name: &str| parameters::first(&parameters, name).map(str::to_owned);
    let (quote, from) = (parameter("quote"), parameter("from"));
    let selection = selected::Selected::read(&parameters);
    let address = Address::read(parameters).for_reader(reader.script()).script_only();
    let page = move |site: &Site, corpus: &Corpus| -> Result<Response, WebProblem> {
        let Some(quote) = quote else {
            let link = selection.ok_or(WebProblem::BadSpan)?.find(corpus)?;
            return Ok(Redirect::to(&address.to_tag(&link.to_string(), None)).into_response());
        };
        let text = reader.text;
        let tags = site.tags()?;
        let quoted = KeptQuote::find(PageContext { corpus, text, address: &address }, &quote)?;
        let tagging = tags.of(&quoted.key);
        let has = |name: &String| tagging.is_some_and(|one: &Tagging| one.tags.contains(name));
        let choice = |tag: &Tag| TagChoice { tag: TagLink::new(&address, tag), chosen: has(&tag.name) };
        let choices = tags.tags.iter().map(choice).collect();
        let scripts: Vec<_> = quoted.found.iter().map(|found| found.script).collect();
        let page = Page::new(text, text.tags.edit, &address).with_switch(address.display(), &scripts, |script| {
            address.in_script(script).to_tag(&quote, from.as_deref())
        });
        let edit = EditPage {
            page,
            choices,
            note: tagging.map(|one| one.note.clone()).unwrap_or_default(),
            is_tagged: tagging.is_some(),
            can_change: site.can_change(),
            from: from.clone(),
            everything: address.tags(),
            longest_note: MOST_NOTE,
            longest_name: LONGEST_NAME,
            quoted,
        };
        Ok((edit.quoted.outcome.status(), render(&edit)).into_response())
    };
    site.with_corpus(Work::Page, page).await.map_err(|problem| reader.failure(problem))
}

fn permalink(fields: &Parameters) -> Result<Permalink, WebProblem> {
    first(fields, "quote").and_then(|quote| quote.parse().ok()).ok_or(WebProblem::BadForm)
}

pub(super) async fn save(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    Form(fields): Form<Parameters>,
) -> Result<Response, Failure> {
    change_library(&site, reader, Work::Page, move |library, corpus| {
        let link = permalink(&fields)?;
        let (place, span) = match link.find(corpus) {
            Resolution::Here(place, span) | Resolution::Elsewhere(place, span) => (place, span),
            Resolution::Withdrawn => return Err(WebProblem::Withdrawn),
            Resolution::Gone if corpus.coming() > 0 => return Err(WebProblem::NotRead),
            _ => return Err(WebProblem::NobodysWords),
        };
        let chosen = fields.iter().filter(|(name, value)| name == "tag" || name == "new" && !value.trim().is_empty());
        let names: Vec<String> = chosen.map(|(_, value)| value.clone()).collect();
        library.tag_quote(&link, &names, first(&fields, "note").unwrap_or_default())?;
        let sha256 = &corpus.transcripts[place.transcript].source_sha256;
        Ok(match first(&fields, "from") {
            Some(tag) => Address::default().tagged(tag, None, 1),
            None => Address::default().source_at(sha256, span.start(), span.end()),
        })
    })
    .await
}

pub(super) async fn remove(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    Form(fields): Form<Parameters>,
) -> Result<Response, Failure> {
    change_library(&site, reader, Work::Page, move |library, _| {
        library.tag_quote(&permalink(&fields)?, &[], "")?;
        Ok(Address::default().tags())
    })
    .await
}
