//! Text → the units by which quotations are compared. A unit is a Chinese character, or a word or number in any other
//! script. Script, width, case, white space and punctuation make no difference. The place of each unit in the text is
//! kept. Units are made character by character, so a part of a text has the same units as in the whole. A conversion by
//! phrases would not guarantee that.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::script::simplified;
use crate::text::segment::is_chinese;

/// A unit with its place in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) id: u32,
    pub(super) start: u32,
    pub(super) len: u8,
}

impl Unit {
    pub(super) fn range(self) -> Range<usize> {
        self.start as usize..self.start as usize + usize::from(self.len)
    }

    /// Returns whether it is one character and not a word.
    pub(super) fn is_character(self) -> bool {
        self.id < FIRST_WORD
    }
}

/// The first id of a word. Lower ids are the code points of characters.
const FIRST_WORD: u32 = 0x20_0000;
/// The id of a word that no transcript has. It equals nothing.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// The most bytes of a word. A longer word is cut into several.
const MAX_WORD_BYTES: usize = 160;

/// The words of all transcripts, with their ids.
#[derive(Debug, Default)]
pub(super) struct Vocabulary(HashMap<String, u32>);

impl Vocabulary {
    /// Reads the units of a text that will be searched. New words get an id.
    pub(super) fn learn(&mut self, text: &str, mut each: impl FnMut(Unit)) {
        scan(text, &mut |piece, start, len| {
            let id = match piece {
                Piece::Character(c) => u32::from(c),
                Piece::Word(word) => self.0.get(word).copied().unwrap_or_else(|| {
                    let id = FIRST_WORD + self.0.len() as u32;
                    self.0.insert(word.to_owned(), id);
                    id
                }),
            };
            each(Unit { id, start, len });
        });
    }

    /// Returns the units of a text to search for.
    pub(super) fn units(&self, text: &str) -> Vec<Unit> {
        let mut units = Vec::with_capacity(text.len() / 3);
        scan(text, &mut |piece, start, len| {
            let id = match piece {
                Piece::Character(c) => u32::from(c),
                Piece::Word(word) => self.0.get(word).copied().unwrap_or(UNKNOWN),
            };
            units.push(Unit { id, start, len });
        });
        units
    }
}

/// Returns how much a text says. A character counts one, a word two.
pub(super) fn weight(text: &str) -> usize {
    let mut weight = 0;
    scan(text, &mut |piece, _, _| weight += if matches!(piece, Piece::Character(_)) { 1 } else { 2 });
    weight
}

/// Returns the units of a text as strings, in their order.
pub(super) fn folded(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    scan(text, &mut |piece, _, _| {
        all.push(match piece {
            Piece::Character(c) => c.to_string(),
            Piece::Word(word) => word.to_owned(),
        });
    });
    all
}

/// Returns a text with Chinese characters in Simplified and letters in lower case. The number of characters stays the
/// same.
pub(super) fn plain(text: &str) -> String {
    let plain = |c: char| if is_chinese(c) { character(c) } else { c.to_lowercase().next().unwrap_or(c) };
    text.chars().map(plain).collect()
}

enum Piece<'a> {
    Character(char),
    Word(&'a str),
}

/// Signs that have a meaning of their own.
const SIGNS: &str = "%‰°$€£¥₩+=<>&@±×÷≥≤≈√";
const APOSTROPHES: [char; 4] = ['\'', '’', 'ʼ', '＇'];

fn scan(text: &str, each: &mut impl FnMut(Piece<'_>, u32, u8)) {
    let mut word = Word::default();
    let mut chars = text.char_indices().peekable();
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let len = c.len_utf8();
        let next = chars.peek().map_or(' ', |(_, next)| *next);
        if is_chinese(c) {
            word.end(each);
            each(Piece::Character(character(c)), at as u32, len as u8);
        } else if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase(), at, len, each);
        } else if is_unseen(c) {
            continue;
        } else if word.joins(c, before, next, &text[at + len..]) {
            // A comma between thousands is not part of the number.
            if c != ',' && c != '，' {
                let joint = if APOSTROPHES.contains(&c) { '\'' } else { c.nfkc().next().unwrap_or(c) };
                word.push(joint, at, len, each);
            }
        } else if is_combining_mark(c) && !word.text.is_empty() {
            word.push(c, at, len, each);
        } else if c.is_ascii() {
            word.end(each);
            sign(c, at, before, next, &mut word, each);
        } else {
            other(c, at, before, next, &mut word, each);
        }
        before = c;
    }
    word.end(each);
}

/// Handles a character that is neither Chinese nor ASCII.
fn other(c: char, at: usize, before: char, next: char, word: &mut Word, each: &mut impl FnMut(Piece<'_>, u32, u8)) {
    let len = c.len_utf8();
    let mut any = false;
    for folded in c.nfkc().flat_map(char::to_lowercase) {
        if is_chinese(folded) {
            word.end(each);
            each(Piece::Character(character(folded)), at as u32, len as u8);
            any = true;
        } else if folded.is_alphanumeric() && !is_alone(folded) {
            word.push(folded, at, len, each);
            any = true;
        } else if folded.is_alphanumeric() {
            word.end(each);
            each(Piece::Character(folded), at as u32, len as u8);
            any = true;
        } else if is_combining_mark(folded) || folded == '\u{2044}' {
            word.push(folded, at, len, each);
            any = true;
        }
    }
    if !any {
        word.end(each);
        let folded = c.nfkc().next().unwrap_or(c);
        if c > '\u{1f000}' {
            each(Piece::Character(c), at as u32, len as u8);
        } else {
            sign_of(folded, len, at, before, next, word, each);
        }
    }
}

fn sign(c: char, at: usize, before: char, next: char, word: &mut Word, each: &mut impl FnMut(Piece<'_>, u32, u8)) {
    sign_of(c, 1, at, before, next, word, each);
}

fn sign_of(
    c: char,
    len: usize,
    at: usize,
    before: char,
    next: char,
    word: &mut Word,
    each: &mut impl FnMut(Piece<'_>, u32, u8),
) {
    if SIGNS.contains(c) {
        each(Piece::Character(c), at as u32, len as u8);
    } else if matches!(c, '-' | '−') && next.is_ascii_digit() && !before.is_ascii_alphanumeric() && before != c {
        word.push('-', at, len, each);
    }
}

/// A word that is still being read.
#[derive(Default)]
struct Word {
    text: String,
    start: usize,
    end: usize,
}

impl Word {
    fn push(&mut self, c: char, at: usize, len: usize, each: &mut impl FnMut(Piece<'_>, u32, u8)) {
        if !self.text.is_empty() && at + len - self.start > MAX_WORD_BYTES {
            self.end(each);
        }
        if self.text.is_empty() {
            self.start = at;
        }
        self.text.push(c);
        self.end = at + len;
    }

    fn end(&mut self, each: &mut impl FnMut(Piece<'_>, u32, u8)) {
        if self.text.is_empty() {
            return;
        }
        let (start, len) = (self.start as u32, (self.end - self.start).min(255) as u8);
        if self.text.is_ascii() {
            each(Piece::Word(&self.text), start, len);
        } else {
            let composed: String = self.text.nfc().collect();
            each(Piece::Word(&composed), start, len);
        }
        self.text.clear();
    }

    /// Returns whether a mark is inside a word or number.
    fn joins(&self, c: char, before: char, next: char, rest: &str) -> bool {
        let Some(last) = self.text.chars().next_back() else { return false };
        if APOSTROPHES.contains(&c) {
            return last.is_alphabetic() && before.is_alphabetic() && next.is_alphabetic() && !is_chinese(next);
        }
        if !last.is_ascii_digit() || !before.is_alphanumeric() || !is_digit(next) {
            return false;
        }
        match c {
            '.' | '．' | ':' | '：' | '/' => true,
            ',' | '，' => rest.chars().take_while(|c| is_digit(*c)).count() == 3 && !self.text.contains('.'),
            _ => false,
        }
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || ('０'..='９').contains(&c)
}

/// Returns whether a letter belongs to a script without spaces between words.
fn is_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// Returns whether a character is invisible.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fe00}'..='\u{fe0f}')
}

/// The Chinese characters that the table converts.
const TABLE_OF_CHARACTERS: std::ops::RangeInclusive<char> = '\u{3400}'..='\u{9fff}';

static SIMPLIFIED: LazyLock<Vec<char>> = LazyLock::new(|| {
    let all: String = TABLE_OF_CHARACTERS.flat_map(|c| [c, '\n']).collect();
    // The conversion runs twice, because it may turn a rare character into one that it converts again.
    let converted = simplified(&simplified(&all));
    let lines = converted.split('\n').zip(TABLE_OF_CHARACTERS);
    lines.map(|(line, own)| alike(line.chars().next().filter(|_| line.chars().count() == 1).unwrap_or(own))).collect()
});

/// Returns a Chinese character in the form for comparison.
fn character(c: char) -> char {
    let table = || SIMPLIFIED.get(u32::from(c) as usize - u32::from(*TABLE_OF_CHARACTERS.start()) as usize).copied();
    if TABLE_OF_CHARACTERS.contains(&c) {
        return table().unwrap_or(c);
    }
    let composed = c.nfkc().next().unwrap_or(c);
    if TABLE_OF_CHARACTERS.contains(&composed) { character(composed) } else { c }
}

/// Returns one form for characters on which converters between the scripts disagree.
fn alike(c: char) -> char {
    match c {
        '著' => '着',
        '乾' | '幹' => '干',
        '妳' | '祢' => '你',
        '瞭' => '了',
        '藉' => '借',
        '馀' | '餘' => '余',
        '於' => '于',
        '甚' => '什',
        '祇' | '衹' | '隻' => '只',
        '覆' | '複' | '復' => '复',
        '徵' => '征',
        '牠' | '祂' => '它',
        '裏' | '裡' => '里',
        '麽' | '麼' => '么',
        '佔' => '占',
        '画' => '划',
        '週' => '周',
        '託' => '托',
        '夥' => '伙',
        '彷' => '仿',
        '彿' => '佛',
        '噁' => '恶',
        '傢' => '家',
        '證' => '证',
        '遊' => '游',
        '迴' => '回',
        '儘' => '尽',
        '鍾' => '钟',
        '薑' => '姜',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writings_of_the_same_words_have_the_same_units() {
        for (one, other) in [
            ("我們用ＡＩ，效率提高了20%。", "我们用 AI 效率提高了20%"),
            ("It’s\u{200b} fine — really.", "it's fine, really"),
            ("１，０００ 人", "1000人"),
            ("看著麵包乾了，妳說", "看着面包干了你说"),
            ("well-known re\u{301}sumé", "well known résumé"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} and {other}");
        }
    }

    #[test]
    fn what_changes_the_meaning_changes_the_units() {
        for (one, other) in [
            ("1.5 倍", "15 倍"),
            ("we're late", "were late"),
            ("is not able", "is notable"),
            ("70%", "70"),
            ("-5 度", "5 度"),
            ("1,5", "15"),
            ("3-5 天", "35 天"),
        ] {
            assert_ne!(folded(one), folded(other), "{one} and {other}");
        }
    }

    #[test]
    fn units_know_where_they_stand() {
        let text = "Ａ他說「頭髮」don’t 1,000";
        let mut vocabulary = Vocabulary::default();
        let mut at = Vec::new();
        vocabulary.learn(text, |unit| at.push(&text[unit.range()]));
        assert_eq!(at, ["Ａ", "他", "說", "頭", "髮", "don’t", "1,000"]);
        assert!(vocabulary.units("nobody’s word").iter().all(|unit| unit.id == UNKNOWN));
    }

    #[test]
    fn any_character_in_the_other_script_is_the_same_unit() {
        use crate::text::script::{Display, View};
        for c in '\u{4e00}'..='\u{9fa5}' {
            let own = c.to_string();
            let other = View::new(&own, Display::Traditional).into_text();
            let simple = View::new(&own, Display::Simplified).into_text();
            if other.chars().count() == 1 {
                assert_eq!(folded(&simple), folded(&own), "{own} {simple}");
            }
        }
    }
}
