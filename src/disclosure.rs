//! What in a text could tell who somebody is: names, numbers, addresses, employers, places. Found by rules
//! and dictionaries, in Chinese (both scripts) and English; shown with what stands around it, and
//! replaced on request, always visibly. Pure. It promises no anonymity: [`DisclosurePhrases::unseen`] says what
//! it cannot see.
//!
//! | file | why |
//! |---|---|
//! | `reading` | a text in one script and width, with the way back |
//! | `numbers` | phone and ID numbers, cards, plates, mail, accounts; checksums |
//! | `people` | names of people |
//! | `places` | addresses, employers, places |
//! | `lists` | the dictionaries |
//! | `replace` | replacements, in every form that a name takes |
//! | `words` | what is told, in three languages |

mod lists;
mod numbers;
mod people;
mod places;
mod reading;
mod replace;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::Serialize;

use reading::Reading;
pub use replace::{Replacements, suggested};
pub use words::{DisclosurePhrases, EN, ZH_HANS, ZH_HANT};

/// What a clue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClueKind {
    /// Of a person.
    Name,
    /// Of a telephone.
    Phone,
    /// Of an identity card, a passport, a social security.
    IdNumber,
    /// Of a bank card.
    Card,
    /// Of mail.
    Email,
    /// Of a chat or social network.
    Account,
    /// Of a car.
    Plate,
    /// A street, a house, a flat.
    Address,
    /// A company, school, hospital.
    Employer,
    /// A town, county, province.
    Place,
}

/// Words that could tell who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// What they are.
    pub kind: ClueKind,
    /// Bytes of the text.
    pub range: Range<usize>,
    /// Whether a checksum or a list says so; else only how it is written does.
    pub sure: bool,
}

/// All clues of a text, in their order, none within another. `known`: names of people that are known.
pub fn clues(text: &str, known: &[String]) -> Vec<Clue> {
    let reading = Reading::new(text);
    let mut found = numbers::find(&reading);
    found.extend(places::find(&reading));
    found.extend(people::find(&reading, known));
    // What is surer of its own form is kept where two overlap: mail before names in it.
    found.sort_by_key(|clue| (precedence(clue.kind), clue.range.start, std::cmp::Reverse(clue.range.end)));
    let mut kept: Vec<Clue> = Vec::new();
    for clue in found {
        if !clue.range.is_empty()
            && !kept.iter().any(|one| one.range.start < clue.range.end && clue.range.start < one.range.end)
        {
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

/// The same words wherever they stand.
#[derive(Debug, Clone, Serialize)]
pub struct ClueGroup {
    /// What they are.
    pub kind: ClueKind,
    /// The words, as they stand first.
    pub words: String,
    /// Whether a checksum or a list says so; else only how it is written does.
    pub sure: bool,
    /// How often they stand in the texts.
    pub count: usize,
    /// What stands around the first few.
    pub contexts: Vec<Context>,
}

/// Words with what stands around them.
#[derive(Debug, Clone, Serialize)]
pub struct Context {
    /// Before them.
    pub before: String,
    /// The words.
    pub words: String,
    /// After them.
    pub after: String,
}

/// Contexts that are shown of the same words.
const SHOWN: usize = 3;
/// Characters before and after.
const AROUND: usize = 18;

/// The clues of several texts, the same words together, by kind and in the order of the texts.
pub fn groups<'a>(texts: impl Iterator<Item = &'a str>, known: &[String]) -> Vec<ClueGroup> {
    let texts: Vec<&str> = texts.collect();
    // A full name once found is known wherever a part of it stands alone.
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
            if group.contexts.len() < SHOWN {
                group.contexts.push(context(text, &clue.range));
            }
        }
    }
    found.sort_by_key(|group| group.kind);
    found
}

/// Whether a name has a surname and a given name.
fn is_full(name: &str) -> bool {
    let title = crate::text::names::surname_with_title(Reading::new(name).text()).is_some();
    !title && (name.trim().contains(' ') || name.chars().count() >= 3)
}

fn context(text: &str, range: &Range<usize>) -> Context {
    let one_line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let before: Vec<char> = text[..range.start].chars().rev().take(AROUND).collect();
    let cut = text[..range.start].chars().count() > AROUND;
    let before: String = cut.then_some('…').into_iter().chain(before.into_iter().rev()).collect();
    let mut after: String = text[range.end..].chars().take(AROUND).collect();
    if text[range.end..].chars().count() > AROUND {
        after.push('…');
    }
    Context { before: one_line(before), words: text[range.clone()].to_owned(), after: one_line(after) }
}
