//! The words around a reply: progress, numbered quotes and their surroundings, the strip, the map, the filters.

use crate::search::query::FilterKind;

/// The words around a reply: progress, numbered quotes and their surroundings, the strip, the map, the filters.
#[derive(Debug)]
pub(crate) struct TurnWords {
    // While a query runs.
    pub(crate) searching: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) failed: &'static str,
    pub(crate) again: &'static str,

    // Numbered quotes.
    pub(crate) quote: fn(number: usize, label: &str) -> String,
    pub(crate) before: &'static str,
    pub(crate) after: &'static str,
    pub(crate) goes_on: &'static str,
    /// Restored words with the received ones, for screen readers.
    pub(crate) restored: fn(words: &str, told: &str) -> String,

    // Beside the verdict.
    /// The number of answers that use a word literally.
    pub(crate) mention: fn(word: &str, answers: usize) -> String,
    pub(crate) more_places: fn(usize) -> String,
    pub(crate) only_by: fn(names: &str) -> String,
    pub(crate) all_but: fn(names: &str) -> String,
    /// A name that nobody has. `near` lists names that are nearly the same, or is empty.
    pub(crate) nobody_called: fn(name: &str, near: &str) -> String,
    /// The query that was searched in place of one with a slip.
    pub(crate) searched_instead: fn(query: &str) -> String,
    pub(crate) stance: &'static str,
    /// Shown with a query for those who do not do something.
    pub(crate) negation: &'static str,

    // The places of the quotes of a turn in a source.
    pub(crate) hits: &'static str,
    pub(crate) previous: &'static str,
    pub(crate) next: &'static str,

    // The map of the answers.
    pub(crate) map: &'static str,
    pub(crate) speaks: fn(speaking: usize, answers: usize) -> String,
    pub(crate) question: &'static str,
    pub(crate) cell: fn(label: &str, percent: u8, words: &str) -> String,
    pub(crate) silent: &'static str,
    pub(crate) nobody_under: fn(labels: &str) -> String,
    pub(crate) silent_are: fn(names: &str) -> String,
    pub(crate) unmapped: fn(answers: usize) -> String,

    // Filters.
    pub(crate) filters: &'static str,
    pub(crate) only_in: &'static str,
    pub(crate) only_who: &'static str,
    pub(crate) only_question: &'static str,
    pub(crate) any: &'static str,
    pub(crate) filters_hint: &'static str,
    pub(crate) by: fn(by: FilterKind, value: &str, not: bool) -> String,
    pub(crate) without_filter: fn(&str) -> String,
    pub(crate) comma: &'static str,
}
