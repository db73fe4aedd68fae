//! Where the next page of a result begins. A cursor holds for the library that it was given
//! for: once that has changed, going on could skip or repeat quotes, so it is refused.

use super::refusal::Refusal;
use crate::hash::sha256_hex;
use crate::retrieval::corpus::Corpus;

/// Hex digits of the seal.
const SEAL: usize = 16;

/// What a cursor was given for: the same call on the same library.
pub struct CursorSeal(String);

impl CursorSeal {
    /// Of a call, by all of its arguments that choose or order what is found.
    pub fn of(corpus: &Corpus, call: &[&str]) -> Self {
        let sizes = [corpus.answers.len(), corpus.passages.len()].map(|size| size.to_string());
        let sources = corpus.transcripts.iter().map(|transcript| transcript.source_sha256.as_str());
        let all = sources.chain(sizes.iter().map(String::as_str)).chain(call.iter().copied());
        let parts: Vec<&[u8]> = all.flat_map(|part| [part.as_bytes(), b"\n"]).collect();
        let mut seal = sha256_hex(&parts);
        seal.truncate(SEAL);
        Self(seal)
    }

    /// The cursor of what comes after so many.
    pub fn after(&self, position: usize) -> String {
        format!("{position}.{}", self.0)
    }

    /// After how many a cursor goes on.
    ///
    /// # Errors
    /// When the cursor is not one of this list.
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
