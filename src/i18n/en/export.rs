//! The words around exported quotes.

use crate::i18n::messages::ExportWords;

pub(super) static WORDS: ExportWords = ExportWords {
    lang: "en",
    marks: ["“", "”"],
    title_marks: ["“", "”"],
    asked: "Asked: ",
    replaced: "In square brackets stand replacements for what could tell who somebody is: there, this is not verbatim.",
    received: "As received: ",
    line: |n| format!("line {n}"),
    may_ask: " (may be the interviewer)",
    uncertain: "Some of this was damaged on its way here and its wording is not certain.",
    changed: "The source has changed since this was kept; the present one says the same words here.",
    left_out: "Left out",
    columns: [
        "Query",
        "Quote",
        "Question",
        "Answer",
        "Interviewee",
        "Asked",
        "Interview",
        "File",
        "Line",
        "Time",
        "Until",
        "Score",
        "As received",
        "Permalink",
        "SHA-256 of the source",
        "Note",
        "Apostrophe added",
    ],
    guarded: |columns| {
        format!("An apostrophe was put before: {columns}. A spreadsheet would have taken it for a formula.")
    },
};
