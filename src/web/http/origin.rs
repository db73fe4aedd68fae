//! Checks whether a form comes from our own page. Another site can make a browser send one, but cannot forge its
//! origin.

use axum::extract::FromRequestParts;
use axum::http::header::{HOST, ORIGIN, REFERER};
use axum::http::request::Parts;

use super::locale::Locale;
use crate::web::problem::WebProblem;
use crate::web::view::error::Failure;

/// A request from our own page.
pub(crate) struct SameOrigin;

impl<S: Send + Sync> FromRequestParts<S> for SameOrigin {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        // Browsers send the first header to trusted hosts, and the second to all.
        let ours = match (header("sec-fetch-site"), header(ORIGIN.as_str())) {
            (Some(site), _) => site == "same-origin",
            (None, Some(origin)) => {
                let host = header(HOST.as_str());
                host.is_some() && origin.split_once("://").map(|(_, host)| host) == host
            }
            (None, None) => false,
        };
        if ours {
            return Ok(Self);
        }
        let Ok(reader) = Locale::from_request_parts(parts, state).await;
        Err(reader.failure(WebProblem::Foreign))
    }
}

/// Our origin as the client sees it, `http://localhost:8080`, for absolute addresses. It is empty if
/// unknown.
pub(crate) struct Origin(pub(crate) String);

impl<S: Send + Sync> FromRequestParts<S> for Origin {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        let header = |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok());
        let Some(host) = header(HOST.as_str()) else { return Ok(Self(String::new())) };
        // Only our own page knows whether a proxy before us speaks TLS.
        let secure = header(REFERER.as_str()).is_some_and(|from| from.starts_with(&format!("https://{host}/")));
        Ok(Self(format!("{}://{host}", if secure { "https" } else { "http" })))
    }
}

/// A request by a program or by our own page, and not by a page of another site.
pub(crate) struct SameSite;

impl<S: Send + Sync> FromRequestParts<S> for SameSite {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        // Every browser says where such a request is from. A program does not.
        if parts.headers.contains_key("sec-fetch-site") || parts.headers.contains_key(ORIGIN) {
            SameOrigin::from_request_parts(parts, state).await?;
        }
        Ok(Self)
    }
}
