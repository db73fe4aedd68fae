//! The words of the library page.

use super::count::count;
use crate::i18n::messages::LibraryWords;
use crate::i18n::numbers::minutes_and_seconds;

pub(super) static WORDS: LibraryWords = LibraryWords {
    link: "Add and look after interviews",
    title: "Interviews",
    safe: "The files stay as they are. They never leave this computer.",
    closed: |why| format!("Nothing can be changed here: {why}."),
    empty: "There are no interviews yet. Add some, and ask.",
    add: "Add interviews",
    choose: "Choose files, or drop them anywhere on this page",
    working: |done, total, left_s| match left_s.map(minutes_and_seconds) {
        None => format!("Preparing {done} of {total} passages"),
        Some((0, s)) => format!("Preparing {done} of {total} passages, about {s} s left"),
        Some((min, s)) => format!("Preparing {done} of {total} passages, about {min} min {s} s left"),
    },
    storing: "Reading the files …",
    cancel: "Cancel",
    added_last: "Added last",
    not_added: "not added",
    colon: ": ",
    alike: |title, percent| format!("Nearly the same as “{title}”: {percent} %"),
    passages: |n| count(n, "passage"),
    language: |lang| if lang == "zh" { "Chinese" } else { "English" },
    not_ready: "not searched yet",
    problems: |n| count(n, "problem"),
    speakers: "Interviewees",
    answers: |n| count(n, "answer"),
    pseudonym: "pseudonym",
    in_words: |n| {
        format!("Their own name also occurs {n} × in spoken words. It stays there, because quotes are never altered.")
    },
    withdrawn: |n| if n == 1 { "1 answer withdrawn".into() } else { format!("{n} answers withdrawn") },
    withdrawn_answer: "withdrawn",
    unread: "Not read",
    self_test: "Self-test",
    self_tested: |questions, [first, three, ten]| {
        format!(
            "{questions} of its own questions were asked. An own answer came first for {first} %, among the first three for {three} %, among the first ten for {ten} %."
        )
    },
    self_test_note: "This searches only the answers, never the questions themselves.",
    self_test_none: "None of its questions says enough to be asked.",
    change: "Change or withdraw",
    save: "Save",
    rename: "Title",
    interviewer: "Who asks (separate names with commas; leave it empty to let the program decide)",
    who_asks: "Who asks here?",
    nobody_asks: "Nobody",
    asking: |who| format!("{who} asks"),
    columns: "Columns",
    column: ["words", "speaker", "time"],
    guessed: "guessed",
    show_as: |who| format!("Show {who} as"),
    known_of: |who| format!("What you know of {who}"),
    attribute: ["Attribute", "Value", "role, age group, region, alias …"],
    recording: "Recording",
    own_recording: "the one with the same name",
    add_recording: "Put a recording beside it",
    merge: "is another spelling of",
    into: "Merge",
    withdraw: "Withdraw",
    everything: "the whole interview",
    sure: "This cannot be undone",
    receipt: "Receipt",
    removed: |answers, passages| {
        let (answers, passages) = (count(answers, "answer"), count(passages, "passage"));
        format!("Gone from results, pages, index, cache and exports: {answers}, {passages}.")
    },
    deleted: "The file was deleted from the library. Delete copies elsewhere yourself.",
    kept: |file| format!("The file {file} was not changed and still holds the words. Delete it yourself."),
    back: "Back to the interviews",
    elsewhere: |names| format!("The same words are held back in {names}."),
    held: |days| format!("It holds words that were withdrawn on {days}. They are held back."),
    looked: "I looked at it: nobody withdrew these words",
    allow: "Read it whole",
};
