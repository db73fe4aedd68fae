//! `/v1`: the interface for chat clients, which use it like a model. They get quotes with their citations, or the reply
//! that nobody said it. No word of a reply is generated.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse as _, Response};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::OffsetDateTime;
use utoipa::ToSchema;

use crate::api::MAX_EARLIER_QUERIES;
use crate::error::Error;
use crate::export::{ExportFormat, ExportedQuote};
use crate::hash::sha256_hex;
use crate::i18n::{DisplayLanguage, Messages};
use crate::retrieval::corpus::Corpus;
use crate::search::{Reply, SearchOptions, Verdict};
use crate::text::script::Script;
use crate::web::context::PageContext;
use crate::web::conversation::check_length;
use crate::web::http::address::Address;
use crate::web::http::locale::Locale;
use crate::web::http::origin::{Origin, SameSite};
use crate::web::problem::WebProblem;
use crate::web::site::{Site, Work};
use crate::web::view::error::Failure;
use crate::web::view::problem_details::ChatError;
use crate::web::view::turn::TurnView;

/// The name of the only model.
const MODEL: &str = "yuanhua";

/// The request of a chat client. Other fields are ignored.
#[derive(Debug, Deserialize, ToSchema)]
pub(crate) struct ChatRequest {
    /// The conversation. The last message of the user is the query. It follows up on the user's earlier messages.
    messages: Vec<Message>,
    /// Whether to send the reply as server-sent events.
    #[serde(default)]
    stream: bool,
}

/// A message.
#[derive(Debug, Deserialize, ToSchema)]
struct Message {
    /// The role. Only messages of `user` are read, and others are ignored.
    role: String,
    /// A text, or a list of parts. Only the texts of the parts are read.
    #[serde(default)]
    content: Value,
}

/// The reply.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ChatCompletion {
    /// The id, which is the same for the same reply.
    id: String,
    /// `chat.completion`
    object: &'static str,
    /// The time of the reply, in seconds since 1970.
    created: i64,
    /// `yuanhua`
    model: &'static str,
    /// Always one choice.
    choices: Vec<Choice>,
    usage: Usage,
}

/// The only choice.
#[derive(Debug, Serialize, ToSchema)]
struct Choice {
    index: usize,
    message: Said,
    /// `stop`
    finish_reason: &'static str,
    /// Always null.
    #[schema(value_type = Option<String>)]
    logprobs: (),
}

/// The message.
#[derive(Debug, Serialize, ToSchema)]
struct Said {
    /// `assistant`
    role: &'static str,
    /// The verdict, then each quote with its citation.
    content: String,
    /// The statement that nobody said it, or null.
    refusal: Option<String>,
    /// The place of each quote in `content`, and the address of its words.
    annotations: Vec<Annotation>,
}

/// The citation of a quote.
#[derive(Debug, Serialize, ToSchema)]
struct Annotation {
    /// `url_citation`
    #[serde(rename = "type")]
    kind: &'static str,
    url_citation: UrlCitation,
}

/// A part of the message and its source.
#[derive(Debug, Serialize, ToSchema)]
struct UrlCitation {
    /// The position of the first character of the quote in `content`.
    start_index: usize,
    /// The position after its last character.
    end_index: usize,
    /// The interview, the question and the answer.
    title: String,
    /// The permalink of the words.
    url: String,
}

/// The token counts. They are 0, because nothing is generated.
#[derive(Debug, Default, Serialize, ToSchema)]
#[expect(clippy::struct_field_names, reason = "clients know them by these names")]
struct Usage {
    prompt_tokens: usize,
    completion_tokens: usize,
    total_tokens: usize,
}

/// Chat completions
///
/// Serves any client of the `OpenAI` chat interface. The answer is quotes with citations. If nobody said it, the answer
/// is a refusal.
#[utoipa::path(
    post,
    path = "/v1/chat/completions",
    tag = "Asking",
    request_body = ChatRequest,
    responses(
        (status = 200, description = "Quotes, or a refusal", body = ChatCompletion),
        (status = 400, description = "There is no query in it", body = ChatError),
        (status = 503, description = "Too much is asked at once", body = ChatError),
    )
)]
pub(crate) async fn complete(
    State(site): State<Site>,
    reader: Locale,
    _: SameSite,
    origin: Origin,
    request: Result<Json<ChatRequest>, JsonRejection>,
) -> Result<Response, Failure> {
    let failed = |problem| reader.failure(problem);
    let Json(request) = request.map_err(|_| failed(WebProblem::BadRequest))?;
    let stream = request.stream;
    let mut queries = request.queries();
    let query = queries.pop().ok_or_else(|| failed(WebProblem::NoQuery))?;
    let before = queries.split_off(queries.len().saturating_sub(MAX_EARLIER_QUERIES));
    before.iter().chain([&query]).try_for_each(|query| check_length(query)).map_err(failed)?;
    let asked = move |site: &Site, corpus: &Corpus| {
        let mut last: Option<Arc<Reply>> = None;
        for earlier in &before {
            last = match site.ask(corpus, earlier, SearchOptions { after: last.as_deref(), ..SearchOptions::default() })
            {
                // An error in an earlier message was reported at that time.
                Err(Error::Query(_)) => last,
                reply => Some(reply?),
            };
        }
        let reply = site.ask(corpus, &query, SearchOptions { after: last.as_deref(), ..SearchOptions::default() })?;
        let context = PageContext { corpus, text: language(&query), address: &Address::default() };
        Said::new(context, &reply, &origin.0)
    };
    let said = site.with_corpus(Work::Query, asked).await.map_err(failed)?;
    let completion = ChatCompletion::new(said);
    Ok(if stream { completion.streamed() } else { Json(completion).into_response() })
}

/// Models
///
/// Lists the only model, for clients that ask first.
#[utoipa::path(get, path = "/v1/models", tag = "Asking", responses((status = 200, description = "The list", body = Value)))]
pub(crate) async fn models() -> Json<Value> {
    Json(json!({
        "object": "list",
        "data": [{ "id": MODEL, "object": "model", "created": 0, "owned_by": "yuanhua" }],
    }))
}

impl ChatRequest {
    /// Returns the queries of the user, oldest first.
    fn queries(&self) -> Vec<String> {
        let of_user = self.messages.iter().filter(|message| message.role == "user");
        of_user.map(Message::text).filter(|text| !text.is_empty()).collect()
    }
}

impl Message {
    fn text(&self) -> String {
        let text = match &self.content {
            Value::String(text) => text.clone(),
            Value::Array(parts) => parts.iter().filter_map(|part| part["text"].as_str()).collect::<Vec<_>>().join("\n"),
            _ => String::new(),
        };
        text.trim().to_owned()
    }
}

/// Returns the interface language that fits the query, because a chat client does not name its language.
fn language(query: &str) -> &'static Messages {
    DisplayLanguage::of_text(Script::of(query), query).messages()
}

impl Said {
    fn new(context: PageContext<'_>, reply: &Reply, origin: &str) -> Result<Self, WebProblem> {
        let PageContext { corpus, text, .. } = context;
        let turn = TurnView::new(context, 1, reply, Vec::new())?;
        let mut message = turn.verdict;
        for note in turn.coming.map(|(note, _)| note.to_string()).into_iter().chain(turn.only_best) {
            message = message + "\n\n" + &note;
        }
        let mut annotations = Vec::new();
        for quote in &reply.quotes {
            let entry = ExportedQuote::of(corpus, quote)?.from_origin(origin);
            let quoted = entry.pasted(ExportFormat::Text, text.export);
            message += "\n\n";
            // The annotation covers the words alone, letter for letter, without the text around them.
            let words = entry.text.trim();
            let before = quoted.find(words).unwrap_or(0);
            let start_index = message.chars().count() + quoted[..before].chars().count();
            message += &quoted;
            let citation = &entry.citation;
            let url_citation = UrlCitation {
                start_index,
                end_index: start_index + words.chars().count(),
                title: format!("{} · {} · {}", entry.title, citation.question, citation.answer),
                url: citation.permalink.clone(),
            };
            annotations.push(Annotation { kind: "url_citation", url_citation });
        }
        let refusal = (reply.verdict == Verdict::NotSaid).then(|| message.clone());
        Ok(Self { role: "assistant", content: message, refusal, annotations })
    }
}

impl ChatCompletion {
    fn new(message: Said) -> Self {
        let id = sha256_hex(&[message.content.as_bytes()]);
        Self {
            id: format!("chatcmpl-{}", &id[..24]),
            object: "chat.completion",
            created: OffsetDateTime::now_utc().unix_timestamp(),
            model: MODEL,
            choices: vec![Choice { index: 0, message, finish_reason: "stop", logprobs: () }],
            usage: Usage::default(),
        }
    }

    /// Sends the completion as server-sent events. It is all known at once, so it comes in one piece.
    fn streamed(self) -> Response {
        let chunk = |delta: Value, finish: Option<&str>| {
            let choice = json!({ "index": 0, "delta": delta, "finish_reason": finish, "logprobs": null });
            json!({
                "id": self.id,
                "object": "chat.completion.chunk",
                "created": self.created,
                "model": self.model,
                "choices": [choice],
            })
        };
        let said = self.choices.first().map(|choice| &choice.message);
        let first = chunk(json!(said), None);
        let last = chunk(json!({}), Some("stop"));
        let body = format!("data: {first}\n\ndata: {last}\n\ndata: [DONE]\n\n");
        ([(CONTENT_TYPE, "text/event-stream")], body).into_response()
    }
}
