//! The words around a table of evidence.

use crate::i18n::messages::EvidenceWords;

pub(super) static WORDS: EvidenceWords = EvidenceWords {
    of_people: |speaking, asked| format!("{speaking} of {asked} who were asked"),
    of_answers: |speaking, answers| match answers {
        1 => format!("{speaking} of 1 answer"),
        _ => format!("{speaking} of {answers} answers"),
    },
    show_all: |n| format!("Show all {n}"),
    show_most: |shown, of| format!("Show {shown} of {of}"),
    open_all: "Open all",
    close_all: "Close all",
    whether: "Whether an answer is a yes or a no is not judged: read the marked clause.",
    side_by_side: |first, second| format!("What they say of “{first}” and of “{second}”"),
    answer: "Answer",
    not_told: "nothing of it alone",
    contrast_not_judged: "Each column holds the words about one side. Whether they differ is not judged.",
    silent_questions: |n| match n {
        1 => "1 more question, under which nobody speaks to this".to_owned(),
        n => format!("{n} more questions, under which nobody speaks to this"),
    },
    answers: "Answers",
};
