//! `yuanhua list`, `rename` and `withdraw`: looking after the transcripts.

use std::io::Write as _;

use clap::Args;
use serde::Serialize;

use super::messages::count;
use crate::error::Error;
use crate::library::VectorCache;
use crate::library::{Change, Item, Listing, Receipt, Stock};
use crate::terminal::{self, Name};
use crate::transcript::Problem;

/// Arguments of `list`.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `rename`.
#[derive(Debug, Args)]
pub(super) struct Rename {
    /// Its name, as `list` gives it, or the beginning of its SHA-256
    transcript: String,
    /// What to call it; nothing for its own title
    title: String,
}

/// Arguments of `withdraw`.
#[derive(Debug, Args)]
pub(super) struct Withdraw {
    /// Names, as `list` gives them, or beginnings of SHA-256
    #[arg(required = true, value_name = "TRANSCRIPT")]
    transcripts: Vec<String>,
    /// Only this interviewee's part
    #[arg(long, value_name = "NAME")]
    interviewee: Option<String>,
}

/// Arguments of `allow`.
#[derive(Debug, Args)]
pub(super) struct Allow {
    /// Names, as `list` gives them, or the files that it says are held back
    #[arg(required = true, value_name = "TRANSCRIPT|FILE")]
    transcripts: Vec<String>,
}

/// Arguments of `speaker`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["asks", "same", "shown"])))]
pub(super) struct Speaker {
    /// The transcript's name, as `list` gives it, or the beginning of its SHA-256
    transcript: String,
    /// The speaker, or several who ask, as the transcript names them
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// They ask, and nobody else; all others answer
    #[arg(long)]
    asks: bool,
    /// It is another spelling of this one
    #[arg(long = "is", value_name = "NAME")]
    same: Option<String>,
    /// Show this name instead, everywhere; an empty one for their own again
    #[arg(long = "as", value_name = "PSEUDONYM")]
    shown: Option<String>,
}

/// One transcript. Its JSON form is stable and documented in the README.
#[derive(Serialize)]
struct Row<'a> {
    name: &'a str,
    title: &'a str,
    date: Option<&'a str>,
    language: &'a str,
    questions: usize,
    answers: usize,
    speakers: Vec<&'a str>,
    problems: &'a [Problem],
    source_sha256: &'a str,
}

impl List {
    #[expect(clippy::needless_pass_by_value, reason = "it is open for this alone")]
    pub(super) fn run(&self, stock: Stock) -> anyhow::Result<()> {
        let listing = stock.listing()?;
        if self.json {
            let rows: Vec<Row<'_>> = listing.items.iter().map(row).collect();
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&rows)?)?;
            return Ok(());
        }
        let mut out = terminal::out();
        for item in &listing.items {
            let Item { name, title, questions, answers, .. } = item;
            let (name, title) = (Name(name), Name(title));
            let date = item.date.as_deref().unwrap_or("          ");
            writeln!(out, "{date}  {name}  {title}: {}, {}", count(*questions, "question"), count(*answers, "answer"))?;
            if item.withdrawn > 0 {
                let turns = count(item.withdrawn, "turn");
                match item.held_on.as_slice() {
                    [] => writeln!(out, "            {turns} withdrawn")?,
                    days => writeln!(
                        out,
                        "            holds words that were withdrawn on {}: {turns} held back (`yuanhua allow {name}` if \
                         somebody else said them)",
                        days.join(", ")
                    )?,
                }
            }
            for (other, percent) in &item.alike {
                writeln!(out, "            {percent} % the same as {}", Name(other))?;
            }
            for Problem { line, problem, .. } in &item.problems {
                writeln!(out, "            line {line}: {problem}")?;
            }
        }
        for unread in &listing.unread {
            writeln!(out, "not read    {}: {}", Name(&unread.file), unread.reason)?;
        }
        Ok(())
    }
}

impl Allow {
    #[expect(clippy::needless_pass_by_value, reason = "it is open for this alone")]
    pub(super) fn run(&self, stock: Stock) -> anyhow::Result<()> {
        for name in &self.transcripts {
            let listing = stock.listing()?;
            let held = listing.unread.iter().find(|one| one.file == *name).and_then(|one| one.held.clone());
            stock.allow(&held.map_or_else(|| find(&listing, name), Ok)?)?;
            writeln!(terminal::out(), "from here on {} is read, whatever words it holds", Name(name))?;
        }
        Ok(())
    }
}

impl Rename {
    #[expect(clippy::needless_pass_by_value, reason = "it is open for this alone")]
    pub(super) fn run(&self, stock: Stock) -> anyhow::Result<()> {
        let sha256 = find(&stock.listing()?, &self.transcript)?;
        Ok(stock.edit(&sha256, &Change::Title(self.title.clone()))?)
    }
}

impl Speaker {
    #[expect(clippy::needless_pass_by_value, reason = "it is open for this alone")]
    pub(super) fn run(&self, stock: Stock) -> anyhow::Result<()> {
        let sha256 = find(&stock.listing()?, &self.transcript)?;
        if self.asks {
            return Ok(stock.edit(&sha256, &Change::Interviewers(self.names.clone()))?);
        }
        for name in &self.names {
            let change = match (&self.same, &self.shown) {
                (Some(into), _) => Change::Merge { from: name.clone(), into: into.clone() },
                (None, shown) => Change::Pseudonym { speaker: name.clone(), shown: shown.clone().unwrap_or_default() },
            };
            stock.edit(&sha256, &change)?;
        }
        Ok(())
    }
}

impl Withdraw {
    #[expect(clippy::needless_pass_by_value, reason = "it is open for this alone")]
    pub(super) fn run(&self, stock: Stock) -> anyhow::Result<()> {
        for name in &self.transcripts {
            let sha256 = find(&stock.listing()?, name)?;
            let receipt = stock.withdraw(&sha256, self.interviewee.as_deref())?;
            if let Some(cache) = stock.cache().filter(|cache| cache.exists()) {
                VectorCache::open(Some(cache), "").retain(&stock.keys()?);
            }
            say(name, &receipt)?;
        }
        Ok(())
    }
}

fn row(item: &Item) -> Row<'_> {
    Row {
        name: &item.name,
        title: &item.title,
        date: item.date.as_deref(),
        language: item.language,
        questions: item.questions,
        answers: item.answers,
        speakers: item.speakers.iter().map(|speaker| speaker.shown.as_str()).collect(),
        problems: &item.problems,
        source_sha256: &item.sha256,
    }
}

/// The SHA-256 of the transcript with this name.
fn find(listing: &Listing, name: &str) -> Result<String, Error> {
    let is = |item: &&Item| item.name == name || name.len() >= 8 && item.sha256.starts_with(name);
    let found = listing.items.iter().find(is);
    found.map(|item| item.sha256.clone()).ok_or_else(|| Error::NoSuchTranscript { name: name.to_owned() })
}

/// The receipt: from here on nothing of it is found, shown or exported.
fn say(name: &str, receipt: &Receipt) -> std::io::Result<()> {
    let mut out = terminal::out();
    let (name, who) = (Name(name), receipt.interviewee.as_ref());
    let who = who.map(|who| format!("{} from ", Name(who))).unwrap_or_default();
    writeln!(
        out,
        "withdrew {who}{name}: {}, {}",
        count(receipt.answers, "answer"),
        count(receipt.passages, "passage")
    )?;
    if !receipt.elsewhere.is_empty() {
        writeln!(out, "  the same words are held back in {}", receipt.elsewhere.join(", "))?;
    }
    if receipt.file_deleted {
        writeln!(out, "  its file was deleted from the library; copies elsewhere are yours to delete")?;
    }
    if let Some(file) = &receipt.file {
        let file = Name(file);
        writeln!(out, "  the file {file} was left as it is and still holds the words; it is yours to delete")?;
    }
    out.flush()
}
