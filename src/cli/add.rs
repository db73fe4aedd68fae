//! `yuanhua add`: adds transcripts to the library. Each is safe on disk before it
//! is acknowledged. One bad file does not stop the others.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::Args;

use super::open_library::LibraryOptions;
use super::progress_line::ProgressLine;
use super::signals;
use crate::config::flags;
use crate::error::Error;
use crate::i18n::en::count::count;
use crate::library::{
    self, Access, AddOutcome, Added, ExistingSources, Library, LibraryLimits, LinkPolicy, SourceStore,
};
use crate::terminal::{self, Name};

/// Arguments of `add`.
#[derive(Debug, Args)]
pub(super) struct AddCommand {
    /// Files, folders of them, or `-` for a transcript on standard input
    #[arg(required = true, value_name = "FILE|DIR|-")]
    files: Vec<PathBuf>,
    /// The name of the transcript on standard input
    #[arg(long, default_value = "interview.txt")]
    name: String,
    /// Add transcripts that were withdrawn before
    #[arg(long = flags::AGAIN)]
    again: bool,
}

impl AddCommand {
    pub(super) fn run(&self, options: &LibraryOptions) -> anyhow::Result<()> {
        // The options of this command apply to the files that it adds, and to no others.
        let mut store = options.store_read_as_usual(Access::Write)?;
        let stop = signals::stop_flag()?;
        let known = ExistingSources::of(&mut store)?.read_as(options.reading.clone());
        let mut adding = Adding {
            command: self,
            limits: options.limits,
            store,
            known,
            stop: Arc::clone(&stop),
            added: 0,
            failed: 0,
        };
        for path in &self.files {
            adding.add_path(path)?;
        }
        adding.write()?;
        let Adding { store, added, failed, .. } = adding;
        if added > 0 {
            make_ready(store, options, &stop)?;
        }
        anyhow::ensure!(failed == 0, "{added} added, {failed} not added");
        Ok(())
    }

    /// The name and the bytes of a file.
    fn bytes(&self, file: &Path, links: LinkPolicy, limits: LibraryLimits) -> Result<(String, Vec<u8>), Error> {
        if file.as_os_str() == "-" {
            let mut bytes = Vec::new();
            let io = |source| Error::Io { path: "standard input".into(), source };
            std::io::stdin().lock().take(limits.file_bytes() + 1).read_to_end(&mut bytes).map_err(io)?;
            return Ok((self.name.clone(), bytes));
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        // A wrong ending is refused before the file is read.
        library::check_ending(&name)?;
        Ok((name.into_owned(), library::read(file, limits.file_bytes(), links)?))
    }
}

/// A run of the command: the library, and what became of the files so far.
struct Adding<'a> {
    command: &'a AddCommand,
    limits: LibraryLimits,
    store: SourceStore,
    known: ExistingSources,
    stop: Arc<AtomicBool>,
    added: usize,
    failed: usize,
}

impl Adding<'_> {
    /// Adds a file, or all files of a folder.
    fn add_path(&mut self, path: &Path) -> anyhow::Result<()> {
        // A path that the user names may be a link. A file that is found in a folder may be
        // anybody's.
        let links = if path.is_dir() { LinkPolicy::Refused } else { LinkPolicy::Followed };
        let files = match library::files(path) {
            Ok(files) => files,
            Err(error) => {
                self.write()?;
                return Err(error.into());
            }
        };
        for file in files {
            if self.stop.load(Ordering::SeqCst) {
                anyhow::bail!("cancelled; {} added, none of the others", self.added);
            }
            match self.command.bytes(&file, links, self.limits) {
                Ok((name, bytes)) => {
                    let outcomes = self.known.add(&mut self.store, &name, bytes, self.command.again);
                    self.report(outcomes)?;
                }
                Err(error) => {
                    self.write()?;
                    self.failed += 1;
                    terminal::message(error);
                }
            }
        }
        Ok(())
    }

    /// Writes the files that wait for others, and reports on them.
    fn write(&mut self) -> std::io::Result<()> {
        let outcomes = self.known.write(&mut self.store);
        self.report(outcomes)
    }

    /// Prints the outcome of each file, and counts it.
    fn report(&mut self, outcomes: Vec<AddOutcome>) -> std::io::Result<()> {
        for outcome in outcomes {
            match outcome.added {
                Ok(one) => {
                    self.added += 1;
                    acknowledge(&one)?;
                }
                Err(error) => {
                    self.failed += 1;
                    terminal::message(error);
                }
            }
        }
        Ok(())
    }
}

/// Embeds what was added. The files are safe already, and the next start could also do this.
fn make_ready(store: SourceStore, options: &LibraryOptions, stop: &AtomicBool) -> anyhow::Result<()> {
    let library = Library::open(store, Arc::new(options.encoder()?))?;
    let mut progress = ProgressLine::default();
    let filled = library.fill(|now| {
        progress.show(now);
        if stop.load(Ordering::SeqCst) {
            library.cancel();
        }
    });
    progress.clear();
    match filled {
        Err(Error::Cancelled) => terminal::message("cancelled; the next start makes the rest ready"),
        done => done?,
    }
    Ok(())
}

/// Prints the acknowledgement. From here on no crash can lose the transcript.
fn acknowledge(added: &Added) -> std::io::Result<()> {
    let mut out = terminal::out();
    write!(
        out,
        "added {}: {}, {}",
        Name(&added.name),
        count(added.questions, "question"),
        count(added.answers, "answer")
    )?;
    if added.problems > 0 {
        let it = if added.problems == 1 { "it" } else { "them" };
        write!(out, ", {} (`yuanhua list` tells {it})", count(added.problems, "problem"))?;
    }
    if added.held > 0 {
        write!(out, "; it holds withdrawn words, {} held back", count(added.held, "turn"))?;
    }
    if let Some((name, percent)) = &added.alike {
        write!(out, "; {percent} % the same as {}", Name(name))?;
    }
    writeln!(out)?;
    out.flush()
}
