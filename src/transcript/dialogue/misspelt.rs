//! The word for somebody's part that is misspelt in one place: `访谈著：` among `访谈者：`. It sets the name of its mark and
//! leaves the names of people alone, because two people may differ by one letter.

use std::collections::HashMap;

use super::labelled_line::LabelledLine;
use super::name_lexicon;
use super::names::{self, Likeness};
use super::speaker_labels::{LabelStyle, SpeakerLabel};
use crate::text::segment::{JIEBA, is_chinese};

/// The fewest letters of a word that is told by all but one of them.
const CHINESE: usize = 3;
const LATIN: usize = 6;

/// With more parts than these, a text is no interview.
const PARTS: usize = 40;

/// Gives a misspelt mark the name that it stands for.
pub(crate) fn unite(lines: &mut [LabelledLine<'_>]) {
    let colon = |mark: &SpeakerLabel<'_>| {
        mark.label.is_none() && matches!(mark.style, LabelStyle::Colon | LabelStyle::Bold | LabelStyle::Timed)
    };
    let mut counts: HashMap<String, (usize, &str)> = HashMap::new();
    for mark in lines.iter().filter_map(|line| line.mark).filter(|mark| colon(mark)) {
        counts.entry(names::key(mark.name)).or_insert((0, mark.name)).0 += 1;
    }
    let parts: Vec<(&String, usize, &str)> = counts
        .iter()
        .filter(|(key, (count, _))| *count >= 2 && names::role(key).is_some())
        .map(|(key, (count, name))| (key, *count, *name))
        .collect();
    if parts.len() > PARTS {
        return;
    }
    for mark in lines.iter_mut().filter_map(|line| line.mark.as_mut()).filter(|mark| colon(mark)) {
        let key = names::key(mark.name);
        let own = counts.get(&key).map_or(0, |(count, _)| *count);
        let mut near = parts.iter().filter(|(part, count, _)| own * 2 <= *count && is_near(&key, part));
        if let (Some((.., name)), None) = (near.next(), near.next())
            && names::likeness(&key) < Likeness::Sure
            && !is_word(&key)
        {
            mark.name = name;
        }
    }
}

/// Whether a label is a word or a name by itself: `主讲人` is no misspelt `主持人`.
fn is_word(key: &str) -> bool {
    if !key.chars().any(is_chinese) {
        return name_lexicon::is_english_noun(key);
    }
    let tags = JIEBA.tag(key, false);
    name_lexicon::is_noun(key) || tags.len() == 1 && tags.iter().all(|one| one.tag != "x")
}

/// Whether two words differ by one letter: another, or, among Latin ones, one more, one less, or two that changed places.
/// 访谈者甲 is no misspelt 访谈者.
fn is_near(one: &str, other: &str) -> bool {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let chinese = other.iter().any(|c| is_chinese(*c));
    let least = if chinese { CHINESE } else { LATIN };
    if one.len().min(other.len()) < least || one == other {
        return false;
    }
    let same = one.iter().zip(&other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let rest = |a: &[char], from: usize, b: &[char], to: usize| a.get(from..) == b.get(to..) && a.get(from..).is_some();
    let changed = rest(one, 2, other, 2) && one[0] == other[1] && one[1] == other[0];
    rest(one, 1, other, 1) || !chinese && (rest(one, 1, other, 0) || rest(one, 0, other, 1) || changed)
}

#[cfg(test)]
mod tests {
    use super::is_near;

    #[test]
    fn a_word_is_near_another_by_one_letter() {
        for (one, other) in [
            ("访谈著", "访谈者"),
            ("受坊者", "受访者"),
            ("interviwer", "interviewer"),
            ("interveiwer", "interviewer"),
            ("moderatorr", "moderator"),
        ] {
            assert!(is_near(one, other), "{one}");
        }
        for (one, other) in [
            ("访谈者", "访谈者"),
            ("记着", "记者"),
            ("主讲者", "访谈者"),
            ("hosts", "host"),
            ("采访人", "受访者"),
            ("访谈者甲", "访谈者"),
        ] {
            assert!(!is_near(one, other), "{one}");
        }
    }
}
