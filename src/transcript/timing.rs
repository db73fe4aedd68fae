//! The times of a transcript's words: pieces of its text with the time that the source gives them, by
//! word, cue or turn.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::span::Span;
use super::timestamps::{self, Moment};
use crate::restore::Restored;

/// The precision of times in a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Each turn, or each mark in a text, has a time.
    Turn,
    /// Each cue or sentence has a time.
    Cue,
    /// Each word has a time.
    Word,
}

/// The origin of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The start of the recording.
    Recording,
    /// Midnight: a time of day, as chats have it.
    Day,
}

/// The time of some words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Timing {
    /// The start of the first word, in milliseconds.
    pub start_ms: u32,
    /// The end of the last word in milliseconds, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_ms: Option<u32>,
    /// The origin of both.
    pub clock: Clock,
    /// The precision.
    pub precision: Precision,
}

impl Timing {
    /// The start of the words: `00:12:03`.
    pub fn start(&self) -> String {
        timestamps::show(self.start_ms)
    }

    /// Their end, if it is known: `00:12:09`.
    pub fn end(&self) -> Option<String> {
        self.end_ms.map(timestamps::show)
    }
}

impl fmt::Display for Timing {
    /// `00:12:03–00:12:09`, or the start alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.start())?;
        match self.end().filter(|end| *end != self.start()) {
            Some(end) => write!(f, "–{end}"),
            None => Ok(()),
        }
    }
}

/// A piece of a text, and its time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Timed {
    /// Bytes of the text.
    pub(super) at: Range<usize>,
    pub(super) from: Moment,
    pub(super) to: Option<Moment>,
    pub(super) precision: Precision,
}

/// All known times of a restored text.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Times {
    /// Ascending and apart.
    pieces: Vec<Timed>,
}

impl Times {
    /// `marks` are offsets in the restored text with the times of marks in it. `timed` are pieces of
    /// the received text, from its container.
    pub(super) fn new(marks: &[(usize, Moment)], timed: Vec<Timed>, restored: &Restored) -> Self {
        let mut pieces: Vec<Timed> = timed
            .into_iter()
            .map(|piece| Timed { at: restored.restored_range(piece.at.clone()), ..piece })
            .filter(|piece| !piece.at.is_empty())
            .collect();
        pieces.sort_by_key(|piece| (piece.at.start, piece.at.end));
        let told = |offset: usize| {
            let after = pieces.partition_point(|piece| piece.at.start <= offset);
            after.checked_sub(1).is_some_and(|at| offset < pieces[at].at.end)
        };
        let marks = marks.iter().filter(|(offset, _)| !told(*offset));
        let marks: Vec<Timed> = marks
            .map(|(offset, from)| Timed { at: *offset..*offset, from: *from, to: None, precision: Precision::Turn })
            .collect();
        pieces.extend(marks);
        pieces.sort_by_key(|piece| (piece.at.start, piece.at.end));
        Self { pieces }
    }

    /// The places in `span` at which a time of the recording begins, with the time in milliseconds.
    pub(super) fn begin_in(&self, span: Span) -> impl Iterator<Item = (usize, u32)> {
        let first = self.pieces.partition_point(|piece| piece.at.start < span.start());
        let within = self.pieces[first..].iter().take_while(move |piece| piece.at.start < span.end());
        within.filter(|piece| !piece.from.of_day).map(|piece| (piece.at.start, piece.from.ms))
    }

    /// The first time of the recording at or after a place, in milliseconds.
    pub(super) fn next_after(&self, place: usize) -> Option<u32> {
        let next = self.pieces.partition_point(|piece| piece.at.start < place);
        self.pieces[next..].iter().find(|piece| !piece.from.of_day).map(|piece| piece.from.ms)
    }

    /// The time of the words of `span`, by the times in `answer` at or before them.
    pub(super) fn of(&self, answer: Span, span: Span) -> Option<Timing> {
        let after = self.pieces.partition_point(|piece| piece.at.start <= span.start());
        let before = after.checked_sub(1).and_then(|at| self.pieces.get(at));
        let before = before.filter(|piece| piece.at.start >= answer.start());
        // A quotation mark before the first word has no time of its own; the word has.
        let next = self.pieces.get(after).filter(|piece| piece.at.start < span.end());
        let covers = |piece: &&Timed| piece.at.end > span.start() || piece.precision == Precision::Turn;
        let first = before.filter(covers).or(next).or(before)?;
        let last = self.pieces.partition_point(|piece| piece.at.start < span.end());
        let last = last.checked_sub(1).and_then(|at| self.pieces.get(at));
        let last = last.filter(|piece| piece.at.start >= first.at.start && piece.at.start >= answer.start());
        let end = last.and_then(|piece| piece.to).filter(|to| to.of_day == first.from.of_day && to.ms >= first.from.ms);
        Some(Timing {
            start_ms: first.from.ms,
            end_ms: end.map(|end| end.ms),
            clock: if first.from.of_day { Clock::Day } else { Clock::Recording },
            precision: first.precision,
        })
    }
}
