//! Admission of readers, if others can reach the program's address. Only readers with the token that the program
//! printed are admitted. The token comes once in the address, and then in a cookie.

use std::sync::Arc;

use askama::Template;
use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::{AUTHORIZATION, COOKIE, HeaderValue, SET_COOKIE};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use subtle::ConstantTimeEq as _;

use super::address::Address;
use super::fixed_paths::{HEALTH, READY, STATIC};
use super::locale::Locale;
use crate::hash::sha256_hex;
use crate::web::problem::{NotServed, WebProblem};
use crate::web::view::error::render;
use crate::web::view::page::Page;

/// The parameter of an address that holds the token.
pub(crate) const PARAMETER: &str = "token";

/// The token that readers need.
pub(crate) struct TokenCheck {
    token: String,
    /// The name of the cookie. Each token has its own, because cookies ignore ports and two programs must not overwrite
    /// each other's.
    cookie: String,
}

/// A page that confirms the token and goes on by itself. A redirect would fail, because a browser that came from
/// another site sends no `SameSite=Strict` cookie with it.
#[derive(Template)]
#[template(path = "admitted.html", config = "web/askama.toml")]
struct AdmittedPage {
    page: Page,
    on: String,
}

impl TokenCheck {
    pub(crate) fn new(token: String) -> Self {
        let cookie = format!("yuanhua-{}", &sha256_hex(&[token.as_bytes()])[..8]);
        Self { token, cookie }
    }

    fn accepts(&self, given: &str) -> bool {
        self.token.as_bytes().ct_eq(given.as_bytes()).into()
    }

    /// Whether a cookie or a header holds the token.
    fn admits(&self, parts: &Parts) -> bool {
        let values = |name| parts.headers.get_all(name).iter().filter_map(|value: &HeaderValue| value.to_str().ok());
        let mut cookies = values(COOKIE).flat_map(|cookies| cookies.split(';')).filter_map(|one| one.split_once('='));
        let mut bearers = values(AUTHORIZATION).filter_map(|header| header.strip_prefix("Bearer "));
        cookies.any(|(name, value)| name.trim() == self.cookie && self.accepts(value.trim()))
            || bearers.any(|token| self.accepts(token.trim()))
    }
}

/// Admits readers with the token. Others get nothing that holds words of transcripts.
pub(crate) async fn check_token(State(token_check): State<Arc<TokenCheck>>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    if path == HEALTH || path == READY || path.starts_with(STATIC) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    let Ok(reader) = Locale::from_request_parts(&mut parts, &()).await;
    let (given, on) = without_token(&parts);
    if given.iter().any(|token| token_check.accepts(token)) {
        let page = Page::new(reader.text, reader.text.page_problems.admitted, &Address::default());
        let mut response = render(&AdmittedPage { page, on });
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", token_check.cookie, token_check.token);
        if let Ok(cookie) = HeaderValue::from_str(&cookie) {
            response.headers_mut().insert(SET_COOKIE, cookie);
        }
        return response;
    }
    if token_check.admits(&parts) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    reader.failure(WebProblem::NotServed(NotServed::NoToken)).into_response()
}

/// Returns the tokens in an address, and the address without them.
fn without_token(parts: &Parts) -> (Vec<String>, String) {
    let prefix = format!("{PARAMETER}=");
    let (given, rest): (Vec<&str>, Vec<&str>) =
        parts.uri.query().unwrap_or_default().split('&').partition(|one| one.starts_with(&prefix));
    let given = given.iter().map(|one| one[prefix.len()..].to_owned()).collect();
    // `//elsewhere` would lead to another site.
    let path = format!("/{}", parts.uri.path().trim_start_matches(['/', '\\']));
    let query = rest.join("&");
    (given, if query.is_empty() { path } else { format!("{path}?{query}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(uri: &str, headers: &[(&str, &str)]) -> Parts {
        let request = headers.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
        request.body(()).expect("a request").into_parts().0
    }

    #[test]
    fn only_the_whole_token_is_accepted() {
        let token_check = TokenCheck::new("0123456789abcdef".into());
        let cookie = |value: &str| parts("/", &[("cookie", &format!("other=1; {}={value}", token_check.cookie))]);
        assert!(token_check.admits(&cookie("0123456789abcdef")));
        assert!(token_check.admits(&parts("/", &[("authorization", "Bearer 0123456789abcdef")])));
        for wrong in ["", "0123456789abcde", "0123456789abcdef0", "0123456789abcdeF"] {
            assert!(!token_check.admits(&cookie(wrong)), "{wrong}");
        }
        assert!(!token_check.admits(&parts("/", &[("cookie", "yuanhua=0123456789abcdef")])));
    }

    #[test]
    fn the_token_leaves_the_address_and_redirects_stay_here() {
        let on = |uri: &str| without_token(&parts(uri, &[])).1;
        assert_eq!(on("/?token=a"), "/");
        assert_eq!(on("/?q=b&token=a&turn=2"), "/?q=b&turn=2");
        assert_eq!(on("//evil.example/x?token=a"), "/evil.example/x");
    }
}
