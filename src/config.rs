//! The configuration. Every setting has a default and a unit.

pub mod flags;
mod store_address;

use std::env;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use etcetera::{BaseStrategy as _, choose_base_strategy};

pub use store_address::StoreAddress;

/// The default host for the web pages.
pub const DEFAULT_HOST: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);
/// The default TCP port for the web pages.
pub const DEFAULT_PORT: u16 = 8080;

/// The number of passages from which on the database of a shared store looks for the nearest. A server's own graph is
/// quicker as long as its memory holds it.
pub const STORE_NEAREST_FROM: usize = 1_000_000;

/// The settings of a server.
#[derive(Debug, Clone)]
pub struct Config {
    /// The address to serve on.
    pub address: SocketAddr,
    /// The allowed host names, besides `localhost` and numeric addresses.
    pub host_names: Vec<String>,
    /// Who may read the pages.
    pub admission: Admission,
    /// The limits and timeouts of the server.
    pub limits: ServerLimits,
}

/// Who may read the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Admission {
    /// Everybody who reaches the address. With a loopback address, that is this machine alone.
    Anybody,
    /// Readers who have the token that the program printed.
    Token(String),
}

/// The limits and timeouts of the server. Every limit has its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServerLimits {
    /// The number of connections open at once. When there are more, the one that was idle longest is closed.
    pub connections: usize,
    /// The time limit for the head of a request. It runs from the opening of the connection or from the last reply.
    pub head_timeout: Duration,
    /// The time limit for the body of a form.
    pub form_timeout: Duration,
    /// The time limit for the next piece of an upload.
    pub chunk_timeout: Duration,
    /// The time limit for a whole upload.
    pub upload_timeout: Duration,
    /// The number of uploads read or stored at once. Each stays in memory until it is stored.
    pub uploads: usize,
    /// The number of queries answered at once.
    pub queries: usize,
    /// The number of pages without a query rendered at once.
    pub pages: usize,
    /// The number of requests that may wait for one of the above.
    pub queue_length: usize,
    /// The longest wait. After it, the client is asked to try again later.
    pub queue_timeout: Duration,
    /// The time until a request that may not even wait is refused.
    pub refusal_delay: Duration,
    /// The time from a stop until running requests are cut off.
    pub shutdown_grace: Duration,
}

/// The number of files that the program has open besides connections: the library, standard streams, the listener.
const FILES_OF_THE_PROGRAM: u64 = 32;
/// The most connections, even if more files may be open.
const MAX_CONNECTIONS: u64 = 2_048;

impl Default for ServerLimits {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let connections = connections(open_files());
        Self {
            connections,
            head_timeout: Duration::from_secs(15),
            form_timeout: Duration::from_secs(15),
            chunk_timeout: Duration::from_secs(15),
            upload_timeout: Duration::from_mins(10),
            uploads: 3,
            queries: cores,
            pages: 2 * cores,
            // The limit leaves connections for requests that do not wait.
            queue_length: (connections / 4).clamp(1, 64),
            queue_timeout: Duration::from_secs(10),
            refusal_delay: Duration::from_secs(1),
            shutdown_grace: Duration::from_secs(10),
        }
    }
}

/// The number of connections: the files that the system allows, less those of the program itself.
fn connections(open_files: Option<u64>) -> usize {
    let most = open_files.map_or(MAX_CONNECTIONS, |files| files.saturating_sub(FILES_OF_THE_PROGRAM));
    most.clamp(4, MAX_CONNECTIONS) as usize
}

/// Returns the number of files that a process may have open, or `None` if there is no limit.
#[cfg(unix)]
fn open_files() -> Option<u64> {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current
}

#[cfg(not(unix))]
fn open_files() -> Option<u64> {
    None
}

/// Raises the limit of open files to what the most connections need, as far as the system lets a program do that. Many
/// systems set it to 1,024 for the sake of old programs.
#[cfg(unix)]
pub fn raise_open_file_limit() {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    let wanted = (MAX_CONNECTIONS + FILES_OF_THE_PROGRAM).min(maximum.unwrap_or(u64::MAX));
    if current.is_some_and(|current| current < wanted) {
        // Without it there are fewer connections, and all else is the same.
        let _ = setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum });
    }
}

/// Does nothing, because only Unix has such a limit.
#[cfg(not(unix))]
pub fn raise_open_file_limit() {}

/// Returns whether an address can be reached from this machine only.
pub fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Returns a new unguessable token: 128 random bits in hex.
///
/// # Errors
/// If the system gives no random numbers.
pub fn new_token() -> std::io::Result<String> {
    let mut bytes = [0u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes.map(|byte| format!("{byte:02x}")).concat())
}

/// Checks a token that the owner chose.
///
/// # Errors
/// If the token is too short, or has characters that do not fit in an address.
pub fn token(written: &str) -> Result<String, String> {
    let fit = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if written.len() >= 16 && written.bytes().all(fit) {
        Ok(written.to_owned())
    } else {
        Err("at least 16 letters, digits, - or _ are wanted, in no order that can be guessed".to_owned())
    }
}

/// Reads a host name without scheme and port.
///
/// # Errors
/// If the text is not a host name. The error says what a host name looks like.
pub fn host_name(written: &str) -> Result<String, String> {
    let part = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if written.split('.').all(part) {
        Ok(written.to_ascii_lowercase())
    } else {
        Err("a name alone is wanted, such as interviews.lan; without http:// and without a port".to_owned())
    }
}

/// Returns the folder of the user's own transcripts.
pub fn own_folder() -> PathBuf {
    let Ok(base) = choose_base_strategy() else { return PathBuf::from("yuanhua-interviews") };
    // Windows copies roaming folders to other machines. This folder does not roam, so interviews stay here.
    let data = if cfg!(windows) { base.cache_dir() } else { base.data_dir() };
    data.join("yuanhua").join("interviews")
}

/// Returns the path of the key by which the program recognises its own caches. It lies outside every library.
pub fn seal_key() -> PathBuf {
    let own = own_folder();
    own.parent().unwrap_or(&own).join("seal.key")
}

/// Returns the folder of the copies that servers make of shared stores.
pub fn shared_copies() -> PathBuf {
    let cache = choose_base_strategy().map(|base| base.cache_dir().join("yuanhua").join("shared"));
    cache.unwrap_or_else(|_| PathBuf::from("yuanhua-shared"))
}

/// Returns the folder of what is kept of the bundled interview between starts, before there is a folder of the user's own.
pub fn bundled_cache() -> PathBuf {
    let cache = choose_base_strategy().map(|base| base.cache_dir().join("yuanhua").join("bundled"));
    cache.unwrap_or_else(|_| PathBuf::from("yuanhua-bundled"))
}

/// Returns the folder of downloaded encoders: `HF_HOME`, which fastembed reads too, or else a cache folder of the user.
pub fn model_cache_folder() -> PathBuf {
    let named = env::var_os("HF_HOME").filter(|value| !value.is_empty()).map(PathBuf::from);
    let cache = || Some(choose_base_strategy().ok()?.cache_dir().join("yuanhua").join("models"));
    named.or_else(cache).unwrap_or_else(|| PathBuf::from("yuanhua-models"))
}

/// Returns `HF_ENDPOINT`, the source of encoders if it is not the usual hub. fastembed reads the variable itself. The
/// program uses it only in messages.
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
            assert!(is_loopback(address.parse().expect("an address")), "{address}");
        }
        for address in ["0.0.0.0", "::", "192.168.1.2", "::ffff:10.0.0.1"] {
            assert!(!is_loopback(address.parse().expect("an address")), "{address}");
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
