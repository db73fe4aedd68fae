//! "Did you mean …?": suggests words of the library that sound or look nearly like what was typed. The typed words are
//! searched as typed. Only if they are answered by nobody, and what was typed is a word of no dictionary, the suggestion
//! is searched in their place (`without_slips`), and the reply says so.

mod misheard;
mod words;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pinyin::ToPinyin;

use super::query;
use crate::error::Error;
use crate::retrieval::corpus::Corpus;
use crate::retrieval::lexical;
use crate::text::script::{Display, Script, View};
use crate::text::segment::{self, is_chinese};
use words::{Pieces, UsedWords, loose, stem_of};

/// The most characters of a word that is looked up by its sound.
const MAX_WORD_CHARS: usize = 6;
/// The most letters of a query that are read as pinyin.
const MAX_PINYIN_LETTERS: usize = 48;
/// The fewest letters of a word that is checked for typos.
const MIN_TYPO_LETTERS: usize = 4;
/// The fewest letters of a word that may lack its last letter: lighthous.
const MIN_CUT_OFF_LETTERS: usize = 6;
/// The fewest letters of a word that may have two wrong letters.
const MIN_LETTERS_FOR_TWO_TYPOS: usize = 8;

/// Returns the query as it may have been meant, if one of its words is not used in the library and a similar word is.
/// `said` tells whether the typed query was answered. If it was, only single characters and unknown words in letters
/// are doubted.
///
/// # Errors
/// If the word index fails, which is a bug.
pub fn did_you_mean(
    corpus: &Corpus,
    typed: &str,
    said: bool,
    display: Option<Display>,
) -> Result<Option<String>, Error> {
    let view = View::folded(typed);
    let changes = changes(corpus, typed, view.text(), said)?;
    Ok(applied(corpus, typed, &view, changes, display))
}

/// Returns the query without its slips, if what is changed is a word of no dictionary, nor used in the library. A word
/// that exists may be meant, though it sounds like another.
///
/// # Errors
/// If the word index fails, which is a bug.
pub(super) fn without_slips(corpus: &Corpus, typed: &str, display: Option<Display>) -> Result<Option<String>, Error> {
    let view = View::folded(typed);
    let text = view.text();
    let changes = changes(corpus, typed, text, false)?;
    let is_slip = |(range, _): &(Range<usize>, String)| text.get(range.clone()).is_some_and(is_no_word);
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
fn changes(corpus: &Corpus, typed: &str, text: &str, said: bool) -> Result<Vec<(Range<usize>, String)>, Error> {
    let mut changes = Vec::new();
    // Names in filters are not words of the library.
    if query::read(typed).map_or(true, |read| !read.filters.is_empty() || !read.open) {
        return Ok(changes);
    }
    let known = UsedWords { corpus, words: corpus.words()? };
    let names = misheard::names(&known, text);
    let mut doubted = doubted(&known, text, said);
    doubted.retain(|range| names.iter().all(|name| name.end <= range.start || range.end <= name.start));
    let runs = runs(&known, text);
    if !(doubted.is_empty() && runs.is_empty()) {
        let sounds = Sounds::of(known.words);
        changes = chinese(&known, &sounds, text, &doubted, said);
        for run in runs {
            match sounds.read(&text[run.clone()]) {
                Some(word) => changes.push((run, word)),
                None => changes.extend(typos(&known, text, run)),
            }
        }
    }
    misheard::add(&known, text, &doubted, &names, said, &mut changes);
    changes.sort_by_key(|(range, _)| range.start);
    Ok(changes)
}

/// Returns the query with changes, in its own script. `None` if nothing changes.
fn applied(
    corpus: &Corpus,
    typed: &str,
    view: &View,
    changes: Vec<(Range<usize>, String)>,
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
fn doubted(known: &UsedWords<'_>, text: &str, said: bool) -> Vec<Range<usize>> {
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
        if single || (!said && !known.is_used(word)) {
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
    said: bool,
) -> Vec<(Range<usize>, String)> {
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
            let touches = |other: &Range<usize>| other.start < range.end && range.start < other.end;
            if !doubted.iter().any(touches) || settled.iter().any(touches) || !pieces.holds(&range) {
                continue;
            }
            let words = &text[range.clone()];
            // A word of the dictionary is no slip for any word of its sound: 意见 is not 一间.
            let shares = said || !lexical::is_unlisted(words);
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

/// Returns runs of words in letters that may be pinyin or typos. At least one word of each run is unknown to the
/// library.
fn runs(known: &UsedWords<'_>, text: &str) -> Vec<Range<usize>> {
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
fn typos(known: &UsedWords<'_>, text: &str, run: Range<usize>) -> Vec<(Range<usize>, String)> {
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
            let apart = distance(stem.as_bytes(), other.as_bytes());
            (1..=most).contains(&apart).then_some((apart, std::cmp::Reverse(*used), other))
        });
        if let Some(whole) = near.min().and_then(|(_, _, stem)| known.whole(stem)) {
            changes.push((start..start + word.len(), whole));
        }
    }
    changes
}

/// Returns the number of letters to insert, leave out, replace or swap with their neighbour (optimal string alignment).
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// The Chinese words of the library by their pinyin without tones. The most used word comes first.
struct Sounds<'a> {
    exact: HashMap<String, Vec<(&'a str, usize)>>,
    /// The same by a looser pinyin, for people who do not tell zh from z, or ng from n.
    loose: HashMap<String, Vec<(&'a str, usize)>>,
}

impl<'a> Sounds<'a> {
    fn of(words: &'a [(String, usize)]) -> Self {
        let mut sounds = Self { exact: HashMap::new(), loose: HashMap::new() };
        for (word, used) in words {
            let chars = word.chars().count();
            if (2..=MAX_WORD_CHARS).contains(&chars)
                && let Some(sound) = sound(word)
            {
                sounds.loose.entry(loose(&sound)).or_default().push((word, *used));
                sounds.exact.entry(sound).or_default().push((word, *used));
            }
        }
        for all in sounds.exact.values_mut().chain(sounds.loose.values_mut()) {
            all.sort_by_key(|(word, used)| (std::cmp::Reverse(*used), *word));
        }
        sounds
    }

    /// Returns the most used word of the same sound and length. If `shares`, it must also share a character.
    fn like(&self, words: &str, shares: bool) -> Option<&'a str> {
        let own: HashSet<char> = words.chars().collect();
        let sound = sound(words)?;
        let all = self.exact.get(&sound).or_else(|| self.loose.get(&loose(&sound)))?;
        let length = words.chars().count();
        let mut fitting =
            all.iter().map(|(word, _)| *word).filter(|word| *word != words && word.chars().count() == length);
        fitting.find(|word| !shares || word.chars().any(|c| own.contains(&c)))
    }

    /// Returns a run of letters as Chinese words, if all of it is pinyin of them.
    fn read(&self, run: &str) -> Option<String> {
        let letters: String = run.chars().filter(char::is_ascii_lowercase).collect();
        if letters.len() > MAX_PINYIN_LETTERS || run.split_whitespace().any(segment::is_stopword) {
            return None;
        }
        split(&letters, &self.exact).or_else(|| split(&loose(&letters), &self.loose))
    }
}

/// Returns the fewest words whose sounds make up the letters. Among equals, the most used ones win.
fn split(letters: &str, sounds: &HashMap<String, Vec<(&str, usize)>>) -> Option<String> {
    let mut best: Vec<Option<(usize, usize, String)>> = vec![None; letters.len() + 1];
    best[0] = Some((0, 0, String::new()));
    for start in 0..letters.len() {
        let Some((words, used, text)) = best[start].clone() else { continue };
        for end in start + 2..=letters.len() {
            let Some((word, count)) = sounds.get(&letters[start..end]).and_then(|all| all.first()) else { continue };
            let next = (words + 1, used + count, format!("{text}{word}"));
            let is_better =
                |(words, used, _): &(usize, usize, String)| next.0 < *words || next.0 == *words && next.1 > *used;
            if best[end].as_ref().is_none_or(is_better) {
                best[end] = Some(next);
            }
        }
    }
    best.pop().flatten().map(|(_, _, text)| text)
}

/// Returns the pinyin of Chinese words without tones, or `None` for anything else.
fn sound(words: &str) -> Option<String> {
    let mut sound = String::new();
    for read in words.to_pinyin() {
        sound.push_str(&read?.plain().replace('ü', "v"));
    }
    (!sound.is_empty()).then_some(sound)
}

#[cfg(test)]
mod tests;
