//! The MCP server, over standard streams and over HTTP. Assistants query and read the interviews, and get only quotes
//! with citations. This module runs no retrieval and adds no words about what was said.

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
