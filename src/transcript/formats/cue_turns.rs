//! Cues → speech: the speaker of each, by a name before the words or a mark of another speaker. Rolling
//! captions are folded. It knows no format; captions, tables and JSON without speakers use it.

use std::collections::{HashMap, HashSet};

use crate::error::ReadError;
use crate::transcript::dialogue::names::{self, Likeness};
use crate::transcript::dialogue::non_speech;
use crate::transcript::dialogue::person_name;
use crate::transcript::dialogue::speaker_labels;
use crate::transcript::extract::{Extract, SourceTurn, TimedWord};
use crate::transcript::timestamps::Moment;

/// The text on the screen at a time.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cue {
    /// The speaker that the source names beside the words.
    pub(crate) speaker: Option<String>,
    /// Whether the source marks another speaker here.
    pub(crate) changes: bool,
    pub(crate) from: Option<Moment>,
    pub(crate) to: Option<Moment>,
    pub(crate) lines: Vec<CueLine>,
}

/// A line of a cue, without tags.
#[derive(Debug, Clone, Default)]
pub(crate) struct CueLine {
    pub(crate) words: String,
    /// The speaker that a tag in the line names.
    pub(crate) voice: Option<String>,
    pub(crate) timed: Vec<TimedWord>,
}

impl Cue {
    /// A cue of plain text, line by line.
    pub(crate) fn plain(speaker: Option<String>, words: &str, from: Option<Moment>, to: Option<Moment>) -> Self {
        let lines = words.lines().map(str::trim).filter(|line| !line.is_empty());
        let lines = lines.map(|line| CueLine { words: line.to_owned(), ..CueLine::default() }).collect();
        Self { speaker, changes: false, from, to, lines }
    }

    /// The speech of a row without a speaker.
    pub(crate) fn of(said: SourceTurn) -> Self {
        let mut cue = Self::plain(said.speaker, &said.words, said.from, said.to);
        cue.changes = said.changes;
        if let [line] = cue.lines.as_mut_slice() {
            line.timed = said.timed;
        }
        cue
    }
}

/// Adds the speech of all cues. Cues of one speaker become one turn.
pub(crate) fn speak(extract: &mut Extract, mut cues: Vec<Cue>) -> Result<(), ReadError> {
    for cue in &mut cues {
        cue.lines.retain(|line| !line.words.trim().is_empty());
    }
    if rolls(&cues) {
        unroll(&mut cues);
    }
    let names = Names::of(&cues);
    let dashed = dashes_change(&cues);
    let named_above = named_above(&cues);
    let bracketed = bracketed(&cues);
    let mut speaker: Option<String> = None;
    let mut after_pair = false;
    for cue in &cues {
        let mut lines = cue.lines.as_slice();
        if let Some(name) = &cue.speaker {
            speaker = Some(name.clone());
        }
        if let (true, Some((name, rest))) = (named_above, lines.split_first()) {
            speaker = Some(names::clean(&name.words).to_owned());
            lines = rest;
        }
        let pair = lines.iter().filter(|line| dash(&line.words).is_some()).count() >= 2;
        // After a cue of two speakers it is unknown who continues.
        let mut changes = std::mem::take(&mut after_pair) && dashed == Dashed::InPairs && !pair;
        if cue.changes {
            (speaker, changes) = (cue.speaker.clone(), true);
        }
        for line in lines {
            if let Some(name) = in_brackets(&line.words).filter(|name| bracketed.contains(&names::key(name))) {
                speaker = Some(name.to_owned());
                continue;
            }
            if let Some(voice) = &line.voice {
                speaker = Some(voice.clone());
            }
            let mut timed = line.timed.as_slice();
            for part in parts(&line.words) {
                let mut words = part.trim();
                if let Some(rest) = words.strip_prefix(">>") {
                    words = rest.trim_start_matches(['>', ' ']);
                    (speaker, changes) = (None, true);
                } else if let Some(rest) =
                    dash(words).filter(|_| dashed == Dashed::Always || dashed == Dashed::InPairs && pair)
                {
                    words = rest;
                    (speaker, changes) = (None, true);
                }
                if let Some((name, rest)) = names.before(words) {
                    words = rest;
                    speaker = Some(name);
                }
                let (own, rest) = timed.split_at(own_words(part, timed));
                timed = rest;
                if words.is_empty() {
                    continue;
                }
                extract.say(&SourceTurn {
                    speaker: speaker.clone(),
                    changes: std::mem::take(&mut changes),
                    words: words.to_owned(),
                    from: cue.from,
                    to: cue.to,
                    timed: own.to_vec(),
                })?;
            }
        }
        after_pair = pair;
    }
    Ok(())
}

/// `Yes. >> No.` is what two people say.
fn parts(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in line.match_indices(">>") {
        if at > from && line[..at].ends_with(char::is_whitespace) {
            parts.push(&line[from..at]);
            from = at;
        }
    }
    parts.push(&line[from..]);
    parts
}

/// The number of words that stand in `part`, one after another.
fn own_words(part: &str, timed: &[TimedWord]) -> usize {
    let mut rest = part;
    let mut count = 0;
    for word in timed {
        let Some(at) = rest.find(word.text.trim()) else { break };
        rest = &rest[at + word.text.trim().len()..];
        count += 1;
    }
    count
}

/// A line without the dash at its start: `- Yes.`. `None` for `—and so on`, which continues a sentence.
fn dash(line: &str) -> Option<&str> {
    let line = line.trim_start();
    if line.starts_with("--") {
        return None;
    }
    let rest = match line.strip_prefix(['-', '–', '‐', '−', '－']) {
        Some(rest) => rest,
        None => line.strip_prefix("——").or_else(|| line.strip_prefix('—')).filter(|rest| rest.starts_with(' '))?,
    };
    let rest = rest.trim_start();
    (!rest.starts_with(|c: char| c.is_ascii_digit()) && !rest.is_empty()).then_some(rest)
}

/// Where a dash marks another speaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dashed {
    Nowhere,
    /// Only in cues with two dashes.
    InPairs,
    Always,
}

fn dashes_change(cues: &[Cue]) -> Dashed {
    let dashes = |cue: &&Cue| cue.lines.iter().filter(|line| dash(&line.words).is_some()).count();
    let opened = cues.iter().filter(|cue| cue.lines.first().is_some_and(|line| dash(&line.words).is_some())).count();
    let pairs = cues.iter().filter(|cue| dashes(cue) >= 2).count();
    let alone = cues.iter().filter(|cue| dashes(cue) == 1).count();
    if opened >= 2 && opened * 5 >= cues.len() && alone > 0 {
        Dashed::Always
    } else if pairs > 0 {
        Dashed::InPairs
    } else {
        Dashed::Nowhere
    }
}

/// The names that stand before words.
struct Names {
    counts: HashMap<String, usize>,
    /// Words that the text writes in lower case.
    lower: HashSet<String>,
}

impl Names {
    fn of(cues: &[Cue]) -> Self {
        let lines = || cues.iter().flat_map(|cue| &cue.lines);
        let mut counts: HashMap<String, usize> = HashMap::new();
        for (name, _) in lines().flat_map(|line| parts(&line.words)).filter_map(|part| named(undashed(part))) {
            *counts.entry(names::key(&name)).or_default() += 1;
        }
        let words = lines().flat_map(|line| line.words.split(|c: char| !c.is_alphanumeric()));
        let lower =
            words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).map(str::to_owned).collect();
        Self { counts, lower }
    }

    /// The name before some words, and the words.
    fn before<'a>(&self, words: &'a str) -> Option<(String, &'a str)> {
        let (name, rest) = named(undashed(words))?;
        let count = self.counts.get(&names::key(&name)).copied().unwrap_or(0);
        let likeness = names::likeness(&name);
        let holds = likeness == Likeness::Sure
            || count >= 2
            || count == 1
                && self.counts.len() > 1
                && likeness == Likeness::Fair
                && person_name::is_somebody(&name, &self.lower);
        holds.then(|| (name, rest.trim()))
    }
}

fn undashed(words: &str) -> &str {
    words.trim_start_matches(|c: char| "-–—> ".contains(c))
}

/// `Name: words`, `[Name] words`: the name, and the words.
fn named(line: &str) -> Option<(String, &str)> {
    let mark = speaker_labels::mark(line, false)?;
    let names = match mark.style {
        speaker_labels::LabelStyle::Colon | speaker_labels::LabelStyle::Timed | speaker_labels::LabelStyle::Label => {
            true
        }
        // `[Music]` alone is a stage direction.
        speaker_labels::LabelStyle::Bracket => !mark.rest.is_empty(),
        _ => false,
    };
    (names && names::likeness(mark.name) > Likeness::None).then(|| (mark.name.to_owned(), mark.rest))
}

/// The name that stands alone in brackets on a line of a cue.
fn in_brackets(line: &str) -> Option<&str> {
    let line = line.trim();
    let pairs = [('[', ']'), ('(', ')'), ('【', '】'), ('（', '）')];
    let name = pairs.iter().find_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close))?.trim();
    let directs = non_speech::directions(line).first().is_some_and(|direction| direction.start == 0);
    (!directs && names::likeness(name) >= Likeness::Fair && name.chars().count() <= NAME_CHARS).then_some(name)
}

/// The longest name in brackets.
const NAME_CHARS: usize = 30;

/// The names in brackets above words, if two of them come back. One alone may be a sound: `[SIREN]`.
fn bracketed(cues: &[Cue]) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for cue in cues.iter().filter(|cue| cue.lines.len() >= 2) {
        let above = cue.lines.split_last().map_or(&[][..], |(_, above)| above);
        for name in above.iter().filter_map(|line| in_brackets(&line.words)) {
            *counts.entry(names::key(name)).or_default() += 1;
        }
    }
    let told = counts.keys().any(|name| names::role(name).is_some());
    let back = counts.values().filter(|count| **count >= 2).count();
    if back >= 2 || told && counts.len() >= 2 && back >= 1 { counts.into_keys().collect() } else { HashSet::new() }
}

/// Whether each cue has its speaker's name on a line above the words, as Teams exports to Word.
fn named_above(cues: &[Cue]) -> bool {
    let names: Vec<&str> =
        cues.iter().filter(|cue| cue.lines.len() >= 2).map(|cue| cue.lines[0].words.as_str()).collect();
    let likely = |name: &&str| names::likeness(name) >= Likeness::Fair && name.chars().count() <= 40;
    let distinct: HashSet<String> = names.iter().map(|name| names::key(name)).collect();
    names.len() == cues.len()
        && cues.len() >= 3
        && names.iter().all(likely)
        && distinct.len() >= 2
        && distinct.len() * 3 <= cues.len() * 2
}

/// The longest time in milliseconds between two cues without a pause.
const TOUCHING: u32 = 150;
/// A cue shown for fewer milliseconds only moves the lines of the one before.
const MOVING: u32 = 60;

/// A screen has no room for more lines.
const ON_SCREEN: usize = 16;

/// The number of lines at the end of one cue that begin the next.
fn overlap(before: &Cue, after: &Cue) -> usize {
    let touch = match (before.to, after.from) {
        (Some(to), Some(from)) => from.ms <= to.ms.saturating_add(TOUCHING),
        _ => false,
    };
    let speaks = |cue: &Cue| cue.speaker.is_some() || cue.lines.iter().any(|line| line.voice.is_some());
    if !touch || speaks(before) || speaks(after) {
        return 0;
    }
    let most = before.lines.len().min(after.lines.len()).min(ON_SCREEN);
    let same = |count: &usize| {
        let end = &before.lines[before.lines.len() - count..];
        end.iter().zip(&after.lines).all(|(a, b)| a.words.trim() == b.words.trim())
    };
    (1..=most).rev().find(same).unwrap_or(0)
}

/// Whether captions roll: a line stays on the screen while the next one comes.
fn rolls(cues: &[Cue]) -> bool {
    let brief = |cue: &Cue| cue.from.zip(cue.to).is_some_and(|(from, to)| to.ms.saturating_sub(from.ms) <= MOVING);
    let moves = |pair: &&[Cue]| {
        overlap(&pair[0], &pair[1]) > 0 && (pair.iter().any(|cue| cue.lines.len() > 1) || pair.iter().any(brief))
    };
    let rolled = cues.windows(2).filter(moves).count();
    rolled >= 2 && rolled * 3 >= cues.len().saturating_sub(1)
}

/// Keeps the new lines of each cue.
fn unroll(cues: &mut Vec<Cue>) {
    let folded: Vec<usize> = cues.windows(2).map(|pair| overlap(&pair[0], &pair[1])).collect();
    for (cue, lines) in cues.iter_mut().skip(1).zip(folded) {
        cue.lines.drain(..lines);
    }
    cues.retain(|cue| !cue.lines.is_empty());
}
