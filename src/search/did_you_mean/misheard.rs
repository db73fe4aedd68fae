//! Finds Chinese characters that were typed for others of the same sound, by the words around them: 网红 for 网洪, though
//! no dictionary has it, or 心理咨询 for 心里咨询, though 心里 is a word too.

use std::collections::BTreeSet;
use std::ops::Range;

use pinyin::{ToPinyin, ToPinyinMulti};

use super::words::{Pieces, UsedWords, loose};
use crate::retrieval::lexical;
use crate::text::find::{find, folded};
use crate::text::ranges::overlap;
use crate::text::segment::{self, is_chinese};

/// The length of the longest stretch that is looked up, in characters. It is doubted by itself: three of its characters
/// stand together in the library.
const LONGEST_STRETCH: usize = 4;
/// The most bytes of the library that are read for this. A query must not wait for more.
const MAX_BYTES_READ: usize = 4 << 20;
/// Characters of grammar. They stand beside anything, and none is meant by a slip.
const GRAMMAR: &str = "他她它的地得做作那哪在再有又是吗嘛呢吧啊呀了着这只之与以已向像象于不没和何几";

/// Adds corrections for stretches that the library has with one other character of the same sound. `changes` are those
/// that are made already. `names` are the places of people's names.
pub(super) fn add(
    known: &UsedWords<'_>,
    text: &str,
    doubted: &[Range<usize>],
    names: &[Range<usize>],
    is_answered: bool,
    changes: &mut Vec<(Range<usize>, String)>,
) {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let pieces = Pieces::of(text);
    let end_of = |at: usize| chars.get(at).map_or(text.len(), |(start, _)| *start);
    for length in (2..=LONGEST_STRETCH).rev() {
        for start in 0..chars.len().saturating_sub(length - 1) {
            let stretch = &chars[start..start + length];
            let range = end_of(start)..end_of(start + length);
            let touches = |other: &Range<usize>| overlap(other, &range);
            let is_doubted = doubted.iter().any(touches);
            let worth = match length {
                // Two characters stand in a library by chance, so they must be all that is asked.
                2 => {
                    !is_answered
                        && is_doubted
                        && chars.len() <= LONGEST_STRETCH
                        && lexical::is_unlisted(&text[range.clone()])
                }
                3 => is_doubted && pieces.holds(&range),
                // One character of grammar may be the slip: 人脸是别.
                _ => {
                    pieces.bounds(&range) && pieces.stopwords_in(&range).map(ExactSizeIterator::len).sum::<usize>() <= 3
                }
            };
            if !worth
                || !stretch.iter().all(|(_, c)| is_chinese(*c))
                || changes.iter().any(|(changed, _)| touches(changed))
                || names.iter().any(touches)
            {
                continue;
            }
            let stretch: Vec<char> = stretch.iter().map(|(_, c)| *c).collect();
            if let Some(meant) = meant(known, &stretch).filter(|_| !known.is_used(&text[range.clone()])) {
                changes.push((range, meant));
            }
        }
    }
}

/// Returns the places of interviewees' names in a folded query. A name is no slip, though nobody says it.
pub(super) fn names(known: &UsedWords<'_>, text: &str) -> Vec<Range<usize>> {
    let answers = known.corpus.answers.iter().filter_map(|place| known.corpus.answer(*place));
    let names: BTreeSet<&str> = answers.filter_map(|(_, _, answer)| answer.interviewee.as_deref()).collect();
    names.into_iter().flat_map(|name| find(text, &folded(name))).collect()
}

/// Returns the stretch as the library has it, with one other character of the same sound.
fn meant(known: &UsedWords<'_>, stretch: &[char]) -> Option<String> {
    (0..stretch.len()).find_map(|slot| {
        let before: String = stretch[..slot].iter().collect();
        let after: String = stretch[slot + 1..].iter().collect();
        let typed = stretch[slot];
        // What stands around the slip must mean something.
        let mut others = stretch.iter().enumerate().filter(|(at, _)| *at != slot).map(|(_, c)| *c);
        if others.any(is_grammar) {
            return None;
        }
        let fits = |c: &char| *c != typed && is_chinese(*c) && !is_grammar(*c) && sound_alike(typed, *c);
        let mut left = MAX_BYTES_READ;
        let texts = (0..known.corpus.transcripts.len()).map(|at| known.corpus.folded(at).text());
        let texts = texts.take_while(|text| {
            let is_left = left > 0;
            left = left.saturating_sub(text.len());
            is_left
        });
        let found = texts.flat_map(|text| characters_between(text, &before, &after)).find(fits)?;
        Some(format!("{before}{found}{after}"))
    })
}

/// Returns each character that stands between two others in a text. One of them may be empty.
fn characters_between<'a>(text: &'a str, before: &'a str, after: &'a str) -> impl Iterator<Item = char> + 'a {
    let sought = if before.is_empty() { after } else { before };
    text.match_indices(sought).filter_map(move |(at, _)| {
        if before.is_empty() {
            return text[..at].chars().next_back();
        }
        let mut rest = text[at + before.len()..].chars();
        let found = rest.next()?;
        rest.as_str().starts_with(after).then_some(found)
    })
}

fn is_grammar(c: char) -> bool {
    GRAMMAR.contains(c) || segment::is_stopword(c.encode_utf8(&mut [0; 4]))
}

/// Returns whether one character is read as the other usually is. A character of grammar has only its usual reading.
fn sound_alike(typed: char, other: char) -> bool {
    let usual = |c: char| c.to_pinyin().map(|reading| reading.plain().to_owned());
    let (Some(a), Some(b)) = (usual(typed), usual(other)) else { return false };
    let is_rare = || !is_grammar(typed) && (sounds_of(typed).contains(&b) || sounds_of(other).contains(&a));
    loose(&a) == loose(&b) || is_rare()
}

/// Returns all readings of a character, without tones.
fn sounds_of(c: char) -> BTreeSet<String> {
    let Some(readings) = c.to_pinyin_multi() else { return BTreeSet::new() };
    readings.into_iter().map(|reading| reading.plain().to_owned()).collect()
}
