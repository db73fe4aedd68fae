//! Checks that kept questions tell who is new and who is lost, keep no words, and make a report that verifies.

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt as _;
use yuanhua::web::{Site, app};

use crate::support::site::{body, html};
use crate::support::{printed, yuanhua};

const BEES: &str = "养蜂的人\n\n记者：养蜂最难的是什么？\n周大山：冬天要给蜂喂糖水，夜里也要起来看。\n李小河：最难的是没人帮忙搬蜂箱，腰都断了。\n";
const PEARS: &str = "种梨的人\n\n记者：种梨最难的是什么？\n王秀英：春天要请蜂来授粉，糖水也得备着，一棵都不能漏。\n";
/// A query in quotation marks lists the answers that hold these words, without any probability.
const QUERY: &str = "\"糖水\"";

fn path(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn new_and_lost_voices_are_told_and_no_words_are_kept() {
    let (folder, from) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let data = path(folder.path());
    for (name, text) in [("bees.txt", BEES), ("pears.txt", PEARS)] {
        fs::write(from.path().join(name), text).expect("written");
    }
    printed(&["--data", &data, "add", &path(&from.path().join("bees.txt"))]);
    let kept = printed(&["--data", &data, "saved", "--keep", QUERY, "--lang", "en"]);
    assert!(kept.contains("1 of 2 answers matches.") && kept.contains("The same voices as on"), "{kept}");

    printed(&["--data", &data, "add", &path(&from.path().join("pears.txt"))]);
    let told = printed(&["--data", &data, "saved", "--lang", "en"]);
    assert!(told.contains("2 of 3 answers match.") && told.contains("1 voice new since"), "{told}");
    assert!(told.contains("+ New: 春天要请蜂来授粉"), "{told}");
    // A new voice is told until somebody has seen it.
    let told = printed(&["--data", &data, "saved", "--seen", "--lang", "en"]);
    assert!(told.contains("1 voice new"), "{told}");
    let file = folder.path().join(".yuanhua/questions.json");
    let stored = fs::read_to_string(&file).expect("kept");
    assert!(stored.contains("/q/") && !stored.contains("授粉") && !stored.contains("夜里"), "{stored}");

    printed(&["--data", &data, "withdraw", "bees", "--interviewee", "周大山"]);
    let told: Value = serde_json::from_str(&printed(&["--data", &data, "saved", "--json"])).expect("JSON");
    let one = &told[0];
    assert_eq!((&one["speaking"], &one["speaking_then"]), (&1.into(), &2.into()), "{told}");
    assert_eq!((&one["lost"][0]["why"], one["new"].as_array().map(Vec::len)), (&"withdrawn".into(), Some(0)), "{told}");
    assert!(!told.to_string().contains("夜里"), "{told}");
    printed(&["--data", &data, "saved", "--forget", QUERY]);
    assert!(printed(&["--data", &data, "saved", "--lang", "en"]).contains("No question is kept yet."));
}

#[test]
fn a_question_with_withdrawn_words_is_forgotten_with_them() {
    let (folder, from) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let data = path(folder.path());
    fs::write(from.path().join("bees.txt"), BEES).expect("written");
    printed(&["--data", &data, "add", &path(&from.path().join("bees.txt"))]);
    printed(&["--data", &data, "saved", "--keep", "谁说“最难的是没人帮忙搬蜂箱，腰都断了”", "--keep", QUERY]);
    printed(&["--data", &data, "withdraw", "bees", "--interviewee", "李小河"]);
    let stored = fs::read_to_string(folder.path().join(".yuanhua/questions.json")).expect("kept");
    assert!(!stored.contains("腰都断了") && stored.contains("糖水"), "{stored}");
}

#[test]
fn a_report_counts_with_the_denominator_says_how_it_was_made_and_verifies() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = path(folder.path());
    fs::write(folder.path().join("bees.txt"), BEES).expect("written");
    fs::write(folder.path().join("pears.txt"), PEARS).expect("written");
    let asked = printed(&["--data", &data, "ask", QUERY, "--json"]);
    let asked: Value = serde_json::from_str(&asked).expect("JSON");
    let link = asked["quotes"][0]["citation"]["permalink"].as_str().expect("a permalink").to_owned();
    for (format, ending) in [("markdown", "md"), ("docx", "docx"), ("html", "html")] {
        let out = path(&folder.path().with_extension(ending));
        let args =
            ["--data", &data, "report", QUERY, "养蜂最难的是什么？", "--quote", &link, "--as", format, "--out", &out];
        printed(&args);
        let verified = yuanhua(&["--data", &data, "verify", &out, "--json"]);
        let verified: Value = serde_json::from_slice(&verified.stdout).expect("JSON");
        assert_eq!(verified["fail"], 0, "{format}: {verified:#}");
        assert!(verified["hold"].as_u64().is_some_and(|hold| hold >= 3), "{format}: {verified:#}");
        if format != "docx" {
            let text = fs::read_to_string(&out).expect("written");
            for part in ["3 个回答中有 2 个符合", "制作方法", "SHA-256", env!("CARGO_PKG_VERSION"), "收藏的原话"]
            {
                assert!(text.contains(part), "{part} is not in {text}");
            }
        }
        fs::remove_file(out).expect("removed");
    }
}

#[tokio::test]
async fn the_page_keeps_a_question_for_our_own_forms_only() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bees.txt"), BEES).expect("written");
    let site = Site::of_library(crate::support::library::open_library(folder.path()));
    let post = async |address: &str, from: &str| {
        let request = Request::post(address)
            .header("sec-fetch-site", from)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from("query=%22%E7%B3%96%E6%B0%B4%22"));
        app(site.clone()).oneshot(request.expect("a request")).await.expect("a response")
    };
    assert_eq!(post("/saved/keep", "cross-site").await.status(), StatusCode::FORBIDDEN);
    assert!(html(site.clone(), "/saved", "en").await.contains("No question is kept yet."));
    assert_eq!(post("/saved/keep", "same-origin").await.status(), StatusCode::SEE_OTHER);
    let page = html(site.clone(), "/saved", "en").await;
    assert!(page.contains("1 of 2 answers matches.") && page.contains("The same voices as on"), "{page}");
    let report = html(site.clone(), "/report?as=html", "en").await;
    assert!(report.contains("How this was made") && report.contains("糖水"), "{report}");
    assert_eq!(post("/saved/seen", "same-origin").await.status(), StatusCode::SEE_OTHER);
    assert_eq!(post("/saved/forget", "same-origin").await.status(), StatusCode::SEE_OTHER);
    assert!(html(site.clone(), "/saved", "en").await.contains("No question is kept yet."));
    let refused = body(crate::support::site::get(site, "/report?as=pdf", "en").await).await;
    assert!(refused.contains("<h1>"), "{refused}");
}
