//! The words about the quotations of a report.

use std::fmt::Write as _;

use super::count::count;
use crate::i18n::messages::{ChangeWords, CutLossWords, DressWords, PermalinkNotes, VerifyWords};

pub(super) static WORDS: VerifyWords = VerifyWords {
    lang: "en",
    report_title: "Quotations checked against the interviews",
    title_marks: ["“", "”"],
    comma: ", ",
    between_sentences: " ",
    word_marks: ["“", "”"],
    exact: "Exact.",
    also: |n| format!("The same is said in {} more.", count(n, "place")),
    dressed: |what| format!("Exact but for {what}."),
    dress: DressWords { script: "script", width: "width", case: "capitals", punctuation: "punctuation" },
    close: |what| format!("Close, with words that differ: {what}."),
    change: ChangeWords {
        negation: "a negation is changed",
        number: "a number is changed",
        name: "a name is changed",
        condition: "a but or an if is dropped or added",
        order: "words have changed places",
        words: "other words",
        left_out: "left out without a mark",
        added: "not in the source",
        notation: "the same number, written otherwise",
    },
    negation_dropped: "a negation is dropped",
    negation_added: "a negation is added",
    cut: |what| format!("The words are the source’s, but the cut loses {what}."),
    lost: CutLossWords {
        negation: "a negation",
        turn: "a turn (but, however)",
        condition: "a condition",
        question: "that it was a question",
    },
    spliced: |n| format!("Put together from {n} places."),
    other_speaker: |named, said_by| format!("Said by {said_by}, not by {named}."),
    unknown_speaker: |named| format!("No speaker in the library is called {named}."),
    said_by: |said_by| format!("This is said by {said_by}."),
    names_nobody: "The source does not name who says this.",
    only_asked: "Only an interviewer asked this; nobody answered it in these words.",
    withdrawn: "Withdrawn. These words may no longer be quoted, and are not shown here.",
    not_found: "Not found.",
    nothing_near: "Nothing in the library has more than a few of these words.",
    nearest: "The nearest passage",
    as_received: "These are the words as they were received; the source was damaged, and this is what it says restored.",
    may_ask: " (may be the interviewer)",
    linked: PermalinkNotes {
        other_words: "The permalink with it leads to other words.",
        changed: "The permalink with it leads to words that its source does not have any more.",
        gone: "The source of the permalink with it is not in the library.",
    },
    line: |n| format!("line {n}"),
    at: |number, line| format!("{number}. Line {line} of the report"),
    report_says: "The report",
    source_says: "The source",
    nothing: "(nothing)",
    read: "Read it in its source",
    none: "No quotation of at least eight characters or four words was found in this report.",
    summary: |hold, fail, too_short| {
        let all = hold + fail;
        let mut text = match (all, fail) {
            (0, _) => String::new(),
            (_, 0) => format!("{} checked: all of them hold.", count(all, "quotation")),
            (_, 1) => format!("{} checked: {hold} hold, 1 does not.", count(all, "quotation")),
            _ => format!("{} checked: {hold} hold, {fail} do not.", count(all, "quotation")),
        };
        if too_short > 0 {
            let short = count(too_short, "short one");
            let _ = write!(text, " {short} passed over, of less than eight characters or four words.");
        }
        text.trim_start().to_owned()
    },
    searched: |transcripts, questions, answers, not_yet| {
        let mut text = format!(
            "Searched: {}, {} and {}.",
            count(transcripts, "interview"),
            count(answers, "answer"),
            count(questions, "question")
        );
        if not_yet > 0 {
            let _ = write!(text, " {} cannot be searched yet.", count(not_yet, "more interview"));
        }
        text
    },
    short: "Verify",
    title: "Check quotations",
    intro: "Paste a report, or choose its file. Every quotation in it is looked for in the interviews, word for word, \
            and the words that differ are shown.",
    kept: "The report is looked at here and then forgotten: nothing of it is kept.",
    paste: "Text of the report",
    file: "or its file (Markdown, DOCX, HTML, text)",
    button: "Check",
    more: |n| format!("{n} more are not shown. On the command line, yuanhua verify tells all of them."),
};
