//! `yuanhua export`: writes the quotes for queries, or all answers of a transcript, to a file.

use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::ask::ScriptArg;
use super::verdict::verdict;
use crate::disclosure::Replacements;
use crate::error::Error;
use crate::export::{Export as Quotes, ExportFormat, ExportPart, ExportedQuote};
use crate::i18n::DisplayLanguage;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::{self, Reply, SearchOptions};
use crate::terminal;
use crate::text::script::Script;
use crate::transcript::Transcript;

/// Arguments of `export`.
#[derive(Debug, Args)]
pub(super) struct ExportCommand {
    /// Your questions; several are a conversation, each after the one before
    #[arg(required_unless_present = "transcript")]
    queries: Vec<String>,
    /// All answers of one transcript instead, by its name or the beginning of its SHA-256
    #[arg(long, value_name = "NAME", conflicts_with = "queries")]
    transcript: Option<String>,
    /// The format of the file
    #[arg(long = "as", value_enum, default_value = "markdown")]
    format: FormatArg,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The most quotes for one question
    #[arg(long, default_value_t = search::SearchOptions::default().limit, value_name = "N")]
    limit: usize,
    /// The script of Chinese text [default: that of each transcript; Simplified where it mixes scripts]
    #[arg(long, value_enum)]
    script: Option<ScriptArg>,
    /// Words to replace, and what is to stand for them in square brackets; repeat it for several
    ///
    /// A name is replaced in every form: for 张小三=受访者甲 also 小三, 老张 and 张总. `yuanhua disclosure` finds what could tell
    /// who somebody is.
    #[arg(long, value_name = "WORDS=REPLACEMENT", value_parser = replacement)]
    replace: Vec<(String, String)>,
    /// The language of the words around the quotes [default: that of the first transcript quoted]
    #[arg(long, value_enum)]
    lang: Option<DisplayLanguage>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    Text,
    Markdown,
    Html,
    Csv,
    Docx,
    Json,
}

impl ExportCommand {
    /// Writes the file. Permalinks begin with `origin`, the address of the page.
    pub(super) fn run(&self, corpus: &Corpus, origin: &str) -> anyhow::Result<()> {
        let format = match self.format {
            FormatArg::Text => ExportFormat::Text,
            FormatArg::Markdown => ExportFormat::Markdown,
            FormatArg::Html => ExportFormat::Html,
            FormatArg::Csv => ExportFormat::Csv,
            FormatArg::Docx => ExportFormat::Docx,
            FormatArg::Json => ExportFormat::Json,
        };
        let seen = self.out.is_none() && std::io::stdout().is_terminal();
        if format == ExportFormat::Docx && seen {
            anyhow::bail!("a terminal cannot show a Word document; name a file with --out");
        }
        let (mut quotes, lang) = match &self.transcript {
            Some(name) => self.whole(corpus, name, origin)?,
            None => self.asked(corpus, origin)?,
        };
        let replacements = Replacements::of(&self.replace);
        if !replacements.is_empty() {
            quotes.replace(&replacements);
        }
        let bytes = quotes.bytes(format, lang.messages().export)?;
        match &self.out {
            Some(path) => {
                std::fs::write(path, bytes).map_err(|source| Error::Write { path: path.clone(), source })?;
            }
            None if seen => terminal::out().write_all(&bytes)?,
            // A file or a program gets the bytes unchanged.
            None => terminal::out().into_inner().write_all(&bytes)?,
        }
        Ok(())
    }

    fn asked(&self, corpus: &Corpus, origin: &str) -> Result<(Quotes, DisplayLanguage), Error> {
        let display = self.script.map(ScriptArg::display);
        let mut replies: Vec<Reply> = Vec::with_capacity(self.queries.len());
        for query in &self.queries {
            let options =
                SearchOptions { limit: self.limit, display, after: replies.last(), ..SearchOptions::default() };
            replies.push(search::ask(corpus, query, options)?);
        }
        let quoted = replies.iter().flat_map(|reply| &reply.quotes).next();
        let lang = self.lang.unwrap_or_else(|| match quoted {
            Some(quote) => of_transcript(&corpus.transcripts[quote.place.transcript]),
            None => DisplayLanguage::of_text(Script::of(&self.queries.join(" ")), &self.queries.join(" ")),
        });
        let mut parts = Vec::with_capacity(replies.len());
        for reply in &replies {
            let entries = reply.quotes.iter().map(|quote| Ok(ExportedQuote::of(corpus, quote)?.from_origin(origin)));
            parts.push(ExportPart {
                query: Some(reply.query.clone()),
                verdict: Some(verdict(reply, lang)),
                quotes: entries.collect::<Result<_, Error>>()?,
            });
        }
        Ok((
            Quotes { title: lang.messages().verdict.title.to_owned(), parts, left_out: Vec::new(), method: None },
            lang,
        ))
    }

    /// Every answer of a transcript, one stretch after another.
    fn whole(&self, corpus: &Corpus, name: &str, origin: &str) -> Result<(Quotes, DisplayLanguage), Error> {
        let named = corpus.transcripts.iter().position(|transcript| transcript.name == name);
        let number = named.or_else(|| corpus.by_hash(&name.to_ascii_lowercase()));
        let number = number.ok_or_else(|| Error::NoSuchTranscript { name: name.to_owned() })?;
        let transcript = &corpus.transcripts[number];
        let display = self.script.map(ScriptArg::display);
        let stretches = transcript.answers().flat_map(|(at, _, answer)| {
            answer.stretches.iter().map(move |stretch| (AnswerPlace { transcript: number, at }, *stretch))
        });
        let entries = stretches
            .filter(|(_, stretch)| !transcript.words(*stretch).trim().is_empty())
            .map(|(place, stretch)| Ok(ExportedQuote::new(corpus, place, stretch, display)?.from_origin(origin)));
        let quotes = entries.collect::<Result<Vec<_>, Error>>()?;
        let part = ExportPart { quotes, ..ExportPart::default() };
        let lang = self.lang.unwrap_or_else(|| of_transcript(transcript));
        Ok((Quotes { title: transcript.title.clone(), parts: vec![part], left_out: Vec::new(), method: None }, lang))
    }
}

/// `张小三=受访者甲`
pub(super) fn replacement(pair: &str) -> Result<(String, String), String> {
    let (words, with) = pair.split_once('=').ok_or("write WORDS=REPLACEMENT, such as 张小三=受访者甲")?;
    if words.trim().is_empty() || with.trim().is_empty() {
        return Err("both sides of the = need words".into());
    }
    Ok((words.trim().to_owned(), with.trim().to_owned()))
}

fn of_transcript(transcript: &Transcript) -> DisplayLanguage {
    DisplayLanguage::of_text(transcript.script, transcript.text())
}
