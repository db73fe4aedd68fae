//! A large library answers before all of it is embedded, says so, and in the end replies as one that was embedded at
//! once.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use tower::ServiceExt as _;
use yuanhua::library::{Access, Library, LibraryLimits, LibraryLocation, SourceStore};
use yuanhua::search::{self, Verdict};
use yuanhua::web::{Site, app};

use crate::support::binary;
use crate::support::site::encoder;

/// From this number of texts on, a library is large here.
const MANY: usize = 40;
const TALKS: usize = 6;
/// Answers of a talk, to one question each.
const ANSWERS: usize = 16;
/// The longest time that anything here takes, however slow the machine is.
const LONG: Duration = Duration::from_mins(4);
const SAID: [&str; 8] = [
    "我每天早上沿着河边跑步，去年跑了三百天。",
    "客服回复太慢了，我等了两个小时才退款。",
    "The refund took three weeks, and nobody told me why.",
    "我們的頻道去年開始做訪談，觀眾很多。",
    "那台磨豆机一直漏油。后来我们把它抬进了仓库。",
    "My grandmother taught me to cook; I stood beside her at the stove.",
    "孩子的学校就在小区对面，走路五分钟。",
    "The bus line saves me twenty minutes each way.",
];
const QUERIES: [&str; 6] = ["有人跑步吗？", "退款要多久", "Who was refunded?", "頻道", "火星上有水吗？", "\"磨豆机\""];

fn talk(number: usize) -> String {
    let answer = |k: usize| {
        let said = SAID[(number + k * 3) % SAID.len()];
        format!("Q{}. 第{number}场第{k}个问题，您怎么看？\nA1 {said}（{number}之{k}）\n", k + 1)
    };
    (0..ANSWERS).map(answer).collect()
}

fn write_talks(folder: &Path) {
    for number in 0..TALKS {
        fs::write(folder.join(format!("talk-{number}.txt")), talk(number)).expect("written");
    }
}

fn store(folder: &Path) -> SourceStore {
    SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::Write)
        .expect("it opens")
}

/// A large library, before any of it is embedded.
fn large(folder: &Path) -> Arc<Library> {
    let library = Library::open(store(folder).provisional_from(MANY), encoder()).expect("it opens");
    library.fill_provisionally().expect("found provisionally");
    Arc::new(library)
}

/// Returns everything that a person sees of a library.
fn seen(library: &Library) -> Vec<String> {
    let corpus = library.corpus().load_full();
    let ask = |query: &&str| {
        let reply = search::ask(&corpus, query, search::SearchOptions { explain: true, ..Default::default() });
        serde_json::to_string_pretty(&reply.expect("a reply")).expect("JSON")
    };
    QUERIES.iter().map(ask).chain([format!("{:#?}", library.listing())]).collect()
}

async fn page(library: &Arc<Library>, address: &str, lang: &str) -> String {
    let request = Request::get(address).header(header::HOST, "localhost").header(header::ACCEPT_LANGUAGE, lang);
    let site = app(Site::of_library(Arc::clone(library)));
    let response = site.oneshot(request.body(Body::empty()).expect("a request")).await.expect("a response");
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

async fn json_of(library: &Arc<Library>, address: &str) -> Value {
    serde_json::from_str(&page(library, address, "en").await).expect("JSON")
}

/// How many texts the program at an address has embedded.
fn progress(address: &str) -> u64 {
    let mut stream = TcpStream::connect(address).expect("it connects");
    let request = format!("GET /library/progress HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut told = String::new();
    stream.read_to_string(&mut told).expect("read");
    let json = told.find('{').and_then(|at| told.rfind('}').map(|end| &told[at..=end]));
    let told: Option<Value> = json.and_then(|json| serde_json::from_str(json).ok());
    told.and_then(|told| told["done"].as_u64()).unwrap_or_default()
}

fn wait_until(what: &str, mut holds: impl FnMut() -> bool) {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < LONG, "{what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

#[tokio::test]
async fn a_large_library_answers_before_it_is_embedded_and_says_so() {
    let folder = tempfile::tempdir().expect("a folder");
    write_talks(folder.path());
    let library = large(folder.path());
    let corpus = library.corpus().load_full();
    assert_eq!((corpus.transcripts.len(), corpus.coming()), (TALKS, 0));
    let all = corpus.passages.len();
    let read = corpus.read_so_far().expect("nothing is read closely");
    assert_eq!((read.closely, read.passages), (0, all));

    let reply = search::ask(&corpus, "有人跑步吗？", search::SearchOptions::default()).expect("a reply");
    assert_eq!(reply.verdict, Verdict::Said);
    assert!(reply.quotes.iter().all(|quote| quote.text.contains("跑步")));
    let reply = search::ask(&corpus, "Who waited for a refund?", search::SearchOptions::default()).expect("a reply");
    assert!(reply.quotes[0].text.contains("退款") || reply.quotes[0].text.contains("refund"));

    for (lang, note, not_found) in [
        ("en", format!("0 of {all} passages are read closely."), "Nobody who said it was found yet."),
        ("zh-CN", format!("已细读 0 段，共 {all} 段。"), "暂时没有找到有人说到这一点"),
        ("zh-TW", format!("已細讀 0 段，共 {all} 段。"), "暫時沒有找到有人說到這一點"),
    ] {
        let begin = page(&library, "/", lang).await;
        assert!(begin.contains(&note), "{begin}");
        let asked = page(&library, "/?q=zebrafish%20genome", lang).await;
        assert!(asked.contains(&note) && asked.contains(not_found), "{asked}");
        assert!(!asked.contains("Nobody said") && !asked.contains("Nobody was asked"), "{asked}");
    }
    let read = json!({ "closely": 0, "passages": all });
    assert_eq!(json_of(&library, "/api/ask?q=zebrafish").await["reading"], read);
    let ready = json_of(&library, "/readyz").await;
    assert_eq!(ready, json!({ "ready": true, "transcripts": TALKS, "coming": 0, "reading": read }));
    let figures = page(&library, "/metrics", "en").await;
    assert!(figures.contains(&format!("yuanhua_library{{of=\"passages_not_closely_read\"}} {all}")), "{figures}");
    let note = json_of(&library, "/reading").await["note"].as_str().map(str::to_owned);
    assert!(note.is_some_and(|note| note.starts_with(&format!("0 of {all}"))));
    // What only lists is found by its words, so it is whole already.
    let listed = json_of(&library, "/api/ask?q=%22%E7%A3%A8%E8%B1%86%E6%9C%BA%22").await;
    assert!(listed.get("reading").is_none(), "{listed}");

    // In the end it replies as a library that was embedded at once.
    library.fill(|_| {}).expect("it fills");
    assert!(library.corpus().load().read_so_far().is_none());
    assert_eq!(json_of(&library, "/reading").await, json!({ "note": null }));
    assert!(!page(&library, "/", "en").await.contains("read closely"));
    assert!(json_of(&library, "/api/ask?q=zebrafish").await.get("reading").is_none());
    let other = tempfile::tempdir().expect("a folder");
    write_talks(other.path());
    let at_once = Library::open(store(other.path()), encoder()).expect("it opens");
    at_once.fill(|_| {}).expect("it fills");
    for (one, other) in seen(&library).iter().zip(seen(&at_once)) {
        assert_eq!(*one, other);
    }
}

#[test]
fn a_small_library_and_a_small_addition_wait_for_the_encoder_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("one.txt"), "Q1.您呢?\nA1 我每天跑步。\n").expect("written");
    let library = large(folder.path());
    assert_eq!((library.corpus().load().coming(), library.corpus().load().transcripts.len()), (1, 0));
    library.fill(|_| {}).expect("it fills");
    assert_eq!(library.corpus().load().coming(), 0);
}

#[test]
fn provisional_vectors_are_never_kept_and_what_is_embedded_is_kept_when_the_program_is_killed() {
    let folder = tempfile::tempdir().expect("a folder");
    write_talks(folder.path());
    // So much that the program embeds it behind the open page.
    for number in 0..4 {
        let answer = |k: usize| format!("Q{}. 第{number}组{k}？\nA1 我吃了{number}个第{k}号苹果。\n", k + 1);
        let answers: String = (0..200).map(answer).collect();
        fs::write(folder.path().join(format!("apples-{number}.txt")), answers).expect("written");
    }
    let mut program = binary()
        .args(["serve", "--port", "0", "--data"])
        .arg(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("it runs");
    let mut greeting = String::new();
    let mut told = BufReader::new(program.stdout.take().expect("piped"));
    wait_until("it greets", || told.read_line(&mut greeting).is_ok() && greeting.contains("http://"));
    let address = greeting.split("http://").nth(1).and_then(|rest| rest.split(['/', ' ', '\n']).next());
    let address = address.expect("an address").replace("localhost", "127.0.0.1");
    wait_until("some are embedded", || progress(&address) >= 128);
    program.kill().expect("killed");
    program.wait().expect("it ended");

    let library = large(folder.path());
    let corpus = library.corpus().load_full();
    let read = corpus.read_so_far().expect("it was killed before the end");
    assert_eq!((read.passages, corpus.coming()), (corpus.passages.len(), 0));
    let (mut again, mut all) = (0, 0);
    library.fill(|progress| again = again.max(progress.total)).expect("it fills");
    assert!(library.corpus().load().read_so_far().is_none());
    let other = tempfile::tempdir().expect("a folder");
    for file in fs::read_dir(folder.path()).expect("a folder").flatten().filter(|file| file.path().is_file()) {
        fs::copy(file.path(), other.path().join(file.file_name())).expect("copied");
    }
    let at_once = Library::open(store(other.path()), encoder()).expect("it opens");
    at_once.fill(|progress| all = all.max(progress.total)).expect("it fills");
    assert!(again < all, "what was embedded is not embedded again: {again} of {all}");
    assert_eq!(seen(&library).len(), seen(&at_once).len());
    for (one, other) in seen(&library).iter().zip(seen(&at_once)).take(QUERIES.len()) {
        assert_eq!(*one, other);
    }
}

#[test]
fn what_is_withdrawn_while_the_rest_is_embedded_does_not_come_back() {
    let folder = tempfile::tempdir().expect("a folder");
    write_talks(folder.path());
    let answer = |k: usize| format!("Q{}. 再问{k}？\nA1 我把第{k}只鸽子养在灯塔上面。\n", k + 1);
    let own: String = (0..ANSWERS).map(answer).collect();
    fs::write(folder.path().join("pigeons.txt"), own).expect("written");
    let library = large(folder.path());
    let pigeons = library.listing().items.iter().find(|item| item.name == "pigeons").expect("listed").sha256.clone();
    let embedding = {
        let library = Arc::clone(&library);
        std::thread::spawn(move || library.fill(|_| {}))
    };
    wait_until("it embeds", || library.progress().is_some_and(|progress| progress.total > 0));
    library.withdraw(&pigeons, None).expect("withdrawn");
    let holds = |library: &Library| {
        let corpus = library.corpus().load_full();
        corpus.transcripts.iter().any(|transcript| transcript.text().contains("鸽子"))
    };
    assert!(!holds(&library), "it is gone at once");
    embedding.join().expect("no panic").expect("it fills");
    assert!(!holds(&library) && library.corpus().load().read_so_far().is_none());
    assert_eq!(library.corpus().load().transcripts.len(), TALKS);
    drop(library);
    let again = Library::open(store(folder.path()), encoder()).expect("it opens");
    let mut embedded = 0;
    again.fill(|progress| embedded = progress.total).expect("it fills");
    assert_eq!((embedded, holds(&again)), (0, false), "all that is left is in the cache");
}

#[test]
fn an_addition_that_is_cancelled_leaves_nothing_that_is_only_found_provisionally() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = large(folder.path());
    let files = (0..TALKS).map(|number| (format!("talk-{number}.txt"), talk(number).into_bytes())).collect();
    let adding = {
        let library = Arc::clone(&library);
        std::thread::spawn(move || library.add(files, false))
    };
    wait_until("it is found provisionally", || library.corpus().load().read_so_far().is_some() || adding.is_finished());
    library.cancel();
    adding.join().expect("no panic").expect("cancelling is no failure");
    let corpus = library.corpus().load_full();
    assert!(corpus.read_so_far().is_none() && corpus.coming() == 0);
    let files = fs::read_dir(folder.path()).expect("a folder").flatten();
    let files = files.filter(|file| file.path().extension().is_some_and(|ending| ending == "txt")).count();
    assert_eq!(files, corpus.transcripts.len());
}
