//! Tests of what programs get over HTTP: JSON as it is described, problems that they can tell apart, and figures. Chat
//! clients get quotes in place of a model's words.

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use yuanhua::config::Admission;
use yuanhua::web::{Site, app};

use crate::support::json_schema::assert_fits;
use crate::support::site::{body, fixture, get};

async fn document() -> Value {
    serde_json::from_str(&body(get(Site::new(fixture()), "/api/openapi.json", "en").await).await).expect("JSON")
}

/// Returns what a route gives, after a check against its description.
async fn given(document: &Value, address: &str, route: &str, status: &str) -> Value {
    let response = get(Site::new(fixture()), address, "en").await;
    assert_eq!(response.status().as_str(), status, "{address}");
    let kind = response.headers()[header::CONTENT_TYPE].to_str().expect("text").to_owned();
    let value: Value = serde_json::from_str(&body(response).await).expect("JSON");
    let described = &document["paths"][route]["get"]["responses"][status]["content"][kind.as_str()]["schema"];
    assert!(described.is_object(), "{route} {status} {kind} is not described");
    assert_fits(document, described, &value, route);
    value
}

#[tokio::test]
async fn the_description_names_every_route_and_leads_to_nothing_outside_itself() {
    let document = document().await;
    let routes: Vec<&String> = document["paths"].as_object().expect("paths").keys().collect();
    let expected = [
        "/api/answer",
        "/api/ask",
        "/api/interviews",
        "/api/q/{source}/{words}",
        "/api/verify",
        "/export",
        "/v1/chat/completions",
        "/v1/models",
    ];
    assert_eq!(routes, expected);
    let written = document.to_string();
    for reference in written.split("\"$ref\":\"#").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(document.pointer(reference).is_some(), "{reference} leads nowhere");
    }
}

#[tokio::test]
async fn what_is_sent_is_what_the_description_says() {
    let document = document().await;
    let asked =
        given(&document, "/api/ask?q=%E7%BD%91%E8%B4%B9%E6%8A%A5%E9%94%80%E5%90%97&explain=1", "/api/ask", "200").await;
    let permalink = asked["quotes"][0]["citation"]["permalink"].as_str().expect("a permalink");
    given(&document, "/api/ask?q=x&limit=0", "/api/ask", "400").await;
    given(&document, "/api/interviews?limit=1", "/api/interviews", "200").await;
    given(&document, "/api/interviews?cursor=x", "/api/interviews", "400").await;
    let found = given(&document, &format!("/api{permalink}"), "/api/q/{source}/{words}", "200").await;
    assert_eq!(found["text"], asked["quotes"][0]["text"]);
    given(&document, &format!("/api/answer?permalink={permalink}"), "/api/answer", "200").await;
    given(&document, "/api/answer", "/api/answer", "400").await;
    given(&document, "/api/answer?interview=remote-work&question=Q1&answer=A99", "/api/answer", "404").await;
    given(&document, "/export?q=%E7%BD%91%E8%B4%B9&as=json", "/export", "200").await;
}

#[tokio::test]
async fn the_page_about_the_interface_names_every_route() {
    let page = body(get(Site::new(fixture()), "/api", "en").await).await;
    for route in document().await["paths"].as_object().expect("paths").keys() {
        assert!(page.contains(&format!(" {route}</code>")), "{route}");
    }
}

#[tokio::test]
async fn a_program_is_told_of_a_problem_by_its_kind_and_in_its_language() {
    for (language, lang, sentence) in
        [("en", "en", "cursor"), ("zh-CN", "zh-Hans", "游标"), ("zh-TW", "zh-Hant", "游標")]
    {
        let told = get(Site::new(fixture()), "/api/interviews?cursor=x", language).await;
        assert_eq!(told.status(), StatusCode::BAD_REQUEST);
        assert_eq!(told.headers()[header::CONTENT_TYPE], "application/problem+json");
        assert_eq!(told.headers()[header::CONTENT_LANGUAGE], lang);
        let told: Value = serde_json::from_str(&body(told).await).expect("JSON");
        assert_eq!((&told["type"], &told["status"]), (&json!("/api#bad-cursor"), &json!(400)), "{told}");
        assert!(told["detail"].as_str().expect("a sentence").contains(sentence) && told["title"].is_string(), "{told}");
    }
    for (address, kind) in [
        ("/api/nowhere", "/api#nothing-here"),
        ("/api/ask", "/api#no-query"),
        ("/api/ask?q=x&script=latin", "/api#bad-script"),
        ("/api/interviews?limit=many", "/api#bad-request"),
        ("/api/q/0000000000000000/000000.0.1.000000000000000000000000", "/api#unknown-transcript"),
        ("/api/q/a/b", "/api#bad-request"),
    ] {
        let told: Value =
            serde_json::from_str(&body(get(Site::new(fixture()), address, "en").await).await).expect("JSON");
        assert_eq!(told["type"], kind, "{address}: {told}");
    }
    // A person who mistypes an address gets a page.
    assert!(body(get(Site::new(fixture()), "/nowhere", "en").await).await.contains("<h1>"));
}

async fn sent(site: Site, message: &str) -> Response<Body> {
    let request =
        Request::post("/api/verify").header(header::HOST, "localhost:8080").header(header::ACCEPT_LANGUAGE, "en");
    let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from(message.to_owned()));
    app(site).oneshot(request.expect("a request")).await.expect("a response")
}

#[tokio::test]
async fn a_report_that_is_sent_is_told_as_its_description_says() {
    let document = document().await;
    let described = |status: &str, kind: &str| {
        document["paths"]["/api/verify"]["post"]["responses"][status]["content"][kind]["schema"].clone()
    };
    let said = fixture().transcripts[0].clone();
    let (_, question, answer) = said.answers().next().expect("an answer");
    let words = said.words(answer.stretches[0]).trim().lines().next().expect("words").to_owned();
    let asked = said.words(question.span).trim().replace('\n', " ");
    // The report has one quotation for every kind of finding that a library without withdrawals has.
    let altered: String = words.chars().skip(1).collect();
    let first: String = words.chars().take(12).collect();
    let report = format!(
        "“{words}”\n\n“不{words}”\n\n“{altered}天”\n\n“{asked}”\n\n王小明说：“{words}”\n\n“{first}”\n\n“{first}{first}”\n\n“没有人说过的一句话而已，真的没有”\n"
    );
    let reply = sent(Site::new(fixture()), &json!({ "text": report, "format": "markdown" }).to_string()).await;
    assert_eq!(reply.status(), StatusCode::OK);
    let reply: Value = serde_json::from_str(&body(reply).await).expect("JSON");
    assert_fits(&document, &described("200", "application/json"), &reply, "/api/verify");
    let kinds: std::collections::BTreeSet<&str> = reply["quotations"]
        .as_array()
        .into_iter()
        .flatten()
        .flat_map(|one| one["findings"].as_array().into_iter().flatten())
        .filter_map(|finding| finding["finding"].as_str())
        .collect();
    for kind in ["exact", "close", "only_asked", "unknown_speaker", "not_found"] {
        assert!(kinds.contains(kind), "{kind} is not among {kinds:?}");
    }
    for (message, kind) in [
        (r#"{"text": " "}"#, "/api#missing"),
        (r#"{"text": "a", "format": "docx"}"#, "/api#bad-request"),
        ("no JSON", "/api#bad-request"),
    ] {
        let told = sent(Site::new(fixture()), message).await;
        assert_eq!(told.status(), StatusCode::BAD_REQUEST);
        let told: Value = serde_json::from_str(&body(told).await).expect("JSON");
        assert_fits(&document, &described("400", "application/problem+json"), &told, message);
        assert_eq!(told["type"], kind, "{told}");
    }
}

/// This snapshot shows what a change of ours changes for people who build on the interface.
#[tokio::test]
async fn the_description_changes_only_on_purpose() {
    let mut document = document().await;
    // The version of the program is not part of the interface.
    document["info"]["version"] = json!("0.0.0");
    insta::assert_json_snapshot!("openapi", document);
}

async fn chat(site: Site, message: Value) -> Response<Body> {
    let request = Request::post("/v1/chat/completions").header(header::HOST, "localhost:8080");
    let request = request.header(header::CONTENT_TYPE, "application/json").body(Body::from(message.to_string()));
    app(site).oneshot(request.expect("a request")).await.expect("a response")
}

#[tokio::test]
async fn a_chat_client_gets_quotes_with_their_citations_and_no_other_words() {
    let messages =
        json!([{ "role": "system", "content": "Be brief." }, { "role": "user", "content": "公司会报销网费吗?" }]);
    let reply = chat(Site::new(fixture()), json!({ "model": "any", "messages": messages, "temperature": 1 })).await;
    assert_eq!(reply.status(), StatusCode::OK);
    let reply: Value = serde_json::from_str(&body(reply).await).expect("JSON");
    let message = &reply["choices"][0]["message"];
    let content: Vec<char> = message["content"].as_str().expect("text").chars().collect();
    assert_eq!((&message["refusal"], &reply["object"]), (&Value::Null, &json!("chat.completion")));
    let corpus = fixture();
    let annotations = message["annotations"].as_array().expect("annotations");
    assert!(!annotations.is_empty(), "{reply}");
    for annotation in annotations {
        let citation = &annotation["url_citation"];
        let at = |name: &str| usize::try_from(citation[name].as_u64().expect("a number")).expect("small");
        let words: String = content[at("start_index")..at("end_index")].iter().collect();
        assert!(corpus.transcripts[0].text().contains(&words), "{words}");
        assert!(citation["url"].as_str().expect("a link").starts_with("http://localhost:8080/q/"));
    }
    // A message may have parts, and a query may go on from earlier messages.
    let parts = json!([
        { "role": "user", "content": "公司会报销网费吗?" },
        { "role": "assistant", "content": "…" },
        { "role": "user", "content": [{ "type": "text", "text": "为什么?" }] },
    ]);
    assert_eq!(chat(Site::new(fixture()), json!({ "messages": parts })).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn a_chat_client_is_refused_where_nobody_said_it() {
    let messages = json!([{ "role": "user", "content": "火星上的恐龙化石值多少比特币?" }]);
    let reply = chat(Site::new(fixture()), json!({ "messages": messages })).await;
    let reply: Value = serde_json::from_str(&body(reply).await).expect("JSON");
    let message = &reply["choices"][0]["message"];
    assert_eq!(message["annotations"], json!([]));
    assert!(message["refusal"].is_string() && message["refusal"] == message["content"], "{reply}");
}

#[tokio::test]
async fn a_chat_client_may_have_it_streamed() {
    let messages = json!([{ "role": "user", "content": "公司会报销网费吗?" }]);
    let reply = chat(Site::new(fixture()), json!({ "messages": messages, "stream": true })).await;
    assert_eq!(reply.headers()[header::CONTENT_TYPE], "text/event-stream");
    let events = body(reply).await;
    let events: Vec<&str> = events.split("\n\n").filter_map(|event| event.strip_prefix("data: ")).collect();
    assert_eq!(events.last(), Some(&"[DONE]"));
    let first: Value = serde_json::from_str(events[0]).expect("JSON");
    assert!(first["choices"][0]["delta"]["content"].as_str().expect("text").contains("还报销网费"), "{first}");
}

#[tokio::test]
async fn a_chat_client_is_told_of_a_problem_as_it_knows_it() {
    for (message, code) in [
        (json!({ "messages": [] }), "no-query"),
        (json!({ "messages": [{ "role": "assistant", "content": "a" }] }), "no-query"),
        (json!({}), "bad-request"),
        (json!({ "messages": [{ "role": "user", "content": "x".repeat(2001) }] }), "query-too-long"),
    ] {
        let told = chat(Site::new(fixture()), message.clone()).await;
        assert_eq!(told.status(), StatusCode::BAD_REQUEST, "{message}");
        let told: Value = serde_json::from_str(&body(told).await).expect("JSON");
        assert_eq!(told["error"]["code"], code, "{told}");
        assert!(told["error"]["message"].is_string());
    }
    let locked = Site::new(fixture()).with_admission(&Admission::Token("a-token-that-nobody-guesses".into()));
    let told = chat(locked, json!({ "messages": [{ "role": "user", "content": "a" }] })).await;
    assert_eq!(told.status(), StatusCode::UNAUTHORIZED);
    let told: Value = serde_json::from_str(&body(told).await).expect("JSON");
    assert_eq!(told["error"]["code"], "no-token");
}

#[tokio::test]
async fn another_site_cannot_make_a_browser_chat() {
    for (name, value, status) in [
        ("origin", "http://evil.example", StatusCode::FORBIDDEN),
        ("sec-fetch-site", "cross-site", StatusCode::FORBIDDEN),
        ("origin", "http://localhost:8080", StatusCode::OK),
    ] {
        let message = json!({ "messages": [{ "role": "user", "content": "网费" }] });
        let request = Request::post("/v1/chat/completions")
            .header(header::HOST, "localhost:8080")
            .header(header::CONTENT_TYPE, "application/json")
            .header(name, value)
            .body(Body::from(message.to_string()));
        let told = app(Site::new(fixture())).oneshot(request.expect("a request")).await.expect("a response");
        assert_eq!(told.status(), status, "{name}: {value}");
    }
}

#[tokio::test]
async fn figures_count_by_route_and_hold_no_query() {
    let site = Site::new(fixture());
    for address in ["/?q=secret-query", "/api/ask?q=secret-query", "/t/secret-hash", "/secret-query"] {
        let told = get(site.clone(), address, "en").await;
        assert!(told.headers().contains_key("x-request-id"), "{address}");
    }
    let figures = body(get(site.clone(), "/metrics", "en").await).await;
    assert!(!figures.contains("secret"), "{figures}");
    for line in [
        "yuanhua_requests_total{method=\"GET\",route=\"/api/ask\",status=\"200\"} 1",
        "yuanhua_requests_total{method=\"GET\",route=\"none\",status=\"404\"} 1",
        "yuanhua_library{of=\"transcripts\"} 1",
        "yuanhua_request_seconds_count{route=\"/?q\"} 1",
        "yuanhua_requests_total{method=\"GET\",route=\"/t/{hash}\",status=\"404\"} 1",
    ] {
        assert!(figures.contains(line), "{line} is not in {figures}");
    }
    let ready: Value = serde_json::from_str(&body(get(site, "/readyz", "en").await).await).expect("JSON");
    assert_eq!(ready, json!({ "ready": true, "transcripts": 1, "coming": 0 }));
}
