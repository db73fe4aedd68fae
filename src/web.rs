//! The chat page and the source pages. No retrieval here.

use std::net::SocketAddr;

use crate::corpus::Corpus;
use crate::error::Error;

/// Serves until interrupted.
///
/// # Errors
/// When the address is taken or cannot be listened on.
pub async fn serve(_address: SocketAddr, _corpus: Corpus) -> Result<(), Error> {
    Ok(())
}
