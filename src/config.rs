//! The one validated configuration. Every default with its unit.

use std::env;
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
    /// Names that requests may be for, besides `localhost` and addresses in digits.
    pub host_names: Vec<String>,
}

/// Reads the name of a host: neither a scheme nor a port belongs to it.
///
/// # Errors
/// When it is none; the sentence says what one looks like.
pub fn host_name(written: &str) -> Result<String, String> {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if written.split('.').all(part) {
        Ok(written.to_ascii_lowercase())
    } else {
        Err("a name alone is wanted, such as interviews.lan; without http:// and without a port".to_owned())
    }
}

/// Where the user's own transcripts are kept when no folder is named.
pub fn own_folder() -> PathBuf {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let data = folder("XDG_DATA_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| folder("HOME").map(|home| home.join(".local").join("share")));
    data.map_or_else(|| PathBuf::from("yuanhua-interviews"), |data| data.join("yuanhua").join("interviews"))
}

/// Where fetched encoders are kept: `HF_HOME` as fastembed reads it, else the
/// user's cache folder.
pub fn fetched_models() -> PathBuf {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || {
        folder("XDG_CACHE_HOME")
            .or_else(|| folder("LOCALAPPDATA"))
            .or_else(|| folder("HOME").map(|home| home.join(".cache")))
            .map(|cache| cache.join("yuanhua").join("models"))
    };
    folder("HF_HOME").or_else(cache).unwrap_or_else(|| PathBuf::from("yuanhua-models"))
}

/// Where encoders are fetched from, when not from the usual hub: `HF_ENDPOINT`,
/// which fastembed reads itself; here it is only named in messages.
pub fn model_endpoint() -> Option<String> {
    env::var("HF_ENDPOINT").ok().filter(|endpoint| !endpoint.is_empty())
}
