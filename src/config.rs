//! The configuration: every setting with its default and unit.

use std::env;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use etcetera::{BaseStrategy as _, choose_base_strategy};

/// The default host of the page.
pub const DEFAULT_HOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// The default TCP port of the page.
pub const DEFAULT_PORT: u16 = 8080;

/// The settings of a server.
#[derive(Debug, Clone)]
pub struct Config {
    /// Address to serve on.
    pub address: SocketAddr,
    /// Allowed host names besides `localhost` and numeric addresses.
    pub host_names: Vec<String>,
    /// Who may read.
    pub admission: Admission,
    /// The limits and timeouts of the server.
    pub serving: Serving,
}

/// Who may read the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Everybody who reaches the address. For a loopback address, this machine alone.
    Anybody,
    /// Readers with the token that the program printed.
    Token(String),
}

/// The limits and timeouts of the server. Every limit has its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Serving {
    /// Connections open at once. Beyond that, the longest idle one makes room.
    pub connections: usize,
    /// The time for the head of a request to arrive, from the opening of its connection or the reply before.
    pub head: Duration,
    /// The time for the body of a form to arrive.
    pub body: Duration,
    /// The time for the next piece of an upload to arrive.
    pub piece: Duration,
    /// The time for a whole upload to arrive.
    pub upload: Duration,
    /// Uploads read or stored at once. Each is in memory until it is stored.
    pub uploads: usize,
    /// Queries answered at once.
    pub queries: usize,
    /// Pages without a query rendered at once.
    pub pages: usize,
    /// Requests that may wait for one of the above.
    pub waiting: usize,
    /// The longest wait. Then the client is asked to come again.
    pub patience: Duration,
    /// The time from a stop until requests in flight are cut off.
    pub grace: Duration,
}

/// Files that the program has open besides connections: the library, standard streams, the listener.
const OWN_FILES: u64 = 32;
/// The most connections, however many files may be open.
const MOST_CONNECTIONS: u64 = 2_048;

impl Default for Serving {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let connections = connections(open_files());
        Self {
            connections,
            head: Duration::from_secs(15),
            body: Duration::from_secs(15),
            piece: Duration::from_secs(15),
            upload: Duration::from_mins(10),
            uploads: 3,
            queries: cores,
            pages: 2 * cores,
            // Waiting requests leave connections for others.
            waiting: (connections / 4).clamp(1, 64),
            patience: Duration::from_secs(10),
            grace: Duration::from_secs(10),
        }
    }
}

/// The number of files that the system allows, less our own.
fn connections(open_files: Option<u64>) -> usize {
    let most = open_files.map_or(MOST_CONNECTIONS, |files| files.saturating_sub(OWN_FILES));
    most.clamp(4, MOST_CONNECTIONS) as usize
}

/// The number of files that a process may have open; `None` if there is no such limit.
#[cfg(unix)]
fn open_files() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

#[cfg(not(unix))]
fn open_files() -> Option<u64> {
    None
}

/// Whether only this machine reaches an address.
pub fn is_only_here(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// An unguessable token: 128 random bits in hex.
///
/// # Errors
/// If the system has no random numbers.
pub fn new_token() -> std::io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes.map(|byte| format!("{byte:02x}")).concat())
}

/// Reads a token that the owner chose.
///
/// # Errors
/// If it is too short, or cannot stand in an address.
pub fn token(written: &str) -> Result<String, String> {
    let fit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if written.len() >= 16 && written.bytes().all(fit) {
        Ok(written.to_owned())
    } else {
        Err("at least 16 letters, digits, - or _ are wanted, in no order that can be guessed".to_owned())
    }
}

/// Reads a host name, without scheme and port.
///
/// # Errors
/// If it is none. The sentence says what one looks like.
pub fn host_name(written: &str) -> Result<String, String> {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if written.split('.').all(part) {
        Ok(written.to_ascii_lowercase())
    } else {
        Err("a name alone is wanted, such as interviews.lan; without http:// and without a port".to_owned())
    }
}

/// The folder of the user's own transcripts.
pub fn own_folder() -> PathBuf {
    let Ok(base) = choose_base_strategy() else { return PathBuf::from("yuanhua-interviews") };
    // Windows has roaming folders. This is not one, so that interviews stay on their machine.
    let data = if cfg!(windows) { base.cache_dir() } else { base.data_dir() };
    data.join("yuanhua").join("interviews")
}

/// The place of the key by which the program knows its own caches again. It is in no library.
pub fn seal_key() -> PathBuf {
    let own = own_folder();
    own.parent().unwrap_or(&own).join("seal.key")
}

/// The folder of downloaded encoders: `HF_HOME` as fastembed reads it, or else the user's cache folder.
pub fn fetched_models() -> PathBuf {
    let named = env::var_os("HF_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || Some(choose_base_strategy().ok()?.cache_dir().join("yuanhua").join("models"));
    named.or_else(cache).unwrap_or_else(|| PathBuf::from("yuanhua-models"))
}

/// The source of encoders, if it is not the usual hub: `HF_ENDPOINT`. fastembed reads it itself. Here
/// it serves messages only.
pub fn model_endpoint() -> Option<String> {
    env::var("HF_ENDPOINT").ok().filter(|endpoint| !endpoint.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_stay_below_the_limit_of_open_files() {
        assert_eq!([Some(64), Some(1024), Some(u64::MAX), Some(3), None].map(connections), [32, 992, 2048, 4, 2048]);
    }

    #[test]
    fn only_loopback_addresses_are_only_here() {
        for address in ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"] {
            assert!(is_only_here(address.parse().expect("an address")), "{address}");
        }
        for address in ["0.0.0.0", "::", "192.168.1.2", "::ffff:10.0.0.1"] {
            assert!(!is_only_here(address.parse().expect("an address")), "{address}");
        }
    }

    #[test]
    fn tokens_are_long_and_never_repeat() {
        let tokens = [new_token().expect("random"), new_token().expect("random")];
        assert_ne!(tokens[0], tokens[1]);
        assert_eq!(token(&tokens[0]).as_ref(), Ok(&tokens[0]));
        assert!(token("short").is_err() && token("with spaces in it, and long").is_err());
    }
}
