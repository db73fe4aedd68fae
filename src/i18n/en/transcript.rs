//! The words of the page of a transcript.

use super::count::count;
use crate::i18n::messages::TranscriptWords;

pub(super) static WORDS: TranscriptWords = TranscriptWords {
    skip: "Skip to the interview",
    skip_to_main: "Skip to the content",
    pages: "Pages",
    ask: "Ask",
    order: "Order of the answers",
    by_question: "By question",
    by_interviewee: "By interviewee",
    no_names: "This source names no interviewees. It numbers the answers to each question, and A1 to one question and A1 to another need not be the same person. So answers cannot be grouped by person. These are the answers to each question:",
    unnamed: "Not named in the source",
    untitled: "Part without a heading",
    find: "Find in this interview",
    find_button: "Find",
    found: |matches, apart| match (matches, apart) {
        (0, _) => "Not found in this interview".into(),
        (n, false) => count(n, "place"),
        (n, true) => format!("Nowhere together; {n} × one of the words"),
    },
    previous: "Previous place",
    next: "Next place",
    clear: "Clear",
    go_to_place: "Show the place",
    outside: "not among the questions and answers",
    aside: "set apart: not speech, never quoted",
    time: "time in the recording",
    play: "Play",
    play_all: "Play the recording",
    player: "Recording",
    close_player: "Close the player",
    may_ask: "(may be the interviewer)",
    self_test: "Self-test: do its own questions find its answers?",
    measured: ["An own answer comes", "how often", "95 % interval"],
    hits: ["first", "among the first three", "among the first ten"],
};
