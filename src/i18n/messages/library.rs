//! The words of the library page.

use crate::error::ClosedReason;

/// The words of the library page.
#[derive(Debug)]
pub(crate) struct LibraryWords {
    pub(crate) link: &'static str,
    pub(crate) title: &'static str,
    pub(crate) safe: &'static str,
    /// The note why nothing can be changed.
    pub(crate) closed: fn(why: &ClosedReason) -> String,
    pub(crate) empty: &'static str,

    // Adding.
    pub(crate) add: &'static str,
    pub(crate) choose: &'static str,
    pub(crate) working: fn(done: usize, total: usize, left_s: Option<u64>) -> String,
    pub(crate) storing: &'static str,
    pub(crate) cancel: &'static str,
    pub(crate) added_last: &'static str,
    pub(crate) not_added: &'static str,
    /// The separator between a name and the note about it.
    pub(crate) colon: &'static str,
    pub(crate) alike: fn(title: &str, percent: u8) -> String,

    // A transcript.
    pub(crate) passages: fn(usize) -> String,
    pub(crate) language: fn(&str) -> &'static str,
    pub(crate) not_ready: &'static str,
    pub(crate) problems: fn(usize) -> String,
    pub(crate) speakers: &'static str,
    pub(crate) answers: fn(usize) -> String,
    pub(crate) pseudonym: &'static str,
    pub(crate) in_words: fn(usize) -> String,
    pub(crate) withdrawn: fn(usize) -> String,
    pub(crate) withdrawn_answer: &'static str,
    pub(crate) unread: &'static str,
    pub(crate) self_test: &'static str,
    pub(crate) self_tested: fn(questions: usize, percent: [u8; 3]) -> String,
    pub(crate) self_test_note: &'static str,
    pub(crate) self_test_none: &'static str,

    // Changing it.
    pub(crate) change: &'static str,
    pub(crate) save: &'static str,
    pub(crate) rename: &'static str,
    pub(crate) interviewer: &'static str,
    pub(crate) asking: fn(&str) -> String,
    /// The question of who asks, for an undecided transcript, and the answer "nobody".
    pub(crate) who_asks: &'static str,
    pub(crate) nobody_asks: &'static str,
    pub(crate) columns: &'static str,
    /// The names of the columns: words, speaker, time.
    pub(crate) column: [&'static str; 3],
    pub(crate) guessed: &'static str,
    pub(crate) show_as: fn(&str) -> String,
    /// The heading of what is known of a speaker, and the names of the fields: attribute, value, an example.
    pub(crate) known_of: fn(&str) -> String,
    pub(crate) attribute: [&'static str; 3],
    pub(crate) recording: &'static str,
    /// The recording with the transcript's own name.
    pub(crate) own_recording: &'static str,
    pub(crate) add_recording: &'static str,
    pub(crate) merge: &'static str,
    pub(crate) into: &'static str,
    pub(crate) withdraw: &'static str,
    pub(crate) everything: &'static str,
    pub(crate) sure: &'static str,
    pub(crate) receipt: &'static str,
    pub(crate) removed: fn(answers: usize, passages: usize) -> String,
    pub(crate) deleted: &'static str,
    pub(crate) kept: fn(&str) -> String,
    pub(crate) back: &'static str,
    /// Other places where the same words are held back.
    pub(crate) elsewhere: fn(&str) -> String,

    // Files with withdrawn words.
    pub(crate) held: fn(days: &str) -> String,
    pub(crate) looked: &'static str,
    pub(crate) allow: &'static str,
}
