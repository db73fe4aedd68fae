//! The words of the pages of tags and of quote cards.

use super::count::count;
use crate::i18n::messages::TagWords;
use crate::library::TagColour;

pub(super) static WORDS: TagWords = TagWords {
    title: "Tags",
    intro: "Your tags on quotes, and your notes. Only addresses of quotes are kept with them, no words of anybody. \
            What is withdrawn loses its tags.",
    none: "Nothing is tagged yet. Press “Tag” on a quote, or select words in an interview.",
    tag: "Tag",
    tagged: "Tags:",
    quotes: |n| count(n, "quote"),
    untagged: "Only a note",
    by_person: "Tags by interviewee",
    unnamed: "Not named",
    cell: |tag, who, quotes| format!("{tag}, {who}: {quotes}"),
    only: |who| format!("Only {who}"),
    all: "All quotes with this tag",
    more: "More",
    unknown: "There is no such tag.",
    export: "Save as",
    edit: "Tags and note of this quote",
    new: "New tag",
    note: "Note, in your own words",
    save: "Save",
    remove: "Remove tags and note",
    closed: "This library cannot be changed, so nothing can be tagged.",
    change: "Change this tag",
    name: "Name",
    colour: "Colour",
    colours: |colour| match colour {
        TagColour::Red => "red",
        TagColour::Orange => "orange",
        TagColour::Yellow => "yellow",
        TagColour::Green => "green",
        TagColour::Teal => "teal",
        TagColour::Blue => "blue",
        TagColour::Purple => "purple",
        TagColour::Grey => "grey",
    },
    delete: |tag| format!("Delete the tag “{tag}”"),
    delete_note: "Its quotes keep their other tags and their notes.",
    columns: ["Tag", "Note", "Quote", "Interviewee", "Question", "Answer", "Interview", "Permalink", "Day"],
    card: "Card",
    no_card: "These words are too long for a card.",
};
