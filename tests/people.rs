//! Tests of the pages of people. They show and count what the owner tells of people, but nothing of anybody who is not
//! to be shown.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use tower::ServiceExt as _;
use yuanhua::library::{Library, TranscriptChange};
use yuanhua::web::{Site, app};

use crate::support::library::open_library;

const TALK: &str = "Moderator: What do you do after work?\n\
                    Zelda Quint: I run along the river every evening, running clears my head.\n\
                    Borislav Tarn: I keep pigeons on the roof of my house.\n\
                    Moderator: What helps against stress?\n\
                    Zelda Quint: Running helps, nothing else does.\n\
                    Borislav Tarn: My pigeons calm me down.\n";
const OTHER: &str = "Moderator: How do you relax?\nMiro Vance: I go running in the park before work.\n";
const PEOPLE: &str = "\u{feff}name,role,region\nZelda Quint,nurse,=north\nBorislav Tarn,falconer,south\n\
                      Miro Vance,nurse,south\nNobody Here,astronaut,moon\n";

async fn get(library: &Arc<Library>, address: &str) -> (StatusCode, String) {
    let request = Request::get(address).header(header::ACCEPT_LANGUAGE, "en").body(Body::empty());
    let response =
        app(Site::of_library(Arc::clone(library))).oneshot(request.expect("a request")).await.expect("a response");
    let status = response.status();
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    (status, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
}

fn sample_library(folder: &Path) -> Arc<Library> {
    for (name, text) in [("talk.txt", TALK), ("other.txt", OTHER), ("people.csv", PEOPLE)] {
        fs::write(folder.join(name), text).expect("written");
    }
    open_library(folder)
}

#[tokio::test]
async fn people_are_listed_with_what_is_told_of_them_and_counted_by_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    assert!(library.listing().unread.is_empty(), "people.csv is no transcript: {:?}", library.listing().unread);
    let page = get(&library, "/people").await.1;
    for told in ["Zelda Quint", "Borislav Tarn", "Miro Vance", "nurse", "falconer", "By role", "By region"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("astronaut"), "whoever is in no interview is on no page");
    let counted = get(&library, "/people?q=running").await.1;
    assert!(counted.contains("2 of 3 named interviewees") && counted.contains("2 of 2"), "{counted}");
    let table = get(&library, "/people.csv?q=running").await.1;
    assert!(table.contains("role,nurse,2,2,"), "{table}");
    assert!(table.contains("region,'=north,1,1,"), "a spreadsheet runs nothing: {table}");
    let chat = get(&library, "/?q=running").await.1;
    assert!(chat.contains("/people?q="), "a reply leads there");
}

#[tokio::test]
async fn the_page_of_a_person_holds_all_that_they_said_and_nothing_that_others_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let (status, page) = get(&library, "/people?who=Zelda%20Quint").await;
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("I run along the river every evening") && page.contains("Running helps"), "{page}");
    assert!(page.contains("What helps against stress?") && page.contains("nurse"), "{page}");
    assert!(!page.contains("pigeons"), "{page}");
    assert_eq!(get(&library, "/people?who=Zelda").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_has_a_pseudonym_or_has_withdrawn_is_not_told_of() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let sha256 = library.listing().items.iter().find(|item| item.name == "talk").expect("the talk").sha256.clone();
    let pseudonym = TranscriptChange::Pseudonym { speaker: "Zelda Quint".into(), shown: "P1".into() };
    library.edit(&sha256, &pseudonym).expect("shown as P1");
    library.withdraw(&sha256, Some("Borislav Tarn")).expect("withdrawn");
    let addresses =
        ["/", "/people", "/people?q=birds", "/people.csv?q=running", "/people?who=P1", "/library", "/?q=running"];
    for address in addresses {
        let page = get(&library, address).await.1;
        for gone in ["Zelda", "Quint", "Borislav", "Tarn", "falconer", "pigeons"] {
            assert!(!page.contains(gone), "{address} tells {gone}: {page}");
        }
    }
    for name in ["Zelda%20Quint", "Borislav%20Tarn"] {
        assert_eq!(get(&library, &format!("/people?who={name}")).await.0, StatusCode::NOT_FOUND);
    }
    let page = get(&library, "/people?who=P1").await.1;
    assert!(page.contains("nurse") && page.contains("Running helps"), "what is told stays with the words: {page}");
}

async fn post(library: &Arc<Library>, address: &str, form: &str) -> StatusCode {
    let request = Request::post(address)
        .header(header::HOST, "localhost")
        .header(header::ORIGIN, "http://localhost")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()));
    let response = app(Site::of_library(Arc::clone(library))).oneshot(request.expect("a request")).await;
    response.expect("a response").status()
}

#[tokio::test]
async fn what_is_typed_of_a_person_counts_before_the_file_and_goes_with_them() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    let sha256 = library.listing().items.iter().find(|item| item.name == "talk").expect("the talk").sha256.clone();
    let address = format!("/library/{sha256}/attributes");
    let form =
        "speaker=Borislav+Tarn&attribute=role&value=pigeon+fancier&attribute=&value=&attribute=age&value=seventies";
    assert_eq!(post(&library, &address, form).await, StatusCode::SEE_OTHER);
    let page = get(&library, "/people?who=Borislav%20Tarn").await.1;
    for told in ["pigeon fancier", "seventies", "south"] {
        assert!(page.contains(told), "{told}: {page}");
    }
    assert!(!page.contains("falconer"), "{page}");
    assert!(get(&library, "/library").await.1.contains("value=\"seventies\""), "it can be changed where it was typed");
    library.withdraw(&sha256, Some("Borislav Tarn")).expect("withdrawn");
    let manifest = fs::read_to_string(folder.path().join(".yuanhua/manifest.json")).expect("read");
    assert!(!manifest.contains("seventies") && !manifest.contains("Tarn"), "{manifest}");
}

#[tokio::test]
async fn a_person_is_asked_about_by_another_name_that_the_owner_tells() {
    let folder = tempfile::tempdir().expect("a folder");
    let library = sample_library(folder.path());
    fs::write(folder.path().join("people.csv"), "name,alias,role\nZelda Quint,泽尔达;Zed,nurse\n").expect("written");
    library.fill(|_| {}).expect("it fills");
    let reply =
        get(&library, "/?q=%E6%B3%BD%E5%B0%94%E8%BE%BE%E6%80%8E%E4%B9%88%E7%9C%8B%E8%B7%91%E6%AD%A5%EF%BC%9F").await.1;
    assert!(reply.contains("unning") && !reply.contains("I go running in the park"), "only hers: {reply}");
    let people = get(&library, "/people").await.1;
    assert!(!people.contains("Zed<"), "another name is no attribute: {people}");
}
