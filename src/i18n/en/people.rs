//! The words of the pages of people.

use super::count::count;
use crate::i18n::messages::PeopleWords;

pub(super) static WORDS: PeopleWords = PeopleWords {
    title: "People",
    note: "Interviewees whom the transcripts name. One name is taken for one person.",
    nobody: "No transcript names its interviewees. A1 under one question is not necessarily A1 under another, so no answers are put together.",
    how: "Type what you know of people on the page of the interviews, or put a file people.csv beside the transcripts: a column of names, then one for each attribute, such as role, age group, region or alias.",
    unknown: "No interviewee has this name here.",
    question: "Count who speaks to something",
    count: "Count",
    by: |attribute| format!("By {attribute}"),
    not_told: "not told",
    said_most: "What they said most about",
    asked: "What they were asked, and said",
    asked_and_said: |questions, answers, interviews| {
        format!("{}, {}, in {}", count(questions, "question"), count(answers, "answer"), count(interviews, "interview"))
    },
    ask_only: |who| format!("Ask only {who}"),
    only_them: "Ask only them",
    who_speaks: |query, speaking, people| format!("“{query}”: {speaking} of {people} named interviewees speak to this"),
    columns: ["attribute", "value", "people", "people who speak to it", "answers that speak to it"],
    of: |speaking, people| format!("{speaking} of {people}"),
    as_csv: "Save as CSV",
    by_attribute: "Who speaks to this, by attribute",
    all: "all",
};
