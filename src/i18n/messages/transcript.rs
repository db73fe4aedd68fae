//! The words of the page of a transcript.

/// The words of the page of a transcript.
#[derive(Debug)]
pub(crate) struct TranscriptWords {
    pub(crate) skip: &'static str,
    /// The skip link of pages that are neither the chat nor a transcript.
    pub(crate) skip_to_main: &'static str,
    /// The name of the bar's links.
    pub(crate) pages: &'static str,
    pub(crate) ask: &'static str,

    // The order of the answers.
    pub(crate) order: &'static str,
    pub(crate) by_question: &'static str,
    pub(crate) by_interviewee: &'static str,
    pub(crate) no_names: &'static str,
    pub(crate) unnamed: &'static str,
    /// The heading of a part that has none.
    pub(crate) untitled: &'static str,

    // Finding words.
    pub(crate) find: &'static str,
    pub(crate) find_button: &'static str,
    pub(crate) found: fn(matches: usize, apart: bool) -> String,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,
    pub(crate) clear: &'static str,

    pub(crate) go_to_place: &'static str,
    pub(crate) outside: &'static str,
    pub(crate) aside: &'static str,
    pub(crate) time: &'static str,
    /// Playing the recording: the link of a quote, that of the whole, the player, and to close it.
    pub(crate) play: &'static str,
    pub(crate) play_all: &'static str,
    pub(crate) player: &'static str,
    pub(crate) close_player: &'static str,
    /// The note after a speaker who may be the interviewer.
    pub(crate) may_ask: &'static str,

    // The self-test.
    pub(crate) self_test: &'static str,
    pub(crate) measured: [&'static str; 3],
    pub(crate) hits: [&'static str; 3],
}
