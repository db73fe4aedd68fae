//! The letters of a text, written in one way: no case, width, script, accent, white space or
//! mark tells two writings of the same words apart. Each knows where in the text it stands.

use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use crate::text::script::View;

/// The letters of a text.
pub(crate) struct Letters {
    pub(crate) letters: Vec<char>,
    /// Where each begins and ends in the text, in bytes.
    at: Vec<(u32, u32)>,
}

/// Characters at most of a text that is looked at; none that is read is as long.
const LONGEST: usize = u32::MAX as usize;

impl Letters {
    pub(crate) fn of(text: &str) -> Self {
        let mut found = Self { letters: Vec::with_capacity(text.len() / 2), at: Vec::with_capacity(text.len() / 2) };
        if text.len() > LONGEST {
            return found;
        }
        let view = View::folded(text);
        let mut before = (usize::MAX, 0..0);
        for (at, c) in view.text().char_indices().filter(|(_, c)| c.is_alphanumeric()) {
            let source = if before.0 == at { before.1.clone() } else { view.source_range(at..at + c.len_utf8()) };
            before = (at, source.clone());
            found.letters.push(plain(c));
            found.at.push((source.start as u32, source.end as u32));
        }
        found
    }

    pub(crate) fn chars(&self) -> impl Iterator<Item = char> + '_ {
        self.letters.iter().copied()
    }

    /// Where in the text some of the letters stand.
    pub(crate) fn source(&self, letters: Range<usize>) -> Range<usize> {
        match (self.at.get(letters.start), letters.end.checked_sub(1).and_then(|last| self.at.get(last))) {
            (Some(first), Some(last)) => first.0 as usize..(last.1 as usize).max(first.0 as usize),
            _ => 0..0,
        }
    }

    /// The numbers of the letters that stand within ranges of the text, which ascend.
    pub(crate) fn within(&self, ranges: &[Range<usize>]) -> Vec<usize> {
        let mut ranges = ranges.iter().peekable();
        let mut found = Vec::with_capacity(self.letters.len());
        for (number, (start, _)) in self.at.iter().enumerate() {
            let start = *start as usize;
            while ranges.next_if(|range| range.end <= start).is_some() {}
            if ranges.peek().is_some_and(|range| range.start <= start) {
                found.push(number);
            }
        }
        found
    }
}

/// A letter without its accents. Characters that converters of the scripts disagree on are one.
fn plain(c: char) -> char {
    match c {
        '著' => '着',
        '乾' => '干',
        '妳' => '你',
        'ß' => 's',
        'ı' => 'i',
        // A syllable of Korean is no accented letter.
        '\u{AC00}'..='\u{D7A3}' => c,
        _ if c.is_ascii() => c,
        _ => {
            let mut first = None;
            decompose_canonical(c, |part| {
                first.get_or_insert(part);
            });
            first.unwrap_or(c)
        }
    }
}

/// How much a letter says: a Chinese character as much as three of an alphabet.
pub(crate) fn weight(c: char) -> u32 {
    if c >= '\u{2e80}' { 3 } else { 1 }
}

/// The stretch from each letter on that just weighs enough; none where too few are left.
pub(crate) fn windows(letters: &[char], enough: u32) -> impl Iterator<Item = Range<usize>> + '_ {
    let (mut end, mut weighs) = (0, 0);
    (0..letters.len()).map_while(move |start| {
        while weighs < enough {
            weighs += weight(*letters.get(end)?);
            end += 1;
        }
        weighs -= weight(letters[start]);
        Some(start..end)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letters(text: &str) -> String {
        Letters::of(text).chars().collect()
    }

    #[test]
    fn two_writings_of_the_same_words_have_the_same_letters() {
        assert_eq!(letters("The Pineapple\n machine—was “terrible”!"), "thepineapplemachinewasterrible");
        assert_eq!(letters("ＴＨＥ　ｐｉｎｅ\u{200b}ap-\nple"), "thepineapple");
        assert_eq!(letters("用戶都說好，頭髮也不掉了。"), letters("用户都说好 头发也不掉了"));
        assert_eq!(letters("看著麵包乾了"), letters("看着面包干了"));
        assert_eq!(letters("re\u{301}sumé naïve"), "resumenaive");
    }

    #[test]
    fn letters_know_where_they_stand() {
        let text = "Ａ：他說「頭髮」掉了";
        let found = Letters::of(text);
        let at = found.letters.iter().position(|c| *c == '头').expect("it is there");
        assert_eq!(&text[found.source(at..at + 2)], "頭髮");
        let said = text.find('他').expect("there")..text.len();
        assert_eq!(found.within(std::slice::from_ref(&said)).len(), 6);
    }

    #[test]
    fn a_window_is_the_shortest_that_weighs_enough() {
        let letters: Vec<char> = "ab头发cd".chars().collect();
        let found: Vec<Range<usize>> = windows(&letters, 6).collect();
        assert_eq!(found, [0..4, 1..4, 2..4]);
        assert_eq!(windows(&letters, 100).count(), 0);
    }
}
