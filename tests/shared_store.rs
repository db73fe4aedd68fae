//! Checks that servers share a library in a database: each says the same, each knows at once what the others changed,
//! and nothing that was acknowledged is lost when one of them is killed. The engine is the real one.

mod killed;

use std::fs;
use std::path::Path;
use std::process::Output;
use std::sync::Arc;

use serde_json::Value;
use yuanhua::library::{Access, Library, LibraryLimits, LibraryLocation, SharedStore, SourceStore, TranscriptChange};
use yuanhua::search;
use yuanhua::web::Site;

use crate::support::seekdb::TestDatabase;
use crate::support::site::{encoder, html};
use crate::support::{binary, project};

/// Runs the real binary as a server of its own, whose copy is in `cache`.
fn over(store: &str, cache: &Path, args: &[&str]) -> Output {
    let mut binary = binary();
    binary.args(args).env("YUANHUA_STORE", store).env("XDG_CACHE_HOME", cache);
    binary.output().expect("the binary runs")
}

fn said(store: &str, cache: &Path, args: &[&str]) -> String {
    let output = over(store, cache, args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

fn names(store: &str, cache: &Path) -> Vec<String> {
    let rows: Value = serde_json::from_str(&said(store, cache, &["list", "--json"])).expect("JSON");
    let rows = rows.as_array().expect("rows").iter();
    rows.map(|row| row["name"].as_str().expect("a name").to_owned()).collect()
}

/// A server with a copy in `cache`.
fn server(database: &TestDatabase, cache: &Path) -> Arc<Library> {
    Arc::new(library(place(database, cache, usize::MAX)))
}

/// The place of a library in a database, which proposes passages if there are so many.
fn place(database: &TestDatabase, cache: &Path, proposes_from: usize) -> LibraryLocation {
    let Ok(address) = database.address().parse();
    let shared = SharedStore::open(&address, cache).expect("the store opens");
    shared.propose_from(proposes_from);
    LibraryLocation::Shared(Arc::new(shared))
}

fn library(place: LibraryLocation) -> Library {
    let store = SourceStore::open(place, LibraryLimits::default(), Access::Write).expect("it opens");
    let library = Library::open(store, encoder()).expect("it opens");
    library.fill(|_| {}).expect("it fills");
    library
}

fn add(library: &Library, name: &str, text: &str) {
    library.add(vec![(name.to_owned(), text.as_bytes().to_vec())], false).expect("added");
    assert!(library.report().iter().all(|outcome| outcome.added.is_ok()), "{name} was added");
}

/// Returns everything that a program sees of a reply.
fn reply(library: &Library, query: &str) -> String {
    let reply = search::ask(&library.corpus().load(), query, search::SearchOptions::default()).expect("a reply");
    serde_json::to_string_pretty(&reply).expect("JSON")
}

const QUERIES: [&str; 24] = [
    "AI会取代人工客服吗？",
    "你们怎么看待情绪价值？",
    "客服团队的年龄结构",
    "有人提到训练机器人吗？",
    "公司如何激励员工？",
    "in:ai-customer-service 未来的客服是什么样",
    "“服务客户”",
    "他们喜欢吃火锅吗？",
    "AI會取代人工客服嗎？",
    "客戶最在意什麼？",
    "九零後員工有什麼特點？",
    "怎麼看待客服這個職業？",
    "老闆支持嗎？",
    "有沒有人擔心失業？",
    "機器人回答得好不好？",
    "誰喜歡爬山？",
    "Will AI replace human agents?",
    "What do customers care about most?",
    "How are young employees different?",
    "Who trains the chatbot?",
    "What would they say to people who look down on this job?",
    "Does empathy matter?",
    "Is there anything about salaries?",
    "Who owns a boat?",
];

#[test]
fn a_shared_library_says_the_same_as_a_folder() {
    let Some(database) = TestDatabase::new() else { return };
    let folders = [(); 4].map(|()| tempfile::tempdir().expect("a folder"));
    let text = fs::read(project("data/ai-customer-service.txt")).expect("the interview is bundled");
    fs::write(folders[0].path().join("ai-customer-service.txt"), &text).expect("written");
    let alone = library(LibraryLocation::Folder(folders[0].path().to_owned()));
    let writer = server(&database, folders[1].path());
    writer.add(vec![("ai-customer-service.txt".to_owned(), text)], false).expect("added");
    drop(writer);
    let store =
        SourceStore::open(place(&database, folders[2].path(), usize::MAX), LibraryLimits::default(), Access::Write);
    let shared = Library::open(store.expect("it opens"), encoder()).expect("it opens");
    shared.fill(|progress| panic!("{} texts were embedded once more", progress.total)).expect("it fills");
    // The first one writes the index, which the next snapshot uses.
    drop(library(place(&database, folders[3].path(), 0)));
    let proposed = library(place(&database, folders[3].path(), 0));
    let asks_database = |library: &Library| library.corpus().load().index.proposer.is_some();
    assert!(asks_database(&proposed) && !asks_database(&shared), "the database proposes passages to one of them");
    for query in QUERIES {
        let expected = reply(&alone, query);
        assert_eq!(reply(&shared, query), expected, "{query}");
        assert_eq!(reply(&proposed, query), expected, "{query}, proposed by the database");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_server_changes_is_in_force_on_the_others_at_the_next_request() {
    let Some(database) = TestDatabase::new() else { return };
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let [one, other] = [0, 1].map(|at| server(&database, folders[at].path()));
    add(&one, "runner.txt", "Q1.您下班以后做什么?\nA1 我每天傍晚沿着运河慢跑十公里。\n");
    add(&other, "cook.txt", "Q1.您周末做什么?\nA1 我给全家人炖一锅牛尾汤。\n");
    // The second server knew of the first addition before it made its own.
    let site = Site::of_library(Arc::clone(&other));
    other.catch_up().expect("the store answers");
    other.fill(|_| {}).expect("it fills");
    assert!(html(site.clone(), "/?q=运河慢跑", "zh-CN").await.contains("沿着运河"), "an addition is found elsewhere");
    let hash = one.listing().items.iter().find(|item| item.name == "runner").expect("listed").sha256.clone();
    one.edit(&hash, &TranscriptChange::Title("晨跑的人".to_owned())).expect("renamed");
    assert!(html(site.clone(), "/library", "zh-CN").await.contains("晨跑的人"), "a title is shown elsewhere");
    assert!(database.holds("沿着运河") && database.vectors_of(&hash) > 0, "words and vectors were stored");
    one.withdraw(&hash, None).expect("withdrawn");
    for address in ["/?q=运河慢跑", "/library", "/people", &format!("/t/{hash}")] {
        let request = axum::http::Request::get(address).body(axum::body::Body::empty()).expect("a request");
        let response = tower::ServiceExt::oneshot(yuanhua::web::app(site.clone()), request).await.expect("a response");
        let page = crate::support::site::body(response).await;
        assert!(!page.contains("沿着运河") && !page.contains("晨跑的人"), "{address} shows what was withdrawn");
    }
    assert!(!database.holds("沿着运河") && database.vectors_of(&hash) == 0, "nothing of it is stored");
    assert!(
        !crate::library::anywhere(folders[1].path(), "沿着运河"),
        "nothing of it is in the copy of the other server"
    );
    assert!(html(site, "/?q=牛尾汤", "zh-CN").await.contains("炖一锅"), "all else is still there");
}

#[test]
fn questions_and_tags_are_shared() {
    let Some(database) = TestDatabase::new() else { return };
    let folders = [(); 2].map(|()| tempfile::tempdir().expect("a folder"));
    let [one, other] = [0, 1].map(|at| server(&database, folders[at].path()));
    add(&one, "runner.txt", "Q1.您下班以后做什么?\nA1 我每天傍晚沿着运河慢跑十公里。\n");
    let corpus = one.corpus().load_full();
    let found = search::ask(&corpus, "慢跑", search::SearchOptions::default()).expect("a reply");
    let link = found.quotes[0].citation.permalink.parse().expect("a permalink");
    one.tag_quote(&link, &["健康".to_owned()], "下次再问").expect("tagged");
    other.catch_up().expect("the store answers");
    assert_eq!(other.tags().expect("tags").tags[0].name, "健康");
}

#[test]
fn servers_that_write_at_once_take_turns() {
    let Some(database) = TestDatabase::new() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let store = database.address();
    let write = |server: usize| {
        let cache = folder.path().join(format!("cache-{server}"));
        for number in 0..3 {
            let file = folder.path().join(format!("talk-{server}-{number}.txt"));
            fs::write(&file, format!("Q1.第{number}个?\nA1 服务器{server}说了第{number}句话。\n")).expect("written");
            said(&store, &cache, &["add", &file.display().to_string()]);
        }
    };
    std::thread::scope(|scope| {
        for server in 0..3 {
            scope.spawn(move || write(server));
        }
    });
    assert_eq!(names(&store, &folder.path().join("reader")).len(), 9);
    assert_eq!(database.revision(), 9, "each addition is one change");
}

#[test]
fn a_store_that_cannot_be_used_says_what_to_do_and_keeps_the_password() {
    let folder = tempfile::tempdir().expect("a folder");
    let complaint = |store: &str| {
        let output = over(store, folder.path(), &["list"]);
        assert_eq!(output.status.code(), Some(1), "{store}");
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert!(!said.contains("s3cret") && !said.contains("panicked"), "{said}");
        said
    };
    for store in
        ["mysql:/me:s3cret@host/db", "host:3306", "mysql://me:s3cret@host:2881", "mysql://me:s3cret@host:port/db"]
    {
        assert!(complaint(store).contains("write it as mysql://USER:PASSWORD@HOST:PORT/DATABASE"), "{store}");
    }
    let nobody = "mysql://me:s3cret@127.0.0.1:1/interviews";
    assert!(complaint(nobody).contains("mysql://127.0.0.1:1/interviews does not answer"), "{}", complaint(nobody));
    let Some(database) = TestDatabase::new() else { return };
    let refused = complaint(&database.address_as("me:s3cret"));
    assert!(refused.contains("check the user and the password"), "{refused}");
}

#[test]
fn what_is_typed_with_a_password_is_shown_nowhere() {
    let output = binary().args(["--store", "mysql://me:s3cret@127.0.0.1:1/db", "--port", "no"]).output();
    let output = output.expect("the binary runs");
    assert!(!String::from_utf8_lossy(&output.stderr).contains("s3cret"));
    let help = binary().args(["serve", "--help"]).env("YUANHUA_STORE", "mysql://me:s3cret@db/x").output();
    assert!(!String::from_utf8_lossy(&help.expect("the binary runs").stdout).contains("s3cret"));
}
