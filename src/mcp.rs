//! The MCP server: assistants ask the interviews and read them, and are given quotes with
//! citations only. Over standard streams and over HTTP alike. No retrieval here, and no
//! words of its own about what was said.

mod ask;
mod http;
mod resources;
mod schema;
mod server;
mod snapshots;
mod stdio;
mod verify_quotes;

pub use http::Endpoint;
pub use snapshots::{CallCost, Snapshots};
pub use stdio::serve;
