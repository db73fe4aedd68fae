//! The folder behind the library page: files that come and go, other programs, the next start.

use std::fs;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use serde_json::Value;
use yuanhua::library::{self, Access, Library, LibraryLimits, LibraryLocation, SourceStore};

use crate::support::library::{COOKING, RUNNING, TALK, TestLibrary, open_store};
use crate::support::site::encoder;

#[tokio::test]
async fn an_empty_library_says_so_and_not_that_nobody_said_it() {
    let library = TestLibrary::of(&[]);
    for address in ["/", "/?q=hello"] {
        let page = library.get(address).await.1;
        assert!(page.contains("There are no interviews here yet.") && !page.contains("obody"), "{page}");
        assert!(page.contains("/library"), "{page}");
    }
}

/// While some interviews are still unread, a reply must not say that nobody said it in any interview.
#[tokio::test]
async fn interviews_that_are_still_being_read_are_announced_and_never_count_as_silent() {
    let (folder, query) = (tempfile::tempdir().expect("a folder"), "/?q=%E8%B7%91%E6%AD%A5");
    fs::write(folder.path().join("running.txt"), RUNNING).expect("written");
    let unread = Library::open(open_store(folder.path()), encoder()).expect("it opens");
    let library = TestLibrary::over(folder, unread);
    let sha256 = library.listing().items[0].sha256.clone();
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

    library.fill(|_| {}).expect("it fills");
    assert!(!library.get("/").await.1.contains(note));
    let asked = library.get(query).await.1;
    assert!(asked.contains("河边跑步") && !asked.contains("still being read"), "{asked}");
    let told: Value = serde_json::from_str(&library.get("/api/ask?q=x").await.1).expect("JSON");
    assert!(told.get("coming").is_none(), "{told}");

    // A file that is dropped in while the library is open is announced before it is read.
    fs::write(library.path().join("cooking.txt"), COOKING).expect("written");
    library.assemble().expect("it assembles");
    assert!(library.get(query).await.1.contains(note));
    assert!(library.get("/").await.1.contains(note));
}

#[test]
fn files_that_come_and_go_are_noticed() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    library::watch(Arc::downgrade(&library.shared()));
    let wait = |number: usize| {
        while library.corpus().load().transcripts.len() != number {
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    fs::write(library.path().join("cooking.txt"), COOKING).expect("written");
    wait(2);
    fs::remove_file(library.path().join("running.txt")).expect("removed");
    wait(1);
    assert_eq!(library.listing().items[0].name, "cooking");
}

#[test]
fn a_file_that_is_replaced_with_the_same_size_and_date_is_noticed() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let path = library.path().join("running.txt");
    let date = fs::metadata(&path).and_then(|about| about.modified()).expect("a date");
    fs::write(&path, RUNNING.replace("爬山", "游泳")).expect("written");
    fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(date)).expect("set");
    library.fill(|_| {}).expect("it fills");
    let corpus = library.corpus().load_full();
    assert!(corpus.transcripts[0].text().contains("游泳"));
}

#[test]
fn a_folder_that_is_deleted_and_made_again_works_and_keeps_its_withdrawals() {
    let library = TestLibrary::of(&[("running.txt", RUNNING), ("cooking.txt", COOKING)]);
    library.withdraw(&library.sha256("cooking"), None).expect("withdrawn");
    library::watch(Arc::downgrade(&library.shared()));
    let wait = |what: &dyn Fn() -> bool| {
        let until = std::time::Instant::now() + Duration::from_mins(2);
        while !what() {
            assert!(std::time::Instant::now() < until, "{:?}", library.health());
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    // The program may make a cache file while the folder is being emptied, so this is tried again.
    wait(&|| fs::remove_dir_all(library.path()).is_ok() || !library.path().exists());
    wait(&|| library.health().trouble.is_some());
    fs::create_dir(library.path()).expect("made");
    fs::write(library.path().join("running.txt"), RUNNING.replace("爬山", "游泳")).expect("written");
    fs::write(library.path().join("copy.txt"), format!("\n{COOKING}")).expect("written");
    wait(&|| library.corpus().load().transcripts.iter().any(|one| one.text().contains("游泳")));
    wait(&|| library.health().is_good());
    assert_eq!(library.listing().items.len(), 1, "what was withdrawn stays so");
    library.add(vec![("more.txt".to_owned(), TALK.as_bytes().to_vec())], false).expect("added");
    assert!(library.path().join("more.txt").exists() && library.health().watching);
}

#[tokio::test]
async fn a_folder_that_is_open_elsewhere_can_be_read_and_not_changed() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let place = LibraryLocation::Folder(library.path().to_owned());
    let busy = SourceStore::open(place.clone(), LibraryLimits::default(), Access::Write)
        .err()
        .expect("it is open")
        .to_string();
    assert!(busy.contains("is open in another yuanhua"), "{busy}");
    let store = SourceStore::open(place, LibraryLimits::default(), Access::ReadAtLeast).expect("it can be read");
    let second = Library::open(store, encoder()).expect("it opens");
    second.fill(|_| {}).expect("it fills");
    assert_eq!(second.corpus().load().transcripts.len(), 1);
    let refused = second.withdraw(&library.sha256("running"), None).expect_err("it is not to be written");
    assert!(refused.to_string().contains("is open in another yuanhua"), "{refused}");
    let second = TestLibrary::over(tempfile::tempdir().expect("a folder"), second);
    let page = second.get("/library").await.1;
    assert!(page.contains("Nothing can be changed here") && !page.contains("action=\"/library/add\""), "{page}");
}

#[test]
fn a_second_start_embeds_nothing_again() {
    let library = TestLibrary::of(&[("running.txt", RUNNING)]);
    let folder = library.close();
    let again = Library::open(open_store(folder.path()), encoder()).expect("it opens");
    assert!(again.listing().items[0].ready, "nothing is embedded again");
    let mut embedded = 0;
    again.fill(|progress| embedded = progress.total).expect("it fills");
    assert_eq!(embedded, 0);
}
