//! The value of a field above an interview: the people it names, and under which names they speak.

use super::names;

/// Endings of a value that is speech and not the content of a form.
pub(super) fn is_said(value: &str) -> bool {
    value.ends_with(['。', '？', '?', '！', '!', '…', '：', ':'])
}

/// The names of a list, each with what stands in brackets after it.
pub(super) fn listed(value: &str) -> Vec<&str> {
    let (mut parts, mut from, mut depth) = (Vec::new(), 0, 0usize);
    for (at, c) in value.char_indices() {
        match c {
            '(' | '（' | '[' | '［' => depth += 1,
            ')' | '）' | ']' | '］' => depth = depth.saturating_sub(1),
            ',' | '，' | '、' | ';' | '；' | '/' | '&' if depth == 0 => {
                parts.push(&value[from..at]);
                from = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(&value[from..]);
    let parts = parts.into_iter().flat_map(|part| part.split(" and ")).map(str::trim);
    parts.map(|part| part.strip_prefix("and ").unwrap_or(part)).filter(|part| !part.is_empty()).collect()
}

/// The first name of a list of them.
pub(super) fn first_of(value: &str) -> &str {
    value.split(['，', ',', '（', '(', '、']).next().unwrap_or(value).trim()
}

/// The name under which a person of a field speaks below: `John Roe` as `Roe`, `Joan Pike (JP)` as `JP`.
pub(super) fn speaking_as(value: &str, below: &[&str]) -> Option<String> {
    let whole = names::key(first_of(value));
    let speaks = |name: &String| below.contains(&name.as_str());
    if speaks(&whole) {
        return Some(whole);
    }
    // `林水木（以下简称“林”）`
    let called = |brief: &str| -> usize { brief.find(['称', '稱']).map_or(0, |at| at + '称'.len_utf8()) };
    let brief = value.split_once(['(', '（']).map(|(_, brief)| {
        let own = brief[called(brief)..].trim_start_matches(['为', '為']);
        names::key(own.trim_matches([')', '）', '“', '”', '"', '「', '」', '『', '』', ' ']))
    });
    let words: Vec<&str> = whole.split(' ').filter(|word| word.chars().count() > 1).collect();
    let initials: String = whole.split(' ').filter_map(|word| word.chars().next()).collect();
    let mut parts: Vec<String> = brief.into_iter().collect();
    parts.extend(words.last().into_iter().chain(words.first()).map(|word| (*word).to_owned()));
    parts.push(initials.clone());
    // `Mr. Roe`, `张` or `张老师` for 张三.
    parts.into_iter().find(&speaks).or_else(|| {
        let last = words.last().filter(|last| last.chars().count() > 2)?;
        below.iter().find(|name| name.split(' ').next_back() == Some(last)).map(|name| (*name).to_owned())
    })
}
