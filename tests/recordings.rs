//! A recording beside its transcript: found, played in parts, and silent as soon as somebody withdraws.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use tower::ServiceExt as _;
use yuanhua::library::{Library, TranscriptChange};
use yuanhua::web::{Site, app};

use crate::support::library::open_library;

/// Captions of a talk; cues of several seconds each.
pub(crate) const CAPTIONS: &str = "1\n00:00:00,000 --> 00:00:03,000\nMiro: What do you do after work?\n\n\
    2\n00:00:03,500 --> 00:00:07,000\nZelda: I run along the river every evening.\n\n\
    3\n00:00:07,500 --> 00:00:11,000\nZelda: Running clears my head.\n\n\
    4\n00:00:11,500 --> 00:00:14,000\nMiro: And what helps you to sleep?\n\n\
    5\n00:00:14,500 --> 00:00:18,000\nBoris: I listen to my pigeons on the roof.\n";

/// Seconds of silence as a WAV file of one channel, with 8,000 samples of one byte a second.
pub(crate) fn silence(seconds: u32) -> Vec<u8> {
    let data = seconds * 8_000;
    let mut bytes = b"RIFF".to_vec();
    bytes.extend((36 + data).to_le_bytes());
    bytes.extend(b"WAVEfmt ");
    bytes.extend(16_u32.to_le_bytes());
    for two in [1_u16, 1] {
        bytes.extend(two.to_le_bytes());
    }
    for four in [8_000_u32, 8_000] {
        bytes.extend(four.to_le_bytes());
    }
    for two in [1_u16, 8] {
        bytes.extend(two.to_le_bytes());
    }
    bytes.extend(b"data");
    bytes.extend(data.to_le_bytes());
    bytes.resize(bytes.len() + data as usize, 128);
    bytes
}

fn sample_library(folder: &Path) -> Arc<Library> {
    fs::write(folder.join("talk.srt"), CAPTIONS).expect("written");
    fs::write(folder.join("talk.wav"), silence(20)).expect("written");
    open_library(folder)
}

async fn get(library: &Arc<Library>, address: &str, range: Option<&str>) -> (StatusCode, HeaderMap, Vec<u8>) {
    let mut request = Request::get(address).header(header::ACCEPT_LANGUAGE, "en");
    if let Some(range) = range {
        request = request.header(header::RANGE, range);
    }
    let request = request.body(Body::empty()).expect("a request");
    let response = app(Site::of_library(Arc::clone(library))).oneshot(request).await.expect("a response");
    let (parts, body) = response.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.expect("a body");
    (parts.status, parts.headers, bytes.to_vec())
}

async fn page(library: &Arc<Library>, address: &str) -> String {
    String::from_utf8(get(library, address, None).await.2).expect("UTF-8")
}

fn sha256(library: &Library) -> String {
    library.listing().items.iter().find(|item| item.name == "talk").expect("the talk").sha256.clone()
}

fn sound(library: &Library) -> String {
    format!("/sound/{}", &sha256(library)[..16])
}

#[tokio::test]
async fn a_recording_of_the_same_name_is_served_in_the_parts_that_a_player_asks_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    assert!(library.listing().unread.is_empty(), "a recording is no transcript: {:?}", library.listing().unread);
    let address = sound(&library);
    let (status, headers, whole) = get(&library, &address, None).await;
    assert_eq!((status, whole), (StatusCode::OK, silence(20)));
    assert!(headers[header::CONTENT_TYPE].to_str().expect("text").starts_with("audio/"), "{headers:?}");
    let (status, headers, part) = get(&library, &address, Some("bytes=44-143")).await;
    assert_eq!((status, part.len()), (StatusCode::PARTIAL_CONTENT, 100));
    assert_eq!(headers[header::CONTENT_RANGE], "bytes 44-143/160044");
    assert_eq!(get(&library, &address, Some("bytes=999999-")).await.0, StatusCode::RANGE_NOT_SATISFIABLE);
    assert!(headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text").contains("media-src 'self'"));
    assert_eq!(get(&library, "/sound/0123456789abcdef", None).await.0, StatusCode::NOT_FOUND);
    assert_eq!(get(&library, &address[..14], None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_quote_plays_from_its_first_word_to_its_last() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let reply = page(&library, "/?q=Who%20likes%20running%3F").await;
    assert!(reply.contains(&format!("href=\"{}#t=3.500,", sound(&library))), "{reply}");
    assert!(reply.contains("data-from=\"3500\""), "{reply}");
    let source = page(&library, &format!("/t/{}", &sha256(&library)[..16])).await;
    for told in ["Play the recording", "data-ms=\"3500\"", "data-ms=\"7500\"", "data-from=\"14500\""] {
        assert!(source.contains(told), "{told}: {source}");
    }
}

#[tokio::test]
async fn without_a_recording_there_is_nothing_to_play() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("talk.srt"), CAPTIONS).expect("written");
    let library = open_library(folder.path());
    let source = page(&library, &format!("/t/{}", &sha256(&library)[..16])).await;
    assert!(!source.contains("class=\"play\"") && !source.contains("data-ms"), "{source}");
}

#[tokio::test]
async fn a_recording_is_not_played_once_somebody_withdrew_or_has_a_pseudonym() {
    for withdraws in [true, false] {
        let folder = tempfile::tempdir().expect("a folder");
        let library = sample_library(folder.path());
        let (address, sha256) = (sound(&library), sha256(&library));
        if withdraws {
            library.withdraw(&sha256, Some("Boris")).expect("withdrawn");
        } else {
            let change = TranscriptChange::Pseudonym { speaker: "Boris".into(), shown: "P1".into() };
            library.edit(&sha256, &change).expect("changed");
        }
        assert_eq!(get(&library, &address, None).await.0, StatusCode::NOT_FOUND);
        let source = page(&library, &format!("/t/{}", &sha256[..16])).await;
        assert!(source.contains("river") && !source.contains("class=\"play\""), "{source}");
        assert!(folder.path().join("talk.wav").exists(), "the owner's own file stays");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let address = sound(&library);
    library.withdraw(&sha256(&library), None).expect("withdrawn");
    assert_eq!(get(&library, &address, None).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_recording_is_chosen_by_its_name_and_never_outside_the_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    fs::write(folder.path().join("other.mp3"), b"other").expect("written");
    let choose = |file: &str| library.edit(&sha256(&library), &TranscriptChange::Recording(file.to_owned()));
    choose("other.mp3").expect("chosen");
    assert_eq!(get(&library, &sound(&library), None).await.2, b"other");
    for bad in ["../other.mp3", "talk.srt", "/etc/passwd", "none.mp3"] {
        choose(bad).expect_err(bad);
    }
    choose("").expect("the one of the same name again");
    assert_eq!(get(&library, &sound(&library), None).await.2, silence(20));
}

#[cfg(unix)]
#[tokio::test]
async fn no_link_is_followed_to_a_recording() {
    let (folder, elsewhere) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("another"));
    fs::write(elsewhere.path().join("secret.wav"), silence(1)).expect("written");
    fs::write(folder.path().join("talk.srt"), CAPTIONS).expect("written");
    std::os::unix::fs::symlink(elsewhere.path().join("secret.wav"), folder.path().join("talk.wav")).expect("a link");
    let library = open_library(folder.path());
    assert_eq!(get(&library, &sound(&library), None).await.0, StatusCode::NOT_FOUND);
}

async fn send(library: &Arc<Library>, file: &str, bytes: &[u8]) -> StatusCode {
    let mut body = format!(
        "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{file}\"\r\nContent-Type: audio/wav\r\n\r\n"
    )
    .into_bytes();
    body.extend(bytes);
    body.extend(b"\r\n--part--\r\n");
    let request = Request::post(format!("/library/{}/recording", sha256(library)))
        .header(header::HOST, "localhost")
        .header(header::ORIGIN, "http://localhost")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=part")
        .body(Body::from(body));
    let response = app(Site::of_library(Arc::clone(library))).oneshot(request.expect("a request")).await;
    response.expect("a response").status()
}

#[tokio::test]
async fn a_recording_that_the_page_put_there_goes_with_whoever_withdraws() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("talk.srt"), CAPTIONS).expect("written");
    let library = open_library(folder.path());
    assert_eq!(send(&library, "interview of May.wav", &silence(2)).await, StatusCode::SEE_OTHER);
    assert_eq!(get(&library, &sound(&library), None).await.2, silence(2));
    assert_eq!(send(&library, "again.wav", &silence(3)).await, StatusCode::SEE_OTHER);
    assert_eq!(get(&library, &sound(&library), None).await.2, silence(3));
    assert!(!folder.path().join("interview of May.wav").exists(), "the one before is gone");
    assert_ne!(send(&library, "tune.exe", b"MZ").await, StatusCode::SEE_OTHER);
    library.withdraw(&sha256(&library), Some("Boris")).expect("withdrawn");
    assert_eq!(get(&library, &sound(&library), None).await.0, StatusCode::NOT_FOUND);
    assert!(!folder.path().join("again.wav").exists(), "it holds the voice of who withdrew");
    let corner: Vec<_> = fs::read_dir(folder.path().join(".yuanhua")).expect("a corner").flatten().collect();
    let left = corner.iter().any(|entry| entry.file_name().to_string_lossy().starts_with("recording"));
    assert!(!left, "nothing half written stays: {corner:?}");
}
