//! Withdrawing on the library page.

use std::fs;

use axum::http::StatusCode;

use crate::support::library::{COOKING, RUNNING, TestLibrary};

#[tokio::test]
async fn a_withdrawn_transcript_is_gone_everywhere_at_once() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    library.add(vec![("cooking.txt".to_owned(), COOKING.as_bytes().to_vec())], false).expect("added");
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
async fn a_file_that_is_nearly_a_withdrawn_one_is_held_back_until_somebody_decides() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("cooking.txt", COOKING)]);
    let sha256 = library.sha256("cooking");
    library.form(&format!("/library/{sha256}/withdraw"), "who=&sure=yes").await;
    fs::write(library.path().join("cooking.txt"), format!("{COOKING}\n")).expect("written");
    library.fill(|_| {}).expect("it fills");
    let page = library.get("/library").await.1;
    assert!(
        page.contains("nearly the same as an interview that was withdrawn on") && !page.contains("红烧肉"),
        "{page}"
    );
    let held = library.listing().unread.iter().find_map(|one| one.held.clone()).expect("it is held back");
    let allow = format!("/library/{held}/allow");
    assert!(page.contains(&allow), "{page}");
    assert_eq!(library.form(&allow, "").await.0, StatusCode::BAD_REQUEST, "not without being sure");
    assert_eq!(library.form("/library/0000/allow", "sure=yes").await.0, StatusCode::NOT_FOUND);
    assert_eq!(library.form(&allow, "sure=yes").await.0, StatusCode::SEE_OTHER);
    assert!(library.quotes("红烧肉怎么做?").await.contains("红烧肉"));
}
