//! `yuanhua ask`: one query, its reply as text or JSON.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::Args;

use super::open_library::{LibraryOptions, load_models_in_background};
use super::verdict::verdict;
use crate::error::Error;
use crate::i18n::DisplayLanguage;
use crate::i18n::en::count::count;
use crate::retrieval::corpus::Corpus;
use crate::search::quote::Quote;
use crate::search::{self, Explained, Mention, Mentioned, Reply, SearchOptions};
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
    script: Option<Display>,
}

impl AskCommand {
    pub(super) fn run(&self, options: &LibraryOptions) -> anyhow::Result<()> {
        load_models_in_background();
        let library = if self.at_once { options.to_ask_at_once()? } else { options.to_ask()? };
        let reply = self.reply(library.corpus().load().as_ref())?;
        if self.json {
            writeln!(terminal::json(), "{}", serde_json::to_string_pretty(&reply)?)?;
        } else {
            write!(terminal::out(), "{}", plain(&reply))?;
        }
        Ok(())
    }

    /// Asks the earlier queries, and then the query that follows up on them.
    fn reply(&self, corpus: &Corpus) -> Result<Reply, Error> {
        let display = self.script;
        let mut before: Option<Reply> = None;
        let of = SearchOptions { limit: self.limit, display, ..SearchOptions::default() };
        for earlier in &self.after {
            before = Some(search::ask(corpus, earlier, SearchOptions { after: before.as_ref(), ..of })?);
        }
        let options = SearchOptions { after: before.as_ref(), dropped: &self.drop, explain: self.explain, ..of };
        search::ask(corpus, &self.query, options)
    }
}

/// The reply for a terminal: verdict, then quotes with their citations. Writing to a String cannot fail.
fn plain(reply: &Reply) -> String {
    let mut out = String::new();
    if let Some(carried) = &reply.carried {
        let _ = writeln!(out, "Read as: {}", carried.read_as);
    }
    let _ = writeln!(out, "{}", verdict(reply, DisplayLanguage::English));
    if let Some(read) = reply.reading {
        let _ = writeln!(out, "{}", (DisplayLanguage::English.messages().pending.closely)(read));
    }
    print_notes(reply, &mut out);
    for mention in &reply.mentions {
        print_mention(mention, &mut out);
    }
    for (i, quote) in reply.quotes.iter().enumerate() {
        print_quote(quote, &mut out);
        if let Some(why) = reply.explained.get(i) {
            explain(why, &mut out);
        }
    }
    out
}

/// Whose answers were searched, what is not judged, and what may have been meant.
fn print_notes(reply: &Reply, out: &mut String) {
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
}

fn print_mention(mention: &Mention, out: &mut String) {
    let place = |place: &Mentioned| {
        format!("{} · {} · {}", place.citation.question, place.citation.answer, place.citation.transcript)
    };
    let places: Vec<String> = mention.places.iter().map(place).collect();
    let colon = if places.is_empty() { "." } else { ": " };
    let uses = if mention.answers == 1 { "uses" } else { "use" };
    let _ = writeln!(out, "{} {uses} “{}”{colon}{}", count(mention.answers, "answer"), mention.word, places.join("; "));
}

fn print_quote(quote: &Quote, out: &mut String) {
    let citation = &quote.citation;
    let may = if citation.role.is_some() { " (may be the interviewer)" } else { "" };
    let who = citation.interviewee.as_ref().map(|who| format!(" · {}{may}", Name(who))).unwrap_or_default();
    let time = citation.when().map(|time| format!(", {time}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "\n  {}\n  — {} · {}{who} · {}, line {}{time} · score {:.2}",
        quote.text.replace('\n', "\n  "),
        citation.question,
        citation.answer,
        Name(&citation.transcript),
        citation.line,
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
