//! The sentences in English.

mod collection;
pub(crate) mod count;
mod desk;
mod disclosure;
mod errors;
mod evidence;
mod export;
mod library;
mod page_problems;
mod pending;
mod people;
mod saved;
mod tags;
mod transcript;
mod turn;
mod verdict;
mod verify;

use crate::i18n::messages::{Messages, NAMED_INTERVIEWS, NAMED_QUESTIONS, ScoreWords, ScriptName, Spoken};
use crate::i18n::sentences::list;
use crate::search::quote::Caution;
use count::count;

pub(super) static MESSAGES: Messages = Messages {
    lang: "en",
    locale: "en",
    own_name: "English",
    distinct_subtags: &[],
    chinese_script: None,

    name: "Yuanhua",
    latin_name: Some("Yuanhua"),
    tagline: "Ask your interviews. Get their very words.",
    promise: "Every quote is word for word, with its source. Nothing is summarised, nothing is made up.",
    skip: "Skip to the question box",

    ask_label: "Your question",
    placeholder: "Ask in your own words …",
    send: "Ask",
    asked_in_interview: "Asked in the interview",
    size: |questions, answers| format!("{}, {}", count(questions, "question"), count(answers, "answer")),
    more_interviews: |n| format!("and {n} more, all of which are searched"),
    conversation: "Conversation",

    script: "Chinese script",
    scripts: [
        ScriptName { sign: "原", name: "Original script" },
        ScriptName { sign: "简", name: "Simplified Chinese" },
        ScriptName { sign: "繁", name: "Traditional Chinese" },
    ],

    said: |speaking, answers, places| {
        let speak = if speaking == 1 { "speaks" } else { "speak" };
        format!("{speaking} of {} {speak} to this, {}", count(answers, "answer"), under(places))
    },
    carried: "Carried over from before",
    read_as: |read| format!("Read as: {read}"),
    take_back: |what| format!("Do not carry over: {what}"),
    but_those_shown: "without the answers already shown",
    nobody_else: "No other answer speaks to this.",
    also_in: "The same words also in",
    listed: |listed, answers, places| match listed {
        n if n == answers => format!("{}, {}", count(answers, "answer"), under(places)),
        n => format!(
            "{n} of {} {} this, {}",
            count(answers, "answer"),
            if n == 1 { "matches" } else { "match" },
            under(places)
        ),
    },
    nothing_listed: "No answer matches this.",
    related: "Nobody said this. The nearest words are only related.",
    not_said: "This was asked about, but nobody said it.",
    never_asked: "Nobody was asked about this, and nobody said it.",
    try_other_words: "Try other words, or ask what the interviewer asked:",
    only_best: |shown| format!("The {shown} that fit best are shown."),
    score: ScoreWords {
        almost_certain: "Almost certainly on point",
        very_likely: "Very likely on point",
        likely: "Likely on point",
        related: "Only related",
    },
    read_in_context: "Read in context",
    line: |n| format!("line {n}"),
    as_received: "As received",

    back: "Back to the reply",
    ask_this: "Ask this interview",
    questions: "Questions",
    answers: |n| count(n, "answer"),
    cited_here: "The cited words are highlighted.",
    whole_as_received: "Text as received",
    restorations: |restored, uncertain| match uncertain {
        0 => format!("{restored} restored"),
        _ => format!("{restored} restored, {uncertain} uncertain"),
    },
    restorations_note: "The file reached us damaged here. A restoration is shown only when damaging it again gives \
                        exactly the received text. Where another wording would too, it is marked uncertain.",
    restoration_columns: ["Line", "Received", "Shown as", "Proof"],
    proved: "proved",
    uncertain: "uncertain",
    received_as: |received| format!("Received as: {received}"),
    likeliest_for: |received| format!("The likeliest wording, not certain. Received as: {received}"),
    looks_damaged: "Looks damaged; left as received",
    caution: "Some of this was damaged on its way here and its wording is not certain. Compare it with the text as received.",
    cautioned: |caution| match caution {
        Caution::GoesOnWithTurn => "It goes on with a “but”. Read on in context.",
        Caution::GoesOnWithNegation => "The next sentence denies something. Read on in context.",
        Caution::GoesOnWithCondition => "The next sentence sets a condition. Read on in context.",
        Caution::EndsWithQuestion => "It ends with a question. What follows may answer it; read on in context.",
        Caution::BeginsWithTurn => "It begins with a “but”. Read in context what was said before.",
        Caution::BeginsUnresolved => "Its first word refers to something before it. Read it in context.",
        Caution::ConditionBefore => "It depends on a condition named before. Read it in context.",
    },

    start_again: "Start again",

    collection: &collection::WORDS,
    desk: &desk::WORDS,
    disclosure: &disclosure::WORDS,
    errors: &errors::WORDS,
    evidence: &evidence::WORDS,
    export: &export::WORDS,
    library: &library::WORDS,
    page_problems: &page_problems::WORDS,
    pending: &pending::WORDS,
    people: &people::WORDS,
    saved: &saved::WORDS,
    tags: &tags::WORDS,
    transcript: &transcript::WORDS,
    turn: &turn::WORDS,
    verdict: &verdict::WORDS,
    verify: &verify::WORDS,
};

fn under(places: &[Spoken]) -> String {
    let labels = |spoken: &Spoken| match spoken.labels.len() {
        n if n > NAMED_QUESTIONS => count(n, "question"),
        _ => list(&spoken.labels, ", ", " and "),
    };
    match places {
        [Spoken { title: None, .. }] => format!("under {}", labels(&places[0])),
        _ if places.len() > NAMED_INTERVIEWS => format!("in {}", count(places.len(), "interview")),
        _ => {
            let named: Vec<String> = places
                .iter()
                .map(|spoken| format!("“{}” ({})", spoken.title.as_deref().unwrap_or_default(), labels(spoken)))
                .collect();
            format!("in {}", list(&named, ", ", " and "))
        }
    }
}
