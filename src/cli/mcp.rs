//! `yuanhua mcp`: an assistant starts it, and asks over standard input and output.

use std::sync::Arc;

use super::signals;
use crate::config::Serving;
use crate::library::{self, Shelf};
use crate::mcp;

/// Serves an assistant until it closes the streams, or the program is asked to stop.
pub(super) fn run(shelf: &Arc<Shelf>, origin: String) -> anyhow::Result<()> {
    library::watch(Arc::downgrade(shelf));
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(mcp::serve(Arc::clone(shelf), Serving::default().queries, origin, signals::asked()));
    // A read of standard input cannot be called off, and what was derived goes on at the next start.
    runtime.shutdown_background();
    Ok(served?)
}
