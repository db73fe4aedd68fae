//! Finds the pieces of a quotation between its editor's marks: all in one turn, in their order.

use std::ops::Range;

use super::case::{Case, QuotationMatch};
use super::index::ids;
use super::quotations::Piece;
use super::verifier::Verifier;

/// The most units of the source that an insertion may replace, if it stands for a clue to who somebody is, such as an
/// address or a full name.
const MAX_REPLACED_UNITS: usize = 30;

/// Words of a quotation after an editor's mark, or at its beginning.
pub(super) struct WordsAfterMark {
    /// Their place in the quotation, in bytes.
    pub(super) range: Range<usize>,
    /// The most units of the source that may stand before them: what the editor left out or replaced.
    pub(super) reach: usize,
}

/// Returns the words of a quotation between its editor's marks.
pub(super) fn words_between_marks(pieces: &[Piece]) -> Vec<WordsAfterMark> {
    let mut words = Vec::new();
    let mut reach = 0;
    for piece in pieces {
        match piece {
            Piece::Words(range) => {
                words.push(WordsAfterMark { range: range.clone(), reach });
                reach = 0;
            }
            Piece::Elision => reach = usize::MAX / 2,
            Piece::Insertion(_) => reach = reach.max(MAX_REPLACED_UNITS),
        }
    }
    words
}

/// The units of a piece, and the most units of the source that may stand before them.
struct PieceUnits {
    ids: Vec<u32>,
    reach: usize,
}

impl Verifier<'_> {
    /// Returns all places where the pieces of a quotation stand in one turn, in their order.
    pub(super) fn places_of_pieces(&self, case: &Case<'_>, pieces: &[Piece]) -> Vec<QuotationMatch> {
        let of = |words: WordsAfterMark| PieceUnits { ids: ids(&case.units_in(&words.range)), reach: words.reach };
        let words: Vec<PieceUnits> = words_between_marks(pieces).into_iter().map(of).collect();
        let Some(longest) = (0..words.len()).max_by_key(|at| words[*at].ids.len()) else { return Vec::new() };
        if pieces.is_empty() || words.iter().map(|piece| piece.ids.len()).sum::<usize>() < 2 {
            return Vec::new();
        }
        let found = self.index.find(&words[longest].ids).into_iter();
        found.filter_map(|place| self.around(&words, longest, place)).collect()
    }

    /// Returns the places of all pieces around that of the longest one, or `None` if one of them is not there.
    fn around(&self, words: &[PieceUnits], longest: usize, place: Range<usize>) -> Option<QuotationMatch> {
        let turn = self.index.turn_of(place.start);
        let whole = self.index.turn(turn).units.clone();
        let mut units = vec![place.clone()];
        let mut end = place.end;
        for PieceUnits { ids, reach } in &words[longest + 1..] {
            let until = end.saturating_add(*reach).saturating_add(ids.len()).min(whole.end);
            let here = self.index.ids(end..until).windows(ids.len()).position(|window| window == ids.as_slice())?;
            units.push(end + here..end + here + ids.len());
            end += here + ids.len();
        }
        let mut start = place.start;
        for at in (0..longest).rev() {
            let (ids, reach) = (&words[at].ids, words[at + 1].reach);
            let from = start.saturating_sub(reach.saturating_add(ids.len())).max(whole.start);
            let here = self.index.ids(from..start).windows(ids.len()).rposition(|window| window == ids.as_slice())?;
            units.insert(0, from + here..from + here + ids.len());
            start = from + here;
        }
        Some(QuotationMatch { turn, units })
    }
}
