//! `yuanhua mcp`: serves the assistant that started it over standard input and output.

use std::sync::Arc;

use super::signals;
use crate::config::ServerLimits;
use crate::library::{self, Library};
use crate::mcp;

/// Serves an assistant until it closes the streams, or the program is asked to stop.
pub(super) fn run(library: &Arc<Library>, origin: String) -> anyhow::Result<()> {
    library::watch(Arc::downgrade(library));
    let runtime = tokio::runtime::Runtime::new()?;
    let served = runtime.block_on(mcp::serve(
        Arc::clone(library),
        ServerLimits::default().queries,
        origin,
        signals::stop_requested(),
    ));
    // A read of standard input cannot be cancelled. Unfinished derived data is made at the next start.
    runtime.shutdown_background();
    Ok(served?)
}
