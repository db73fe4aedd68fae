//! Finds the names of people who withdrew in any text. It keeps names out of the caches. Titles and
//! labels such as `受访者` or `A1` name nobody.

use std::collections::HashSet;

use super::key::WithdrawalKey;
use super::normalized_letters::is_chinese;
use super::normalized_letters::letters;
use super::roles::is_title;

/// The most characters of a Chinese name that is looked for.
const LONGEST: usize = 8;
/// The most words of a name in letters.
const WORDS: usize = 4;

/// The names of the people who withdrew, as marks.
pub(crate) struct WithdrawnNames<'a> {
    secret: &'a WithdrawalKey,
    marks: HashSet<u128>,
}

impl<'a> WithdrawnNames<'a> {
    pub(crate) fn new(secret: &'a WithdrawalKey, marks: impl Iterator<Item = &'a String>) -> Self {
        Self { secret, marks: marks.filter_map(|mark| u128::from_str_radix(mark, 16).ok()).collect() }
    }

    /// Whether a text may name one of them. Characters of other words can be a name by chance.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let ends = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !['·', '.', '-', '\''].contains(&c);
        !self.marks.is_empty() && text.split(ends).any(|part| self.chinese(part) || self.spelt(part))
    }

    fn chinese(&self, part: &str) -> bool {
        if !part.chars().any(is_chinese) {
            return false;
        }
        let all = letters(part);
        let starts: Vec<usize> = all.char_indices().map(|(at, _)| at).chain([all.len()]).collect();
        (0..starts.len()).any(|first| {
            let windows = (first + 2..=first + LONGEST).map_while(|end| all.get(starts[first]..*starts.get(end)?));
            let mut names = windows.take_while(|name| name.chars().next_back().is_some_and(is_chinese));
            all[starts[first]..].starts_with(is_chinese)
                && names.any(|name| !is_title(name) && self.marks.contains(&self.secret.name_number(name)))
        })
    }

    fn spelt(&self, part: &str) -> bool {
        let words: Vec<String> = part.split_whitespace().map(letters).collect();
        let is_word = |word: &String| word.chars().all(|c| c.is_alphabetic() && !is_chinese(c));
        words.split(|word| !is_word(word)).any(|words| {
            (0..words.len()).any(|first| {
                let ends = first + 1..=(first + WORDS).min(words.len());
                ends.map(|end| words[first..end].concat())
                    .filter(|name| name.chars().count() > 1 && !is_title(name))
                    .any(|name| self.marks.contains(&self.secret.name_number(&name)) || self.is_spelt(&name))
            })
        })
    }

    fn is_spelt(&self, name: &str) -> bool {
        self.marks.contains(&self.secret.spelt_number(name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_any_text_and_labels_name_nobody() {
        let secret = WithdrawalKey::random().expect("chance");
        let marks: Vec<String> =
            ["欧阳芳", "Mary Quux", "A1", "受访者", "说话人1"].iter().flat_map(|name| secret.names(name)).collect();
        let names = WithdrawnNames::new(&secret, marks.iter());
        for text in [
            "欧阳芳：嗯。",
            "我问过欧阳芳，她说好。",
            "歐陽芳也這樣說",
            "欧 阳 芳",
            "said MARY QUUX to us",
            "Quux? No, Mary  Quux.",
            "then Ouyang Fang left",
        ] {
            assert!(names.are_in(text), "{text}");
        }
        for text in ["欧阳：嗯。", "受访者：好。", "A1 好。", "说话人1：好", "Mary said that Quux left", "", "……"]
        {
            assert!(!names.are_in(text), "{text}");
        }
        assert!(!WithdrawnNames::new(&secret, std::iter::empty()).are_in("欧阳芳"));
    }
}
