//! The words around a reply: progress, numbered quotes and their surroundings, the strip, the map, the filters.

use super::count::count;
use crate::i18n::messages::TurnWords;
use crate::search::query::FilterKind;

pub(super) static WORDS: TurnWords = TurnWords {
    searching: "Searching the interviews …",
    stopped: "Stopped. Your question is back in the box.",
    failed: "No reply came: the program may have been closed. Your question is kept.",
    again: "Try again",
    quote: |number, label| format!("Quote {number}: {label}"),
    before: "… before",
    after: "after …",
    goes_on: "There is more of this answer in the source.",
    restored: |words, told| format!("{words} ({told})"),
    mention: |word, answers| match answers {
        0 => format!("No answer uses “{word}”."),
        1 => format!("1 answer uses “{word}”."),
        n => format!("{n} answers use “{word}”."),
    },
    more_places: |n| format!("and {n} more"),
    only_by: |names| format!("Only answers by {names} were searched."),
    all_but: |names| format!("Answers by {names} were left out."),
    nobody_called: |name, near| match near {
        "" => format!("Nobody here is called {name}, so nobody counts as having said it."),
        _ => format!("Nobody here is called {name}, so nobody counts as having said it. Names nearly like it: {near}."),
    },
    searched_instead: |query| {
        format!("Nobody answers what you typed, and it seems to hold a slip. Searched instead: “{query}”.")
    },
    stance: "The program does not judge who is for or against it. Read which side each quote takes.",
    negation: "The program does not judge well who does not do something. Read whether each quote denies it.",
    hits: "Quotes of this reply in the transcript",
    previous: "Previous quote",
    next: "Next quote",
    map: "Map of the answers",
    speaks: |speaking, answers| format!("{speaking} of {} speak to this", count(answers, "answer")),
    question: "Question",
    cell: |label, percent, words| format!("{label} {percent}%, {words}"),
    silent: "does not speak to this",
    nobody_under: |labels| format!("Nobody speaks to this under {labels}."),
    silent_are: |names| format!("Silent on this: {names}."),
    unmapped: |n| format!("{} more are counted but not drawn.", count(n, "answer")),
    filters: "Filters",
    only_in: "Interview",
    only_who: "Interviewee",
    only_question: "Question",
    any: "All",
    filters_hint: "Or write them: in:name who:A3 q:1, “word for word”, -without",
    by: |by, value, not| {
        let what = match by {
            FilterKind::Transcript => "Interview",
            FilterKind::Who => "Interviewee",
            FilterKind::Question => "Question",
        };
        format!("{}{what}: {value}", if not { "not " } else { "" })
    },
    without_filter: |filter| format!("Ask again without: {filter}"),
    comma: ", ",
};
