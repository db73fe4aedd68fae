//! The one validated configuration. Every default with its unit.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

/// Where the page is served until told otherwise.
pub const DEFAULT_HOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// TCP port of the page until told otherwise.
pub const DEFAULT_PORT: u16 = 8080;

/// What a run of the program works with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to serve on.
    pub address: SocketAddr,
    /// A folder of transcripts or one of them; `None` for the bundled interview.
    pub data: Option<PathBuf>,
}
