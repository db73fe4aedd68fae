//! What is kept of withdrawn words: marks of every few letters in a row and of short sentences, never
//! the words. They are made once, at the withdrawal, and written to a file.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::common_words;
use super::key::{Marker, WithdrawalKey};
use super::normalized_letters::{NormalizedLetters, weight, windows};
use crate::hash::permalink_hash;

/// A row of this weight is somebody's words, wherever it stands: eight Chinese characters, or 24
/// letters of an alphabet.
pub(crate) const ENOUGH: u32 = 24;
/// The same for a row of common words only: fourteen characters, or 42 letters.
pub(crate) const PLENTY: u32 = 42;
/// The same for a whole sentence, unless all of its words are common: four characters, or twelve
/// letters.
pub(crate) const SENTENCE: u32 = 12;
/// A shorter turn is recognised together with its surroundings, which weigh this much in all.
pub(crate) const AROUND: u32 = 60;
/// The most characters that are looked at on each side of such a turn.
const NEAR: usize = 72;

/// One turn of a transcript from which something is withdrawn, in its order.
#[derive(Debug, Clone, Default)]
pub struct WithdrawnTurn {
    /// Its words.
    pub words: String,
    /// Its sentences.
    pub sentences: Vec<String>,
    /// Whose words they are.
    pub whose: TurnOwner,
}

/// Whose a turn is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum TurnOwner {
    /// Words of a person who withdrew.
    Own,
    /// Words of nobody in particular, in a transcript that is withdrawn as a whole: headings, and
    /// questions that other interviews share. They are recognised only in another version of it.
    Rest,
    /// Words of others. An answer may repeat them.
    #[default]
    Others,
}

/// Marks of what was withdrawn. Each list ascends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fingerprints {
    /// Stretches of own words that are long enough.
    pub(crate) own: Vec<u64>,
    /// Such stretches of the rest.
    pub(crate) rest: Vec<u64>,
    /// Short sentences: the number of their letters, and their mark.
    pub(crate) sentences: Vec<(u8, u64)>,
    /// Short turns with their surroundings: the mark of it all, the first letter of the turn, and how
    /// many letters it has.
    pub(crate) between: Vec<(u64, u8, u8)>,
    /// All that can have been quoted, except the words of others: sentences, and several in a row.
    pub(crate) quotes: Vec<u64>,
    /// The weight of the own words.
    pub(crate) weight: u32,
}

impl Fingerprints {
    pub(crate) fn of(secret: &WithdrawalKey, said: &[WithdrawnTurn]) -> Self {
        let marker = secret.letters();
        let mut words = Self::default();
        let mut first: HashSet<u64> = HashSet::new();
        let mut letters: Vec<Vec<char>> = Vec::with_capacity(said.len());
        for turn in said {
            let of_turn = NormalizedLetters::of(&turn.words);
            let marks = telling(&marker, &turn.words, &of_turn, turn.whose == TurnOwner::Rest);
            words.quotes.extend(quotes(&marker, turn));
            match turn.whose {
                TurnOwner::Others => first.extend(marks),
                TurnOwner::Rest => {
                    first.extend(&marks);
                    words.rest.extend(marks);
                }
                TurnOwner::Own => {
                    words.own.extend(marks.into_iter().filter(|mark| !first.contains(mark)));
                    words.weight += weigh(&of_turn.chars);
                    words.add_sentences(&marker, turn);
                }
            }
            letters.push(of_turn.chars);
        }
        for (number, turn) in said.iter().enumerate() {
            if turn.whose != TurnOwner::Others {
                words.add_between(&marker, &letters, number);
            }
        }
        words.sort();
        words
    }

    fn add_sentences(&mut self, marker: &Marker, turn: &WithdrawnTurn) {
        for sentence in turn.sentences.iter().chain([&turn.words]) {
            let of_sentence = NormalizedLetters::of(sentence);
            for at in both(&of_sentence) {
                let letters: Vec<char> = at.iter().map(|number| of_sentence.chars[*number]).collect();
                if (SENTENCE..ENOUGH).contains(&weigh(&letters)) && !common_words::is_common(sentence) {
                    self.sentences.push((letters.len() as u8, marker.mark(&letters)));
                }
            }
        }
    }

    /// Adds a turn of a few words, which is recognised by its surroundings.
    fn add_between(&mut self, marker: &Marker, turns: &[Vec<char>], number: usize) {
        let letters = &turns[number];
        if letters.is_empty() || weigh(letters) >= PLENTY {
            return;
        }
        let mut before: Vec<char> =
            turns[..number].iter().rev().flat_map(|turn| turn.iter().rev()).take(NEAR).copied().collect();
        before.reverse();
        let after = turns[number + 1..].iter().flatten().take(NEAR);
        let all: Vec<char> = before.iter().chain(letters).chain(after).copied().collect();
        let theirs = before.len()..before.len() + letters.len();
        for window in windows(&all, AROUND) {
            if window.start <= theirs.start && theirs.end <= window.end {
                let from = theirs.start - window.start;
                self.between.push((marker.mark(&all[window]), from as u8, letters.len() as u8));
            }
        }
    }

    fn sort(&mut self) {
        self.own.sort_unstable();
        self.own.dedup();
        self.rest.sort_unstable();
        self.rest.dedup();
        self.sentences.sort_unstable();
        self.sentences.dedup();
        self.between.sort_unstable();
        self.between.dedup();
        self.quotes.sort_unstable();
        self.quotes.dedup();
    }

    /// The content of the file: one mark a line.
    pub(crate) fn written(&self) -> String {
        let mut text = format!("weight {}\n", self.weight);
        // Writing to a String cannot fail.
        for (kind, marks) in [("own", &self.own), ("rest", &self.rest), ("quote", &self.quotes)] {
            for mark in marks {
                let _ = writeln!(text, "{kind} {mark:016x}");
            }
        }
        for (letters, mark) in &self.sentences {
            let _ = writeln!(text, "sentence {mark:016x} {letters}");
        }
        for (mark, from, letters) in &self.between {
            let _ = writeln!(text, "between {mark:016x} {from} {letters}");
        }
        text
    }

    /// Reads the file again. `None` if it is not as written.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut words = Self::default();
        for line in text.lines() {
            let mut parts = line.split(' ');
            let kind = parts.next()?;
            let first = parts.next()?;
            let mark = || u64::from_str_radix(first, 16).ok();
            match kind {
                "weight" => words.weight = first.parse().ok()?,
                "own" => words.own.push(mark()?),
                "rest" => words.rest.push(mark()?),
                "quote" => words.quotes.push(mark()?),
                "sentence" => words.sentences.push((parts.next()?.parse().ok()?, mark()?)),
                "between" => words.between.push((mark()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)),
                _ => return None,
            }
        }
        words.sort();
        Some(words)
    }
}

/// The marks of every stretch that is long enough to tell whose it is. Short stretches of common words
/// count only if `common_too`.
fn telling(marker: &Marker, text: &str, letters: &NormalizedLetters, common_too: bool) -> Vec<u64> {
    let common = common_words::of(text, letters);
    let mut marks = Vec::new();
    for at in both(letters) {
        // For each letter, how many letters before it belong to no common word.
        let mut own = vec![0_u32];
        for number in &at {
            own.push(own.last().copied().unwrap_or_default() + u32::from(!common[*number]));
        }
        let row: Vec<char> = at.iter().map(|number| letters.chars[*number]).collect();
        let short = windows(&row, ENOUGH).filter(|window| common_too || own[window.end] > own[window.start]);
        let long = windows(&row, PLENTY);
        marks.extend(short.chain(long).map(|window| marker.mark(&row[window])));
    }
    marks
}

/// The letters in their row. Also the row without what editors leave out, if it differs.
fn both(letters: &NormalizedLetters) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..letters.chars.len()).collect();
    let lean = letters.lean(&all, &[]);
    if lean.len() == all.len() { vec![all] } else { vec![all, lean] }
}

/// The most sentences in a row that one quote has.
const QUOTED: usize = 12;

/// The marks of all that can have been quoted of a turn, made from the hash that a permalink keeps.
fn quotes(marker: &Marker, turn: &WithdrawnTurn) -> Vec<u64> {
    if turn.whose == TurnOwner::Others {
        return Vec::new();
    }
    let packed: Vec<String> =
        turn.sentences.iter().map(|one| one.chars().filter(|c| !c.is_whitespace()).collect()).collect();
    let from = |first: usize| (first + 1..=(first + QUOTED).min(packed.len())).map(move |end| first..end);
    let runs = (0..packed.len()).flat_map(from);
    runs.map(|run| marker.quote(&permalink_hash(packed[run].concat().as_bytes()))).collect()
}

fn weigh(letters: &[char]) -> u32 {
    letters.iter().map(|c| weight(*c)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAID: [(&str, TurnOwner); 4] = [
        ("What of the pineapple machine on the second floor?", TurnOwner::Others),
        ("SECRETB pineapple leaked.", TurnOwner::Own),
        ("And why was it so, do you really think?", TurnOwner::Rest),
        ("No.", TurnOwner::Own),
    ];

    fn said() -> Vec<WithdrawnTurn> {
        let turn = |(words, whose): &(&str, TurnOwner)| WithdrawnTurn {
            words: (*words).to_owned(),
            sentences: vec![(*words).to_owned()],
            whose: *whose,
        };
        SAID.iter().map(turn).collect()
    }

    #[test]
    fn marks_are_read_as_they_were_written() {
        let said = said();
        let secret = WithdrawalKey::random().expect("chance");
        let words = Fingerprints::of(&secret, &said);
        assert!(!words.rest.is_empty());
        assert_eq!((words.sentences.len(), words.between.is_empty()), (1, false));
        assert_eq!(Fingerprints::read(&words.written()), Some(words.clone()));
        assert_eq!(Fingerprints::read("own xyz\n"), None);
        let other = Fingerprints::of(&WithdrawalKey::random().expect("chance"), &said);
        assert!(words.rest.iter().all(|mark| !other.rest.contains(mark)), "another key, other marks");
    }

    #[test]
    fn what_others_said_first_is_not_theirs_who_repeat_it() {
        let mut said = said();
        said[1].words = "The pineapple machine on the second floor? SECRETB it leaked all over the stairs.".to_owned();
        let words = Fingerprints::of(&WithdrawalKey::random().expect("chance"), &said);
        let (repeated, all) = ("thepineapplemachineonthesecondfloor", "secretbitleakedalloverthestairs");
        let ways = |letters: usize, enough: u32| (letters + 1).saturating_sub(enough as usize);
        let of = |enough| ways(repeated.len() + all.len(), enough) - ways(repeated.len(), enough);
        assert_eq!(words.own.len(), of(ENOUGH) + of(PLENTY));
    }
}
