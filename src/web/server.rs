//! The server. It listens, limits each connection, and stops on request after the work in flight. It
//! does not know what it serves.

use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tower::ServiceExt as _;

use super::{Site, app};
use crate::config::{Admission, Config, ServerLimits, is_loopback};
use crate::error::Error;
use crate::library::Library;
use crate::web::handlers::chat;
use crate::web::http::admission::PARAMETER;
use crate::web::http::connections::{Connections, Open};

/// The most bytes of a request's head. Its address holds a conversation, or the permalinks of a collection.
const MAX_HEAD_BYTES: usize = 128 << 10;
/// The time that a closing connection has to send its reply.
const CLOSING_TIME: Duration = Duration::from_secs(1);
/// The pause after a failure to accept a connection, such as too many open files.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_millis(50);

/// A server that listens.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    admission: Admission,
    limits: ServerLimits,
    library: Arc<Library>,
    site: Site,
    pages: Router,
}

impl Server {
    /// Listens at the address of `config`. Connections wait until it runs.
    ///
    /// # Errors
    /// If the address is taken or cannot be listened on.
    pub async fn listen(config: &Config, library: Arc<Library>) -> Result<Self, Error> {
        let wanted = config.address;
        let failed = |source| Error::Listen { address: wanted.to_string(), source };
        let listener = TcpListener::bind(wanted).await.map_err(|source| match source.kind() {
            io::ErrorKind::AddrInUse => Error::PortTaken { address: wanted.to_string(), next: free_port_after(wanted) },
            _ => failed(source),
        })?;
        let address = listener.local_addr().map_err(failed)?;
        let site = Site::of_library(Arc::clone(&library))
            .with_host_names(&config.host_names)
            .with_admission(&config.admission);
        let site = site.with_limits(config.limits);
        let pages = app(site.clone());
        Ok(Self { listener, address, admission: config.admission.clone(), limits: config.limits, library, site, pages })
    }

    /// The address that the server listens at.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The first line of output: the address of the page, and who can read it.
    pub fn greeting(&self) -> String {
        let open_at = reachable(self.address);
        match &self.admission {
            Admission::Anybody if is_loopback(self.address.ip()) => {
                format!("Yuanhua is open at http://{open_at} — Ctrl+C stops it")
            }
            Admission::Anybody => format!(
                "Yuanhua is open at http://{open_at} — ANYBODY ON THE NETWORK CAN READ EVERYTHING IN IT, add to it and \
                 withdraw from it; Ctrl+C stops it"
            ),
            Admission::Token(token) => {
                let elsewhere =
                    if open_at == self.address { "" } else { "from elsewhere with this machine's address; " };
                format!(
                    "Yuanhua is open at http://{open_at}/?{PARAMETER}={token} — only for who has this link; \
                     {elsewhere}Ctrl+C stops it"
                )
            }
        }
    }

    /// Serves until `stop` is done, then finishes the work in flight within the grace period. `stopping` is called
    /// once, with the number of requests in flight and the grace period.
    pub async fn run(self, stop: impl Future<Output = ()>, stopping: impl FnOnce(usize, Duration)) {
        let Self { listener, limits, pages, library, site, .. } = self;
        let warming = tokio::spawn(chat::warm(site));
        let connections = Arc::new(Connections::new(limits.connections));
        let (tell, told) = watch::channel(());
        let mut stop = pin!(stop);
        loop {
            let stream = tokio::select! {
                () = &mut stop => break,
                accepted = listener.accept() => match accepted {
                    Ok((stream, _)) => stream,
                    Err(error) => {
                        pause_after(&error).await;
                        continue;
                    }
                },
            };
            let open = tokio::select! {
                () = &mut stop => break,
                open = connections.open() => open,
            };
            tokio::spawn(serve(stream, open, pages.clone(), limits, told.clone()));
        }
        drop(listener);
        stopping(connections.busy(), limits.shutdown_grace);
        drop((tell, pages));
        let in_flight = async {
            connections.all_closed().await;
            // It holds the library, too. It fails only if it panicked, and that was told.
            let _ = warming.await;
            // Complete uploads are still stored. The next start makes them ready.
            while library.progress().is_some_and(|progress| progress.total == 0) {
                sleep(PAUSE_AFTER_FAILURE).await;
            }
        };
        if timeout(limits.shutdown_grace, in_flight).await.is_err() {
            tracing::warn!("{} requests were cut off after {} s", connections.busy(), limits.shutdown_grace.as_secs());
        }
    }
}

/// Serves one connection until it is closed, has to make room, or the server stops.
async fn serve(stream: TcpStream, open: Open, pages: Router, limits: ServerLimits, mut stop: watch::Receiver<()>) {
    // Small replies are sent at once.
    let _ = stream.set_nodelay(true);
    let connection = &open.connection;
    let service = service_fn(|request: Request<Incoming>| {
        let busy = connection.begin();
        let reply = pages.clone().oneshot(request);
        async move {
            let reply = reply.await;
            drop(busy);
            reply
        }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head_timeout).max_buf_size(MAX_HEAD_BYTES);
    let mut served = pin!(http.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // The connection ended or failed, so nobody is left to be told.
        _ = served.as_mut() => return,
        () = connection.has_to_close() => {}
        // The channel sends nothing. It is only ever closed, when the server stops.
        _ = stop.changed() => {}
    }
    if connection.is_unused() {
        return;
    }
    served.as_mut().graceful_shutdown();
    while timeout(CLOSING_TIME, served.as_mut()).await.is_err() && connection.is_busy() {}
}

/// Ignores a connection that the client gave up; waits a little after other failures.
async fn pause_after(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) {
        tracing::warn!("a connection could not be taken: {error}");
        sleep(PAUSE_AFTER_FAILURE).await;
    }
}

/// Returns a free port near the taken one.
fn free_port_after(taken: SocketAddr) -> u16 {
    let free = |port: &u16| std::net::TcpListener::bind((taken.ip(), *port)).is_ok();
    let next = taken.port().checked_add(1).unwrap_or(1024);
    (next..next.saturating_add(50)).find(free).unwrap_or(next)
}

/// Returns an address that a browser can open, because the address of all interfaces cannot be opened.
fn reachable(address: SocketAddr) -> SocketAddr {
    if address.ip().is_unspecified() {
        SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port())
    } else {
        address
    }
}
