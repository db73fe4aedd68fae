//! Words in letters that may be slips: typos, and runs that may be pinyin.

use std::cmp::Reverse;
use std::ops::Range;

use super::words::{UsedWords, stem_of};
use crate::retrieval::lexical;
use crate::text::edit_distance::edits_and_swaps;
use crate::text::segment;

/// The fewest letters of a word that is checked for typos.
const MIN_TYPO_LETTERS: usize = 4;
/// The fewest letters of a word that may lack its last letter: lighthous.
const MIN_CUT_OFF_LETTERS: usize = 6;
/// The fewest letters of a word that may have two wrong letters.
const MIN_LETTERS_FOR_TWO_TYPOS: usize = 8;

/// Returns runs of words in letters that may be pinyin or typos. At least one word of each run is unknown to the
/// library.
pub(super) fn runs(known: &UsedWords<'_>, text: &str) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut start = None;
    let ends = text.char_indices().chain([(text.len(), '。')]);
    for (at, c) in ends {
        let inside = c.is_ascii_lowercase() || c == '\'' || (c == ' ' && start.is_some());
        match (start, inside) {
            (None, true) if c != '\'' => start = Some(at),
            (Some(from), false) => {
                let run = text[from..at].trim_end();
                runs.push(from..from + run.len());
                start = None;
            }
            _ => {}
        }
    }
    runs.retain(|run| text[run.clone()].split_whitespace().any(|word| is_strange(known, word)));
    runs
}

/// Returns whether a word in letters is neither used in the library nor a common one.
fn is_strange(known: &UsedWords<'_>, word: &str) -> bool {
    let is_known = known.is_word(&stem_of(word)) || known.is_word(word);
    word.len() >= 2 && !segment::is_stopword(word) && (!is_known || lacks_its_end(known, word).is_some())
}

/// Returns the whole word of the library for a word that lacks its last letter: lighthouse for lighthous. A stemmer cuts
/// that letter off, so both have one stem.
fn lacks_its_end(known: &UsedWords<'_>, word: &str) -> Option<String> {
    if word.len() < MIN_CUT_OFF_LETTERS || stem_of(word) != word {
        return None;
    }
    known.whole(word).filter(|whole| whole.strip_prefix(word) == Some("e"))
}

/// Returns corrections for the words of a run that nearly match a word of the library.
pub(super) fn typos(known: &UsedWords<'_>, text: &str, run: Range<usize>) -> Vec<(Range<usize>, String)> {
    let mut changes = Vec::new();
    for word in text[run.clone()].split_whitespace() {
        let stem = stem_of(word);
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if let Some(whole) = lacks_its_end(known, word) {
            changes.push((start..start + word.len(), whole));
            continue;
        }
        if word.len() < MIN_TYPO_LETTERS || !is_strange(known, word) || !lexical::is_unlisted(&stem) {
            continue;
        }
        let most = if word.len() >= MIN_LETTERS_FOR_TWO_TYPOS { 2 } else { 1 };
        let near = known.words.iter().filter(|(other, _)| {
            other.len().abs_diff(stem.len()) <= most && other.bytes().all(|byte| byte.is_ascii_lowercase())
        });
        let near = near.filter_map(|(other, used)| {
            let apart = edits_and_swaps(stem.as_bytes(), other.as_bytes());
            (1..=most).contains(&apart).then_some((apart, Reverse(*used), other))
        });
        if let Some(whole) = near.min().and_then(|(_, _, stem)| known.whole(stem)) {
            changes.push((start..start + word.len(), whole));
        }
    }
    changes
}
