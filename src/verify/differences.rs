//! Finds how the words of a quotation differ from the source: what was changed, left out or added, in whole words, and
//! which difference changes the meaning most. Likeness is never given as a number.

use std::ops::Range;

use serde::Serialize;

use super::align::Step;
use super::naming::People;
use super::units::{Unit, folded, plain};
use super::wording;
use crate::text::numerals::numbers;
use crate::text::segment::{JIEBA, cut, is_chinese};

/// The effect of a difference on the words. The gravest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WordChange {
    /// A negation is dropped or added: 不, 没, not …
    Negation,
    /// A number differs, or is dropped or added.
    Number,
    /// A name differs, or is dropped or added.
    Name,
    /// A turn or condition is dropped or added: 但是, 如果, but, if …
    Condition,
    /// Words have changed places.
    Order,
    /// Other words differ.
    Words,
    /// The quotation leaves words out.
    LeftOut,
    /// The quotation has words that the source does not have.
    Added,
    /// The same number is written in another way.
    Notation,
}

/// A difference between quotation and source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Difference {
    /// Its effect.
    pub(super) change: WordChange,
    /// The byte range in the quotation. It is empty if the quotation lacks the words.
    pub(super) quoted: Range<usize>,
    /// The byte range in the source's text. It is empty if the source lacks the words.
    pub(super) source: Range<usize>,
}

/// A text with its units.
pub(super) struct ComparedText<'a> {
    /// The text that the units belong to.
    pub(super) text: &'a str,
    pub(super) units: &'a [Unit],
}

impl ComparedText<'_> {
    /// Returns the byte range of some units. For no units, it is the place before the next one.
    fn range(&self, units: &Range<usize>) -> Range<usize> {
        match (self.units.get(units.start), units.end.checked_sub(1).and_then(|last| self.units.get(last))) {
            (Some(first), Some(last)) if units.start < units.end => first.range().start..last.range().end,
            (Some(next), _) => next.range().start..next.range().start,
            (None, _) => {
                let end = self.units.last().map_or(0, |last| last.range().end);
                end..end
            }
        }
    }

    fn words(&self, units: &Range<usize>) -> &str {
        self.text.get(self.range(units)).unwrap_or_default()
    }

    /// Returns the number of the word for each unit.
    fn words_of(&self) -> Vec<usize> {
        let (Some(first), Some(last)) = (self.units.first(), self.units.last()) else { return Vec::new() };
        let base = first.range().start;
        let Some(text) = self.text.get(base..last.range().end) else { return Vec::new() };
        let simple = plain(text);
        let starts: Vec<usize> = text.char_indices().map(|(at, _)| base + at).collect();
        // The number of characters is the same as before, but the bytes may differ.
        let mut characters = 0;
        let mut words: Vec<usize> = Vec::new();
        for word in cut(&simple) {
            words.extend(starts.get(characters));
            characters += word.chars().count();
        }
        self.units.iter().map(|unit| words.partition_point(|start| *start <= unit.range().start)).collect()
    }
}

/// Stretches of both sides that differ, as ranges of units.
#[derive(Debug, Clone)]
struct Pair {
    quoted: Range<usize>,
    source: Range<usize>,
    /// The stretches before they were widened to whole words.
    bare: (Range<usize>, Range<usize>),
}

/// Returns the differences, the gravest first. The numbers in `steps` are unit positions of both sides.
pub(super) fn differences(
    steps: &[Step],
    quoted: &ComparedText<'_>,
    source: &ComparedText<'_>,
    people: &People,
) -> Vec<Difference> {
    let pairs = pairs(steps, &quoted.words_of(), &source.words_of());
    let mut found: Vec<Difference> = pairs
        .iter()
        .map(|pair| Difference {
            change: change(pair, quoted, source, people),
            quoted: quoted.range(&pair.quoted),
            source: source.range(&pair.source),
        })
        .collect();
    exchanged(&pairs, quoted, source, &mut found);
    found.sort_by_key(|difference| (difference.change, difference.quoted.start));
    found
}

/// Joins neighbouring steps that differ, and widens them to whole words.
fn pairs(steps: &[Step], quoted_words: &[usize], source_words: &[usize]) -> Vec<Pair> {
    let units = |step: &Step| match *step {
        Step::Same(a, b) | Step::Other(a, b) => (a..a + 1, b..b + 1),
        Step::First(a, b) => (a..a + 1, b..b),
        Step::Second(b, a) => (a..a, b..b + 1),
    };
    let mut runs: Vec<Range<usize>> = Vec::new();
    for (at, _) in steps.iter().enumerate().filter(|(_, step)| !step.is_same()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    let of = |run: &Range<usize>| {
        let all: Vec<(Range<usize>, Range<usize>)> = steps[run.clone()].iter().map(units).collect();
        let (first, last) = (all.first().cloned().unwrap_or_default(), all.last().cloned().unwrap_or_default());
        (first.0.start..last.0.end, first.1.start..last.1.end)
    };
    let word = |words: &[usize], unit: usize| words.get(unit).copied();
    let in_one_word = |run: &Range<usize>, step: &Step| {
        let (quoted, source) = of(run);
        let (a, b) = units(step);
        let touches = |words: &[usize], run: &Range<usize>, one: &Range<usize>| {
            !run.is_empty() && !one.is_empty() && {
                let near = if one.start >= run.end { run.end - 1 } else { run.start };
                word(words, near).is_some() && word(words, near) == word(words, one.start)
            }
        };
        touches(quoted_words, &quoted, &a) || touches(source_words, &source, &b)
    };
    let mut wide: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for bare in &runs {
        let mut run = bare.clone();
        while run.start > 0 && in_one_word(&run, &steps[run.start - 1]) {
            run.start -= 1;
        }
        while run.end < steps.len() && in_one_word(&run, &steps[run.end]) {
            run.end += 1;
        }
        match wide.last_mut() {
            Some((last, first_bare)) if run.start < last.end => {
                last.end = last.end.max(run.end);
                first_bare.end = bare.end;
            }
            _ => wide.push((run, bare.clone())),
        }
    }
    wide.iter()
        .map(|(run, bare)| {
            let (quoted, source) = of(run);
            Pair { quoted, source, bare: of(bare) }
        })
        .collect()
}

fn change(pair: &Pair, quoted: &ComparedText<'_>, source: &ComparedText<'_>, people: &People) -> WordChange {
    let (ours, theirs) = (quoted.words(&pair.quoted), source.words(&pair.source));
    let (here, there) = (wording::folded(ours), wording::folded(theirs));
    let bare_ours = wording::folded(quoted.words(&pair.bare.0));
    let bare_theirs = wording::folded(source.words(&pair.bare.1));
    let only = |one: &str, other: &str| other.trim().is_empty() && wording::is_negation(one);
    if wording::negations(&here) != wording::negations(&there)
        || only(&bare_ours, &bare_theirs)
        || only(&bare_theirs, &bare_ours)
        || wording::is_denied_form(here.trim(), there.trim())
    {
        return WordChange::Negation;
    }
    let (own_numbers, source_numbers) = (counted(&here, &bare_ours), counted(&there, &bare_theirs));
    if own_numbers != source_numbers {
        return WordChange::Number;
    }
    if names(quoted, &pair.quoted, people) != names(source, &pair.source, people) {
        return WordChange::Name;
    }
    let condition = |text: &str| wording::turn(text).or_else(|| wording::condition(text)).is_some();
    if condition(&here) != condition(&there) {
        return WordChange::Condition;
    }
    if !own_numbers.is_empty() && folded(ours).concat() != folded(theirs).concat() && rest_is_same(&here, &there) {
        return WordChange::Notation;
    }
    match (ours.is_empty(), theirs.is_empty()) {
        (true, _) => WordChange::LeftOut,
        (_, true) => WordChange::Added,
        _ => WordChange::Words,
    }
}

/// Returns the numbers in a text, however they are written.
fn counted(text: &str, bare: &str) -> Vec<String> {
    let mut found: Vec<(usize, String)> = numbers(text).into_iter().map(|term| (term.range.start, term.text)).collect();
    let in_those = |at: usize| numbers(text).iter().any(|term| term.range.contains(&at));
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let len = c.len_utf8();
        if c.is_ascii_digit() {
            let end = text[at..]
                .find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ':' | '%'))
                .map_or(text.len(), |end| at + end);
            if !in_those(at) {
                found.push((at, text[at..end].trim_end_matches(['.', ',', ':']).replace(',', "")));
            }
            at = end;
            continue;
        }
        at += len;
    }
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    found.extend(words.filter(|word| wording::is_number_word(word)).map(|word| (usize::MAX, word.to_owned())));
    if found.is_empty() && !wording::is_neutral_number(text.trim()) {
        // A single numeral counts if it is what was changed.
        const NUMERALS: &str = "零一二两三四五六七八九十百千万亿半几";
        found.extend(bare.chars().filter(|c| NUMERALS.contains(*c)).map(|c| (0, c.to_string())));
    }
    found.sort();
    found.into_iter().map(|(_, number)| number).collect()
}

fn rest_is_same(here: &str, there: &str) -> bool {
    let without = |text: &str| -> String {
        let mut rest = text.to_owned();
        for number in numbers(text).iter().rev() {
            rest.replace_range(number.range.clone(), "");
        }
        rest.chars().filter(|c| c.is_alphanumeric() && !c.is_ascii_digit()).collect()
    };
    without(here) == without(there)
}

/// Returns the names in some units: of people who speak here, of people and places that the segmenter knows, and
/// English words with a capital inside a sentence.
fn names(side: &ComparedText<'_>, units: &Range<usize>, people: &People) -> Vec<String> {
    let text = side.words(units);
    let mut found: Vec<String> = people.named_in(text);
    let simple = plain(text);
    if simple.chars().any(is_chinese) {
        let tags = JIEBA.tag(&simple, false);
        let is_name = |tag: &str, word: &str| {
            ["nr", "ns", "nt", "nz"].iter().any(|kind| tag.starts_with(kind)) && word.chars().count() > 1
        };
        found.extend(tags.iter().filter(|tag| is_name(tag.tag, tag.word)).map(|tag| tag.word.to_owned()));
    }
    for unit in side.units.get(units.clone()).unwrap_or_default() {
        let Some(word) = side.text.get(unit.range()) else { continue };
        let inside = side.text[..unit.range().start].trim_end_matches([' ', '\u{a0}']);
        let first =
            inside.chars().next_back().is_none_or(|c| matches!(c, '.' | '!' | '?' | '\n' | '"' | '“' | ':' | '…'));
        let is_capital = word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.len() > 1
            && !word.starts_with("I'")
            && !word.starts_with("I’");
        if is_capital && !first && !found.contains(&word.to_lowercase()) {
            found.push(word.to_lowercase());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Marks words that changed places between quotation and source.
fn exchanged(pairs: &[Pair], quoted: &ComparedText<'_>, source: &ComparedText<'_>, found: &mut [Difference]) {
    let text = |side: &ComparedText<'_>, units: &Range<usize>| folded(side.words(units)).concat();
    let bare = |pair: &Pair| (text(quoted, &pair.bare.0), text(source, &pair.bare.1));
    let wide = |pair: &Pair| (text(quoted, &pair.quoted), text(source, &pair.source));
    let grave = |change: WordChange| matches!(change, WordChange::Negation | WordChange::Number | WordChange::Name);
    // Words may have moved anywhere. It is enough that both sides differ by the same characters in sum.
    let letters = |all: Vec<String>| {
        let mut letters: Vec<char> = all.concat().chars().collect();
        letters.sort_unstable();
        letters
    };
    let (ours, theirs): (Vec<String>, Vec<String>) = pairs.iter().map(bare).unzip();
    if pairs.len() > 1 && letters(ours) == letters(theirs) {
        found.iter_mut().filter(|one| !grave(one.change)).for_each(|one| one.change = WordChange::Order);
        return;
    }
    for i in 0..pairs.len() {
        for j in i + 1..pairs.len() {
            let crossed = |(a, b): &(String, String), (c, d): &(String, String)| {
                a == d && b == c && !(a.is_empty() && b.is_empty())
            };
            if crossed(&bare(&pairs[i]), &bare(&pairs[j])) || crossed(&wide(&pairs[i]), &wide(&pairs[j])) {
                for at in [i, j] {
                    if !grave(found[at].change) {
                        found[at].change = WordChange::Order;
                    }
                }
            }
        }
    }
}
