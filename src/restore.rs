//! Received text → restored text, by the damage model, with proof.
//!
//! The pipeline of a web page worked on GBK bytes and ignored where characters begin. It replaced
//! full-width marks by ASCII. It inserted a reading after each character of a table (`服務(wù)`), even
//! where the byte pair fell across two characters (`我們?nèi)斯ひ婚_始` was `我們人工一開始`). This module finds
//! such damage and undoes it.
//!
//! | file | why |
//! |---|---|
//! | `damage` | the forward model, which judges every restoration |
//! | `gbk` | the code page, exactly |
//! | `annotations` | the readings of a character |
//! | `line` | a received line as characters with bytes |
//! | `table` | is this text damaged, and by which table? |
//! | `char_variants`, `phrases`, `likelihood` | how likely a clean text is |
//! | `garbled` | the characters of a line from which nothing is learnt |
//! | `local_context` | the text near a damaged span |
//! | `beam_search`, `transitions`, `lost_bytes` | candidates for a misaligned damaged span |
//! | `propose_edits` | the edits of a line |
//! | `prove` | damage again, compare, undo what fails |
//! | `restored` | both texts and their offsets |
//! | `mojibake` | other damage: a wrong encoding, entities |
//!
//! It is pure: no files, no clock. It changes nothing that it cannot prove. Honest parentheses
//! (`拼音(pīnyīn)`) stay.

mod annotations;
mod beam_search;
mod char_variants;
mod damage;
mod garbled;
mod gbk;
mod likelihood;
mod line;
mod local_context;
mod lost_bytes;
mod mojibake;
mod phrases;
mod propose_edits;
mod prove;
mod restored;
mod table;
mod transitions;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use damage::{DamageTable, damage};
pub use restored::{DamageKind, Restoration, Restored};

use beam_search::SearchContext;
use damage::Damager;
use gbk::Code;
use likelihood::Ranker;
use line::ReceivedLine;
use restored::Edit;

/// Restores a text. It never fails. Damage that cannot be restored stays as received, and an
/// undamaged text comes back unchanged.
///
/// ```
/// let restored = yuanhua::restore::restore("We couldnâ€™t stay.");
/// assert_eq!(restored.text(), "We couldn’t stay.");
/// assert_eq!(restored.received(), "We couldnâ€™t stay.");
/// assert!(restored.restorations().iter().all(|place| place.proved));
/// ```
///
/// Each piece of a line is proved by itself. Pieces between bytes that re-align the decoder do not affect
/// each other, so a place that cannot be restored casts no doubt on the rest of its line.
pub fn restore(received: &str) -> Restored {
    let on_the_way = mojibake::edits(received);
    if !on_the_way.is_empty() {
        return Restored::new(received, on_the_way, DamageTable::default());
    }
    if !table::any_annotation(received) {
        return Restored::new(received, Vec::new(), DamageTable::default());
    }
    let lines = ReceivedLine::all(received);
    let evidence = table::infer(&lines);
    let mut edits: Vec<Vec<Edit>> = vec![Vec::new(); lines.len()];
    if evidence.table.is_empty() {
        for (line, edits) in lines.iter().zip(&mut edits) {
            propose_edits::suspects(line, edits);
        }
        return Restored::new(received, edits.into_iter().flatten().collect(), DamageTable::default());
    }
    let mut entries = evidence.table.clone();
    let mut pairs = HashMap::new();
    for (c, reading) in &entries {
        if let Some(Code::Pair(lead, trail)) = gbk::encode(*c) {
            pairs.insert([lead, trail], reading.clone());
        }
    }
    let bare = table::bare_pairs(&lines, &evidence.outside);
    let ranker = Ranker::new(&lines, &evidence.outside);
    let known = SearchContext { table: &pairs, bare: &bare, ranker: &ranker };
    for ((line, edits), outside) in lines.iter().zip(&mut edits).zip(&evidence.outside) {
        if *outside {
            propose_edits::suspects(line, edits);
        } else {
            let proposed = propose_edits::propose_edits(line, &known);
            *edits = proposed.edits;
            entries.extend(proposed.unseen);
        }
    }
    let table = in_order(received, &lines, &edits, DamageTable::new(entries));
    if let Some(damager) = Damager::new(&table) {
        for (line, edits) in lines.iter().zip(&mut edits) {
            prove::prove(received, line, edits, &damager);
        }
    } else {
        edits.iter_mut().flatten().for_each(|edit| edit.proved = false);
    }
    Restored::new(received, edits.into_iter().flatten().collect(), table)
}

/// The table in an order that agrees with the received text.
fn in_order(received: &str, lines: &[ReceivedLine], edits: &[Vec<Edit>], table: DamageTable) -> DamageTable {
    let edited: Vec<(&ReceivedLine, &[Edit])> = lines
        .iter()
        .zip(edits)
        .filter(|(_, edits)| edits.iter().any(|edit| edit.proved))
        .map(|(line, edits)| (line, edits.as_slice()))
        .collect();
    let before = prove::order(received, &edited, &table);
    match table::ordered(table.entries(), &before) {
        Some(entries) => DamageTable::new(entries),
        None => table,
    }
}
