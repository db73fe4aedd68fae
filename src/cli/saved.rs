//! `yuanhua saved` and `yuanhua report`: questions that are kept, what has changed in their replies, and a
//! report of them.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde_json::json;

use super::export::replacement;
use crate::disclosure::Replacements;
use crate::error::Error;
use crate::export::ExportFormat;
use crate::i18n::{DisplayLanguage, SavedWords};
use crate::library::{Library, today};
use crate::saved::{self, Looked, Starred};
use crate::terminal;
use crate::text::script::Script;

/// Arguments of `saved`.
#[derive(Debug, Args)]
pub(super) struct Saved {
    /// Keep a question, with who speaks to it now; repeat it for several
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    keep: Vec<String>,
    /// Forget a question
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    forget: Vec<String>,
    /// Take what is told now as seen: the next time, only what changes after is told
    #[arg(long)]
    seen: bool,
    /// Print the questions as JSON
    #[arg(long)]
    json: bool,
    /// The language of the sentences [default: that of the questions]
    #[arg(long, value_enum)]
    lang: Option<DisplayLanguage>,
}

impl Saved {
    pub(super) fn run(&self, library: &Library) -> anyhow::Result<()> {
        let corpus = library.corpus().load_full();
        for query in &self.keep {
            library.save_question(saved::kept(&corpus, &saved::ask(&corpus, query)?))?;
        }
        for query in &self.forget {
            library.forget_question(query)?;
        }
        let questions = library.saved_questions()?;
        let looked = questions.iter().map(|one| saved::look(&corpus, one)).collect::<Result<Vec<_>, _>>()?;
        if self.seen {
            for one in &looked {
                library.save_question(one.as_of_now(&corpus))?;
            }
        }
        let all: String = questions.iter().map(|one| one.query.as_str()).collect();
        let language = self.lang.unwrap_or_else(|| DisplayLanguage::of_text(Script::of(&all), &all));
        if self.json {
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&as_json(&looked))?)?;
        } else {
            write!(terminal::out(), "{}", plain(&looked, language.messages().saved))?;
        }
        Ok(())
    }
}

fn as_json(looked: &[Looked]) -> serde_json::Value {
    let one = |looked: &Looked| {
        let before = &looked.question;
        json!({
            "query": before.query,
            "since": before.on,
            "speaking": looked.reply.tally.speaking,
            "answers": looked.reply.tally.answers,
            "speaking_then": before.speaking,
            "answers_then": before.answers,
            "new": looked.new_quotes().map(|quote| json!({ "text": quote.text, "citation": quote.citation })).collect::<Vec<_>>(),
            "lost": looked.lost,
        })
    };
    looked.iter().map(one).collect()
}

fn plain(looked: &[Looked], words: &SavedWords) -> String {
    let mut out = String::new();
    // Writing to a String cannot fail.
    if looked.is_empty() {
        let _ = writeln!(out, "{}", words.none);
    }
    for one in looked {
        let (tally, before) = (&one.reply.tally, &one.question);
        let count = (words.count)(tally.speaking, tally.answers, tally.listed);
        let since = if one.is_changed() {
            (words.since)(one.new.len(), one.lost.len(), &before.on)
        } else {
            (words.same)(&before.on)
        };
        let _ = writeln!(out, "{}\n    {count} {since}", before.query);
        for quote in one.new_quotes() {
            let citation = &quote.citation;
            let who = citation.interviewee.as_deref().unwrap_or_default();
            let _ = writeln!(out, "  + {}: {}", words.new, quote.text.split_whitespace().collect::<Vec<_>>().join(" "));
            let _ = writeln!(out, "    — {} · {} · {} {who}", citation.transcript, citation.question, citation.answer);
        }
        for lost in &one.lost {
            let _ = writeln!(out, "{}", format!("  − {} {}", lost.why.sentence(words), lost.permalink).trim_end());
        }
        out.push('\n');
    }
    out
}

/// Arguments of `report`.
#[derive(Debug, Args)]
pub(super) struct ReportCommand {
    /// Your questions [default: those that are kept]
    queries: Vec<String>,
    /// A quote to add, by its permalink; repeat it for several
    #[arg(long, value_name = "PERMALINK")]
    quote: Vec<String>,
    /// The format of the file
    #[arg(long = "as", value_enum, default_value = "markdown")]
    format: FormatArg,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The most quotes for one question
    #[arg(long, default_value_t = 20, value_name = "N")]
    limit: usize,
    /// Words to replace, and what is to stand for them in square brackets; repeat it for several
    #[arg(long, value_name = "WORDS=REPLACEMENT", value_parser = replacement)]
    replace: Vec<(String, String)>,
    /// The language of the words around the quotes [default: that of the questions]
    #[arg(long, value_enum)]
    lang: Option<DisplayLanguage>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Markdown,
    Docx,
    Html,
}

impl ReportCommand {
    /// Writes the report; permalinks begin at `origin`, where the page would be open.
    pub(super) fn run(&self, library: &Library, origin: &str, encoder: &str) -> anyhow::Result<()> {
        let format = match self.format {
            FormatArg::Markdown => ExportFormat::Markdown,
            FormatArg::Docx => ExportFormat::Docx,
            FormatArg::Html => ExportFormat::Html,
        };
        let seen = self.out.is_none() && std::io::stdout().is_terminal();
        if format == ExportFormat::Docx && seen {
            anyhow::bail!("a terminal cannot show a Word document; name a file with --out");
        }
        let corpus = library.corpus().load_full();
        let questions = if self.queries.is_empty() {
            library.saved_questions()?.into_iter().map(|one| one.query).collect()
        } else {
            self.queries.clone()
        };
        if questions.is_empty() && self.quote.is_empty() {
            anyhow::bail!("no question is kept, and none was given: yuanhua saved --keep \"your question\" keeps one");
        }
        let all = questions.concat();
        let lang = self.lang.unwrap_or_else(|| DisplayLanguage::of_text(Script::of(&all), &all));
        // Where a model is on this machine is nobody's business.
        let encoder = encoder.rsplit(['/', '\\']).next().unwrap_or_default();
        let permalinks: Vec<String> = self.quote.iter().map(|link| own(link)).collect();
        let starred = Starred { permalinks: &permalinks, origin, limit: self.limit, encoder, on: &today() };
        let mut export = saved::report(&corpus, &questions, starred, lang.messages().saved)?;
        let replacements = Replacements::of(&self.replace);
        if !replacements.is_empty() {
            export.replace(&replacements);
        }
        let bytes = export.bytes(format, lang.messages().export)?;
        match &self.out {
            Some(path) => std::fs::write(path, bytes).map_err(|source| Error::Write { path: path.clone(), source })?,
            None if seen => terminal::out().write_all(&bytes)?,
            // Into a file or a program, as it is.
            None => terminal::out().into_inner().write_all(&bytes)?,
        }
        Ok(())
    }
}

/// `/q/…` of a permalink as it was copied.
fn own(link: &str) -> String {
    link.find(crate::search::quote::PERMALINK).map_or(link, |at| &link[at..]).to_owned()
}
