//! The description of the interface for programs, as `OpenAPI` and as a page to read.

use askama::Template;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use axum::{Json, Router};
use utoipa::openapi::path::{Operation, Parameter, PathItem};
use utoipa::openapi::{OpenApi, RefOr, Required};

use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::site::Site;
use crate::web::view::error::render;
use crate::web::view::page::Page;

/// The description of the whole interface.
#[derive(utoipa::OpenApi)]
#[openapi(
    info(
        title = "Yuanhua",
        description = "Ask interviews a question and get the interviewees’ exact words back, each with its source. \
            Nothing is generated: a quote is what the source says at the place that its citation names, and `not_said` \
            means that nobody said it. Problems come as problem details (RFC 9457) in the language of \
            `Accept-Language` (zh-Hans, zh-Hant, en). Where others reach the program, send its token as \
            `Authorization: Bearer …`. Assistants find the same at `/mcp` (Model Context Protocol), chat clients at \
            `/v1` (chat completions)."
    ),
    components(schemas(crate::api::ScriptChoice)),
    tags(
        (name = "Asking", description = "What was said, and what was not"),
        (name = "Checking", description = "The quotations of a finished report"),
        (name = "Reading", description = "Interviews, answers, permalinks, exports"),
    )
)]
pub(super) struct Document;

/// The routes of both forms of the description.
pub(super) fn routes(openapi: OpenApi) -> Router<Site> {
    let described = openapi.clone();
    let page = move |reader: Locale| {
        let page = show(reader, &described);
        async move { page }
    };
    let json = move || {
        let openapi = openapi.clone();
        async move { Json(openapi).into_response() }
    };
    Router::new().route("/api", get(page)).route("/api/openapi.json", get(json))
}

#[derive(Template)]
#[template(path = "api.html", config = "web/askama.toml")]
struct ApiPage {
    page: Page,
    about: String,
    routes: Vec<Described>,
}

/// One route as the page shows it.
struct Described {
    method: &'static str,
    path: String,
    title: String,
    about: String,
    parameters: Vec<(String, bool, String)>,
    /// The statuses and their meanings.
    replies: Vec<(String, String)>,
}

fn show(reader: Locale, openapi: &OpenApi) -> Response {
    let page = Page::new(reader.text, "API", &Address::default());
    let of = |(path, item): (&String, &PathItem)| {
        let methods = [("GET", &item.get), ("POST", &item.post)];
        let described = methods.map(|(method, operation)| Some(Described::new(method, path, operation.as_ref()?)));
        described.into_iter().flatten().collect::<Vec<_>>()
    };
    let routes = openapi.paths.paths.iter().flat_map(of).collect();
    let about = openapi.info.description.clone().unwrap_or_default();
    render(&ApiPage { page, about, routes })
}

impl Described {
    fn new(method: &'static str, path: &str, operation: &Operation) -> Self {
        // Our descriptions are all in place, so there are no references to follow.
        let parameter = |one: &RefOr<Parameter>| match one {
            RefOr::T(one) => {
                let required = matches!(one.required, Required::True);
                Some((one.name.clone(), required, one.description.clone().unwrap_or_default()))
            }
            RefOr::Ref(_) => None,
        };
        let reply = |(status, reply): (&String, &RefOr<utoipa::openapi::Response>)| match reply {
            RefOr::T(reply) => Some((status.clone(), reply.description.clone())),
            RefOr::Ref(_) => None,
        };
        Self {
            method,
            path: path.to_owned(),
            title: operation.summary.clone().unwrap_or_default(),
            about: operation.description.clone().unwrap_or_default(),
            parameters: operation.parameters.iter().flatten().filter_map(parameter).collect(),
            replies: operation.responses.responses.iter().filter_map(reply).collect(),
        }
    }
}
