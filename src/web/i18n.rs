//! The words of the interface, one file for each language.

mod collection;
mod desk;
mod disclosure;
pub(crate) mod en;
mod errors;
mod evidence;
mod library;
mod message;
mod pending;
mod people;
mod problems;
mod read_errors;
mod saved;
mod sentences;
mod serving;
mod shared_store;
mod tags;
mod transcript;
mod turn;
mod unclear;
mod unread;
mod verify;
pub(crate) mod zh_hans;
pub(crate) mod zh_hant;

pub(super) use collection::CollectionWords;
pub(super) use desk::DeskWords;
pub(super) use disclosure::DisclosureWords;
pub(super) use evidence::EvidenceWords;
pub(super) use library::LibraryWords;
pub(super) use message::Message;
pub(super) use pending::PendingWords;
pub(super) use people::PeopleWords;
pub(super) use saved::SavedWords;
pub(super) use tags::TagWords;
pub(super) use turn::TurnWords;
pub(super) use verify::VerifyWords;

use crate::error::QueryError;
use crate::search::quote::Caution;
use crate::web::problem::WebProblem;

/// The interface in one language.
#[derive(Debug)]
pub(super) struct Text {
    /// The language, as a BCP 47 tag.
    pub(super) lang: &'static str,
    pub(super) name: &'static str,
    pub(super) tagline: &'static str,
    pub(super) promise: &'static str,
    pub(super) skip: &'static str,

    // Asking.
    pub(super) ask_label: &'static str,
    pub(super) placeholder: &'static str,
    pub(super) send: &'static str,
    pub(super) asked_in_interview: &'static str,
    pub(super) size: fn(questions: usize, answers: usize) -> String,
    pub(super) more_interviews: fn(usize) -> String,
    pub(super) conversation: &'static str,

    // The script to show Chinese in.
    pub(super) script: &'static str,
    pub(super) scripts: [ScriptName; 3],

    // A reply.
    pub(super) said: fn(speaking: usize, answers: usize, places: &[Spoken]) -> String,
    /// The label of what was carried over from the turn before.
    pub(super) carried: &'static str,
    pub(super) read_as: fn(&str) -> String,
    pub(super) take_back: fn(&str) -> String,
    pub(super) but_those_shown: &'static str,
    pub(super) nobody_else: &'static str,
    pub(super) also_in: &'static str,
    /// The verdict on a query that only lists the answers with its phrases and filters.
    pub(super) listed: fn(listed: usize, answers: usize, places: &[Spoken]) -> String,
    pub(super) nothing_listed: &'static str,
    /// The reason why a query could not be asked.
    pub(super) unclear: fn(&QueryError) -> String,
    pub(super) related: &'static str,
    pub(super) not_said: &'static str,
    /// The sentence instead of [`Text::not_said`] if no question was near the query either.
    pub(super) never_asked: &'static str,
    pub(super) try_other_words: &'static str,
    pub(super) only_best: fn(shown: usize) -> String,
    pub(super) score: ScoreWords,
    pub(super) read_in_context: &'static str,
    pub(super) line: fn(usize) -> String,
    pub(super) as_received: &'static str,

    // A source page.
    pub(super) back: &'static str,
    pub(super) ask_this: &'static str,
    pub(super) questions: &'static str,
    pub(super) answers: fn(usize) -> String,
    pub(super) cited_here: &'static str,
    pub(super) whole_as_received: &'static str,
    pub(super) restorations: fn(restored: usize, uncertain: usize) -> String,
    pub(super) restorations_note: &'static str,
    pub(super) restoration_columns: [&'static str; 4],
    pub(super) proved: &'static str,
    pub(super) uncertain: &'static str,
    pub(super) received_as: fn(&str) -> String,
    pub(super) likeliest_for: fn(&str) -> String,
    pub(super) looks_damaged: &'static str,
    /// The note on a quote with an uncertain place.
    pub(super) caution: &'static str,
    /// The note on a quote that does not stand alone.
    pub(super) cautioned: fn(Caution) -> &'static str,

    /// The page of a transcript.
    pub(super) read: &'static transcript::TranscriptWords,

    /// The page of the interviews.
    pub(super) library: &'static LibraryWords,
    /// Interviews that are not ready, and an empty library.
    pub(super) coming: &'static PendingWords,
    /// Copying, keeping and exporting.
    pub(super) keep: &'static CollectionWords,
    /// Kept conversations, keys, the first minute.
    pub(super) desk: &'static DeskWords,
    /// The pages of people.
    pub(super) people: &'static PeopleWords,
    /// The words around a reply: its numbers, its map, its filters.
    pub(super) turn: &'static TurnWords,
    /// The table of evidence, the two columns of a comparison.
    pub(super) evidence: &'static EvidenceWords,
    /// The page of the kept questions.
    pub(super) saved: &'static SavedWords,
    /// Tags on quotes, and quote cards.
    pub(super) tags: &'static TagWords,
    /// The page of what could reveal who somebody is.
    pub(super) disclosure: &'static DisclosureWords,
    /// The page that checks the quotations of a report.
    pub(super) verify: &'static VerifyWords,
    /// Words about tokens and load.
    pub(super) serving: &'static serving::ServerWords,

    // Problems.
    pub(super) problem: fn(&WebProblem) -> Message,
    pub(super) start_again: &'static str,
}

/// One position of the script switch.
#[derive(Debug)]
pub(super) struct ScriptName {
    /// One character.
    pub(super) sign: &'static str,
    pub(super) name: &'static str,
}

/// The words for probabilities.
#[derive(Debug)]
pub(super) struct ScoreWords {
    pub(super) almost_certain: &'static str,
    pub(super) very_likely: &'static str,
    pub(super) likely: &'static str,
    pub(super) related: &'static str,
}

/// The questions of one interview that got a matching answer.
#[derive(Debug)]
pub(super) struct Spoken {
    /// Its title, if there are several interviews.
    pub(super) title: Option<String>,
    /// `Q1`, `Q8`
    pub(super) labels: Vec<String>,
}

/// The most interviews that a verdict names; more are counted.
const NAMED_INTERVIEWS: usize = 3;
/// The most questions of one interview that a verdict names.
const NAMED_QUESTIONS: usize = 8;

impl ScoreWords {
    /// Returns the word for a probability.
    pub(super) fn word(&self, probability: f64) -> &'static str {
        match probability {
            p if p >= 0.9 => self.almost_certain,
            p if p >= 0.75 => self.very_likely,
            p if p >= 0.5 => self.likely,
            _ => self.related,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::en::EN;
    use super::zh_hans::ZH_HANS;
    use super::zh_hant::ZH_HANT;
    use super::*;

    fn under(labels: &[&str]) -> Vec<Spoken> {
        vec![Spoken { title: None, labels: labels.iter().map(|label| (*label).to_owned()).collect() }]
    }

    #[test]
    fn a_verdict_only_counts_and_places() {
        assert_eq!((EN.said)(3, 22, &under(&["Q1", "Q8"])), "3 of 22 answers speak to this, under Q1 and Q8");
        assert_eq!((EN.said)(1, 22, &under(&["Q1"])), "1 of 22 answers speaks to this, under Q1");
        assert_eq!((ZH_HANS.said)(3, 22, &under(&["Q1", "Q8"])), "22 个回答中有 3 个说到这一点，见 Q1 和 Q8");
        assert_eq!((ZH_HANT.said)(4, 22, &under(&["Q1", "Q2", "Q8"])), "22 個回答中有 4 個說到這一點，見 Q1、Q2 和 Q8");
    }

    #[test]
    fn a_verdict_over_several_interviews_names_them() {
        let in_two = vec![
            Spoken { title: Some("One".into()), labels: vec!["Q1".into()] },
            Spoken { title: Some("Two".into()), labels: vec!["Q2".into(), "Q3".into()] },
        ];
        assert_eq!((EN.said)(3, 40, &in_two), "3 of 40 answers speak to this, in “One” (Q1) and “Two” (Q2 and Q3)");
        let in_many: Vec<Spoken> = (0..5).map(|_| Spoken { title: Some("X".into()), labels: vec![] }).collect();
        assert_eq!((EN.said)(9, 40, &in_many), "9 of 40 answers speak to this, in 5 interviews");
        assert_eq!((ZH_HANS.said)(9, 40, &in_many), "40 个回答中有 9 个说到这一点，见于 5 篇访谈");
    }
}
