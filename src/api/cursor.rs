//! Cursors, which say where the next page of a result begins. A cursor is valid only for the library that it was made
//! for. After a change of the library, the next page could skip or repeat quotes, so the cursor is refused.

use super::refusal::Refusal;
use crate::hash::sha256_hex;
use crate::retrieval::corpus::Corpus;

/// The number of hex digits of a seal.
const SEAL_DIGITS: usize = 16;

/// The seal of a cursor. It identifies one call on one library.
pub struct CursorSeal(String);

impl CursorSeal {
    /// Makes the seal of a call. `call` holds all arguments that select or order the results.
    pub fn of(corpus: &Corpus, call: &[&str]) -> Self {
        let sizes = [corpus.answers.len(), corpus.passages.len()].map(|size| size.to_string());
        let sources = corpus.transcripts.iter().map(|transcript| transcript.source_sha256.as_str());
        let all = sources.chain(sizes.iter().map(String::as_str)).chain(call.iter().copied());
        let parts: Vec<&[u8]> = all.flat_map(|part| [part.as_bytes(), b"\n"]).collect();
        let mut seal = sha256_hex(&parts);
        seal.truncate(SEAL_DIGITS);
        Self(seal)
    }

    /// Returns the cursor of the page that begins after `position` results.
    pub fn after(&self, position: usize) -> String {
        format!("{position}.{}", self.0)
    }

    /// Returns the number of results before the page of a cursor. It is 0 without a cursor.
    ///
    /// # Errors
    /// If the cursor is malformed, or if it is of another call or library.
    pub fn position(&self, cursor: Option<&str>) -> Result<usize, Refusal> {
        let Some(cursor) = cursor else { return Ok(0) };
        let (position, seal) = cursor.split_once('.').ok_or(Refusal::BadCursor)?;
        let position = position.parse().map_err(|_| Refusal::BadCursor)?;
        if seal == self.0 { Ok(position) } else { Err(Refusal::BadCursor) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_holds_for_its_own_call_only() {
        let (seal, other) = (CursorSeal("abc".into()), CursorSeal("abd".into()));
        let cursor = seal.after(6);
        assert_eq!(seal.position(Some(&cursor)).ok(), Some(6));
        assert_eq!(seal.position(None).ok(), Some(0));
        assert!(other.position(Some(&cursor)).is_err());
        for wrong in ["", "6", ".", "-1.abc", "6.abc.d", "x.abc"] {
            assert!(seal.position(Some(wrong)).is_err(), "{wrong}");
        }
    }
}
