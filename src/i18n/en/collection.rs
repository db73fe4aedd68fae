//! The words for copying, keeping and exporting quotes.

use crate::i18n::messages::CollectionWords;

pub(super) static WORDS: CollectionWords = CollectionWords {
    copy: "Copy",
    kinds: ["Plain text", "Markdown", "Formatted (HTML)"],
    copied: "Copied",
    copy_failed: "The browser did not let this be copied. It opens here instead, to copy by hand:",
    permalink: "Permalink",
    here: "This is what the source says.",
    elsewhere: "The source that was cited has changed or is gone. The same words are said here now; check who says them.",
    changed: "The source has changed since it was cited. These words are not in it any more.",
    unsaid: "The source is here, but no answer in it says these words. The link may have been altered, or the interview \
             is read differently now.",
    withdrawn: "This was withdrawn. It can no longer be read or cited.",
    gone: "The source of this quote is not in the library, in any version.",
    no_permalink: "This is not the address of a quote. Check that the link was copied whole.",
    read_source: "Read the source as it is now",
    star: "Keep in the collection",
    not_kept: "The browser does not let anything be kept here.",
    collection: "Collection",
    kept_note: "Only the addresses are kept, and only in this browser. The words come from the sources each time.",
    empty: "Nothing is kept yet. Ask, and press the star on a quote.",
    needs_script: "Keeping needs JavaScript. Without it, keep the permalinks of quotes.",
    missing: |n| {
        if n == 1 {
            "1 quote cannot be shown any more.".into()
        } else {
            format!("{n} quotes cannot be shown any more.")
        }
    },
    up: "Move up",
    down: "Move down",
    moved: "Now at place #",
    export: "Export",
    conversation: |query| format!("Quotes: {query}"),
};
