//! Text → the terms it is matched by: words, pairs of Chinese characters, and characters. Pure; expects
//! folded text ([`super::script::View::folded`]).

use std::sync::LazyLock;

use jieba_rs::{Jieba, TokenizeMode};
use serde::{Deserialize, Serialize};

use super::numerals::numbers;
pub use super::term::Term;

/// The segmenter with its own dictionary. It is shared, because loading takes a while.
pub(crate) static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Loads the dictionary, if it is not loaded yet.
pub(super) fn load_dictionary() {
    LazyLock::force(&JIEBA);
}

/// Words too common to mean anything to a search: particles, pronouns, question words.
const STOPWORDS: &str = "的 了 是 在 我 你 他 她 它 我们 你们 他们 您 和 与 及 或 也 都 就 而 把 被 让 给 对 从 到 为 以 于 \
 吗 呢 吧 啊 呀 嘛 这 那 这个 那个 这些 那些 什么 怎么 怎样 怎么样 如何 哪 哪些 哪个 谁 为什么 多少 几 有 没有 没 不 会 能 可以 要 想 \
 一个 一些 一 个 里 上 中 下 着 过 地 得 之 所 其 其实 那么 这样 那样 是否 有没有 能不能 会不会 是不是 时候 \
 a an the is are was were be been do does did of to in on at for and or with what how why who whom which when where \
 they them their you your he she it its we our i my me this that these those would will can could should there any \
 about from by as not no has have had";

static STOP: LazyLock<std::collections::HashSet<&'static str>> =
    LazyLock::new(|| STOPWORDS.split_whitespace().collect());

/// Whether a word is too common to mean anything to a search.
pub fn is_stopword(word: &str) -> bool {
    STOP.contains(word)
}

/// The words of a folded text. A compound also gives its parts, and a number its digits.
pub fn words(folded: &str) -> Vec<Term> {
    // Offsets in the segmenter's tokens count characters.
    let starts: Vec<usize> = folded.char_indices().map(|(at, _)| at).chain([folded.len()]).collect();
    let mut words: Vec<Term> = JIEBA
        .tokenize(folded, TokenizeMode::Search, false)
        .into_iter()
        .filter(|token| token.word.chars().any(char::is_alphanumeric))
        .map(|token| Term { text: token.word.to_owned(), range: starts[token.start]..starts[token.end] })
        .collect();
    words.extend(numbers(folded));
    words
}

/// A folded text cut into words. Nothing is left out.
pub fn cut(folded: &str) -> Vec<&str> {
    JIEBA.tokenize(folded, TokenizeMode::Default, false).into_iter().map(|token| token.word).collect()
}

/// A folded text with its numbers in digits; `None` if they are digits already.
pub fn in_digits(folded: &str) -> Option<String> {
    let numbers = numbers(folded);
    let mut rest = folded;
    let mut text = String::with_capacity(folded.len());
    for number in numbers.iter().rev() {
        text.insert_str(0, &rest[number.range.end..]);
        text.insert_str(0, &number.text);
        rest = &rest[..number.range.start];
    }
    text.insert_str(0, rest);
    (!numbers.is_empty()).then_some(text)
}

/// Each pair of neighbouring Chinese characters.
pub fn pairs(folded: &str) -> Vec<Term> {
    let chars: Vec<(usize, char)> = folded.char_indices().collect();
    chars
        .windows(2)
        .filter(|pair| pair.iter().all(|(_, c)| is_chinese(*c)))
        .map(|pair| {
            let range = pair[0].0..pair[1].0 + pair[1].1.len_utf8();
            Term { text: folded[range.clone()].to_owned(), range }
        })
        .collect()
}

/// Each Chinese character.
pub fn characters(folded: &str) -> Vec<Term> {
    folded
        .char_indices()
        .filter(|(_, c)| is_chinese(*c))
        .map(|(at, c)| Term { text: c.to_string(), range: at..at + c.len_utf8() })
        .collect()
}

/// Whether a character is a Chinese one.
pub fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The language of a text. Texts of one language can share words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Language {
    /// Chinese in either script.
    Chinese,
    /// A language written in letters.
    Other,
}

impl Language {
    /// The main language of a text. One Chinese character says about as much as half a word of four
    /// letters.
    pub fn of(text: &str) -> Self {
        let chinese = text.chars().filter(|c| is_chinese(*c)).count();
        let letters = text.chars().filter(|c| c.is_alphabetic() && !is_chinese(*c)).count();
        if chinese > 0 && 2 * chinese >= letters { Self::Chinese } else { Self::Other }
    }
}
