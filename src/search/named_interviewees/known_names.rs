//! The names of the interviewees of a library, in every form that people use, and their places in a query.

use std::collections::BTreeMap;
use std::ops::Range;

use pinyin::ToPinyin;

use crate::retrieval::corpus::Corpus;
use crate::retrieval::lexical;
use crate::text::find::{find, folded};
use crate::text::names;
use crate::text::ranges::after_last;
use crate::text::script::View;
use crate::text::segment::{JIEBA, is_chinese};
use crate::transcript::Transcript;

/// The most bytes in brackets that count as another name for somebody.
const MAX_ALIAS_BYTES: usize = 40;
/// The fewest letters of a single name, so that short words are not taken for names.
const MIN_NAME_LETTERS: usize = 3;
/// Titles in letters before a name.
const TITLES_BEFORE: [&str; 14] = [
    "dr. ",
    "dr ",
    "mr. ",
    "mr ",
    "mrs. ",
    "mrs ",
    "ms. ",
    "ms ",
    "miss ",
    "prof. ",
    "prof ",
    "professor ",
    "sir ",
    "madam ",
];
/// Characters before a given name that are seldom a surname there: 向建国提问, 关于建国.
const SELDOM_SURNAMES: [char; 5] = ['向', '于', '任', '和', '同'];

/// A name at a place in a folded query.
#[derive(Debug, Clone)]
pub(super) struct Named {
    /// The place, with a title beside it.
    pub(super) range: Range<usize>,
    /// The name as the sources write it.
    pub(super) name: String,
    /// Whether a single name in letters is typed without a capital.
    pub(super) lower: bool,
    /// Whether the name is also an ordinary word.
    pub(super) ordinary: bool,
}

/// Returns every interviewee with all folded names.
pub(super) fn people(corpus: &Corpus) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, transcript) in corpus.transcripts.iter().enumerate() {
        for (name, also) in corpus.called(at, || called(transcript)) {
            let known = all.entry(name.clone()).or_default();
            known.extend(also.iter().filter(|one| !known.contains(one)).cloned().collect::<Vec<_>>());
            let aliases = corpus.additions.aliases.get(name).into_iter().flatten().map(|alias| folded(alias));
            known.extend(aliases.filter(|one| !known.contains(one)).collect::<Vec<_>>());
        }
    }
    all
}

/// Returns the places of all names in a query, in order.
pub(super) fn find_all(known: &BTreeMap<String, Vec<String>>, query: &str, view: &View) -> Vec<Named> {
    let text = view.text();
    let mut found: Vec<Named> = Vec::new();
    for (name, also) in known {
        let own = folded(name);
        for called in also {
            let is_given = *called != own && called.chars().all(is_chinese) && own.ends_with(called.as_str());
            for range in places(text, called) {
                if is_given && is_of_another(text, &range) {
                    continue;
                }
                let lower = is_lower(called, query, view, &range);
                found.push(Named { lower, ordinary: is_ordinary(called), range, name: name.clone() });
            }
        }
    }
    // 唐凤 inside 唐凤仪 is another person, so the longest name counts.
    let all = found.iter().map(|one| one.range.clone()).collect::<Vec<_>>();
    found.retain(|one| {
        !all.iter().any(|other| *other != one.range && other.start <= one.range.start && one.range.end <= other.end)
    });
    found.sort_by(|a, b| (a.range.start, &a.name).cmp(&(b.range.start, &b.name)));
    found.dedup_by(|a, b| a.range == b.range && a.name == b.name);
    for one in &mut found {
        one.range = with_title(text, &one.range);
    }
    found
}

/// Returns whether the character before a given name is the surname of somebody else: 建国 in 张建国.
fn is_of_another(text: &str, given: &Range<usize>) -> bool {
    let run = after_last(&text[..given.end], |c| !is_chinese(c));
    let Some(before) = text[run..given.start].chars().next_back().filter(|c| !SELDOM_SURNAMES.contains(c)) else {
        return false;
    };
    let start = given.start - before.len_utf8();
    names::surname_of(&text[start..]) == Some(before.len_utf8())
        && names::is_given_name(&text[run..given.end], start - run, given.start - run)
}

/// Returns whether a single name in letters is typed without a capital.
fn is_lower(called: &str, query: &str, view: &View, range: &Range<usize>) -> bool {
    let typed = query.get(view.source_range(range.clone())).unwrap_or_default();
    !called.contains(' ') && called.is_ascii() && typed.chars().next().is_some_and(char::is_lowercase)
}

/// Returns whether a Chinese name is also a word of other texts, or a role that is made of such words: 建国, 高峰, 产品经理.
fn is_ordinary(called: &str) -> bool {
    if !called.chars().all(is_chinese) {
        return false;
    }
    let words = JIEBA.tag(called, false);
    let is_word = |word: &str, tag: &str| !lexical::is_unlisted(word) && !tag.starts_with("nr");
    let is_name = names::surname_of(called).is_some_and(|surname| names::is_given_name(called, 0, surname));
    match words.as_slice() {
        [one] => names::is_no_name(called) || is_word(called, one.tag),
        several => !is_name && several.iter().all(|one| is_word(one.word, one.tag)),
    }
}

/// Returns the place of a name with the title beside it: Dr. Smith, 罗永福校长.
fn with_title(text: &str, range: &Range<usize>) -> Range<usize> {
    let before = &text[..range.start];
    let title = TITLES_BEFORE
        .iter()
        .find(|title| before.strip_suffix(**title).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric)));
    let start = range.start - title.map_or(0, |title| title.len());
    let after = &text[range.end..];
    // 王丽老板 is more often somebody else.
    let titles = names::TITLES.split_whitespace().chain(["本人", "自己", "委员"]).filter(|title| *title != "老板");
    let title = titles.filter(|title| title.chars().count() > 1 && after.starts_with(title)).map(str::len).max();
    start..range.end + title.filter(|_| text[range.clone()].chars().all(is_chinese)).unwrap_or_default()
}

/// Returns the interviewees of one transcript with their names.
fn called(transcript: &Transcript) -> Vec<(String, Vec<String>)> {
    let mut names: Vec<&String> = Vec::new();
    for (_, _, answer) in transcript.answers() {
        names.extend(answer.interviewee.iter().filter(|name| !names.contains(name)).collect::<Vec<_>>());
    }
    let of = |name: &&String| {
        let own = folded(name);
        let mut also = vec![own.clone()];
        also.extend(in_brackets(transcript.text(), name));
        also.extend(shorter(&own, &names));
        also.extend(in_letters(&own));
        ((*name).clone(), also)
    };
    names.iter().map(of).collect()
}

/// Returns other names that a text gives in brackets: `唐鳳（Audrey Tang）`, `Audrey Tang (唐鳳)`.
fn in_brackets(text: &str, name: &str) -> Vec<String> {
    let mut found = Vec::new();
    let is_name = |other: &str| {
        let words = other.split_whitespace().count();
        let other = other.trim();
        let chinese = other.chars().all(|c| is_chinese(c) || c == '·') && (2..=4).contains(&other.chars().count());
        let latin = other.chars().all(|c| c.is_alphabetic() && !is_chinese(c) || " .-'’".contains(c))
            && other.split_whitespace().all(|word| word.chars().next().is_some_and(char::is_uppercase));
        chinese || (latin && (1..=4).contains(&words) && other.len() <= MAX_ALIAS_BYTES)
    };
    for (at, _) in text.match_indices(name) {
        let after = text[at + name.len()..].trim_start();
        if let Some(inside) = after.strip_prefix(['(', '（'])
            && let Some(end) = inside.find([')', '）'])
            && is_name(&inside[..end])
        {
            found.push(folded(inside[..end].trim()));
        }
        let before = text[..at].trim_end();
        if let Some(outer) = before.strip_suffix(['(', '（']) {
            let outer = outer.trim_end();
            let start = after_last(outer, |c| !(is_chinese(c) || c.is_alphabetic() || " .-'’·".contains(c)));
            let words: Vec<&str> = outer[start..].split_whitespace().collect();
            for count in (1..=words.len().min(3)).rev() {
                let other = words[words.len() - count..].join(" ");
                if is_name(&other) {
                    found.push(folded(&other));
                    break;
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Returns short names that nobody else has: a first or last name in letters, a Chinese given name, or a Chinese
/// surname with a title.
fn shorter(own: &str, names: &[&String]) -> Vec<String> {
    let alone = |part: &str| names.iter().filter(|name| folded(name).contains(part)).count() == 1;
    let chars: Vec<char> = own.chars().collect();
    if chars.iter().all(|c| is_chinese(*c)) {
        let given: String = chars.iter().skip(1).collect();
        let surname = chars.first().map(char::to_string).unwrap_or_default();
        let mut found: Vec<String> = Vec::new();
        if chars.len() == 3 && alone(&given) {
            found.push(given);
        }
        if (2..=3).contains(&chars.len()) && alone(&surname) && names::surname_of(own).is_some() {
            let titles = names::TITLES.split_whitespace().chain(["委员"]);
            let titles = titles.filter(|title| title.chars().count() > 1 || *title == "总");
            found.extend(titles.map(|title| format!("{surname}{title}")));
        }
        return found;
    }
    let words = own
        .split_whitespace()
        .filter(|word| word.chars().count() >= MIN_NAME_LETTERS && word.chars().all(char::is_alphabetic));
    words.filter(|word| own.contains(' ') && alone(word)).map(str::to_owned).collect()
}

/// Returns a Chinese name in letters in both orders: Huang Yingche and Yingche Huang for 黄英哲.
fn in_letters(own: &str) -> Vec<String> {
    let read: Option<Vec<&str>> = own.chars().map(|c| c.to_pinyin().map(pinyin::Pinyin::plain)).collect();
    match read.as_deref() {
        Some([surname, given @ ..]) if (1..=2).contains(&given.len()) => {
            let given = given.concat();
            vec![format!("{surname} {given}"), format!("{given} {surname}")]
        }
        _ => Vec::new(),
    }
}

/// Returns the places of a name in a folded query.
fn places(text: &str, called: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = find(text, called);
    // A name in letters may be typed in characters: 唐凤 matches Tang Feng by its pinyin.
    if called.contains(' ') && called.is_ascii() && text.chars().any(is_chinese) {
        let (joined, turned) = (called.replace([' ', '-'], ""), called.split(' ').rev().collect::<String>());
        let chars: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| is_chinese(*c)).collect();
        for count in 2..=4 {
            for window in chars.windows(count) {
                let end = window[count - 1].0 + window[count - 1].1.len_utf8();
                let read: String =
                    window.iter().filter_map(|(_, c)| c.to_pinyin().map(pinyin::Pinyin::plain)).collect();
                if end - window[0].0 == count * 3 && (read == joined || read == turned) {
                    found.push(window[0].0..end);
                }
            }
        }
    }
    found
}
