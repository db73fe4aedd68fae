//! Why a shared store cannot be used. No sentence holds a password or anybody's words: of a statement that the
//! database refused, only the number of the error is shown.

use crate::config::flags::STORE;

/// The reason why a shared store cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The address has another form.
    #[error(
        "the address of the shared store cannot be read; write it as mysql://USER:PASSWORD@HOST:PORT/DATABASE, with %40 \
         for an @ and %2F for a / in the password"
    )]
    Address,
    /// The database does not answer.
    #[error(
        "the shared store {store} does not answer ({reason}); check that its database runs, and the host and the port in \
         --{STORE}"
    )]
    Unreachable {
        /// The address without user and password.
        store: String,
        /// The kind of failure.
        reason: String,
    },
    /// The database does not admit the user, or does not let the user do this.
    #[error(
        "the shared store {store} refuses this user (error {code}); check the user and the password in --{STORE}, and that \
         the user may create, read and write its tables"
    )]
    Refused {
        /// The address without user and password.
        store: String,
        /// The number of the error in the manual of the database.
        code: u16,
    },
    /// The database is another one, or too old.
    #[error(
        "the shared store {store} is {found}; OceanBase 4.3.5 or newer is needed, or seekdb, which is one program of it for \
         one machine"
    )]
    Engine {
        /// The address without user and password.
        store: String,
        /// What it says of itself.
        found: String,
    },
    /// A newer program wrote it.
    #[error(
        "the shared store {store} has format {found}, and this yuanhua knows {known}; use the same version on every server"
    )]
    Format {
        /// The address without user and password.
        store: String,
        /// Its format.
        found: u32,
        /// The format of this program.
        known: u32,
    },
    /// Another server changes the library for too long.
    #[error("another server is changing the library in {store}, and nothing was changed here; try again in a moment")]
    Busy {
        /// The address without user and password.
        store: String,
    },
    /// The connection broke while a change was written.
    #[error(
        "the shared store {store} went away before it said that the change is kept; look whether it is there, and repeat it \
         if not"
    )]
    Unsure {
        /// The address without user and password.
        store: String,
    },
    /// What is stored is not what a library holds.
    #[error(
        "the shared store {store} holds something that no library writes, or not all of it ({what}), so nothing is opened; \
         restore its database from a copy"
    )]
    Damaged {
        /// The address without user and password.
        store: String,
        /// The SHA-256 of the content, or the kind of the name.
        what: String,
    },
    /// The database refused a statement.
    #[error("the database of the shared store {store} failed (error {code}); its own log says why")]
    Failed {
        /// The address without user and password.
        store: String,
        /// The number of the error in the manual of the database.
        code: u16,
    },
    /// It holds no transcript that can be read.
    #[error("there is no transcript in the shared store {store}; add one with yuanhua --{STORE} … add FILE")]
    Empty {
        /// The address without user and password.
        store: String,
    },
    /// Somebody wants to put a recording into it.
    #[error("a shared store keeps no recordings; put the recording beside a copy of the interview in a folder")]
    NoRecordings,
}
