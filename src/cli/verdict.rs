//! The verdict on a query, as a sentence.

use crate::i18n::DisplayLanguage;
use crate::search::{Reply, Verdict};

/// Returns the verdict.
pub(super) fn verdict(reply: &Reply, language: DisplayLanguage) -> String {
    let (words, pending) = (language.messages().verdict, language.messages().pending);
    let (speaking, answers) = (reply.tally.speaking, reply.tally.answers);
    match reply.verdict {
        Verdict::Said if reply.tally.listed => (words.listed)(speaking, answers),
        Verdict::Said => (words.said)(speaking, answers),
        Verdict::NotSaid if reply.reading.is_some() => pending.not_found.to_owned(),
        Verdict::Related if reply.reading.is_some() => pending.only_related.to_owned(),
        Verdict::NotSaid if reply.tally.listed => words.nothing_listed.to_owned(),
        Verdict::Related if reply.did_you_mean.is_some() => words.related_as_typed.to_owned(),
        Verdict::NotSaid if reply.did_you_mean.is_some() => words.not_said_as_typed.to_owned(),
        Verdict::Related => words.related.to_owned(),
        Verdict::NotSaid if reply.asked => words.not_said.to_owned(),
        Verdict::NotSaid => words.never_asked.to_owned(),
    }
}
