//! Tests of details that could tell who somebody is. The program finds and shows them before words leave it, and
//! everybody can see what was replaced.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use serde_json::Value;
use yuanhua::web::Site;

use crate::support::site::{corpus_of, html};
use crate::support::{binary, printed, yuanhua};

const TALK: &str = "养蜂的人\n\n记者：周大山，您是怎么开始养蜂的？\n周大山：我从爷爷那里接过来三箱蜂，大家都叫我老周，后来有了四十箱。\n李小河：大山教了我很多，我电话是13812345678，住在洛阳。\n";

fn path(path: &Path) -> String {
    path.display().to_string()
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("bees.txt"), TALK).expect("written");
    folder
}

/// Returns the text of a file. A Word document is unpacked.
fn unpacked(bytes: &[u8]) -> String {
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes.to_vec()).expect("UTF-8");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a Word document");
    let mut all = String::new();
    archive.by_name("word/document.xml").expect("a body").read_to_string(&mut all).expect("it unpacks");
    all
}

#[test]
fn the_command_lists_what_tells_who_somebody_is_and_says_what_it_cannot_see() {
    let folder = folder();
    let data = path(folder.path());
    let told = yuanhua(&["--data", &data, "disclosure", "--transcript", "bees"]);
    let text = String::from_utf8(told.stdout).expect("UTF-8");
    assert_eq!(told.status.code(), Some(3), "{text}");
    for words in ["老周", "13812345678", "洛阳", "看不出", "--replace \"13812345678=电话号码\""] {
        assert!(text.contains(words), "{words} is not in {text}");
    }
    let report = folder.path().with_extension("md");
    fs::write(&report, "# Report\n\nCall Sarah Collins at sarah.c@northgate.org.\n").expect("written");
    let told = yuanhua(&["--data", &data, "disclosure", &path(&report), "--json"]);
    let told: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let kinds: Vec<&str> =
        told["found"].as_array().into_iter().flatten().filter_map(|one| one["kind"].as_str()).collect();
    assert_eq!(kinds, ["name", "email"], "{told}");
    fs::write(&report, "Nobody is named here, and nothing is counted.\n").expect("written");
    let none = binary().args(["--data", &data, "disclosure", &path(&report)]).output().expect("it runs");
    assert_eq!(none.status.code(), Some(0), "{none:?}");
    fs::remove_file(report).expect("removed");
}

#[test]
fn replacements_are_in_every_form_of_a_name_always_visible_and_the_export_still_verifies() {
    let folder = folder();
    let data = path(folder.path());
    let out = folder.path().with_extension("out");
    for format in ["text", "markdown", "html", "csv", "docx", "json"] {
        let to = path(&out);
        let replace = ["--replace", "周大山=受访者甲", "--replace", "13812345678=电话号码"];
        let export = ["--data", &data, "export", "--transcript", "bees", "--as", format, "--out", &to];
        printed(&[&export[..], &replace[..]].concat());
        let text = unpacked(&fs::read(&out).expect("written"));
        for gone in ["周大山", "老周", "大山教", "13812345678"] {
            assert!(!text.contains(gone), "{format} has {gone}: {text}");
        }
        assert!(text.contains("[受访者甲]") || text.contains("\\[受访者甲\\]"), "{format}: {text}");
        if format == "json" {
            assert!(text.contains("\"replaced\": true"), "{text}");
        } else {
            assert!(text.contains("这些地方不是原话"), "{format} does not say so: {text}");
        }
        let name = folder.path().with_extension(if format == "text" { "txt" } else { format });
        fs::copy(&out, &name).expect("copied");
        let verified = yuanhua(&["--data", &data, "verify", &path(&name)]);
        assert_eq!(verified.status.code(), Some(0), "{format}: {}", String::from_utf8_lossy(&verified.stdout));
        fs::remove_file(name).expect("removed");
    }
    fs::remove_file(out).expect("removed");
}

#[tokio::test]
async fn the_page_shows_it_before_an_export_and_its_form_replaces_it() {
    let site = || Site::new(corpus_of("bees", TALK.as_bytes()));
    // The query is "电话", in quotation marks.
    let page = html(site(), "/disclosure?as=markdown&q=%22%E7%94%B5%E8%AF%9D%22", "zh-CN").await;
    for part in [
        "action=\"/export\"",
        "name=\"what\" value=\"13812345678\"",
        "name=\"with\" value=\"电话号码\"",
        "<mark>洛阳</mark>",
        "看不出",
    ] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    assert!(!page.contains("name=\"as\" value"), "the format is chosen in the form: {page}");
    let export = "/export?q=%22%E7%94%B5%E8%AF%9D%22&what=13812345678&with=%E5%8F%B7%E7%A0%81&what=%E6%B4%9B%E9%98%B3&with=&as=markdown";
    let exported = html(site(), export, "zh-CN").await;
    assert!(
        exported.contains("\\[号码\\]") && exported.contains("洛阳") && !exported.contains("13812345678"),
        "{exported}"
    );
    // The link to this page stands beside the export formats.
    let chat = html(site(), "/?q=%22%E7%94%B5%E8%AF%9D%22", "zh-CN").await;
    assert!(chat.contains("href=\"/disclosure?as=markdown") && chat.contains("href=\"/saved?q="), "{chat}");
}
