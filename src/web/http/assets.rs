//! Style sheets, scripts and the icon, built into the binary. Their addresses change with their
//! content, so a browser may keep them.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use super::locale::Reader;
use crate::hash::sha256_hex;
use crate::web::view::error::Problem;

/// One file that a page asks for.
struct Asset {
    kind: &'static str,
    body: &'static str,
    /// Its name, with the beginning of its content's SHA-256.
    file: String,
}

/// The addresses of the files that every page asks for.
pub(crate) struct Links {
    pub(crate) style: String,
    pub(crate) script: String,
    pub(crate) panel: String,
    pub(crate) icon: String,
    pub(crate) library_style: String,
    pub(crate) library_script: String,
    pub(crate) keep_style: String,
    pub(crate) keep_script: String,
    pub(crate) read_style: String,
    pub(crate) read_script: String,
}

/// Style, script, reading panel and icon; style and script of the library page, of the collection, and
/// of the page of a transcript.
static ASSETS: LazyLock<[Asset; 10]> = LazyLock::new(|| {
    [
        asset("style", "css", "text/css", include_str!("../../../web/static/style.css")),
        asset("chat", "js", "text/javascript", include_str!("../../../web/static/chat.js")),
        asset("panel", "js", "text/javascript", include_str!("../../../web/static/panel.js")),
        asset("icon", "svg", "image/svg+xml", include_str!("../../../web/static/icon.svg")),
        asset("library", "css", "text/css", include_str!("../../../web/static/library.css")),
        asset("library", "js", "text/javascript", include_str!("../../../web/static/library.js")),
        asset("keep", "css", "text/css", include_str!("../../../web/static/keep.css")),
        asset("keep", "js", "text/javascript", include_str!("../../../web/static/keep.js")),
        asset("read", "css", "text/css", include_str!("../../../web/static/read.css")),
        asset("read", "js", "text/javascript", include_str!("../../../web/static/read.js")),
    ]
});

pub(crate) static LINKS: LazyLock<Links> = LazyLock::new(|| {
    let [style, script, panel, icon, library_style, library_script, keep_style, keep_script, read_style, read_script] =
        &*ASSETS;
    let link = |asset: &Asset| format!("/static/{}", asset.file);
    Links {
        style: link(style),
        script: link(script),
        panel: link(panel),
        icon: link(icon),
        library_style: link(library_style),
        library_script: link(library_script),
        keep_style: link(keep_style),
        keep_script: link(keep_script),
        read_style: link(read_style),
        read_script: link(read_script),
    }
});

fn asset(name: &str, ending: &str, kind: &'static str, body: &'static str) -> Asset {
    let hash = &sha256_hex(&[body.as_bytes()])[..10];
    Asset { kind, body, file: format!("{name}.{hash}.{ending}") }
}

pub(crate) async fn serve(Path(file): Path<String>, reader: Reader) -> Response {
    match ASSETS.iter().find(|asset| asset.file == file) {
        Some(asset) => {
            let kind = format!("{}; charset=utf-8", asset.kind);
            let keep = "public, max-age=31536000, immutable".to_owned();
            ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep)], asset.body).into_response()
        }
        None => reader.failure(Problem::NothingHere).into_response(),
    }
}
