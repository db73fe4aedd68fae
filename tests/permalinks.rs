//! Tests of permalinks, copying, the collection and exports, as the server sends them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;
use yuanhua::retrieval::corpus::{Corpus, Gone};
use yuanhua::search::quote::Permalink;
use yuanhua::transcript::Span;
use yuanhua::web::{Site, app};

use crate::support::site::{body, corpus_of, fixture, get};

const SAID: &str = "还报销网费。";

/// Returns the permalink of `SAID` in the fixture.
fn permalink(corpus: &Corpus) -> String {
    let transcript = &corpus.transcripts[0];
    let start = transcript.text().find(SAID).expect("the words");
    let span = Span::new(transcript.text(), start..start + SAID.len()).expect("a span");
    Permalink::of(transcript, span).to_string()
}

fn source(corpus: &Corpus) -> String {
    corpus.transcripts[0].restored.received().to_owned()
}

async fn at(corpus: Corpus, address: &str) -> (StatusCode, String) {
    let response = get(Site::new(corpus), address, "en").await;
    (response.status(), body(response).await)
}

#[tokio::test]
async fn a_permalink_shows_the_words_with_their_citation() {
    let corpus = fixture();
    let link = permalink(&corpus);
    let (status, page) = at(corpus, &link).await;
    assert_eq!(status, StatusCode::OK);
    for part in [SAID, "This is what the source says", "Q2 · A", "公司提供了哪些支持", "/t/", "#here", "line "]
    {
        assert!(page.contains(part), "{part} in {page}");
    }
}

#[tokio::test]
async fn a_permalink_outlives_a_new_version_of_its_source_and_says_so() {
    let corpus = fixture();
    let (link, text, name) = (permalink(&corpus), source(&corpus), corpus.transcripts[0].name.clone());
    let moved = corpus_of(&name, format!("2026\n\n{text}").as_bytes());
    let (status, page) = at(moved, &link).await;
    assert!(status == StatusCode::OK && page.contains("has changed or is gone") && page.contains(SAID), "{page}");
    let reworded = corpus_of(&name, text.replace(SAID, "不再报销网费。").as_bytes());
    let (status, page) = at(reworded, &link).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(page.contains("not in it any more") && page.contains("/t/") && !page.contains(SAID), "{page}");
    let other = corpus_of("other", text.replace(SAID, "不再报销网费。").as_bytes());
    let (status, page) = at(other, &link).await;
    assert!(status == StatusCode::NOT_FOUND && page.contains("not in the library"), "{page}");
}

#[tokio::test]
async fn a_withdrawn_quote_says_so_and_shows_none_of_its_words() {
    let link = permalink(&fixture());
    let mut whole = corpus_of("other", "Q1.别的？\nA1 别的回答在这里。\n".as_bytes());
    let sources = [fixture().transcripts[0].source_sha256.clone()];
    whole.withdrawn = std::sync::Arc::new(yuanhua::library::WithdrawnSources::of(&sources).expect("a key"));
    let mut one = fixture();
    let text = one.transcripts[0].text();
    let start = text.find(SAID).expect("the words");
    let span = Span::new(text, start..start + SAID.len()).expect("a span");
    let mut transcript = (*one.transcripts[0]).clone();
    for question in &mut transcript.questions {
        question.answers.retain(|answer| !answer.span.contains(span));
    }
    one.transcripts[0] = std::sync::Arc::new(transcript);
    one.gone = vec![Gone { answers: vec![("Q2".into(), "A1".into(), span)], withheld: true, withdrew: true }];
    for corpus in [whole, one] {
        let site = Site::new(corpus);
        for address in [link.clone(), format!("{link}?as=text"), format!("{link}?as=html")] {
            let response = get(site.clone(), &address, "en").await;
            assert_eq!(response.status(), StatusCode::GONE, "{address}");
            let page = body(response).await;
            assert!(page.contains("withdrawn") && !page.contains("网费"), "{page}");
        }
        for address in
            ["/collection?quote=", "/export?as=csv&quote=", "/export?as=markdown&quote=", "/export?as=json&quote="]
        {
            let (address, told) = (format!("{address}{link}"), "This was withdrawn");
            let page = body(get(site.clone(), &address, "en").await).await;
            assert!(page.contains(told) && !page.contains("网费"), "{address}: {page}");
        }
    }
}

#[tokio::test]
async fn a_wrong_permalink_is_reported_and_harms_nothing() {
    let link = permalink(&fixture());
    for bad in ["/q/a/b".to_owned(), link.replace("/q/", "/q/x"), format!("{link}0")] {
        let (status, page) = at(fixture(), &bad).await;
        assert!(status == StatusCode::BAD_REQUEST && page.contains("<h1"), "{bad}: {page}");
    }
    let (status, page) = at(fixture(), &format!("{link}?as=exe")).await;
    assert!(status == StatusCode::BAD_REQUEST && page.contains("No such format"), "{page}");
    let hostile = "/collection?quote=javascript:alert(1)&quote=%22%3E%3Cscript%3Ealert(2)%3C/script%3E";
    let (status, page) = at(fixture(), hostile).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("href=\"javascript") && !page.contains("<script>alert"), "{page}");
}

#[tokio::test]
async fn a_quote_is_served_as_it_is_copied() {
    let link = permalink(&fixture());
    for (format, kind, holds) in [
        ("text", "text/plain; charset=utf-8", "“还报销网费。”\n— Q2 · A"),
        ("markdown", "text/markdown; charset=utf-8", "> 还报销网费。\n"),
        ("html", "text/html; charset=utf-8", "<p>还报销网费。</p></blockquote>"),
    ] {
        let request = Request::get(format!("{link}?as={format}")).header(header::HOST, "localhost:9000");
        let response = app(Site::new(fixture())).oneshot(request.body(Body::empty()).expect("a request")).await;
        let response = response.expect("a response");
        assert_eq!(response.headers()[header::CONTENT_TYPE], kind);
        let text = body(response).await;
        assert!(text.contains(holds) && text.contains(&format!("http://localhost:9000{link}")), "{text}");
    }
    let traditional = at(fixture(), &format!("{link}?as=text&script=traditional")).await.1;
    assert!(traditional.contains("還報銷網費。"), "{traditional}");
}

#[tokio::test]
async fn a_collection_is_shown_in_its_order_and_says_what_is_gone() {
    let link = permalink(&fixture());
    let gone = "/q/0123456789abcdef/aaaaaa.1.2.0123456789abcdef01234567";
    let (status, page) = at(fixture(), &format!("/collection?quote={gone}&quote={link}")).await;
    assert_eq!(status, StatusCode::OK);
    let (first, second) = (page.find("not in the library").expect("told"), page.find(SAID).expect("shown"));
    assert!(first < second && page.contains("1 quote cannot be shown"), "{page}");
    assert!(page.contains("/export?as=docx&#38;quote="), "{page}");
}

#[tokio::test]
async fn a_conversation_is_exported_with_its_verdicts_and_citations() {
    let asked = "q=%E7%BD%91%E8%B4%B9&q=%E9%80%9A%E5%8B%A4";
    for (format, ending) in [("markdown", "md"), ("csv", "csv"), ("docx", "docx"), ("json", "json")] {
        let response = get(Site::new(fixture()), &format!("/export?as={format}&{asked}"), "zh-CN").await;
        assert_eq!(response.status(), StatusCode::OK);
        let named = response.headers()[header::CONTENT_DISPOSITION].to_str().expect("text").to_owned();
        assert!(named.starts_with("attachment; filename=\"yuanhua-2") && named.ends_with(ending), "{named}");
        if format != "docx" {
            let text = body(response).await;
            assert!(text.contains("网费") && text.contains("/q/") && text.contains("通勤"), "{format}: {text}");
        }
    }
    let (status, page) = at(fixture(), &format!("/export?as=exe&{asked}")).await;
    assert!(status == StatusCode::BAD_REQUEST && page.contains("No such format"), "{page}");
    assert_eq!(at(fixture(), "/export?as=csv").await.0, StatusCode::BAD_REQUEST);
}
