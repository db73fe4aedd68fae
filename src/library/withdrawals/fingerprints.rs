//! What is kept of withdrawn words: marks of every few letters in a row and of short sentences, never
//! the words. They are made once, at the withdrawal, and written to a file.

use std::collections::HashSet;
use std::fmt::Write as _;

use super::common_words::{self, Telling};
use super::key::{Marker, WithdrawalKey};
use super::normalized_letters::{NormalizedLetters, weight, windows};
use crate::hash::permalink_hash;

/// A row of this weight is somebody's words, wherever it stands: eight Chinese characters, or 24
/// letters of an alphabet.
pub(crate) const ENOUGH: u32 = 24;
/// The same for a row of common words only: fourteen characters, or 42 letters.
pub(crate) const PLENTY: u32 = 42;
/// The same for a whole sentence, if words that are not common weigh as much: four characters, or twelve
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
    /// Words of others. An answer may repeat them. What they quote is not theirs.
    #[default]
    Others,
    /// What sums an interview up: it repeats what others say.
    Summary,
}

/// Marks of what was withdrawn. Each list ascends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fingerprints {
    /// Stretches of own words that are long enough.
    pub(crate) own: Vec<u64>,
    /// Such stretches of the rest.
    pub(crate) rest: Vec<u64>,
    /// Short sentences that tell whose they are: the number of their letters, and their mark.
    pub(crate) sentences: Vec<(u8, u64)>,
    /// Other short sentences, which many may say: `我在北京工作。`
    pub(crate) ordinary: Vec<(u8, u64)>,
    /// Stretches of what many say. With such sentences they tell another version, and nothing else.
    pub(crate) facts: Vec<u64>,
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
        Self::besides(secret, said, &HashSet::new())
    }

    /// The same, where stretches with the `shared` marks tell nobody's words from those of others.
    pub(super) fn besides(secret: &WithdrawalKey, said: &[WithdrawnTurn], shared: &HashSet<u64>) -> Self {
        let marker = secret.letters();
        let mut words = Self::default();
        // What others said before.
        let (mut first, mut others) = (HashSet::new(), String::new());
        let mut letters: Vec<Vec<char>> = Vec::with_capacity(said.len());
        for turn in said {
            let of_turn = NormalizedLetters::of(&turn.words);
            let WindowMarks { own: marks, facts, nothing } = WindowMarks::of(&marker, &turn.words, &of_turn, shared);
            words.quotes.extend(quotes(&marker, turn));
            match turn.whose {
                TurnOwner::Others => {
                    let quoted = quoted(&turn.words).into_iter().flat_map(|words| {
                        let marks = WindowMarks::of(&marker, words, &NormalizedLetters::of(words), shared);
                        marks.own.into_iter().chain(marks.facts)
                    });
                    let quoted: HashSet<u64> = quoted.collect();
                    first.extend(marks.into_iter().chain(facts).filter(|mark| !quoted.contains(mark)));
                    others.extend(of_turn.chars.iter().chain(&['\n']));
                }
                TurnOwner::Summary => {}
                TurnOwner::Rest => {
                    first.extend(&marks);
                    words.rest.extend(marks.into_iter().chain(facts).chain(nothing));
                }
                TurnOwner::Own => {
                    words.own.extend(marks.into_iter().filter(|mark| !first.contains(mark)));
                    words.facts.extend(facts.into_iter().filter(|mark| !first.contains(mark)));
                    words.weight += weigh(&of_turn.chars);
                    words.add_sentences(&marker, turn, &others, shared);
                }
            }
            letters.push(of_turn.chars);
        }
        for (number, turn) in said.iter().enumerate() {
            if !matches!(turn.whose, TurnOwner::Others | TurnOwner::Summary) {
                words.add_between(&marker, &letters, number);
            }
        }
        words.sort();
        words
    }

    /// Adds short sentences. Those that are in what `others` said before are not one's own.
    fn add_sentences(&mut self, marker: &Marker, turn: &WithdrawnTurn, others: &str, shared: &HashSet<u64>) {
        for sentence in turn.sentences.iter().chain([&turn.words]) {
            let of_sentence = NormalizedLetters::of(sentence);
            for at in both(&of_sentence) {
                let letters: Vec<char> = at.iter().map(|number| of_sentence.chars[*number]).collect();
                if !(SENTENCE..ENOUGH).contains(&weigh(&letters)) {
                    continue;
                }
                let telling = telling(marker, sentence, &of_sentence, shared);
                let weighs = |at: &usize| weight(of_sentence.chars[*at]);
                let own: u32 = at.iter().filter(|at| telling[**at] == Telling::Own).map(weighs).sum();
                let mark = (letters.len() as u8, marker.mark(&letters));
                if own >= SENTENCE && !shared.contains(&mark.1) && !others.contains(&String::from_iter(&letters)) {
                    self.sentences.push(mark);
                } else if at.iter().any(|at| telling[*at] != Telling::Nothing) {
                    self.ordinary.push(mark);
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
        self.ordinary.sort_unstable();
        self.ordinary.dedup();
        self.facts.sort_unstable();
        self.facts.dedup();
        self.between.sort_unstable();
        self.between.dedup();
        self.quotes.sort_unstable();
        self.quotes.dedup();
    }

    /// The content of the file: one mark a line.
    pub(crate) fn written(&self) -> String {
        let mut text = format!("weight {}\n", self.weight);
        // Writing to a String cannot fail.
        for (kind, marks) in [("own", &self.own), ("rest", &self.rest), ("fact", &self.facts), ("quote", &self.quotes)]
        {
            for mark in marks {
                let _ = writeln!(text, "{kind} {mark:016x}");
            }
        }
        for (kind, marks) in [("sentence", &self.sentences), ("ordinary", &self.ordinary)] {
            for (letters, mark) in marks {
                let _ = writeln!(text, "{kind} {mark:016x} {letters}");
            }
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
                "fact" => words.facts.push(mark()?),
                "quote" => words.quotes.push(mark()?),
                "sentence" => words.sentences.push((parts.next()?.parse().ok()?, mark()?)),
                "ordinary" => words.ordinary.push((parts.next()?.parse().ok()?, mark()?)),
                "between" => words.between.push((mark()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?)),
                _ => return None,
            }
        }
        words.sort();
        Some(words)
    }
}

/// The marks of every stretch of a text that is long enough, by what the words in it tell.
#[derive(Default)]
struct WindowMarks {
    /// With words of one's own, or so long that common words tell enough.
    own: Vec<u64>,
    /// What many say.
    facts: Vec<u64>,
    /// What everybody says.
    nothing: Vec<u64>,
}

impl WindowMarks {
    fn of(marker: &Marker, text: &str, letters: &NormalizedLetters, shared: &HashSet<u64>) -> Self {
        let telling = telling(marker, text, letters, shared);
        let mut marks = Self::default();
        for at in both(letters) {
            let row: Vec<char> = at.iter().map(|number| letters.chars[*number]).collect();
            for window in windows(&row, ENOUGH) {
                let holds = |kind| at[window.clone()].iter().any(|number| telling[*number] == kind);
                let list = match () {
                    () if holds(Telling::Own) => &mut marks.own,
                    () if holds(Telling::Fact) => &mut marks.facts,
                    () => &mut marks.nothing,
                };
                list.push(marker.mark(&row[window]));
            }
            let long = windows(&row, PLENTY).map(|window| marker.mark(&row[window]));
            marks.own.extend(long.filter(|mark| !shared.contains(mark)));
        }
        marks
    }
}

/// For each letter of a text, how much its word tells. Stretches with the `shared` marks tell no more than what many say.
fn telling(marker: &Marker, text: &str, letters: &NormalizedLetters, shared: &HashSet<u64>) -> Vec<Telling> {
    let mut telling = common_words::of(text, letters);
    if shared.is_empty() {
        return telling;
    }
    for at in both(letters) {
        let row: Vec<char> = at.iter().map(|number| letters.chars[*number]).collect();
        for window in windows(&row, ENOUGH).filter(|window| shared.contains(&marker.mark(&row[window.clone()]))) {
            for number in &at[window] {
                telling[*number] = Telling::Fact;
            }
        }
    }
    telling
}

/// The letters in their row. Also the row without what editors leave out, if it differs.
pub(super) fn both(letters: &NormalizedLetters) -> Vec<Vec<usize>> {
    let all: Vec<usize> = (0..letters.chars.len()).collect();
    let lean = letters.lean(&all, &[]);
    if lean.len() == all.len() { vec![all] } else { vec![all, lean] }
}

/// The most sentences in a row that one quote has.
const QUOTED: usize = 12;

/// The marks of all that can have been quoted of a turn, made from the hash that a permalink keeps.
fn quotes(marker: &Marker, turn: &WithdrawnTurn) -> Vec<u64> {
    if matches!(turn.whose, TurnOwner::Others | TurnOwner::Summary) {
        return Vec::new();
    }
    let packed: Vec<String> =
        turn.sentences.iter().map(|one| one.chars().filter(|c| !c.is_whitespace()).collect()).collect();
    let from = |first: usize| (first + 1..=(first + QUOTED).min(packed.len())).map(move |end| first..end);
    let runs = (0..packed.len()).flat_map(from);
    runs.map(|run| marker.quote(&permalink_hash(packed[run].concat().as_bytes()))).collect()
}

/// What stands in quotation marks.
pub(super) fn quoted(words: &str) -> Vec<&str> {
    const MARKS: [(char, char); 5] = [('“', '”'), ('「', '」'), ('『', '』'), ('"', '"'), ('«', '»')];
    let mut found = Vec::new();
    for (open, close) in MARKS {
        let mut rest = words;
        while let Some((_, behind)) = rest.split_once(open) {
            let Some((inside, behind)) = behind.split_once(close) else { break };
            found.push(inside);
            rest = behind;
        }
    }
    found
}

pub(super) fn weigh(letters: &[char]) -> u32 {
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
