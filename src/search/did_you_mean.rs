//! "Did you mean …?": suggests words of the library that sound or look nearly like what was typed. The typed words are
//! searched as typed. Only if they are answered by nobody, and what was typed is a word of no dictionary, the suggestion
//! is searched in their place (`without_slips`), and the reply says so.

mod misheard;
mod sounds;
mod typos;
mod words;

use std::ops::Range;

use super::query;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::lexical;
use crate::text::ranges::overlap;
use crate::text::script::{Display, Script, View};
use crate::text::segment::{self, is_chinese};
use sounds::{MAX_WORD_CHARS, Sounds};
use typos::{runs, typos};
use words::{Pieces, UsedWords, stem_of};

/// A place in the folded query, and the words that may have been meant there.
type Change = (Range<usize>, String);

/// Returns the query as it may have been meant, if one of its words is not used in the library and a similar word is.
/// `is_answered` tells whether somebody answers the typed query. If so, only single characters and unknown words in letters
/// are doubted.
///
/// # Errors
/// If the word index fails, which is a bug.
pub fn did_you_mean(
    corpus: &Corpus,
    typed: &str,
    is_answered: bool,
    display: Option<Display>,
) -> Result<Option<String>, Error> {
    let view = View::folded(typed);
    let changes = changes(corpus, typed, view.text(), is_answered)?;
    Ok(applied(corpus, typed, &view, changes, display))
}

/// Returns the query without its slips. `None` if there is none, or if a word that would be changed is in a dictionary: it
/// may be meant, although it sounds like another.
///
/// # Errors
/// If the word index fails, which is a bug.
pub(super) fn without_slips(corpus: &Corpus, typed: &str, display: Option<Display>) -> Result<Option<String>, Error> {
    let view = View::folded(typed);
    let text = view.text();
    let changes = changes(corpus, typed, text, false)?;
    let is_slip = |(range, _): &Change| text.get(range.clone()).is_some_and(is_no_word);
    Ok(if changes.iter().all(is_slip) { applied(corpus, typed, &view, changes, display) } else { None })
}

/// Returns whether folded words are in none of our dictionaries. Of words in letters, one that is unknown is enough: most
/// syllables of pinyin are English words too (ye ban fei).
fn is_no_word(words: &str) -> bool {
    if words.chars().any(is_chinese) {
        lexical::is_unlisted(words) && segment::cut(words).len() > 1
    } else {
        words.split_whitespace().any(|word| lexical::is_unlisted(&stem_of(word)))
    }
}

/// Returns the places of slips in a folded query, with the words that may have been meant.
fn changes(corpus: &Corpus, typed: &str, text: &str, is_answered: bool) -> Result<Vec<Change>, Error> {
    let mut changes = Vec::new();
    // Names in filters are not words of the library.
    if query::read(typed).map_or(true, |read| !read.filters.is_empty() || !read.open) {
        return Ok(changes);
    }
    let known = UsedWords { corpus, words: corpus.words()? };
    let names = misheard::names(&known, text);
    let mut doubted = doubted(&known, text, is_answered);
    doubted.retain(|range| !names.iter().any(|name| overlap(name, range)));
    let runs = runs(&known, text);
    if !(doubted.is_empty() && runs.is_empty()) {
        let sounds = Sounds::of(known.words);
        changes = chinese(&known, &sounds, text, &doubted, is_answered);
        for run in runs {
            match sounds.read(&text[run.clone()]) {
                Some(word) => changes.push((run, word)),
                None => changes.extend(typos(&known, text, run)),
            }
        }
    }
    misheard::add(&known, text, &doubted, &names, is_answered, &mut changes);
    changes.sort_by_key(|(range, _)| range.start);
    Ok(changes)
}

/// Returns the query with changes, in its own script. `None` if nothing changes.
fn applied(
    corpus: &Corpus,
    typed: &str,
    view: &View,
    changes: Vec<Change>,
    display: Option<Display>,
) -> Option<String> {
    let traditional = match Script::of(typed) {
        Script::Neutral => display == Some(Display::Traditional),
        script => script == Script::Traditional,
    };
    let mut meant = String::with_capacity(typed.len());
    let mut end = 0;
    for (range, word) in changes {
        let place = view.source_range(range);
        meant.push_str(typed.get(end..place.start).unwrap_or_default());
        meant.push_str(&if traditional { View::new(&word, Display::Traditional).into_text() } else { word });
        end = place.end;
    }
    meant.push_str(typed.get(end..).unwrap_or_default());
    // Nobody who withdrew is named to somebody who did not name them.
    let names = |words: &str| corpus.withdrawn.is_named_in(words);
    (meant != typed && (!names(&meant) || names(typed))).then_some(meant)
}

/// Returns the Chinese words of a query that may be slips. These are single characters that the segmenter joined to
/// nothing. If nothing was found, words that nobody uses count too.
fn doubted(known: &UsedWords<'_>, text: &str, is_answered: bool) -> Vec<Range<usize>> {
    let mut at = 0;
    let mut doubted = Vec::new();
    for word in segment::cut(text) {
        let range = at..at + word.len();
        at = range.end;
        // 吵过 is a verb that was done, and no slip for 超过.
        let is_done = word.ends_with(['过', '了', '着']) && word.chars().count() == 2;
        if !word.chars().all(is_chinese) || segment::is_stopword(word) || is_done {
            continue;
        }
        let single = word.chars().count() == 1;
        if single || (!is_answered && !known.is_used(word)) {
            doubted.push(range);
        }
    }
    doubted
}

/// Returns words that sound like stretches of the query around a doubted word. Longer stretches go first.
fn chinese(
    known: &UsedWords<'_>,
    sounds: &Sounds<'_>,
    text: &str,
    doubted: &[Range<usize>],
    is_answered: bool,
) -> Vec<Change> {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let end_of = |at: usize| chars.get(at).map_or(text.len(), |(start, _)| *start);
    let pieces = Pieces::of(text);
    let mut settled: Vec<Range<usize>> = Vec::new();
    let mut changes = Vec::new();
    for length in (2..=MAX_WORD_CHARS).rev() {
        for start in 0..chars.len().saturating_sub(length - 1) {
            if !chars[start..start + length].iter().all(|(_, c)| is_chinese(*c)) {
                continue;
            }
            let range = end_of(start)..end_of(start + length);
            let touches = |other: &Range<usize>| overlap(other, &range);
            if !doubted.iter().any(touches) || settled.iter().any(touches) || !pieces.holds(&range) {
                continue;
            }
            let words = &text[range.clone()];
            // A word of the dictionary is no slip for any word of its sound: 意见 is not 一间.
            let shares = is_answered || !lexical::is_unlisted(words);
            let Some(candidate) = sounds.like(words, shares) else { continue };
            if known.is_used(words) {
                settled.push(range);
                continue;
            }
            settled.push(range.clone());
            changes.push((range, candidate.to_owned()));
        }
    }
    changes
}

#[cfg(test)]
mod tests;
