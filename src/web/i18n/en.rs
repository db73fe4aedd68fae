//! The interface in English.

use super::message::Message;
use super::sentences::{list, sentence};
use super::{NAMED_INTERVIEWS, NAMED_QUESTIONS, ScoreWords, ScriptName, Spoken, Text};
use crate::search::quote::Caution;
use crate::web::problem::WebProblem;

/// English.
pub(crate) static EN: Text = Text {
    lang: "en",
    name: "Yuanhua",
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
    unclear: |error| sentence(&error.to_string()),
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

    read: &super::transcript::EN,
    library: &super::library::EN,
    coming: &super::pending::EN,
    keep: &super::collection::EN,
    desk: &super::desk::EN,
    people: &super::people::EN,
    turn: &super::turn::EN,
    evidence: &super::evidence::EN,
    saved: &super::saved::EN,
    tags: &super::tags::EN,
    disclosure: &super::disclosure::EN,
    verify: &super::verify::EN,
    serving: &super::serving::EN,

    problem: |problem| {
        match problem {
        WebProblem::QueryTooLong { limit } => Message {
            title: "That question is too long",
            sentence: format!("A question may have {limit} characters at most. Shorten it and ask again."),
        },
        WebProblem::ConversationTooLong => Message {
            title: "This conversation is too long",
            sentence: "An address holds 40 questions at most. Open an earlier part of it, or start a new chat.".into(),
        },
        WebProblem::BadScript => Message {
            title: "No such script",
            sentence: "The script is one of original, simplified and traditional.".into(),
        },
        WebProblem::BadLimit { most } => Message {
            title: "No such number of quotes",
            sentence: format!("The limit is a whole number from 1 to {most}."),
        },
        WebProblem::NoQuery => {
            Message { title: "No question", sentence: "Give your question as the parameter q, e.g. /api/ask?q=AI.".into() }
        }
        WebProblem::NotRead => (super::pending::EN.source)(),
        WebProblem::UnknownSource => Message {
            title: "This source is not here",
            sentence: "It was removed from the library, or has changed since it was cited. Ask again to find what \
                       the present sources say."
                .into(),
        },
        WebProblem::BadSpan => Message {
            title: "This citation points nowhere",
            sentence: "Its span is not a stretch of whole characters of this transcript. Check that the link was \
                       copied whole."
                .into(),
        },
        WebProblem::NobodysWords => Message {
            title: "This citation points at nobody’s words",
            sentence: "No one answer holds all of its span. Check that the link was copied whole.".into(),
        },
        WebProblem::Withdrawn => Message {
            title: "This was withdrawn",
            sentence: "The person who said it or provided it has withdrawn it. It can no longer be read or cited.".into(),
        },
        WebProblem::Withheld => Message {
            title: "Not shown as received",
            sentence: "Someone in this interview has a pseudonym or has withdrawn. The text as received would reveal them. The file itself is unchanged.".into(),
        },
        WebProblem::NotOurName { host } => Message {
            title: "Not an address of this program",
            sentence: format!("It answers to localhost and to numeric addresses, not to “{host}”, so that no other site can read your interviews. If the name is yours, start the program with --host-name and the name."),
        },
        WebProblem::Foreign => Message {
            title: "This did not come from here",
            sentence: "Another site sent this form. Nothing was changed. Open the page of the interviews and try again.".into(),
        },
        WebProblem::TooLarge { mib } => Message {
            title: "That is too much at once",
            sentence: format!("At most {mib} MiB can be uploaded at once. Add fewer files at a time, or put them into the data folder."),
        },
        WebProblem::BadForm => Message {
            title: "Something is missing",
            sentence: "The form was not complete. Nothing was changed. Go back and try again.".into(),
        },
        WebProblem::BadFormat => Message {
            title: "No such format",
            sentence: "“as” is one of text, markdown, html, csv, docx and json; a single quote comes as one of the first three.".into(),
        },
        WebProblem::NoCard => Message { title: "Too long for a card", sentence: "These words are too long to be read on a picture. Quote less of them, or use the permalink.".into() },
        WebProblem::BadCursor => Message { title: "Not the next page", sentence: "The cursor is of another call, or the library has changed since. Leave it out to begin again.".into() },
        WebProblem::Missing => Message { title: "Something is missing", sentence: "Give “permalink”, or “interview” with “question”.".into() },
        WebProblem::BadRequest => Message { title: "Not the form that is documented", sentence: "The request is not of the form that /api describes. Mend it and send it again.".into() },
        WebProblem::NothingHere => Message { title: "Nothing here", sentence: "There is no page at this address.".into() },
        WebProblem::Library(error) => Message { title: "This did not work", sentence: sentence(&error.to_string()) },
        WebProblem::NotServed(problem) => super::serving::en(problem),
        WebProblem::Broken => Message {
            title: "This did not work",
            sentence: "Something failed while the page was made. The log of the program says what. Ask again.".into(),
        },
    }
    },
    start_again: "Start again",
};

fn count(n: usize, thing: &str) -> String {
    if n == 1 { format!("1 {thing}") } else { format!("{n} {thing}s") }
}

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
