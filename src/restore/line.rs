//! A received line, cut into characters with their bytes in the code page, for the search. It judges
//! nothing.

use std::sync::OnceLock;

use super::annotations;
use super::damage::second_of_mark;
use super::gbk::{self, Code};

/// One received character.
#[derive(Debug, Clone, Copy)]
pub(super) struct ReceivedChar {
    pub(super) c: char,
    /// `None` where the code page has no such character.
    pub(super) code: Option<Code>,
    /// Byte offset in the received text.
    pub(super) at: usize,
}

/// One received line, without its line break.
#[derive(Debug)]
pub(super) struct ReceivedLine {
    /// 1-based.
    pub(super) number: usize,
    /// Byte offset of the end of the line in the received text.
    pub(super) end: usize,
    pub(super) units: Vec<ReceivedChar>,
    /// For each unit, whether it is garbled. It is made once, because a line may have many damaged spans.
    pub(super) garbled: OnceLock<Vec<bool>>,
}

impl ReceivedLine {
    /// All lines of a text.
    pub(super) fn all(text: &str) -> Vec<Self> {
        let mut start = 0;
        text.split('\n')
            .enumerate()
            .map(|(index, line)| {
                let units = line
                    .char_indices()
                    .map(|(at, c)| ReceivedChar { c, code: gbk::encode(c), at: start + at })
                    .collect();
                let end = start + line.len();
                start = end + 1;
                Self { number: index + 1, end, units, garbled: OnceLock::new() }
            })
            .collect()
    }

    pub(super) fn char(&self, at: usize) -> Option<char> {
        self.units.get(at).map(|unit| unit.c)
    }

    /// Byte offset of a unit in the received text; the line's end past the last.
    pub(super) fn offset(&self, at: usize) -> usize {
        self.units.get(at).map_or(self.end, |unit| unit.at)
    }

    /// The annotation `(xiàn)` that starts at `at`, and its length in units.
    pub(super) fn annotation(&self, at: usize) -> Option<(String, usize)> {
        if self.char(at) != Some('(') {
            return None;
        }
        let (reading, taken) = self.closing(at + 1)?;
        Some((reading, taken + 1))
    }

    /// The rest of an annotation whose parenthesis was swallowed: `xiàn)`.
    pub(super) fn closing(&self, at: usize) -> Option<(String, usize)> {
        annotations::closing(self.units.get(at..)?.iter().map(|unit| unit.c))
    }

    /// Whether a misaligned damaged span can begin here: a `?` which may stand for a
    /// lost lead byte, because an insertion or a replaced mark follows.
    pub(super) fn may_begin_damage(&self, at: usize) -> bool {
        self.char(at) == Some('?')
            && (self.closing(at + 1).is_some()
                || self
                    .char(at + 1)
                    .is_some_and(|next| next.is_ascii() && next != '(' && second_of_mark(next as u8).is_some()))
    }

    /// For each unit, whether it may be read one byte off: from a possible
    /// damaged span to the next byte that re-aligns.
    pub(super) fn doubtful(&self) -> Vec<bool> {
        let mut marks = vec![false; self.units.len()];
        let mut at = 0;
        while at < self.units.len() {
            if !self.may_begin_damage(at) {
                at += 1;
                continue;
            }
            let mut end = at + 1 + self.closing(at + 1).map_or(1, |(_, taken)| taken);
            while let Some(c) = self.char(end) {
                if let Some((_, taken)) = self.annotation(end) {
                    end += taken;
                } else if (c as u32) < 0x40 {
                    break;
                } else {
                    end += 1;
                }
            }
            let end = end.min(marks.len());
            marks[at..end].fill(true);
            at = end.max(at + 1);
        }
        marks
    }
}
