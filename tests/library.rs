//! Checks that nothing that was added is lost, nothing that was withdrawn stays, and files are never changed.

mod crash;
mod hostile;
mod titles;
mod withdrawn;
mod withdrawn_names;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use serde_json::Value;

use crate::support::{binary, project};

/// Runs the real binary over a folder.
fn over(data: &Path, args: &[&str]) -> Output {
    binary().args(args).arg("--data").arg(data).output().expect("the binary runs")
}

fn said(data: &Path, args: &[&str]) -> String {
    let output = over(data, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn complained(data: &Path, args: &[&str]) -> String {
    let output = over(data, args);
    assert_eq!(output.status.code(), Some(1), "{args:?}: {}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn names(data: &Path) -> Vec<String> {
    let rows: Value = serde_json::from_str(&said(data, &["list", "--json"])).expect("JSON");
    let rows = rows.as_array().expect("rows").iter();
    // A file that is held back as a whole is listed with the day. It is not a transcript.
    let read = rows.filter(|row| row.get("not_read").is_none_or(Value::is_null));
    read.map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

/// Returns whether any file under a folder holds these words, in its path or in its bytes.
pub(crate) fn anywhere(folder: &Path, words: &str) -> bool {
    fs::read_dir(folder).expect("a folder").any(|entry| {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            return anywhere(&path, words);
        }
        let holds = |bytes: &[u8]| bytes.windows(words.len()).any(|window| window == words.as_bytes());
        path.to_string_lossy().contains(words) || holds(&fs::read(&path).unwrap_or_default())
    })
}

/// The file of cached vectors in a folder.
fn vectors(data: &Path) -> PathBuf {
    let files = fs::read_dir(data.join(".yuanhua")).expect("a folder").map(|entry| entry.expect("an entry").path());
    let mut found = files.filter(|path| path.to_string_lossy().ends_with(".bin"));
    let file = found.next().expect("vectors");
    assert_eq!(found.next(), None);
    file
}

fn interview(words: &str) -> String {
    format!("Q1.你怎么看{words}？\nA1 我觉得{words}很好，大家都这么说。\n")
}

fn fixture() -> String {
    project("tests/fixtures/remote-work.txt").display().to_string()
}

#[test]
fn what_is_added_is_listed_asked_and_never_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("new");
    let added = said(&data, &["add", &fixture()]);
    assert!(added.starts_with("added remote-work: 2 questions"), "{added}");
    assert_eq!(fs::read(data.join("remote-work.txt")).expect("there"), fs::read(fixture()).expect("there"));
    let reply: Value = serde_json::from_str(&said(&data, &["ask", "网费", "--json"])).expect("JSON");
    assert_eq!(reply["quotes"][0]["citation"]["transcript"], "remote-work");
    assert_eq!(names(&data), ["remote-work"]);
}

#[test]
fn a_bad_file_fails_alone_and_by_name() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = folder.path().join("files");
    fs::create_dir(&files).expect("made");
    fs::write(files.join("bad.txt"), b"").expect("written");
    fs::write(files.join("good.txt"), interview("跑步")).expect("written");
    let data = folder.path().join("data");
    let complaint = complained(&data, &["add", &files.display().to_string()]);
    assert!(complaint.contains("bad.txt: the file is empty"), "{complaint}");
    assert!(complaint.contains("1 added, 1 not"), "{complaint}");
    assert_eq!(names(&data), ["good"]);
}

#[test]
fn a_transcript_comes_in_by_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut process = binary()
        .args(["add", "-", "--name", "../../谈话?.txt", "--data"])
        .arg(folder.path())
        .stdin(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    process.stdin.take().expect("piped").write_all(interview("跑步").as_bytes()).expect("written");
    assert!(process.wait().expect("it ends").success());
    assert_eq!(names(folder.path()), ["谈话_"]);
}

#[test]
fn a_duplicate_is_refused_and_a_near_duplicate_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    said(&data, &["add", &fixture()]);
    let complaint = complained(&data, &["add", &fixture()]);
    assert!(complaint.contains("this is remote-work, which is in the library already"), "{complaint}");
    let copy = folder.path().join("copy.txt");
    let text = fs::read_to_string(fixture()).expect("UTF-8");
    fs::write(&copy, format!("{text}\n")).expect("written");
    let added = said(&data, &["add", &copy.display().to_string()]);
    assert!(added.contains("99 % the same as remote-work"), "{added}");
}

#[test]
fn what_is_withdrawn_is_gone_and_does_not_come_back_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let file = folder.path().join("secret.txt");
    fs::write(&file, interview("红烧肉")).expect("written");
    let file = file.display().to_string();
    said(&data, &["add", &file, &fixture()]);
    said(&data, &["rename", "secret", "红烧肉的做法"]);
    assert!(said(&data, &["list"]).contains("红烧肉的做法"));
    let receipt = said(&data, &["withdraw", "secret"]);
    assert!(receipt.contains("withdrew secret: 1 answer,") && receipt.contains("deleted"), "{receipt}");
    assert!(!anywhere(&data, "红烧肉") && !anywhere(&data, "secret"));
    assert_eq!(names(&data), ["remote-work"]);
    assert!(complained(&data, &["add", &file]).contains("was withdrawn on"));
    said(&data, &["add", &file, "--again"]);
    assert_eq!(names(&data), ["remote-work", "secret"]);
}

#[test]
fn an_owners_own_file_is_never_deleted() {
    let data = tempfile::tempdir().expect("a folder");
    fs::write(data.path().join("mine.txt"), interview("跑步")).expect("written");
    fs::copy(fixture(), data.path().join("other.txt")).expect("copied");
    let receipt = said(data.path(), &["withdraw", "mine"]);
    assert!(receipt.contains("was not changed and still holds the words"), "{receipt}");
    assert_eq!(names(data.path()), ["other"]);
    assert_eq!(fs::read_to_string(data.path().join("mine.txt")).expect("there"), interview("跑步"));
}

#[test]
fn a_damaged_cache_is_told_and_made_again() {
    let folder = tempfile::tempdir().expect("a folder");
    said(folder.path(), &["add", &fixture()]);
    let cache = vectors(folder.path());
    let whole = fs::read(&cache).expect("the cache");
    let mut flipped = whole.clone();
    for at in (0..flipped.len()).step_by(997) {
        flipped[at] ^= 4;
    }
    for damaged in [&whole[..whole.len() / 3], &flipped[..], b"not a store"] {
        fs::write(&cache, damaged).expect("written");
        let output = over(folder.path(), &["ask", "网费", "--json"]);
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success() && out.contains("remote-work"), "{err}");
        assert!(err.contains("is damaged") && err.contains("no transcript is touched"), "{err}");
        assert!(!err.contains("panicked"), "{err}");
        assert!(over(folder.path(), &["ask", "网费"]).stderr.is_empty(), "it was made again");
    }
    assert_eq!(fs::read(folder.path().join("remote-work.txt")).expect("there"), fs::read(fixture()).expect("there"));
}

#[test]
fn a_damaged_manifest_opens_nothing_because_it_says_who_withdrew() {
    let folder = tempfile::tempdir().expect("a folder");
    said(folder.path(), &["add", &fixture()]);
    let manifest = folder.path().join(".yuanhua/manifest.json");
    let text = fs::read_to_string(&manifest).expect("the manifest");
    fs::write(&manifest, text.replace("remote", "remove")).expect("written");
    assert!(complained(folder.path(), &["ask", "网费"]).contains("it says who withdrew"));
}

#[test]
fn each_limit_gives_a_sentence() {
    let folder = tempfile::tempdir().expect("a folder");
    let large = folder.path().join("large.txt");
    fs::write(&large, interview(&"长".repeat(400_000))).expect("written");
    let data = folder.path().join("data");
    let large = large.display().to_string();
    let complaint = complained(&data, &["add", &large, "--max-file-mib", "1"]);
    assert!(complaint.contains("large.txt has 3 MiB, and 1 MiB are read at most"), "{complaint}");
    let complaint = complained(&data, &["add", &fixture(), "--max-passages", "3"]);
    assert!(complaint.contains("and 3 are indexed at most"), "{complaint}");
    assert!(names(&data).is_empty());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_can_still_be_asked() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    fs::copy(fixture(), folder.path().join("mine.txt")).expect("copied");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).expect("set");
    if fs::write(folder.path().join("probe"), b"").is_ok() {
        eprintln!("skipped: this user may write anywhere");
        return;
    }
    let output = over(folder.path(), &["ask", "网费"]);
    assert!(output.status.success() && String::from_utf8_lossy(&output.stderr).contains("may not be written"));
    assert!(complained(folder.path(), &["add", &fixture()]).contains("may not be written"));
}

const TALK: &str = "speaker,when,wer,said\nx,00:00:01,安妮,您怎么开始养蜂的？\nx,00:00:05,老周,我从爷爷那里接过来的，一共三箱蜂。\nx,00:00:09,安妮,后来呢？\nx,00:00:12,老 周,后来有了四十箱，冬天要喂糖水。\n";

#[test]
fn who_asks_who_is_one_and_who_is_not_named_is_said_once_and_holds_everywhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, file) = (folder.path().join("data"), folder.path().join("bees.csv"));
    fs::write(&file, TALK).expect("written");
    let file = file.display().to_string();
    let columns = "speaker=wer,text=said,time=when";
    let told = said(&data, &["check", &file, "--columns", columns, "--interviewer", "老周"]);
    assert!(told.contains("words “said”, speaker “wer”, time “when”"), "{told}");
    assert!(told.contains("who asks: 老周"), "{told}");
    // The library keeps what `add` is told.
    said(&data, &["add", &file, "--columns", columns, "--interviewer", "安妮"]);
    let quotes = |query: &str| -> Value {
        let reply: Value = serde_json::from_str(&said(&data, &["ask", query, "--json"])).expect("JSON");
        reply["quotes"].clone()
    };
    assert_eq!(quotes("几箱蜂？")[0]["citation"]["interviewee"], "老周");
    said(&data, &["speaker", "bees", "老 周", "--is", "老周"]);
    assert!(quotes("冬天喂什么？").to_string().contains("\"老周\""));
    said(&data, &["speaker", "bees", "老周", "--as", "养蜂人甲"]);
    for query in ["几箱蜂？", "冬天喂什么？"] {
        let quotes = quotes(query).to_string();
        assert!(quotes.contains("养蜂人甲") && !quotes.contains("老周") && !quotes.contains("老 周"), "{quotes}");
    }
    let listed = said(&data, &["list", "--json"]);
    assert!(listed.contains("养蜂人甲") && !listed.contains("老周"), "{listed}");
    let complaint = complained(&data, &["speaker", "bees", "老王", "--asks"]);
    assert!(complaint.contains("nobody is called 老王"), "{complaint}");
    let receipt = said(&data, &["withdraw", "bees", "--interviewee", "养蜂人甲"]);
    assert!(receipt.contains("withdrew 养蜂人甲 from bees: 2 answers"), "{receipt}");
    assert!(!over(&data, &["ask", "几箱蜂？"]).stdout.windows(6).any(|two| two == "三箱".as_bytes()));
    let manifest = fs::read_to_string(data.join(".yuanhua/manifest.json")).expect("there");
    assert!(!manifest.contains("老周") && !manifest.contains("养蜂人甲"), "{manifest}");
}

#[test]
fn who_asks_may_be_told_for_one_run() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("talk.txt"), "甲：蜂蜜放多久？\n乙：放三年也不会坏。\n").expect("written");
    let listed = |args: &[&str]| said(folder.path(), args);
    assert!(listed(&["list", "--json"]).contains("\"乙\""));
    let told = listed(&["list", "--json", "--interviewer", "乙", "--interviewer", "丙"]);
    assert!(told.contains("\"甲\"") && !told.contains("\"乙\""), "{told}");
}

#[test]
fn each_limit_is_a_setting_and_a_sentence_that_names_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).expect("written");
        path.display().to_string()
    };
    let data = folder.path().join("data");
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).expect("begins");
    archive.write_all(&b" ".repeat(3 << 20)).expect("written");
    let bomb = write("bomb.docx", &archive.finish().expect("finished").into_inner());
    let long = write("long.txt", interview(&"长".repeat(200_000)).as_bytes());
    let deep = write("deep.xml", format!("<?xml version=\"1.0\"?>{}", "<a>".repeat(30)).as_bytes());
    let pages = project("tests/fixtures/pdf/night-bus.pdf").display().to_string();
    for (file, limit, most, sentence) in [
        (&bomb, "--max-unpacked-mib", "2", "unpacks to more than 2 MiB"),
        (&long, "--max-text-mib", "1", "the text is longer than 1 MiB"),
        (&long, "--max-line-kib", "100", "line 1 is longer than 100 KiB"),
        (&deep, "--max-nesting", "20", "nested more than 20 deep"),
        (&pages, "--max-pages", "1", "pages, and the limit is 1"),
        (&fixture(), "--max-files", "0", "the limit is 0 files at once"),
    ] {
        let complaint = complained(&data, &["add", file, limit, most]);
        assert!(complaint.contains(sentence) && complaint.contains(limit), "{limit}: {complaint}");
    }
    let turns = write("turns.txt", "甲：为什么？\n乙：因为。\n甲：还有呢？\n乙：没有了。\n".as_bytes());
    let complaint = complained(&data, &["add", &turns, "--max-turns", "3"]);
    assert!(complaint.contains("more than 3 turns") && complaint.contains("--max-turns"), "{complaint}");
    assert!(names(&data).is_empty());
    let help = String::from_utf8(over(&data, &["--help"]).stdout).expect("UTF-8");
    assert!(
        help.contains("--max-unpacked-mib <MIB>") && help.contains("in MiB") && help.contains("[default: 64]"),
        "{help}"
    );
}
