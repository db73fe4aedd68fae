//! Tests of what assistants get: quotes with citations, or that nobody said it. They get it over standard streams and
//! over HTTP, behind the same admission and limits as every page.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use yuanhua::config::Admission;
use yuanhua::retrieval::corpus::Corpus;
use yuanhua::web::{Site, app};
use yuanhua::{library, transcript};

use crate::support::json_schema::assert_fits;
use crate::support::site::{body, encoder, fixture};
use crate::support::{binary, project};

const VERSION: &str = "2025-06-18";
const TOOLS: [&str; 4] = ["ask", "get_answer", "list_interviews", "verify_quotes"];

fn message(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params })
}

fn hello() -> Value {
    let client = json!({ "name": "test", "version": "1" });
    json!({ "protocolVersion": VERSION, "capabilities": {}, "clientInfo": client })
}

fn posted() -> axum::http::request::Builder {
    Request::post("/mcp")
        .header(header::HOST, "localhost:8080")
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::ACCEPT, "application/json, text/event-stream")
        .header("mcp-protocol-version", VERSION)
}

/// Returns the reply to one request over HTTP.
async fn over_http(site: &Site, method: &str, params: Value) -> Value {
    let message = message(method, &params);
    let request = posted().body(Body::from(message.to_string())).expect("a request");
    let response = app(site.clone()).oneshot(request).await.expect("a response");
    assert_eq!(response.status(), StatusCode::OK, "{method}");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{method}");
    serde_json::from_str(&body(response).await).expect("JSON")
}

/// Returns the structured content of a tool's result. The text says the same, and the schema describes it.
async fn called(site: &Site, tool: &str, arguments: Value) -> Value {
    let reply = over_http(site, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    let result = &reply["result"];
    assert_eq!(result["isError"], false, "{reply}");
    let structured = result["structuredContent"].clone();
    let text = result["content"][0]["text"].as_str().expect("text");
    assert_eq!(serde_json::from_str::<Value>(text).expect("JSON"), structured);
    let tools = over_http(site, "tools/list", json!({})).await["result"]["tools"].clone();
    let described = tools.as_array().expect("tools").iter().find(|one| one["name"] == tool).expect("the tool");
    let schema = &described["outputSchema"];
    assert_fits(schema, schema, &structured, tool);
    structured
}

/// Returns the sentence that says why a tool gives nothing.
async fn refused(site: &Site, tool: &str, arguments: Value) -> String {
    let reply = over_http(site, "tools/call", json!({ "name": tool, "arguments": arguments })).await;
    if let Some(told) = reply["error"]["message"].as_str() {
        return told.to_owned();
    }
    assert_eq!(reply["result"]["isError"], true, "{reply}");
    reply["result"]["content"][0]["text"].as_str().expect("a sentence").to_owned()
}

/// Collects every quote and sentence anywhere in a value, with its citation.
fn quoted(value: &Value, found: &mut Vec<(String, Value)>) {
    if let (Some(text), Some(citation)) = (value["text"].as_str(), value.get("citation")) {
        found.push((text.to_owned(), citation.clone()));
    }
    let inside: Vec<&Value> = match value {
        Value::Object(of) => of.values().collect(),
        Value::Array(of) => of.iter().collect(),
        _ => Vec::new(),
    };
    for value in inside {
        quoted(value, found);
    }
}

fn several() -> Corpus {
    let read = |name: &str, who: &str| {
        let text = format!(
            "Q1.您下班以后做什么?\nA1 {who}：我每天下班以后去江边跑步,跑五公里。\nA2 我下班以后也跑步,但是只在周末跑。\n\
             Q2.您怎么上班?\nA1 我骑自行车上班,骑二十分钟。\n"
        );
        transcript::read(name, text.as_bytes()).expect("an interview").0
    };
    let names: Vec<String> = (0..7).map(|number| format!("{number} 号访谈")).collect();
    library::build(names.iter().map(|name| read(name, &format!("我是{name}"))).collect(), encoder())
        .expect("it indexes")
}

#[tokio::test]
async fn an_assistant_is_told_to_quote_only_what_it_was_given() {
    let site = Site::new(fixture());
    let told = over_http(&site, "initialize", hello()).await["result"].clone();
    assert_eq!((&told["protocolVersion"], &told["serverInfo"]["name"]), (&json!(VERSION), &json!("yuanhua")));
    assert!(told["capabilities"]["tools"].is_object() && told["capabilities"]["resources"].is_object());
    let instructions = told["instructions"].as_str().expect("instructions");
    for rule in ["letter for letter", "citation", "nobody said it", "speaker_undecided", "permalink"] {
        assert!(instructions.contains(rule), "{rule}");
    }
}

#[tokio::test]
async fn each_tool_is_read_only_closed_and_says_what_it_takes_and_gives() {
    let tools = over_http(&Site::new(fixture()), "tools/list", json!({})).await["result"]["tools"].clone();
    let mut names: Vec<&str> =
        tools.as_array().expect("tools").iter().filter_map(|tool| tool["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, TOOLS);
    for tool in tools.as_array().expect("tools") {
        let hints = &tool["annotations"];
        assert_eq!((&hints["readOnlyHint"], &hints["openWorldHint"]), (&json!(true), &json!(false)), "{tool}");
        assert_eq!(hints["destructiveHint"], false);
        for schema in ["inputSchema", "outputSchema"] {
            assert_eq!(tool[schema]["type"], "object", "{tool}");
            // Formats that only Rust knows make validators warn.
            assert!(!tool[schema].to_string().contains("\"uint"), "{tool}");
        }
        assert!(tool["title"].is_string() && tool["description"].is_string());
    }
}

#[tokio::test]
async fn a_quote_is_what_the_source_says_and_its_addresses_lead_back_to_it() {
    let (corpus, site) = (fixture(), Site::new(fixture()));
    let asked = called(&site, "ask", json!({ "query": "公司会报销网费吗?" })).await;
    assert_eq!(asked["verdict"], "said", "{asked}");
    let mut all = Vec::new();
    quoted(&asked, &mut all);
    assert!(!all.is_empty());
    for (text, citation) in all {
        assert!(corpus.transcripts[0].text().contains(&text), "{text}");
        let permalink = citation["permalink"].as_str().expect("a permalink");
        assert!(permalink.starts_with("http://localhost:8080/q/"), "{permalink}");
        let uri = citation["resource"].as_str().expect("a resource");
        let read = over_http(&site, "resources/read", json!({ "uri": uri })).await;
        let contents = read["result"]["contents"][0]["text"].as_str().expect("text");
        let contents: Value = serde_json::from_str(contents).expect("JSON");
        assert_eq!(contents["text"], text.as_str());
        for address in [permalink, uri] {
            let whole = called(&site, "get_answer", json!({ "permalink": address })).await;
            assert_eq!(whole["quoted"]["text"], text.as_str());
            let words: String =
                whole["parts"].as_array().expect("parts").iter().filter_map(|part| part["text"].as_str()).collect();
            assert!(words.contains(&text), "{words}");
        }
    }
    let asked = called(&site, "ask", json!({ "query": "公司會報銷網費嗎?", "script": "traditional" })).await;
    assert!(asked["quotes"][0]["text"].as_str().expect("text").contains("報銷"), "{asked}");
}

#[tokio::test]
async fn when_nobody_said_it_there_is_nothing_to_quote() {
    let asked = called(&Site::new(fixture()), "ask", json!({ "query": "火星上的恐龙化石值多少比特币?" })).await;
    assert_eq!(asked["verdict"], "not_said", "{asked}");
    assert_eq!(asked["quotes"], json!([]));
    assert!(asked["statement"].as_str().expect("a sentence").starts_with("Nobody said it"), "{asked}");
}

#[tokio::test]
async fn pages_hold_everything_once_and_in_one_order() {
    let site = Site::new(several());
    let all = called(&site, "ask", json!({ "query": "跑步", "limit": 20 })).await;
    let texts = |page: &Value| -> Vec<Value> {
        let quotes = page["quotes"].as_array().expect("quotes");
        quotes.iter().map(|quote| quote["citation"]["permalink"].clone()).collect()
    };
    assert!(texts(&all).len() > 2, "{all}");
    let (mut found, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let page = called(&site, "ask", json!({ "query": "跑步", "limit": 2, "cursor": cursor })).await;
        found.extend(texts(&page));
        match page.get("next_cursor") {
            Some(next) => cursor = next.clone(),
            None => break,
        }
    }
    assert_eq!(found, texts(&all));

    let (mut names, mut cursor) = (Vec::new(), Value::Null);
    loop {
        let page = called(&site, "list_interviews", json!({ "limit": 3, "cursor": cursor })).await;
        assert_eq!(page["total"], 7);
        names.extend(page["interviews"].as_array().expect("interviews").iter().map(|one| one["name"].clone()));
        match page.get("next_cursor") {
            Some(next) => cursor = next.clone(),
            None => break,
        }
    }
    let wanted: Vec<Value> = (0..7).map(|number| json!(format!("{number} 号访谈"))).collect();
    assert_eq!(names, wanted);
}

#[tokio::test]
async fn a_cursor_of_quotes_is_refused_once_the_library_has_changed() {
    let page = called(&Site::new(several()), "ask", json!({ "query": "跑步", "limit": 1 })).await;
    let cursor = page["next_cursor"].clone();
    assert!(cursor.is_string(), "{page}");
    for (site, arguments) in [
        (Site::new(fixture()), json!({ "query": "跑步", "limit": 1, "cursor": cursor })),
        (Site::new(several()), json!({ "query": "骑车", "limit": 1, "cursor": cursor })),
    ] {
        assert!(refused(&site, "ask", arguments).await.contains("begin again"));
    }
}

#[tokio::test]
async fn a_long_answer_comes_in_parts_that_leave_nothing_out() {
    let sentence = "我们的食堂在三楼,中午十二点开门,去晚了就没有位子。";
    let text = format!("Q1.食堂怎么样?\nA1 {}{}\n", sentence.repeat(200), "没有标点的话".repeat(2_000));
    let (of, _) = transcript::read("canteen", text.as_bytes()).expect("an interview");
    let whole: String = of.text().chars().filter(|c| !c.is_whitespace()).collect();
    let site = Site::new(library::build(vec![of], encoder()).expect("it indexes"));
    let (mut words, mut cursor) = (String::new(), Value::Null);
    loop {
        let arguments = json!({ "interview": "canteen", "question": "q1", "limit": 3, "cursor": cursor });
        let page = called(&site, "get_answer", arguments).await;
        words.extend(page["parts"].as_array().expect("parts").iter().filter_map(|part| part["text"].as_str()));
        match page.get("next_cursor") {
            Some(next) => cursor = next.clone(),
            None => break,
        }
    }
    let words: String = words.chars().filter(|c| !c.is_whitespace()).collect();
    assert!(whole.ends_with(&words) && words.starts_with("我们的食堂"), "{}", words.len());
}

#[tokio::test]
async fn bad_input_is_told_in_a_sentence_with_a_remedy() {
    let site = Site::new(fixture());
    for (tool, arguments, remedy) in [
        ("ask", json!({ "query": " " }), "a `query` is needed"),
        ("ask", json!({ "query": "x".repeat(2001) }), "2000 characters at most"),
        ("ask", json!({ "query": "a", "limit": 0 }), "from 1 to 20"),
        ("ask", json!({ "query": "a", "cursor": "6.nonsense" }), "begin again"),
        ("ask", json!({ "query": "who:nobody" }), "nobody here is called nobody"),
        ("ask", json!({ "question": "a" }), "query"),
        ("get_answer", json!({}), "permalink"),
        ("get_answer", json!({ "permalink": "/q/nonsense" }), "permalink"),
        ("get_answer", json!({ "interview": "remote-work", "question": "Q99" }), "there is no question Q99 here"),
        ("get_answer", json!({ "interview": "nowhere", "question": "Q1" }), "no transcript here is called nowhere"),
        ("list_interviews", json!({ "cursor": "nonsense" }), "begin again"),
    ] {
        let told = refused(&site, tool, arguments.clone()).await;
        assert!(told.contains(remedy) && !told.contains("panicked"), "{arguments}: {told}");
    }
    for uri in ["yuanhua://t/00000000", "yuanhua://q/a/b", "file:///etc/passwd", ""] {
        let told = over_http(&site, "resources/read", json!({ "uri": uri })).await;
        assert!(told["error"]["message"].is_string(), "{uri}: {told}");
    }
}

#[tokio::test]
async fn an_assistant_can_check_what_it_wrote() {
    let site = Site::new(fixture());
    let text = "有人说：“公司给每个人发了一台显示器,还报销网费。”\n\n另一个人说：“公司给每个人发了两台显示器,还报销房租和水电。”\n";
    let all = called(&site, "verify_quotes", json!({ "text": text })).await;
    assert_eq!((&all["hold"], &all["fail"]), (&json!(1), &json!(1)), "{all}");
    assert_eq!((&all["quotations"][0]["finding"], &all["quotations"][0]["holds"]), (&json!("exact"), &json!(true)));
    assert!(all["quotations"][0]["places"][0]["permalink"].as_str().expect("a link").contains("/q/"), "{all}");
    assert_eq!(all["quotations"][1]["holds"], false);
    let first = called(&site, "verify_quotes", json!({ "text": text, "limit": 1 })).await;
    let arguments = json!({ "text": text, "limit": 1, "cursor": first["next_cursor"] });
    let second = called(&site, "verify_quotes", arguments).await;
    assert_eq!(second["quotations"][0], all["quotations"][1]);
    assert!(second.get("next_cursor").is_none());
    assert!(refused(&site, "verify_quotes", json!({ "text": "" })).await.contains("`text`"));
}

#[tokio::test]
async fn interviews_are_resources_and_permalinks_are_templates() {
    let site = Site::new(fixture());
    let listed = over_http(&site, "resources/list", json!({})).await["result"]["resources"].clone();
    let uri = listed[0]["uri"].as_str().expect("a resource");
    let read = over_http(&site, "resources/read", json!({ "uri": uri })).await;
    let words = read["result"]["contents"][0]["text"].as_str().expect("text");
    assert!(words.contains("\nA1") && words.contains("公司给每个人发了一台显示器"), "{words}");
    let templates =
        over_http(&site, "resources/templates/list", json!({})).await["result"]["resourceTemplates"].clone();
    let templates: Vec<&str> =
        templates.as_array().expect("templates").iter().filter_map(|one| one["uriTemplate"].as_str()).collect();
    assert_eq!(templates, ["yuanhua://t/{source_sha256}", "yuanhua://q/{source}/{words}"]);
}

#[tokio::test]
async fn no_other_site_and_nobody_without_the_token_gets_through() {
    let status = async |site: Site, name: header::HeaderName, value: &str| {
        let message = message("tools/list", &json!({}));
        let mut request = posted().body(Body::from(message.to_string())).expect("a request");
        request.headers_mut().insert(name, value.parse().expect("a header"));
        let response = app(site).oneshot(request).await.expect("a response");
        let status = response.status();
        if status != StatusCode::OK {
            assert!(!body(response).await.contains("远程办公"));
        }
        status
    };
    let open = || Site::new(fixture());
    let locked = || open().with_admission(&Admission::Token("a-token-that-nobody-guesses".into()));
    for (value, expected) in [
        ("http://localhost:8080", StatusCode::OK),
        ("http://localhost:8081", StatusCode::FORBIDDEN),
        ("http://evil.example", StatusCode::FORBIDDEN),
        ("null", StatusCode::FORBIDDEN),
    ] {
        assert_eq!(status(open(), header::ORIGIN, value).await, expected, "{value}");
    }
    assert_eq!(status(open(), header::HOST, "evil.example").await, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(status(locked(), header::ACCEPT_LANGUAGE, "en").await, StatusCode::UNAUTHORIZED);
    let bearer = "Bearer a-token-that-nobody-guesses";
    assert_eq!(status(locked(), header::AUTHORIZATION, bearer).await, StatusCode::OK);
}

#[tokio::test]
async fn what_is_no_message_is_refused_and_costs_nothing() {
    let site = Site::new(fixture());
    let send = async |request: Request<Body>| app(site.clone()).oneshot(request).await.expect("a response").status();
    let request = |bytes: Vec<u8>| posted().body(Body::from(bytes)).expect("a request");
    assert!(send(request(b"{ half".to_vec())).await.is_client_error());
    assert!(send(request(vec![b' '; (1 << 20) + 1])).await.is_client_error());
    for method in ["GET", "DELETE"] {
        let request = Request::builder().method(method).uri("/mcp").header(header::HOST, "localhost:8080");
        let request = request.header(header::ACCEPT, "text/event-stream").body(Body::empty()).expect("a request");
        assert_eq!(send(request).await, StatusCode::METHOD_NOT_ALLOWED, "{method}");
    }
}

/// The real program, used as an assistant uses it.
struct Assistant {
    program: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    id: u64,
}

impl Assistant {
    fn over(path: &str) -> Self {
        let mut program = binary();
        program.args(["mcp", "--data"]).arg(project(path));
        let mut program =
            program.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
        let to = program.stdin.take().expect("its input");
        let from = BufReader::new(program.stdout.take().expect("its output"));
        Self { program, to, from, id: 0 }
    }

    fn tell(&mut self, line: &Value) {
        writeln!(self.to, "{line}").expect("it listens");
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        self.tell(&json!({ "jsonrpc": "2.0", "id": self.id, "method": method, "params": params }));
        let mut line = String::new();
        self.from.read_line(&mut line).expect("it answers");
        let reply: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("only JSON: {line}"));
        assert_eq!(reply["id"], self.id, "{reply}");
        reply["result"].clone()
    }
}

#[test]
fn the_program_speaks_to_an_assistant_by_lines_and_ends_with_it() {
    let mut assistant = Assistant::over("tests/fixtures/remote-work.txt");
    let told = assistant.ask("initialize", &hello());
    assert_eq!(told["protocolVersion"], VERSION);
    assistant.tell(&json!({ "jsonrpc": "2.0", "method": "notifications/initialized" }));
    let tools = assistant.ask("tools/list", &json!({}));
    assert_eq!(tools["tools"].as_array().map(Vec::len), Some(TOOLS.len()));
    let called = assistant.ask("tools/call", &json!({ "name": "ask", "arguments": { "query": "公司会报销网费吗?" } }));
    let quote = &called["structuredContent"]["quotes"][0];
    assert!(quote["text"].as_str().expect("text").contains("还报销网费"), "{called}");
    let uri = quote["citation"]["resource"].clone();
    assert!(quote["citation"]["permalink"].as_str().expect("text").starts_with("http://127.0.0.1:8080/q/"));
    let read = assistant.ask("resources/read", &json!({ "uri": uri }));
    assert!(read["contents"][0]["text"].as_str().expect("text").contains("还报销网费"));
    let Assistant { mut program, to, .. } = assistant;
    drop(to);
    assert!(program.wait().expect("it ends").success());
}

#[test]
fn what_is_no_mcp_is_told_so_without_repeating_it() {
    let mut assistant = Assistant::over("tests/fixtures/remote-work.txt");
    assistant.tell(
        &json!({ "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": { "name": "秘密", "arguments": {} } }),
    );
    let Assistant { program, to, .. } = assistant;
    drop(to);
    let output = program.wait_with_output().expect("it ends");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("秘密"), "{output:?}");
}
