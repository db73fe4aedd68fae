//! MCP over streamable HTTP, without sessions. Each request stands alone, so nothing is kept for clients that never
//! come back. A reply is plain JSON.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::HOST;
use axum::response::Response;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};

use super::server::McpServer;
use super::snapshots::Snapshots;

/// The most bytes of a request.
const REQUEST: usize = 1 << 20;

/// Answers requests to `/mcp`.
#[derive(Clone)]
pub struct Endpoint<S: Snapshots>(StreamableHttpService<McpServer<S>, NeverSessionManager>);

impl<S: Snapshots> Endpoint<S> {
    /// Makes an endpoint over these snapshots. The caller must refuse requests whose `Host` is not ours.
    pub fn new(snapshots: S) -> Self {
        let server = McpServer::new(snapshots, String::new());
        let config = StreamableHttpServerConfig::default()
            .with_legacy_session_mode(false)
            .with_json_response(true)
            .with_max_request_body_bytes(REQUEST)
            // The caller knows which hosts are ours, and checks them for every route.
            .disable_allowed_hosts()
            .enforce_origin_validation();
        Self(StreamableHttpService::new(move || Ok(server.clone()), Arc::default(), config))
    }

    /// Answers one request.
    pub async fn answer(&self, request: Request) -> Response {
        let mut service = self.0.clone();
        let host = request.headers().get(HOST).and_then(|host| host.to_str().ok());
        // Among web pages, only our own may send requests.
        service.config.allowed_origins = host.map(origins).unwrap_or_default();
        service.handle(request).await.map(Body::new)
    }
}

/// Returns the origins of our own pages for clients that reach us by this host.
fn origins(host: &str) -> Vec<String> {
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| !port.is_empty() && !port.ends_with(']'));
    let origin = |(scheme, port): (&str, u16)| {
        if has_port { format!("{scheme}://{host}") } else { format!("{scheme}://{host}:{port}") }
    };
    [("http", 80), ("https", 443)].map(origin).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_origin_that_was_asked_is_our_own() {
        assert_eq!(origins("localhost:8080"), ["http://localhost:8080", "https://localhost:8080"]);
        assert_eq!(origins("interviews.lan"), ["http://interviews.lan:80", "https://interviews.lan:443"]);
        assert_eq!(origins("[::1]"), ["http://[::1]:80", "https://[::1]:443"]);
        assert_eq!(origins("[::1]:8080"), ["http://[::1]:8080", "https://[::1]:8080"]);
    }
}
