//! The proof: restored text is damaged again, piece by piece, and must give the received text. An edit
//! whose piece fails is undone here. No edit passes without this proof.

use std::collections::HashSet;
use std::ops::Range;

use super::damage::{DamageTable, Damager};
use super::gbk::{self, Code};
use super::line::ReceivedLine;
use super::restored::{DamageKind, Edit};

/// Undoes the edits of one line that cannot be proved. `edits` are those of the line, in order.
pub(super) fn prove(received: &str, line: &ReceivedLine, edits: &mut [Edit], damager: &Damager) {
    // Undoing an edit cuts its piece in two, and both must hold again.
    while undo_unproved(received, line, edits, damager) {}
}

fn undo_unproved(received: &str, line: &ReceivedLine, edits: &mut [Edit], damager: &Damager) -> bool {
    let mut undone = false;
    let mut first = 0;
    for piece in pieces(line, edits) {
        first += edits[first..].iter().take_while(|edit| edit.span.end <= piece.start).count();
        let count = edits[first..].iter().take_while(|edit| edit.span.end <= piece.end).count();
        let own = &mut edits[first..first + count];
        first += count;
        if own.is_empty() || damager.damage(&restored(received, piece.clone(), own)).as_deref() == received.get(piece) {
            continue;
        }
        // The least certain goes first: clear edits may hold without it.
        let unclear = own.iter().any(|edit| edit.proved && !edit.clear);
        let has_misaligned = own.iter().any(|edit| edit.kind == DamageKind::Misaligned);
        let doubtful = |edit: &&mut Edit| {
            if unclear { !edit.clear } else { !has_misaligned || edit.kind == DamageKind::Misaligned }
        };
        for edit in own.iter_mut().filter(doubtful) {
            edit.proved = false;
            undone = true;
        }
    }
    undone
}

fn restored(received: &str, piece: Range<usize>, edits: &[Edit]) -> String {
    let mut text = String::with_capacity(piece.len());
    let mut done = piece.start;
    for edit in edits.iter().filter(|edit| edit.proved) {
        text.push_str(received.get(done..edit.span.start).unwrap_or(""));
        text.push_str(&edit.restored);
        done = edit.span.end;
    }
    text.push_str(received.get(done..piece.end).unwrap_or(""));
    text
}

/// Cuts a line where nothing reaches across: before ASCII that is neither a trail byte nor a swallowed
/// `(`, outside the edits. It leaves out uncertain places, after which the decoder is in step again.
fn pieces(line: &ReceivedLine, edits: &[Edit]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = line.offset(0);
    let mut next = edits.iter().peekable();
    for unit in &line.units {
        while next.peek().is_some_and(|edit| edit.span.end <= unit.at) {
            next.next();
        }
        match next.peek() {
            Some(edit) if edit.span.start <= unit.at && edit.proved => {}
            Some(edit) if edit.span.start <= unit.at => {
                pieces.push(start..edit.span.start.max(start));
                start = edit.span.end;
            }
            _ if unit.c < '@' && unit.c != '(' => {
                pieces.push(start..unit.at);
                start = unit.at;
            }
            _ => {}
        }
    }
    pieces.push(start..line.end.max(start));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Which of two overlapping table characters comes first. Where the bytes of the restored text spell
/// both, the received text shows which one parted the other. Lines that show nothing or contradict each
/// other fail their proof later.
pub(super) fn order(received: &str, lines: &[(&ReceivedLine, &[Edit])], table: &DamageTable) -> HashSet<(char, char)> {
    let members: HashSet<char> = table.entries().iter().map(|entry| entry.0).collect();
    let mut before = HashSet::new();
    for (line, edits) in lines {
        let clean = restored(received, line.offset(0)..line.end, edits);
        // Each pair is tried once. Other places in the line would show the same.
        let mut tried = HashSet::new();
        for (first, second) in overlaps(&clean, &members) {
            if before.contains(&(first, second)) || before.contains(&(second, first)) || !tried.insert((first, second))
            {
                continue;
            }
            let shown = [(first, second), (second, first)].into_iter().find(|&(early, late)| {
                let entries = table.entries().iter();
                let entry = |c: char| entries.clone().find(|entry| entry.0 == c).cloned();
                let two = DamageTable::new(entry(early).into_iter().chain(entry(late)).chain(entries.clone().cloned()));
                Damager::new(&two).and_then(|damager| damager.damage(&clean)).as_deref()
                    == received.get(line.offset(0)..line.end)
            });
            before.extend(shown);
        }
    }
    before
}

/// Table characters that share a byte, as pairs of the left and the right one.
fn overlaps(clean: &str, members: &HashSet<char>) -> Vec<(char, char)> {
    let mut bytes = Vec::with_capacity(clean.len());
    for c in clean.chars() {
        match gbk::encode(c) {
            Some(Code::Ascii(byte)) => bytes.push(byte),
            Some(Code::Pair(lead, trail)) => bytes.extend([lead, trail]),
            None => bytes.push(0),
        }
    }
    let member = |pair: &[u8]| gbk::decode(pair[0], pair[1]).filter(|c| members.contains(c));
    bytes.windows(3).filter_map(|three| Some((member(&three[..2])?, member(&three[1..])?))).collect()
}
