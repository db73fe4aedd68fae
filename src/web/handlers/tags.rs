//! `/tags`: the owner's tags on quotes, counted by interviewee; with `tag`, the quotes that have one.

mod edit;
mod files;
mod selected;

use askama::Template;
use axum::Router;
use axum::extract::{Form, Query, State};
use axum::http::StatusCode;
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::change_library;
use crate::export::{self, TaggedQuote};
use crate::library::{TagColour, Tagging, Tags};
use crate::retrieval::corpus::Corpus;
use crate::web::context::PageContext;
use crate::web::http::address::Address;
use crate::web::http::body;
use crate::web::http::locale::Locale;
use crate::web::http::origin::SameOrigin;
use crate::web::http::parameters::{self, Parameters};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::highlight::HighlightTone;
use crate::web::view::kept_quote::{KeptQuote, QuoteState};
use crate::web::view::page::{Page, scripts};
use crate::web::view::tags::{self, ColourChoice, TagLink, TagRow};

/// Quotes on one page.
const QUOTES_PER_PAGE: usize = 100;

/// All tags.
#[derive(Template)]
#[template(path = "tags.html", config = "web/askama.toml")]
struct TagsPage {
    page: Page,
    rows: Vec<TagRow>,
    /// The interviewees who said something that is tagged.
    people: Vec<String>,
    /// How many quotes cannot be shown, in words.
    missing: Option<String>,
    /// Name and address of each file.
    files: [(&'static str, String); 2],
}

/// One tag.
#[derive(Template)]
#[template(path = "tag.html", config = "web/askama.toml")]
struct TagPage {
    page: Page,
    everything: String,
    /// `None` if there is no such tag.
    tag: Option<OneTag>,
}

/// The quotes of a tag.
struct OneTag {
    link: TagLink,
    /// Its name, or nothing where only notes are shown.
    key: String,
    counts: String,
    /// Only this interviewee's quotes are shown.
    only: Option<String>,
    quotes: Vec<OneQuote>,
    more: Option<String>,
    /// The colours; empty if nothing can be changed.
    colours: Vec<ColourChoice>,
}

/// A quote of the tag.
struct OneQuote {
    quoted: KeptQuote,
    tags: Vec<TagLink>,
    note: String,
    edit: String,
}

/// A change of a tag, as its form sends it.
#[derive(Deserialize)]
struct TagForm {
    tag: String,
    name: Option<String>,
    colour: Option<String>,
}

/// The routes of tags.
pub(crate) fn routes(site: &Site) -> Router<Site> {
    Router::new()
        .route("/tags/save", post(edit::save))
        .route("/tags/remove", post(edit::remove))
        .route("/tags/change", post(change))
        .route("/tags/delete", post(delete))
        .layer(middleware::from_fn_with_state(site.clone(), body::read_whole))
        .route("/tags", get(show))
        .route("/tags/edit", get(edit::show))
        .route("/tags.csv", get(files::table))
        .route("/tags.qdpx", get(files::project))
}

async fn show(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let parameter = |name: &str| parameters::first(&parameters, name).map(str::to_owned);
    let (tag, who) = (parameter("tag"), parameter("who"));
    let number = parameter("page").and_then(|number| number.parse().ok()).unwrap_or(1_usize).max(1);
    let address = Address::read(parameters).for_reader(reader.script()).script_only();
    let page = move |site: &Site, corpus: &Corpus| -> Result<Response, WebProblem> {
        let tags = site.tags()?;
        let context = PageContext { corpus, text: reader.text, address: &address };
        match tag {
            Some(tag) => one(site, context, &tags, (&tag, who.as_deref(), number)),
            None => Ok(all(context, &tags)),
        }
    };
    site.with_corpus(Work::Page, page).await.map_err(|problem| reader.failure(problem))
}

fn all(context: PageContext<'_>, tags: &Tags) -> Response {
    let PageContext { corpus, text, address } = context;
    let tagged = export::tagged(corpus, tags);
    let (people, rows) = tags::rows(context, tags, &tagged);
    let missing = tags.taggings.len() - tagged.len();
    let files = [("CSV", "csv"), ("REFI-QDA", "qdpx")].map(|(name, ending)| (name, address.tags_file(ending)));
    let missing = (missing > 0).then(|| (text.collection.missing)(missing));
    render(&TagsPage { page: Page::new(text, text.tags.title, address), rows, people, missing, files })
}

fn one(
    site: &Site,
    context: PageContext<'_>,
    tags: &Tags,
    (name, who, number): (&str, Option<&str>, usize),
) -> Result<Response, WebProblem> {
    let PageContext { corpus, text, address } = context;
    let tag = tags.named(name);
    let everything = address.tags();
    let has = |one: &Tagging| match tag {
        Some(tag) => one.tags.contains(&tag.name),
        None => one.tags.is_empty(),
    };
    let wanted: Vec<&Tagging> = tags.taggings.iter().filter(|one| has(one)).collect();
    if tag.is_none() && (!name.is_empty() || wanted.is_empty()) {
        let page = Page::new(text, text.tags.title, address);
        return Ok((StatusCode::NOT_FOUND, render(&TagPage { page, everything, tag: None })).into_response());
    }
    let key = tag.map_or("", |tag| tag.name.as_str());
    let found = export::tagged(corpus, tags);
    let is_of = |one: &&TaggedQuote<'_>| who.is_none_or(|who| one.interviewee(corpus).unwrap_or_default() == who);
    let here: Vec<&str> =
        found.iter().filter(|one| has(one.tagging)).map(|one| one.tagging.permalink.as_str()).collect();
    let mut shown: Vec<&Tagging> =
        found.iter().filter(|one| has(one.tagging)).filter(is_of).map(|one| one.tagging).collect();
    if who.is_none() {
        // What cannot be shown comes last, to be taken away.
        shown.extend(wanted.iter().filter(|one| !here.contains(&one.permalink.as_str())));
    }
    let counts = (text.tags.quotes)(shown.len());
    let more = (shown.len() > number.saturating_mul(QUOTES_PER_PAGE)).then(|| address.tagged(key, who, number + 1));
    let quotes = shown.into_iter().skip((number - 1).saturating_mul(QUOTES_PER_PAGE)).take(QUOTES_PER_PAGE);
    let quotes = quotes.map(|tagging| {
        let others: Vec<String> = tagging.tags.iter().filter(|name| *name != key).cloned().collect();
        Ok(OneQuote {
            quoted: KeptQuote::find(context, &tagging.permalink)?,
            tags: TagLink::all(address, tags, &others),
            note: tagging.note.clone(),
            edit: address.to_tag(&tagging.permalink, Some(key)),
        })
    });
    let quotes = quotes.collect::<Result<Vec<_>, WebProblem>>()?;
    let link = TagLink {
        name: tag.map_or(text.tags.untagged, |tag| tag.name.as_str()).to_owned(),
        colour: tag.map_or("none", |tag| tag.colour.name()),
        href: address.tagged(key, None, 1),
    };
    let page = Page::new(text, &link.name, address)
        .with_switch(address.display(), &scripts(corpus), |script| address.in_script(script).tagged(key, who, number));
    let only = who.map(|who| (text.tags.only)(if who.is_empty() { text.tags.unnamed } else { who }));
    let colours = tag.filter(|_| site.can_change()).map(|tag| ColourChoice::all(text, tag.colour));
    let (key, colours) = (key.to_owned(), colours.unwrap_or_default());
    let tag = Some(OneTag { link, key, counts, only, quotes, more, colours });
    Ok(render(&TagPage { page, everything, tag }))
}

async fn change(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    Form(form): Form<TagForm>,
) -> Result<Response, Failure> {
    let colour = form.colour.as_deref().and_then(TagColour::named);
    let (Some(name), Some(colour)) = (form.name, colour) else { return Err(reader.failure(WebProblem::BadForm)) };
    change_library(&site, reader, Work::Page, move |library, _| {
        library.change_tag(&form.tag, &name, colour)?;
        // The name is kept on one line, without signs that cannot be seen.
        let tags = library.tags()?;
        Ok(Address::default().tagged(tags.named(&name).map_or("", |tag| tag.name.as_str()), None, 1))
    })
    .await
}

async fn delete(
    State(site): State<Site>,
    reader: Locale,
    _: SameOrigin,
    Form(form): Form<TagForm>,
) -> Result<Response, Failure> {
    change_library(&site, reader, Work::Page, move |library, _| {
        library.delete_tag(&form.tag)?;
        Ok(Address::default().tags())
    })
    .await
}
