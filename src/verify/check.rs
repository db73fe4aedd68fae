//! One quotation → its findings. The checks run in this order: word for word, withdrawn, with editors' marks, put
//! together or close, not found. Then the speaker is checked, and what a cut loses.

use std::ops::Range;

use super::case::{Case, FollowedLink, QuotationMatch};
use super::cut::{self, Loss};
use super::finding::{CheckedQuotation, Dress, Finding, LostWords, PermalinkOutcome, PlaceInSource};
use super::index::{IndexedTurn, ids};
use super::naming::NamedPeople;
use super::place::{self, Spot};
use super::quotations::{Piece, Quotation, labels};
use super::verifier::Verifier;
use super::wording;
use crate::disclosure;
use crate::library::AllowedWithdrawn;
use crate::retrieval::corpus::Sources;
use crate::search::quote::{Permalink, Resolution};

/// The most units of the source that an editor's insertion may stand for.
const MAX_INSERTED_UNITS: usize = 8;
/// The fewest units that show that the next quotation of a paragraph goes on where this one ends.
const MIN_UNITS_TO_GO_ON: usize = 12;

impl Verifier<'_> {
    /// Returns the findings for one quotation of a report.
    pub(super) fn check(&self, all: &[Quotation], named: &[Option<NamedPeople>], at: usize) -> CheckedQuotation {
        let quotation = &all[at];
        let units = self.index.vocabulary.units(&quotation.text);
        let case = Case {
            quotation,
            named: named[at].as_ref(),
            stranger: named[at].is_none().then(|| self.people.stranger(quotation)).flatten(),
            labels: quotation.citation.as_deref().and_then(labels),
            ids: ids(&units),
            units,
            link: quotation.permalink.as_deref().and_then(|link| self.follow(link)),
            before: at.checked_sub(1).map(|before| &all[before]).filter(|_| quotation.goes_back),
            after: all.get(at + 1).filter(|_| quotation.goes_on),
        };
        let mut findings = self.findings(&case);
        let is_told = |finding: &Finding| matches!(finding, Finding::UnknownSpeaker { .. } | Finding::Withdrawn);
        if let Some(named) = case.stranger.clone().filter(|_| !findings.iter().any(is_told)) {
            findings.push(Finding::UnknownSpeaker { named, said_by: None, place: None });
        }
        findings.sort_by_key(Finding::gravity);
        let withdrawn = matches!(findings.first(), Some(Finding::Withdrawn));
        let holds = findings.iter().all(Finding::holds);
        let permalink = case.link.map(|link| match link.spot {
            Some(spot) if !findings.iter().any(|finding| self.leads_to(finding, &spot)) => PermalinkOutcome::OtherWords,
            _ => link.outcome,
        });
        CheckedQuotation {
            number: quotation.number,
            line: quotation.line,
            text: (!withdrawn).then(|| quotation.text.clone()),
            named: case.named.filter(|_| !withdrawn).map(|named| named.name.clone()),
            permalink,
            holds,
            findings,
        }
    }

    /// Finds the place that a permalink leads to.
    fn follow(&self, link: &str) -> Option<FollowedLink> {
        let permalink: Permalink = link.parse().ok()?;
        let sources = Sources {
            transcripts: self.library.transcripts,
            gone: self.library.gone,
            withdrawn: self.library.withdrawn,
        };
        let (outcome, spot) = match permalink.find_in(&sources) {
            Resolution::Here(place, span) | Resolution::Elsewhere(place, span) => {
                let spot = Spot {
                    transcript: place.transcript,
                    question: place.at.question,
                    answer: Some(place.at.answer),
                    range: span.range(),
                    received: false,
                };
                (PermalinkOutcome::Agrees, Some(spot))
            }
            Resolution::Changed { .. } | Resolution::Unsaid { .. } => (PermalinkOutcome::Changed, None),
            Resolution::Withdrawn => (PermalinkOutcome::Withdrawn, None),
            Resolution::Gone => (PermalinkOutcome::Gone, None),
        };
        Some(FollowedLink { outcome, spot })
    }

    /// Returns whether a finding is at the place that a permalink leads to.
    fn leads_to(&self, finding: &Finding, spot: &Spot) -> bool {
        let sha256 = &self.library.transcripts[spot.transcript].source_sha256;
        let is_there = |place: &PlaceInSource| {
            place.source_sha256 == *sha256 && place.start < spot.range.end && spot.range.start < place.end
        };
        match finding {
            Finding::Withdrawn | Finding::NotFound { .. } => false,
            Finding::UnknownSpeaker { place, .. } => place.as_deref().is_some_and(is_there),
            Finding::Spliced { parts } => parts.iter().any(|part| is_there(&part.place)),
            Finding::OtherSpeaker { place, .. }
            | Finding::OnlyAsked { place }
            | Finding::Close { place, .. }
            | Finding::Cut { place, .. }
            | Finding::Dressed { place, .. }
            | Finding::Exact { place, .. } => is_there(place),
        }
    }

    fn findings(&self, case: &Case<'_>) -> Vec<Finding> {
        if case.link.as_ref().is_some_and(|link| link.outcome == PermalinkOutcome::Withdrawn) {
            return vec![Finding::Withdrawn];
        }
        if let Some(found) = self.findings_at_permalink(case) {
            return found;
        }
        let text = &case.quotation.text;
        let whole = self.index.find(&case.ids).into_iter().map(|units| self.match_at(vec![units])).collect();
        if let Some(hit) = self.likeliest(case, whole) {
            return self.findings_where_said(case, &hit);
        }
        if !self.library.withdrawals.is_empty()
            && !self.library.withdrawals.find(text, &[], AllowedWithdrawn::Nothing).ranges.is_empty()
        {
            return vec![Finding::Withdrawn];
        }
        let elided = case.quotation.elided();
        let hit = self.likeliest(case, self.places_of_pieces(case, &elided));
        if let Some(hit) = hit {
            return self.findings_where_said(case, &hit);
        }
        let pieces = case.quotation.pieces();
        let composed = self.places_of_pieces(case, &pieces);
        let found = !composed.is_empty();
        let meant = composed.into_iter().filter(|hit| self.may_insert(case, &pieces, hit)).collect();
        if let Some(hit) = self.likeliest(case, meant) {
            return self.findings_where_said(case, &hit);
        }
        // Brackets that change the words are not an editor's. They are compared with the source's own.
        if found { self.findings_elsewhere(case, &elided) } else { self.findings_elsewhere(case, &pieces) }
    }

    /// Returns whether an editor's insertions are allowed. An insertion must not stand for a negation, a number or
    /// brackets of the source, and must not deny anything itself.
    fn may_insert(&self, case: &Case<'_>, pieces: &[Piece], hit: &QuotationMatch) -> bool {
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
                let is_last = words == hit.units.len();
                let edge = match (words, hit.units.first(), hit.units.last()) {
                    (0, Some(first), _) => text.get(..self.index.stretch(first).start).is_some_and(closes),
                    (_, _, Some(last)) if is_last => text.get(self.index.stretch(last).end..).is_some_and(opens),
                    _ => false,
                };
                let least = without_clues(gap);
                let short = self.index.vocabulary.units(&least).len() <= MAX_INSERTED_UNITS;
                !edge && short && may_stand_for(&least) && wording::negation(&wording::folded(own)).is_none()
            }
        })
    }

    /// Returns the findings if the words match the place that the permalink leads to, whatever marks they hold.
    fn findings_at_permalink(&self, case: &Case<'_>) -> Option<Vec<Finding>> {
        let spot = case.linked_spot()?;
        let text = &case.quotation.text;
        let source = place::text_of(&self.library, spot).get(spot.range.clone())?;
        let (source_units, own) = (self.index.vocabulary.units(source), &case.units);
        if ids(&source_units) != case.ids {
            return None;
        }
        let shown = place::is_as_shown(&self.library, spot, text, true);
        let ranges: Vec<Range<usize>> = source_units.iter().map(|unit| unit.range()).collect();
        let dress = if shown { Vec::new() } else { place::dress(text, own, source, &ranges) };
        let also = self.index.find(&case.ids).len().saturating_sub(1);
        Some(self.with_speaker(case, spot, self.exact_or_dressed(spot, dress, also)))
    }

    /// Returns the finding for the source's words: exact, or exact but for some dress. `also` counts other places.
    pub(super) fn exact_or_dressed(&self, spot: &Spot, dress: Vec<Dress>, also: usize) -> Finding {
        let place = Box::new(place::place(&self.library, spot));
        if dress.is_empty() { Finding::Exact { place, also } } else { Finding::Dressed { place, but_for: dress } }
    }

    /// Returns the match of some units. All stand in one turn.
    pub(super) fn match_at(&self, units: Vec<Range<usize>>) -> QuotationMatch {
        QuotationMatch { turn: self.index.turn_of(units.first().map_or(0, |first| first.start)), units }
    }

    /// Returns the place that the report most likely means.
    fn likeliest(&self, case: &Case<'_>, hits: Vec<QuotationMatch>) -> Option<QuotationMatch> {
        hits.into_iter().min_by_key(|hit| {
            let turn = self.index.turn(hit.turn);
            let linked = case.linked_spot().is_some_and(|spot| spot.transcript == turn.transcript);
            (!self.is_said_by(case, turn), turn.answer.is_none(), turn.received, !linked, hit.units[0].start)
        })
    }

    /// Returns whether a turn is by the person that the report names. If the report names nobody, any turn is.
    pub(super) fn is_said_by(&self, case: &Case<'_>, turn: &IndexedTurn) -> bool {
        let Some((_, question, answer)) = turn.of(&self.library) else { return false };
        if let (Some(cited), Some(answer)) = (&case.labels, answer)
            && (cited.question != question.label || cited.answer != answer.label)
        {
            return false;
        }
        let Some(named) = case.named else { return true };
        let speaker = answer.map_or(question.speaker.as_deref(), |answer| answer.interviewee.as_deref());
        speaker.and_then(|name| self.people.number(name)).is_some_and(|number| named.people.contains(&number))
    }

    /// Returns the place of a match, from its first unit to its last.
    pub(super) fn spot(&self, hit: &QuotationMatch) -> Spot {
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

    /// Returns the findings for words that a turn has.
    fn findings_where_said(&self, case: &Case<'_>, hit: &QuotationMatch) -> Vec<Finding> {
        let spot = self.spot(hit);
        let text = place::text_of(&self.library, &spot);
        let wanted = case.ids.len();
        let ranges: Vec<Range<usize>> =
            hit.units.iter().cloned().flatten().map(|unit| self.index.range(unit)).collect();
        let dress = if ranges.len() == wanted && !place::is_as_shown(&self.library, &spot, &case.quotation.text, false)
        {
            place::dress(&case.quotation.text, &case.units, text, &ranges)
        } else {
            Vec::new()
        };
        let also = if hit.units.len() == 1 { self.index.find(&case.ids).len().saturating_sub(1) } else { 0 };
        let mut findings = self.with_speaker(case, &spot, self.exact_or_dressed(&spot, dress, also));
        let losses = self.losses(case, hit, &spot);
        if !losses.is_empty() {
            let lost = losses
                .into_iter()
                .filter_map(|loss| Some(LostWords { what: loss.what, words: text.get(loss.at)?.trim().to_owned() }));
            findings.push(Finding::Cut { place: Box::new(place::place(&self.library, &spot)), lost: lost.collect() });
        }
        findings
    }

    /// Adds a finding about the speaker, if it is not the one that the report names.
    pub(super) fn with_speaker(&self, case: &Case<'_>, spot: &Spot, words: Finding) -> Vec<Finding> {
        let mut findings = vec![words];
        let place = || Box::new(place::place(&self.library, spot));
        let Some(question) = self.library.transcripts[spot.transcript].questions.get(spot.question) else {
            return findings;
        };
        let answer = spot.answer.and_then(|answer| question.answers.get(answer));
        let speaker = answer.map_or(question.speaker.as_deref(), |answer| answer.interviewee.as_deref());
        let number = speaker.and_then(|name| self.people.number(name));
        let is_named = |named: &NamedPeople| number.is_some_and(|number| named.people.contains(&number));
        match (case.named, speaker) {
            // An interviewer who is named for the question is quoted rightly.
            (named, _) if answer.is_none() => {
                if !named.is_some_and(is_named) {
                    findings.push(Finding::OnlyAsked { place: place() });
                }
            }
            (Some(named), Some(speaker)) if !is_named(named) => {
                let (named, said_by) = (named.name.clone(), speaker.to_owned());
                findings.push(Finding::OtherSpeaker { named, said_by, place: place() });
            }
            (None, said_by) if case.stranger.is_some() => {
                let (named, said_by) = (case.stranger.clone().unwrap_or_default(), said_by.map(str::to_owned));
                findings.push(Finding::UnknownSpeaker { named, said_by, place: Some(place()) });
            }
            _ => {
                if let (Some(cited), Some(answer)) = (&case.labels, answer)
                    && (cited.question != question.label || cited.answer != answer.label)
                {
                    let named = format!("{} · {}", cited.question, cited.answer);
                    let said_by = format!("{} · {}", question.label, answer.label);
                    findings.push(Finding::OtherSpeaker { named, said_by, place: place() });
                }
            }
        }
        findings
    }

    /// Returns what is lost at the ends of the words, and where an editor left something out.
    fn losses(&self, case: &Case<'_>, hit: &QuotationMatch, spot: &Spot) -> Vec<Loss> {
        if spot.received {
            return Vec::new();
        }
        let text = place::text_of(&self.library, spot);
        let turn = place::stretch_around(&self.library, spot);
        let turn_units = &self.index.turn(hit.turn).units;
        // “A，”他说，“但是B。”: the report goes on where the source does, so nothing is lost.
        let first = hit.units.first().map_or(0, |first| first.start);
        let last = hit.units.last().map_or(0, |last| last.end);
        let begun = case.before.is_some_and(|before| {
            let own = ids(&self.index.vocabulary.units(&before.text));
            let from = first.saturating_sub(own.len()).max(turn_units.start);
            !own.is_empty() && self.index.ids(from..first) == own.as_slice()
        });
        let goes_on = case.after.is_some_and(|after| {
            let own = ids(&self.index.vocabulary.units(&after.text));
            let rest = self.index.ids(last..turn_units.end);
            let same = own.iter().zip(rest).take_while(|(a, b)| a == b).count();
            same > 0 && (same == own.len() || same >= MIN_UNITS_TO_GO_ON)
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
}

/// Returns whether a text ends with a closing bracket.
fn closes(text: &str) -> bool {
    text.trim_end().ends_with([')', '）', ']', '］', '〕', '】'])
}

/// Returns whether a text begins with an opening bracket.
fn opens(text: &str) -> bool {
    text.trim_start().starts_with(['(', '（', '[', '［', '〔', '【'])
}

/// Returns a text without names, numbers and addresses of people. Our exports replace these on request.
fn without_clues(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for clue in disclosure::clues(text, &[]) {
        kept.push_str(text.get(at..clue.range.start).unwrap_or_default());
        at = clue.range.end;
    }
    kept + text.get(at..).unwrap_or_default()
}

/// Returns whether an editor's own words may stand for this part of the source.
fn may_stand_for(gap: &str) -> bool {
    let folded = wording::folded(gap);
    wording::negation(&folded).is_none()
        && !gap.contains(['(', '（', '[', '［', '〔', '【'])
        && !folded.chars().any(|c| c.is_ascii_digit())
        && crate::text::numerals::numbers(&folded).is_empty()
}
