//! Speakers called 甲, 乙 and 丙 with an enumeration comma after them: `甲、您哪年来的？`. It sets their marks.

use std::collections::HashMap;

use super::labelled_line::LabelledLine;
use super::names::{self, LabelRole};
use super::non_speech;
use super::speaker_labels::{LabelStyle, SpeakerLabel};

const STEMS: [char; 6] = ['甲', '乙', '丙', '丁', '戊', '己'];

/// The stem at the start of a line, and the words after it.
fn stem<'a>(line: &LabelledLine<'a>) -> Option<(&'a str, &'a str)> {
    let first = line.words.chars().next().filter(|first| STEMS.contains(first))?;
    let (name, rest) = line.words.split_at(first.len_utf8());
    let words = rest.strip_prefix(['、', '.', '．'])?.trim_start();
    (!words.is_empty()).then_some((name, words))
}

/// Sets the marks where two of them come back and most lines begin so. Once each, they count the points of a list.
/// Returns those of whom a line in brackets says that they ask: `（甲为访谈人）`.
pub(crate) fn mark(lines: &mut [LabelledLine<'_>]) -> Vec<String> {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (name, _) in lines.iter().filter_map(stem) {
        *counts.entry(name).or_default() += 1;
    }
    let back = counts.values().filter(|count| **count >= 2).count();
    let all: usize = counts.values().sum();
    if back < 2 || all * 2 < lines.len() {
        return Vec::new();
    }
    let mut hosts = Vec::new();
    for line in lines.iter_mut() {
        if let Some((name, rest)) = stem(line) {
            line.mark =
                Some(SpeakerLabel { style: LabelStyle::Colon, name, rest, time: None, label: None, asks: false });
        } else if non_speech::is_aside(line.words) {
            let told = line.words.split(['，', '。', '；', ',', '（', '）', '(', ')']);
            for (who, part) in told.filter_map(|part| part.split_once(['为', '為', '是', '：'])) {
                let who = who.trim_start_matches("以下").trim_start_matches("其中");
                if names::role(part.trim()) == Some(LabelRole::Asks) && counts.contains_key(who) {
                    hosts.push(names::key(who));
                }
            }
        }
    }
    hosts
}
