//! The database engine that tests of a shared store run against: seekdb, a database in one program. It comes in the
//! Python package `pylibseekdb`. `YUANHUA_SEEKDB` names the folder of the package; `.ci/run` puts it into `target`.

use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use mysql::prelude::Queryable as _;
use mysql::{Conn, OptsBuilder};

use super::project;

/// Where `.ci/run` puts the package.
const FETCHED: &str = "target/seekdb/pylibseekdb";
/// The most tries until the engine answers, one a second.
const TRIES: usize = 180;

/// A database of its own on the engine that all tests share.
pub(crate) struct TestDatabase {
    port: u16,
    name: String,
}

impl TestDatabase {
    /// Makes the name of a new database. Returns `None`, and says so, where there is no engine.
    pub(crate) fn new() -> Option<Self> {
        static PORT: OnceLock<Option<u16>> = OnceLock::new();
        static DATABASES: AtomicUsize = AtomicUsize::new(0);
        let Some(port) = *PORT.get_or_init(start) else {
            eprintln!("skipped: there is no seekdb; set YUANHUA_SEEKDB to the folder of the package pylibseekdb");
            return None;
        };
        let name = format!("test_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
        Some(Self { port, name })
    }

    /// Its address, for `--store`.
    pub(crate) fn address(&self) -> String {
        self.address_as("root")
    }

    /// Its address for another user, who may have a password.
    pub(crate) fn address_as(&self, user: &str) -> String {
        format!("mysql://{user}@127.0.0.1:{}/{}", self.port, self.name)
    }

    /// Whether any row of it holds these words.
    pub(crate) fn holds(&self, words: &str) -> bool {
        let mut connection = Conn::new(engine(self.port).db_name(Some(&self.name))).expect("it connects");
        let bodies: Vec<Vec<u8>> = connection.query("SELECT body FROM yuanhua_part").expect("it answers");
        let paths: Vec<Vec<u8>> = connection.query("SELECT path FROM yuanhua_file").expect("it answers");
        bodies.iter().chain(&paths).any(|bytes| bytes.windows(words.len()).any(|window| window == words.as_bytes()))
    }

    /// How many vectors of a source it holds, of texts and of passages.
    pub(crate) fn vectors_of(&self, source: &str) -> usize {
        let mut connection = Conn::new(engine(self.port).db_name(Some(&self.name))).expect("it connects");
        let tables: Vec<String> = connection.query("SHOW TABLES").expect("it answers");
        let ours =
            tables.iter().filter(|table| !["yuanhua_file", "yuanhua_part", "yuanhua_state"].contains(&table.as_str()));
        let mut count = |table: &String| -> usize {
            let query = format!("SELECT COUNT(*) FROM {table} WHERE source = ?");
            connection.exec_first(query, (source,)).expect("it answers").expect("a number")
        };
        ours.map(&mut count).sum()
    }

    /// How many changes it has seen.
    pub(crate) fn revision(&self) -> u64 {
        let mut connection = Conn::new(engine(self.port).db_name(Some(&self.name))).expect("it connects");
        connection.query_first("SELECT revision FROM yuanhua_state").expect("it answers").expect("a row")
    }
}

fn engine(port: u16) -> OptsBuilder {
    OptsBuilder::new().ip_or_hostname(Some("127.0.0.1")).tcp_port(port).user(Some("root")).prefer_socket(false)
}

/// Starts the engine, and returns its port.
fn start() -> Option<u16> {
    let named = std::env::var_os("YUANHUA_SEEKDB").filter(|path| !path.is_empty()).map(PathBuf::from);
    let package = named.unwrap_or_else(|| project(FETCHED));
    if !package.join("seekdb").exists() {
        return None;
    }
    let port = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port").port();
    let folder = tempfile::tempdir().expect("a folder").keep();
    // The shell ends the engine when the tests end, however they end: then its standard input is closed.
    let script = "\"$1/seekdb\" --nodaemon --port \"$2\" --base-dir \"$3\" --parameter memory_limit=2G \
                  --parameter datafile_size=512M --parameter log_disk_size=2G >/dev/null 2>&1 & \
                  read -r end; kill -9 $!; wait; rm -rf \"$3\"";
    let shell = Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(&package)
        .arg(port.to_string())
        .arg(&folder)
        .env("LD_LIBRARY_PATH", &package)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("a shell");
    // Its standard input stays open as long as this process lives.
    std::mem::forget(shell);
    for _ in 0..TRIES {
        if Conn::new(engine(port)).is_ok() {
            return Some(port);
        }
        std::thread::sleep(Duration::from_secs(1));
    }
    panic!("seekdb does not answer on port {port}");
}
