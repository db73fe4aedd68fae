//! One person under a long and a short name: `江湾市副市长 林海` and 林海, `丈夫（马国栋，74岁）` and 丈夫, `Lena Ott` and LO. It
//! gives their marks one name where only one person can be meant.

use std::collections::{HashMap, HashSet};

use super::labelled_line::LabelledLine;
use super::name_lexicon;
use super::names;
use super::speaker_labels::{LabelStyle, SpeakerLabel};
use crate::text::script::simplified;
use crate::text::segment::is_chinese;

/// Gives a person one name.
pub(crate) fn unite(lines: &mut [LabelledLine<'_>]) {
    offices(lines);
    brackets(lines);
    initials(lines);
}

/// The names of all marks, as keys.
fn keys(lines: &[LabelledLine<'_>]) -> HashSet<String> {
    lines.iter().filter_map(|line| line.mark).map(|mark| names::key(mark.name)).collect()
}

/// `江湾市副市长 林海` and the later 林海.
fn offices(lines: &mut [LabelledLine<'_>]) {
    let all = keys(lines);
    for mark in lines.iter_mut().filter_map(|line| line.mark.as_mut()) {
        let last = mark.name.rsplit([' ', '\u{3000}']).next().unwrap_or(mark.name);
        let chinese = last.chars().all(is_chinese) && (2..=4).contains(&last.chars().count());
        if last.len() < mark.name.len() && chinese && all.contains(&names::key(last)) {
            mark.name = last;
        }
    }
}

/// `丈夫（马国栋，74岁）` and the later 丈夫. 学生（甲） and 学生（乙） are two.
fn brackets(lines: &mut [LabelledLine<'_>]) {
    let all = keys(lines);
    let mut described: HashMap<String, HashSet<String>> = HashMap::new();
    for name in lines.iter().filter_map(|line| line.mark).map(|mark| mark.name) {
        if let Some(own) = names::described(name) {
            described.entry(names::key(own)).or_default().insert(names::key(name));
        }
    }
    for mark in lines.iter_mut().filter_map(|line| line.mark.as_mut()) {
        if let Some(own) = names::described(mark.name).filter(|own| all.contains(&names::key(own)))
            && described.get(&names::key(own)).is_some_and(|all| all.len() == 1)
        {
            mark.name = own;
        }
    }
}

/// `Lena Ott` and the later LO, 张经理 and the later 张.
fn initials(lines: &mut [LabelledLine<'_>]) {
    let all: HashSet<&str> = lines.iter().filter_map(|line| spoken(line)).map(|mark| mark.name).collect();
    let mut long: HashMap<String, HashSet<&str>> = HashMap::new();
    for name in all {
        if let Some(short) = short_of(name) {
            long.entry(short).or_default().insert(name);
        }
    }
    for line in lines.iter_mut() {
        let Some(mark) = spoken(line) else { continue };
        let one = long.get(mark.name).filter(|all| all.len() == 1).and_then(|all| all.iter().next().copied());
        if let (Some(one), Some(mark)) = (one, line.mark.as_mut()) {
            mark.name = one;
        }
    }
}

/// The mark of a line with a name and a colon.
fn spoken<'a>(line: &LabelledLine<'a>) -> Option<SpeakerLabel<'a>> {
    line.mark.filter(|mark| mark.style == LabelStyle::Colon && mark.label.is_none())
}

/// The short form of a name: the initials of `Lena Ott`, the surname of 张经理.
fn short_of(name: &str) -> Option<String> {
    let own = names::described(name).unwrap_or(name);
    if own.chars().all(is_chinese) {
        let folded = simplified(own);
        let person = (2..=4).contains(&own.chars().count())
            && (name_lexicon::is_full_name(&folded) || CALLED.iter().any(|word| folded.ends_with(word)));
        return person.then(|| own.chars().take(1).collect());
    }
    let words: Vec<&str> = own.split_whitespace().collect();
    let high = words.iter().all(|word| word.starts_with(|c: char| c.is_ascii_uppercase()));
    (high && (2..=3).contains(&words.len())).then(|| words.iter().filter_map(|word| word.chars().next()).collect())
}

/// Forms of address after a surname, in Simplified.
const CALLED: [&str; 15] = [
    "记者", "经理", "主任", "老师", "先生", "女士", "小姐", "师傅", "医生", "教授", "总监", "律师", "阿姨", "书记",
    "院长",
];

#[cfg(test)]
mod tests {
    use super::short_of;

    #[test]
    fn a_name_has_a_short_form() {
        for (name, short) in [
            ("Lena Ott", "LO"),
            ("Mary Ann Poe", "MAP"),
            ("张经理", "张"),
            ("张经理（客服部）", "张"),
            ("王建国", "王"),
        ] {
            assert_eq!(short_of(name).as_deref(), Some(short), "{name}");
        }
        for name in ["Lena", "the host", "主持人", "客户"] {
            assert_eq!(short_of(name), None, "{name}");
        }
    }
}
