//! `GET /people`: the people whom the transcripts name, and how many of them speak to a query, by attribute. With
//! `who`, it shows one of them. `GET /people.csv`: the counts as a table.

use std::io;
use std::sync::Arc;

use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use crate::export;
use crate::i18n::Messages;
use crate::library::Listing;
use crate::retrieval::corpus::Corpus;
use crate::search::{Reply, SearchOptions};
use crate::web::context::PageContext;
use crate::web::conversation::check_length;
use crate::web::http::address::Address;
use crate::web::http::download;
use crate::web::http::locale::Locale;
use crate::web::http::parameters::{self, Parameters};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::{Failure, render};
use crate::web::view::highlight::HighlightTone;
use crate::web::view::page::{Page, scripts};
use crate::web::view::people::{self, ByAttribute, Interviewee, Portrait};

/// The page of everybody, and of who speaks to a query.
#[derive(Template)]
#[template(path = "people.html", config = "web/askama.toml")]
struct PeoplePage {
    page: Page,
    people: Vec<Row>,
    /// The names of all attributes.
    attributes: Vec<String>,
    tables: Vec<ByAttribute>,
    /// The query, and the result in words.
    query: String,
    who_speaks: Option<String>,
    csv: String,
    script: Option<&'static str>,
}

/// A person in the list.
struct Row {
    name: String,
    href: String,
    interviews: String,
    answers: usize,
    speaking: usize,
    /// The values, in the order of the attributes.
    values: Vec<String>,
}

/// The page of one person.
#[derive(Template)]
#[template(path = "person.html", config = "web/askama.toml")]
struct PersonPage {
    page: Page,
    /// The person; `None` if nobody is shown by this name.
    person: Option<Portrait>,
    everybody: String,
    script: Option<&'static str>,
}

/// The pages of people.
pub(crate) fn routes() -> Router<Site> {
    Router::new().route("/people", get(show)).route("/people.csv", get(table))
}

async fn show(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let who = parameters::first(&parameters, "who").map(str::to_owned);
    let address = Address::read(parameters).for_reader(reader.script());
    let work = if who.is_some() { Work::Page } else { Work::of(&address) };
    let page = move |site: &Site, corpus: &Corpus| {
        let context = PageContext { corpus, text: reader.text, address: &address };
        match who {
            Some(name) => Ok(one(site, context, &name)),
            None => all(site, context),
        }
    };
    site.with_corpus(work, page).await.map_err(|problem| reader.failure(problem))
}

fn one(site: &Site, context: PageContext<'_>, name: &str) -> Response {
    let PageContext { corpus, text, address } = context;
    let listing = listing(site);
    let person = people::portrait(context, listing.as_deref(), name);
    let title = person.as_ref().map_or(text.people.title, |person| person.name.as_str());
    let page = Page::new(text, title, address)
        .with_switch(address.display(), &scripts(corpus), |script| address.in_script(script).person(name));
    let status = if person.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    let everybody = address.people();
    (status, render(&PersonPage { page, person, everybody, script: address.script_name() })).into_response()
}

fn all(site: &Site, context: PageContext<'_>) -> Result<Response, WebProblem> {
    let PageContext { corpus, text, address } = context;
    let reply = asked(site, context)?;
    let listing = listing(site);
    let people = people::everybody(corpus, listing.as_deref(), reply.as_deref());
    let tables = people::tables(&people, context);
    let attributes: Vec<String> = tables.iter().map(|table| table.attribute.clone()).collect();
    let speaking = people.iter().filter(|one| one.speaking > 0).count();
    let query = address.queries.last().cloned().unwrap_or_default();
    let row = |one: &Interviewee| Row {
        href: address.person(&one.name),
        interviews: one.interviews.join(text.turn.comma),
        answers: one.answers,
        speaking: one.speaking,
        values: attributes.iter().map(|name| one.value(name).unwrap_or_default().to_owned()).collect(),
        name: one.name.clone(),
    };
    Ok(render(&PeoplePage {
        page: Page::new(text, text.people.title, address),
        who_speaks: reply.is_some().then(|| (text.people.who_speaks)(&query, speaking, people.len())),
        people: people.iter().map(row).collect(),
        csv: address.people_csv(),
        script: address.script_name(),
        attributes,
        tables,
        query,
    }))
}

async fn table(
    State(site): State<Site>,
    reader: Locale,
    Query(parameters): Query<Parameters>,
) -> Result<Response, Failure> {
    let address = Address::read(parameters).for_reader(reader.script());
    let made = site.with_corpus(Work::of(&address), move |site, corpus| {
        let context = PageContext { corpus, text: reader.text, address: &address };
        let reply = asked(site, context)?;
        let listing = listing(site);
        let people = people::everybody(corpus, listing.as_deref(), reply.as_deref());
        let tables = people::tables(&people, context);
        csv_bytes(reader.text, &people, &tables).map_err(|_| WebProblem::Broken)
    });
    let bytes = made.await.map_err(|problem| reader.failure(problem))?;
    Ok((download::headers("text/csv; charset=utf-8", "people.csv"), bytes).into_response())
}

fn csv_bytes(text: &Messages, people: &[Interviewee], tables: &[ByAttribute]) -> io::Result<Vec<u8>> {
    let words = text.people;
    let mut rows =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    rows.write_record(words.columns)?;
    let speaking = people.iter().filter(|one| one.speaking > 0).count();
    let answers: usize = people.iter().map(|one| one.speaking).sum();
    let mut write = |attribute: &str, value: &str, numbers: [usize; 3]| {
        let cells = [export::inert_cell(attribute), export::inert_cell(value)];
        rows.write_record(cells.into_iter().chain(numbers.map(|number| number.to_string())))
    };
    write(words.all, "", [people.len(), speaking, answers])?;
    for table in tables {
        for group in &table.rows {
            write(&table.attribute, &group.value, [group.people, group.speaking, group.answers])?;
        }
    }
    rows.into_inner().map_err(|error| io::Error::other(error.to_string()))
}

/// Returns the reply to the newest query of an address, if there is one.
fn asked(site: &Site, context: PageContext<'_>) -> Result<Option<Arc<Reply>>, WebProblem> {
    let PageContext { corpus, address, .. } = context;
    let Some(query) = address.queries.last() else { return Ok(None) };
    check_length(query)?;
    Ok(Some(site.ask(corpus, query, SearchOptions { display: address.display(), ..SearchOptions::default() })?))
}

fn listing(site: &Site) -> Option<Arc<Listing>> {
    site.library.as_ref().map(|library| library.listing())
}
