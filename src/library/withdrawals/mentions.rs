//! Finds the names of people in any text: those who withdrew in titles, tags and caches. A label such as `受访者` or `A1`
//! names nobody. A name that is a word as well, such as `Will` or `高峰`, counts only where it is used as a name.

use std::collections::HashSet;

use super::key::WithdrawalKey;
use super::normalized_letters::is_chinese;
use super::normalized_letters::letters;
use super::roles::{begins_with_title, is_label, is_one_character_name, is_title};
use crate::text::names;

/// The most characters of a Chinese name that is looked for, as `迪丽热巴·迪力木拉提`.
const LONGEST: usize = 12;
/// The most words of a name in letters.
const WORDS: usize = 5;
/// Marks that stand within a name, as in `Quux, Mary-Ann` and `mary.quux`.
const WITHIN: [char; 8] = ['·', '.', '-', '\'', '’', '_', ',', '，'];
/// Names that are English words as well.
const ALSO_WORDS: &str = "able acre ada alma amber an angel april archer art ash august aurora autumn bay beau belle berry bill bliss blossom blue \
 bob booker bread brook buck bud buddy candy carol carter chance charity chase cherry chip christian clay cliff clover cole colt cook cooper coral \
 crystal daisy dale dash dawn day dean deacon dell diamond dick dixie don dot drake drew duke earl early ebony eden eve even faith fan fern flora flower \
 ford forest fox frank garland gene gill ginger glen gold grace grant gray green grey guy hale hall hank happy harmony harper harry haven hazel he heath \
 heather heaven holly honey hope hunter hunt iris ivory ivy jack jade jasmine jay jean jewel jimmy job joy july june jasper justice king kit lake \
 lance lane lark laurel law lee liberty lily long lotus love ma mark marsh mason max may melody mercy mike miles mill miller min misty moon nick noble \
 norm north nova oak olive opal page paige pan park parker pat patience pearl pen penny peace pepper pierce piper poppy porter precious prince price ran rain \
 raven ray red reed reese rich river rob robin rocky rod roman rose rosemary rowan royal ruby rusty rye sage sally sandy saul scout see september shade shay \
 she shell sierra sister sky skip so song sonny spring star stella sterling stone storm sue summer sun sunny tang tanner taylor terry tiger tray trip \
 trinity tucker turner tyler van victor viola violet violin virginia wade walker ward warren wayne west will willow win wing winter wolf wood woody yang \
 young you";
/// Words that follow a verb such as `will` and `may`, and no name.
const BEHIND_A_VERB: &str = "a an all any be both each every he her his i it its many most my no not our people she some such that the their them \
 there these they this those us we what which who you your";
/// Words that stand before a name where all is written small.
const BEFORE_A_NAME: &str = "with by mr mrs ms miss dr prof dear interviewing interviewee";
/// They are part of no name.
const FILE_ENDINGS: &str = "txt md docx doc odt rtf pdf csv tsv xlsx json srt vtt ass html htm xml eml";
/// What stands before a Chinese name and behind it.
const BEFORE: &str = "老 小 阿 访谈 采访 专访 访问 受访者 记录 和 与 跟 对 问 请 由";
const BEHIND: &str = "的 说 谈 讲 访谈 采访 专访 口述 和 与 问 先生 女士 老师";

fn is_one_of(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|one| one == word)
}

/// A word of a text in letters.
struct Word {
    letters: String,
    is_capital: bool,
}

/// Whether a text may name somebody. `is_name` tells names by their letters, `is_spelt` Chinese names that are spelt.
pub(crate) fn names_somebody(text: &str, is_name: impl Fn(&str) -> bool, is_spelt: impl Fn(&str) -> bool) -> bool {
    let ends = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !WITHIN.contains(&c);
    text.split(ends).any(|part| in_chinese(part, &is_name) || in_letters(part, &is_name, &is_spelt))
}

/// Whether Chinese characters of a part are a name. Characters of other words can be one by chance.
fn in_chinese(part: &str, is_name: &impl Fn(&str) -> bool) -> bool {
    if !part.chars().any(is_chinese) {
        return false;
    }
    let all = letters(part);
    let starts: Vec<usize> = all.char_indices().map(|(at, _)| at).chain([all.len()]).collect();
    (0..starts.len()).any(|first| {
        let start = starts[first];
        let windows = (first + 1..=first + LONGEST).map_while(|end| all.get(start..*starts.get(end)?));
        let mut found = windows.take_while(|name| name.chars().next_back().is_some_and(is_chinese));
        let may_be = |name: &str| if name.len() == 3 { is_one_character_name(name) } else { !is_label(name) };
        let is_word = |name: &str| name.len() == 3 || names::is_word(name);
        let is_used = |name: &str| !is_word(name) || stands_as_name(&all, start, start + name.len());
        all[start..].starts_with(is_chinese) && found.any(|name| may_be(name) && is_name(name) && is_used(name))
    })
}

/// Whether a word of the dictionary, or a single character, stands where a name does.
fn stands_as_name(all: &str, start: usize, end: usize) -> bool {
    let (before, behind) = (&all[..start], &all[end..]);
    let is_chinese_end = before.ends_with(is_chinese);
    (!is_chinese_end || BEFORE.split_whitespace().any(|word| before.ends_with(word)))
        && (!behind.starts_with(is_chinese)
            || BEHIND.split_whitespace().any(|word| behind.starts_with(word))
            || begins_with_title(behind))
}

/// Whether words of a part are a name, in either order.
fn in_letters(part: &str, is_name: &impl Fn(&str) -> bool, is_spelt: &impl Fn(&str) -> bool) -> bool {
    let is_letter = |c: char| c.is_alphabetic() && !is_chinese(c);
    let is_word = |piece: &&str| !piece.is_empty() && !is_one_of(FILE_ENDINGS, piece);
    let pieces = part.split(|c: char| !is_letter(c)).filter(is_word);
    let words: Vec<Word> =
        pieces.map(|word| Word { letters: letters(word), is_capital: word.starts_with(char::is_uppercase) }).collect();
    (0..words.len()).any(|first| {
        (first + 1..=(first + WORDS).min(words.len())).any(|end| {
            let some: Vec<&str> = words[first..end].iter().map(|word| word.letters.as_str()).collect();
            let Some((family, given)) = some.split_last() else { return false };
            let (name, turned) = (some.concat(), format!("{family}{}", given.concat()));
            let is_one = |name: &String| !is_title(name) && !is_label(name) && (is_name(name) || is_spelt(name));
            (is_one(&name) || is_one(&turned)) && (some.len() > 1 || is_used_as_name(&words, first))
        })
    })
}

/// Whether a single word stands as a name: most names always do; `Will` does in `Will said`, not in `Will the mill close`.
fn is_used_as_name(words: &[Word], at: usize) -> bool {
    let word = &words[at];
    if words.len() == 1 || !is_one_of(ALSO_WORDS, &word.letters) {
        return true;
    }
    let next = words.get(at + 1).map_or("", |next| next.letters.as_str());
    let before = at.checked_sub(1).map_or("", |before| words[before].letters.as_str());
    let all_small = words.iter().all(|word| !word.is_capital);
    (word.is_capital || all_small && is_one_of(BEFORE_A_NAME, before)) && !is_one_of(BEHIND_A_VERB, next)
}

/// The names of the people who withdrew, as marks.
pub(crate) struct WithdrawnNames<'a> {
    secret: &'a WithdrawalKey,
    marks: &'a HashSet<u128>,
}

impl<'a> WithdrawnNames<'a> {
    /// `None` if nobody withdrew by name.
    pub(super) fn new(secret: &'a WithdrawalKey, marks: &'a HashSet<u128>) -> Option<Self> {
        (!marks.is_empty()).then_some(Self { secret, marks })
    }

    /// The marks as numbers.
    pub(super) fn numbers<'m>(marks: impl Iterator<Item = &'m String>) -> HashSet<u128> {
        marks.filter_map(|mark| u128::from_str_radix(mark, 16).ok()).collect()
    }

    /// Whether a text may name one of them.
    pub(crate) fn are_in(&self, text: &str) -> bool {
        let is_spelt = |name: &str| self.marks.contains(&self.secret.spelt_number(name));
        names_somebody(text, |name| self.marks.contains(&self.secret.name_number(name)), is_spelt)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(names: &[&str], text: &str) -> bool {
        let secret = WithdrawalKey::random().expect("chance");
        let marks: Vec<String> = names.iter().flat_map(|name| secret.names(name)).collect();
        let marks = WithdrawnNames::numbers(marks.iter());
        WithdrawnNames::new(&secret, &marks).is_some_and(|names| names.are_in(text))
    }

    #[test]
    fn a_name_is_found_in_any_text_and_labels_name_nobody() {
        let names = ["欧阳芳", "Mary Quux", "A1", "受访者", "说话人1", "迪丽热巴·迪力木拉提", "安"];
        for text in [
            "欧阳芳：嗯。",
            "我问过欧阳芳，她说好。",
            "歐陽芳也這樣說",
            "欧 阳 芳",
            "said MARY QUUX to us",
            "Quux? No, Mary  Quux.",
            "then Ouyang Fang left",
            "Mary Quux's talk",
            "mary-quux-2024.docx",
            "mary.quux_talk2.txt",
            "Quux, Mary",
            "迪丽热巴迪力木拉提说",
            "2024-安.txt",
            "安老师",
        ] {
            assert!(found(&names, text), "{text}");
        }
        for text in
            ["欧阳：嗯。", "受访者：好。", "A1 好。", "说话人1：好", "Mary said that Quux left", "安全生产", "", "……"]
        {
            assert!(!found(&names, text), "{text}");
        }
        assert!(!found(&[], "欧阳芳"));
    }

    #[test]
    fn a_name_that_is_a_word_counts_only_as_a_name() {
        let names = ["Will", "May", "Mark", "Grace", "高峰", "高兴"];
        for text in [
            "Will",
            "Interview with Will",
            "interview with will",
            "Ask Mark again",
            "May said so",
            "will.txt",
            "高峰",
            "访谈高峰",
            "高峰说的",
            "高兴老师",
        ] {
            assert!(found(&names, text), "{text}");
        }
        for text in [
            "Will the mill close?",
            "May we go on?",
            "we will see, and may mark it",
            "Mark all of these",
            "She moved with grace and poise",
            "高峰期的车流",
            "早高峰",
            "大家很高兴",
        ] {
            assert!(!found(&names, text), "{text}");
        }
    }
}
