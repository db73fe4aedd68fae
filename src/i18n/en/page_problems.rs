//! The problems of pages: the reasons why a request gets no page of its own.

use crate::config::flags::HOST_NAME;
use crate::i18n::Notice;
use crate::i18n::messages::PageProblems;

pub(super) static WORDS: PageProblems = PageProblems {
    query_too_long: |limit| {
        Notice::new(
            "That question is too long",
            format!("A question may have {limit} characters at most. Shorten it and ask again."),
        )
    },
    conversation_too_long: Notice::fixed(
        "This conversation is too long",
        "An address holds 40 questions at most. Open an earlier part of it, or start a new chat.",
    ),
    bad_script: Notice::fixed("No such script", "The script is one of original, simplified and traditional."),
    bad_limit: |most| Notice::new("No such number of quotes", format!("The limit is a whole number from 1 to {most}.")),
    no_query: Notice::fixed("No question", "Give your question as the parameter q, e.g. /api/ask?q=AI."),
    unknown_source: Notice::fixed(
        "This source is not here",
        "It was removed from the library, or has changed since it was cited. Ask again to find what \
                       the present sources say.",
    ),
    bad_span: Notice::fixed(
        "This citation points nowhere",
        "Its span is not a stretch of whole characters of this transcript. Check that the link was \
                       copied whole.",
    ),
    nobodys_words: Notice::fixed(
        "This citation points at nobody’s words",
        "No one answer holds all of its span. Check that the link was copied whole.",
    ),
    withdrawn: Notice::fixed(
        "This was withdrawn",
        "The person who said it or provided it has withdrawn it. It can no longer be read or cited.",
    ),
    withheld: Notice::fixed(
        "Not shown as received",
        "Someone in this interview has a pseudonym or has withdrawn. The text as received would reveal them. The file itself is unchanged.",
    ),
    not_our_name: |host| {
        Notice::new(
            "Not an address of this program",
            format!(
                "It answers to localhost and to numeric addresses, not to “{host}”, so that no other site can read your interviews. If the name is yours, start the program with --{HOST_NAME} and the name."
            ),
        )
    },
    foreign: Notice::fixed(
        "This did not come from here",
        "Another site sent this form. Nothing was changed. Open the page of the interviews and try again.",
    ),
    too_large: |mib| {
        Notice::new(
            "That is too much at once",
            format!(
                "At most {mib} MiB can be uploaded at once. Add fewer files at a time, or put them into the data folder."
            ),
        )
    },
    bad_form: Notice::fixed(
        "Something is missing",
        "The form was not complete. Nothing was changed. Go back and try again.",
    ),
    bad_format: Notice::fixed(
        "No such format",
        "“as” is one of text, markdown, html, csv, docx and json; a single quote comes as one of the first three.",
    ),
    no_card: Notice::fixed(
        "Too long for a card",
        "These words are too long to be read on a picture. Quote less of them, or use the permalink.",
    ),
    bad_cursor: Notice::fixed(
        "Not the next page",
        "The cursor is of another call, or the library has changed since. Leave it out to begin again.",
    ),
    missing: Notice::fixed("Something is missing", "Give “permalink”, or “interview” with “question”."),
    bad_request: Notice::fixed(
        "Not the form that is documented",
        "The request is not of the form that /api describes. Mend it and send it again.",
    ),
    nothing_here: Notice::fixed("Nothing here", "There is no page at this address."),
    library: "This did not work",
    broken: Notice::fixed(
        "This did not work",
        "Something failed while the page was made. The log of the program says what. Ask again.",
    ),
    too_busy: |seconds| {
        Notice::new(
            "Too much at once",
            format!("Too many questions are waiting. Nothing is lost. Try again in {seconds} seconds."),
        )
    },
    too_slow: Notice::fixed(
        "It did not come in time",
        "The request did not arrive completely. Nothing was changed. Check the connection and send it again.",
    ),
    no_token: Notice::fixed(
        "Open the link with the token",
        "Only readers with the link that the program printed at its start can read these interviews. Ask the person who started it, and open that link once in this browser.",
    ),
    admitted: "Welcome",
    go_on: "Go on",
};
