//! The files of `web/static`, built into the binary. Their addresses change with their content, so a browser may keep
//! them. A browser that accepts gzip gets them packed.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write as _;
use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;

use super::locale::Locale;
use crate::web::problem::WebProblem;

#[derive(RustEmbed)]
#[folder = "web/static/"]
struct Files;

/// One file that a page loads.
struct Asset {
    kind: &'static str,
    body: Cow<'static, [u8]>,
    /// The body as gzip.
    packed: Vec<u8>,
    /// The address under `/static/`: the name with the beginning of the content's SHA-256.
    address: String,
}

/// The assets, by file name.
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
    let packed = packed(&file.data)?;
    Some(Asset { kind, body: file.data, packed, address: format!("/static/{stem}.{hash}.{ending}") })
}

/// Packs a body as gzip. It never returns `None`, because writing to memory cannot fail.
fn packed(body: &[u8]) -> Option<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::best());
    packer.write_all(body).ok()?;
    packer.finish().ok()
}

fn takes_gzip(headers: &HeaderMap) -> bool {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_wanted = |one: &str| {
        let (name, weight) = one.split_once(";q=").unwrap_or((one, "1"));
        name == "gzip" && weight.parse::<f32>().is_ok_and(|weight| weight > 0.0)
    };
    accepted.split(',').any(|one| is_wanted(&one.replace(' ', "")))
}

/// Returns the address of a file of `web/static`. A test checks that templates name only such files.
pub(crate) fn address(name: &str) -> &'static str {
    ASSETS.get(name).map_or("", |asset| &asset.address)
}

pub(crate) async fn serve(Path(file): Path<String>, reader: Locale, headers: HeaderMap) -> Response {
    let asked = |asset: &&Asset| asset.address.strip_prefix("/static/") == Some(file.as_str());
    match ASSETS.values().find(asked) {
        Some(asset) => {
            let keep = "public, max-age=31536000, immutable";
            let of_all =
                [(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, keep), (header::VARY, "accept-encoding")];
            if takes_gzip(&headers) {
                (of_all, [(header::CONTENT_ENCODING, "gzip")], asset.packed.clone()).into_response()
            } else {
                (of_all, asset.body.clone()).into_response()
            }
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
    fn a_packed_file_unpacks_to_itself_and_goes_to_whoever_takes_it() {
        for asset in ASSETS.values() {
            let mut unpacked = Vec::new();
            let mut packed = flate2::read::GzDecoder::new(asset.packed.as_slice());
            std::io::Read::read_to_end(&mut packed, &mut unpacked).expect("it unpacks");
            assert_eq!(unpacked, asset.body.as_ref(), "{}", asset.address);
        }
        let takes = |value: &str| {
            takes_gzip(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, value.parse().expect("a value"))]))
        };
        assert!(takes("gzip, deflate, br") && takes("br;q=1, gzip;q=0.5"));
        assert!(!takes("br") && !takes("gzip;q=0") && !takes(""));
    }

    #[test]
    fn a_file_has_a_type_that_browsers_act_on() {
        for asset in ASSETS.values() {
            assert_ne!(asset.kind, "application/octet-stream", "{} has an ending that is not known", asset.address);
        }
    }
}
