//! Checks whether a request is meant for us. A page of another site can point its own host name at this machine (DNS
//! rebinding) and read our pages as if they were its own. The `Host` header of its browser reveals it.

use std::net::Ipv6Addr;

use axum::extract::{FromRequestParts as _, Request, State};
use axum::http::header::HOST;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use super::locale::Locale;
use crate::web::problem::WebProblem;
use crate::web::site::Site;

/// Accepts a request for `localhost`, for a numeric address, or for a host name that the owner allowed.
pub(crate) async fn check_host(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // A request without a host does not come from a browser, so it cannot come from a rebound page.
    let headers = parts.headers.get_all(HOST).iter().map(|host| String::from_utf8_lossy(host.as_bytes()).into_owned());
    let mut named = headers.chain(parts.uri.authority().map(|authority| authority.as_str().to_owned()));
    match named.find(|host| !is_ours(host, &site.host_names)) {
        None => next.run(Request::from_parts(parts, body)).await,
        Some(host) => {
            let Ok(reader) = Locale::from_request_parts(&mut parts, &site).await;
            reader.failure(WebProblem::NotOurName { host: name_of(&host).to_owned() }).into_response()
        }
    }
}

/// A host without its port.
fn name_of(host: &str) -> &str {
    let has_port = |(_, port): &(&str, &str)| port.bytes().all(|digit| digit.is_ascii_digit());
    let name = host.rsplit_once(':').filter(has_port).map_or(host, |(name, _)| name);
    name.strip_suffix('.').unwrap_or(name)
}

fn is_ours(host: &str, names: &[String]) -> bool {
    let name = name_of(host);
    if let Some(v6) = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')) {
        return v6.parse::<Ipv6Addr>().is_ok();
    }
    name.parse::<std::net::Ipv4Addr>().is_ok()
        || name.eq_ignore_ascii_case("localhost")
        || names.iter().any(|ours| ours.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numeric_addresses_localhost_and_allowed_names_are_accepted() {
        let names = ["interviews.lan".to_owned()];
        for host in [
            "localhost",
            "LOCALHOST:8080",
            "localhost.:80",
            "127.0.0.1:8080",
            "192.168.1.20",
            "[::1]:8080",
            "[fe80::1]",
            "Interviews.LAN:8080",
        ] {
            assert!(is_ours(host, &names), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "localhost.evil.example:8080",
            "127.0.0.1.evil.example",
            "a.localhost",
            "[evil]",
            "::1",
            "interviews.lan.evil",
            "localhost:80:80",
            "evil@127.0.0.1",
        ] {
            assert!(!is_ours(host, &names), "{host}");
        }
    }
}
