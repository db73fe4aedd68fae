//! MCP over standard streams. An assistant starts the program and sends it lines of JSON. Nothing else may be written
//! to standard output meanwhile.

use std::sync::Arc;

use rmcp::serve_server;
use rmcp::service::ServerInitializeError;
use rmcp::transport::io::stdio_pipes;
use tokio::sync::Semaphore;

use super::server::McpServer;
use super::snapshots::{CallCost, Snapshots};
use crate::api::Refusal;
use crate::library::{Library, Withdrawals};
use crate::retrieval::corpus::Corpus;

/// The library of a program that serves only one assistant.
#[derive(Clone)]
struct Own {
    library: Arc<Library>,
    /// The room for calls that run at once. Other calls wait for their turn.
    room: Arc<Semaphore>,
}

impl Snapshots for Own {
    fn withdrawals(&self) -> Arc<Withdrawals> {
        self.library.withdrawals()
    }

    async fn with_corpus<T, F>(&self, _: CallCost, make: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Corpus) -> Result<T, Refusal> + Send + 'static,
    {
        let room = Arc::clone(&self.room).acquire_owned().await.map_err(|_| Refusal::Broken)?;
        let library = Arc::clone(&self.library);
        let work = move || {
            let _room = room;
            library.catch_up().map_err(Refusal::Library)?;
            let corpus = library.corpus().load_full();
            make(&corpus)
        };
        tokio::task::spawn_blocking(work).await.unwrap_or(Err(Refusal::Broken))
    }
}

/// Serves until the assistant closes the streams or `stop` is done. At most `at_once` calls run at a time. Permalinks
/// are addresses of the page at `origin`.
///
/// # Errors
/// If the first message is not MCP.
pub async fn serve(
    library: Arc<Library>,
    at_once: usize,
    origin: String,
    stop: impl Future<Output = ()>,
) -> Result<(), NotMcp> {
    let own = Own { library, room: Arc::new(Semaphore::new(at_once.max(1))) };
    let served = async {
        match serve_server(McpServer::new(own, origin), stdio_pipes()).await {
            Ok(running) => drop(running.waiting().await),
            // The stream was closed before the first message.
            Err(ServerInitializeError::ConnectionClosed(_) | ServerInitializeError::Cancelled) => {}
            // The error leaves out what was received, because it may hold confidential words.
            Err(_) => return Err(NotMcp),
        }
        Ok(())
    };
    tokio::select! {
        served = served => served,
        () = stop => Ok(()),
    }
}

/// The other side does not speak MCP.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "what came on standard input is not MCP; this command is started by an assistant, which speaks to it by lines of \
     JSON (see the README for what to write into its settings)"
)]
pub struct NotMcp;
