//! `yuanhua export`: writes the quotes for queries, or all answers of a transcript, to a file.

use clap::Args;

use super::output::OutputArgs;
use super::verdict::verdict;
use crate::error::Error;
use crate::export::{Export as Quotes, ExportFormat, ExportPart, ExportedQuote};
use crate::i18n::DisplayLanguage;
use crate::retrieval::corpus::{AnswerPlace, Corpus};
use crate::search::{self, Reply, SearchOptions};
use crate::text::script::{Display, Script};
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
    format: ExportFormat,
    #[command(flatten)]
    output: OutputArgs,
    /// The most quotes for one question
    #[arg(long, default_value_t = search::SearchOptions::default().limit, value_name = "N")]
    limit: usize,
    /// The script of Chinese text [default: that of each transcript; Simplified where it mixes scripts]
    #[arg(long, value_enum)]
    script: Option<Display>,
    /// The language of the words around the quotes [default: that of the first transcript quoted]
    #[arg(long, value_enum)]
    lang: Option<DisplayLanguage>,
}

impl ExportCommand {
    /// Writes the file. Permalinks begin with `origin`, the address of the page.
    pub(super) fn run(&self, corpus: &Corpus, origin: &str) -> anyhow::Result<()> {
        self.output.check(self.format)?;
        let (quotes, lang) = match &self.transcript {
            Some(name) => self.whole_transcript(corpus, name, origin)?,
            None => self.replies(corpus, origin)?,
        };
        self.output.write(quotes, self.format, lang)
    }

    /// The quotes of the reply to each query.
    fn replies(&self, corpus: &Corpus, origin: &str) -> Result<(Quotes, DisplayLanguage), Error> {
        let display = self.script;
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
    fn whole_transcript(&self, corpus: &Corpus, name: &str, origin: &str) -> Result<(Quotes, DisplayLanguage), Error> {
        let named = corpus.transcripts.iter().position(|transcript| transcript.name == name);
        let number = named.or_else(|| corpus.by_hash(&name.to_ascii_lowercase()));
        let number = number.ok_or_else(|| Error::NoSuchTranscript { name: name.to_owned() })?;
        let transcript = &corpus.transcripts[number];
        let display = self.script;
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

fn of_transcript(transcript: &Transcript) -> DisplayLanguage {
    DisplayLanguage::of_text(transcript.script, transcript.text())
}
