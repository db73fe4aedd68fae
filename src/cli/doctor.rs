//! `yuanhua doctor`: checks everything that the program needs, and says what to do if something is
//! missing. It prints file names and numbers, never what was said.

use std::fmt;
use std::io::Write as _;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Instant;

use clap::Args;
use serde::Serialize;

use super::running;
use crate::config::{ServerLimits, is_loopback};
use crate::error::Error;
use crate::i18n::en::count::count;
use crate::library::{Library, LibraryLocation, Listing, SourceStore};
use crate::retrieval::encoder::Encoder;
use crate::terminal::{self, Name};

/// The most unread files that are named.
const MAX_UNREAD: usize = 5;
/// The name of the check of the files.
const TRANSCRIPTS: &str = "transcripts";

/// Arguments of `doctor`.
#[derive(Debug, Args)]
pub(super) struct DoctorCommand {
    /// Print what was found as JSON
    #[arg(long)]
    json: bool,
    /// Only ask the program that is open at --host and --port whether it can answer
    #[arg(long)]
    running: bool,
}

/// The result of one check.
#[derive(Debug, Serialize)]
struct Finding {
    /// What was checked.
    about: &'static str,
    state: State,
    /// What was found, and what to do about it.
    #[serde(rename = "told")]
    found: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    Ok,
    /// It works, with a restriction.
    Note,
    /// It does not work.
    Fail,
}

/// Something does not work.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("something does not work; see above for what, and what to do")]
struct ChecksFail;

impl DoctorCommand {
    /// Checks everything. Fails if something does not work.
    pub(super) fn run(
        &self,
        store: Result<SourceStore, Error>,
        encoder: Result<Encoder, Error>,
        address: SocketAddr,
    ) -> anyhow::Result<()> {
        let mut findings = vec![machine()];
        let (store, found) = transcripts(store);
        findings.extend(found);
        let (encoder, found) = meaning(encoder);
        findings.push(found);
        findings.extend(store.zip(encoder).map(|(store, encoder)| readiness(store, encoder)));
        findings.push(port(address));
        self.print(&findings)
    }

    /// Whether only a program that is open already is checked.
    pub(super) fn asks_running(&self) -> bool {
        self.running
    }

    /// Checks the program that is open at an address. Fails if it cannot answer.
    pub(super) fn run_on(&self, address: SocketAddr) -> anyhow::Result<()> {
        let (state, found) = match running::is_ready(address) {
            Ok(true) => (State::Ok, format!("{address} answers queries")),
            Ok(false) => (State::Fail, format!("{address} cannot answer yet; its interviews are still being read")),
            Err(error) => (State::Fail, format!("{address} does not answer ({error}); yuanhua serve opens it")),
        };
        self.print(&[Finding { about: "server", state, found }])
    }

    fn print(&self, findings: &[Finding]) -> anyhow::Result<()> {
        if self.json {
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(findings)?)?;
        } else {
            let mut out = terminal::out();
            findings.iter().try_for_each(|finding| writeln!(out, "{finding}"))?;
        }
        if findings.iter().any(|finding| finding.state == State::Fail) { Err(ChecksFail.into()) } else { Ok(()) }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = match self.state {
            State::Ok => "ok  ",
            State::Note => "note",
            State::Fail => "FAIL",
        };
        write!(f, "{sign}  {}: {}", self.about, self.found)
    }
}

fn machine() -> Finding {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let found = format!(
        "yuanhua {} on {} {}, {}, at most {} at once",
        env!("CARGO_PKG_VERSION"),
        std::env::consts::OS,
        std::env::consts::ARCH,
        count(cores, "core"),
        count(ServerLimits::default().connections, "connection")
    );
    Finding { about: "program", state: State::Ok, found }
}

/// Opens the files and reports on them.
fn transcripts(store: Result<SourceStore, Error>) -> (Option<SourceStore>, Vec<Finding>) {
    match store.and_then(listed) {
        Ok((store, listing)) => {
            let mut findings: Vec<Finding> = shared_store(&store).into_iter().collect();
            findings.push(what_is_there(&listing));
            findings.extend(restrictions(&listing));
            (Some(store), findings)
        }
        Err(error) => (None, vec![Finding { about: TRANSCRIPTS, state: State::Fail, found: error.to_string() }]),
    }
}

fn listed(mut store: SourceStore) -> Result<(SourceStore, Listing), Error> {
    if let LibraryLocation::Folder(path) | LibraryLocation::File(path) = &store.place
        && let Err(source) = path.metadata()
    {
        return Err(Error::Io { path: path.clone(), source });
    }
    let listing = store.listing()?;
    Ok((store, listing))
}

/// Whether the database answers, if the library lies in one.
fn shared_store(store: &SourceStore) -> Option<Finding> {
    let LibraryLocation::Shared(shared) = &store.place else { return None };
    let began = Instant::now();
    let (state, found) = match shared.revision() {
        Ok(revision) => {
            let ms = began.elapsed().as_secs_f64() * 1e3;
            (State::Ok, format!("{shared}, revision {revision}, asked in {ms:.1} ms"))
        }
        Err(error) => (State::Fail, error.to_string()),
    };
    Some(Finding { about: "shared store", state, found })
}

fn what_is_there(listing: &Listing) -> Finding {
    let answers: usize = listing.items.iter().map(|item| item.answers).sum();
    let found = format!("{}, {}", count(listing.items.len(), "transcript"), count(answers, "answer"));
    if listing.items.is_empty() {
        let found = found + "; add some with yuanhua add, or on the library page";
        return Finding { about: TRANSCRIPTS, state: State::Note, found };
    }
    Finding { about: TRANSCRIPTS, state: State::Ok, found }
}

/// What works with a restriction: a folder that cannot be changed, files that are not read, readings in doubt.
fn restrictions(listing: &Listing) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut note = |about, found: String| findings.push(Finding { about, state: State::Note, found });
    if let Some(why) = &listing.closed {
        note("folder", format!("nothing can be changed: {why}"));
    }
    for unread in listing.unread.iter().take(MAX_UNREAD) {
        note("not read", format!("{}: {}", Name(&unread.file), unread.reason));
    }
    let more = listing.unread.len().saturating_sub(MAX_UNREAD);
    if more > 0 {
        note("not read", format!("and {more} more; yuanhua list tells all"));
    }
    let doubtful = listing.items.iter().filter(|item| !item.problems.is_empty()).count();
    if doubtful > 0 {
        let transcripts = count(doubtful, "transcript");
        note(
            "reading",
            format!("{transcripts} with places that could not be read for certain; yuanhua check tells which"),
        );
    }
    let undecided = listing.items.iter().filter(|item| !item.undecided.is_empty()).count();
    if undecided > 0 {
        let transcripts = count(undecided, "transcript");
        note(
            "speakers",
            format!("{transcripts} with speakers of whom it is not sure who asks; say so on the library page"),
        );
    }
    findings
}

fn meaning(encoder: Result<Encoder, Error>) -> (Option<Encoder>, Finding) {
    let about = "encoder";
    let began = Instant::now();
    let tried = encoder.and_then(|encoder| {
        let vector = encoder.embed_one("原话")?;
        Ok((encoder, vector.len()))
    });
    match tried {
        Ok((encoder, dimensions)) => {
            let found = format!("{dimensions} dimensions, a query in {} ms", began.elapsed().as_millis());
            (Some(encoder), Finding { about, state: State::Ok, found })
        }
        Err(error) => (None, Finding { about, state: State::Fail, found: error.to_string() }),
    }
}

/// Whether everything can be searched now.
fn readiness(store: SourceStore, encoder: Encoder) -> Finding {
    let about = "index";
    match Library::open(store, Arc::new(encoder)) {
        Err(error) => Finding { about, state: State::Fail, found: error.to_string() },
        Ok(library) => {
            let listing = library.listing();
            let missing: usize = listing.items.iter().filter(|item| !item.ready).map(|item| item.passages).sum();
            if missing == 0 {
                let all: usize = listing.items.iter().map(|item| item.passages).sum();
                Finding { about, state: State::Ok, found: format!("{} can be searched", count(all, "passage")) }
            } else {
                let found = format!("{} to make ready, which the next start does", count(missing, "passage"));
                Finding { about, state: State::Note, found }
            }
        }
    }
}

fn port(address: SocketAddr) -> Finding {
    let about = "address";
    match TcpListener::bind(address) {
        Ok(_) if is_loopback(address.ip()) => {
            Finding { about, state: State::Ok, found: format!("{address} is free, and only this machine reaches it") }
        }
        Ok(_) => Finding {
            about,
            state: State::Note,
            found: format!("{address} is free; others on the network reach it too, and are asked for the token"),
        },
        Err(error) => Finding {
            about,
            state: State::Note,
            found: format!(
                "{address} cannot be had ({error}); yuanhua may be open already, else choose another --port"
            ),
        },
    }
}
