//! Tests of the quotations of a report against the interviews: by the command line, by the page, and for the
//! quotations that our own exports write.

use std::fs;
use std::path::Path;
use std::process::{Output, Stdio};
use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use proptest::prelude::*;
use serde_json::Value;
use tower::ServiceExt as _;
use yuanhua::export::{Export, ExportFormat, ExportPart, ExportedQuote};
use yuanhua::i18n::DisplayLanguage;
use yuanhua::library::Withdrawals;
use yuanhua::retrieval::corpus::{AnswerPlace, Corpus};
use yuanhua::text::script::Display;
use yuanhua::transcript::{ReadLimits, Span};
use yuanhua::verify::{CheckedQuotation, Finding, Report, SearchedLibrary, verify};
use yuanhua::web::{Site, app};

use crate::support::site::{body, corpus_of, get};
use crate::support::{binary, printed, project};

const TALK: &str = "养蜂的人\n\n记者：您是怎么开始养蜂的？\n周大山：我从爷爷那里接过来三箱蜂，后来有了四十箱。\n李小河：我是跟着电视学养蜂的，第一年蜂全飞走了。\n记者：养蜂最难的是什么？\n周大山：冬天要给蜂喂糖水，夜里也要起来看，但是我不后悔。\n李小河：最难的是没人帮忙搬蜂箱，腰都断了。\n";
const HONEST: &str = "周大山说：“我从爷爷那里接过来三箱蜂，后来有了四十箱。”\n";
const ALTERED: &str = "周大山说：“冬天要给蜂喂糖水，夜里也要起来看，但是我后悔。”\n";
const FORMATS: [ExportFormat; 6] = [
    ExportFormat::Text,
    ExportFormat::Markdown,
    ExportFormat::Html,
    ExportFormat::Csv,
    ExportFormat::Docx,
    ExportFormat::Json,
];

fn path(path: &Path) -> String {
    path.display().to_string()
}

/// Makes a folder with one interview.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bees.txt"), TALK).expect("written");
    folder
}

fn verified(folder: &Path, report: &str, args: &[&str]) -> Output {
    let mut command = binary();
    command.args(["--data", &path(folder), "verify", "-"]).args(args);
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it runs");
    std::io::Write::write_all(&mut child.stdin.take().expect("a pipe"), report.as_bytes()).expect("it is read");
    child.wait_with_output().expect("it ends")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

#[test]
fn the_command_tells_by_its_status_whether_all_quotations_hold() {
    let folder = folder();
    let (good, bad) = (verified(folder.path(), HONEST, &[]), verified(folder.path(), ALTERED, &[]));
    assert_eq!((good.status.code(), bad.status.code()), (Some(0), Some(3)), "{bad:?}");
    assert!(out(&good).contains("1 quotation checked: all of them hold."), "{}", out(&good));
    assert!(out(&bad).contains("a negation is dropped") && out(&bad).contains("⟦不⟧"), "{}", out(&bad));
    assert!(bad.stderr.is_empty(), "what was found is no failure");
    let nothing = verified(folder.path(), "Nothing is quoted here.", &[]);
    assert_eq!(nothing.status.code(), Some(0));
    let missing =
        binary().args(["--data", &path(folder.path()), "verify", "/no/such/report.md"]).output().expect("it runs");
    assert_eq!(missing.status.code(), Some(1));
}

#[test]
fn the_findings_are_told_as_json_and_as_a_file_with_links() {
    let folder = folder();
    let json: Value = serde_json::from_str(&out(&verified(folder.path(), ALTERED, &["--json"]))).expect("JSON");
    let one = &json["quotations"][0];
    assert_eq!((&json["fail"], &one["named"], &one["holds"]), (&1.into(), &"周大山".into(), &false.into()));
    let finding = &one["findings"][0];
    assert_eq!((&finding["finding"], &finding["differences"][0]["change"]), (&"close".into(), &"negation".into()));
    assert_eq!(finding["differences"][0]["source"], "不");
    assert!(finding["place"]["permalink"].as_str().is_some_and(|link| link.starts_with("/q/")));
    assert!(!json.to_string().contains("similar"), "no number of likeness");
    let html = out(&verified(folder.path(), ALTERED, &["--as", "html", "--lang", "zh-CN"]));
    assert!(html.contains("<mark>不</mark>") && html.contains("href=\"http://127.0.0.1:8080/q/"), "{html}");
    assert!(html.contains("少了否定"), "{html}");
}

#[test]
fn withdrawn_words_are_told_as_withdrawn_and_shown_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let from = self::folder();
    let data = path(folder.path());
    printed(&["--data", &data, "add", &path(&from.path().join("bees.txt"))]);
    printed(&["--data", &data, "withdraw", "bees", "--interviewee", "李小河"]);
    let report = "李小河说：“我是跟着电视学养蜂的，第一年蜂全飞走了。”";
    for args in [&[][..], &["--json"], &["--as", "html"]] {
        let told = verified(folder.path(), report, args);
        assert_eq!(told.status.code(), Some(3));
        let told = out(&told);
        assert!(told.to_lowercase().contains("withdrawn"), "{told}");
        for words in ["电视", "飞走", "李小河"] {
            assert!(!told.contains(words), "{words} in {told}");
        }
    }
}

#[test]
fn a_self_test_measures_what_is_caught() {
    let table =
        printed(&["verify", "--self-test", "--each", "8", "--data", &path(&project("data/ai-customer-service.txt"))]);
    assert!(table.contains("a negation dropped") && table.contains("honest: "), "{table}");
}

fn site() -> Site {
    Site::new(corpus_of("bees", TALK.as_bytes()))
}

async fn post(site: Site, parts: &[(&str, Option<&str>, &str)], ours: bool) -> (StatusCode, String, Option<String>) {
    let part = |(name, file, text): &(&str, Option<&str>, &str)| {
        let file = file.map(|file| format!("; filename=\"{file}\"")).unwrap_or_default();
        format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
    };
    let body_text = parts.iter().map(part).collect::<String>() + "--XX--\r\n";
    let request = Request::post("/verify")
        .header("sec-fetch-site", if ours { "same-origin" } else { "cross-site" })
        .header(header::ACCEPT_LANGUAGE, "en")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .body(Body::from(body_text));
    let response = app(site).oneshot(request.expect("a request")).await.expect("a response");
    let kept = response.headers().get(header::CACHE_CONTROL).and_then(|value| value.to_str().ok()).map(str::to_owned);
    (response.status(), body(response).await, kept)
}

#[tokio::test]
async fn the_page_takes_pasted_text_or_a_file_and_keeps_neither() {
    let form = body(get(site(), "/verify", "zh-CN").await).await;
    assert!(form.contains("核对引文") && form.contains("<textarea") && form.contains("action=\"/verify\""), "{form}");
    for parts in [
        [("text", None, ALTERED), ("report", Some(""), "")],
        [("text", None, ""), ("report", Some("report.md"), ALTERED)],
    ] {
        let (status, page, kept) = post(site(), &parts, true).await;
        assert_eq!((status, kept.as_deref()), (StatusCode::OK, Some("no-store")));
        assert!(page.contains("a negation is dropped") && page.contains("<mark>不</mark>"), "{page}");
        assert!(page.contains("href=\"/q/"), "{page}");
    }
}

#[tokio::test]
async fn another_site_can_have_nothing_checked_and_an_empty_form_is_told() {
    assert_eq!(post(site(), &[("text", None, HONEST)], false).await.0, StatusCode::FORBIDDEN);
    assert_eq!(post(site(), &[("text", None, " \n")], true).await.0, StatusCode::BAD_REQUEST);
    let (status, page, _) = post(site(), &[("report", Some("a.docx"), "PK\u{3}\u{4}no document")], true).await;
    assert!(status.is_client_error(), "{status} {page}");
}

/// The bundled interview, whose text has damage.
fn corpus() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let bytes = fs::read(project("data/ai-customer-service.txt")).expect("it is bundled");
        corpus_of("ai-customer-service", &bytes)
    })
}

/// An interview in Traditional Chinese and English, with marks of many kinds.
fn marked() -> &'static Corpus {
    static CORPUS: OnceLock<Corpus> = OnceLock::new();
    const TEXT: &str = "Q1. 您怎麼看“AI”？\nA1 =1+1 也算，*真的*。他說“好用”，又說「不貴」（笑）。\nA2 - 不，我覺得 <機器> & [人] 都行……真的嗎？\n> 我說過了。\nA3 It's \"fine\", really — we've used it 1,000 times. 'Tis so.\nA4 @你們 +1，說得好。”\n— 這是他說的。\n";
    CORPUS.get_or_init(|| corpus_of("marked", TEXT.as_bytes()))
}

fn checked(bytes: &[u8], format: ExportFormat, corpus: &Corpus) -> Vec<CheckedQuotation> {
    let report =
        Report::read(&format!("export.{}", format.ending()), bytes, ReadLimits::default()).expect("our own export");
    verify(&SearchedLibrary::of(corpus, &Withdrawals::default()), &report).quotations
}

/// Exports quotes in every format and language, and returns the check of each export.
fn all_exports(
    corpus: &Corpus,
    spans: &[(AnswerPlace, Span)],
    display: Option<Display>,
) -> Vec<(ExportFormat, Vec<CheckedQuotation>)> {
    let entry = |(place, span): &(AnswerPlace, Span)| {
        ExportedQuote::new(corpus, *place, *span, display)
            .expect("the answer says it")
            .from_origin("http://localhost:8080")
    };
    let quotes: Vec<ExportedQuote> = spans.iter().map(entry).collect();
    let part = ExportPart {
        query: Some("他们说“好用”吗，真的说过这样的话吗？".into()), verdict: None, quotes
    };
    let export = Export { title: "“收藏”".into(), parts: vec![part], left_out: Vec::new(), method: None };
    let words = DisplayLanguage::ALL.iter().map(|language| language.messages().export);
    let each = FORMATS.into_iter().flat_map(|format| words.clone().map(move |words| (format, words)));
    each.map(|(format, words)| (format, checked(&export.bytes(format, words).expect("bytes"), format, corpus)))
        .collect()
}

fn exact(checked: &CheckedQuotation) -> bool {
    checked.findings.iter().all(|finding| matches!(finding, Finding::Exact { .. }))
}

#[test]
fn all_answers_in_every_export_verify_as_exact() {
    for corpus in [corpus(), marked()] {
        let transcript = &corpus.transcripts[0];
        let spans: Vec<(AnswerPlace, Span)> = transcript
            .answers()
            .flat_map(|(at, _, answer)| {
                answer.stretches.iter().map(move |span| (AnswerPlace { transcript: 0, at }, *span))
            })
            .collect();
        for (format, quotations) in all_exports(corpus, &spans, None) {
            let exact_ones = quotations.iter().filter(|one| exact(one)).count();
            let other: Vec<&CheckedQuotation> = quotations.iter().filter(|one| !exact(one)).collect();
            assert_eq!((exact_ones, other.len()), (spans.len(), 0), "{format:?}: {other:#?}");
        }
        for (format, quotations) in all_exports(corpus, &spans, Some(Display::Traditional)) {
            let other: Vec<&CheckedQuotation> = quotations.iter().filter(|one| !one.holds).collect();
            assert!(other.is_empty() && quotations.len() == spans.len(), "{format:?}: {other:#?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Any stretch of an answer that is exported in any format verifies as exact, by construction.
    #[test]
    fn any_exported_quote_in_any_format_verifies_as_exact(seed: u64, length in 4_usize..160, which: bool) {
        let corpus = if which { corpus() } else { marked() };
        let transcript = &corpus.transcripts[0];
        let all: Vec<(AnswerPlace, Span)> = transcript
            .answers()
            .flat_map(|(at, _, answer)| answer.stretches.iter().map(move |span| (AnswerPlace { transcript: 0, at }, *span)))
            .collect();
        let (place, stretch) = all[seed as usize % all.len()];
        let starts: Vec<usize> = transcript.words(stretch).char_indices().map(|(at, _)| stretch.start() + at).collect();
        let from = (seed >> 20) as usize % starts.len();
        let end = starts.get(from + length).copied().unwrap_or(stretch.end());
        let span = Span::new(transcript.text(), starts[from]..end).expect("on characters");
        prop_assume!(transcript.words(span).chars().any(char::is_alphanumeric));
        for (format, quotations) in all_exports(corpus, &[(place, span)], None) {
            prop_assert!(quotations.len() == 1 && exact(&quotations[0]), "{format:?}: {quotations:#?}");
        }
    }
}
