//! Which characters the pipeline annotated. This is inferred from the received text, and refused where
//! honest parentheses explain it as well.
//!
//! There are three kinds of evidence. Damage annotates *every* occurrence of a character with *one*
//! reading, so a bare occurrence or a second reading refutes the character. Damage leaves no full-width
//! mark, so one mark refutes its line, and many refute the whole text. The rest must be enough: several
//! characters, some of them repeatedly, while most of the text is bare.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::annotations;
use super::char_variants::script;
use super::damage::{MARKS, mark_of_pair};
use super::gbk::{self, Code};
use super::line::ReceivedLine;

/// Weight of evidence below which nothing is changed.
const MIN_EVIDENCE: f64 = 3.0;
/// The largest share of Chinese characters that may carry an annotation. A text annotated throughout is
/// a textbook.
const MOST_ANNOTATED: f64 = 1.0 / 3.0;
/// One annotation in this many may be the author's own.
const PER_HONEST: usize = 20;
/// One in this many annotated lines may have another origin.
const PER_OUTSIDE: usize = 10;

/// What the text says about its damage.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    /// Table characters in order of first appearance, with their reading.
    pub(super) table: Vec<(char, String)>,
    /// Lines that the pipeline cannot have delivered, by index.
    pub(super) outside: Vec<bool>,
}

#[derive(Default)]
struct Seen {
    first: usize,
    readings: BTreeMap<String, usize>,
    bare: usize,
}

impl Seen {
    fn annotated(&self) -> usize {
        self.readings.values().sum()
    }
}

/// Whether any character of the text is followed by one of its readings in parentheses. This test is
/// cheap and comes first.
pub(super) fn any_annotation(text: &str) -> bool {
    text.match_indices('(').any(|(at, _)| {
        text[..at].chars().next_back().is_some_and(|before| {
            !before.is_ascii()
                && annotations::closing(text[at + 1..].chars())
                    .is_some_and(|(reading, _)| annotations::reads(before, &reading))
        })
    })
}

/// Weighs the text.
pub(super) fn infer(lines: &[ReceivedLine]) -> Evidence {
    let outside: Vec<bool> = lines.iter().map(is_outside).collect();
    let mut seen: HashMap<char, Seen> = HashMap::new();
    let mut counts = Counts::default();
    let mut place = 0;
    for (line, &outside) in lines.iter().zip(&outside) {
        survey(line, outside, &mut seen, &mut counts, &mut place);
    }
    refute_unparted_pairs(lines, &outside, &mut seen);
    let mut entries: Vec<(usize, char, String, usize)> = Vec::new();
    for (&c, seen) in &seen {
        let mut readings = seen.readings.iter();
        match (readings.next(), readings.next()) {
            (Some((reading, &count)), None) if seen.bare == 0 => {
                entries.push((seen.first, c, reading.clone(), count));
            }
            (Some(_), _) => counts.honest += seen.annotated(),
            _ => {}
        }
    }
    entries.sort_unstable();
    if !is_enough(&entries, &counts) {
        return Evidence { table: Vec::new(), outside };
    }
    let class = Class::of(&entries);
    let table = entries
        .into_iter()
        .filter(|(_, c, _, count)| *count > 1 || class.admits(*c))
        .map(|(_, c, reading, _)| (c, reading))
        .collect();
    Evidence { table, outside }
}

#[derive(Default)]
struct Counts {
    /// Chinese characters in lines that may be damaged.
    han: usize,
    /// Lines with an annotation, damaged or not.
    annotated_lines: usize,
    /// Lines the pipeline cannot have delivered although they are Chinese.
    outside_lines: usize,
    /// Annotations that damage does not explain.
    honest: usize,
    /// Half-width marks between Chinese characters.
    narrow_marks: usize,
}

fn survey(line: &ReceivedLine, outside: bool, seen: &mut HashMap<char, Seen>, counts: &mut Counts, place: &mut usize) {
    let mut annotated = false;
    let mut han = 0;
    let mut at = 0;
    while let Some(unit) = line.units.get(at) {
        *place += 1;
        let next = line.annotation(at + 1);
        let after_han = at.checked_sub(1).and_then(|before| line.char(before)).is_some_and(is_han);
        match (is_han(unit.c), next) {
            (true, Some((reading, taken))) if !outside && annotations::reads(unit.c, &reading) => {
                let seen = seen.entry(unit.c).or_insert_with(|| Seen { first: *place, ..Seen::default() });
                *seen.readings.entry(reading).or_default() += 1;
                annotated = true;
                han += 1;
                at += taken;
            }
            (true, next) => {
                let honest = next.is_some_and(|(reading, _)| annotations::reads(unit.c, &reading));
                counts.honest += usize::from(honest);
                seen.entry(unit.c).or_default().bare += 1;
                han += 1;
            }
            (false, _) if unit.c == '(' && is_foreign_reading(line, at) => counts.honest += 1,
            (false, _) if after_han && MARKS.iter().any(|mark| char::from(mark.1) == unit.c) => {
                counts.narrow_marks += 1;
            }
            _ => {}
        }
        at += 1;
    }
    if outside {
        counts.outside_lines += usize::from(han > 0);
    } else {
        counts.han += han;
        counts.annotated_lines += usize::from(annotated);
    }
}

/// Whether a toned annotation belongs to more than the one character before it.
fn is_foreign_reading(line: &ReceivedLine, at: usize) -> bool {
    let inner = line.units[at + 1..].iter().map(|unit| unit.c).take_while(|&c| c != ')').take(40);
    let (mut toned, mut others) = (false, false);
    for c in inner {
        toned |= annotations::is_toned(c);
        others |= !(annotations::is_toned(c) || c.is_ascii_alphabetic() || matches!(c, ' ' | '\'' | ','));
    }
    // After an ASCII letter the annotation may be of a pair that the letter closes.
    let after_letter = at.checked_sub(1).and_then(|before| line.char(before)).is_some_and(|c| c.is_ascii_graphic());
    toned && !others && !after_letter
}

/// The two bytes where a character and its neighbour meet.
fn seam(line: &ReceivedLine, at: usize) -> Option<(u8, u8)> {
    let Code::Pair(_, first) = line.units.get(at)?.code? else {
        return None;
    };
    match line.units.get(at + 1)?.code? {
        Code::Pair(second, _) | Code::Ascii(second) => Some((first, second)),
    }
}

/// A table character spelled by the inner bytes of two neighbours would have parted them. If it did
/// not, it is not in the table.
fn refute_unparted_pairs(lines: &[ReceivedLine], outside: &[bool], seen: &mut HashMap<char, Seen>) {
    for (line, _) in lines.iter().zip(outside).filter(|(_, outside)| !**outside) {
        let doubtful = line.doubtful();
        for (at, &doubtful) in doubtful.iter().enumerate() {
            if !doubtful
                && let Some((first, second)) = seam(line, at)
                && let Some(c) = gbk::decode(first, second)
                && let Some(seen) = seen.get_mut(&c)
                && !(second.is_ascii() && line.annotation(at + 2).is_some())
            {
                seen.bare += 1;
            }
        }
    }
}

/// Whether the pipeline cannot have delivered this line: it would have replaced
/// a mark in it, or could not have encoded it.
fn is_outside(line: &ReceivedLine) -> bool {
    let encodable = line.units.iter().all(|unit| unit.code.is_some());
    if !encodable || line.units.iter().any(|unit| MARKS.iter().any(|mark| mark.2 == unit.c)) {
        return true;
    }
    let mut doubtful = None;
    (0..line.units.len()).any(|at| {
        seam(line, at).is_some_and(|(first, second)| mark_of_pair(first, second).is_some())
            && !doubtful.get_or_insert_with(|| line.doubtful())[at]
    })
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

/// The common Simplified characters, which are also the common characters that
/// both scripts share: the first level of GB 2312.
fn is_common(c: char) -> bool {
    matches!(gbk::encode(c), Some(Code::Pair(0xB0..=0xD7, 0xA1..=0xFE)))
}

fn is_enough(entries: &[(usize, char, String, usize)], counts: &Counts) -> bool {
    let annotated: usize = entries.iter().map(|entry| entry.3).sum();
    if entries.len() < 2
        || counts.honest * PER_HONEST > annotated
        || counts.outside_lines * PER_OUTSIDE > counts.annotated_lines
        || annotated as f64 > counts.han as f64 * MOST_ANNOTATED
    {
        return false;
    }
    let weight: f64 = entries
        .iter()
        .map(|&(_, c, _, count)| {
            let again = (count - 1) as f64;
            if script().is_traditional(c) {
                1.0 + 0.7 * again
            } else if is_common(c) {
                0.4 + 0.5 * again
            } else {
                0.4 * again
            }
        })
        .sum();
    let narrow = if counts.narrow_marks * 100 >= counts.han { 1.0 } else { 0.0 };
    weight + narrow >= MIN_EVIDENCE
}

/// What kind of characters the table holds, to judge those seen only once.
#[derive(Clone, Copy, PartialEq)]
enum Class {
    Traditional,
    Mixed,
}

impl Class {
    fn of(entries: &[(usize, char, String, usize)]) -> Self {
        let sure = || entries.iter().filter(|entry| entry.3 > 1);
        let traditional = sure().filter(|entry| script().is_traditional(entry.1)).count();
        if traditional * 10 >= sure().count() * 9 && traditional > 0 { Self::Traditional } else { Self::Mixed }
    }

    fn admits(self, c: char) -> bool {
        script().is_traditional(c) || (self == Self::Mixed && is_common(c))
    }
}

/// The table in an order in which each pair of `before` holds, and otherwise in its own order. `None`
/// if the pairs contradict each other.
pub(super) fn ordered(table: &[(char, String)], before: &HashSet<(char, char)>) -> Option<Vec<(char, String)>> {
    let place: HashMap<char, usize> = table.iter().enumerate().map(|(at, (c, _))| (*c, at)).collect();
    // By place: what comes after it, and how many come before it.
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); table.len()];
    let mut waits = vec![0usize; table.len()];
    for (early, late) in before {
        if let (Some(early), Some(late)) = (place.get(early), place.get(late))
            && early != late
        {
            after[*early].push(*late);
            waits[*late] += 1;
        }
    }
    let mut free: BTreeSet<usize> = (0..table.len()).filter(|at| waits[*at] == 0).collect();
    let mut out = Vec::with_capacity(table.len());
    while let Some(at) = free.pop_first() {
        out.push(table[at].clone());
        for late in &after[at] {
            waits[*late] -= 1;
            if waits[*late] == 0 {
                free.insert(*late);
            }
        }
    }
    (out.len() == table.len()).then_some(out)
}

/// For each byte pair, whether it stands somewhere with nothing inserted after
/// it, in a character or across two: such a pair is not of the table.
pub(super) fn bare_pairs(lines: &[ReceivedLine], outside: &[bool]) -> Vec<bool> {
    let mut bare = vec![false; 0x1_0000];
    let mut note = |first: u8, second: u8| bare[usize::from(u16::from_be_bytes([first, second]))] = true;
    for (line, _) in lines.iter().zip(outside).filter(|(_, outside)| !**outside) {
        let doubtful = line.doubtful();
        for (at, unit) in line.units.iter().enumerate().filter(|(at, _)| !doubtful[*at]) {
            if let Some(Code::Pair(lead, trail)) = unit.code
                && line.annotation(at + 1).is_none()
            {
                note(lead, trail);
            }
            if let Some((first, second)) = seam(line, at)
                && line.annotation(at + 2).is_none_or(|_| !second.is_ascii())
            {
                note(first, second);
            }
        }
    }
    bare
}
