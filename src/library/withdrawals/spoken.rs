//! The letters of a text as they are searched for withdrawn words, and whose they are. Words that are split
//! between cues, lines, or the remarks of others are found in rows of one speaker's letters.

use std::collections::HashMap;
use std::ops::Range;

use super::fingerprints::{ENOUGH, PLENTY, SENTENCE};
use super::key::Marker;
use super::normalized_letters::{NormalizedLetters, is_chinese, weight, windows};

/// A part of a text that somebody says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpokenStretch {
    /// The bytes of the text.
    pub range: Range<usize>,
    /// Tells speakers apart. Who asks is another than who answers.
    pub by: u32,
    /// Whether it answers.
    pub answers: bool,
}

/// The weight of the longest match that counts as one. Longer ones count as several.
const ONE_MATCH: u32 = 120;
/// The weight of words that tell nothing at the edge of another turn: two Chinese characters.
const EDGE: u32 = 6;

/// The letters of a text, and whose each is.
pub(super) struct SpokenLetters<'a> {
    letters: &'a NormalizedLetters,
    /// For each letter who says it. Empty if nothing is known to be said.
    owners: Vec<u32>,
    /// For each letter, whether it answers.
    answers: Vec<bool>,
    /// The numbers of the letters that are said.
    said: Vec<usize>,
}

/// The owner of letters that nobody says, such as labels.
const NOBODY: u32 = u32::MAX;

impl<'a> SpokenLetters<'a> {
    pub(super) fn of(letters: &'a NormalizedLetters, said: &[SpokenStretch]) -> Self {
        if said.is_empty() {
            let all: Vec<usize> = (0..letters.chars.len()).collect();
            return Self { letters, owners: Vec::new(), answers: vec![true; all.len()], said: all };
        }
        let mut owners = vec![NOBODY; letters.chars.len()];
        let mut answers = vec![false; letters.chars.len()];
        for stretch in said {
            for number in letters.in_range(&stretch.range) {
                (owners[number], answers[number]) = (stretch.by, stretch.answers);
            }
        }
        let said = (0..owners.len()).filter(|number| owners[*number] != NOBODY).collect();
        Self { letters, owners, answers, said }
    }

    /// The rows of letters to search, each once: all letters, those that are said, those of one speaker after
    /// the other, and of these the Chinese ones and the rest, as in subtitles of two languages. Each also
    /// without what editors leave out.
    pub(super) fn rows(&self) -> Vec<Vec<usize>> {
        let all: Vec<usize> = (0..self.letters.chars.len()).collect();
        let mut kinds = vec![all, self.said.clone()];
        if !self.owners.is_empty() {
            let mut by_speaker = self.said.clone();
            by_speaker.sort_by_key(|number| self.owners[*number]);
            let (mut chinese, rest): (Vec<usize>, Vec<usize>) =
                by_speaker.iter().partition(|number| is_chinese(self.letters.chars[**number]));
            kinds.push(by_speaker);
            if !chinese.is_empty() && !rest.is_empty() {
                chinese.extend(rest);
                kinds.push(chinese);
            }
        }
        let mut rows: Vec<Vec<usize>> = Vec::new();
        for row in kinds {
            let lean = self.letters.lean(&row, &self.owners);
            for row in [row, lean] {
                if !rows.contains(&row) {
                    rows.push(row);
                }
            }
        }
        rows
    }

    /// What is covered of the text by the `parts` of it, which are ranges of letters.
    pub(super) fn covered(&self, parts: &[Range<usize>]) -> SpokenCoverage {
        let is_covered = self.is_covered(parts);
        let mut found = SpokenCoverage::default();
        let mut run = 0;
        let mut end = |run: &mut u32| {
            if *run >= SENTENCE {
                found.matches += 1 + *run / ONE_MATCH;
                found.longest = found.longest.max((*run).min(ONE_MATCH));
            }
            *run = 0;
        };
        let mut before = None;
        for number in &self.said {
            let owner = self.owners.get(*number);
            if before != owner || !is_covered[*number] {
                end(&mut run);
            }
            before = owner;
            if is_covered[*number] {
                run += weight(self.letters.chars[*number]);
            }
        }
        end(&mut run);
        for number in &self.said {
            let weighs = weight(self.letters.chars[*number]);
            let (answers, covered) = (self.answers[*number], is_covered[*number]);
            found.said += weighs;
            found.said_again += if covered { weighs } else { 0 };
            found.answers += if answers { weighs } else { 0 };
            found.answers_again += if answers && covered { weighs } else { 0 };
        }
        found
    }

    /// Those of the `parts` that stand with people half of whose words they are.
    pub(super) fn with_whom_they_are_most(&self, parts: &[Range<usize>]) -> Vec<Range<usize>> {
        let is_covered = self.is_covered(parts);
        let said = self.by_owner(&is_covered);
        let is_theirs = |number: &&usize| {
            is_covered[**number] && said.get(&self.owner(**number)).is_some_and(|(all, again)| again * 2 >= *all)
        };
        self.said.iter().filter(is_theirs).map(|number| *number..*number + 1).collect()
    }

    /// Who says most of the `parts`: two thirds of their words are in them, and with them half of withdrawn words that weigh
    /// `whole`. Few words tell nobody.
    pub(super) fn who_says_most(&self, parts: &[Range<usize>], whole: u32) -> Vec<u32> {
        let is_who = |(all, again): (u32, u32)| whole >= ONE_MATCH && again * 3 >= all * 2 && again * 2 >= whole;
        let said = self.by_owner(&self.is_covered(parts)).into_iter();
        said.filter(|(owner, said)| *owner != NOBODY && is_who(*said)).map(|(owner, _)| owner).collect()
    }

    fn owner(&self, number: usize) -> u32 {
        self.owners.get(number).copied().unwrap_or(NOBODY)
    }

    /// For each letter, whether it is in one of the `parts`.
    fn is_covered(&self, parts: &[Range<usize>]) -> Vec<bool> {
        let mut is_covered = vec![false; self.letters.chars.len()];
        for part in parts {
            is_covered[part.clone()].fill(true);
        }
        is_covered
    }

    /// The weight of what each says, and of those of these words that are covered.
    fn by_owner(&self, is_covered: &[bool]) -> HashMap<u32, (u32, u32)> {
        let mut said: HashMap<u32, (u32, u32)> = HashMap::new();
        for number in &self.said {
            let (all, again) = said.entry(self.owner(*number)).or_default();
            let weighs = weight(self.letters.chars[*number]);
            *all += weighs;
            *again += if is_covered[*number] { weighs } else { 0 };
        }
        said
    }

    /// The ranges of letters in the text that a part of a stream stands for, without what is at the edge of
    /// somebody else's turn.
    pub(super) fn parts(&self, stream: &Stream, part: Range<usize>) -> Vec<Range<usize>> {
        let mut at = &stream.at[part];
        if let (Some(first), Some(last)) = (at.first(), at.last())
            && self.owners.get(*first) != self.owners.get(*last)
        {
            let is_edge = |piece: &[usize]| {
                piece.iter().map(|number| weight(self.letters.chars[*number])).sum::<u32>() <= EDGE
                    && !self.is_whole_turn(piece)
            };
            let of = |number: &usize| self.owners.get(*number).copied();
            let from = at.iter().position(|number| of(number) != of(first)).unwrap_or(0);
            if is_edge(&at[..from]) {
                at = &at[from..];
            }
            let end = at.iter().rposition(|number| of(number) != of(last)).map_or(0, |end| end + 1);
            if is_edge(&at[end..]) {
                at = &at[..end];
            }
        }
        let mut parts: Vec<Range<usize>> = Vec::new();
        for number in at {
            match parts.last_mut() {
                Some(last) if last.end == *number => last.end += 1,
                _ => parts.push(*number..number + 1),
            }
        }
        parts
    }

    /// Whether letters are all that their speaker says in a row.
    fn is_whole_turn(&self, piece: &[usize]) -> bool {
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { return false };
        let same = |one: usize, other: Option<usize>| {
            other.is_some_and(|other| self.owners.get(one) == self.owners.get(other))
        };
        !same(*first, first.checked_sub(1))
            && !same(*last, last.checked_add(1).filter(|next| *next < self.owners.len()))
    }
}

/// How much of a text is withdrawn words, by weight.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct SpokenCoverage {
    /// Matches in different places.
    pub(super) matches: u32,
    /// The longest of them.
    longest: u32,
    pub(super) said: u32,
    pub(super) said_again: u32,
    answers: u32,
    answers_again: u32,
}

impl SpokenCoverage {
    /// Whether the text may be another version of withdrawn words that weigh `whole`: one part in `parts` of
    /// either is the same.
    pub(super) fn is_version(&self, whole: u32, parts: u32) -> bool {
        u64::from(self.said_again) * u64::from(parts) >= u64::from(self.said.min(whole))
    }

    /// Whether so much is the same that the same name is the same person: in several places, or a third of
    /// both texts.
    pub(super) fn is_by_same_people(&self, whole: u32, parts: u32) -> bool {
        let part = |one: u32, times: u32| u64::from(self.said_again) * u64::from(times) >= u64::from(one);
        self.is_version(whole, parts)
            && (self.matches >= 3 || self.matches == 2 && part(whole, 2) || part(whole, 3) && part(self.said, 3))
    }

    /// Whether half of the answers of the text are answers of a withdrawn one. The longest that they share does not
    /// count: interviews of one study may share a consent.
    pub(super) fn is_copy(&self) -> bool {
        self.is_half_of(self.answers)
    }

    /// Whether it has half of the answers of a withdrawn text, which weigh `whole`, or is its copy.
    pub(super) fn has_half(&self, whole: u32) -> bool {
        self.is_copy() || self.is_half_of(whole)
    }

    fn is_half_of(&self, all: u32) -> bool {
        let longest = self.longest.min(self.answers_again);
        self.answers_again > 0 && u64::from(self.answers_again - longest) * 2 >= u64::from(all.saturating_sub(longest))
    }
}

/// Letters in a row. They need not be neighbours in the text.
pub(super) struct Stream {
    pub(super) letters: Vec<char>,
    /// Their numbers in the text.
    at: Vec<usize>,
    /// Every stretch that may tell whose words it is, and its mark.
    pub(super) windows: Vec<(Range<usize>, u64)>,
}

impl Stream {
    pub(super) fn new(marker: &Marker, text: &NormalizedLetters, at: Vec<usize>) -> Self {
        let letters: Vec<char> = at.iter().map(|number| text.chars[*number]).collect();
        let both = windows(&letters, ENOUGH).chain(windows(&letters, PLENTY));
        let windows = both.map(|window| (window.clone(), marker.mark(&letters[window]))).collect();
        Self { letters, at, windows }
    }

    /// Whether its letters stand in the order of the text.
    pub(super) fn is_in_order(&self) -> bool {
        self.at.is_sorted()
    }
}

/// Numbers speakers, so that each has one of their own.
#[derive(Debug, Default)]
pub(crate) struct SpeakerNumbers<'a>(HashMap<(bool, Option<&'a str>), u32>);

impl<'a> SpeakerNumbers<'a> {
    pub(crate) fn of(&mut self, answers: bool, speaker: Option<&'a str>) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry((answers, speaker)).or_insert(next)
    }
}
