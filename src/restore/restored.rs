//! The result of a restoration: both texts, and how their offsets correspond. Outside the restorations
//! the two texts are the same. This file relies on that, and keeps to it when it builds a [`Restored`].

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// The restored text of one transcript, with its restorations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    received: String,
    text: String,
    restorations: Vec<Restoration>,
    table: super::damage::DamageTable,
}

/// One place where the received text is damaged, or looks so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restoration {
    /// 1-based line of the received text.
    pub line: usize,
    /// The received wording.
    pub received: String,
    /// The wording in the restored text. It damages to `received` again, or is `received` itself where
    /// none was found.
    pub restored: String,
    /// Bytes in the received text.
    pub received_span: Range<usize>,
    /// Bytes in the restored text.
    pub restored_span: Range<usize>,
    /// Whether damaging `restored` gives `received` again and no other such wording came near. If not,
    /// the place is uncertain and must be shown so, with the received wording beside it.
    pub proved: bool,
    /// The kind of damage.
    pub kind: DamageKind,
}

/// How the damage left the bytes of the characters that follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DamageKind {
    /// The decoder is in step: a reading was inserted after a whole character.
    Aligned,
    /// The decoder is one byte off: something was inserted or replaced inside a character.
    Misaligned,
    /// UTF-8 that was read in another encoding.
    Encoding,
    /// An entity outside HTML.
    Entity,
}

/// A change to the received text, before both texts are aligned.
#[derive(Debug, Clone)]
pub(super) struct Edit {
    pub(super) line: usize,
    pub(super) span: Range<usize>,
    pub(super) restored: String,
    /// Whether to apply `restored`; after the proof, whether it damages
    /// to the received text again.
    pub(super) proved: bool,
    /// Whether no other wording came near.
    pub(super) clear: bool,
    pub(super) kind: DamageKind,
}

impl Restored {
    /// Applies the proved edits, which are in order and do not overlap.
    pub(super) fn new(received: &str, edits: Vec<Edit>, table: super::damage::DamageTable) -> Self {
        let mut text = String::with_capacity(received.len());
        let mut restorations = Vec::with_capacity(edits.len());
        let mut done = 0;
        for edit in edits {
            let Some(wording) = received.get(edit.span.clone()) else {
                continue;
            };
            text.push_str(&received[done..edit.span.start]);
            let start = text.len();
            text.push_str(if edit.proved { &edit.restored } else { wording });
            done = edit.span.end;
            restorations.push(Restoration {
                line: edit.line,
                received: wording.to_owned(),
                restored: text[start..].to_owned(),
                received_span: edit.span,
                restored_span: start..text.len(),
                proved: edit.proved && edit.clear,
                kind: edit.kind,
            });
        }
        text.push_str(&received[done..]);
        Self { received: received.to_owned(), text, restorations, table }
    }

    /// Makes the text again from its kept parts. `None` if they do not fit each other.
    pub fn from_parts(received: String, restorations: Vec<Restoration>, table: super::DamageTable) -> Option<Self> {
        let mut text = String::with_capacity(received.len());
        let mut done = 0;
        for one in &restorations {
            text.push_str(received.get(done..one.received_span.start)?);
            let start = text.len();
            text.push_str(&one.restored);
            let as_it_was = received.get(one.received_span.clone())? == one.received;
            if !as_it_was || (start..text.len()) != one.restored_span {
                return None;
            }
            done = one.received_span.end;
        }
        text.push_str(received.get(done..)?);
        Some(Self { received, text, restorations, table })
    }

    /// The restored text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text as received.
    pub fn received(&self) -> &str {
        &self.received
    }

    /// All places that are, or look, damaged, in order.
    pub fn restorations(&self) -> &[Restoration] {
        &self.restorations
    }

    /// The damage table that was inferred; empty if the text is not damaged.
    pub fn table(&self) -> &super::damage::DamageTable {
        &self.table
    }

    /// The same without the words in some ascending ranges of the restored text. White space of the
    /// same length replaces them, so that all other offsets and all lines stay.
    #[must_use]
    pub fn without(&self, ranges: &[Range<usize>]) -> Self {
        let blanked = |text: &str, ranges: &mut dyn Iterator<Item = Range<usize>>| -> String {
            let mut bytes = text.as_bytes().to_vec();
            for range in ranges {
                let end = range.end.min(bytes.len());
                for byte in &mut bytes[range.start.min(end)..end] {
                    if *byte != b'\n' {
                        *byte = b' ';
                    }
                }
            }
            // Ranges end between characters. If one does not, the whole character goes.
            String::from_utf8(bytes).unwrap_or_else(|_| " ".repeat(text.len()))
        };
        // A restored place goes as a whole, from both texts.
        let received: Vec<Range<usize>> = ranges.iter().map(|range| self.received_range(range.clone())).collect();
        let restored = received.iter().map(|range| self.restored_range(range.clone()));
        let text = blanked(&self.text, &mut restored.chain(ranges.iter().cloned()));
        let is_in = |one: &Restoration| {
            let after = ranges.partition_point(|range| range.end <= one.restored_span.start);
            ranges.get(after).is_some_and(|range| range.start < one.restored_span.end)
        };
        Self {
            received: blanked(&self.received, &mut received.iter().cloned()),
            text,
            restorations: self.restorations.iter().filter(|one| !is_in(one)).cloned().collect(),
            table: self.table.clone(),
        }
    }

    /// The received byte range that a restored byte range came from, widened
    /// to whole restorations. Bytes past the end count as the end.
    pub fn received_range(&self, restored: Range<usize>) -> Range<usize> {
        self.map(restored, self.text.len(), |r| (&r.restored_span, &r.received_span))
    }

    /// The restored byte range that a received byte range became, widened to
    /// whole restorations. Bytes past the end count as the end.
    pub fn restored_range(&self, received: Range<usize>) -> Range<usize> {
        self.map(received, self.received.len(), |r| (&r.received_span, &r.restored_span))
    }

    fn map(
        &self,
        range: Range<usize>,
        length: usize,
        sides: impl Fn(&Restoration) -> (&Range<usize>, &Range<usize>),
    ) -> Range<usize> {
        let start = range.start.min(length);
        let end = range.end.min(length).max(start);
        // The last restoration that begins at or before an offset.
        let nearest = |offset: usize| {
            let after = self.restorations.partition_point(|r| sides(r).0.start <= offset);
            after.checked_sub(1).map(|index| sides(&self.restorations[index]))
        };
        let shifted = |offset: usize| match nearest(offset) {
            Some((from, to)) if offset >= from.end => to.end + (offset - from.end),
            Some((from, to)) if offset == from.start => to.start,
            _ => offset,
        };
        let inside = |offset: usize| nearest(offset).filter(|(from, _)| from.start < offset && offset < from.end);
        let mapped_start = inside(start).map_or_else(|| shifted(start), |(_, to)| to.start);
        let mapped_end = inside(end).map_or_else(|| shifted(end), |(_, to)| to.end);
        mapped_start..mapped_end
    }
}
