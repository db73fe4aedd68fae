//! The database of a shared store: its tables, and what is read and written there. Only this module names the client
//! and speaks SQL. It knows no library.
//!
//! One row holds the revision. A server that changes the library locks this row until it commits, so one server writes
//! at a time. If that server dies, the database rolls its transaction back and frees the row.

use std::thread;
use std::time::Duration;

use mysql::prelude::Queryable;
use mysql::{
    Conn, DriverError, IsolationLevel, Opts, OptsBuilder, Pool, PoolConstraints, PoolOpts, PooledConn, Transaction,
    TxOpts,
};

use crate::config::StoreAddress;
use crate::error::StoreError;

/// The version of the tables.
const FORMAT: u32 = 1;
/// The most bytes in a row. A packet of the protocol holds 16 MiB by default.
const PART: usize = 1 << 20;
/// The most connections of one server.
const CONNECTIONS: usize = 64;
/// The longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(5);
/// The longest wait for the result of a statement. It is longer than the limits in [`SESSION`].
const ANSWER: Duration = Duration::from_secs(40);
/// The limits of every session, in microseconds, and how widely it searches for neighbours. A server that hangs in a
/// transaction loses it after a minute. Reads see all that was committed on any node of the database.
const SESSION: &str = "SET SESSION ob_read_consistency = 'STRONG', ob_query_timeout = 30000000, \
                       ob_trx_lock_timeout = 20000000, ob_trx_idle_timeout = 60000000, ob_trx_timeout = 600000000, \
                       ob_hnsw_ef_search = 512";
/// The state comes last: where it is, all others are.
const TABLES: [&str; 4] = [
    "CREATE TABLE IF NOT EXISTS yuanhua_file (path VARBINARY(512) NOT NULL PRIMARY KEY, sha256 CHAR(64) NOT NULL, \
     bytes BIGINT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS yuanhua_part (sha256 CHAR(64) NOT NULL, part INT NOT NULL, body MEDIUMBLOB NOT NULL, \
     PRIMARY KEY (sha256, part)) PARTITION BY KEY (sha256) PARTITIONS 16",
    "CREATE TABLE IF NOT EXISTS yuanhua_state (one TINYINT NOT NULL PRIMARY KEY, format INT NOT NULL, \
     revision BIGINT NOT NULL)",
    "INSERT IGNORE INTO yuanhua_state (one, format, revision) VALUES (1, 1, 0)",
];

/// How often tables are made and looked for, and the time between.
const TRIES: usize = 50;
const PAUSE: Duration = Duration::from_millis(200);

/// Numbers of errors in the manual of the database.
const NO_DATABASE: u16 = 1049;
pub(super) const NO_TABLE: u16 = 1146;
const REFUSED: [u16; 5] = [1044, 1045, 1142, 1143, 1227];
/// The lock was not free in time, or the statement took too long.
const WAITED: [u16; 3] = [1205, 1213, 4012];

/// A file of a library, as the store lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StoredFile {
    /// Its path in the folder of a library.
    pub(super) path: String,
    /// SHA-256 of its content.
    pub(super) sha256: String,
    /// How many bytes it has.
    pub(super) bytes: u64,
}

/// The connections to the database.
pub(super) struct Database {
    pool: Pool,
    /// Its address without user and password.
    name: String,
}

/// What a store holds.
pub(super) trait StoreReader {
    /// The number of changes so far.
    fn revision(&mut self) -> Result<u64, StoreError>;
    /// All files of the library.
    fn files(&mut self) -> Result<Vec<StoredFile>, StoreError>;
    /// The contents of some files, in their order. What is missing is empty or cut.
    fn contents(&mut self, files: &[&StoredFile]) -> Result<Vec<Vec<u8>>, StoreError>;
    /// The error when something is not as a library writes it.
    fn damaged(&self, what: &str) -> StoreError;
    /// The error when it changes while it is read.
    fn busy(&self) -> StoreError;
}

/// The store as one connection sees it.
pub(super) struct StoreView<C: Queryable> {
    pub(super) connection: C,
    pub(super) name: String,
}

/// A transaction that holds the row of the revision. Without [`StoreTurn::commit`] it is rolled back.
pub(super) type StoreTurn = StoreView<Transaction<'static>>;

impl Database {
    /// Connects, and makes the database and its tables where they are missing.
    pub(super) fn open(address: &StoreAddress) -> Result<Self, StoreError> {
        let name = address.to_string();
        let failed = |error| store_error(&name, error);
        let opts = Opts::from_url(address.with_password()).map_err(|_| StoreError::Address)?;
        let database = opts.get_db_name().filter(|name| !name.is_empty() && !name.contains('`'));
        let database = database.ok_or(StoreError::Address)?.to_owned();
        let opts = OptsBuilder::from_opts(opts)
            .prefer_socket(false)
            .tcp_connect_timeout(Some(CONNECT))
            .read_timeout(Some(ANSWER))
            .write_timeout(Some(ANSWER));
        let mut first = Conn::new(opts.clone().db_name(None::<String>)).map_err(failed)?;
        let version: Option<String> = first.query_first("SELECT VERSION()").map_err(failed)?;
        check_engine(&name, &version.unwrap_or_default())?;
        first.query_drop(SESSION).map_err(failed)?;
        match first.query_drop(format!("USE `{database}`")) {
            Err(mysql::Error::MySqlError(error)) if error.code == NO_DATABASE => {
                first.query_drop(format!("CREATE DATABASE IF NOT EXISTS `{database}`")).map_err(failed)?;
                first.query_drop(format!("USE `{database}`")).map_err(failed)?;
            }
            used => used.map_err(failed)?,
        }
        check_format(&name, &mut first)?;
        let pool = PoolOpts::new()
            .with_constraints(PoolConstraints::new(0, CONNECTIONS).unwrap_or_default())
            .with_reset_connection(false);
        let opts = opts.init(vec![SESSION]).pool_opts(pool);
        Ok(Self { pool: Pool::new(opts).map_err(failed)?, name })
    }

    /// The store as it is now.
    pub(super) fn view(&self) -> Result<StoreView<PooledConn>, StoreError> {
        let connection = self.pool.get_conn().map_err(|error| store_error(&self.name, error))?;
        Ok(StoreView { connection, name: self.name.clone() })
    }

    /// Runs a statement that is a transaction of its own.
    pub(super) fn run(&self, statement: &str) -> Result<(), StoreError> {
        self.view()?.connection.query_drop(statement).map_err(|error| store_error(&self.name, error))
    }

    /// Waits until no other server changes the library, and keeps the others waiting.
    pub(super) fn turn(&self) -> Result<StoreTurn, StoreError> {
        // Statements after the lock must see what was committed before it.
        let options = TxOpts::default().set_isolation_level(Some(IsolationLevel::ReadCommitted));
        let connection = self.pool.start_transaction(options).map_err(|error| store_error(&self.name, error))?;
        let mut turn = StoreView { connection, name: self.name.clone() };
        let locked = "SELECT revision FROM yuanhua_state WHERE one = 1 FOR UPDATE";
        let _: Option<u64> = turn.connection.query_first(locked).map_err(|error| store_error(&turn.name, error))?;
        Ok(turn)
    }
}

impl<C: Queryable> StoreReader for StoreView<C> {
    fn revision(&mut self) -> Result<u64, StoreError> {
        let found = self.connection.exec_first("SELECT revision FROM yuanhua_state WHERE one = 1", ());
        found.map_err(|error| store_error(&self.name, error))?.ok_or_else(|| self.damaged("no revision"))
    }

    fn files(&mut self) -> Result<Vec<StoredFile>, StoreError> {
        let rows: Vec<(Vec<u8>, String, u64)> = self
            .connection
            .query("SELECT path, sha256, bytes FROM yuanhua_file")
            .map_err(|error| store_error(&self.name, error))?;
        rows.into_iter()
            .map(|(path, sha256, bytes)| match String::from_utf8(path) {
                Ok(path) => Ok(StoredFile { path, sha256, bytes }),
                Err(_) => Err(self.damaged("a name that is not UTF-8")),
            })
            .collect()
    }

    fn contents(&mut self, files: &[&StoredFile]) -> Result<Vec<Vec<u8>>, StoreError> {
        let places = vec!["?"; files.len()].join(", ");
        let query = format!("SELECT sha256, body FROM yuanhua_part WHERE sha256 IN ({places}) ORDER BY sha256, part");
        let keys: Vec<&str> = files.iter().map(|file| file.sha256.as_str()).collect();
        let rows: Vec<(String, Vec<u8>)> =
            self.connection.exec(query, keys).map_err(|error| store_error(&self.name, error))?;
        let content = |file: &&StoredFile| {
            rows.iter().filter(|(sha256, _)| *sha256 == file.sha256).flat_map(|(_, body)| body).copied().collect()
        };
        Ok(files.iter().map(content).collect())
    }

    fn damaged(&self, what: &str) -> StoreError {
        StoreError::Damaged { store: self.name.clone(), what: what.to_owned() }
    }

    fn busy(&self) -> StoreError {
        StoreError::Busy { store: self.name.clone() }
    }
}

impl StoreTurn {
    /// Writes a file of the library.
    pub(super) fn put(&mut self, file: &StoredFile, content: &[u8]) -> Result<(), StoreError> {
        let Self { connection, name } = self;
        let mut write = || -> mysql::Result<()> {
            let known = "SELECT 1 FROM yuanhua_part WHERE sha256 = ? LIMIT 1";
            if connection.exec_first::<u8, _, _>(known, (&file.sha256,))?.is_none() {
                for (number, part) in content.chunks(PART).enumerate() {
                    let insert = "INSERT INTO yuanhua_part (sha256, part, body) VALUES (?, ?, ?)";
                    connection.exec_drop(insert, (&file.sha256, number, part))?;
                }
            }
            let place = "REPLACE INTO yuanhua_file (path, sha256, bytes) VALUES (?, ?, ?)";
            connection.exec_drop(place, (file.path.as_bytes(), &file.sha256, file.bytes))
        };
        write().map_err(|error| store_error(name, error))
    }

    /// Removes a file of the library.
    pub(super) fn remove(&mut self, path: &str) -> Result<(), StoreError> {
        let delete = "DELETE FROM yuanhua_file WHERE path = ?";
        self.connection.exec_drop(delete, (path.as_bytes(),)).map_err(|error| store_error(&self.name, error))
    }

    /// Removes a content that no file has any more.
    pub(super) fn forget(&mut self, sha256: &str) -> Result<(), StoreError> {
        let delete = "DELETE FROM yuanhua_part WHERE sha256 = ? AND NOT EXISTS \
                      (SELECT 1 FROM yuanhua_file WHERE yuanhua_file.sha256 = ?)";
        self.connection.exec_drop(delete, (sha256, sha256)).map_err(|error| store_error(&self.name, error))
    }

    /// Makes the change the revision after `before`, for all servers at once.
    pub(super) fn commit(mut self, before: u64) -> Result<u64, StoreError> {
        let after = before + 1;
        let update = "UPDATE yuanhua_state SET revision = ? WHERE one = 1 AND revision = ?";
        self.connection.exec_drop(update, (after, before)).map_err(|error| store_error(&self.name, error))?;
        if self.connection.affected_rows() != 1 {
            // The row was locked, so this cannot happen while the database keeps its word.
            return Err(self.busy());
        }
        self.commit_derived()?;
        Ok(after)
    }

    /// Commits derived data, which is no change of the library.
    pub(super) fn commit_derived(self) -> Result<(), StoreError> {
        self.connection.commit().map_err(|_| StoreError::Unsure { store: self.name })
    }
}

/// Makes the tables where they are missing, and checks their version. A table that another server just made may not be
/// seen on this connection for a moment.
fn check_format(name: &str, connection: &mut Conn) -> Result<(), StoreError> {
    let mut tries = 0..TRIES;
    loop {
        match connection.query_first("SELECT format FROM yuanhua_state WHERE one = 1") {
            Ok(Some(FORMAT)) => return Ok(()),
            Ok(Some(found)) => return Err(StoreError::Format { store: name.to_owned(), found, known: FORMAT }),
            Ok(None) => {}
            Err(error) if is_no_table(&error) => {}
            Err(error) => return Err(store_error(name, error)),
        }
        let made = TABLES.iter().try_for_each(|table| connection.query_drop(table));
        match (made, tries.next()) {
            (Ok(()), Some(_)) => {}
            (Err(error), Some(_)) if is_no_table(&error) => thread::sleep(PAUSE),
            (Err(error), _) => return Err(store_error(name, error)),
            (Ok(()), None) => {
                return Err(StoreError::Damaged { store: name.to_owned(), what: "no revision".to_owned() });
            }
        }
    }
}

fn is_no_table(error: &mysql::Error) -> bool {
    matches!(error, mysql::Error::MySqlError(error) if error.code == NO_TABLE)
}

/// Refuses a database of another kind, or an old one.
fn check_engine(name: &str, version: &str) -> Result<(), StoreError> {
    let is_new = |version: &str| {
        let numbers: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
        numbers.as_slice() >= [4, 3, 5].as_slice()
    };
    let own = version.split_once("OceanBase").map(|(_, own)| own.trim_start_matches(['-', ' ', '_']));
    match own {
        Some(own) if own.starts_with("seekdb") || is_new(own.trim_start_matches('v')) => Ok(()),
        _ => {
            // A server of strangers may say anything of itself.
            let shown: String = version.chars().filter(char::is_ascii_graphic).take(40).collect();
            Err(StoreError::Engine { store: name.to_owned(), found: shown })
        }
    }
}

/// An error without the words that a statement held.
pub(super) fn store_error(name: &str, error: mysql::Error) -> StoreError {
    let store = name.to_owned();
    match error {
        mysql::Error::MySqlError(error) if REFUSED.contains(&error.code) => {
            StoreError::Refused { store, code: error.code }
        }
        mysql::Error::MySqlError(error) if WAITED.contains(&error.code) => StoreError::Busy { store },
        mysql::Error::MySqlError(error) => StoreError::Failed { store, code: error.code },
        mysql::Error::IoError(error) => StoreError::Unreachable { store, reason: error.kind().to_string() },
        mysql::Error::DriverError(DriverError::CouldNotConnect(Some((_, _, kind)))) => {
            StoreError::Unreachable { store, reason: kind.to_string() }
        }
        mysql::Error::DriverError(_) | mysql::Error::CodecError(_) => {
            StoreError::Unreachable { store, reason: "no connection".to_owned() }
        }
        mysql::Error::UrlError(_) => StoreError::Address,
        _ => StoreError::Damaged { store, what: "a row of another form".to_owned() },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_oceanbase_with_vector_indexes_is_used() {
        for version in ["5.7.25-OceanBase seekdb-v1.4.0.0", "5.7.25-OceanBase-v4.3.5.1", "5.7.25-OceanBase-v4.4.0.0"] {
            assert_eq!(check_engine("here", version), Ok(()), "{version}");
        }
        for version in ["5.7.25-OceanBase-v4.2.1.0", "5.7.25-OceanBase-v4.3.4.9", "8.0.36", "10.11.6-MariaDB", ""] {
            let error = check_engine("here", version).expect_err(version).to_string();
            assert!(error.contains("OceanBase 4.3.5 or newer"), "{error}");
        }
    }
}
