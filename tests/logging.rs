//! Checks that the log of the real program tells which request did what, and never what anybody asked or said.
#![cfg(unix)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::Value;

use crate::support::{binary, project};

const SECRET: &str = "unspeakable-secret";
/// Words of the fixture.
const SAID: &str = "远程办公";
const LONG: Duration = Duration::from_mins(1);

fn ask(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("it connects");
    stream.set_read_timeout(Some(LONG)).expect("set");
    write!(stream, "{request}").expect("sent");
    let mut all = String::new();
    stream.read_to_string(&mut all).expect("a reply");
    all
}

fn get(address: &str, path: &str) -> String {
    ask(address, &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
}

fn post(address: &str, path: &str, body: &str) -> String {
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: application/json, text/event-stream\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    ask(address, &(head + body))
}

/// Everything is logged here that the program and what it stands on can log.
#[test]
fn the_log_names_each_request_and_no_word_that_was_asked_or_said() {
    let mut child = binary()
        .args(["--port", "0", "--log-format", "json", "--data"])
        .arg(project("tests/fixtures/remote-work.txt"))
        .env("YUANHUA_LOG", "trace")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary runs");
    let mut errors = child.stderr.take().expect("piped");
    let log = std::thread::spawn(move || {
        let mut log = String::new();
        errors.read_to_string(&mut log).map(|_| log).expect("text")
    });
    let mut line = String::new();
    BufReader::new(child.stdout.as_mut().expect("piped")).read_line(&mut line).expect("it greets");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split([' ', '/']).next()).expect("an address");
    let mut ids = Vec::new();
    for told in [
        get(address, "/"),
        get(address, &format!("/?q={SECRET}&q=why")),
        get(address, &format!("/api/ask?q={SECRET}")),
        get(address, &format!("/api/ask?q={SECRET}&limit={SECRET}")),
        get(address, &format!("/{SECRET}")),
        get(address, &format!("/t/{SECRET}")),
        get(address, "/api/ask?q=%E8%BF%9C%E7%A8%8B%E5%8A%9E%E5%85%AC"),
        post(
            address,
            "/v1/chat/completions",
            &format!("{{\"messages\": [{{\"role\": \"user\", \"content\": \"{SECRET}\"}}]}}"),
        ),
        post(address, "/v1/chat/completions", &format!("{{\"messages\": \"{SECRET}\"}}")),
        post(address, "/api/verify", &format!("{{\"text\": \"{SECRET}\"}}")),
        post(
            address,
            "/mcp",
            &format!(
                "{{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/call\", \"params\": {{\"name\": \"ask\", \"arguments\": {{\"query\": \"{SECRET}\"}}}}}}"
            ),
        ),
    ] {
        let id = told.lines().find_map(|line| line.strip_prefix("x-request-id: ")).expect("an id");
        ids.push(id.to_owned());
    }
    Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
    assert!(child.wait().expect("it ends").success());
    let log = log.join().expect("no panic");
    for words in [SECRET, SAID, "%E8%BF"] {
        let told = log.lines().find(|line| line.contains(words));
        assert!(told.is_none(), "{told:?}");
    }
    let rows: Vec<Value> = log
        .lines()
        // What is told to a person at the terminal.
        .filter(|line| !line.starts_with("yuanhua: "))
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect();
    for id in ids {
        let row = rows.iter().find(|row| row["id"] == id.as_str()).unwrap_or_else(|| panic!("{id} is not in {log}"));
        let has = |name: &str| !row[name].is_null();
        assert!(row["ms"].is_u64() && row["status"].is_u64(), "{row}");
        assert!(["timestamp", "level", "method", "route", "status", "ms"].into_iter().all(has), "{row}");
    }
}
