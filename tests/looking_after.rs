//! Tests of the library page: adding, changing and withdrawing. Each test has a folder of its own.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt as _;
use yuanhua::library::Access;
use yuanhua::library::{self, Library, LibraryLimits, LibraryLocation, SourceStore, TranscriptChange};
use yuanhua::web::{Site, app};

use crate::pages::encoder;

const RUNNING: &str = "关于跑步\nQ1.您平时做什么运动?\nA1 我每天早上沿着河边跑步五公里。\nA2 我只在周末去爬山。\n";
const COOKING: &str = "关于做饭\nQ1.您会做什么菜?\nA1 我最拿手的是红烧肉，要炖两个小时。\n";

#[tokio::test]
async fn where_there_are_no_interviews_the_page_says_so_and_not_that_nobody_said_it() {
    let library = TestLibrary::of(&[]);
    for address in ["/", "/?q=hello"] {
        let page = library.get(address).await.1;
        assert!(page.contains("There are no interviews here yet.") && !page.contains("obody"), "{page}");
        assert!(page.contains("/library"), "{page}");
    }
}

/// The page reloads once, when the work has ended. By then everything must be in place.
#[tokio::test]
async fn work_ends_when_all_that_it_added_is_in_place_and_not_before() {
    let library = TestLibrary::of(&[]);
    for round in 0..4 {
        let file = format!("{round}.txt");
        let text = format!("{RUNNING}A3 这是第{round}次。\n");
        let files = vec![(file, text.into_bytes()), (format!("bad{round}.txt"), b" \n".to_vec())];
        let shelf = Arc::clone(&library.shelf);
        let adding = std::thread::spawn(move || shelf.add(files, false));
        while library.shelf.progress().is_none() {
            std::thread::yield_now();
        }
        while library.shelf.progress().is_some() {
            std::thread::yield_now();
        }
        let listing = library.shelf.listing();
        assert_eq!(listing.items.len(), round + 1, "what was added is listed");
        assert!(listing.items.iter().all(|item| item.ready), "and can be searched");
        assert_eq!(library.shelf.report().len(), 2, "the bad one is told");
        adding.join().expect("no panic").expect("added");
    }
}

/// While some interviews are still unread, a reply must not say that nobody said it in any interview.
#[tokio::test]
async fn what_is_still_being_read_is_told_and_nobody_is_said_not_to_have_said_it() {
    let (folder, query) = (tempfile::tempdir().expect("a folder"), "/?q=%E8%B7%91%E6%AD%A5");
    fs::write(folder.path().join("running.txt"), RUNNING).expect("written");
    let shelf = Arc::new(Library::open(opened(folder.path()), encoder()).expect("it opens"));
    let library = TestLibrary { folder, shelf };
    let sha256 = library.shelf.listing().items[0].sha256.clone();
    let note = "1 interview is still being read. Its words cannot be found yet.";
    let begin = library.get("/").await.1;
    assert!(begin.contains(note), "{begin}");
    let asked = library.get(query).await.1;
    assert!(
        asked.contains("Nobody said it in the interviews that are read so far.") && asked.contains(note),
        "{asked}"
    );
    assert!(!asked.contains("Nobody was asked"), "{asked}");
    let exported = library.get("/export?q=%E8%B7%91%E6%AD%A5&as=markdown").await.1;
    assert!(exported.contains("read so far") && exported.contains(note), "{exported}");
    let told: Value = serde_json::from_str(&library.get("/api/ask?q=x").await.1).expect("JSON");
    assert_eq!(told["coming"], 1);
    let read = TestLibrary::of(&[("running.txt", RUNNING)]).get(query).await.1;
    let permalink = &read[read.find("/q/").expect("a permalink")..];
    let permalink = permalink[..permalink.find('"').expect("its end")].to_owned();
    for address in [format!("/t/{sha256}"), permalink] {
        let (status, page) = library.get(&address).await;
        assert!(page.contains("still being read"), "{address} {status} {page}");
        assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{address}");
    }

    library.shelf.fill(|_| {}).expect("it fills");
    assert!(!library.get("/").await.1.contains(note));
    let asked = library.get(query).await.1;
    assert!(asked.contains("河边跑步") && !asked.contains("still being read"), "{asked}");
    let told: Value = serde_json::from_str(&library.get("/api/ask?q=x").await.1).expect("JSON");
    assert!(told.get("coming").is_none(), "{told}");

    // A file that is dropped in while the library is open is announced before it is read.
    fs::write(library.path().join("cooking.txt"), COOKING).expect("written");
    library.shelf.assemble().expect("it assembles");
    assert!(library.get(query).await.1.contains(note));
    assert!(library.get("/").await.1.contains(note));
}

struct TestLibrary {
    folder: tempfile::TempDir,
    shelf: Arc<Library>,
}

impl TestLibrary {
    fn of(files: &[(&str, &str)]) -> Self {
        Self::bounded(files, LibraryLimits::default())
    }

    fn bounded(files: &[(&str, &str)], limits: LibraryLimits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("written");
        }
        let stock = SourceStore::open(LibraryLocation::Folder(folder.path().to_owned()), limits, Access::Write)
            .expect("it opens");
        let shelf = Library::open(stock, encoder()).expect("it opens");
        shelf.fill(|_| {}).expect("it fills");
        Self { folder, shelf: Arc::new(shelf) }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let response: Response<Body> = app(Site::over(Arc::clone(&self.shelf))).oneshot(request).await.expect("one");
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
    }

    async fn get(&self, address: &str) -> (StatusCode, String) {
        let request = Request::get(address).header(header::ACCEPT_LANGUAGE, "en").body(Body::empty());
        self.send(request.expect("a request")).await
    }

    async fn post(&self, address: &str, kind: &str, body: String) -> (StatusCode, String) {
        let request = Request::post(address)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    async fn upload(&self, files: &[(&str, &str)]) -> (StatusCode, String) {
        self.post("/library/add", "multipart/form-data; boundary=XX", parts(files)).await
    }

    async fn form(&self, address: &str, body: &str) -> (StatusCode, String) {
        self.post(address, "application/x-www-form-urlencoded", body.to_owned()).await
    }

    async fn quotes(&self, query: &str) -> String {
        let mut address = "/api/ask?q=".to_owned();
        address.extend(query.bytes().map(|byte| format!("%{byte:02X}")));
        let reply: Value = serde_json::from_str(&self.get(&address).await.1).expect("JSON");
        reply["quotes"].to_string()
    }

    fn sha256(&self, name: &str) -> String {
        let listing = self.shelf.listing();
        listing.items.iter().find(|item| item.name == name).expect("it is listed").sha256.clone()
    }
}

fn parts(files: &[(&str, &str)]) -> String {
    let part = |(name, text): &(&str, &str)| {
        format!("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n")
    };
    files.iter().map(part).collect::<Vec<_>>().concat() + "--XX--\r\n"
}

#[tokio::test]
async fn files_that_are_uploaded_can_be_asked_and_a_bad_one_fails_alone() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let (status, _) =
        library.upload(&[("cooking.txt", COOKING), ("story.txt", "从前有座山。"), ("again.txt", RUNNING)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    // A slow machine may still be at work when the page is shown.
    while library.shelf.listing().items.len() < 2 || library.shelf.progress().is_some() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let page = library.get("/library").await.1;
    assert!(page.contains("关于做饭") && page.contains("关于跑步"), "{page}");
    assert!(page.contains("<strong>story.txt</strong> not added"), "{page}");
    assert!(page.contains("again.txt: this is running, which is in the library already"), "{page}");
    assert!(library.quotes("红烧肉怎么做?").await.contains("红烧肉"));
    assert_eq!(fs::read_to_string(library.path().join("cooking.txt")).expect("there"), COOKING);
}

#[tokio::test]
async fn another_site_can_change_nothing() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let withdraw = format!("/library/{}/withdraw", library.sha256("running"));
    let from = |origin: &[(&'static str, &'static str)]| {
        let request = Request::post(&withdraw).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = origin.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(Body::from("sure=yes")).expect("a request")
    };
    for foreign in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site"), ("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")],
        &[("origin", "http://elsewhere.example"), ("host", "127.0.0.1:8080")],
        &[("origin", "null"), ("host", "127.0.0.1:8080")],
        &[],
    ] {
        assert_eq!(library.send(from(foreign)).await.0, StatusCode::FORBIDDEN, "{foreign:?}");
    }
    assert_eq!(library.shelf.listing().items.len(), 1);
    let ours = from(&[("origin", "http://192.168.1.5:8080"), ("host", "192.168.1.5:8080")]);
    assert_eq!(library.send(ours).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_withdrawn_transcript_is_gone_everywhere_at_once() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    library.shelf.add(vec![("cooking.txt".to_owned(), COOKING.as_bytes().to_vec())], false).expect("added");
    let sha256 = library.sha256("cooking");
    let permalink = format!("/t/{}", &sha256[..16]);
    assert_eq!(library.get(&permalink).await.0, StatusCode::OK);
    let (status, _) = library.form(&format!("/library/{sha256}/withdraw"), "who=").await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "not without being sure");
    let (status, receipt) = library.form(&format!("/library/{sha256}/withdraw"), "who=&sure=yes").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        receipt.contains("exports: 1 answer, 2 passages.") && receipt.contains("The file was deleted"),
        "{receipt}"
    );
    for address in [permalink.clone(), format!("{permalink}?span=30-60"), format!("{permalink}/received")] {
        let (status, page) = library.get(&address).await;
        assert_eq!(status, StatusCode::GONE, "{address}");
        assert!(page.contains("This was withdrawn") && !page.contains("红烧肉"), "{page}");
    }
    assert!(!library.quotes("红烧肉怎么做?").await.contains("红烧肉"));
    assert!(!library.get("/library").await.1.contains("关于做饭") && !library.get("/").await.1.contains("关于做饭"));
    assert!(!library.path().join("cooking.txt").exists());
}

#[tokio::test]
async fn a_title_can_be_changed_and_changed_back() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let change = format!("/library/{}/change", library.sha256("running"));
    assert_eq!(library.form(&change, "title=Moving+%26+resting").await.0, StatusCode::SEE_OTHER);
    assert!(library.get("/").await.1.contains("Moving &#38; resting"));
    library.form(&change, "title=").await;
    assert!(library.get("/library").await.1.contains("关于跑步"));
    assert_eq!(library.form(&change, "nothing=1").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(library.form("/library/0000/change", "title=x").await.0, StatusCode::NOT_FOUND);
}

const TALK: &str = "speaker,when,wer,said\nx,00:00:01,安妮,您怎么开始养蜂的？\nx,00:00:05,老周,我从爷爷那里接过来的，一共三箱蜂。\nx,00:00:09,安妮,后来呢？\nx,00:00:12,老 周,后来有了四十箱，冬天要喂糖水。\n";

#[tokio::test]
async fn columns_speakers_and_who_asks_are_set_on_the_page() {
    let library = TestLibrary::of(&[("bees.csv", &TALK.replace("said", "text"))]);
    let sha256 = library.sha256("bees");
    let change = format!("/library/{sha256}/change");
    let page = library.get("/library").await.1;
    // The program guessed the first column that is called `speaker`. The page shows the guess and lets it be changed.
    assert!(page.contains("<option selected>speaker</option>"), "{page}");
    let columns = "text_column=text&speaker_column=wer&time_column=when";
    assert_eq!(library.form(&change, columns).await.0, StatusCode::SEE_OTHER);
    let page = library.get("/library").await.1;
    assert!(page.contains("<option selected>wer</option>") && page.contains("安妮 asks"), "{page}");
    let wrong = "text_column=none&speaker_column=&time_column=";
    assert_eq!(library.form(&change, wrong).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(library.form(&change, "interviewers=nobody").await.0, StatusCode::NOT_FOUND);
    library.form(&change, "interviewers=%E8%80%81%E5%91%A8").await;
    assert!(library.get("/library").await.1.contains("老周 asks"));
    library.form(&change, "interviewers=").await;
    library.form(&change, "speaker=%E8%80%81+%E5%91%A8&into=%E8%80%81%E5%91%A8").await;
    library.form(&change, "speaker=%E8%80%81%E5%91%A8&shown=Beekeeper+A").await;
    let permalink = format!("/t/{}", &sha256[..16]);
    for shown in
        [library.get("/library").await.1, library.get(&permalink).await.1, library.quotes("冬天喂什么？").await]
    {
        assert!(shown.contains("Beekeeper A") && !shown.contains("老周") && !shown.contains("老 周"), "{shown}");
    }
    let (status, receipt) = library.form(&format!("/library/{sha256}/withdraw"), "who=Beekeeper+A&sure=yes").await;
    assert_eq!(status, StatusCode::OK);
    assert!(receipt.contains("2 answers"), "{receipt}");
    for shown in
        [library.get("/library").await.1, library.get(&permalink).await.1, library.quotes("冬天喂什么？").await]
    {
        assert!(!shown.contains("Beekeeper A") && !shown.contains("三箱") && !shown.contains("糖水"), "{shown}");
    }
    // The withdrawals also hold after a restart.
    let TestLibrary { folder, shelf } = library;
    drop(shelf);
    let again = Library::open(opened(folder.path()), encoder()).expect("it opens");
    again.fill(|_| {}).expect("it fills");
    let corpus = again.corpus().load_full();
    assert!(corpus.transcripts.iter().all(|transcript| transcript.answers().count() == 0));
}

/// A visit in which both people ask a little. The visitor speaks first.
const VISIT: &str = "许明：我先介绍一下修钟社，去年修了一百多口老钟，三口是光绪年间的。\n唐一：我觉得很有意义，小时候家里也有一口，搬家的时候丢了。\n许明：现在的困难是没有零件，年轻人也不愿意学，只剩四个人了。\n唐一：零件的事可以找职业学校，他们有车床，学生也要做东西。\n许明：所以今天来，是想请您看看能不能放进学校里去？\n唐一：课时不一定要有，社团也可以，一个礼拜两个钟头就够了。\n许明：展览办过一回，来了两百人，多半是老人，孩子很少。\n唐一：你们的展览是在哪里办的，是在老邮局那边吗？\n许明：零件我们自己车，车一个要三天，坏了就得重来。\n唐一：那就放到图书馆去，孩子放学都在那里，一天有几百个。\n";

#[tokio::test]
async fn where_it_is_not_sure_who_asks_the_page_asks_once_and_an_answer_settles_it() {
    let library = TestLibrary::of(&[("visit.txt", VISIT)]);
    let change = format!("/library/{}/change", library.sha256("visit"));
    let page = library.get("/library").await.1;
    assert!(page.contains("Who asks here?") && page.contains("value=\"唐一\">唐一</button>"), "{page}");
    let quoted = library.quotes("零件可以找谁？").await;
    assert!(quoted.contains("找职业学校") && quoted.contains("\"role\":\"undecided\""), "{quoted}");
    assert_eq!(library.form(&change, "asks=").await.0, StatusCode::SEE_OTHER);
    let page = library.get("/library").await.1;
    assert!(!page.contains("Who asks here?"), "{page}");
    let quoted = library.quotes("零件可以找谁？").await;
    assert!(quoted.contains("找职业学校") && !quoted.contains("undecided"), "{quoted}");
    library.form(&change, "asks=%E5%94%90%E4%B8%80").await;
    let page = library.get("/library").await.1;
    assert!(page.contains("唐一 asks") && !page.contains("Who asks here?"), "{page}");
    assert!(!library.quotes("零件可以找谁？").await.contains("找职业学校，他们有车床，学生"));
}

#[tokio::test]
async fn an_upload_that_is_too_large_is_a_sentence() {
    let library = TestLibrary::bounded(&[], LibraryLimits { file_mib: 1, ..LibraryLimits::default() });
    let (status, page) = library.upload(&[("long.txt", &"长".repeat(400_000))]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("At most 1 MiB"), "{page}");
}

#[tokio::test]
async fn the_library_page_lists_what_there_is() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("copy.md", &format!("{RUNNING}\n")), ("empty.txt", "")]);
    let page = library.get("/library").await.1;
    insta::with_settings!({ filters => vec![
        (r"/static/[a-z.]*[0-9a-f]{8,}[^\x22]*", "/static/[file]"),
        (r"\d{4}-\d{2}-\d{2}", "[date]"),
        (r"/[^ ]*/(empty\.txt)", "[folder]/$1"),
    ] }, { insta::assert_snapshot!("library_page", page); });
}

#[tokio::test]
async fn a_transcript_is_tested_by_its_own_questions() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("cooking.txt", COOKING)]);
    let (status, page) = library.get(&format!("/library/{}/self-test", library.sha256("running"))).await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("1 of its own questions") && page.contains("came first for 100 %"), "{page}");
}

#[tokio::test]
async fn a_folder_that_is_open_elsewhere_is_read_and_says_so() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let place = LibraryLocation::Folder(library.path().to_owned());
    let busy = SourceStore::open(place.clone(), LibraryLimits::default(), Access::Write)
        .err()
        .expect("it is open")
        .to_string();
    assert!(busy.contains("is open in another yuanhua"), "{busy}");
    let stock = SourceStore::open(place, LibraryLimits::default(), Access::ReadAtLeast).expect("it can be read");
    let second = Library::open(stock, encoder()).expect("it opens");
    second.fill(|_| {}).expect("it fills");
    assert_eq!(second.corpus().load().transcripts.len(), 1);
    let refused = second.withdraw(&library.sha256("running"), None).expect_err("it is not to be written");
    assert!(refused.to_string().contains("is open in another yuanhua"), "{refused}");
    let second = TestLibrary { folder: tempfile::tempdir().expect("a folder"), shelf: Arc::new(second) };
    let page = second.get("/library").await.1;
    assert!(page.contains("Nothing can be changed here") && !page.contains("action=\"/library/add\""), "{page}");
}

#[test]
fn files_that_come_and_go_are_noticed() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    library::watch(Arc::downgrade(&library.shelf));
    let wait = |number: usize| {
        while library.shelf.corpus().load().transcripts.len() != number {
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    fs::write(library.path().join("cooking.txt"), COOKING).expect("written");
    wait(2);
    fs::remove_file(library.path().join("running.txt")).expect("removed");
    wait(1);
    assert_eq!(library.shelf.listing().items[0].name, "cooking");
}

#[test]
fn what_was_cancelled_is_taken_back() {
    let library = TestLibrary::of(&[]);
    let many: Vec<(String, Vec<u8>)> =
        (0..400).map(|n| (format!("{n}.txt"), COOKING.replace("红烧肉", &format!("第{n}道菜")).into_bytes())).collect();
    let shelf = Arc::clone(&library.shelf);
    let work = std::thread::spawn(move || shelf.add(many, false));
    while library.shelf.progress().is_none() && !work.is_finished() {
        std::thread::sleep(Duration::from_millis(1));
    }
    library.shelf.cancel();
    work.join().expect("it ends").expect("cancelling is no failure");
    let listing = library.shelf.listing();
    let files = fs::read_dir(library.path()).expect("a folder").filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "txt"))
    });
    assert_eq!(files.count(), listing.items.len());
    assert!(listing.items.iter().all(|item| item.ready));
    let (added, cancelled): (Vec<_>, Vec<_>) = library.shelf.report().into_iter().partition(|one| one.added.is_ok());
    assert_eq!((added.len(), cancelled.len()), (listing.items.len(), 400 - listing.items.len()));
}

/// Opens the library of a folder and makes all of it ready.
pub(crate) fn shelf(folder: &Path) -> Arc<Library> {
    let shelf = Library::open(opened(folder), encoder()).expect("it opens");
    shelf.fill(|_| {}).expect("it fills");
    Arc::new(shelf)
}

fn opened(folder: &Path) -> SourceStore {
    let key = std::env::temp_dir().join("yuanhua-tests-have-no-home").join("seal.key");
    SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::Write)
        .expect("it opens")
        .kept_under(&key)
}

#[test]
fn the_cache_makes_the_second_start_free() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let TestLibrary { folder, shelf } = library;
    drop(shelf);
    let again = Library::open(opened(folder.path()), encoder()).expect("it opens");
    assert!(again.listing().items[0].ready, "nothing is embedded again");
    let mut embedded = 0;
    again.fill(|progress| embedded = progress.total).expect("it fills");
    assert_eq!(embedded, 0);
}

#[test]
fn a_changed_title_is_kept_when_the_file_changes() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let title = TranscriptChange::Title("跑步的人".to_owned());
    library.shelf.edit(&library.sha256("running"), &title).expect("changed");
    fs::write(library.path().join("running.txt"), format!("{RUNNING}A3 我游泳。\n")).expect("written");
    library.shelf.fill(|_| {}).expect("it fills");
    let listing = library.shelf.listing();
    assert_eq!((listing.items[0].title.as_str(), listing.items[0].answers), ("跑步的人", 3));
}

#[tokio::test]
async fn an_upload_that_cannot_be_listed_is_told_and_not_kept() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    library.upload(&[("x.exe", COOKING)]).await;
    let page = library.get("/library").await.1;
    assert!(page.contains("<strong>x.exe</strong> not added") && page.contains("save it as one of txt, md"), "{page}");
    // The name of this file is in another encoding.
    let parts = parts(&[("NAME.txt", COOKING)]);
    let (before, after) = parts.split_once("NAME").expect("a name");
    let body = [before.as_bytes(), b"\xb7\xc3\xcc\xb8", after.as_bytes()].concat();
    let request = Request::post("/library/add")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .body(Body::from(body));
    library.send(request.expect("a request")).await;
    while library.shelf.listing().items.len() < 2 || library.shelf.progress().is_some() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(library.shelf.listing().items.iter().any(|item| item.name.starts_with('_')), "it has a name of its own");
}

#[tokio::test]
async fn a_name_or_a_title_has_a_length_and_controls_nothing() {
    let library = TestLibrary::of(&[(
        "bees.csv",
        &TALK.replace("said", "text").replace("speaker,", "x,").replace("wer", "speaker"),
    )]);
    let change = format!("/library/{}/change", library.sha256("bees"));
    let (status, page) = library.form(&change, &format!("title={}", "x".repeat(2000))).await;
    assert!(status == StatusCode::BAD_REQUEST && page.contains("200 characters at most"), "{status} {page}");
    library.form(&change, "speaker=%E8%80%81%E5%91%A8&shown=P%1B%5B31m%E2%80%AE1").await;
    library.form(&change, "title=T%1B%5B2J%E2%80%AEx%0D%0Ay").await;
    let listed = format!("{:?}", library.shelf.listing());
    for control in ["\\u{1b}", "\\u{202e}", "\\r", "\\n"] {
        assert!(!listed.contains(control), "{control} in {listed}");
    }
}

#[tokio::test]
async fn a_file_that_is_nearly_one_that_was_withdrawn_is_held_back_until_somebody_decides() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("cooking.txt", COOKING)]);
    let sha256 = library.sha256("cooking");
    library.form(&format!("/library/{sha256}/withdraw"), "who=&sure=yes").await;
    fs::write(library.path().join("cooking.txt"), format!("{COOKING}\n")).expect("written");
    library.shelf.fill(|_| {}).expect("it fills");
    let page = library.get("/library").await.1;
    assert!(
        page.contains("nearly the same as an interview that was withdrawn on") && !page.contains("红烧肉"),
        "{page}"
    );
    let held = library.shelf.listing().unread.iter().find_map(|one| one.held.clone()).expect("it is held back");
    let allow = format!("/library/{held}/allow");
    assert!(page.contains(&allow), "{page}");
    assert_eq!(library.form(&allow, "").await.0, StatusCode::BAD_REQUEST, "not without being sure");
    assert_eq!(library.form("/library/0000/allow", "sure=yes").await.0, StatusCode::NOT_FOUND);
    assert_eq!(library.form(&allow, "sure=yes").await.0, StatusCode::SEE_OTHER);
    assert!(library.quotes("红烧肉怎么做?").await.contains("红烧肉"));
}

#[test]
fn a_file_that_is_replaced_with_the_same_size_and_date_is_noticed() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let path = library.path().join("running.txt");
    let date = fs::metadata(&path).and_then(|about| about.modified()).expect("a date");
    fs::write(&path, RUNNING.replace("爬山", "游泳")).expect("written");
    fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(date)).expect("set");
    library.shelf.fill(|_| {}).expect("it fills");
    let corpus = library.shelf.corpus().load_full();
    assert!(corpus.transcripts[0].text().contains("游泳"));
}

#[test]
fn a_folder_that_is_deleted_and_made_again_works_again_and_keeps_what_was_withdrawn() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("cooking.txt", COOKING)]);
    library.shelf.withdraw(&library.sha256("cooking"), None).expect("withdrawn");
    library::watch(Arc::downgrade(&library.shelf));
    let wait = |what: &dyn Fn() -> bool| {
        let until = std::time::Instant::now() + Duration::from_mins(2);
        while !what() {
            assert!(std::time::Instant::now() < until, "{:?}", library.shelf.health());
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    // The program may make a cache file while the folder is being emptied, so this is tried again.
    wait(&|| fs::remove_dir_all(library.path()).is_ok() || !library.path().exists());
    wait(&|| library.shelf.health().trouble.is_some());
    fs::create_dir(library.path()).expect("made");
    fs::write(library.path().join("running.txt"), RUNNING.replace("爬山", "游泳")).expect("written");
    fs::write(library.path().join("copy.txt"), format!("\n{COOKING}")).expect("written");
    wait(&|| library.shelf.corpus().load().transcripts.iter().any(|one| one.text().contains("游泳")));
    wait(&|| library.shelf.health().is_good());
    assert_eq!(library.shelf.listing().items.len(), 1, "what was withdrawn stays so");
    library.shelf.add(vec![("more.txt".to_owned(), TALK.as_bytes().to_vec())], false).expect("added");
    assert!(library.path().join("more.txt").exists() && library.shelf.health().watching);
}
