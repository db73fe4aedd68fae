//! A small HTTP server that plays the model hub. It has our own encoder under the name of a catalogue model.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use sha2::{Digest, Sha256};

use super::project;

/// The model that the hub has, which is fastembed's `BGESmallZHV15`.
pub(crate) const NAME: &str = "bge-small-zh-v1.5";
const REPOSITORY: &str = "Xenova/bge-small-zh-v1.5";
const MODEL: &str = "onnx/model.onnx";

/// How the hub treats the model file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Sends it.
    Well,
    /// Closes the connection half-way, once.
    BreaksOffOnce,
    /// Sends bytes that differ from those it announced.
    Corrupts,
}

/// A running hub.
pub(crate) struct Hub {
    /// The value for `HF_ENDPOINT`.
    pub(crate) endpoint: String,
    /// The path and the first byte of every request for content.
    requests: Arc<Mutex<Vec<(String, u64)>>>,
}

impl Hub {
    /// Starts a hub, which ends with the tests.
    pub(crate) fn start(mood: Mood) -> Self {
        let files: HashMap<String, Vec<u8>> = [
            (MODEL, "models/model.onnx"),
            ("tokenizer.json", "models/tokenizer.json"),
            ("config.json", "models/config.json"),
            ("special_tokens_map.json", "models/special_tokens_map.json"),
            ("tokenizer_config.json", "models/tokenizer_config.json"),
        ]
        .into_iter()
        .map(|(name, path)| {
            let content = std::fs::read(project(path)).expect("our model is there");
            (format!("/{REPOSITORY}/resolve/main/{name}"), content)
        })
        .collect();
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let endpoint = format!("http://{}", listener.local_addr().expect("bound"));
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (files, seen, broke_off) = (Arc::new(files), Arc::clone(&requests), Arc::new(AtomicBool::new(false)));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (files, seen, broke_off) = (Arc::clone(&files), Arc::clone(&seen), Arc::clone(&broke_off));
                // A client that goes away is not a failure of the hub.
                thread::spawn(move || answer(&stream, &files, &seen, mood, &broke_off));
            }
        });
        Self { endpoint, requests }
    }

    /// Returns the first byte of each request for the model file, in order.
    pub(crate) fn model_fetches(&self) -> Vec<u64> {
        let requests = self.requests.lock().expect("no panic in the hub");
        requests.iter().filter(|(path, _)| path.ends_with(MODEL)).map(|(_, from)| *from).collect()
    }
}

/// Answers one request and closes the connection.
fn answer(
    mut stream: &TcpStream,
    files: &HashMap<String, Vec<u8>>,
    seen: &Mutex<Vec<(String, u64)>>,
    mood: Mood,
    broke_off: &AtomicBool,
) -> Option<()> {
    let mut lines = BufReader::new(stream).lines().map_while(Result::ok);
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let headers: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
    let range = headers.iter().find_map(|line| Some(line.to_lowercase().strip_prefix("range: bytes=")?.to_owned()));
    let Some(content) = files.get(&path) else {
        return stream.write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").ok();
    };
    let etag = Sha256::digest(content).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let (from, to) = range.as_deref().and_then(|range| range.split_once('-')).unwrap_or(("0", ""));
    let from: usize = from.parse().ok()?;
    let to = to.parse().map_or(content.len(), |last: usize| last + 1).min(content.len());
    let is_probe = (from, to) == (0, 1);
    let mut body = content[from..to].to_vec();
    if !is_probe {
        seen.lock().ok()?.push((path.clone(), from as u64));
        if path.ends_with(MODEL) && mood == Mood::Corrupts {
            let middle = body.len() / 2;
            body[middle..middle + 64].fill(0x55);
        }
    }
    let head = format!(
        "HTTP/1.1 206 Partial Content\r\nContent-Length: {}\r\nContent-Range: bytes {from}-{}/{}\r\nETag: \"{etag}\"\r\n\
         X-Repo-Commit: 0123456789abcdef0123456789abcdef01234567\r\nConnection: close\r\n\r\n",
        body.len(),
        to - 1,
        content.len()
    );
    stream.write_all(head.as_bytes()).ok()?;
    if !is_probe && path.ends_with(MODEL) && mood == Mood::BreaksOffOnce && !broke_off.swap(true, Ordering::Relaxed) {
        body.truncate(body.len() / 2);
    }
    stream.write_all(&body).ok()
}
