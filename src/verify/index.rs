//! The index: all turns of a library as one row of units, with the places of each pair of neighbouring units. It is
//! built once for a run. The time grows with the library. The index finds places and judges none.

use std::ops::Range;

use super::searched_library::SearchedLibrary;
use super::units::{UNKNOWN, Unit, Vocabulary};
use crate::restore::Restored;
use crate::transcript::{Answer, Question, Span, Transcript};

/// One turn of a speaker, as the index holds it.
#[derive(Debug, Clone)]
pub(super) struct IndexedTurn {
    /// The index into the library's transcripts.
    pub(super) transcript: usize,
    /// The index into the transcript's questions.
    pub(super) question: usize,
    /// The index into the question's answers, or `None` for the question itself.
    pub(super) answer: Option<usize>,
    /// Whether the turn is read as received, before any restoration.
    pub(super) received: bool,
    /// The range of its unit numbers.
    pub(super) units: Range<usize>,
}

/// The units of a library.
pub(super) struct Index {
    pub(super) vocabulary: Vocabulary,
    ids: Vec<u32>,
    starts: Vec<u32>,
    lens: Vec<u8>,
    turns: Vec<IndexedTurn>,
    /// One past the last unit of each turn. They are kept side by side because they are looked up often.
    ends: Vec<u32>,
    /// The start of each bucket of pairs in `places`.
    buckets: Vec<u32>,
    places: Vec<u32>,
    mask: u32,
}

/// The number of neighbouring units by which places are looked up.
const GRAM_UNITS: usize = 2;
/// The most places of the same words that are looked at.
const MAX_SAME_PLACES: usize = 256;
/// The most places of one pair that are looked at for likeness. A more frequent pair tells nothing.
const MAX_PLACES_OF_PAIR: usize = 4_000;
/// The most places of all pairs of a quotation together.
const MAX_PLACES_OF_QUOTATION: usize = 20_000;

/// A stretch of a turn that is like a quotation.
#[derive(Debug, Clone)]
pub(super) struct Window {
    pub(super) turn: usize,
    /// The range of its unit numbers.
    pub(super) units: Range<usize>,
    /// The sum of what the shared pairs tell. A rare pair tells more than a common one.
    pub(super) shared: u32,
}

impl Index {
    pub(super) fn new(library: &SearchedLibrary<'_>) -> Self {
        let mut made = Self {
            vocabulary: Vocabulary::default(),
            ids: Vec::new(),
            starts: Vec::new(),
            lens: Vec::new(),
            turns: Vec::new(),
            ends: Vec::new(),
            buckets: Vec::new(),
            places: Vec::new(),
            mask: 0,
        };
        for (number, transcript) in library.transcripts.iter().enumerate() {
            made.read(number, transcript);
        }
        made.ends = made.turns.iter().map(|turn| turn.units.end as u32).collect();
        made.fill();
        made
    }

    fn read(&mut self, number: usize, transcript: &Transcript) {
        for (q, question) in transcript.questions.iter().enumerate() {
            // A heading is nobody's words.
            if question.label.starts_with('Q') && !question.span.is_empty() {
                self.add(number, q, None, transcript, &[question.span]);
            }
            for (a, answer) in question.answers.iter().enumerate() {
                self.add(number, q, Some(a), transcript, &answer.stretches);
            }
        }
    }

    fn add(&mut self, number: usize, question: usize, answer: Option<usize>, of: &Transcript, spans: &[Span]) {
        let turn = |received, units| IndexedTurn { transcript: number, question, answer, received, units };
        let from = self.ids.len();
        for span in spans {
            self.learn(of.words(*span), span.start());
        }
        let until = self.ids.len();
        self.turns.push(turn(false, from..until));
        if spans.iter().any(|span| is_restored(&of.restored, *span)) {
            for span in spans {
                let received = of.restored.received_range(span.range());
                let start = received.start;
                self.learn(of.restored.received().get(received).unwrap_or_default(), start);
            }
            self.turns.push(turn(true, until..self.ids.len()));
        }
    }

    fn learn(&mut self, words: &str, offset: usize) {
        let Self { vocabulary, ids, starts, lens, .. } = self;
        vocabulary.learn(words, |unit| {
            ids.push(unit.id);
            starts.push(offset as u32 + unit.start);
            lens.push(unit.len);
        });
    }

    /// Sorts the places by their pairs into buckets.
    fn fill(&mut self) {
        let bits = (self.ids.len().max(1024)).ilog2().min(23);
        self.mask = (1 << bits) - 1;
        let mut counts = vec![0_u32; (1 << bits) + 1];
        let grams =
            |turn: &IndexedTurn| turn.units.start..turn.units.end.saturating_sub(GRAM_UNITS - 1).max(turn.units.start);
        for turn in &self.turns {
            for at in grams(turn) {
                counts[self.bucket(&self.ids[at..at + GRAM_UNITS]) + 1] += 1;
            }
        }
        for i in 1..counts.len() {
            counts[i] += counts[i - 1];
        }
        let mut next = counts.clone();
        let mut places = vec![0_u32; counts.last().copied().unwrap_or_default() as usize];
        for turn in &self.turns {
            for at in grams(turn) {
                let bucket = self.bucket(&self.ids[at..at + GRAM_UNITS]);
                places[next[bucket] as usize] = at as u32;
                next[bucket] += 1;
            }
        }
        (self.buckets, self.places) = (counts, places);
    }

    fn bucket(&self, gram: &[u32]) -> usize {
        let mix = |hash: u32, id: &u32| (hash ^ id).wrapping_mul(0x9e37_79b1).rotate_left(15);
        let hash = gram.iter().fold(0x1234_5678, mix);
        ((hash ^ (hash >> 15)) & self.mask) as usize
    }

    fn places(&self, gram: &[u32]) -> &[u32] {
        if gram.contains(&UNKNOWN) {
            return &[];
        }
        let bucket = self.bucket(gram);
        &self.places[self.buckets[bucket] as usize..self.buckets[bucket + 1] as usize]
    }

    pub(super) fn turn(&self, number: usize) -> &IndexedTurn {
        &self.turns[number]
    }

    /// Returns the turn of a unit.
    pub(super) fn turn_of(&self, unit: usize) -> usize {
        self.ends.partition_point(|end| *end as usize <= unit)
    }

    pub(super) fn ids(&self, units: Range<usize>) -> &[u32] {
        &self.ids[units]
    }

    /// Returns the byte range of a unit in its text.
    pub(super) fn range(&self, unit: usize) -> Range<usize> {
        let start = self.starts[unit] as usize;
        start..start + usize::from(self.lens[unit])
    }

    /// Returns the byte range in the text from the first to the last of some units.
    pub(super) fn stretch(&self, units: &Range<usize>) -> Range<usize> {
        if units.is_empty() {
            let at = self.starts.get(units.start).copied().unwrap_or_default() as usize;
            return at..at;
        }
        self.range(units.start).start..self.range(units.end - 1).end
    }

    /// Returns all places where these units stand in a row within one turn.
    pub(super) fn find(&self, wanted: &[u32]) -> Vec<Range<usize>> {
        if wanted.len() < GRAM_UNITS {
            return self.find_short(wanted);
        }
        let grams = 0..=wanted.len() - GRAM_UNITS;
        let rarest = grams.min_by_key(|at| self.places(&wanted[*at..at + GRAM_UNITS]).len()).unwrap_or_default();
        let mut found = Vec::new();
        for place in self.places(&wanted[rarest..rarest + GRAM_UNITS]) {
            let Some(start) = (*place as usize).checked_sub(rarest) else { continue };
            if self.ids.get(start..start + wanted.len()) == Some(wanted)
                && self.turn(self.turn_of(start)).units.end >= start + wanted.len()
            {
                found.push(start..start + wanted.len());
                if found.len() == MAX_SAME_PLACES {
                    break;
                }
            }
        }
        found
    }

    fn find_short(&self, wanted: &[u32]) -> Vec<Range<usize>> {
        if wanted.is_empty() {
            return Vec::new();
        }
        let windows = self.ids.windows(wanted.len()).enumerate().filter(|(_, window)| *window == wanted);
        let ranges = windows.map(|(at, _)| at..at + wanted.len());
        ranges
            .filter(|range| self.turn(self.turn_of(range.start)).units.end >= range.end)
            .take(MAX_SAME_PLACES)
            .collect()
    }

    /// Returns the longest stretches that begin like `wanted` and have at least `least` of its units: their length, and
    /// where they begin.
    pub(super) fn longest(&self, wanted: &[u32], least: usize) -> (usize, Vec<usize>) {
        let (mut longest, mut starts) = (0, Vec::new());
        if wanted.len() < least.max(GRAM_UNITS) {
            return (0, starts);
        }
        let rarest =
            (0..=least.max(GRAM_UNITS) - GRAM_UNITS).min_by_key(|at| self.places(&wanted[*at..at + GRAM_UNITS]).len());
        let rarest = rarest.unwrap_or_default();
        for place in self.places(&wanted[rarest..rarest + GRAM_UNITS]).iter().take(MAX_PLACES_OF_PAIR) {
            let Some(start) = (*place as usize).checked_sub(rarest) else { continue };
            // Most places do not match. The turn is looked up only for the others.
            if self.ids.get(start..start + least) != Some(&wanted[..least]) {
                continue;
            }
            let end = self.ends[self.turn_of(start)] as usize;
            let same = self.ids[start..end].iter().zip(wanted).take_while(|(a, b)| a == b).count();
            if same > longest {
                (longest, starts) = (same, vec![start]);
            } else if same == longest && starts.len() < MAX_SAME_PLACES {
                starts.push(start);
            }
        }
        if longest < least { (0, Vec::new()) } else { (longest, starts) }
    }

    /// Returns the stretches of turns that share most with a quotation, the most similar first.
    pub(super) fn alike(&self, wanted: &[u32], most: usize) -> Vec<Window> {
        if wanted.len() < GRAM_UNITS {
            return Vec::new();
        }
        let mut grams: Vec<(usize, usize)> = (0..=wanted.len() - GRAM_UNITS)
            .map(|at| (self.places(&wanted[at..at + GRAM_UNITS]).len(), at))
            .filter(|(count, _)| (1..=MAX_PLACES_OF_PAIR).contains(count))
            .collect();
        grams.sort_unstable();
        // Each hit is the place where the quotation would begin, with the pair that suggests it.
        let mut hits: Vec<(i64, u32)> = Vec::new();
        let mut tells = vec![0_u32; wanted.len()];
        for (count, at) in grams {
            if hits.len() + count > MAX_PLACES_OF_QUOTATION && !hits.is_empty() {
                break;
            }
            let gram = &wanted[at..at + GRAM_UNITS];
            // The weight is a base-2 logarithm. A pair with one place in a million weighs about 20.
            tells[at] = (self.ids.len() / count).max(2).ilog2();
            let here = self
                .places(gram)
                .iter()
                .filter(|place| &self.ids[**place as usize..**place as usize + GRAM_UNITS] == gram);
            hits.extend(here.map(|place| (i64::from(*place) - signed(at), at as u32)));
        }
        hits.sort_unstable();
        let slack = signed(wanted.len() / 2 + 8);
        let mut windows: Vec<Window> = Vec::new();
        let mut first = 0;
        while first < hits.len() {
            let turn = self.turn_of((hits[first].0 + i64::from(hits[first].1)) as usize);
            let units = self.turns[turn].units.clone();
            let mut last = first + 1;
            while last < hits.len()
                && hits[last].0 - hits[last - 1].0 <= slack
                && hits[last].0 - hits[first].0 <= 4 * slack
                && units.contains(&((hits[last].0 + i64::from(hits[last].1)) as usize))
            {
                last += 1;
            }
            let mut grams: Vec<u32> = hits[first..last].iter().map(|(_, gram)| *gram).collect();
            grams.sort_unstable();
            grams.dedup();
            let from = (hits[first].0 - slack).max(signed(units.start)) as usize;
            let until = ((hits[last - 1].0 + signed(wanted.len()) + slack).max(0) as usize).min(units.end);
            let shared = grams.iter().map(|gram| tells[*gram as usize]).sum();
            windows.push(Window { turn, units: from..until.max(from), shared });
            first = last;
        }
        windows.sort_by_key(|window| std::cmp::Reverse(window.shared));
        windows.truncate(most);
        windows
    }
}

impl IndexedTurn {
    /// Returns the transcript and the question of the turn, and its answer if it is one.
    pub(super) fn of<'a>(
        &self,
        library: &SearchedLibrary<'a>,
    ) -> Option<(&'a Transcript, &'a Question, Option<&'a Answer>)> {
        let transcript: &'a Transcript = library.transcripts.get(self.transcript)?;
        let question = transcript.questions.get(self.question)?;
        let answer = match self.answer {
            Some(number) => Some(question.answers.get(number)?),
            None => None,
        };
        Some((transcript, question, answer))
    }
}

/// Converts a number of units. It is far below the limit of an `i64`.
fn signed(units: usize) -> i64 {
    i64::try_from(units).unwrap_or(i64::MAX)
}

/// Returns the ids of units.
pub(super) fn ids(units: &[Unit]) -> Vec<u32> {
    units.iter().map(|unit| unit.id).collect()
}

fn is_restored(restored: &Restored, span: Span) -> bool {
    let all = restored.restorations();
    let first = all.partition_point(|one| one.restored_span.end <= span.start());
    all[first..].iter().take_while(|one| one.restored_span.start < span.end()).any(|one| one.received != one.restored)
}
