//! A library in a folder of its own, for tests of pages.

use std::fs;
use std::ops::Deref;
use std::path::Path;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use serde_json::Value;
use tower::ServiceExt as _;
use yuanhua::library::{Access, Library, LibraryLimits, LibraryLocation, SourceStore};
use yuanhua::web::{Site, app};

use crate::support::site::encoder;

/// Interviews about one thing each.
pub(crate) const RUNNING: &str =
    "关于跑步\nQ1.您平时做什么运动?\nA1 我每天早上沿着河边跑步五公里。\nA2 我只在周末去爬山。\n";
pub(crate) const COOKING: &str = "关于做饭\nQ1.您会做什么菜?\nA1 我最拿手的是红烧肉，要炖两个小时。\n";
pub(crate) const TALK: &str = "speaker,when,wer,said\nx,00:00:01,安妮,您怎么开始养蜂的？\nx,00:00:05,老周,我从爷爷那里接过来的，一共三箱蜂。\nx,00:00:09,安妮,后来呢？\nx,00:00:12,老 周,后来有了四十箱，冬天要喂糖水。\n";

/// A library, and the folder that is deleted with it.
pub(crate) struct TestLibrary {
    library: Arc<Library>,
    folder: tempfile::TempDir,
}

impl Deref for TestLibrary {
    type Target = Library;

    fn deref(&self) -> &Library {
        &self.library
    }
}

impl TestLibrary {
    /// A library of these files, all of it read.
    pub(crate) fn of(files: &[(&str, &str)]) -> Self {
        Self::bounded(files, LibraryLimits::default())
    }

    /// The same, with these limits.
    pub(crate) fn bounded(files: &[(&str, &str)], limits: LibraryLimits) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("written");
        }
        let store = SourceStore::open(LibraryLocation::Folder(folder.path().to_owned()), limits, Access::Write)
            .expect("it opens");
        let library = Library::open(store, encoder()).expect("it opens");
        library.fill(|_| {}).expect("it fills");
        Self::over(folder, library)
    }

    /// A library in a folder, which is deleted with it.
    pub(crate) fn over(folder: tempfile::TempDir, library: Library) -> Self {
        Self { folder, library: Arc::new(library) }
    }

    /// Closes the library. The folder stays.
    pub(crate) fn close(self) -> tempfile::TempDir {
        self.folder
    }

    /// A handle for other threads.
    pub(crate) fn shared(&self) -> Arc<Library> {
        Arc::clone(&self.library)
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Sends a request to the page. Returns the status and the body.
    pub(crate) async fn send(&self, request: Request<Body>) -> (StatusCode, String) {
        let response: Response<Body> =
            app(Site::of_library(Arc::clone(&self.library))).oneshot(request).await.expect("one");
        let status = response.status();
        let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        (status, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
    }

    /// Opens a page in English.
    pub(crate) async fn get(&self, address: &str) -> (StatusCode, String) {
        let request = Request::get(address).header(header::ACCEPT_LANGUAGE, "en").body(Body::empty());
        self.send(request.expect("a request")).await
    }

    pub(crate) async fn post(&self, address: &str, kind: &str, body: String) -> (StatusCode, String) {
        let request = Request::post(address)
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT_LANGUAGE, "en")
            .header(header::CONTENT_TYPE, kind);
        self.send(request.body(Body::from(body)).expect("a request")).await
    }

    /// Sends files as the form of the page does.
    pub(crate) async fn upload(&self, files: &[(&str, &str)]) -> (StatusCode, String) {
        self.post("/library/add", "multipart/form-data; boundary=XX", multipart(files)).await
    }

    /// Sends the fields of a form of the page.
    pub(crate) async fn form(&self, address: &str, body: &str) -> (StatusCode, String) {
        self.post(address, "application/x-www-form-urlencoded", body.to_owned()).await
    }

    /// The quotes of the reply to a query, as JSON.
    pub(crate) async fn quotes(&self, query: &str) -> String {
        let mut address = "/api/ask?q=".to_owned();
        address.extend(query.bytes().map(|byte| format!("%{byte:02X}")));
        let reply: Value = serde_json::from_str(&self.get(&address).await.1).expect("JSON");
        reply["quotes"].to_string()
    }

    /// The SHA-256 of a transcript, by its name.
    pub(crate) fn sha256(&self, name: &str) -> String {
        let listing = self.library.listing();
        listing.items.iter().find(|item| item.name == name).expect("it is listed").sha256.clone()
    }
}

/// The body of a form with these files, between lines of `--XX`.
pub(crate) fn multipart(files: &[(&str, &str)]) -> String {
    let part = |(name, text): &(&str, &str)| {
        format!("--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{text}\r\n")
    };
    files.iter().map(part).collect::<Vec<_>>().concat() + "--XX--\r\n"
}

/// Opens the library of a folder and makes all of it ready.
pub(crate) fn open_library(folder: &Path) -> Arc<Library> {
    let library = Library::open(open_store(folder), encoder()).expect("it opens");
    library.fill(|_| {}).expect("it fills");
    Arc::new(library)
}

/// Opens the files of a folder. The seal of its caches is not that of the person who tests.
pub(crate) fn open_store(folder: &Path) -> SourceStore {
    let key = std::env::temp_dir().join("yuanhua-tests-have-no-home").join("seal.key");
    SourceStore::open(LibraryLocation::Folder(folder.to_owned()), LibraryLimits::default(), Access::Write)
        .expect("it opens")
        .kept_under(&key)
}
