//! Finds clues in a text to who somebody is: names, numbers, addresses, employers, places. It works by rules and
//! dictionaries, in Chinese (both scripts) and English. Clues are shown with the text around them. They are replaced on
//! request, and a replacement is always visible. This module is pure. It promises no anonymity: the report says what it
//! cannot see.
//!
//! | file | why |
//! |---|---|
//! | `reading` | a text in one script and width, with the way back to the original |
//! | `clue` | a clue and its kind |
//! | `numbers` | phone and ID numbers, cards, plates, e-mail addresses and accounts, with checksums |
//! | `people` | names of people |
//! | `places` | addresses, employers, places |
//! | `lists` | the dictionaries |
//! | `replace` | replacements, for every form of a name |

mod clue;
mod lists;
mod numbers;
mod people;
mod places;
mod reading;
mod replace;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use crate::text::ranges::overlap;
pub use clue::{Clue, ClueKind};
use reading::Reading;
pub use replace::{Replacements, suggested};

/// Returns all clues of a text in order, without overlaps. `known` holds names of people that are known.
pub fn clues(text: &str, known: &[String]) -> Vec<Clue> {
    let reading = Reading::new(text);
    let mut found = numbers::find(&reading);
    found.extend(places::find(&reading));
    found.extend(people::find(&reading, known));
    // Where two clues overlap, the kind with the surer form is kept. An e-mail address wins over a name in it.
    found.sort_by_key(|clue| (precedence(clue.kind), clue.range.start, std::cmp::Reverse(clue.range.end)));
    let mut kept: Vec<Clue> = Vec::new();
    for clue in found {
        if !clue.range.is_empty() && !kept.iter().any(|one| overlap(&one.range, &clue.range)) {
            kept.push(clue);
        }
    }
    for clue in &mut kept {
        clue.range = reading.source(&clue.range);
    }
    kept.sort_by_key(|clue| clue.range.start);
    kept
}

fn precedence(kind: ClueKind) -> u8 {
    match kind {
        ClueKind::Email => 0,
        ClueKind::IdNumber => 1,
        ClueKind::Account => 2,
        ClueKind::Phone => 3,
        ClueKind::Card => 4,
        ClueKind::Plate => 5,
        ClueKind::Address => 6,
        ClueKind::Employer => 7,
        ClueKind::Name => 8,
        ClueKind::Place => 9,
    }
}

/// All places in the texts that have the same words.
#[derive(Debug, Clone, Serialize)]
pub struct ClueGroup {
    /// The kind of the words.
    pub kind: ClueKind,
    /// The words as written at their first place.
    pub words: String,
    /// Whether a checksum or a list confirms it. Otherwise only the form of the words suggests it.
    pub sure: bool,
    /// The number of places in the texts.
    pub count: usize,
    /// The text around the first few places.
    pub contexts: Vec<Context>,
}

/// Words with the text around them.
#[derive(Debug, Clone, Serialize)]
pub struct Context {
    /// The text before the words.
    pub before: String,
    /// The words.
    pub words: String,
    /// The text after the words.
    pub after: String,
}

/// The most contexts shown for one group.
const MAX_CONTEXTS: usize = 3;
/// The number of characters shown before and after.
const CONTEXT_CHARS: usize = 18;

/// Returns the clues of several texts. Equal words form one group. Groups are sorted by kind, then by their first place
/// in the texts.
pub fn groups<'a>(texts: impl Iterator<Item = &'a str>, known: &[String]) -> Vec<ClueGroup> {
    let texts: Vec<&str> = texts.collect();
    // A full name that was found is known from then on, even if only a part of it appears.
    let mut known: BTreeSet<String> = known.iter().cloned().collect();
    for text in &texts {
        let names = clues(text, &[]).into_iter().filter(|clue| clue.kind == ClueKind::Name);
        known.extend(names.filter_map(|clue| text.get(clue.range)).filter(|name| is_full(name)).map(str::to_owned));
    }
    let known: Vec<String> = known.into_iter().collect();
    let mut found: Vec<ClueGroup> = Vec::new();
    let mut numbers: BTreeMap<(ClueKind, String), usize> = BTreeMap::new();
    for text in texts {
        for clue in clues(text, &known) {
            let words = text.get(clue.range.clone()).unwrap_or_default();
            let number = *numbers.entry((clue.kind, Reading::new(words).text().to_lowercase())).or_insert_with(|| {
                let words = words.to_owned();
                found.push(ClueGroup { kind: clue.kind, words, sure: false, count: 0, contexts: Vec::new() });
                found.len() - 1
            });
            let group = &mut found[number];
            group.count += 1;
            group.sure |= clue.sure;
            if group.contexts.len() < MAX_CONTEXTS {
                group.contexts.push(context(text, &clue.range));
            }
        }
    }
    found.sort_by_key(|group| group.kind);
    found
}

/// Returns whether a name has a surname and a given name.
fn is_full(name: &str) -> bool {
    let title = crate::text::names::surname_with_title(Reading::new(name).text()).is_some();
    !title && (name.trim().contains(' ') || name.chars().count() >= 3)
}

fn context(text: &str, range: &Range<usize>) -> Context {
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let before: Vec<char> = text[..range.start].chars().rev().take(CONTEXT_CHARS).collect();
    let cut = text[..range.start].chars().count() > CONTEXT_CHARS;
    let before: String = cut.then_some('…').into_iter().chain(before.into_iter().rev()).collect();
    let mut after: String = text[range.end..].chars().take(CONTEXT_CHARS).collect();
    if text[range.end..].chars().count() > CONTEXT_CHARS {
        after.push('…');
    }
    Context { before: one_line(before), words: text[range.clone()].to_owned(), after: one_line(after) }
}
