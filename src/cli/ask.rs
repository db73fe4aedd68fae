//! `yuanhua ask`: one query, its reply as text or JSON.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::{Args, ValueEnum};

use super::verdict::verdict;
use crate::i18n::DisplayLanguage;
use crate::i18n::en::count::count;
use crate::retrieval::corpus::Corpus;
use crate::search::{self, Explained, Reply, SearchOptions};
use crate::terminal::{self, Name};
use crate::text::script::Display;

/// Arguments of `ask`.
#[derive(Debug, Args)]
pub(super) struct AskCommand {
    /// Your question, in Chinese or English
    ///
    /// "words" in quotation marks must stand in an answer, -word must not. q:1, who:A3, who:"Full Name" and in:name say
    /// where to look; -q:1, -who:… and -in:… look everywhere else.
    #[arg(allow_hyphen_values = true)]
    query: String,
    /// Print the reply as JSON
    #[arg(long)]
    json: bool,
    /// The most quotes to show
    #[arg(long, default_value_t = search::SearchOptions::default().limit, value_name = "N")]
    limit: usize,
    /// The question before, from which an unfinished one ("那90后呢?", "why?") goes on; repeat it for several
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    after: Vec<String>,
    /// Something not to carry over from the question before, as kind:text (for example topic:员工)
    #[arg(long, value_name = "CHIP", allow_hyphen_values = true)]
    drop: Vec<String>,
    /// Answer before all passages are read closely: the others are found by their words and rough meaning
    ///
    /// Without it, the command waits until all passages are read, and shows how far it is. A library is read once.
    #[arg(long)]
    at_once: bool,
    /// Explain each score
    #[arg(long)]
    explain: bool,
    /// The script of Chinese text [default: that of each transcript; Simplified where it mixes scripts]
    #[arg(long, value_enum)]
    script: Option<ScriptArg>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(super) enum ScriptArg {
    Original,
    Simplified,
    Traditional,
}

impl ScriptArg {
    pub(super) fn display(self) -> Display {
        match self {
            Self::Original => Display::Original,
            Self::Simplified => Display::Simplified,
            Self::Traditional => Display::Traditional,
        }
    }
}

impl AskCommand {
    /// Whether the reply does not wait until all passages are read closely.
    pub(super) fn is_at_once(&self) -> bool {
        self.at_once
    }

    pub(super) fn run(&self, corpus: &Corpus) -> anyhow::Result<()> {
        let display = self.script.map(ScriptArg::display);
        let mut before: Option<Reply> = None;
        let of = SearchOptions { limit: self.limit, display, ..SearchOptions::default() };
        for earlier in &self.after {
            before = Some(search::ask(corpus, earlier, SearchOptions { after: before.as_ref(), ..of })?);
        }
        let options = SearchOptions { after: before.as_ref(), dropped: &self.drop, explain: self.explain, ..of };
        let reply = search::ask(corpus, &self.query, options)?;
        if self.json {
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&reply)?)?;
        } else {
            write!(terminal::out(), "{}", plain(&reply))?;
        }
        Ok(())
    }
}

/// The reply for a terminal: verdict, then quotes with their citations.
fn plain(reply: &Reply) -> String {
    let mut out = verdict(reply, DisplayLanguage::English) + "\n";
    if let Some(read) = reply.reading {
        let _ = writeln!(out, "{}", (DisplayLanguage::English.messages().pending.closely)(read));
    }
    if let Some(carried) = &reply.carried {
        out.insert_str(0, &format!("Read as: {}\n", carried.read_as));
    }
    if let Some(instead) = &reply.searched_instead {
        let _ = writeln!(out, "{}", (DisplayLanguage::English.messages().turn.searched_instead)(instead));
    }
    if !reply.only_by.is_empty() {
        let _ = writeln!(out, "Only answers by {} were searched.", reply.only_by.join(", "));
    }
    if !reply.all_but.is_empty() {
        let _ = writeln!(out, "Answers by {} were left out.", reply.all_but.join(", "));
    }
    if let Some(unknown) = &reply.nobody_called {
        let turn = &DisplayLanguage::English.messages().turn;
        let _ = writeln!(out, "{}", (turn.nobody_called)(&unknown.name, &unknown.near.join(turn.comma)));
    }
    if reply.stance_not_judged {
        out.push_str("The program does not judge who is for or against it: read which side each quote takes.\n");
    }
    if reply.negation_not_judged {
        out.push_str("The program does not judge well who does not do it: read whether each quote denies it.\n");
    }
    if let Some(meant) = &reply.did_you_mean {
        let _ = writeln!(out, "Did you mean: {meant}");
    }
    for mention in &reply.mentions {
        let places: Vec<String> = mention
            .places
            .iter()
            .map(|place| {
                format!("{} · {} · {}", place.citation.question, place.citation.answer, place.citation.transcript)
            })
            .collect();
        let colon = if places.is_empty() { "." } else { ": " };
        let uses = if mention.answers == 1 { "uses" } else { "use" };
        let _ =
            writeln!(out, "{} {uses} “{}”{colon}{}", count(mention.answers, "answer"), mention.word, places.join("; "));
    }
    for (i, quote) in reply.quotes.iter().enumerate() {
        let c = &quote.citation;
        let may = if c.role.is_some() { " (may be the interviewer)" } else { "" };
        let who = c.interviewee.as_ref().map(|who| format!(" · {}{may}", Name(who))).unwrap_or_default();
        let time = c.when().map(|time| format!(", {time}")).unwrap_or_default();
        // Writing to a String cannot fail.
        let _ = writeln!(
            out,
            "\n  {}\n  — {} · {}{who} · {}, line {}{time} · score {:.2}",
            quote.text.replace('\n', "\n  "),
            c.question,
            c.answer,
            Name(&c.transcript),
            c.line,
            quote.score
        );
        for caution in &quote.cautions {
            let _ = writeln!(out, "    {caution}");
        }
        for also in &quote.also {
            let _ = writeln!(
                out,
                "    also {} · {} · {}, line {}",
                also.question,
                also.answer,
                Name(&also.transcript),
                also.line
            );
        }
        if let Some(why) = reply.explained.get(i) {
            explain(why, &mut out);
        }
    }
    out
}

/// How a score came about, for a terminal.
fn explain(why: &Explained, out: &mut String) {
    for (name, standing) in [("meaning", why.meaning), ("words", why.words)] {
        let _ = writeln!(out, "    {name}: {} of {} at {:.3}", standing.rank, standing.of, standing.score);
    }
    let _ = writeln!(out, "    matched: {}", why.matched.join(", "));
    let signals = serde_json::to_value(why.signals).unwrap_or_default();
    let parts = why.weights.iter().map(|(name, weight)| match signals.get(name).and_then(serde_json::Value::as_f64) {
        Some(signal) => format!("{weight} × {name} {signal:.3}"),
        None => format!("{name} {weight}"),
    });
    let _ = writeln!(out, "    score: logistic of {}", parts.collect::<Vec<_>>().join(" + "));
    for r in &why.restorations {
        let sure = if r.proved { "proved" } else { "uncertain" };
        let _ = writeln!(out, "    restored: {} → {} ({sure})", r.received, r.restored);
    }
}
