//! Replaces words that could tell who somebody is. One name gets the same replacement everywhere, in every form. A
//! replacement stands in square brackets, as editors mark their own words. So nobody takes it for what was said.

use std::ops::Range;

use super::ClueGroup;
use super::clue::ClueKind;
use super::people::forms;
use super::reading::Reading;
use crate::i18n::DisclosureWords;
use crate::text::names;
use crate::text::ranges::overlap;
use crate::text::segment::is_chinese;

/// Words and their replacements.
#[derive(Debug, Clone, Default)]
pub struct Replacements {
    /// The forms as the rules read a text, and their replacements. The longest form comes first.
    forms: Vec<(String, String)>,
}

impl Replacements {
    /// Makes replacements from pairs of words and replacement. An empty replacement leaves the words as they are.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let wanted: Vec<&(String, String)> =
            pairs.iter().filter(|(words, with)| !words.trim().is_empty() && !with.trim().is_empty()).collect();
        let mut all: Vec<(String, String)> = Vec::new();
        let mut add = |form: String, with: &str| {
            if !all.iter().any(|(known, _)| *known == form) {
                all.push((form, with.trim().to_owned()));
            }
        };
        // Forms that somebody entered come before forms that are derived from them.
        for (words, with) in &wanted {
            add(Reading::new(words.trim()).text().to_owned(), with);
        }
        for (words, with) in &wanted {
            for form in forms(words) {
                add(form, with);
            }
        }
        let surnames: Vec<Option<String>> = wanted.iter().map(|(words, _)| surname(words)).collect();
        for ((_, with), surname) in wanted.iter().zip(&surnames) {
            // 老张 stands for 张三 only if no other name here has this surname.
            let alike = |other: &Option<String>| other.is_some() && other == surname;
            let Some(own) = surname.as_ref().filter(|_| surnames.iter().filter(|other| alike(other)).count() == 1)
            else {
                continue;
            };
            for before in ["老", "小", "阿"] {
                add(format!("{before}{own}"), with);
            }
            for title in names::TITLES.split_whitespace() {
                add(format!("{own}{title}"), with);
            }
        }
        all.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
        Self { forms: all }
    }

    /// Returns whether there is nothing to replace.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Returns the text with replacements in square brackets, or `None` if nothing was replaced.
    pub fn apply(&self, text: &str) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let reading = Reading::new(text);
        let mut found: Vec<(Range<usize>, &str)> = Vec::new();
        for (form, with) in &self.forms {
            let lower = form.to_lowercase();
            let haystack = if lower == *form { reading.text().to_owned() } else { reading.text().to_lowercase() };
            // Lower case may change the length. Then the form is searched as written.
            let (haystack, needle) = if haystack.len() == reading.text().len() {
                (haystack, lower)
            } else {
                (reading.text().to_owned(), form.clone())
            };
            for (at, _) in haystack.match_indices(&needle) {
                let range = at..at + needle.len();
                let taken = found.iter().any(|(one, _)| overlap(one, &range));
                if !taken && is_whole(reading.text(), &range) {
                    found.push((range, with));
                }
            }
        }
        if found.is_empty() {
            return None;
        }
        found.sort_by_key(|(range, _)| range.start);
        let mut replaced = String::with_capacity(text.len());
        let mut at = 0;
        for (range, with) in found {
            let source = reading.source(&range);
            replaced.push_str(text.get(at..source.start.max(at)).unwrap_or_default());
            replaced.extend(["[", with, "]"]);
            at = source.end.max(at);
        }
        replaced.push_str(text.get(at..).unwrap_or_default());
        Some(replaced)
    }
}

fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        let of_word = |c: char| c.is_alphanumeric() && !is_chinese(c);
        inside.is_some_and(of_word) && outside.is_some_and(of_word)
    };
    let words = &text[range.clone()];
    !joins(words.chars().next(), text[..range.start].chars().next_back())
        && !joins(words.chars().next_back(), text[range.end..].chars().next())
}

/// Returns the surname of a full Chinese name.
fn surname(name: &str) -> Option<String> {
    let reading = Reading::new(name.trim());
    let own = reading.text();
    let length = own.chars().count();
    let surname = names::surname_of(own).filter(|_| own.chars().all(is_chinese) && (2..=4).contains(&length))?;
    (!own[surname..].is_empty() && names::surname_with_title(own).is_none()).then(|| own[..surname].to_owned())
}

/// Returns a suggested replacement for each group. All forms of one name get the same. `interviewees` holds the names
/// of the interviewees.
pub fn suggested(groups: &[ClueGroup], interviewees: &[String], words: &DisclosureWords) -> Vec<String> {
    let mut given: Vec<(ClueKind, String, String)> = Vec::new();
    let mut counts = [0_usize; 4];
    let known: Vec<String> = interviewees.iter().flat_map(|name| forms(name)).collect();
    // Full names come before short forms.
    let mut order: Vec<usize> = (0..groups.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(surname(&groups[*at].words).is_some()));
    let mut suggestions = vec![String::new(); groups.len()];
    for at in order {
        let group = &groups[at];
        let reading = Reading::new(&group.words);
        let same = given.iter().find(|(kind, name, _)| *kind == group.kind && is_form_of(reading.text(), name, &given));
        let suggestion = if let Some((_, _, suggestion)) = same {
            suggestion.clone()
        } else {
            let asked = known.iter().any(|form| form == reading.text());
            let numbered = match group.kind {
                ClueKind::Name if asked => Some((0, words.interviewee)),
                ClueKind::Name => Some((1, words.person)),
                ClueKind::Employer => Some((2, words.employer)),
                ClueKind::Place => Some((3, words.place)),
                _ => None,
            };
            if let Some((row, called)) = numbered {
                counts[row] += 1;
                format!("{called}{}", (words.ordinal)(counts[row]))
            } else {
                group.kind.name(words).to_owned()
            }
        };
        given.push((group.kind, reading.text().to_owned(), suggestion.clone()));
        suggestions[at] = suggestion;
    }
    suggestions
}

/// Returns whether `short` is a short form of the full name, and of no other full name.
fn is_form_of(short: &str, name: &str, given: &[(ClueKind, String, String)]) -> bool {
    if short == name || forms(name).iter().any(|form| form == short) {
        return true;
    }
    let Some(own) = surname(name) else { return false };
    let full = given
        .iter()
        .filter(|(kind, other, _)| *kind == ClueKind::Name && surname(other).as_ref() == Some(&own))
        .count();
    full == 1 && names::surname_with_title(short).is_some_and(|range| range.start == 0) && short.contains(&own)
}
