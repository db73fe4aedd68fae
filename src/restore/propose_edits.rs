//! Walks over one line from left to right, removes annotations and hands misaligned damaged spans to the
//! search. The edits are proposals until `prove` has checked them.

use super::annotations;
use super::beam_search::{self, Candidate, SearchContext};
use super::gbk::Code;
use super::line::ReceivedLine;
use super::restored::{DamageKind, Edit};
use super::table::is_han;

/// The natural logarithm of the odds from which a wording counts as clear. Measured
/// (`tests/measured.rs`, 3,062 damaged spans): 98.8 of 100 are right from 3.0 on, and 69 of 100 damaged spans get
/// there; 99.3 and 61 at 4.0; 98.2 and 75 at 2.0.
const CLEAR: f32 = 3.0;

/// The edits proposed for a line, and the table characters that only its
/// damaged spans show.
#[derive(Debug, Default)]
pub(super) struct ProposedEdits {
    pub(super) edits: Vec<Edit>,
    pub(super) unseen: Vec<(char, String)>,
}

/// The annotations of a line about which nothing is known.
pub(super) fn suspects(line: &ReceivedLine, edits: &mut Vec<Edit>) {
    let mut at = 0;
    while let Some(unit) = line.units.get(at) {
        at += 1;
        if let Some((reading, taken)) = line.annotation(at)
            && annotations::reads(unit.c, &reading)
        {
            edits.push(uncertain(line, at - 1, at + taken, DamageKind::Aligned));
            at += taken;
        }
    }
}

/// Proposes the edits of a line that may be damaged.
pub(super) fn propose_edits(line: &ReceivedLine, known: &SearchContext<'_>) -> ProposedEdits {
    let mut proposed = ProposedEdits::default();
    let mut clean: Vec<char> = Vec::with_capacity(line.units.len());
    let mut at = 0;
    while let Some(unit) = line.units.get(at) {
        if line.may_begin_damage(at)
            && let Some(end) = restore_damaged_span(line, at, &clean, known, &mut proposed)
        {
            let edit = &proposed.edits[proposed.edits.len() - 1];
            if edit.proved {
                clean.extend(edit.restored.chars());
            } else {
                clean.extend(line.units[at..end].iter().map(|unit| unit.c));
            }
            at = end;
            continue;
        }
        clean.push(unit.c);
        at += 1;
        let Some((reading, taken)) = line.annotation(at) else {
            continue;
        };
        let pair = match unit.code {
            Some(Code::Pair(lead, trail)) => Some([lead, trail]),
            // The letter is the second byte of a pair that the character before it begins.
            Some(Code::Ascii(letter)) => clean.iter().rev().nth(1).and_then(|&c| match super::gbk::encode(c) {
                Some(Code::Pair(_, trail)) => Some([trail, letter]),
                _ => None,
            }),
            None => None,
        };
        if pair.and_then(|pair| known.table.get(&pair)) == Some(&reading) {
            proposed.edits.push(Edit {
                restored: unit.c.to_string(),
                proved: true,
                ..uncertain(line, at - 1, at + taken, DamageKind::Aligned)
            });
            at += taken;
        } else if is_han(unit.c) && annotations::reads(unit.c, &reading) {
            proposed.edits.push(uncertain(line, at - 1, at + taken, DamageKind::Aligned));
            clean.extend(line.units[at..at + taken].iter().map(|unit| unit.c));
            at += taken;
        }
    }
    proposed
}

fn uncertain(line: &ReceivedLine, from: usize, to: usize, kind: DamageKind) -> Edit {
    let span = line.offset(from)..line.offset(to);
    Edit { line: line.number, span, restored: String::new(), proved: false, clear: true, kind }
}

/// Handles a possible damaged span at `at`. `None` means that the `?` is honest. Otherwise it pushes one edit,
/// which ends at the returned unit.
fn restore_damaged_span(
    line: &ReceivedLine,
    at: usize,
    before: &[char],
    known: &SearchContext<'_>,
    proposed: &mut ProposedEdits,
) -> Option<usize> {
    let inserted = line.closing(at + 1);
    let found = beam_search::search(line, at, before, known);
    #[cfg(test)]
    super::tests::traced::note(line, at, found.as_ref());
    match found {
        Some(Candidate { as_received: false, end, text, margin, unseen }) if end > at => {
            let mut edit = uncertain(line, at, end, DamageKind::Misaligned);
            edit.restored = text;
            trim(line, at, end, &mut edit);
            // Every wording found damages to the received text. It is shown even where another comes
            // near, and marked as uncertain there.
            edit.proved = true;
            edit.clear = margin >= CLEAR;
            if edit.clear {
                proposed.unseen.extend(unseen);
            }
            proposed.edits.push(edit);
            Some(end)
        }
        Some(Candidate { as_received: true, margin, .. }) if margin >= CLEAR && inserted.is_none() => None,
        // `?nèi)` is always a damaged span. A `?` before a mark may be one.
        _ => {
            let end = at + 1 + inserted.map_or(1, |(_, taken)| taken);
            proposed.edits.push(uncertain(line, at, end, DamageKind::Misaligned));
            Some(end)
        }
    }
}

/// Cuts off the end of a damaged span that is the same before and after.
fn trim(line: &ReceivedLine, at: usize, end: usize, edit: &mut Edit) {
    let mut end = end;
    while end > at + 1 && edit.restored.chars().count() > 1 && edit.restored.chars().next_back() == line.char(end - 1) {
        edit.restored.pop();
        end -= 1;
    }
    edit.span.end = line.offset(end);
}
