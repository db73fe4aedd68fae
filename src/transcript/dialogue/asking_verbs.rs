//! Labels with a verb in them that tells who asks: `记者问：`, `李守义答：`, `Ann (asking):`, and those of a person who
//! asks and answers alone: `自问：`, `Self-answer:`, `Q(self):`. It sets what such labels say and splits nothing.

use std::collections::{HashMap, HashSet};

use super::label_words::{self, LabelWords};
use super::labelled_line::{LabelledLine, unnumbered};
use super::names::{self, LabelRole, Likeness};
use super::speaker_labels::{LabelStyle, SpeakerLabel};

/// How often each verb must stand where names stand before it.
const LEAST: usize = 2;

/// How many labels ask, and how many answer.
#[derive(Default, Clone, Copy)]
struct Tally {
    asks: usize,
    answers: usize,
}

impl Tally {
    fn of(roles: impl Iterator<Item = LabelRole>) -> Self {
        roles.fold(Self::default(), |tally, role| match role {
            LabelRole::Asks => Self { asks: tally.asks + 1, ..tally },
            LabelRole::Answers => Self { answers: tally.answers + 1, ..tally },
        })
    }

    fn all(self) -> usize {
        self.asks + self.answers
    }

    /// The smaller number, together with that of `others`.
    fn least_with(self, others: Self) -> usize {
        (self.asks + others.asks).min(self.answers + others.answers)
    }
}

/// Reads the verbs of labels. Returns the names of those who only ask. Of a name that both asks and answers, each verb
/// tells the kind of its own turn, and nobody's role.
pub(super) fn hosts(lines: &mut [LabelledLine<'_>]) -> Vec<String> {
    let found: Vec<(usize, LabelWords<'_>)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, verb(line.mark?)?))).collect();
    if found.is_empty() {
        return Vec::new();
    }
    let told = |named: bool| {
        Tally::of(found.iter().filter(|(_, words)| words.name.is_some() == named).map(|(_, words)| words.role))
    };
    let plain = Tally::of(lines.iter().filter_map(|line| line.mark?.label).map(|(role, _)| role));
    let (named, alone) = (told(true), told(false));
    let reads_named = named.asks.max(named.answers) >= LEAST
        && named.least_with(Tally { asks: alone.asks + plain.asks, answers: alone.answers + plain.answers }) >= LEAST;
    // Inside an interview of others, somebody tells what they asked themselves.
    let others = if reads_named { named } else { Tally::default() };
    let others = Tally { asks: plain.asks + others.asks, answers: plain.answers + others.answers };
    let rivals = if others.asks.min(others.answers) > 0 { others.all() } else { 0 };
    let reads_alone =
        alone.all() > 0 && alone.least_with(others) > 0 && alone.all() >= rivals + comes_back(lines, &found);
    if !reads_named && !reads_alone {
        return Vec::new();
    }
    let of = |role| -> HashSet<String> {
        let named = found.iter().filter(|(_, words)| words.role == role).filter_map(|(_, words)| words.name);
        named.map(names::key).collect()
    };
    let (asking, answering) = (of(LabelRole::Asks), of(LabelRole::Answers));
    for (at, words) in &found {
        let Some(mark) = lines[*at].mark.as_mut() else { continue };
        match words.name {
            None if reads_alone => {
                mark.style = LabelStyle::Label;
                mark.label = Some((words.role, words.number));
            }
            Some(name) if reads_named => {
                mark.name = name;
                let key = names::key(name);
                if asking.contains(&key) && answering.contains(&key) {
                    mark.label = Some((words.role, words.number));
                }
            }
            _ => {}
        }
    }
    let mut hosts: Vec<String> =
        if reads_named { asking.difference(&answering).cloned().collect() } else { Vec::new() };
    hosts.sort();
    hosts
}

/// The number of other marks whose names come back, as those of speakers do.
fn comes_back(lines: &[LabelledLine<'_>], found: &[(usize, LabelWords<'_>)]) -> usize {
    let own: HashSet<usize> = found.iter().map(|(at, _)| *at).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let marks = lines.iter().enumerate().filter(|(at, _)| !own.contains(at)).filter_map(|(_, line)| line.mark);
    let speaks = |mark: &SpeakerLabel<'_>| {
        mark.label.is_none() && mark.style != LabelStyle::Alone && names::likeness(mark.name) >= Likeness::Fair
    };
    for mark in marks.filter(speaks) {
        *counts.entry(names::key(mark.name)).or_default() += 1;
    }
    counts.values().filter(|count| **count >= LEAST).sum()
}

/// What the label of a mark says, if there is a verb in it.
fn verb(mark: SpeakerLabel<'_>) -> Option<LabelWords<'_>> {
    if mark.label.is_some() {
        return None;
    }
    let words = label_words::read(unnumbered(mark.name))?;
    let certain = matches!(mark.style, LabelStyle::Colon | LabelStyle::Timed | LabelStyle::Bold | LabelStyle::Heading);
    let set_off = matches!(mark.style, LabelStyle::Bracket | LabelStyle::BareBold | LabelStyle::Paren);
    (certain || set_off && words.name.is_none()).then_some(words)
}
