//! `yuanhua serve`: opens the page and keeps it open until a signal stops it.

use std::io::Write as _;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use super::open_library::{self, LibraryOptions};
use super::signals;
use crate::config::{self, Admission, Config, ServerLimits};
use crate::i18n::en::count::count;
use crate::library;
use crate::terminal;
use crate::web::Server;

/// Serves the pages at an address.
pub(super) fn run(
    address: SocketAddr,
    admission: Admission,
    host_names: Vec<String>,
    grace_s: u64,
    options: &LibraryOptions,
) -> anyhow::Result<()> {
    config::raise_open_file_limit();
    let limits = ServerLimits { shutdown_grace: Duration::from_secs(grace_s), ..ServerLimits::default() };
    let config = Config { address, host_names, admission, limits };
    let library = options.to_serve()?;
    library::watch(Arc::downgrade(&library));
    open_library::load_models_in_background();
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(async {
        let server = Server::listen(&config, Arc::clone(&library)).await?;
        // The greeting says who can read everything, so it comes first. A closed standard output is no
        // reason not to serve.
        let _ = writeln!(terminal::out(), "{}", server.greeting());
        open_library::warn_of_unread(&library);
        drop(library);
        server.run(signals::stop_requested(), announce_stop).await;
        Ok(())
    });
    // Unfinished derived data is made at the next start. Nothing that was acknowledged depends on it.
    runtime.shutdown_background();
    served
}

/// Says who may read what is served at an address.
pub(super) fn admission(host: IpAddr, token: Option<String>, open_to_network: bool) -> anyhow::Result<Admission> {
    Ok(match token {
        Some(token) => Admission::Token(token),
        None if open_to_network || config::is_loopback(host) => Admission::Anybody,
        None => Admission::Token(config::new_token()?),
    })
}

fn announce_stop(in_flight: usize, grace: Duration) {
    match in_flight {
        0 => terminal::message("stopped"),
        _ => terminal::message(format_args!(
            "stopping: waiting up to {1} s for {0}; a second signal stops at once",
            count(in_flight, "request"),
            grace.as_secs()
        )),
    }
}
