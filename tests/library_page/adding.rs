//! Adding files on the library page.

use std::fs;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use yuanhua::library::LibraryLimits;

use crate::support::library::{COOKING, RUNNING, TestLibrary, multipart};

/// The page reloads once, when the work has ended. By then everything must be in place.
#[tokio::test]
async fn work_ends_when_everything_it_added_can_be_searched() {
    let library = TestLibrary::of(&[]);
    for round in 0..4 {
        let file = format!("{round}.txt");
        let text = format!("{RUNNING}A3 这是第{round}次。\n");
        let files = vec![(file, text.into_bytes()), (format!("bad{round}.txt"), b" \n".to_vec())];
        let handle = library.shared();
        let adding = std::thread::spawn(move || handle.add(files, false));
        while library.progress().is_none() {
            std::thread::yield_now();
        }
        while library.progress().is_some() {
            std::thread::yield_now();
        }
        let listing = library.listing();
        assert_eq!(listing.items.len(), round + 1, "what was added is listed");
        assert!(listing.items.iter().all(|item| item.ready), "and can be searched");
        assert_eq!(library.report().len(), 2, "the bad one is reported");
        adding.join().expect("no panic").expect("added");
    }
}

#[tokio::test]
async fn uploaded_files_can_be_searched_and_a_bad_one_fails_alone() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let (status, _) =
        library.upload(&[("cooking.txt", COOKING), ("story.txt", "从前有座山。"), ("again.txt", RUNNING)]).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    // A slow machine may still be at work when the page is shown.
    while library.listing().items.len() < 2 || library.progress().is_some() {
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
async fn an_upload_that_is_too_large_gets_a_sentence() {
    let library = TestLibrary::bounded(&[], LibraryLimits { file_mib: 1, ..LibraryLimits::default() });
    let (status, page) = library.upload(&[("long.txt", &"长".repeat(400_000))]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("At most 1 MiB"), "{page}");
}

#[tokio::test]
async fn an_upload_with_an_unknown_ending_is_refused_and_a_name_in_another_encoding_is_kept() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    library.upload(&[("x.exe", COOKING)]).await;
    let page = library.get("/library").await.1;
    assert!(page.contains("<strong>x.exe</strong> not added") && page.contains("save it as one of txt, md"), "{page}");
    // The name of this file is in another encoding.
    let parts = multipart(&[("NAME.txt", COOKING)]);
    let (before, after) = parts.split_once("NAME").expect("a name");
    let body = [before.as_bytes(), b"\xb7\xc3\xcc\xb8", after.as_bytes()].concat();
    let request = Request::post("/library/add")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX")
        .body(Body::from(body));
    library.send(request.expect("a request")).await;
    while library.listing().items.len() < 2 || library.progress().is_some() {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert!(library.listing().items.iter().any(|item| item.name.starts_with('_')), "it has a name of its own");
}

#[test]
fn files_that_a_cancelled_upload_did_not_finish_are_removed() {
    let library = TestLibrary::of(&[]);
    let many: Vec<(String, Vec<u8>)> =
        (0..400).map(|n| (format!("{n}.txt"), COOKING.replace("红烧肉", &format!("第{n}道菜")).into_bytes())).collect();
    let handle = library.shared();
    let work = std::thread::spawn(move || handle.add(many, false));
    while library.progress().is_none() && !work.is_finished() {
        std::thread::sleep(Duration::from_millis(1));
    }
    library.cancel();
    work.join().expect("it ends").expect("cancelling is no failure");
    let listing = library.listing();
    let files = fs::read_dir(library.path()).expect("a folder").filter(|entry| {
        entry.as_ref().is_ok_and(|entry| entry.path().extension().is_some_and(|ending| ending == "txt"))
    });
    assert_eq!(files.count(), listing.items.len());
    assert!(listing.items.iter().all(|item| item.ready));
    let (added, cancelled): (Vec<_>, Vec<_>) = library.report().into_iter().partition(|one| one.added.is_ok());
    assert_eq!((added.len(), cancelled.len()), (listing.items.len(), 400 - listing.items.len()));
}
