//! Checks that every export keeps the promises of the library. An export has the pseudonym and never the name, and no
//! words of a person who withdrew.

use std::fs;
use std::io::{Cursor, Read as _};
use std::path::Path;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;
use yuanhua::web::{Site, app};

use crate::support::printed;

const TALK: &str = "养蜂的人\n\n记者：您是怎么开始养蜂的？\n周大山：我从爷爷那里接过来三箱蜂，后来有了四十箱。\n李小河：我是跟着电视学养蜂的，第一年蜂全飞走了。\n记者：养蜂最难的是什么？\n周大山：冬天要给蜂喂糖水，夜里也要起来看。\n李小河：最难的是没人帮忙搬蜂箱，腰都断了。\n";
const NAME: &str = "周大山";
const SHOWN: &str = "养蜂人甲";
/// Words of the person who withdrew. `SAID` is a word of a person who did not.
const WITHDRAWN: [&str; 3] = ["电视", "搬蜂箱", "李小河"];
const SAID: &str = "糖水";

/// Makes a folder in which one speaker has a pseudonym and another withdrew.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = tempfile::tempdir().expect("a folder");
    let file = from.path().join("bees.txt");
    fs::write(&file, TALK).expect("written");
    let data = path(folder.path());
    printed(&["--data", &data, "add", &path(&file)]);
    printed(&["--data", &data, "speaker", "bees", NAME, "--as", SHOWN]);
    printed(&["--data", &data, "withdraw", "bees", "--interviewee", "李小河"]);
    folder
}

fn path(path: &Path) -> String {
    path.display().to_string()
}

/// Returns the text of an export. A packed export is unpacked.
fn unpacked(bytes: &[u8]) -> String {
    if !bytes.starts_with(b"PK") {
        return String::from_utf8(bytes.to_vec()).expect("UTF-8");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a Word document");
    let mut all = String::new();
    for at in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(at).expect("a part").read_to_end(&mut part).expect("it unpacks");
        all.push_str(&String::from_utf8_lossy(&part));
    }
    all
}

#[track_caller]
fn keeps_its_promises(what: &str, text: &str) {
    assert!(text.contains(SAID) && text.contains(SHOWN), "{what}: {text}");
    assert!(!text.contains(NAME), "{what} has the name: {text}");
    for words in WITHDRAWN {
        assert!(!text.contains(words), "{what} has {words}: {text}");
    }
}

#[test]
fn yuanhua_export_writes_pseudonyms_and_nothing_withdrawn() {
    let folder = folder();
    let data = path(folder.path());
    let out = folder.path().with_extension("out");
    let to = path(&out);
    for format in ["text", "markdown", "html", "csv", "docx", "json"] {
        for what in [&["--transcript", "bees"][..], &["养蜂最难的是什么？", "冬天怎么办？"]] {
            let args = [&["--data", &data, "export", "--as", format, "--out"], &[to.as_str()][..], what].concat();
            printed(&args);
            keeps_its_promises(&format!("{what:?} as {format}"), &unpacked(&fs::read(&out).expect("written")));
        }
    }
    fs::remove_file(out).expect("removed");
    let asked = printed(&["--data", &data, "ask", "养蜂最难的是什么？", "--json"]);
    keeps_its_promises("ask --json", &asked);
}

#[tokio::test]
async fn the_page_exports_conversations_and_collections_with_pseudonyms_and_nothing_withdrawn() {
    let folder = folder();
    let site = Site::of_library(crate::support::library::open_library(folder.path()));
    let get = async |address: String| {
        let request = Request::get(&address).header(header::ACCEPT_LANGUAGE, "zh-CN").body(Body::empty());
        let reply = app(site.clone()).oneshot(request.expect("a request")).await.expect("a response");
        assert_eq!(reply.status(), StatusCode::OK, "{address}");
        axum::body::to_bytes(reply.into_body(), usize::MAX).await.expect("a body").to_vec()
    };
    let mut query = String::new();
    query.extend("养蜂最难的是什么？".bytes().map(|byte| format!("%{byte:02X}")));
    let page = unpacked(&get(format!("/?q={query}")).await);
    keeps_its_promises("the page", &page);
    // This is the permalink of the quote, as a collection keeps it.
    let at = page.find("/q/").expect("a permalink");
    let link = page[at..].split(['"', '?', '&', '<']).next().expect("its address").to_owned();
    for format in ["text", "markdown", "html", "csv", "docx", "json"] {
        for part in [format!("quote={link}"), format!("q={query}")] {
            let address = format!("/export?as={format}&{part}");
            keeps_its_promises(&address, &unpacked(&get(address.clone()).await));
        }
    }
    for address in [format!("/collection?quote={link}"), link.clone(), format!("{link}?as=markdown")] {
        keeps_its_promises(&address, &unpacked(&get(address.clone()).await));
    }
}
