//! Handles a quotation that no place has word for word. It may be put together from several places, close to one place,
//! or not found. The lowest cost decides. The speaker is checked as in `check`.

use std::ops::Range;

use super::align::{self, Step};
use super::case::{Case, QuotationMatch};
use super::differences::{ComparedText, Difference, differences};
use super::finding::{Differing, Finding, PlaceInSource, SplicedPart};
use super::index::ids;
use super::place;
use super::placed_pieces::{WordsAfterMark, words_between_marks};
use super::quotations::Piece;
use super::units::Unit;
use super::verifier::Verifier;
use super::wording;

/// The most units that may be missing between two parts from one place. With more, they count as two places.
const MAX_MISSING_UNITS: usize = 12;
/// The least weight of a part with a place of its own: a character counts one, a word two.
const MIN_PART_WEIGHT: usize = 6;
/// The most parts of a quotation that is put together.
const MAX_PARTS: usize = 8;
/// The cost of going on in another place, in units without a place.
const COST_OF_JOINT: usize = 2;
/// The most stretches that a quotation is compared with. A short quotation has words in common with many stretches, so it
/// is compared with more.
const MAX_WINDOWS: usize = 6;
const MAX_WINDOWS_OF_SHORT: usize = 24;
/// The most units of a short quotation.
const MAX_SHORT_UNITS: usize = 24;
/// The most units at an edge that may differ from the source. If more differ, they are the report's own words.
const MAX_EDGE_UNITS: usize = 2;

/// A stretch that is close to a quotation.
struct NearStretch {
    turn: usize,
    /// The steps. Their second numbers are unit numbers of the index.
    steps: Vec<Step>,
    cost: usize,
    same: usize,
}

/// A part of a quotation that has a place.
struct PlacedPart {
    /// Its units in the quotation.
    units: Range<usize>,
    /// The unit of the index where it begins.
    start: usize,
    /// One past the last unit of the index. It is further from `start` than the part is long if the source has more words.
    end: usize,
}

impl Verifier<'_> {
    /// Returns the findings for a quotation that no place has as a whole: put together, close, or not found.
    pub(super) fn findings_elsewhere(&self, case: &Case<'_>, pieces: &[Piece]) -> Vec<Finding> {
        // The editor's own words are left out. At insertions and omissions, the source may have more words.
        let kept: Vec<WordsAfterMark> = words_between_marks(pieces);
        let units: Vec<Unit> = if kept.is_empty() {
            case.units.clone()
        } else {
            kept.iter().flat_map(|words| case.units_in(&words.range)).collect()
        };
        let wanted = ids(&units);
        let seams: Vec<usize> = kept
            .iter()
            .skip(1)
            .map(|words| units.partition_point(|unit| unit.range().end <= words.range.start))
            .collect();
        let near = self.nearest_stretch(case, &wanted, &units, &seams);
        let is_close = |near: &NearStretch| near.same * 2 >= wanted.len() && near.cost * 5 <= wanted.len() * 3;
        let parts = self.parts(case, &wanted, &units, &seams);
        let close = near.as_ref().filter(|near| is_close(near));
        let cheaper = |cost: usize| close.is_none_or(|near| cost < near.cost);
        if let Some((_, parts)) = parts.filter(|(cost, _)| cheaper(*cost)) {
            return vec![self.spliced(case, &units, &parts)];
        }
        match close {
            Some(near) => self.close(case, &units, near),
            None => vec![Finding::NotFound { nearest: near.as_ref().and_then(|near| self.passage_around(near)) }],
        }
    }

    /// Returns the stretch with the fewest differences.
    fn nearest_stretch(&self, case: &Case<'_>, wanted: &[u32], units: &[Unit], seams: &[usize]) -> Option<NearStretch> {
        let most = if wanted.len() <= MAX_SHORT_UNITS { MAX_WINDOWS_OF_SHORT } else { MAX_WINDOWS };
        let windows = self.index.alike(wanted, most);
        let all = windows.into_iter().map(|window| {
            let offset = window.units.start;
            let raw = align::within(wanted, self.index.ids(window.units.clone()));
            let steps = self.with_edges(without_seams(with_own_edges(raw), seams, offset), window.turn);
            let same = steps.iter().filter(|step| step.is_same()).count();
            NearStretch { turn: window.turn, cost: align::cost(&steps), same, steps }
        });
        all.min_by_key(|near| {
            let turn = self.index.turn(near.turn);
            (
                near.cost,
                !self.is_said_by(case, turn),
                !self.only_denies(case, near, units),
                turn.answer.is_none(),
                self.bytes_that_differ(near, units),
                turn.received,
            )
        })
    }

    /// Returns whether only a negation differs. A place that the report turned round is the one that it is from.
    fn only_denies(&self, case: &Case<'_>, near: &NearStretch, units: &[Unit]) -> bool {
        let turn = self.index.turn(near.turn);
        let Some(transcript) = self.library.transcripts.get(turn.transcript) else { return false };
        let text = if turn.received { transcript.restored.received() } else { transcript.text() };
        let ours = |a: usize| case.quotation.text.get(units[a].range()).map(wording::folded).unwrap_or_default();
        let theirs = |b: usize| text.get(self.index.range(b)).map(wording::folded).unwrap_or_default();
        near.steps.iter().filter(|step| !step.is_same()).all(|step| match *step {
            Step::First(a, _) => wording::is_negation(&ours(a)),
            Step::Second(b, _) => wording::is_negation(&theirs(b)),
            Step::Other(a, b) => {
                let (ours, theirs) = (ours(a), theirs(b));
                wording::is_denied_form(&ours, &theirs) || wording::is_negation(&ours) != wording::is_negation(&theirs)
            }
            Step::Same(..) => true,
        })
    }

    /// Returns the number of bytes that differ. It decides between two places with equally many differences.
    fn bytes_that_differ(&self, near: &NearStretch, units: &[Unit]) -> usize {
        let (ours, theirs) = (|a: usize| usize::from(units[a].len), |b: usize| self.index.range(b).len());
        let of = |step: &Step| match *step {
            Step::Same(..) => 0,
            Step::Other(a, b) => ours(a) + theirs(b),
            Step::First(a, _) => ours(a),
            Step::Second(b, _) => theirs(b),
        };
        near.steps.iter().map(of).sum()
    }

    /// Handles edges where the first or last words differ from the source. If a mark of the source separates them, they
    /// are the report's own words, and the source's words beside them are not meant.
    fn with_edges(&self, mut steps: Vec<Step>, turn: usize) -> Vec<Step> {
        let turn = self.index.turn(turn);
        let Some(transcript) = self.library.transcripts.get(turn.transcript) else { return steps };
        let text = if turn.received { transcript.restored.received() } else { transcript.text() };
        let gap = |from: usize, until: usize| text.get(self.index.range(from).end..self.index.range(until).start);
        let touch =
            |b: usize| gap(b, b + 1).is_some_and(|gap| gap.chars().all(char::is_whitespace) && !gap.contains('\n'));
        let leading = steps.iter().take_while(|step| !step.is_same()).count();
        if leading == steps.len() {
            return steps;
        }
        // The walk goes outwards. Everything beyond a mark is the report's own.
        let mut own = false;
        for step in steps[..leading].iter_mut().rev() {
            if let Step::Other(a, b) = *step {
                own |= !touch(b);
                *step = if own { Step::First(a, b) } else { *step };
            }
        }
        let trailing = steps.iter().rev().take_while(|step| !step.is_same()).count();
        let from = steps.len() - trailing;
        own = false;
        for step in &mut steps[from..] {
            if let Step::Other(a, b) = *step {
                own |= b == 0 || !touch(b - 1);
                *step = if own { Step::First(a, b) } else { *step };
            }
        }
        steps
    }

    /// Returns a few places that together have nearly all of the words, with the cost: the units without a place, and
    /// the joints.
    fn parts(
        &self,
        case: &Case<'_>,
        wanted: &[u32],
        units: &[Unit],
        seams: &[usize],
    ) -> Option<(usize, Vec<PlacedPart>)> {
        let (parts, without) = self.longest_parts(case, wanted, units)?;
        let parts = self.joined(parts, seams);
        if !(2..=MAX_PARTS).contains(&parts.len()) || without * 6 > wanted.len() + 6 {
            return None;
        }
        Some((without + COST_OF_JOINT * (parts.len() - 1), parts))
    }

    /// Cuts a quotation from its beginning into the longest parts that some place has. Also returns the number of units
    /// without a place.
    fn longest_parts(&self, case: &Case<'_>, wanted: &[u32], units: &[Unit]) -> Option<(Vec<PlacedPart>, usize)> {
        let weight = |range: &Range<usize>| -> usize {
            units[range.clone()].iter().map(|unit| if unit.is_character() { 1 } else { 2 }).sum()
        };
        let mut parts: Vec<PlacedPart> = Vec::new();
        let (mut at, mut without) = (0, 0);
        while at < wanted.len() {
            let is_enough = |length: &usize| weight(&(at..at + length)) >= MIN_PART_WEIGHT;
            let least = (1..=wanted.len() - at).find(is_enough).unwrap_or(usize::MAX);
            let (length, starts) = self.index.longest(&wanted[at..], least);
            if length == 0 {
                (at, without) = (at + 1, without + 1);
                continue;
            }
            let last_end = parts.last().map(|last| last.end);
            let start = *starts.iter().min_by_key(|start| self.rank_of_start(case, **start, last_end))?;
            parts.push(PlacedPart { units: at..at + length, start, end: start + length });
            at += length;
        }
        Some((parts, without))
    }

    /// Returns the rank of a place for a part. The lowest is the likeliest: it goes on after the part before, and the person
    /// whom the report names says it.
    fn rank_of_start(&self, case: &Case<'_>, start: usize, last_end: Option<usize>) -> (bool, bool, bool, bool, usize) {
        let number = self.index.turn_of(start);
        let follows = last_end.is_some_and(|end| start >= end && self.index.turn_of(end.max(1) - 1) == number);
        let turn = self.index.turn(number);
        (!follows, turn.received, !self.is_said_by(case, turn), turn.answer.is_none(), start)
    }

    /// Joins neighbouring parts of one turn. The source may have a few more words between them, and any number where an
    /// editor left something out.
    fn joined(&self, parts: Vec<PlacedPart>, seams: &[usize]) -> Vec<PlacedPart> {
        let mut joined: Vec<PlacedPart> = Vec::new();
        for part in parts {
            let goes_on = |last: &PlacedPart| {
                let is_seam = || seams.iter().any(|seam| (last.units.end..=part.units.start).contains(seam));
                last.end <= part.start
                    && (part.start - last.end <= MAX_MISSING_UNITS || is_seam())
                    && self.index.turn_of(part.start) == self.index.turn_of(last.end.saturating_sub(1))
            };
            match joined.last_mut() {
                Some(last) if goes_on(last) => (last.units.end, last.end) = (part.units.end, part.end),
                _ => joined.push(part),
            }
        }
        joined
    }

    fn spliced(&self, case: &Case<'_>, units: &[Unit], parts: &[PlacedPart]) -> Finding {
        let text = &case.quotation.text;
        let part = |PlacedPart { units: own, start, .. }: &PlacedPart| {
            let quoted = units[own.start].range().start..units[own.end - 1].range().end;
            let units_there = *start..*start + own.len();
            let hit = self.match_at(vec![units_there]);
            let mut spot = self.spot(&hit);
            // A joined part may be longer in the source.
            let turn = self.index.turn(hit.turn).units.end;
            spot.range.end = spot.range.end.max(self.index.stretch(&(*start..(*start + own.len()).min(turn))).end);
            SplicedPart {
                text: text.get(quoted.clone()).unwrap_or_default().to_owned(),
                quoted: (quoted.start, quoted.end),
                place: place::place(&self.library, &spot),
            }
        };
        Finding::Spliced { parts: parts.iter().map(part).collect() }
    }

    fn close(&self, case: &Case<'_>, units: &[Unit], near: &NearStretch) -> Vec<Finding> {
        let used = align::used(&near.steps);
        let spot = self.spot(&QuotationMatch { turn: near.turn, units: vec![used.clone()] });
        let text = place::text_of(&self.library, &spot);
        let source_units: Vec<Unit> = used
            .clone()
            .map(|unit| {
                let range = self.index.range(unit);
                Unit { id: self.index.ids(unit..unit + 1)[0], start: range.start as u32, len: range.len() as u8 }
            })
            .collect();
        let steps: Vec<Step> = near.steps.iter().map(|step| shifted(*step, used.start)).collect();
        let quoted = ComparedText { text: &case.quotation.text, units };
        let source = ComparedText { text, units: &source_units };
        let found = differences(&steps, &quoted, &source, &self.people);
        if found.is_empty() {
            // Only words under an editor's marks differ.
            return self.with_speaker(case, &spot, self.exact_or_dressed(&spot, Vec::new(), 0));
        }
        let place = Box::new(place::place(&self.library, &spot));
        let differences = found.into_iter().map(|one| differing(&case.quotation.text, text, &spot.range, &one));
        self.with_speaker(case, &spot, Finding::Close { place, differences: differences.collect() })
    }

    /// Returns the passage that shares most with a quotation that is not found, in whole sentences.
    fn passage_around(&self, near: &NearStretch) -> Option<Box<PlaceInSource>> {
        let used = align::used(&near.steps);
        if near.same < 3 || used.is_empty() {
            return None;
        }
        let mut spot = self.spot(&QuotationMatch { turn: near.turn, units: vec![used] });
        spot.range = place::sentences_around(&self.library, &spot);
        Some(Box::new(place::place(&self.library, &spot)))
    }
}

/// Handles a long edge that differs from the source. Those words are the report's own, and the source's words beside
/// them are not meant.
fn with_own_edges(mut steps: Vec<Step>) -> Vec<Step> {
    let leading = steps.iter().take_while(|step| !step.is_same()).count();
    let trailing = steps.iter().rev().take_while(|step| !step.is_same()).count();
    let len = steps.len();
    if leading == len {
        return steps;
    }
    let own = |step: &Step| match *step {
        Step::Other(a, b) => Some(Step::First(a, b)),
        Step::Second(..) => None,
        other => Some(other),
    };
    let tail = if trailing > MAX_EDGE_UNITS { steps.split_off(len - trailing) } else { Vec::new() };
    let rest = if leading > MAX_EDGE_UNITS { steps.split_off(leading) } else { std::mem::take(&mut steps) };
    let mut kept: Vec<Step> = steps.iter().filter_map(own).collect();
    kept.extend(rest);
    kept.extend(tail.iter().filter_map(own));
    kept
}

/// Removes words that only the source has where an editor left something out or put something in. The second numbers
/// become unit numbers of the index.
fn without_seams(steps: Vec<Step>, seams: &[usize], offset: usize) -> Vec<Step> {
    let kept = steps.into_iter().filter(|step| !matches!(step, Step::Second(_, a) if seams.contains(a)));
    kept.map(|step| match step {
        Step::Same(a, b) => Step::Same(a, b + offset),
        Step::Other(a, b) => Step::Other(a, b + offset),
        Step::First(a, b) => Step::First(a, b + offset),
        Step::Second(b, a) => Step::Second(b + offset, a),
    })
    .collect()
}

/// Returns a step whose second number counts from `from`.
fn shifted(step: Step, from: usize) -> Step {
    match step {
        Step::Same(a, b) => Step::Same(a, b.saturating_sub(from)),
        Step::Other(a, b) => Step::Other(a, b.saturating_sub(from)),
        Step::First(a, b) => Step::First(a, b.saturating_sub(from)),
        Step::Second(b, a) => Step::Second(b.saturating_sub(from), a),
    }
}

fn differing(quoted: &str, source: &str, place: &Range<usize>, one: &Difference) -> Differing {
    let Difference { change, quoted: ours, source: theirs } = one;
    let at = |byte: usize| byte.clamp(place.start, place.end) - place.start;
    Differing {
        change: *change,
        quoted: quoted.get(ours.clone()).unwrap_or_default().to_owned(),
        source: source.get(theirs.clone()).unwrap_or_default().to_owned(),
        quoted_at: (ours.start, ours.end),
        source_at: (at(theirs.start), at(theirs.end)),
    }
}
