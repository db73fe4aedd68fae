//! The words about what could reveal who somebody is.

use crate::i18n::messages::{ClueNames, DisclosureWords};

pub(super) static WORDS: DisclosureWords = DisclosureWords {
    kinds: ClueNames {
        name: "name",
        phone: "phone number",
        id_number: "ID number",
        card: "bank card",
        email: "e-mail address",
        account: "account",
        plate: "number plate",
        address: "address",
        employer: "employer or school",
        place: "place",
    },
    none: "Nothing was found that these rules know.",
    found: |n| format!("{n} found that could tell who somebody is."),
    unseen: "This is found by rules and word lists. They do not see who can be known by what they tell, by a rare job or an unusual story, \
             by a nickname, a voice or a photo, nor names that are written like common words. Somebody who knows the people should read it too.",
    perhaps: "perhaps",
    times: |n| if n == 1 { "once".to_owned() } else { format!("{n} times") },
    interviewee: "Interviewee",
    person: "Person",
    employer: "Employer",
    place: "Place",
    ordinal: letter,
    check: "Check for identities first",
    title: "Before you export: who can be recognised?",
    intro: "What stands in a field replaces the words everywhere, in every form of a name, in square brackets. Empty a field to leave \
            the words as they are. Permalinks still lead to the unchanged words, for whoever can open this library.",
    replace_by: |words| format!("Replace “{words}” by"),
    format: "Format",
    button: "Export with these replacements",
};

/// Returns `A`, `B` … and then numbers.
fn letter(number: usize) -> String {
    let letter = u8::try_from(number)
        .ok()
        .filter(|number| (1..=26).contains(number))
        .map(|number| char::from(b'A' + number - 1));
    letter.map_or_else(|| format!(" {number}"), |letter| format!(" {letter}"))
}
