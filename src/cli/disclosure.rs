//! `yuanhua disclosure`: what in a text, or in the answers of the library, could tell who somebody is.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::verify::read;
use crate::disclosure::{self, ClueGroup};
use crate::error::Error;
use crate::hash::sha256_hex;
use crate::i18n::{DisclosureWords, DisplayLanguage};
use crate::library::Holdings;
use crate::terminal;
use crate::text::script::Script;
use crate::transcript::{ReadLimits, Transcript};
use crate::verify::Report;

/// Arguments of `disclosure`.
#[derive(Debug, Args)]
pub(super) struct DisclosureCommand {
    /// A text to check before you hand it on: Markdown, DOCX, HTML, CSV, JSON or plain text; - is standard input
    #[arg(required_unless_present = "transcript")]
    file: Option<PathBuf>,
    /// The answers of one transcript instead, by its name or the beginning of its SHA-256
    #[arg(long, value_name = "NAME", conflicts_with = "file")]
    transcript: Option<String>,
    /// Print the findings as JSON
    #[arg(long)]
    json: bool,
    /// The language of the sentences [default: that of the text]
    #[arg(long, value_enum)]
    lang: Option<DisplayLanguage>,
}

/// Something was found. This is a finding, not a failure of the program.
#[derive(Debug, thiserror::Error)]
#[error("{0} found that could tell who somebody is")]
pub(super) struct CluesFound(usize);

/// The exit status if something was found.
pub(super) const CLUES_FOUND: u8 = 3;

#[derive(Serialize)]
struct Listed<'a> {
    found: Vec<Suggested<'a>>,
    unseen: &'static str,
}

#[derive(Serialize)]
struct Suggested<'a> {
    #[serde(flatten)]
    group: &'a ClueGroup,
    suggestion: &'a str,
}

impl DisclosureCommand {
    pub(super) fn run(&self, holdings: &Holdings, limits: ReadLimits) -> anyhow::Result<()> {
        let answers_of = |transcript: &Transcript| {
            let answers = transcript.answers().map(|(_, _, answer)| transcript.answer_text(answer));
            (answers.collect::<Vec<_>>(), speakers(std::iter::once(transcript)))
        };
        let (texts, known) = match (&self.file, &self.transcript) {
            (Some(path), _) => {
                let (name, bytes) = read(path, limits)?;
                let sha256 = sha256_hex(&[&bytes]);
                if let Some(on) = holdings.withdrawn.day(&sha256) {
                    let file = format!("file {}", sha256.get(..8).unwrap_or_default());
                    return Err(Error::Withdrawn { file, on: on.to_owned() }.into());
                }
                // Of a file that the library reads, what was withdrawn is not repeated.
                if let Some(own) = holdings.transcripts.iter().find(|one| one.source_sha256 == sha256) {
                    return self.print(answers_of(own));
                }
                let report =
                    Report::read(&name, &bytes, limits).map_err(|source| Error::Read { path: path.clone(), source })?;
                (report.texts().map(str::to_owned).collect(), speakers(holdings.transcripts.iter().map(AsRef::as_ref)))
            }
            (None, Some(name)) => {
                let hash = name.to_ascii_lowercase();
                let is_it =
                    |one: &Transcript| one.name == *name || one.source_sha256.starts_with(&hash) && hash.len() >= 6;
                let transcript = holdings.transcripts.iter().find(|one| is_it(one));
                let transcript = transcript.ok_or_else(|| Error::NoSuchTranscript { name: name.clone() })?;
                answers_of(transcript)
            }
            (None, None) => return Ok(()),
        };
        self.print((texts, known))
    }

    /// Prints what in some texts could tell who somebody is. `known` are the people who answer.
    fn print(&self, (texts, known): (Vec<String>, Vec<String>)) -> anyhow::Result<()> {
        let groups = disclosure::groups(texts.iter().map(String::as_str), &known);
        let all = texts.join("\n");
        let language = self.lang.unwrap_or_else(|| DisplayLanguage::of_text(Script::of(&all), &all));
        let words = language.messages().disclosure;
        let suggestions = disclosure::suggested(&groups, &known, words);
        if self.json {
            let found = groups.iter().zip(&suggestions).map(|(group, suggestion)| Suggested { group, suggestion });
            let listed = Listed { found: found.collect(), unseen: words.unseen };
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&listed)?)?;
        } else {
            write!(terminal::out(), "{}", plain(&groups, &suggestions, words))?;
        }
        let count = groups.iter().map(|group| group.count).sum();
        if count > 0 { Err(CluesFound(count).into()) } else { Ok(()) }
    }
}

/// Everybody who answers in some transcripts.
fn speakers<'a>(transcripts: impl Iterator<Item = &'a Transcript>) -> Vec<String> {
    let names =
        transcripts.flat_map(|transcript| transcript.answers().filter_map(|(_, _, answer)| answer.interviewee.clone()));
    names.collect::<BTreeSet<_>>().into_iter().collect()
}

/// For a terminal: by kind, each with what stands around it and what could stand for it.
fn plain(groups: &[ClueGroup], suggestions: &[String], words: &DisclosureWords) -> String {
    let mut out = String::new();
    for (group, suggestion) in groups.iter().zip(suggestions) {
        let perhaps = if group.sure { String::new() } else { format!("{} ", words.perhaps) };
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{perhaps}{}: {} ({})", group.kind.name(words), group.words, (words.times)(group.count));
        for context in &group.contexts {
            let _ = writeln!(out, "    {}⟦{}⟧{}", context.before, context.words, context.after);
        }
        let _ = writeln!(out, "    --replace \"{}={suggestion}\"\n", group.words);
    }
    let count: usize = groups.iter().map(|group| group.count).sum();
    let _ =
        writeln!(out, "{}\n{}", if count == 0 { words.none.to_owned() } else { (words.found)(count) }, words.unseen);
    out
}
