//! What every language must say. Each sentence is a field of a struct, so a language that lacks one does not compile.

mod collection;
mod desk;
mod disclosure;
mod errors;
mod evidence;
mod export;
mod library;
mod page_problems;
mod pending;
mod people;
mod places;
mod saved;
mod score;
mod tags;
mod transcript;
mod turn;
mod verdict;
mod verify;

pub(crate) use collection::CollectionWords;
pub(crate) use desk::DeskWords;
pub(crate) use disclosure::ClueNames;
pub use disclosure::DisclosureWords;
pub(crate) use errors::ErrorWords;
pub(crate) use evidence::EvidenceWords;
pub(crate) use export::EXPORT_COLUMNS;
pub use export::ExportWords;
pub(crate) use library::LibraryWords;
pub(crate) use page_problems::PageProblems;
pub(crate) use pending::PendingWords;
pub(crate) use people::PeopleWords;
pub(crate) use places::{NAMED_INTERVIEWS, NAMED_QUESTIONS, Spoken};
pub use saved::SavedWords;
pub(crate) use saved::{LostVoiceWords, ReportFacts};
pub(crate) use score::ScoreWords;
pub(crate) use tags::TagWords;
pub(crate) use transcript::TranscriptWords;
pub(crate) use turn::TurnWords;
pub(crate) use verdict::VerdictWords;
pub use verify::VerifyWords;
pub(crate) use verify::{ChangeWords, CutLossWords, DressWords, PermalinkNotes};

use crate::search::quote::Caution;
use crate::text::script::Display;

/// Everything that the program says to a person, in one language.
#[derive(Debug)]
pub struct Messages {
    /// The language, as a BCP 47 tag.
    pub lang: &'static str,
    /// The language and a country, as systems name them.
    pub(crate) locale: &'static str,
    /// The name of the language in itself.
    pub(crate) own_name: &'static str,
    /// Lower-case subtags that mean this language, where several share a first subtag. The one without any is the rule.
    pub(crate) distinct_subtags: &'static [&'static str],
    /// The script in which readers of this language read Chinese.
    pub(crate) chinese_script: Option<Display>,

    pub(crate) name: &'static str,
    /// The name in Latin letters beside the seal 原话, for those who do not read the seal.
    pub(crate) latin_name: Option<&'static str>,
    pub(crate) tagline: &'static str,
    pub(crate) promise: &'static str,
    pub(crate) skip: &'static str,

    // Asking.
    pub(crate) ask_label: &'static str,
    pub(crate) placeholder: &'static str,
    pub(crate) send: &'static str,
    pub(crate) asked_in_interview: &'static str,
    pub(crate) size: fn(questions: usize, answers: usize) -> String,
    pub(crate) more_interviews: fn(usize) -> String,
    pub(crate) conversation: &'static str,

    // The script to show Chinese in.
    pub(crate) script: &'static str,
    pub(crate) scripts: [ScriptName; 3],

    // A reply.
    pub(crate) said: fn(speaking: usize, answers: usize, places: &[Spoken]) -> String,
    /// The label of what was carried over from the turn before.
    pub(crate) carried: &'static str,
    pub(crate) read_as: fn(&str) -> String,
    pub(crate) take_back: fn(&str) -> String,
    pub(crate) but_those_shown: &'static str,
    pub(crate) nobody_else: &'static str,
    pub(crate) also_in: &'static str,
    /// The verdict on a query that only lists the answers with its phrases and filters.
    pub(crate) listed: fn(listed: usize, answers: usize, places: &[Spoken]) -> String,
    pub(crate) nothing_listed: &'static str,
    pub(crate) related: &'static str,
    pub(crate) not_said: &'static str,
    /// The sentence instead of [`Messages::not_said`] if no question was near the query either.
    pub(crate) never_asked: &'static str,
    pub(crate) try_other_words: &'static str,
    pub(crate) only_best: fn(shown: usize) -> String,
    pub(crate) score: ScoreWords,
    pub(crate) read_in_context: &'static str,
    pub(crate) line: fn(usize) -> String,
    pub(crate) as_received: &'static str,

    // A source page.
    pub(crate) back: &'static str,
    pub(crate) ask_this: &'static str,
    pub(crate) questions: &'static str,
    pub(crate) answers: fn(usize) -> String,
    pub(crate) cited_here: &'static str,
    pub(crate) whole_as_received: &'static str,
    pub(crate) restorations: fn(restored: usize, uncertain: usize) -> String,
    pub(crate) restorations_note: &'static str,
    pub(crate) restoration_columns: [&'static str; 4],
    pub(crate) proved: &'static str,
    pub(crate) uncertain: &'static str,
    pub(crate) received_as: fn(&str) -> String,
    pub(crate) likeliest_for: fn(&str) -> String,
    pub(crate) looks_damaged: &'static str,
    /// The note on a quote with an uncertain place.
    pub(crate) caution: &'static str,
    /// The note on a quote that does not stand alone.
    pub(crate) cautioned: fn(Caution) -> &'static str,

    pub(crate) start_again: &'static str,

    // By subject.
    /// The words for copying, keeping and exporting quotes.
    pub(crate) collection: &'static CollectionWords,
    /// The words for conversations that a browser keeps, for keys, and for the first minute.
    pub(crate) desk: &'static DeskWords,
    /// The words about what could reveal who somebody is.
    pub disclosure: &'static DisclosureWords,
    /// The sentences of errors.
    pub(crate) errors: &'static ErrorWords,
    /// The words around a table of evidence.
    pub(crate) evidence: &'static EvidenceWords,
    /// The words around exported quotes.
    pub export: &'static ExportWords,
    /// The words of the library page.
    pub(crate) library: &'static LibraryWords,
    /// The problems of pages: the reasons why a request gets no page of its own.
    pub(crate) page_problems: &'static PageProblems,
    /// The words for interviews that are not ready, and for an empty library. In these cases, the page cannot claim
    /// that nobody said it.
    pub(crate) pending: &'static PendingWords,
    /// The words of the pages of people.
    pub(crate) people: &'static PeopleWords,
    /// The words about kept questions, and of their report.
    pub saved: &'static SavedWords,
    /// The words of the pages of tags and of quote cards.
    pub(crate) tags: &'static TagWords,
    /// The words of the page of a transcript.
    pub(crate) transcript: &'static TranscriptWords,
    /// The words around a reply: progress, numbered quotes and their surroundings, the strip, the map, the filters.
    pub(crate) turn: &'static TurnWords,
    /// The verdict on a query, in a terminal and in exported files.
    pub(crate) verdict: &'static VerdictWords,
    /// The words about the quotations of a report.
    pub verify: &'static VerifyWords,
}

/// One position of the script switch.
#[derive(Debug)]
pub(crate) struct ScriptName {
    /// One character.
    pub(crate) sign: &'static str,
    pub(crate) name: &'static str,
}
