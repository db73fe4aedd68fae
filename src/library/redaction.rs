//! Holds back withdrawn words before the rest of the program sees the transcript. The turns go, and so
//! do their words in both texts. No other word changes: an answer keeps whole sentences at their places
//! in the source.

mod held_names;
mod leftover;

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use super::withdrawals::person_names::SharedParts;
use super::withdrawals::roles::is_summary;
use super::withdrawals::spoken::{SpeakerNumbers, SpokenStretch};
use super::withdrawals::{AllowedWithdrawn, Withdrawals, WithdrawnMatches, merge};
use crate::error::Error;
use crate::library::withdrawals::fingerprints::{TurnOwner, WithdrawnTurn};
use crate::retrieval::corpus::Gone;
use crate::retrieval::passage;
use crate::transcript::{Problem, Span, Transcript};
use held_names::HeldNames;
use leftover::{left_of, overlaps, rest_of_question};

/// What was withdrawn, and the part of it that concerns one source.
#[derive(Clone, Copy)]
pub(crate) struct RedactionRules<'a> {
    pub(crate) withdrawals: &'a Withdrawals,
    /// Marks of the names of the people who withdrew from this source.
    pub(crate) names: &'a [String],
    pub(crate) allowed: AllowedWithdrawn,
}

/// What was held back.
#[derive(Debug, Clone, Default)]
pub(crate) struct HeldBack {
    /// The days on which the words that were found again were withdrawn.
    pub(crate) on: BTreeSet<String>,
    /// How many questions were held back.
    pub(crate) questions: usize,
    /// The day on which nearly the same transcript was withdrawn as a whole.
    pub(crate) copy_of: Option<String>,
    /// The people who withdrew, as the source names them.
    pub(crate) people: HashSet<String>,
    /// Whether its name or title told of somebody who withdrew, and was replaced.
    pub(crate) renamed: bool,
    /// Lines on which something was held back.
    lines: Vec<Range<usize>>,
}

impl HeldBack {
    pub(crate) fn is_nothing(&self) -> bool {
        self.on.is_empty() && self.questions == 0 && self.people.is_empty() && self.lines.is_empty()
    }
}

/// One turn of a transcript, with its speaker.
struct Turn<'a> {
    span: Span,
    speaker: Option<&'a str>,
    words: String,
    sentences: Vec<String>,
    asks: bool,
}

fn turns(transcript: &Transcript) -> Vec<Turn<'_>> {
    let unrestored = transcript.unrestored();
    let mut turns: Vec<Turn<'_>> = Vec::new();
    for question in &transcript.questions {
        let asks = question.label.starts_with('Q');
        let speaker = question.speaker.as_deref();
        let words = transcript.words(question.span).to_owned();
        turns.push(Turn { span: question.span, speaker, sentences: vec![words.clone()], words, asks });
        for answer in &question.answers {
            let sentences = answer.stretches.iter().flat_map(|stretch| {
                passage::sentences(transcript.text(), *stretch, &unrestored)
                    .into_iter()
                    .map(|span| transcript.words(span).to_owned())
            });
            turns.push(Turn {
                span: answer.span,
                speaker: answer.interviewee.as_deref(),
                sentences: sentences.collect(),
                words: transcript.answer_text(answer),
                asks: false,
            });
        }
    }
    turns.retain(|turn| !turn.span.is_empty());
    turns.sort_by_key(|turn| turn.span.start());
    turns
}

/// Everybody who speaks, as the source names them.
pub(crate) fn speakers(transcript: &Transcript) -> Vec<String> {
    let turns = transcript.questions.iter().flat_map(|question| {
        question.speaker.iter().chain(question.answers.iter().filter_map(|answer| answer.interviewee.as_ref()))
    });
    let all: BTreeSet<&String> = transcript.speakers.iter().map(|speaker| &speaker.name).chain(turns).collect();
    all.into_iter().cloned().collect()
}

/// The words to remember when somebody withdraws. `who` tells which names withdraw. `None` withdraws
/// the whole transcript.
pub(crate) fn said(transcript: &Transcript, who: Option<&dyn Fn(&str) -> bool>) -> Vec<WithdrawnTurn> {
    let mut said = Vec::new();
    let mut add = |words: String, sentences: Vec<String>, whose: TurnOwner, span: Option<Span>| {
        // Another file may contain the words as they were received.
        let received = span.and_then(|span| {
            let restored = &transcript.restored;
            restored.received().get(restored.received_range(span.range()))
        });
        let is_kept = matches!(whose, TurnOwner::Own | TurnOwner::Rest);
        let other = received.filter(|received| is_kept && *received != words).map(str::to_owned);
        said.push(WithdrawnTurn { words, sentences, whose });
        other
    };
    let mut received = Vec::new();
    for turn in turns(transcript) {
        let whose = match who {
            Some(is) if turn.speaker.is_some_and(is) => TurnOwner::Own,
            Some(_) if turn.speaker.is_some_and(is_summary) => TurnOwner::Summary,
            Some(_) => TurnOwner::Others,
            None if turn.asks => TurnOwner::Rest,
            None => TurnOwner::Own,
        };
        received.extend(add(turn.words, turn.sentences, whose, Some(turn.span)).map(|words| (words, whose)));
    }
    if who.is_none() {
        let all = Some(Span::new(transcript.text(), 0..transcript.text().len())).flatten();
        received.extend(
            add(transcript.text().to_owned(), Vec::new(), TurnOwner::Rest, all).map(|words| (words, TurnOwner::Rest)),
        );
    }
    if transcript.restored.restorations().is_empty() {
        received.clear();
    }
    said.extend(received.into_iter().map(|(words, whose)| WithdrawnTurn { words, sentences: Vec::new(), whose }));
    said
}

impl RedactionRules<'_> {
    /// Holds back what was withdrawn.
    pub(crate) fn hold_back(&self, transcript: &mut Transcript) -> (Gone, HeldBack) {
        let (mut found, by_words) = self.find(transcript);
        let mut held = HeldBack { on: found.on.clone(), copy_of: found.copy_of.clone(), ..HeldBack::default() };
        // A column of words may have been read as the column of names.
        let speakers = speakers(transcript);
        let shared = SharedParts::of(speakers.iter().map(String::as_str));
        let source = (transcript.source_sha256.as_str(), self.names);
        let is_withdrawn =
            |name: &str| self.withdrawals.is_withdrawn(name, &shared, source, &found) || self.withdrawals.holds(name);
        held.people = speakers.iter().filter(|name| is_withdrawn(name)).cloned().chain(by_words).collect();
        if held.people.is_empty() {
            found.take_ordinary();
        }
        let people = &held.people;
        let named = |name: &Option<String>| name.as_ref().is_some_and(|name| people.contains(name));
        if found.ranges.is_empty() && held.people.is_empty() {
            held.renamed = self.rename(transcript, &held);
            return (Gone::default(), held);
        }
        let unrestored = transcript.unrestored();
        let text = transcript.text().to_owned();
        let mut gone = Gone { withheld: true, ..Gone::default() };
        let mut hidden: Vec<Range<usize>> = Vec::new();
        let mut kept: Vec<Range<usize>> = Vec::new();
        let mut questions = 0;
        for question in &mut transcript.questions {
            let own = named(&question.speaker);
            if own {
                question.speaker = None;
            }
            if !question.span.is_empty() && (own || overlaps(&found.ranges, question.span.range())) {
                hidden.push(question.span.range());
                questions += 1;
                question.span = if own {
                    Span::empty_at(question.span)
                } else {
                    rest_of_question(&text, question.span, &found.ranges, &unrestored)
                };
            }
            kept.push(question.span.range());
            let label = &question.label;
            question.answers.retain_mut(|answer| {
                let is_whole = !overlaps(&found.ranges, answer.span.range());
                let left = match named(&answer.interviewee) {
                    true => Vec::new(),
                    false if is_whole => answer.stretches.clone(),
                    false => left_of(&text, &answer.stretches, &found.ranges, &unrestored),
                };
                kept.extend(left.iter().map(|stretch| stretch.range()));
                if left == answer.stretches {
                    return true;
                }
                gone.answers.push((label.clone(), answer.label.clone(), answer.span));
                hidden.push(answer.span.range());
                let rest = left.first().zip(left.last()).map(|(first, last)| first.through(*last));
                answer.stretches = left;
                answer.span = rest.unwrap_or(answer.span);
                rest.is_some()
            });
        }
        held.questions = questions;
        // Outside the kept turns whole lines go: labels, headings, text that nobody said, and who took part.
        let named = HeldNames::of(people);
        let apart = transcript.tally.apart.iter().map(|apart| apart.span.range());
        hidden.extend(apart.filter(|range| text.get(range.clone()).is_some_and(|words| named.are_in(words))));
        let lines = Lines::of(&text);
        let mut wide: Vec<Range<usize>> = found.ranges.iter().chain(&hidden).map(|range| lines.around(range)).collect();
        merge(&mut wide);
        merge(&mut kept);
        let hidden = without(&wide, &kept);
        let all = gone.answers.iter().map(|(_, _, span)| span.range()).chain(hidden.iter().cloned());
        held.lines = all.map(|range| lines.number(range.start)..lines.number(range.end) + 1).collect();
        merge(&mut held.lines);
        transcript.restored = transcript.restored.without(&hidden);
        held.renamed = self.rename(transcript, &held);
        (gone, held)
    }

    /// Whether no withdrawal concerns a transcript: neither its words nor its speakers.
    pub(crate) fn is_nothing_to(&self, transcript: &Transcript, names: &[(String, String)]) -> bool {
        let (found, _) = self.find(transcript);
        let shared = SharedParts::of(names.iter().map(|(_, own)| own.as_str()));
        let source = (transcript.source_sha256.as_str(), self.names);
        let is_withdrawn = |name: &String| {
            self.withdrawals.is_withdrawn(name, &shared, source, &found) || self.withdrawals.holds(name)
        };
        let shown = [&transcript.name, &transcript.title];
        found.is_empty()
            && !names.iter().any(|(_, own)| is_withdrawn(own))
            && !shown.iter().any(|text| self.withdrawals.tells_of(text))
    }

    /// An error that may be shown. If its text contains withdrawn words, [`Error::HeldBack`] replaces
    /// it. An example is the columns of a table without a row of names.
    pub(crate) fn redact_error(&self, error: Error, file: &str) -> Error {
        match error {
            Error::HeldBack { .. } => error,
            _ => match self.withdrawals.find(&error.to_string(), &[], AllowedWithdrawn::Nothing).on.pop_last() {
                Some(on) => Error::HeldBack { file: file.to_owned(), on },
                None => error,
            },
        }
    }

    /// Finds withdrawn words, and the people who are known by them.
    fn find(&self, transcript: &Transcript) -> (WithdrawnMatches, HashSet<String>) {
        if self.withdrawals.is_empty() {
            return Default::default();
        }
        let mut numbers = SpeakerNumbers::default();
        let mut people: HashSet<(&str, u32)> = HashSet::new();
        let mut said: Vec<SpokenStretch> = Vec::new();
        for question in &transcript.questions {
            let by = numbers.of(false, question.speaker.as_deref());
            said.push(SpokenStretch { range: question.span.range(), by, answers: false });
            for answer in &question.answers {
                let by = numbers.of(true, answer.interviewee.as_deref());
                people.extend(answer.interviewee.as_deref().map(|name| (name, by)));
                let stretches = answer.stretches.iter();
                said.extend(stretches.map(|span| SpokenStretch { range: span.range(), by, answers: true }));
            }
        }
        said.retain(|stretch| !stretch.range.is_empty());
        said.sort_by_key(|stretch| stretch.range.start);
        let mut found = self.withdrawals.find(transcript.text(), &said, self.allowed);
        if !transcript.restored.restorations().is_empty() {
            let restored = &transcript.restored;
            for stretch in &mut said {
                stretch.range = restored.received_range(stretch.range.clone());
            }
            let as_received = self.withdrawals.find(restored.received(), &said, self.allowed);
            found.join(as_received, |range| restored.restored_range(range));
        }
        let is_known = |(name, by): &(&str, u32)| self.withdrawals.is_known_by_words(name, *by, &found);
        let by_words = people.into_iter().filter(is_known).map(|(name, _)| name.to_owned()).collect();
        (found, by_words)
    }

    /// Takes withdrawn words and names out of what else is shown: name, title and columns. Returns whether the name or
    /// the title was replaced.
    fn rename(&self, transcript: &mut Transcript, held: &HeldBack) -> bool {
        let people = HeldNames::of(&held.people);
        let names_somebody = |text: &str| people.are_in(text);
        let mut renamed = false;
        if self.withdrawals.tells_of(&transcript.name) || people.are_named_by(&transcript.name) {
            transcript.name = format!("interview {}", transcript.source_sha256.get(..8).unwrap_or_default());
            renamed = true;
        }
        if self.withdrawals.tells_of(&transcript.title) || names_somebody(&transcript.title) {
            transcript.title.clone_from(&transcript.name);
            renamed = true;
        }
        if held.is_nothing() {
            return renamed;
        }
        transcript.asking.clear();
        if let Some(columns) = &mut transcript.columns {
            let may = |name: &String| !self.withdrawals.holds(name) && !names_somebody(name);
            columns.names.retain(may);
            for part in [&mut columns.speaker, &mut columns.text, &mut columns.time] {
                *part = part.take().filter(may);
            }
        }
        renamed
    }

    /// The problems that may be shown: none on a line that was held back, none with a name or words
    /// that were.
    pub(crate) fn seen(&self, problems: Vec<Problem>, held: &HeldBack) -> Vec<Problem> {
        let people = HeldNames::of(&held.people);
        let hidden = |problem: &Problem| {
            overlaps(&held.lines, problem.line..problem.line + 1)
                || people.are_in(&problem.problem)
                || self.withdrawals.holds(&problem.problem)
        };
        problems.into_iter().filter(|problem| !hidden(problem)).collect()
    }
}

/// The lines of a text.
struct Lines {
    /// Where each ends, except the last.
    ends: Vec<usize>,
    /// Where the text ends.
    end: usize,
}

impl Lines {
    fn of(text: &str) -> Self {
        Self { ends: text.match_indices('\n').map(|(at, _)| at).collect(), end: text.len() }
    }

    /// The whole lines that a range touches.
    fn around(&self, range: &Range<usize>) -> Range<usize> {
        let line = |at: usize| self.ends.partition_point(|end| *end < at);
        let start = line(range.start).checked_sub(1).map_or(0, |before| self.ends[before] + 1);
        start..self.ends.get(line(range.end)).copied().unwrap_or(self.end)
    }

    /// The number of the line at a place, from 1.
    fn number(&self, at: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < at)
    }
}

/// `ranges` without `others`. Both ascend.
fn without(ranges: &[Range<usize>], others: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut left = Vec::new();
    for range in ranges {
        let mut start = range.start;
        let first = others.partition_point(|other| other.end <= range.start);
        for other in others[first..].iter().take_while(|other| other.start < range.end) {
            if start < other.start {
                left.push(start..other.start);
            }
            start = start.max(other.end);
        }
        if start < range.end {
            left.push(start..range.end);
        }
    }
    left
}

#[cfg(test)]
mod tests;
