//! Every file of `web/static`, built into the binary. Their addresses change with their content,
//! so a browser may keep them.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

use super::locale::Locale;
use crate::web::view::error::WebProblem;

#[derive(RustEmbed)]
#[folder = "web/static/"]
struct Files;

/// One file that a page loads.
struct Asset {
    kind: &'static str,
    body: Cow<'static, [u8]>,
    /// Its name with the beginning of its content's SHA-256, under `/static/`.
    address: String,
}

/// By the file's name.
static ASSETS: LazyLock<HashMap<Cow<'static, str>, Asset>> =
    LazyLock::new(|| Files::iter().filter_map(|name| Some((name.clone(), asset(&name)?))).collect());

fn asset(name: &str) -> Option<Asset> {
    let file = Files::get(name)?;
    let (stem, ending) = name.rsplit_once('.')?;
    let hash: Vec<String> = file.metadata.sha256_hash()[..5].iter().map(|byte| format!("{byte:02x}")).collect();
    let hash = hash.concat();
    let kind = match ending {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        _ => "application/octet-stream",
    };
    Some(Asset { kind, body: file.data, address: format!("/static/{stem}.{hash}.{ending}") })
}

/// The address of a file of `web/static`; a test sees that templates name only those.
pub(crate) fn address(name: &str) -> &'static str {
    ASSETS.get(name).map_or("", |asset| &asset.address)
}

pub(crate) async fn serve(Path(file): Path<String>, reader: Locale) -> Response {
    let asked = |asset: &&Asset| asset.address.strip_prefix("/static/") == Some(file.as_str());
    match ASSETS.values().find(asked) {
        Some(asset) => {
            let keep = "public, max-age=31536000, immutable";
            ([(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, keep)], asset.body.clone()).into_response()
        }
        None => reader.failure(WebProblem::NothingHere).into_response(),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn every_file_that_a_template_names_is_there_and_every_file_is_named() {
        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("web/templates");
        let templates = fs::read_dir(templates).expect("templates").flatten();
        let all: String = templates.filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
        for named in all.split("page.asset(").skip(1).filter_map(|rest| rest.split('"').nth(1)) {
            assert!(!address(named).is_empty(), "{named} is not in web/static");
        }
        for name in ASSETS.keys() {
            assert!(all.contains(&format!("page.asset(\"{name}\")")), "no page loads {name}");
        }
    }

    #[test]
    fn a_file_has_a_type_that_browsers_act_on() {
        for asset in ASSETS.values() {
            assert_ne!(asset.kind, "application/octet-stream", "{} has an ending that is not known", asset.address);
        }
    }
}
