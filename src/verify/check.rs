//! One quotation → what is found of it. Decides in this order: as it stands, with editors' marks,
//! withdrawn, put together or close, not found; then who says it, and what a cut loses.

use std::ops::Range;

use super::align::{self, Step};
use super::cut::{self, Loss};
use super::differences::{Change, Difference, Side, differences};
use super::index::{Index, Turn, ids};
use super::naming::{Named, labels};
use super::place::{self, Spot};
use super::quotations::{Piece, Quotation};
use super::units::{self, Unit};
use super::wording;
use super::{Checked, Differing, Dress, Finding, Linked, LostWords, Part, Verifier};
use crate::library::Allowed;
use crate::retrieval::corpus::Sources;
use crate::search::quote::{Found, Permalink};
use crate::text::segment::is_chinese;

/// An insertion of an editor stands for so many units of the source at most.
const INSERTED: usize = 8;
/// Units that may be missing between two parts of one place; where more are, they are two places.
const MISSING: usize = 12;
/// What a part of a quotation weighs at least to be from a place of its own.
const PART: usize = 6;
/// Parts that a quotation is put together from, at most.
const PARTS: usize = 8;
/// What it costs to say that a quotation goes on in another place.
const JOINT: usize = 2;
/// Stretches that a quotation is laid beside.
const WINDOWS: usize = 6;
/// Units that an edge may have other than the source before they are the report's own.
const EDGE: usize = 2;

/// What is known of a quotation while it is looked for.
struct Case<'a> {
    quotation: &'a Quotation,
    named: Option<&'a Named>,
    labels: Option<(String, String)>,
    units: Vec<Unit>,
    ids: Vec<u32>,
    /// Where its permalink leads.
    link: Option<(Linked, Option<Spot>)>,
    /// The quotations before and after it in its paragraph.
    neighbours: (Option<&'a Quotation>, Option<&'a Quotation>),
}

/// Where words were found: in which turn, as which units.
#[derive(Debug, Clone)]
struct Hit {
    turn: usize,
    /// Ascending, one after the other; several where an editor left something out.
    units: Vec<Range<usize>>,
}

/// A stretch that is close to a quotation.
struct Near {
    turn: usize,
    /// The second numbers are those of the index.
    steps: Vec<Step>,
    cost: usize,
    same: usize,
}

impl Verifier<'_> {
    /// What is found of one quotation of a report.
    pub(super) fn check(&self, all: &[Quotation], named: &[Option<Named>], at: usize) -> Checked {
        let quotation = &all[at];
        let units = self.index.vocabulary.units(&quotation.text);
        let before = at.checked_sub(1).map(|before| &all[before]).filter(|_| quotation.goes_back);
        let after = all.get(at + 1).filter(|_| quotation.goes_on);
        let case = Case {
            quotation,
            named: named[at].as_ref(),
            labels: quotation.citation.as_deref().and_then(labels),
            ids: ids(&units),
            units,
            link: quotation.permalink.as_deref().and_then(|link| self.follow(link)),
            neighbours: (before, after),
        };
        let mut findings = self.find(&case);
        findings.sort_by_key(Finding::gravity);
        let withdrawn = matches!(findings.first(), Some(Finding::Withdrawn));
        let holds = findings.iter().all(Finding::holds);
        let permalink = case.link.map(|(linked, spot)| match spot {
            Some(spot) if !findings.iter().any(|finding| self.leads_to(finding, &spot)) => Linked::OtherWords,
            _ => linked,
        });
        Checked {
            number: quotation.number,
            line: quotation.line,
            text: (!withdrawn).then(|| quotation.text.clone()),
            named: case.named.filter(|_| !withdrawn).map(|named| named.name.clone()),
            permalink,
            holds,
            findings,
        }
    }

    /// Where a permalink leads.
    fn follow(&self, link: &str) -> Option<(Linked, Option<Spot>)> {
        let permalink: Permalink = link.parse().ok()?;
        let sources = Sources {
            transcripts: self.library.transcripts,
            gone: self.library.gone,
            withdrawn: self.library.withdrawn,
        };
        Some(match permalink.find_in(&sources) {
            Found::Here(place, span) | Found::Elsewhere(place, span) => {
                let spot = Spot {
                    transcript: place.transcript,
                    question: place.at.question,
                    answer: Some(place.at.answer),
                    range: span.range(),
                    received: false,
                };
                (Linked::Agrees, Some(spot))
            }
            Found::Changed { .. } | Found::Unsaid { .. } => (Linked::Changed, None),
            Found::Withdrawn => (Linked::Withdrawn, None),
            Found::Gone => (Linked::Gone, None),
        })
    }

    /// Whether what was found is where a permalink leads.
    fn leads_to(&self, finding: &Finding, spot: &Spot) -> bool {
        let sha256 = &self.library.transcripts[spot.transcript].source_sha256;
        let is_there = |place: &super::Place| {
            place.source_sha256 == *sha256 && place.start < spot.range.end && spot.range.start < place.end
        };
        match finding {
            Finding::Withdrawn | Finding::NotFound { .. } => false,
            Finding::Spliced { parts } => parts.iter().any(|part| is_there(&part.place)),
            Finding::OtherSpeaker { place, .. }
            | Finding::OnlyAsked { place }
            | Finding::Close { place, .. }
            | Finding::Cut { place, .. }
            | Finding::Dressed { place, .. }
            | Finding::Exact { place, .. } => is_there(place),
        }
    }

    fn find(&self, case: &Case<'_>) -> Vec<Finding> {
        if matches!(case.link, Some((Linked::Withdrawn, _))) {
            return vec![Finding::Withdrawn];
        }
        if let Some(found) = self.as_linked(case) {
            return found;
        }
        let text = &case.quotation.text;
        let whole = self.index.find(&case.ids).into_iter().map(|units| self.hit(vec![units])).collect();
        if let Some(hit) = self.best(case, whole) {
            return self.said(case, &hit);
        }
        if !self.library.withdrawals.is_empty()
            && !self.library.withdrawals.find(text, &[], Allowed::Nothing).ranges.is_empty()
        {
            return vec![Finding::Withdrawn];
        }
        let pieces = case.quotation.pieces();
        let composed = self.composed(case, &pieces);
        let found = !composed.is_empty();
        let meant = composed.into_iter().filter(|hit| self.may_insert(case, &pieces, hit)).collect();
        if let Some(hit) = self.best(case, meant) {
            return self.said(case, &hit);
        }
        // Brackets that change the words are no editor's: they are held against the source's own.
        if found { self.otherwise(case, &[]) } else { self.otherwise(case, &pieces) }
    }

    /// Whether what an editor put in stands for nothing that it may not stand for: no negation or
    /// number, and no brackets of the source's own; and denies nothing itself.
    fn may_insert(&self, case: &Case<'_>, pieces: &[Piece], hit: &Hit) -> bool {
        let text = place::text_of(&self.library, &self.spot(hit));
        let mut words = 0_usize;
        pieces.iter().all(|piece| match piece {
            Piece::Words(_) => {
                words += 1;
                true
            }
            Piece::Elision => true,
            Piece::Insertion(range) => {
                let between =
                    words.checked_sub(1).and_then(|before| Some((hit.units.get(before)?, hit.units.get(words)?)));
                let gap =
                    between.map(|(before, after)| self.index.stretch(before).end..self.index.stretch(after).start);
                let gap = gap.and_then(|gap| text.get(gap)).unwrap_or_default();
                let own = case.quotation.text.get(range.clone()).unwrap_or_default();
                may_stand_for(gap) && wording::negation(&wording::folded(own)).is_none()
            }
        })
    }

    /// The words as the transcript that a permalink leads to is shown, whatever marks they hold.
    fn as_linked(&self, case: &Case<'_>) -> Option<Vec<Finding>> {
        let (_, Some(spot)) = case.link.as_ref()? else { return None };
        let text = &case.quotation.text;
        let source = place::text_of(&self.library, spot).get(spot.range.clone())?;
        let (source_units, own) = (self.index.vocabulary.units(source), &case.units);
        if ids(&source_units) != case.ids {
            return None;
        }
        let shown = place::is_as_shown(&self.library, spot, text);
        let ranges: Vec<Range<usize>> = source_units.iter().map(|unit| unit.range()).collect();
        let dress = if shown { Vec::new() } else { place::dress(text, own, source, &ranges) };
        let also = self.index.find(&case.ids).len().saturating_sub(1);
        Some(self.with_speaker(case, spot, self.worded(spot, dress, also)))
    }

    fn worded(&self, spot: &Spot, dress: Vec<Dress>, also: usize) -> Finding {
        let place = Box::new(place::place(&self.library, spot));
        if dress.is_empty() { Finding::Exact { place, also } } else { Finding::Dressed { place, but_for: dress } }
    }

    fn hit(&self, units: Vec<Range<usize>>) -> Hit {
        Hit { turn: self.index.turn_of(units.first().map_or(0, |first| first.start)), units }
    }

    /// Of several places, the one that the report means.
    fn best(&self, case: &Case<'_>, hits: Vec<Hit>) -> Option<Hit> {
        hits.into_iter().min_by_key(|hit| {
            let turn = self.index.turn(hit.turn);
            let linked = matches!(&case.link, Some((_, Some(spot))) if spot.transcript == turn.transcript);
            (!self.is_said_by(case, turn), turn.answer.is_none(), turn.received, !linked, hit.units[0].start)
        })
    }

    /// Whether a turn is of whom the report names; nobody named is anybody.
    fn is_said_by(&self, case: &Case<'_>, turn: &Turn) -> bool {
        let Some((_, question, answer)) = turn.of(&self.library) else { return false };
        if let (Some((q, a)), Some(answer)) = (&case.labels, answer)
            && (*q != question.label || *a != answer.label)
        {
            return false;
        }
        let Some(named) = case.named else { return true };
        let speaker = answer.map_or(question.speaker.as_deref(), |answer| answer.interviewee.as_deref());
        speaker.and_then(|name| self.people.number(name)).is_some_and(|number| named.people.contains(&number))
    }

    fn spot(&self, hit: &Hit) -> Spot {
        let turn = self.index.turn(hit.turn);
        let (first, last) = (hit.units.first().cloned().unwrap_or(0..0), hit.units.last().cloned().unwrap_or(0..0));
        let range = self.index.stretch(&(first.start..last.end));
        Spot {
            transcript: turn.transcript,
            question: turn.question,
            answer: turn.answer,
            range,
            received: turn.received,
        }
    }

    /// The words are those of a turn.
    fn said(&self, case: &Case<'_>, hit: &Hit) -> Vec<Finding> {
        let spot = self.spot(hit);
        let text = place::text_of(&self.library, &spot);
        let wanted = case.ids.len();
        let ranges: Vec<Range<usize>> =
            hit.units.iter().cloned().flatten().map(|unit| self.index.range(unit)).collect();
        let dress = if ranges.len() == wanted && !place::is_as_shown(&self.library, &spot, &case.quotation.text) {
            place::dress(&case.quotation.text, &case.units, text, &ranges)
        } else {
            Vec::new()
        };
        let also = if hit.units.len() == 1 { self.index.find(&case.ids).len().saturating_sub(1) } else { 0 };
        let mut findings = self.with_speaker(case, &spot, self.worded(&spot, dress, also));
        let losses = self.losses(case, hit, &spot);
        if !losses.is_empty() {
            let lost = losses
                .into_iter()
                .filter_map(|loss| Some(LostWords { what: loss.what, words: text.get(loss.at)?.trim().to_owned() }));
            findings.push(Finding::Cut { place: Box::new(place::place(&self.library, &spot)), lost: lost.collect() });
        }
        findings
    }

    /// A finding on the words, with who says them where that is not whom the report names.
    fn with_speaker(&self, case: &Case<'_>, spot: &Spot, words: Finding) -> Vec<Finding> {
        let mut findings = vec![words];
        let place = || Box::new(place::place(&self.library, spot));
        let Some(question) = self.library.transcripts[spot.transcript].questions.get(spot.question) else {
            return findings;
        };
        let answer = spot.answer.and_then(|answer| question.answers.get(answer));
        let speaker = answer.map_or(question.speaker.as_deref(), |answer| answer.interviewee.as_deref());
        let number = speaker.and_then(|name| self.people.number(name));
        let is_named = |named: &Named| number.is_some_and(|number| named.people.contains(&number));
        match (case.named, speaker) {
            // An interviewer who is named as who asked it is quoted rightly.
            (named, _) if answer.is_none() => {
                if !named.is_some_and(is_named) {
                    findings.push(Finding::OnlyAsked { place: place() });
                }
            }
            (Some(named), Some(speaker)) if !is_named(named) => {
                let (named, said_by) = (named.name.clone(), speaker.to_owned());
                findings.push(Finding::OtherSpeaker { named, said_by, place: place() });
            }
            _ => {
                if let (Some((q, a)), Some(answer)) = (&case.labels, answer)
                    && (*q != question.label || *a != answer.label)
                {
                    let said_by = format!("{} · {}", question.label, answer.label);
                    findings.push(Finding::OtherSpeaker { named: format!("{q} · {a}"), said_by, place: place() });
                }
            }
        }
        findings
    }

    /// What is lost at the ends of the words, and where an editor left something out.
    fn losses(&self, case: &Case<'_>, hit: &Hit, spot: &Spot) -> Vec<Loss> {
        if spot.received || spot.answer.is_none() {
            return Vec::new();
        }
        let text = place::text_of(&self.library, spot);
        let turn = place::stretch_around(&self.library, spot);
        let turn_units = &self.index.turn(hit.turn).units;
        // “A，”他说，“但是B。”: the report goes on where the source does.
        let (before, after) = case.neighbours;
        let first = hit.units.first().map_or(0, |first| first.start);
        let last = hit.units.last().map_or(0, |last| last.end);
        let begun = before.is_some_and(|before| {
            let own = ids(&self.index.vocabulary.units(&before.text));
            let from = first.saturating_sub(own.len()).max(turn_units.start);
            !own.is_empty() && self.index.ids(from..first) == own.as_slice()
        });
        let goes_on = after.is_some_and(|after| {
            let own = ids(&self.index.vocabulary.units(&after.text));
            let rest = self.index.ids(last..turn_units.end);
            let same = own.iter().zip(rest).take_while(|(a, b)| a == b).count();
            same > 0 && (same == own.len() || same >= MISSING)
        });
        let mut losses = cut::losses(text, &turn, &spot.range, (begun, goes_on));
        for pair in hit.units.windows(2) {
            let (from, until) = (self.index.stretch(&pair[0]).end, self.index.stretch(&pair[1]).start);
            if pair[0].end < pair[1].start && from <= until {
                losses.extend(cut::between(text, &(from..until)));
            }
        }
        losses.sort_by_key(|loss| loss.at.start);
        losses
    }

    /// Everywhere that the pieces of a quotation stand in one turn, in their order.
    fn composed(&self, case: &Case<'_>, pieces: &[Piece]) -> Vec<Hit> {
        let words: Vec<(Vec<u32>, usize)> =
            joined(pieces).into_iter().map(|(range, reach)| (ids(&self.units_in(case, &range)), reach)).collect();
        let Some(longest) = (0..words.len()).max_by_key(|at| words[*at].0.len()) else { return Vec::new() };
        if pieces.is_empty() || words.iter().map(|(ids, _)| ids.len()).sum::<usize>() < 2 {
            return Vec::new();
        }
        let found = self.index.find(&words[longest].0).into_iter();
        found.filter_map(|place| self.around(&words, longest, place)).collect()
    }

    fn around(&self, words: &[(Vec<u32>, usize)], longest: usize, place: Range<usize>) -> Option<Hit> {
        let turn = self.index.turn_of(place.start);
        let whole = self.index.turn(turn).units.clone();
        let mut units = vec![place.clone()];
        let mut end = place.end;
        for (ids, reach) in &words[longest + 1..] {
            let until = end.saturating_add(*reach).saturating_add(ids.len()).min(whole.end);
            let here = self.index.ids(end..until).windows(ids.len()).position(|window| window == ids.as_slice())?;
            units.push(end + here..end + here + ids.len());
            end += here + ids.len();
        }
        let mut start = place.start;
        for at in (0..longest).rev() {
            let (ids, reach) = (&words[at].0, words[at + 1].1);
            let from = start.saturating_sub(reach.saturating_add(ids.len())).max(whole.start);
            let here = self.index.ids(from..start).windows(ids.len()).rposition(|window| window == ids.as_slice())?;
            units.insert(0, from + here..from + here + ids.len());
            start = from + here;
        }
        Some(Hit { turn, units })
    }

    fn units_in(&self, case: &Case<'_>, range: &Range<usize>) -> Vec<Unit> {
        let within = |unit: &&Unit| range.start <= unit.range().start && unit.range().end <= range.end;
        case.units.iter().filter(within).copied().collect()
    }

    /// No place has all of the words: put together, close, or not found.
    fn otherwise(&self, case: &Case<'_>, pieces: &[Piece]) -> Vec<Finding> {
        // Without the editor's own words; where those and the signs of omission stand, the source may have more.
        let kept: Vec<(Range<usize>, usize)> = joined(pieces);
        let units: Vec<Unit> = if kept.is_empty() {
            case.units.clone()
        } else {
            kept.iter().flat_map(|(range, _)| self.units_in(case, range)).collect()
        };
        let wanted = ids(&units);
        let seams: Vec<usize> = kept
            .iter()
            .skip(1)
            .map(|(range, _)| units.partition_point(|unit| unit.range().end <= range.start))
            .collect();
        let near = self.near(case, &wanted, &units, &seams);
        let is_close = |near: &Near| near.same * 2 >= wanted.len() && near.cost * 5 <= wanted.len() * 3;
        let parts = self.parts(case, &wanted, &units, &seams);
        let close = near.as_ref().filter(|near| is_close(near));
        let cheaper = |cost: usize| close.is_none_or(|near| cost < near.cost);
        if let Some((_, parts)) = parts.filter(|(cost, _)| cheaper(*cost)) {
            return vec![self.spliced(case, &units, &parts)];
        }
        match close {
            Some(near) => self.close(case, &units, near),
            None => vec![Finding::NotFound { nearest: near.as_ref().and_then(|near| self.nearest(near)) }],
        }
    }

    /// The stretch with the fewest differences.
    fn near(&self, case: &Case<'_>, wanted: &[u32], units: &[Unit], seams: &[usize]) -> Option<Near> {
        let windows = self.index.alike(wanted, WINDOWS);
        let all = windows.into_iter().map(|window| {
            let offset = window.units.start;
            let raw = align::within(wanted, self.index.ids(window.units.clone()));
            let steps = self.with_edges(without_seams(with_own_edges(raw), seams, offset), window.turn);
            let same = steps.iter().filter(|step| step.is_same()).count();
            Near { turn: window.turn, cost: align::cost(&steps), same, steps }
        });
        all.min_by_key(|near| {
            let turn = self.index.turn(near.turn);
            (near.cost, self.letters(near, units), turn.received, !self.is_said_by(case, turn), turn.answer.is_none())
        })
    }

    /// Bytes of what differs: of two places that differ as often, the one that differs less.
    fn letters(&self, near: &Near, units: &[Unit]) -> usize {
        let (ours, theirs) = (|a: usize| usize::from(units[a].len), |b: usize| self.index.range(b).len());
        let of = |step: &Step| match *step {
            Step::Same(..) => 0,
            Step::Other(a, b) => ours(a) + theirs(b),
            Step::First(a, _) => ours(a),
            Step::Second(b, _) => theirs(b),
        };
        near.steps.iter().map(of).sum()
    }

    /// Steps in which the first or last word or two, which the source lacks, stand for those that it
    /// has there instead, in the same clause.
    fn with_edges(&self, mut steps: Vec<Step>, turn: usize) -> Vec<Step> {
        let leading = steps.iter().take_while(|step| matches!(step, Step::First(..))).count();
        let trailing = steps.iter().rev().take_while(|step| matches!(step, Step::First(..))).count();
        let used = align::used(&steps);
        if used.is_empty() {
            return steps;
        }
        let turn = self.index.turn(turn);
        let text = self
            .library
            .transcripts
            .get(turn.transcript)
            .map(|of| if turn.received { of.restored.received() } else { of.text() });
        let touch = |a: usize, b: usize| {
            let gap = text.and_then(|text| text.get(self.index.range(a).end..self.index.range(b).start));
            gap.is_some_and(|gap| gap.chars().all(char::is_whitespace) && !gap.contains('\n'))
        };
        let before = (used.start.saturating_sub(leading).max(turn.units.start)..used.start).collect::<Vec<_>>();
        if (1..=EDGE).contains(&leading) && before.len() == leading && before.iter().all(|unit| touch(*unit, unit + 1))
        {
            for (step, b) in steps.iter_mut().zip(before) {
                if let Step::First(a, _) = *step {
                    *step = Step::Other(a, b);
                }
            }
        }
        let after = (used.end..(used.end + trailing).min(turn.units.end)).collect::<Vec<_>>();
        if (1..=EDGE).contains(&trailing) && after.len() == trailing && after.iter().all(|unit| touch(unit - 1, *unit))
        {
            let from = steps.len() - trailing;
            for (step, b) in steps[from..].iter_mut().zip(after) {
                if let Step::First(a, _) = *step {
                    *step = Step::Other(a, b);
                }
            }
        }
        steps
    }

    /// A few places that together have nearly all of the words, and what that costs: units without
    /// a place, and the joints.
    fn parts(
        &self,
        case: &Case<'_>,
        wanted: &[u32],
        units: &[Unit],
        seams: &[usize],
    ) -> Option<(usize, Vec<(Range<usize>, usize)>)> {
        let weight = |range: &Range<usize>| -> usize {
            units[range.clone()].iter().map(|unit| if unit.is_character() { 1 } else { 2 }).sum()
        };
        let mut parts: Vec<(Range<usize>, usize)> = Vec::new();
        let (mut at, mut without) = (0, 0);
        while at < wanted.len() {
            let least = (1..=wanted.len() - at).find(|len| weight(&(at..at + len)) >= PART).unwrap_or(usize::MAX);
            let (length, starts) = self.index.longest(&wanted[at..], least);
            if length == 0 {
                (at, without) = (at + 1, without + 1);
                continue;
            }
            let last = parts.last().map(|(range, start)| start + range.len());
            let rank = |start: &usize| {
                let turn = self.index.turn_of(*start);
                let follows = last.is_some_and(|last| *start >= last && self.index.turn_of(last.max(1) - 1) == turn);
                let of = self.index.turn(turn);
                (!follows, of.received, !self.is_said_by(case, of), of.answer.is_none(), *start)
            };
            let start = *starts.iter().min_by_key(|start| rank(start))?;
            parts.push((at..at + length, start));
            at += length;
        }
        // Pieces of one place are one part.
        let mut joined: Vec<(Range<usize>, usize, usize)> = Vec::new();
        for (range, start) in parts {
            match joined.last_mut() {
                Some((before, _, end))
                    if *end <= start
                        && (start - *end <= MISSING
                            || seams.iter().any(|seam| (before.end..=range.start).contains(seam)))
                        && self.index.turn_of(start) == self.index.turn_of(end.saturating_sub(1)) =>
                {
                    before.end = range.end;
                    *end = start + range.len();
                }
                _ => joined.push((range.clone(), start, start + range.len())),
            }
        }
        if !(2..=PARTS).contains(&joined.len()) || without * 6 > wanted.len() + 6 {
            return None;
        }
        let cost = without + JOINT * (joined.len() - 1);
        Some((cost, joined.into_iter().map(|(range, start, _)| (range, start)).collect()))
    }

    fn spliced(&self, case: &Case<'_>, units: &[Unit], parts: &[(Range<usize>, usize)]) -> Finding {
        let text = &case.quotation.text;
        let part = |(range, start): &(Range<usize>, usize)| {
            let quoted = units[range.start].range().start..units[range.end - 1].range().end;
            let hit = self.hit(vec![*start..*start + range.len()]);
            let mut spot = self.spot(&hit);
            // A joined part may be longer in the source.
            let turn = self.index.turn(hit.turn).units.end;
            spot.range.end = spot.range.end.max(self.index.stretch(&(*start..(*start + range.len()).min(turn))).end);
            Part {
                text: text.get(quoted.clone()).unwrap_or_default().to_owned(),
                quoted: (quoted.start, quoted.end),
                place: place::place(&self.library, &spot),
            }
        };
        Finding::Spliced { parts: parts.iter().map(part).collect() }
    }

    fn close(&self, case: &Case<'_>, units: &[Unit], near: &Near) -> Vec<Finding> {
        let used = align::used(&near.steps);
        let spot = self.spot(&Hit { turn: near.turn, units: vec![used.clone()] });
        let text = place::text_of(&self.library, &spot);
        let source_units: Vec<Unit> = used
            .clone()
            .map(|unit| {
                let range = self.index.range(unit);
                Unit { id: self.index.ids(unit..unit + 1)[0], start: range.start as u32, len: range.len() as u8 }
            })
            .collect();
        let steps: Vec<Step> = near.steps.iter().map(|step| shifted(*step, used.start)).collect();
        let quoted = Side { text: &case.quotation.text, units };
        let source = Side { text, units: &source_units };
        let found = differences(&steps, &quoted, &source, &self.people);
        if found.is_empty() {
            // Only what an editor's marks stand for.
            return self.with_speaker(case, &spot, self.worded(&spot, Vec::new(), 0));
        }
        let place = Box::new(place::place(&self.library, &spot));
        let differences = found.into_iter().map(|one| differing(&case.quotation.text, text, &spot.range, &one));
        self.with_speaker(case, &spot, Finding::Close { place, differences: differences.collect() })
    }

    /// What shares most with a quotation that is not found, in whole sentences.
    fn nearest(&self, near: &Near) -> Option<Box<super::Place>> {
        let used = align::used(&near.steps);
        if near.same < 3 || used.is_empty() {
            return None;
        }
        let mut spot = self.spot(&Hit { turn: near.turn, units: vec![used] });
        spot.range = place::sentences_around(&self.library, &spot);
        Some(Box::new(place::place(&self.library, &spot)))
    }
}

/// The words of a quotation between its editors' marks, each with how many units of the source may
/// stand before it.
fn joined(pieces: &[Piece]) -> Vec<(Range<usize>, usize)> {
    let mut words = Vec::new();
    let mut reach = 0;
    for piece in pieces {
        match piece {
            Piece::Words(range) => {
                words.push((range.clone(), reach));
                reach = 0;
            }
            Piece::Elision => reach = usize::MAX / 2,
            Piece::Insertion(_) => reach = reach.max(INSERTED),
        }
    }
    words
}

/// Whether an editor's own words may stand for some of the source.
fn may_stand_for(gap: &str) -> bool {
    let folded = wording::folded(gap);
    wording::negation(&folded).is_none()
        && !gap.contains(['(', '（', '[', '［', '〔', '【'])
        && !folded.chars().any(|c| c.is_ascii_digit())
        && crate::text::numerals::numbers(&folded).is_empty()
}

/// Steps in which a whole edge is other than the source: those words are the report's own, and the
/// source's are not meant.
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
    let tail = if trailing > EDGE { steps.split_off(len - trailing) } else { Vec::new() };
    let rest = if leading > EDGE { steps.split_off(leading) } else { std::mem::take(&mut steps) };
    let mut kept: Vec<Step> = steps.iter().filter_map(own).collect();
    kept.extend(rest);
    kept.extend(tail.iter().filter_map(own));
    kept
}

/// Steps without what the source has more where an editor left something out or put something in,
/// with the second numbers those of the index.
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

/// A step whose second number counts from `from`.
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
