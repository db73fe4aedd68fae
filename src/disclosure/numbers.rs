//! Finds numbers and addresses by their form: telephones, identity cards, bank cards, plates, e-mail, accounts. A valid
//! checksum makes a clue sure. A wrong checksum does not clear a number, because it may be a slip.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::clue::{Clue, ClueKind};
use super::reading::Reading;
use crate::text::pattern::{compiled, patterns};

/// A form of numbers, its kind, and its check.
struct Form {
    kind: ClueKind,
    find: Regex,
    holds: fn(&str) -> bool,
    /// Whether a number with a wrong checksum is no clue at all.
    only_if_it_holds: bool,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let always = |_: &str| true;
    let never = |_: &str| false;
    [
        (ClueKind::Email, r"[A-Za-z0-9][A-Za-z0-9._%+-]*\s?@\s?[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", always as fn(&str) -> bool, false),
        // Identity cards of the mainland, Taiwan and Hong Kong, then the US social security number.
        (ClueKind::IdNumber, r"[1-9]\d{5}\s?(?:18|19|20)\d{2}\s?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\s?\d{3}[\dXx]", mainland, false),
        (ClueKind::IdNumber, r"(?-u:\b)[A-Z][1289]\d{8}(?-u:\b)", taiwan, true),
        (ClueKind::IdNumber, r"(?-u:\b)[A-Z]{1,2}\d{6}\([\dA]\)", hong_kong, false),
        (ClueKind::IdNumber, r"(?-u:\b)\d{3}-\d{2}-\d{4}(?-u:\b)", social_security, true),
        (ClueKind::Card, r"(?-u:\b)\d(?:[ -]?\d){14,18}(?-u:\b)", luhn, false),
        (ClueKind::Phone, r"(?:\+?86[ -]?)?(?-u:\b)1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?-u:\b)", always, false),
        (ClueKind::Phone, r"(?-u:\b)09\d{2}[ -]?\d{3}[ -]?\d{3}(?-u:\b)", always, false),
        (ClueKind::Phone, r"(?:\(0\d{1,3}\)|(?-u:\b)0\d{1,3})[ -]?\d{3,4}[ -]?\d{3,4}(?-u:\b)", never, false),
        (ClueKind::Phone, r"(?-u:\b)[48]00[ -]?\d{3}[ -]?\d{3,4}(?-u:\b)", never, false),
        (ClueKind::Phone, r"\+\d{1,3}(?:[ .-]?\(?\d{1,4}\)?){2,5}", always, false),
        (ClueKind::Phone, r"(?:\(\d{3}\)\s?|(?-u:\b)\d{3}[ .-])\d{3}[ .-]\d{4}(?-u:\b)", always, false),
        // Telephone numbers as they are spoken: 幺三八…
        (ClueKind::Phone, r"[零〇一二三四五六七八九幺]{8,12}", never, false),
        (ClueKind::Plate, r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z][ ·]?[A-Z0-9]{5,6}(?-u:\b)", always, false),
        (ClueKind::Account, r"(?i)(?:微信|QQ|wechat|line|telegram|抖音|小红书|微博|instagram|ins|twitter)\s?(?:号码|号|id|账号|帐号)?\s?(?:，?号码)?(?:是|叫|为|:|：|=)?\s?([A-Za-z0-9_][A-Za-z0-9_-]{4,29})", never, false),
        (ClueKind::Account, r"(?:^|[\s，。：(])(@[A-Za-z0-9_]{3,30})", never, false),
    ]
    .into_iter()
    .map(|(kind, pattern, holds, only_if_it_holds)| Form { kind, find: compiled(pattern), holds, only_if_it_holds })
    .collect()
});

patterns! {
    // Words before a number that make it an ID number.
    OF_PERSON = r"(?i)(身份证|证件|护照|社保|学号|工号|passport|(?-u:\b)id(?-u:\b)|ssn|licence|license)[^\n。]{0,12}?([A-Z]{0,2}\d{6,17}[\dXx])";
}

pub(super) fn find(reading: &Reading) -> Vec<Clue> {
    let text = reading.text();
    let mut found = Vec::new();
    for form in FORMS.iter() {
        for captures in form.find.captures_iter(text) {
            let Some(one) = captures.get(1).or_else(|| captures.get(0)) else { continue };
            let holds = (form.holds)(one.as_str());
            if !stands_apart(text, &one.range())
                || form.only_if_it_holds && !holds
                || form.kind == ClueKind::Account && is_word(one.as_str())
            {
                continue;
            }
            found.push(Clue { kind: form.kind, range: one.range(), sure: holds });
        }
    }
    let of_person = OF_PERSON.captures_iter(text).filter_map(|found| found.get(2));
    found.extend(of_person.map(|one| Clue { kind: ClueKind::IdNumber, range: one.range(), sure: false }));
    found
}

/// Returns whether this is an ordinary word. An English word after `line` or `ins` is no account.
fn is_word(found: &str) -> bool {
    !found.contains(|c: char| c.is_ascii_digit() || matches!(c, '_' | '-'))
}

/// Returns whether no digit touches the number on either side.
fn stands_apart(text: &str, range: &Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let begins = text[range.clone()].starts_with(|c: char| c.is_ascii_digit());
    let ends = text[range.clone()].ends_with(|c: char| c.is_ascii_digit());
    !(begins && before.is_some_and(|c| c.is_ascii_digit()) || ends && after.is_some_and(|c| c.is_ascii_digit()))
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|c| c.to_digit(10)).collect()
}

/// Checks the number of a mainland identity card (GB 11643). The last of its 18 characters is computed from the others.
fn mainland(number: &str) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let own: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let sum: u32 = own.iter().zip(WEIGHTS).filter_map(|(c, weight)| Some(c.to_digit(10)? * weight)).sum();
    let last = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'][(sum % 11) as usize];
    own.len() == 18 && own[17].to_ascii_uppercase() == last
}

/// Checks the number of a Taiwan identity card. The letter counts as two digits.
fn taiwan(number: &str) -> bool {
    const ORDER: &str = "ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let Some(place) = number.chars().next().and_then(|letter| ORDER.find(letter)) else { return false };
    let (letter, rest) = (place as u32 + 10, digits(number));
    let sum: u32 = letter / 10
        + letter % 10 * 9
        + rest.iter().zip([8, 7, 6, 5, 4, 3, 2, 1, 1]).map(|(d, weight)| d * weight).sum::<u32>();
    rest.len() == 9 && sum.is_multiple_of(10)
}

fn hong_kong(number: &str) -> bool {
    let body: Vec<char> = number.chars().filter(char::is_ascii_alphanumeric).collect();
    let Some((check, rest)) = body.split_last() else { return false };
    let value = |c: &char| c.to_digit(36).unwrap_or_default();
    let padded: Vec<u32> = if rest.len() == 7 {
        std::iter::once(36).chain(rest.iter().map(value)).collect()
    } else {
        rest.iter().map(value).collect()
    };
    let sum: u32 = padded.iter().zip((2..=9).rev()).map(|(value, weight)| value * weight).sum();
    (sum + value(check)).is_multiple_of(11)
}

/// Returns whether the number can be a US social security number. Its area, group and serial are never all zeros.
fn social_security(number: &str) -> bool {
    let parts: Vec<&str> = number.split('-').collect();
    matches!(parts.as_slice(), [area, group, serial] if *area != "000" && *area != "666" && !area.starts_with('9') && *group != "00" && *serial != "0000")
}

fn luhn(number: &str) -> bool {
    let digits = digits(number);
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            if at % 2 == 1 {
                let twice = digit * 2;
                twice / 10 + twice % 10
            } else {
                *digit
            }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checksums_tell_numbers_from_slips() {
        assert!(mainland("11010519491231002X") && !mainland("110105194912310021"));
        assert!(taiwan("A123456789") && !taiwan("A123456788"));
        assert!(hong_kong("A123456(3)") && !hong_kong("A123456(4)"));
        assert!(luhn("4111 1111 1111 1111") && !luhn("4111 1111 1111 1112"));
        assert!(social_security("536-22-8741") && !social_security("000-22-8741"));
    }
}
