//! The verdict on a query, in a terminal and in exported files.

use super::count::count;
use crate::i18n::messages::VerdictWords;

pub(super) static WORDS: VerdictWords = VerdictWords {
    title: "Quotes",
    listed: |speaking, answers| {
        format!("{speaking} of {} {}.", count(answers, "answer"), if speaking == 1 { "matches" } else { "match" })
    },
    said: |speaking, answers| {
        format!(
            "{speaking} of {} {} to this.",
            count(answers, "answer"),
            if speaking == 1 { "speaks" } else { "speak" }
        )
    },
    nothing_listed: "No answer matches.",
    related: "Nobody said this. Only related:",
    not_said: "This was asked about, but nobody said it.",
    related_as_typed: "Nobody said this as typed. The nearest words are only related.",
    not_said_as_typed: "Nobody said this as typed.",
    never_asked: "Nobody was asked about this, and nobody said it.",
};
