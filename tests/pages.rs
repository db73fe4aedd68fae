//! Tests of the pages as the server sends them, without a browser.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;
use yuanhua::library;
use yuanhua::retrieval::corpus::{Corpus, Hit};
use yuanhua::search::quote::quote;
use yuanhua::search::{Reply, Verdict, VerdictCounts};
use yuanhua::web::{Site, app};

use crate::support::project;
use crate::support::site::{body, corpus_of, fixture, get, html};

/// Returns a reply that does not depend on retrieval. It quotes the passage with these words.
fn reply_with(corpus: &Corpus, query: &str, verdict: Verdict, words: &str) -> Reply {
    let text = corpus.transcripts[0].text();
    let holds = |span: &&yuanhua::transcript::Span| span.of_text(text).is_some_and(|passage| passage.contains(words));
    let span = corpus.passages.iter().find(holds).expect("a passage with the words");
    let passage = corpus.passages.iter().position(|other| other == span).expect("its position");
    let answer = corpus.index.answer_of[passage];
    let quotes = match verdict {
        Verdict::NotSaid => Vec::new(),
        _ => vec![quote(corpus, query, &Hit { answer, passage, score: 0.87 }, None).expect("a quote")],
    };
    let speaking = usize::from(verdict == Verdict::Said);
    let questions = if speaking > 0 { vec![(0, "Q2".to_owned())] } else { Vec::new() };
    let tally = VerdictCounts { speaking, answers: 4, listed: false, questions };
    let read = yuanhua::search::query::read(query).expect("a query");
    Reply {
        query: query.to_owned(),
        verdict,
        asked: true,
        coming: 0,
        reading: None,
        quotes,
        mentions: vec![],
        only_by: vec![],
        all_but: vec![],
        nobody_called: None,
        stance_not_judged: false,
        negation_not_judged: false,
        did_you_mean: None,
        searched_instead: None,
        carried: None,
        explained: vec![],
        read,
        shown: vec![],
        tally,
        strengths: vec![],
    }
}

/// Compares a page with its snapshot, without the hashes in the addresses of static files.
fn snapshot(name: &str, html: &str) {
    insta::with_settings!({ filters => vec![(r"/static/[a-z.]*[0-9a-f]{8,}[^\x22]*", "/static/[file]")] }, {
        insta::assert_snapshot!(name, html);
    });
}

#[tokio::test]
async fn the_start_page_offers_the_interviews_own_questions() {
    let page = html(Site::new(fixture()), "/", "en").await;
    assert!(page.contains("您怎么看待远程办公?") && page.contains("公司提供了哪些支持?"));
    snapshot("start_page", &page);
}

#[tokio::test]
async fn only_questions_that_say_what_they_ask_are_offered() {
    let talk = "Ann: Before we begin.\nQ: Why?\nA: Because.\nQ: How do you work from home?\nA: At a desk.\n";
    let page = html(Site::new(corpus_of("talk", talk.as_bytes())), "/", "en").await;
    let begins = page.split("class=\"starters\"").nth(1).and_then(|rest| rest.split("</ol>").next()).expect("starters");
    assert!(begins.contains("How do you work from home?") && !begins.contains("Why?"), "{begins}");
    assert_eq!(begins.matches("<li>").count(), 1, "{begins}");
}

#[tokio::test]
async fn a_reply_counts_quotes_and_cites() {
    for (name, verdict) in [("said", Verdict::Said), ("related", Verdict::Related), ("not_said", Verdict::NotSaid)] {
        let site =
            Site::with_answerer(fixture(), move |corpus, query, _| Ok(reply_with(corpus, query, verdict, "网费")));
        snapshot(&format!("reply_{name}"), &html(site, "/?q=%E7%BD%91%E8%B4%B9%3F", "zh-CN").await);
    }
}

#[tokio::test]
async fn beside_a_slip_nobody_is_told_to_have_said_nothing() {
    let talk = "主持人：生意怎么样？\n老周：有个网红来拍过视频，第二天排了长队。\n小林：下雨天没人来，我就早点收摊。\n";
    let site = Site::new(corpus_of("talk", talk.as_bytes()));
    // 食频为什么违法: nobody answers it without the slip either.
    let slip = html(site.clone(), "/?q=%E9%A3%9F%E9%A2%91%E4%B8%BA%E4%BB%80%E4%B9%88%E8%BF%9D%E6%B3%95", "zh-CN").await;
    assert!(slip.contains("视频为什么违法</a>") && slip.contains("照输入的写法"), "{slip}");
    assert!(!slip.contains("没有说到的人"), "{slip}");
    // 网洪: somebody uses what was meant.
    let instead = html(site.clone(), "/?q=%E7%BD%91%E6%B4%AA", "zh-CN").await;
    assert!(instead.contains("已改为查找“网红”"), "{instead}");
    assert!(!instead.contains("照输入的写法"), "{instead}");
    let other = html(site, "/?q=%E9%87%8F%E5%AD%90", "zh-CN").await;
    assert!(!other.contains("照输入的写法") && other.contains("没有说到的人"), "{other}");
}

#[tokio::test]
async fn a_citation_leads_to_exactly_its_words() {
    let corpus = fixture();
    let reply = reply_with(&corpus, "网费?", Verdict::Said, "网费");
    let citation = &reply.quotes[0].citation;
    let (hash, start, end) = (&citation.source_sha256[..16], citation.start, citation.end);
    let address = format!("/t/{hash}?span={start}-{end}&mark={start}-{end}");
    let page = html(Site::new(corpus), &address, "en").await;
    assert!(page.contains(&format!("<mark id=\"here\">{}</mark>", reply.quotes[0].text)), "{page}");
    snapshot("source_page", &page);
}

#[tokio::test]
async fn a_wrong_citation_is_a_page_that_says_so() {
    let hash = fixture().transcripts[0].source_sha256[..16].to_owned();
    let wrong = [
        ("/t/0000000000000000".to_owned(), StatusCode::NOT_FOUND),
        (format!("/t/{hash}?span=1-2"), StatusCode::BAD_REQUEST),
        (format!("/t/{hash}?span=9-3"), StatusCode::BAD_REQUEST),
        (format!("/t/{hash}?span=0-99999999"), StatusCode::BAD_REQUEST),
        (format!("/t/{hash}?span=abc"), StatusCode::BAD_REQUEST),
        ("/nowhere".to_owned(), StatusCode::NOT_FOUND),
        (format!("/?q={}", "a".repeat(3_000)), StatusCode::BAD_REQUEST),
    ];
    for (address, status) in wrong {
        let response = get(Site::new(fixture()), &address, "en").await;
        assert_eq!(response.status(), status, "{address}");
        assert!(body(response).await.contains("<h1>"), "{address} gets a page");
    }
}

#[tokio::test]
async fn no_query_and_no_quote_becomes_markup() {
    let hostile = "Q1.<script>alert(1)</script>?\nA1 <img src=x onerror=alert(2)> \"quoted\" & more.\n";
    let corpus = || corpus_of("<b>bold</b>", hostile.as_bytes());
    let hash = corpus().transcripts[0].source_sha256[..16].to_owned();
    for address in ["/", "/?q=%3Cscript%3Ealert(3)%3C%2Fscript%3E%20quoted", &format!("/t/{hash}")] {
        let page = html(Site::new(corpus()), address, "en").await;
        for markup in ["<script>alert", "<img", "<b>bold"] {
            assert!(!page.contains(markup), "{address} holds {markup}");
        }
    }
}

#[tokio::test]
async fn no_page_loads_anything_from_elsewhere() {
    for address in ["/", "/?q=a", "/api/ask?q=a", "/nowhere"] {
        let response = get(Site::new(fixture()), address, "en").await;
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY].to_str().expect("text").to_owned();
        assert!(policy.starts_with("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        let page = body(response).await;
        assert!(!page.contains("http://") && !page.contains("https://"), "{address} names another origin");
        assert!(!page.contains("style=\"") && !page.contains("onclick"), "{address} has inline style or script");
    }
}

/// Another site can point its own name at this machine. It must not be able to read anything.
#[tokio::test]
async fn a_foreign_host_name_gets_nothing_on_any_route() {
    let status = async |method: &str, address: &str, host: &str| {
        let request = Request::builder().method(method).uri(address).header(header::HOST, host);
        let site = Site::new(fixture()).with_host_names(&["interviews.lan".to_owned()]);
        let response = app(site).oneshot(request.body(Body::empty()).expect("a request")).await.expect("a response");
        (response.status(), body(response).await)
    };
    for address in [
        "/",
        "/api/ask?q=a",
        "/library",
        "/library/add",
        "/static/icon.svg",
        "/nowhere",
        "/mcp",
        "/v1/chat/completions",
    ] {
        for method in ["GET", "POST"] {
            let (status, page) = status(method, address, "evil.example:8080").await;
            assert_eq!(status, StatusCode::MISDIRECTED_REQUEST, "{method} {address}");
            assert!(page.contains("--host-name") && page.contains("evil.example"), "{page}");
        }
    }
    for host in ["localhost:8080", "127.0.0.1:8080", "[::1]", "10.0.0.7", "Interviews.lan"] {
        assert_eq!(status("GET", "/", host).await.0, StatusCode::OK, "{host}");
    }
    assert_eq!(status("GET", "http://evil.example/", "localhost").await.0, StatusCode::MISDIRECTED_REQUEST);
}

#[tokio::test]
async fn the_page_speaks_the_readers_language() {
    for (language, lang) in [("zh-CN", "zh-Hans"), ("zh-TW", "zh-Hant"), ("en-GB", "en"), ("fr", "en")] {
        let page = html(Site::new(fixture()), "/", language).await;
        assert!(page.contains(&format!("<html lang=\"{lang}\">")), "{language}");
    }
}

#[tokio::test]
async fn an_error_in_one_query_does_not_affect_the_others() {
    let page = html(Site::new(fixture()), "/?q=q%3A99&q=%22%E7%BD%91%E8%B4%B9%22", "zh-CN").await;
    assert!(page.contains("这里没有问题 99：有 Q1 和 Q2。") && page.contains("class=\"turn said\""), "{page}");
    let response = get(Site::new(fixture()), "/api/ask?q=who%3Anobody", "en").await;
    assert_eq!(response.status(), StatusCode::BAD_REQUEST);
    assert!(body(response).await.contains("here is called nobody"));
}

#[tokio::test]
async fn a_follow_up_shows_what_it_carried_and_how_to_take_it_back() {
    let address = "/?q=%E5%85%AC%E5%8F%B8%E6%8A%A5%E9%94%80%E7%BD%91%E8%B4%B9%E5%90%97%3F%20q%3A2&q=%E4%B8%BA%E4%BB%80%E4%B9%88%3F";
    let page = html(Site::new(fixture()), address, "zh-CN").await;
    assert!(page.contains("理解为：公司报销网费吗? 为什么? q:2"), "{page}");
    let drop = "&#38;drop=filter%3Aq%3A2#turn-2";
    assert!(page.contains(drop), "{page}");
    let fewer = html(Site::new(fixture()), &format!("{address}&drop=filter%3Aq%3A2"), "zh-CN").await;
    assert!(!fewer.contains(drop) && fewer.contains("<input type=\"hidden\" name=\"drop\" value=\"filter:q:2\">"));
    let api = "/api/ask?q=%E8%BF%98%E6%9C%89%E5%90%97%3F&after=%E7%BD%91%E8%B4%B9&explain=1";
    let reply: serde_json::Value =
        serde_json::from_str(&body(get(Site::new(fixture()), api, "en").await).await).expect("JSON");
    assert_eq!(reply["carried"]["reading"], "others");
    assert_eq!(reply["carried"]["read_as"], "网费");
}

#[tokio::test]
async fn a_reply_never_hangs_on_a_history_that_was_cut() {
    let chain = format!("/?q=%E7%BD%91%E8%B4%B9{}", "&q=%E4%B8%BA%E4%BB%80%E4%B9%88%3F".repeat(9));
    let page = html(Site::new(fixture()), &chain, "zh-CN").await;
    assert_eq!(page.matches("<section class=\"turn").count(), 11, "ten turns and the pending one's template");
    assert_eq!(page.matches("turn earlier").count(), 2, "two of them are questions that lead to their replies");
    let tenth = page.split("id=\"turn-10\"").nth(1).expect("the tenth turn");
    assert!(tenth.contains("read-as") && tenth.contains("网费"), "the tenth still goes on from the first");
    let forty_one = format!("/?q=1{}", "&q=1".repeat(40));
    let refused = get(Site::new(fixture()), &forty_one, "en").await;
    assert_eq!(refused.status(), StatusCode::BAD_REQUEST);
    assert!(body(refused).await.contains("too long"), "no turn is left out silently");
}

#[tokio::test]
async fn a_traditional_source_is_shown_to_its_readers_as_it_is() {
    // A detour through Simplified would turn 台 into 臺, and 里 into 裡.
    let talk = "主持人：您在台灣怎麼工作？\n小王：我在台北的家裡工作，週末去村里走走，這樣很好。\n";
    let page = html(Site::new(corpus_of("talk", talk.as_bytes())), "/", "zh-TW").await;
    assert!(page.contains("您在台灣怎麼工作？"), "{page}");
    let page = html(Site::new(corpus_of("talk", talk.as_bytes())), "/", "zh-CN").await;
    assert!(page.contains("您在台湾怎么工作？"), "{page}");
}

#[tokio::test]
async fn the_api_gives_the_reply_of_the_command_line() {
    let response = get(Site::new(fixture()), "/api/ask?q=%E7%BD%91%E8%B4%B9&limit=1", "en").await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "application/json");
    let over_http: serde_json::Value = serde_json::from_str(&body(response).await).expect("JSON");
    let fixture = project("tests/fixtures/remote-work.txt").display().to_string();
    let printed = crate::support::printed(&["ask", "网费", "--json", "--limit", "1", "--data", &fixture]);
    assert_eq!(over_http, serde_json::from_str::<serde_json::Value>(&printed).expect("JSON"));
}

#[tokio::test]
async fn the_received_text_is_always_reachable() {
    let source = library::source(project("data/ai-customer-service.txt"), 1 << 20).expect("bundled");
    let corpus = corpus_of(&source.name, &source.bytes);
    let hash = corpus.transcripts[0].source_sha256[..16].to_owned();
    let response = get(Site::new(corpus), &format!("/t/{hash}/received"), "en").await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/plain; charset=utf-8");
    assert_eq!(body(response).await.as_bytes(), source.bytes);
}
