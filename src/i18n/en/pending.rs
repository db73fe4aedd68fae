//! The words for interviews that are not ready or not read closely, and for an empty library. In these cases, the page
//! cannot claim that nobody said it.

use crate::i18n::Notice;
use crate::i18n::messages::PendingWords;
use crate::i18n::numbers::thousands;

pub(super) static WORDS: PendingWords = PendingWords {
    note: |n| {
        if n == 1 {
            "1 interview is still being read. Its words cannot be found yet.".into()
        } else {
            format!("{n} interviews are still being read. Their words cannot be found yet.")
        }
    },
    not_said: "Nobody said it in the interviews that are read so far.",
    related: "Nobody said this in the interviews that are read so far. The nearest words are only related.",
    closely: |read| {
        let (closely, passages) = (thousands(read.closely), thousands(read.passages));
        format!(
            "{closely} of {passages} passages are read closely. Until then, answers are found by their words and rough meaning."
        )
    },
    not_found: "Nobody who said it was found yet. Not every passage is read closely.",
    only_related: "Nobody who said this was found yet. The nearest words are only related, and not every passage is read closely.",
    all_closely: "All passages are read closely now.",
    nothing: "There are no interviews here yet.",
    ask_again: "Ask again",
    source: Notice::fixed(
        "Not read yet",
        "Some interviews are still being read, and this source may be one of them. Try again in a moment.",
    ),
    quote: "Some interviews are still being read, and the source of this quote may be one of them. Try again in a moment.",
};
