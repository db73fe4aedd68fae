//! Finds names of people: first the interviewees, in every form of their names, then other people by how names are
//! written.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::clue::{Clue, ClueKind};
use super::lists::{ALSO_WORDS, CHINESE_PLACES, ENGLISH_PLACES, GIVEN_NAMES};
use super::reading::Reading;
use crate::text::names;
use crate::text::pattern::patterns;
use crate::text::segment::{JIEBA, is_chinese};

static GIVEN: LazyLock<BTreeSet<&str>> = LazyLock::new(|| GIVEN_NAMES.split_whitespace().collect());
static PLACES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| CHINESE_PLACES.split_whitespace().chain(ENGLISH_PLACES.split_whitespace()).collect());
/// A word with a capital.
const CAPITAL: &str = r"\p{Lu}[\p{Ll}\p{Lu}'’-]+";

patterns! {
    TITLE_AND_NAME = &format!(r"(?-u:\b)((?:Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sir|Madam|Uncle|Aunt)\.?\s{CAPITAL}(?:\s{CAPITAL})?)");
    MY_NAME_IS = &format!(r"(?-u:\b)(?:[Mm]y name is|[Nn]ame's|I am called|[Cc]alled|[Nn]amed|I'm|I’m|I am|[Tt]his is)\s({CAPITAL}(?:\s{CAPITAL}){{0,2}})");
    WORDS_WITH_CAPITAL = r"\p{Lu}[\p{L}'’-]*\p{L}(?:\s\p{Lu}[\p{L}'’-]*\p{L}){0,2}";
    // After 我叫, 名叫 or 我是 comes a name.
    ZH_CALLED = r"(?:我叫|名叫|名字叫|名字是|我是)(\p{Han}{2,4})";
}

pub(super) fn find(reading: &Reading, known: &[String]) -> Vec<Clue> {
    let text = reading.text();
    let mut found: Vec<Clue> = Vec::new();
    let mut add = |range: Range<usize>, sure: bool| found.push(Clue { kind: ClueKind::Name, range, sure });
    for form in known.iter().flat_map(|name| forms(name)) {
        for (at, _) in text.match_indices(&form) {
            let range = at..at + form.len();
            if is_whole(text, &range) {
                add(range, true);
            }
        }
    }
    chinese(text, &mut add);
    english(text, &mut add);
    found.sort_by_key(|clue| (clue.range.start, std::cmp::Reverse(clue.range.end)));
    found
}

/// Returns all forms of a known name that point to one person: `欧阳娜娜` and `娜娜`; `Ann Novak`, `Ann` and `Novak`.
pub(super) fn forms(name: &str) -> Vec<String> {
    let own = name.split(['(', '（', '/', '|']).next().unwrap_or(name).trim();
    let reading = Reading::new(own);
    let own = reading.text();
    let letters = own.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || is_role(own) {
        return Vec::new();
    }
    let mut forms = vec![own.to_owned()];
    if own.chars().all(is_chinese) {
        if let Some(surname) = names::surname_of(own).filter(|at| own[*at..].chars().count() == 2) {
            forms.push(own[surname..].to_owned());
        }
    } else {
        let words = own
            .split_whitespace()
            .filter(|word| word.chars().count() > 2 && word.starts_with(char::is_uppercase) && !is_title(word));
        forms.extend(words.map(str::to_owned).filter(|_| own.contains(' ')));
    }
    forms
}

/// Returns whether a word is a title, such as `Dr.` or `Mrs`. A title is not a name by itself.
fn is_title(word: &str) -> bool {
    word.ends_with('.') || ["Mrs", "Miss", "Prof", "Professor", "Sir", "Madam", "Uncle", "Aunt"].contains(&word)
}

/// Returns whether a name is only a role that anybody may have in an interview.
fn is_role(name: &str) -> bool {
    const ROLES: &str = "受访者 采访者 记者 主持人 嘉宾 客户 客服 医生 护士 老师 学生 用户 员工 经理 interviewer interviewee speaker host guest moderator participant respondent \
 user customer unknown q a";
    let folded = name.to_lowercase();
    let bare = folded.trim_end_matches(|c: char| {
        c.is_ascii_digit() || c.is_whitespace() || "甲乙丙丁戊己庚辛壬癸一二三四五六七八九十abcdefgh".contains(c)
    });
    ROLES.split_whitespace().any(|role| role == bare || role == folded)
}

fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_chinese(c));
    let own = |c: Option<char>| c.is_some_and(|c| !is_chinese(c));
    let words = &text[range.clone()];
    !(own(words.chars().next()) && word(text[..range.start].chars().next_back())
        || own(words.chars().next_back()) && word(text[range.end..].chars().next()))
}

fn chinese(text: &str, add: &mut impl FnMut(Range<usize>, bool)) {
    let mut at = 0;
    for run in text.split_inclusive(|c: char| !is_chinese(c)) {
        let bare = run.trim_end_matches(|c: char| !is_chinese(c));
        if !bare.is_empty() {
            in_run(bare, at, add);
        }
        at += run.len();
    }
    for called in ZH_CALLED.captures_iter(text) {
        let Some(one) = called.get(1) else { continue };
        // The longest possible name is taken.
        let ends = [4, 3, 2]
            .into_iter()
            .filter_map(|length| one.as_str().char_indices().map(|(at, c)| at + c.len_utf8()).nth(length - 1));
        let name = ends.map(|end| &one.as_str()[..end]).find(|name| {
            names::surname_of(name).is_some_and(|surname| names::is_given_name(name, 0, surname))
                && !PLACES.contains(name)
        });
        if let Some(name) = name {
            add(one.start()..one.start() + name.len(), false);
        }
    }
}

/// Adds the names in a run of Chinese characters.
fn in_run(run: &str, offset: usize, add: &mut impl FnMut(Range<usize>, bool)) {
    for range in names::fond_names(run).into_iter().chain(names::names_in_pieces(run)) {
        add(offset + range.start..offset + range.end, false);
    }
    let tags = JIEBA.tag(run, true);
    let mut starts = Vec::with_capacity(tags.len() + 1);
    let mut at = 0;
    for tag in &tags {
        starts.push(at);
        at += tag.word.len();
    }
    starts.push(at);
    for (number, tag) in tags.iter().enumerate() {
        let start = starts[number];
        // Surnames with a title, or familiar forms: `李经理`, `老张`. The longest one is taken.
        for end in (number + 1..=(number + 3).min(tags.len())).rev().map(|last| starts[last]) {
            let part = &run[start..end];
            if part.chars().count() <= 7 && names::surname_with_title(part).is_some_and(|range| range.start == 0) {
                add(offset + start..offset + end, false);
                break;
            }
        }
        let length = tag.word.chars().count();
        let is_place = PLACES.contains(tag.word) || ALSO_WORDS.split_whitespace().any(|word| word == tag.word);
        if names::is_no_name(tag.word) || is_place {
            continue;
        }
        let own = offset + start..offset + start + tag.word.len();
        let unknown = tag.tag == "x";
        let Some(surname) = names::surname_of(tag.word) else {
            // Familiar names with 阿: `阿珍`.
            if tag.word.starts_with('阿') && length == 2 && (unknown || tag.tag.starts_with("nr")) {
                add(own, false);
            }
            continue;
        };
        if tag.word.len() > surname {
            let named = tag.tag.starts_with("nr") && length <= 4;
            if named || unknown && names::is_given_name(tag.word, 0, surname) {
                add(own, false);
            }
            continue;
        }
        // The segmenter may split a name: 周 and 海燕, 欧阳 and 文. The next one or two words may be the given name.
        for last in [number + 3, number + 2].into_iter().filter(|last| *last <= tags.len()) {
            let rest = &tags[number + 1..last];
            let is_name = rest.iter().all(|one| one.tag.starts_with("nr"));
            let surname_first =
                tag.tag.starts_with("nr") && rest.iter().all(|one| one.tag.starts_with('n') || one.tag == "x");
            if (is_name || surname_first) && names::is_given_name(&run[start..starts[last]], 0, surname) {
                add(offset + start..offset + starts[last], false);
                break;
            }
        }
    }
}

fn english(text: &str, add: &mut impl FnMut(Range<usize>, bool)) {
    for pattern in [&TITLE_AND_NAME, &MY_NAME_IS] {
        for found in pattern.captures_iter(text) {
            let Some(one) = found.get(1) else { continue };
            let last = one.as_str().split_whitespace().next_back().unwrap_or_default();
            if !PLACES.contains(last) {
                add(one.range(), false);
            }
        }
    }
    for found in WORDS_WITH_CAPITAL.find_iter(text) {
        let words: Vec<&str> = found.as_str().split_whitespace().collect();
        // The name starts at the given name: `Yesterday Emily Stone` gives Emily Stone.
        if let Some(first) = words.iter().position(|word| GIVEN.contains(word) && !PLACES.contains(word)) {
            let skipped = words[..first].iter().map(|word| word.len() + 1).sum::<usize>();
            add(found.start() + skipped..found.end(), true);
        }
    }
}
