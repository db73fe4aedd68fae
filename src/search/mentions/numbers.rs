//! Finds a number that is asked for in digits where it is written in Chinese characters, and the other way round:
//! 2019 and 二〇一九, 1998 and 九八年, 80块 and 八十块.

use std::ops::Range;

use crate::text::find::find;
use crate::text::numerals;
use crate::text::segment;

/// A word with a number in it, in digits.
pub(super) struct Numbered {
    /// The whole word in digits.
    in_digits: String,
    /// What stands before the number, the number, and what stands after it.
    before: String,
    number: String,
    after: String,
}

impl Numbered {
    /// Returns the parts of a folded word with one number, or `None` for any other word.
    pub(super) fn of(word: &str) -> Option<Self> {
        let in_digits = segment::in_digits(word).unwrap_or_else(|| word.to_owned());
        let start = in_digits.find(|c: char| c.is_ascii_digit())?;
        let rest = &in_digits[start..];
        let number = &rest[..rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len())];
        let (before, after) = (&in_digits[..start], &rest[number.len()..]);
        let is_plain = |part: &str| part.chars().all(|c| !c.is_ascii() && !c.is_numeric());
        (is_plain(before) && is_plain(after)).then(|| Self {
            before: before.to_owned(),
            number: number.to_owned(),
            after: after.to_owned(),
            in_digits: in_digits.clone(),
        })
    }

    /// The words beside the number. Every text with the word has them.
    pub(super) fn beside(&self) -> String {
        format!("{} {}", self.before, self.after)
    }

    /// Returns the places where a folded text has the word in either writing, in ascending order.
    pub(super) fn places_in(&self, text: &str) -> Vec<Range<usize>> {
        let mut found = find(text, &self.in_digits);
        let spoken = numerals::numbers(text).into_iter().filter(|number| number.text == self.number);
        found.extend(spoken.filter_map(|number| {
            let start = number.range.start.checked_sub(self.before.len())?;
            let end = number.range.end + self.after.len();
            let fits =
                text.get(start..number.range.start)? == self.before && text.get(number.range.end..end)? == self.after;
            fits.then_some(start..end)
        }));
        if let Some(short) = self.short_year() {
            // The 一五年 of 二〇一五年 is another year.
            let is_whole =
                |range: &Range<usize>| !text[..range.start].ends_with(|c: char| "零〇一二三四五六七八九".contains(c));
            found.extend(find(text, &short).into_iter().filter(is_whole));
        }
        found.sort_by_key(|range| (range.start, range.end));
        found.dedup();
        found
    }

    /// Returns a year as it is spoken: 1998 as 九八年.
    fn short_year(&self) -> Option<String> {
        let is_year = self.number.len() == 4 && (self.number.starts_with("19") || self.number.starts_with("20"));
        let bare = self.before.is_empty() && (self.after.is_empty() || self.after == "年");
        let digits = "零一二三四五六七八九".chars().collect::<Vec<_>>();
        let spoken = |c: u8| digits.get(usize::from(c - b'0')).copied();
        let last = self.number.as_bytes().get(2..4)?;
        let year: String = last.iter().filter_map(|c| spoken(*c)).chain(['年']).collect();
        (is_year && bare).then_some(year)
    }
}
