//! Tests of the server under strangers and crowds: half-sent requests, idle connections, bursts, stops, and a page that
//! asks for a token.

use std::fs;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tower::ServiceExt as _;
use yuanhua::config::{Admission, Config, ServerLimits};
use yuanhua::library::Access;
use yuanhua::library::{Library, LibraryLimits, LibraryLocation, SourceStore};
use yuanhua::web::{Server, Site, app};

use crate::support::site::{body, encoder, fixture, get};

/// The longest time that anything here takes, however slow the machine is.
const LONG: Duration = Duration::from_mins(1);
const SOON: Duration = Duration::from_millis(300);

/// A server over a folder of its own.
struct Running {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    done: JoinHandle<()>,
    _folder: tempfile::TempDir,
}

impl Running {
    async fn with(limits: ServerLimits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("one.txt"), "Q1.您下班以后做什么?\nA1 我去跑步。\n").expect("written");
        let server = listening("127.0.0.1", Admission::Anybody, limits, folder.path()).await;
        let (stop, stopped) = oneshot::channel();
        let address = server.address();
        let stopped = async { drop(stopped.await) };
        let done = tokio::spawn(server.run(stopped, |_, _| {}));
        Self { address, stop, done, _folder: folder }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.expect("it connects")
    }

    /// Sends a request and reads until the connection is closed.
    async fn send(&self, request: &str) -> String {
        let mut stream = self.connect().await;
        stream.write_all(request.as_bytes()).await.expect("sent");
        rest(&mut stream).await
    }

    /// Sends a form whose body is incomplete, and returns the connection. The server then waits for the rest.
    async fn half(&self, path: &str, kind: &str, length: usize, part: &str) -> TcpStream {
        let mut stream = self.connect().await;
        let head = form(path, kind, length).replace("Host", "Expect: 100-continue\r\nHost");
        stream.write_all(head.as_bytes()).await.expect("sent");
        let mut told = [0; CONTINUE.len()];
        timeout(LONG, stream.read_exact(&mut told)).await.expect("in time").expect("it goes on");
        assert_eq!(told, *CONTINUE);
        stream.write_all(part.as_bytes()).await.expect("sent");
        stream
    }

    async fn get(&self, path: &str) -> String {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).await
    }
}

async fn listening(host: &str, admission: Admission, limits: ServerLimits, folder: &std::path::Path) -> Server {
    let store = SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::Write)
        .expect("it opens");
    let library = Library::open(store, encoder()).expect("it opens");
    let address = SocketAddr::new(host.parse().expect("an address"), 0);
    let config = Config { address, host_names: Vec::new(), admission, limits };
    Server::listen(&config, Arc::new(library)).await.expect("it listens")
}

/// Returns what comes until the connection is closed, in whatever way.
async fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    // A connection that is reset is closed too.
    let _ = timeout(LONG, stream.read_to_end(&mut all)).await.expect("the connection is closed");
    String::from_utf8_lossy(&all).into_owned()
}

/// Returns the head of a form from one of our own pages, with a body of this length.
fn form(path: &str, kind: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nAccept-Language: zh-CN\r\n\
         Content-Type: {kind}\r\nContent-Length: {length}\r\n\r\n"
    )
}

const CONTINUE: &[u8; 25] = b"HTTP/1.1 100 Continue\r\n\r\n";
const MULTIPART: &str = "multipart/form-data; boundary=XX";
const UPLOAD: &str = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"two.txt\"\r\n\r\n\
                      Q1.您会做饭吗?\nA1 我会做红烧肉。\r\n--XX--\r\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_never_ends_is_not_waited_for() {
    let server = Running::with(ServerLimits { head_timeout: SOON, ..ServerLimits::default() }).await;
    for half in ["", "GET / HTTP/1.1\r\nHost: localhost\r\nX-"] {
        let told = server.send(half).await;
        assert!(!told.contains("200 OK"), "{told}");
    }
    assert!(server.get("/").await.starts_with("HTTP/1.1 200"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_that_never_comes_whole_is_told_so_and_nothing_is_changed() {
    let server = Running::with(ServerLimits { form_timeout: SOON, ..ServerLimits::default() }).await;
    let told = server.send(&(form("/library/cancel", "application/x-www-form-urlencoded", 500) + "half")).await;
    assert!(told.starts_with("HTTP/1.1 408") && told.contains("没有及时收到"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_that_stall_hold_up_none_after_them() {
    let limits = ServerLimits { chunk_timeout: SOON, uploads: 1, ..ServerLimits::default() };
    let server = Running::with(limits).await;
    let told = server.send(&(form("/library/add", MULTIPART, UPLOAD.len() + 1) + &UPLOAD[..60])).await;
    assert!(told.starts_with("HTTP/1.1 408"), "{told}");
    let head = form("/library/add", MULTIPART, UPLOAD.len()).replace("Host", "Connection: close\r\nHost");
    let told = server.send(&(head + UPLOAD)).await;
    assert!(told.starts_with("HTTP/1.1 303"), "{told}");
    assert!(server.get("/library").await.contains("two"));
}

#[tokio::test(flavor = "multi_thread")]
async fn more_uploads_than_there_is_memory_for_wait_unread_and_are_then_told() {
    let limits = ServerLimits {
        uploads: 1,
        queue_length: 4,
        queue_timeout: SOON,
        form_timeout: SOON,
        ..ServerLimits::default()
    };
    let server = Running::with(limits).await;
    let first = server.half("/library/add", MULTIPART, 1 << 20, &UPLOAD[..60]).await;
    let head = form("/library/add", MULTIPART, UPLOAD.len()).replace("Host", "Connection: close\r\nHost");
    let told = server.send(&(head + UPLOAD)).await;
    drop(first);
    assert!(told.starts_with("HTTP/1.1 503"), "{told}");
    assert!(told.contains("\r\nretry-after: ") && told.contains("请求太多"), "{told}");
}

#[tokio::test(flavor = "multi_thread")]
async fn idle_connections_make_room_for_whoever_asks() {
    let server = Running::with(ServerLimits { connections: 4, ..ServerLimits::default() }).await;
    let mut idle = Vec::new();
    for number in 0..20 {
        let mut stream = server.connect().await;
        if number % 2 == 0 {
            let _ = stream.write_all(b"GET / HTTP/1.1\r\nHo").await;
        }
        idle.push(stream);
    }
    assert!(server.get("/").await.starts_with("HTTP/1.1 200"));
    drop(idle);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_finishes_what_is_in_flight_and_waits_for_nobody_idle() {
    let server = Running::with(ServerLimits { shutdown_grace: LONG, ..ServerLimits::default() }).await;
    let idle = [server.connect().await, server.connect().await];
    let mut kept = server.connect().await;
    kept.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").await.expect("sent");
    let mut first = [0; 12];
    kept.read_exact(&mut first).await.expect("a reply");
    let mut half = server.half("/library/cancel", "application/x-www-form-urlencoded", 7, "tit").await;
    server.stop.send(()).expect("it runs");
    tokio::time::sleep(SOON).await;
    assert!(!server.done.is_finished(), "one request is in flight");
    half.write_all(b"le=x").await.expect("sent");
    let told = rest(&mut half).await;
    assert!(told.starts_with("HTTP/1.1 303"), "{told}");
    timeout(LONG, server.done).await.expect("it stops").expect("it stopped well");
    drop((idle, kept));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_in_flight_after_the_grace_is_cut_off() {
    let server = Running::with(ServerLimits { shutdown_grace: SOON, ..ServerLimits::default() }).await;
    let half = server.half("/library/cancel", "text/plain", 500, "half").await;
    server.stop.send(()).expect("it runs");
    timeout(LONG, server.done).await.expect("it stops").expect("it stopped well");
    drop(half);
}

/// The encoder bounds a burst of queries. A page that needs no encoder is as quick as ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_burst_is_told_to_come_again_and_other_pages_are_served_meanwhile() {
    let (running, release) = (Arc::new(AtomicUsize::new(0)), Arc::new(tokio::sync::Semaphore::new(0)));
    let (begun, until) = (Arc::clone(&running), Arc::clone(&release));
    let slow =
        move |corpus: &yuanhua::retrieval::corpus::Corpus, query: &str, options: yuanhua::search::SearchOptions<'_>| {
            begun.fetch_add(1, Ordering::SeqCst);
            while until.available_permits() == 0 {
                std::thread::sleep(Duration::from_millis(5));
            }
            yuanhua::search::ask(corpus, query, options)
        };
    let limits = ServerLimits { queries: 2, queue_length: 0, refusal_delay: SOON, ..ServerLimits::default() };
    let site = Site::with_answerer(fixture(), slow).with_limits(limits);
    let asked: Vec<_> = (0..2).map(|_| tokio::spawn(get_owned(site.clone(), "/?q=a"))).collect();
    while running.load(Ordering::SeqCst) < 2 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    for (language, sentence) in [("zh-CN", "请过 10 秒再试"), ("zh-TW", "請過 10 秒再試"), ("en", "in 10 seconds")]
    {
        let told = get(site.clone(), "/?q=b", language).await;
        assert_eq!(told.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(told.headers()[header::RETRY_AFTER], "10");
        let page = body(told).await;
        assert!(page.contains(sentence) && page.contains("<h1>"), "{page}");
    }
    let told = get(site.clone(), "/api/ask?q=b", "en").await;
    assert_eq!(
        (told.status(), &told.headers()[header::RETRY_AFTER]),
        (StatusCode::SERVICE_UNAVAILABLE, &"10".parse().expect("a header"))
    );
    assert!(serde_json::from_str::<serde_json::Value>(&body(told).await).expect("JSON")["error"].is_string());
    for path in ["/", "/healthz", "/collection"] {
        assert_eq!(get(site.clone(), path, "en").await.status(), StatusCode::OK, "{path}");
    }
    release.add_permits(1);
    for asked in asked {
        assert_eq!(asked.await.expect("it ran"), StatusCode::OK);
    }
}

#[tokio::test]
async fn a_turn_that_was_just_answered_is_not_searched_again() {
    let searched = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&searched);
    let asked =
        move |corpus: &yuanhua::retrieval::corpus::Corpus, query: &str, options: yuanhua::search::SearchOptions<'_>| {
            seen.lock().expect("nobody panics").push(query.to_owned());
            yuanhua::search::ask(corpus, query, options)
        };
    let site = Site::with_answerer(fixture(), asked);
    let expect = async |path: &str, queries: &[&str]| {
        assert_eq!(get(site.clone(), path, "en").await.status(), StatusCode::OK, "{path}");
        assert_eq!(std::mem::take(&mut *searched.lock().expect("nobody panics")), queries, "{path}");
    };
    expect("/?q=office", &["office"]).await;
    expect("/?q=office&q=why", &["why"]).await;
    expect("/?q=office&q=why&q=pets", &["pets"]).await;
    expect("/export?q=office&q=why&as=text", &[]).await;
    expect("/?q=pets", &["pets"]).await;
    expect("/?q=office&script=traditional", &["office"]).await;
}

async fn get_owned(site: Site, path: &'static str) -> StatusCode {
    get(site, path, "en").await.status()
}

#[tokio::test]
async fn pages_with_words_are_never_cached_and_static_files_are() {
    let stored = async |path: &str| {
        let response = get(Site::new(fixture()), path, "en").await;
        response.headers()[header::CACHE_CONTROL].to_str().expect("text").to_owned()
    };
    let hash = fixture().transcripts[0].source_sha256.clone();
    let received = format!("/t/{hash}/received");
    for path in ["/", "/?q=a", "/api/ask?q=a", "/nowhere", "/collection", "/export?q=a&as=text", &received, "/healthz"]
    {
        assert_eq!(stored(path).await, "no-store", "{path}");
    }
    let page = body(get(Site::new(fixture()), "/", "en").await).await;
    let style = page.split("href=\"").find_map(|rest| rest.split('"').next().filter(|at| at.starts_with("/static/")));
    assert!(stored(style.expect("a style sheet")).await.contains("immutable"));
}

const TOKEN: &str = "a-token-that-nobody-guesses";

#[tokio::test]
async fn other_machines_read_nothing_without_the_token() {
    let ask = async |path: &str, name: header::HeaderName, value: &str| {
        let site = Site::new(fixture()).with_admission(&Admission::Token(TOKEN.into()));
        let request = Request::get(path).header(name, value).body(Body::empty()).expect("a request");
        app(site).oneshot(request).await.expect("a response")
    };
    let hash = fixture().transcripts[0].source_sha256.clone();
    let (source, received) = (format!("/t/{hash}"), format!("/t/{hash}/received"));
    let pages = [
        "/",
        "/?q=a",
        "/api/ask?q=a",
        "/api/interviews",
        "/api/openapi.json",
        "/mcp",
        "/v1/models",
        "/metrics",
        "/library",
        "/collection",
        "/export?q=a&as=text",
        &source,
        &received,
        "/nowhere",
    ];
    for path in pages {
        for (name, value) in [
            (header::ACCEPT_LANGUAGE, "zh-CN"),
            (header::COOKIE, "yuanhua-00000000=a-token-that-nobody-guesses"),
            (header::AUTHORIZATION, "Bearer a-token-that-nobody-guesse"),
        ] {
            let told = ask(path, name, value).await;
            assert_eq!(told.status(), StatusCode::UNAUTHORIZED, "{path} {value}");
            assert!(!body(told).await.contains("远程办公"), "{path}");
        }
        let wrong = format!("{path}{}token=wrong", if path.contains('?') { '&' } else { '?' });
        assert_eq!(ask(&wrong, header::ACCEPT_LANGUAGE, "en").await.status(), StatusCode::UNAUTHORIZED, "{wrong}");
    }
    assert!(body(ask("/", header::ACCEPT_LANGUAGE, "zh-CN").await).await.contains("请打开带令牌的链接"));
    for open in ["/healthz", "/readyz"] {
        assert_eq!(ask(open, header::ACCEPT_LANGUAGE, "en").await.status(), StatusCode::OK, "{open}");
    }

    let admitted = ask(&format!("/?q=a&token={TOKEN}"), header::ACCEPT_LANGUAGE, "en").await;
    assert_eq!(admitted.status(), StatusCode::OK);
    let cookie = admitted.headers()[header::SET_COOKIE].to_str().expect("text").to_owned();
    assert!(cookie.ends_with("; Path=/; HttpOnly; SameSite=Strict"), "{cookie}");
    let page = body(admitted).await;
    assert!(page.contains("content=\"0; url=/?q=a\"") && !page.contains(TOKEN), "{page}");
    let cookie = cookie.split(';').next().expect("a cookie");
    assert_eq!(ask("/", header::COOKIE, &format!("other=1; {cookie}")).await.status(), StatusCode::OK);
    assert_eq!(ask("/api/ask?q=a", header::AUTHORIZATION, &format!("Bearer {TOKEN}")).await.status(), StatusCode::OK);
}

#[tokio::test]
async fn the_first_line_says_who_can_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let greeting = async |host: &str, admission: Admission| {
        listening(host, admission, ServerLimits::default(), folder.path()).await.greeting()
    };
    let here = greeting("127.0.0.1", Admission::Anybody).await;
    assert!(here.starts_with("Yuanhua is open at http://127.0.0.1:") && !here.contains("ANYBODY"), "{here}");
    let all = greeting("0.0.0.0", Admission::Anybody).await;
    assert!(all.contains("ANYBODY ON THE NETWORK CAN READ EVERYTHING"), "{all}");
    let token = greeting("0.0.0.0", Admission::Token(TOKEN.into())).await;
    assert!(token.contains(&format!("/?token={TOKEN} ")) && token.contains("only for who has this link"), "{token}");
}

/// Tests of the real program when the system asks it to stop.
#[cfg(unix)]
mod stopped {
    use std::io::{BufRead as _, BufReader, Read as _, Write as _};
    use std::net::TcpStream;
    use std::process::{Child, Command, Stdio};

    use super::{CONTINUE, LONG, form};
    use crate::support::{binary, project};

    /// Starts the program over the fixture. Returns its process and its address.
    fn started(prepare: impl FnOnce(Command) -> Command) -> (Child, String) {
        let mut program = prepare(binary());
        let fixture = project("tests/fixtures/remote-work.txt");
        program.args(["--port", "0", "--data"]).arg(fixture).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = program.spawn().expect("the binary runs");
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut line).expect("it greets");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split([' ', '/']).next()).expect("an address");
        (child, address.to_owned())
    }

    fn signal(child: &Child, name: &str) {
        let sent = Command::new("kill").args([name, &child.id().to_string()]).status().expect("kill runs");
        assert!(sent.success());
    }

    fn said(child: &mut Child) -> String {
        let mut said = String::new();
        child.stderr.as_mut().expect("piped").read_to_string(&mut said).expect("text");
        said
    }

    fn get(address: &str) -> String {
        let mut stream = TcpStream::connect(address).expect("it connects");
        stream.set_read_timeout(Some(LONG)).expect("set");
        write!(stream, "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("sent");
        let mut all = String::new();
        stream.read_to_string(&mut all).expect("a reply");
        all
    }

    #[test]
    fn the_first_signal_waits_and_the_second_does_not() {
        for (name, status) in [("-TERM", 143), ("-INT", 130)] {
            let (mut child, address) = started(|program| program);
            let mut half = TcpStream::connect(&address).expect("it connects");
            let head = form("/library/cancel", "text/plain", 500).replace("Host", "Expect: 100-continue\r\nHost");
            half.write_all(head.as_bytes()).expect("sent");
            let mut told = [0; CONTINUE.len()];
            half.read_exact(&mut told).expect("the server waits for the rest");
            signal(&child, name);
            let mut told = String::new();
            BufReader::new(child.stderr.as_mut().expect("piped")).read_line(&mut told).expect("text");
            assert!(told.contains("stopping: waiting up to 10 s for 1 request"), "{told}");
            signal(&child, name);
            assert_eq!(child.wait().expect("it ends").code(), Some(status));
        }
    }

    #[test]
    fn an_idle_server_stops_at_once() {
        let (mut child, address) = started(|program| program);
        let idle = TcpStream::connect(&address).expect("it connects");
        assert!(get(&address).starts_with("HTTP/1.1 200"));
        signal(&child, "-TERM");
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
        assert!(said(&mut child).contains("stopped"));
        drop(idle);
    }

    #[test]
    fn few_files_and_many_idle_connections_leave_the_page_open() {
        let (mut child, address) = started(|program| {
            let mut bounded = Command::new("sh");
            bounded.args(["-c", "ulimit -n 64; exec \"$0\" \"$@\""]).arg(program.get_program());
            for (name, value) in program.get_envs() {
                match value {
                    Some(value) => bounded.env(name, value),
                    None => bounded.env_remove(name),
                };
            }
            bounded
        });
        let idle: Vec<TcpStream> = (0..150).map(|_| TcpStream::connect(&address).expect("it connects")).collect();
        assert!(get(&address).starts_with("HTTP/1.1 200"));
        drop(idle);
        signal(&child, "-TERM");
        assert_eq!(child.wait().expect("it ends").code(), Some(0));
    }
}
