//! `yuanhua saved`: questions that are kept, and what has changed in their replies.

use std::fmt::Write as _;
use std::io::Write as _;

use clap::Args;
use serde_json::json;

use crate::i18n::{DisplayLanguage, SavedWords};
use crate::library::Library;
use crate::saved::{self, ReplyChanges};
use crate::terminal;
use crate::text::script::Script;

/// Arguments of `saved`.
#[derive(Debug, Args)]
pub(super) struct SavedCommand {
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

impl SavedCommand {
    pub(super) fn run(&self, library: &Library) -> anyhow::Result<()> {
        let corpus = library.corpus().load_full();
        for query in &self.keep {
            library.save_question(saved::as_saved(&corpus, &saved::ask(&corpus, query)?))?;
        }
        for query in &self.forget {
            library.forget_question(query)?;
        }
        let questions = library.saved_questions()?;
        let looked = questions.iter().map(|one| saved::compare(&corpus, one)).collect::<Result<Vec<_>, _>>()?;
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

fn as_json(looked: &[ReplyChanges]) -> serde_json::Value {
    let one = |looked: &ReplyChanges| {
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

fn plain(looked: &[ReplyChanges], words: &SavedWords) -> String {
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
