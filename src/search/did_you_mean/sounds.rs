//! The Chinese words of the library by their sounds: finds 压力 for "ya li", and 价值 for 价直.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use pinyin::ToPinyin;

use super::words::loose;
use crate::text::segment;

/// The most characters of a word that is looked up by its sound.
pub(super) const MAX_WORD_CHARS: usize = 6;
/// The most letters of a query that are read as pinyin.
const MAX_PINYIN_LETTERS: usize = 48;

/// Words with the same sound, each with the number of its uses. The most used word comes first.
type WordsBySound<'a> = HashMap<String, Vec<(&'a str, usize)>>;

/// The Chinese words of the library by their pinyin without tones.
pub(super) struct Sounds<'a> {
    exact: WordsBySound<'a>,
    /// The same by a looser pinyin, for people who do not tell zh from z, or ng from n.
    loose: WordsBySound<'a>,
}

impl<'a> Sounds<'a> {
    pub(super) fn of(words: &'a [(String, usize)]) -> Self {
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
            all.sort_by_key(|(word, used)| (Reverse(*used), *word));
        }
        sounds
    }

    /// Returns the most used word of the same sound and length. If `shares`, it must also share a character.
    pub(super) fn like(&self, words: &str, shares: bool) -> Option<&'a str> {
        let own: HashSet<char> = words.chars().collect();
        let sound = sound(words)?;
        let all = self.exact.get(&sound).or_else(|| self.loose.get(&loose(&sound)))?;
        let length = words.chars().count();
        let mut fitting =
            all.iter().map(|(word, _)| *word).filter(|word| *word != words && word.chars().count() == length);
        fitting.find(|word| !shares || word.chars().any(|c| own.contains(&c)))
    }

    /// Returns a run of letters as Chinese words, if all of it is pinyin of them.
    pub(super) fn read(&self, run: &str) -> Option<String> {
        let letters: String = run.chars().filter(char::is_ascii_lowercase).collect();
        if letters.len() > MAX_PINYIN_LETTERS || run.split_whitespace().any(segment::is_stopword) {
            return None;
        }
        split(&letters, &self.exact).or_else(|| split(&loose(&letters), &self.loose))
    }
}

/// Returns the fewest words whose sounds make up the letters. Among equals, the most used ones win.
fn split(letters: &str, sounds: &WordsBySound<'_>) -> Option<String> {
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
