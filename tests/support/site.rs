//! Pages of a site in memory, without a server.

use std::sync::{Arc, OnceLock};

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use tower::ServiceExt as _;
use yuanhua::library;
use yuanhua::retrieval::corpus::Corpus;
use yuanhua::retrieval::encoder::Encoder;
use yuanhua::transcript;
use yuanhua::web::{Site, app};

use crate::support::project;

/// Returns the built-in encoder. All tests share it.
pub(crate) fn encoder() -> Arc<Encoder> {
    static ENCODER: OnceLock<Arc<Encoder>> = OnceLock::new();
    Arc::clone(ENCODER.get_or_init(|| Arc::new(Encoder::built_in().expect("the built-in encoder loads"))))
}

/// Reads one transcript and indexes it.
pub(crate) fn corpus_of(name: &str, bytes: &[u8]) -> Corpus {
    let (transcript, _) = transcript::read(name, bytes).expect("an interview");
    library::build(vec![transcript], encoder()).expect("it indexes")
}

/// Returns the corpus of a small interview about working from home.
pub(crate) fn fixture() -> Corpus {
    let source = library::source(project("tests/fixtures/remote-work.txt"), 1 << 20).expect("the fixture");
    corpus_of(&source.name, &source.bytes)
}

/// Opens a page in a language.
pub(crate) async fn get(site: Site, address: &str, language: &str) -> Response<Body> {
    let request =
        Request::get(address).header(header::ACCEPT_LANGUAGE, language).body(Body::empty()).expect("a request");
    app(site).oneshot(request).await.expect("a response")
}

/// Returns the text of a response.
pub(crate) async fn body(response: Response<Body>) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

/// Returns the text of a page, which must be there.
pub(crate) async fn html(site: Site, address: &str, language: &str) -> String {
    let response = get(site, address, language).await;
    assert_eq!(response.status(), StatusCode::OK, "{address}");
    body(response).await
}
