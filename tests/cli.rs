//! Tests of the command line. Its JSON is stable, and its complaints are sentences.

use std::fs;

use serde_json::Value;

use crate::support::{complaint, printed, project, yuanhua};

fn json(args: &[&str]) -> Value {
    serde_json::from_str(&printed(args)).expect("it prints JSON")
}

fn fixture() -> String {
    project("tests/fixtures/remote-work.txt").display().to_string()
}

#[test]
fn ask_gives_the_documented_reply() {
    let reply = json(&["ask", "公司会报销网费吗?", "--json", "--limit", "1", "--data", &fixture()]);
    insta::assert_json_snapshot!(reply, { ".quotes[].score" => "[probability]" });
}

#[test]
fn a_reply_quotes_its_source_at_the_cited_place() {
    let reply = json(&["ask", "谁喜欢跑步?", "--json", "--script", "original"]);
    let source = fs::read(project("data/ai-customer-service.txt")).expect("bundled");
    let (transcript, _) = yuanhua::transcript::read("ai-customer-service", &source).expect("readable");
    let quotes = reply["quotes"].as_array().expect("quotes");
    assert!(!quotes.is_empty());
    for quote in quotes {
        let citation = &quote["citation"];
        let at = |key: &str| usize::try_from(citation[key].as_u64().expect("a number")).expect("small");
        assert_eq!(quote["text"], transcript.text()[at("start")..at("end")]);
        let received = citation["received"].as_str().expect("text");
        let line = transcript.restored.received().lines().nth(at("line") - 1).expect("the cited line");
        assert!(line.contains(received.lines().next().expect("words")), "{received} is not on line {line}");
        assert_eq!(citation["source_sha256"], transcript.source_sha256);
    }
}

#[test]
fn the_marked_part_lies_in_the_quote() {
    for script in ["original", "simplified", "traditional"] {
        let reply = json(&["ask", "谁喜欢跑步?", "--json", "--script", script]);
        let quote = &reply["quotes"][0];
        let bound = |i: usize| usize::try_from(quote["marked"][i].as_u64().expect("a number")).expect("small");
        let text = quote["text"].as_str().expect("text");
        assert!(!text[bound(0)..bound(1)].is_empty());
    }
}

#[test]
fn operators_work_in_the_terminal_and_slips_are_sentences() {
    let listed = json(&["ask", "-跑步 q:1", "--json", "--data", &fixture()]);
    let quotes = listed["quotes"].as_array().expect("quotes");
    assert!(!quotes.is_empty() && quotes.iter().all(|quote| quote["citation"]["question"] == "Q1"));
    let said = complaint(&["ask", "网费 q:99", "--data", &fixture()]);
    assert!(said.contains("there is no question 99 here"), "{said}");
}

#[test]
fn ask_goes_on_from_the_query_before_and_explains() {
    let args = ["ask", "那显示器呢?", "--after", "公司会报销网费吗?", "--json", "--explain", "--data", &fixture()];
    let reply = json(&args);
    assert_eq!(reply["carried"]["reading"], "instead");
    let explained = reply["explained"].as_array().expect("explained");
    assert_eq!(explained.len(), reply["quotes"].as_array().expect("quotes").len());
    for why in explained {
        assert!(why["meaning"]["rank"].as_u64() >= Some(1) && why["signals"]["meaning"].is_number());
    }
}

#[test]
fn check_gives_the_documented_report() {
    insta::assert_json_snapshot!(json(&["check", &fixture(), "--json"]), {
        ".self_test.*.value" => "[figure]", ".self_test.*.low" => "[figure]", ".self_test.*.high" => "[figure]",
    });
}

#[test]
fn check_reports_the_bundled_interview_with_its_restorations() {
    let path = project("data/ai-customer-service.txt").display().to_string();
    insta::assert_json_snapshot!(json(&["check", &path, "--json"]), {
        ".self_test.*.value" => "[figure]", ".self_test.*.low" => "[figure]", ".self_test.*.high" => "[figure]",
    });
}

#[test]
fn eval_reports_every_figure_by_language() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let queries = folder.path().join("queries.jsonl");
    let rows = r#"{"id":"1","lang":"zh-Hans","query":"谁喜欢跑步?","relevant":{"Q7.A2":2}}
{"id":"2","lang":"en","query":"Who relaxes by running?","relevant":{"Q7.A2":2}}
{"id":"3","lang":"zh-Hans","query":"怎么做红烧肉?","relevant":{}}"#;
    fs::write(&queries, rows).expect("writable");
    let reports = json(&["eval", &queries.display().to_string(), "--json"]);
    let langs: Vec<&str> = reports.as_array().expect("reports").iter().filter_map(|r| r["lang"].as_str()).collect();
    assert_eq!(langs, ["all", "en", "zh-Hans"]);
    insta::assert_json_snapshot!(reports[0], {
        ".*.value" => "[figure]", ".*.low" => "[figure]", ".*.high" => "[figure]",
    });
}

#[test]
fn eval_measures_passages_of_any_kind() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (passages, queries) = (folder.path().join("p.jsonl"), folder.path().join("q.jsonl"));
    let texts = "{\"id\":\"a\",\"text\":\"我喜欢跑步。\"}\n{\"id\":\"b\",\"text\":\"今天下雨。\"}\n";
    fs::write(&passages, texts).expect("writable");
    fs::write(&queries, "{\"id\":\"1\",\"query\":\"跑步\",\"relevant\":{\"a\":1}}\n").expect("writable");
    let (passages, queries) = (passages.display().to_string(), queries.display().to_string());
    let reports = json(&["eval", "--passages", &passages, &queries, "--json"]);
    assert_eq!(reports[0]["hit_at_1"]["value"], 1.0);
}

#[test]
fn eval_of_a_folder_compares_the_signals_on_every_set_in_it_and_across_languages() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("writable");
        fs::write(path, text).expect("writable");
    };
    write("own.jsonl", r#"{"id":"1","query":"谁喜欢跑步?","relevant":{"Q7.A2":2}}"#);
    write("run_zh/passages.jsonl", "{\"id\":\"a\",\"text\":\"我喜欢跑步。\"}\n{\"id\":\"b\",\"text\":\"今天下雨。\"}");
    write("run_zh/queries.jsonl", r#"{"id":"1","query":"跑步","relevant":{"a":1}}"#);
    write(
        "run_en/passages.jsonl",
        "{\"id\":\"a\",\"text\":\"I like running.\"}\n{\"id\":\"b\",\"text\":\"It rains.\"}",
    );
    write("run_en/queries.jsonl", r#"{"id":"1","query":"Who runs?","relevant":{"a":1}}"#);
    let table = printed(&["eval", &folder.path().display().to_string()]);
    let sets: Vec<&str> =
        table.lines().skip(2).filter_map(|row| row.split(" | ").next()).map(|s| s[2..].trim()).collect();
    let named: Vec<&str> = sets.into_iter().filter(|set| !set.is_empty()).collect();
    assert_eq!(named, ["run_en", "run_zh → run_en", "run_zh", "run_en → run_zh", "own"], "{table}");
    let row =
        "| run_zh | 1 | 1.00 [1.00, 1.00] | 1.00 [1.00, 1.00] | 1.00 [1.00, 1.00] | 1.00 [1.00, 1.00] | 1.00 (1.00) |";
    assert!(table.contains(row), "{table}");
}

#[test]
fn bad_input_is_a_sentence_and_a_failure() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bad = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("writable");
        complaint(&["check", &path.display().to_string()]).replace(&folder.path().display().to_string(), "")
    };
    let complaints = [
        bad("empty.txt", b""),
        bad("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\x80"),
        bad("story.txt", "从前有座山。".as_bytes()),
        complaint(&["check", "no-such-file.txt"]),
        complaint(&["ask", "?", "--data", "no-such-folder"]),
        complaint(&["eval", &{
            let path = folder.path().join("rows.jsonl");
            fs::write(&path, "{\"id\":\"1\"}\n").expect("writable");
            path.display().to_string()
        }])
        .replace(&folder.path().display().to_string(), ""),
    ];
    insta::assert_snapshot!(complaints.join(""));
}

#[test]
fn one_bad_file_in_a_folder_does_not_lose_the_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::copy(fixture(), folder.path().join("good.txt")).expect("copied");
    fs::write(folder.path().join("bad.txt"), b"").expect("writable");
    let reply = json(&["ask", "网费", "--json", "--data", &folder.path().display().to_string()]);
    assert_eq!(reply["quotes"][0]["citation"]["transcript"], "good");
}

#[test]
fn quotes_are_written_into_a_file_each_with_its_citation() {
    let fixture = project("tests/fixtures/remote-work.txt").display().to_string();
    let markdown = printed(&["export", "谁报销网费?", "--data", &fixture]);
    assert!(markdown.starts_with("# 原话摘录\n\n## 谁报销网费?") && markdown.contains("> 公司给每个人"), "{markdown}");
    assert!(markdown.contains("个说到这一点。"), "the words around follow the transcript: {markdown}");
    let english = printed(&["export", "谁报销网费?", "--lang", "en", "--data", &fixture]);
    assert!(english.starts_with("# Quotes\n\n## 谁报销网费?") && english.contains(" to this."), "{english}");
    assert!(markdown.contains("(<http://127.0.0.1:8080/q/"), "{markdown}");
    let whole = printed(&["export", "--transcript", "remote-work", "--as", "json", "--data", &fixture]);
    let whole: serde_json::Value = serde_json::from_str(&whole).expect("JSON");
    let quotes = whole["parts"][0]["quotes"].as_array().expect("quotes");
    assert_eq!(quotes.len(), 4);
    assert_eq!(quotes[1]["citation"]["answer"], "A2");
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("quotes.docx").display().to_string();
    printed(&["export", "网费", "--as", "docx", "--out", &file, "--data", &fixture]);
    assert!(std::fs::read(&file).expect("there").starts_with(b"PK"));
    assert!(complaint(&["export", "--transcript", "nothing", "--data", &fixture]).contains("nothing"));
}

#[test]
fn completions_and_man_pages_are_made_from_the_command_line_itself() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = printed(&["completions", shell]);
        assert!(script.contains("withdraw") && script.contains("open-to-network"), "{shell}");
    }
    assert!(printed(&["man"]).contains(".TH yuanhua 1"));
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("man1");
    printed(&["man", "--into", path.to_str().expect("UTF-8")]);
    for page in ["yuanhua.1", "yuanhua-ask.1", "yuanhua-mcp.1"] {
        assert!(path.join(page).is_file(), "{page}");
    }
}

#[test]
fn the_doctor_tells_what_works_and_what_to_do_where_it_does_not() {
    let fixture = fixture();
    let well = printed(&["doctor", "--port", "0", "--data", &fixture]);
    assert!(well.contains("ok    transcripts: 1 transcript, 4 answers") && well.contains("encoder:"), "{well}");
    assert!(!well.contains("FAIL"), "{well}");
    let told = json(&["doctor", "--json", "--port", "0", "--data", &fixture]);
    assert!(told.as_array().expect("findings").iter().all(|one| one["state"] != "fail"), "{told}");
    let output = yuanhua(&["doctor", "--port", "0", "--data", "/nowhere/at/all"]);
    assert_eq!(output.status.code(), Some(1));
    let unwell = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(unwell.contains("FAIL  transcripts:") && unwell.contains("/nowhere/at/all"), "{unwell}");
}

#[test]
fn bench_measures_a_search_and_hands_out_its_vectors() {
    let figures = json(&["bench", "--vectors", "1000", "--queries", "100", "--json", "--data", &fixture()]);
    let size = &figures["sizes"][0];
    assert_eq!(size["vectors"], 1_000);
    assert_eq!(size["scan"]["recall_at_10"], 1.0, "a scan is exact");
    assert!(size["graph"]["recall_at_10"].as_f64().expect("a number") > 0.9);
    let folder = tempfile::tempdir().expect("a folder");
    let to = folder.path().display().to_string();
    printed(&["bench", "--vectors", "1000", "--export", &to, "--data", &fixture()]);
    let vectors = fs::read(folder.path().join("vectors.npy")).expect("written");
    assert_eq!((&vectors[..6], vectors.len()), (&b"\x93NUMPY"[..], 128 + 1_000 * 640 * 4));
}
