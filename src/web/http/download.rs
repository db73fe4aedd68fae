//! Files that a browser saves.

use axum::http::{HeaderName, header};

use super::address;

/// The headers of a file with a name in ASCII.
pub(crate) fn headers(media_type: &str, name: &str) -> [(HeaderName, String); 2] {
    with_disposition(media_type, format!("attachment; filename=\"{name}\""))
}

/// The headers of a file with a name in any script. Old browsers take the name in ASCII.
pub(crate) fn headers_with_name(media_type: &str, ascii: &str, name: &str) -> [(HeaderName, String); 2] {
    let mut encoded = String::new();
    address::encode(name, &mut encoded);
    with_disposition(media_type, format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}"))
}

fn with_disposition(media_type: &str, disposition: String) -> [(HeaderName, String); 2] {
    [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)]
}
