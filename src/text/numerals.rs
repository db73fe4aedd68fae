//! Writes numbers as digits, from Chinese characters and other notations. 二十年 and 20年, 七成 and 70%, 零零后
//! and 00后, 2万 and 20,000 then share a term. Pure.

use super::term::Term;

/// Nobody searches for a longer number.
const MAX_CHARS: usize = 24;

/// The numbers of a folded text that are not plain digits already.
pub fn numbers(folded: &str) -> Vec<Term> {
    let chars: Vec<(usize, char)> = folded.char_indices().collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let run = (at..chars.len()).take_while(|i| is_part(&chars, *i)).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let text: String = chars[at..at + run].iter().map(|(_, c)| *c).collect();
        let next = chars.get(at + run).map(|(_, c)| *c);
        if run <= MAX_CHARS
            && let Some((digits, more)) = value(&text, next)
        {
            let end = chars.get(at + run + more).map_or(folded.len(), |(at, _)| *at);
            found.push(Term { text: digits, range: chars[at].0..end });
        }
        at += run;
    }
    found
}

/// The digits of a run, and the number of characters after it that belong to it.
fn value(run: &str, next: Option<char>) -> Option<(String, usize)> {
    let count = run.chars().count();
    if run.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // 三成 and 七成半 are tenths.
    if count == 1 && next == Some('成') {
        return digit(run.chars().next()?).filter(|tenths| (1..=9).contains(tenths)).map(|d| (format!("{d}0"), 1));
    }
    if run.chars().all(|c| digit(c).is_some()) {
        // A single character is as often a particle (一) as a number. So are 一一 and 三三两两.
        let digits: String = run.chars().filter_map(digit).map(|d| char::from(b'0' + d)).collect();
        let telling = match count {
            1 => false,
            2 => run.contains(['零', '〇']) || next == Some('后'),
            _ => !run.contains('两'),
        };
        return telling.then_some((digits, 0));
    }
    // 十分 means "very", and a bare 千万 means "by all means".
    if (run == "十" && next == Some('分')) || run.chars().all(|c| matches!(c, '百' | '千' | '万' | '亿')) {
        return None;
    }
    grouped(run).or_else(|| spoken(run)).map(|digits| (digits, 0))
}

/// `20,000`
fn grouped(run: &str) -> Option<String> {
    let mut groups = run.split(',');
    let first = groups.next()?;
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = groups.collect();
    let holds = digits(first) && first.len() <= 3 && !rest.is_empty() && rest.iter().all(|g| digits(g) && g.len() == 3);
    holds.then(|| run.replace(',', ""))
}

/// `二十`, `两千零五`, `2万`, `一亿三千万`. A place multiplies what stands before it.
fn spoken(run: &str) -> Option<String> {
    let (mut total, mut section, mut number): (u64, u64, Option<u64>) = (0, 0, None);
    for c in run.chars() {
        if let Some(d) = digit(c) {
            let more = c.is_ascii_digit();
            number = Some(match number {
                Some(before) if more => before.checked_mul(10)?.checked_add(u64::from(d))?,
                Some(before) if before != 0 => return None,
                _ => u64::from(d),
            });
            continue;
        }
        let place = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' => 10_000,
            '亿' => 100_000_000,
            _ => return None,
        };
        if place < 10_000 {
            section = section.checked_add(number.take().unwrap_or(1).checked_mul(place)?)?;
        } else {
            section = section.checked_add(number.take().unwrap_or(0))?;
            // 亿 multiplies everything before it (一万亿). 万 multiplies only its own thousands (一亿三千万).
            total = if place == 10_000 {
                total.checked_add(section.checked_mul(place)?)?
            } else {
                total.checked_add(section)?.checked_mul(place)?
            };
            section = 0;
        }
    }
    Some((total.checked_add(section)?.checked_add(number.unwrap_or(0))?).to_string())
}

fn is_part(chars: &[(usize, char)], at: usize) -> bool {
    let arabic = |at: usize| chars.get(at).is_some_and(|(_, c)| c.is_ascii_digit());
    match chars[at].1 {
        ',' => at > 0 && arabic(at - 1) && arabic(at + 1),
        c => digit(c).is_some() || matches!(c, '十' | '百' | '千' | '万' | '亿'),
    }
}

fn digit(c: char) -> Option<u8> {
    match c {
        '0'..='9' => Some(c as u8 - b'0'),
        '零' | '〇' => Some(0),
        '一' => Some(1),
        '二' | '两' => Some(2),
        '三' => Some(3),
        '四' => Some(4),
        '五' => Some(5),
        '六' => Some(6),
        '七' => Some(7),
        '八' => Some(8),
        '九' => Some(9),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
