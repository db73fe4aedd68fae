//! `yuanhua list`, `rename`, `speaker`, `withdraw` and `allow`: manage the transcripts.

use std::io::Write as _;

use clap::Args;
use serde::Serialize;

use crate::error::Error;
use crate::i18n::en::count::count;
use crate::library::{ListedTranscript, Listing, Receipt, SourceStore, TranscriptChange, Unread};
use crate::terminal::{self, Name};
use crate::transcript::Problem;

/// Arguments of `list`.
#[derive(Debug, Args)]
pub(super) struct ListCommand {
    /// Print the list as JSON
    #[arg(long)]
    json: bool,
}

/// Arguments of `rename`.
#[derive(Debug, Args)]
pub(super) struct RenameCommand {
    /// The name of the transcript in `yuanhua list`, or the beginning of its SHA-256
    transcript: String,
    /// The title; "" restores its own
    title: String,
}

/// Arguments of `withdraw`.
#[derive(Debug, Args)]
pub(super) struct WithdrawCommand {
    /// Names of transcripts in `yuanhua list`, or beginnings of their SHA-256
    #[arg(required = true, value_name = "TRANSCRIPT")]
    transcripts: Vec<String>,
    /// Withdraw only the words of this interviewee
    #[arg(long, value_name = "NAME")]
    interviewee: Option<String>,
}

/// Arguments of `allow`.
#[derive(Debug, Args)]
pub(super) struct AllowCommand {
    /// Names of transcripts in `yuanhua list`, or files that it lists as held back
    #[arg(required = true, value_name = "TRANSCRIPT|FILE")]
    transcripts: Vec<String>,
}

/// Arguments of `speaker`.
#[derive(Debug, Args)]
#[command(group(clap::ArgGroup::new("what").required(true).args(["asks", "same", "shown"])))]
pub(super) struct SpeakerCommand {
    /// The name of the transcript in `yuanhua list`, or the beginning of its SHA-256
    transcript: String,
    /// Speakers, as the transcript names them
    #[arg(required = true, value_name = "NAME")]
    names: Vec<String>,
    /// These speakers ask; all others answer
    #[arg(long)]
    asks: bool,
    /// The speaker is the same person as NAME, spelt differently
    #[arg(long = "is", value_name = "NAME")]
    same: Option<String>,
    /// Show this name for the speaker everywhere; "" restores their own
    #[arg(long = "as", value_name = "PSEUDONYM")]
    shown: Option<String>,
}

/// One transcript. Its JSON form is stable and documented in [`crate::guide::api`].
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
    /// The days on which the words that are held back from it were withdrawn.
    held_on: Vec<&'a str>,
    /// Why nothing of it is read, if it is held back as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_read: Option<String>,
}

impl ListCommand {
    pub(super) fn run(&self, mut store: SourceStore) -> anyhow::Result<()> {
        let listing = store.listing()?;
        if self.json {
            let held = listing.unread.iter().filter_map(held_row);
            let rows: Vec<Row<'_>> = listing.items.iter().map(row).chain(held).collect();
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&rows)?)?;
            return Ok(());
        }
        let mut out = terminal::out();
        for item in &listing.items {
            let ListedTranscript { name, title, questions, answers, .. } = item;
            let (name, title) = (Name(name), Name(title));
            let date = item.date.as_deref().unwrap_or("          ");
            writeln!(out, "{date}  {name}  {title}: {}, {}", count(*questions, "question"), count(*answers, "answer"))?;
            if item.withdrawn > 0 {
                let turns = count(item.withdrawn, "turn");
                match item.held_on.as_slice() {
                    [] => writeln!(out, "            {turns} withdrawn")?,
                    days => writeln!(
                        out,
                        "            it holds words that were withdrawn on {}: {turns} held back (`yuanhua allow {name}` if \
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

impl AllowCommand {
    pub(super) fn run(&self, mut store: SourceStore) -> anyhow::Result<()> {
        for name in &self.transcripts {
            let listing = store.listing()?;
            let held = listing.unread.iter().find(|one| one.file == *name).and_then(|one| one.held.clone());
            let sha256 = held.map_or_else(|| find(&listing, name), Ok)?;
            store.allow(&sha256)?;
            let listing = store.listing()?;
            let left = listing.items.iter().find(|item| item.sha256 == sha256).map_or(0, |item| item.withdrawn);
            let name = Name(name);
            match left {
                0 => writeln!(terminal::out(), "{name} is read from now on, with all its words")?,
                _ => writeln!(
                    terminal::out(),
                    "{name} is read from now on, except {} of people who withdrew by name\n  these stay held back in this \
                     folder; to read them, make a library of the file in another folder (--data DIR)",
                    count(left, "turn")
                )?,
            }
        }
        Ok(())
    }
}

impl RenameCommand {
    pub(super) fn run(&self, mut store: SourceStore) -> anyhow::Result<()> {
        let sha256 = find(&store.listing()?, &self.transcript)?;
        Ok(store.edit(&sha256, &TranscriptChange::Title(self.title.clone()))?)
    }
}

impl SpeakerCommand {
    pub(super) fn run(&self, mut store: SourceStore) -> anyhow::Result<()> {
        let sha256 = find(&store.listing()?, &self.transcript)?;
        if self.asks {
            return Ok(store.edit(&sha256, &TranscriptChange::Interviewers(self.names.clone()))?);
        }
        for name in &self.names {
            let change = match (&self.same, &self.shown) {
                (Some(into), _) => TranscriptChange::Merge { from: name.clone(), into: into.clone() },
                (None, shown) => {
                    TranscriptChange::Pseudonym { speaker: name.clone(), shown: shown.clone().unwrap_or_default() }
                }
            };
            store.edit(&sha256, &change)?;
        }
        Ok(())
    }
}

impl WithdrawCommand {
    pub(super) fn run(&self, mut store: SourceStore) -> anyhow::Result<()> {
        for name in &self.transcripts {
            let sha256 = find(&store.listing()?, name)?;
            let receipt = store.withdraw(&sha256, self.interviewee.as_deref())?;
            print_receipt(name, &receipt)?;
        }
        Ok(())
    }
}

fn row(item: &ListedTranscript) -> Row<'_> {
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
        held_on: item.held_on.iter().map(String::as_str).collect(),
        not_read: None,
    }
}

/// The row of a file that is held back as a whole. It tells nothing of the content.
fn held_row(unread: &Unread) -> Option<Row<'_>> {
    Some(Row {
        name: &unread.file,
        title: &unread.file,
        date: None,
        language: "und",
        questions: 0,
        answers: 0,
        speakers: Vec::new(),
        problems: &[],
        source_sha256: unread.held.as_deref().unwrap_or_default(),
        held_on: vec![unread.held_on.as_deref()?],
        not_read: Some(unread.reason.to_string()),
    })
}

/// The SHA-256 of the transcript with this name.
fn find(listing: &Listing, name: &str) -> Result<String, Error> {
    let is = |item: &&ListedTranscript| item.name == name || name.len() >= 8 && item.sha256.starts_with(name);
    let found = listing.items.iter().find(is);
    found.map(|item| item.sha256.clone()).ok_or_else(|| Error::NoSuchTranscript { name: name.to_owned() })
}

/// Prints the receipt. From here on nothing of it is found, shown or exported.
fn print_receipt(name: &str, receipt: &Receipt) -> std::io::Result<()> {
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
        writeln!(out, "  the same words are also held back in {}", receipt.elsewhere.join(", "))?;
    }
    if receipt.file_deleted {
        writeln!(out, "  its file was deleted from the library; delete copies elsewhere yourself")?;
    }
    if let Some(file) = &receipt.file {
        let file = Name(file);
        writeln!(out, "  the file {file} was not changed and still holds the words; delete it yourself")?;
    }
    out.flush()
}
