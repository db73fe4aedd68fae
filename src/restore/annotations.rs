//! Readings: what may stand in the parentheses of an annotation, and which characters it can belong to.
//! This file holds only facts about single characters. `table` decides whether an annotation is damage
//! or the author's own.

use pinyin::ToPinyinMulti;

use super::gbk;

/// The longest syllable is six letters (`zhuāng`).
const MAX_SYLLABLE_LETTERS: usize = 6;

/// Normalises a reading for comparison: the page's variants of `a` and `g` become plain letters.
fn normal(letter: char) -> char {
    match letter {
        'ɑ' => 'a',
        'ɡ' => 'g',
        other => other,
    }
}

fn is_letter(c: char) -> bool {
    c.is_ascii_lowercase()
        || matches!(
            c,
            'ā' | 'á'
                | 'ǎ'
                | 'à'
                | 'ē'
                | 'é'
                | 'ě'
                | 'è'
                | 'ī'
                | 'í'
                | 'ǐ'
                | 'ì'
                | 'ō'
                | 'ó'
                | 'ǒ'
                | 'ò'
                | 'ū'
                | 'ú'
                | 'ǔ'
                | 'ù'
                | 'ǖ'
                | 'ǘ'
                | 'ǚ'
                | 'ǜ'
                | 'ü'
                | 'ê'
                | 'ḿ'
                | 'ń'
                | 'ň'
                | 'ɑ'
                | 'ɡ'
        )
}

/// Reads `xiàn)` at the head of `chars`: the reading, and how many characters
/// it takes with its closing parenthesis.
pub(super) fn closing(chars: impl Iterator<Item = char>) -> Option<(String, usize)> {
    let mut reading = String::new();
    for (at, c) in chars.take(MAX_SYLLABLE_LETTERS + 1).enumerate() {
        if c == ')' && at > 0 {
            return Some((reading, at + 1));
        }
        if !is_letter(c) {
            return None;
        }
        reading.push(c);
    }
    None
}

/// Whether `reading` is one of the character's readings, including the tone.
pub(super) fn reads(c: char, reading: &str) -> bool {
    c.to_pinyin_multi().is_some_and(|readings| {
        readings.into_iter().any(|known| known.with_tone().chars().map(normal).eq(reading.chars().map(normal)))
    })
}

/// Whether the text in the parentheses has tones like a reading, perhaps of another character or of
/// several: `拼音(pīnyīn)`.
pub(super) fn is_toned(c: char) -> bool {
    !c.is_ascii() && is_letter(c)
}

/// The characters that begin with this byte and have this reading, with their
/// second byte.
pub(super) fn spelled(lead: u8, reading: &str) -> Vec<(char, u8)> {
    (0x40..=0xFE)
        .filter_map(|trail| gbk::decode(lead, trail).map(|c| (c, trail)))
        .filter(|&(c, _)| reads(c, reading))
        .collect()
}
