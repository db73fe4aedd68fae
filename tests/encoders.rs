//! Tests of encoders that users bring: from a folder, or from the catalogue over a local hub.

use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

use crate::support::hub::{Hub, Mood, NAME};
use crate::support::project;

/// Asks the fixture with an encoder.
fn ask(encoder: &str, cache: &Path, endpoint: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_yuanhua"))
        .args(["ask", "公司会报销网费吗?", "--json", "--limit", "1", "--data"])
        .arg(project("tests/fixtures/remote-work.txt"))
        .args(["--encoder", encoder])
        .env("HF_HOME", cache)
        .env("HF_ENDPOINT", endpoint)
        .env_remove("YUANHUA_DATA")
        .env_remove("HF_TOKEN")
        .env("NO_PROXY", "127.0.0.1")
        .output()
        .expect("the binary runs")
}

fn reply(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

fn complaint(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(1), "it should fail without a panic");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    said
}

/// Makes a folder with our own model, laid out like somebody else's.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["model.onnx", "tokenizer.json"] {
        fs::copy(project("models").join(name), folder.path().join(name)).expect("our model is there");
    }
    folder
}

const NOWHERE: &str = "http://127.0.0.1:9";

#[test]
fn an_encoder_in_a_folder_answers() {
    let folder = folder();
    let reply = reply(&ask(&folder.path().display().to_string(), folder.path(), NOWHERE));
    assert_eq!(reply["verdict"], "said");
    assert!(reply["quotes"][0]["text"].as_str().expect("a quote").contains("网费"));
}

#[test]
fn a_folder_that_lacks_something_is_told_what() {
    let folder = folder();
    let path = folder.path().display().to_string();
    fs::remove_file(folder.path().join("tokenizer.json")).expect("it is there");
    assert!(complaint(&ask(&path, folder.path(), NOWHERE)).contains("it has no tokenizer.json"));
    fs::write(folder.path().join("tokenizer.json"), "{}").expect("writable");
    assert!(complaint(&ask(&path, folder.path(), NOWHERE)).contains("cannot be used as an encoder"));
    fs::write(folder.path().join("model.onnx"), "no model").expect("writable");
    assert!(complaint(&ask(&path, folder.path(), NOWHERE)).contains("cannot be used as an encoder"));
    assert!(complaint(&ask("./no-such-folder", folder.path(), NOWHERE)).contains("there is no such folder"));
}

#[test]
fn a_catalogue_model_is_fetched_once_and_then_needs_no_hub() {
    let (hub, cache) = (Hub::start(Mood::Well), tempfile::tempdir().expect("a folder"));
    let first = ask(NAME, cache.path(), &hub.endpoint);
    let told = String::from_utf8_lossy(&first.stderr).into_owned();
    assert!(told.contains(&format!("fetching the encoder {NAME} from {}", hub.endpoint)), "{told}");
    assert_eq!(reply(&first)["verdict"], "said");
    assert_eq!(hub.model_fetches(), [0]);
    assert_eq!(reply(&ask(NAME, cache.path(), NOWHERE))["verdict"], "said");
}

#[test]
fn a_download_that_breaks_off_goes_on_where_it_stopped() {
    let (hub, cache) = (Hub::start(Mood::BreaksOffOnce), tempfile::tempdir().expect("a folder"));
    let said = complaint(&ask(NAME, cache.path(), &hub.endpoint));
    assert!(said.contains("could not be fetched") && said.contains("it goes on where it stopped"), "{said}");
    assert_eq!(reply(&ask(NAME, cache.path(), &hub.endpoint))["verdict"], "said");
    let fetches = hub.model_fetches();
    assert_eq!(fetches.len(), 2);
    let half = fs::metadata(project("models/model.onnx")).expect("our model is there").len() / 2;
    assert_eq!(fetches, [0, half], "the second fetch begins where the first ended");
}

#[test]
fn a_refused_connection_is_a_sentence_with_the_remedy() {
    let cache = tempfile::tempdir().expect("a folder");
    // This port was free a moment ago, so nobody listens there.
    let free = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound");
    let said = complaint(&ask(NAME, cache.path(), &format!("http://{free}")));
    assert!(said.contains("could not be fetched from http://127.0.0.1"), "{said}");
    assert!(said.to_lowercase().contains("connection refused") && said.contains("HF_ENDPOINT"), "{said}");
}

#[test]
fn a_corrupt_file_is_named_and_fetched_anew_once_deleted() {
    let (hub, cache) = (Hub::start(Mood::Corrupts), tempfile::tempdir().expect("a folder"));
    for _ in 0..2 {
        let said = complaint(&ask(NAME, cache.path(), &hub.endpoint));
        assert!(said.contains("is damaged") && said.contains("delete it"), "{said}");
    }
    let said = complaint(&ask(NAME, cache.path(), &hub.endpoint));
    let file = said.trim_start_matches("yuanhua: ").split(" is damaged").next().expect("a path");
    fs::remove_file(file).expect("the named file is there");
    let well = Hub::start(Mood::Well);
    assert_eq!(reply(&ask(NAME, cache.path(), &well.endpoint))["verdict"], "said");
}

#[test]
fn an_unknown_encoder_is_answered_with_what_there_is() {
    let cache = tempfile::tempdir().expect("a folder");
    let said = complaint(&ask("no-such-model", cache.path(), NOWHERE));
    assert!(said.contains("no encoder is called “no-such-model”") && said.contains("bge-small-zh-v1.5"), "{said}");
}
