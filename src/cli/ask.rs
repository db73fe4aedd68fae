//! `yuanhua ask`: one query, its reply as text or JSON.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::{Args, ValueEnum};

use crate::corpus::Corpus;
use crate::script::Display;
use crate::search::{self, Reply, Verdict};

/// Arguments of `ask`.
#[derive(Debug, Args)]
pub(super) struct Ask {
    /// What you want to know, in Chinese or English; “words” are held verbatim, -word is left out, and q:1,
    /// who:A3 and in:name say where to look
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Print the reply as JSON
    #[arg(long)]
    json: bool,
    /// Quotes to show at most
    #[arg(long, default_value_t = search::Options::default().limit, value_name = "N")]
    limit: usize,
    /// Script to show Chinese in [default: as each transcript has it; Simplified where it mixes scripts]
    #[arg(long, value_enum)]
    script: Option<ScriptArg>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ScriptArg {
    Original,
    Simplified,
    Traditional,
}

impl Ask {
    pub(super) fn run(&self, corpus: &Corpus) -> anyhow::Result<()> {
        let display = self.script.map(|script| match script {
            ScriptArg::Original => Display::Original,
            ScriptArg::Simplified => Display::Simplified,
            ScriptArg::Traditional => Display::Traditional,
        });
        let reply = search::ask(corpus, &self.query, search::Options { limit: self.limit, display })?;
        let mut out = std::io::stdout().lock();
        if self.json {
            writeln!(out, "{}", serde_json::to_string_pretty(&reply)?)?;
        } else {
            write!(out, "{}", plain(&reply))?;
        }
        Ok(())
    }
}

/// The reply for a terminal: verdict, then quotes with their citations.
fn plain(reply: &Reply) -> String {
    let tally = &reply.tally;
    let mut out = match reply.verdict {
        Verdict::Said if tally.listed => format!("{} of {} answers match.\n", tally.speaking, tally.answers),
        Verdict::NotSaid if tally.listed => "No answer matches.\n".to_owned(),
        Verdict::Said => format!("{} of {} answers speak to this.\n", tally.speaking, tally.answers),
        Verdict::Related => "Nobody said this. Only related:\n".to_owned(),
        Verdict::NotSaid if reply.asked => "This was asked about, but nobody said it.\n".to_owned(),
        Verdict::NotSaid => "Nobody was asked about this, and nobody said it.\n".to_owned(),
    };
    for quote in &reply.quotes {
        let c = &quote.citation;
        let who = c.interviewee.as_ref().map(|who| format!(" · {who}")).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "\n  {}\n  — {} · {}{who} · {}, line {} · score {:.2}",
            quote.text.replace('\n', "\n  "),
            c.question,
            c.answer,
            c.transcript,
            c.line,
            quote.score
        );
    }
    out
}
