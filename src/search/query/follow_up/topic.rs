//! The topic of a query: its words that tell what it is about.

use std::collections::HashSet;
use std::ops::Range;

use super::words::CONTRASTS;
use crate::retrieval::lexical;
use crate::text::find::folded;
use crate::text::script::View;
use crate::text::segment::{self, is_chinese};

/// Returns the folded topic words of a query, in order, each once. If one word holds another, only the longer one
/// stays.
pub(super) fn topic(text: &str) -> Vec<String> {
    let folded = folded(text);
    let mut terms = lexical::content_terms(&folded);
    terms.retain(|term| folded.get(term.range.clone()).is_some_and(|word| !segment::is_stopword(word)));
    terms.sort_by_key(|term| (term.range.start, std::cmp::Reverse(term.range.end)));
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut last_end = 0;
    for Range { start, end } in terms.into_iter().map(|term| term.range) {
        if start < last_end {
            continue;
        }
        last_end = end;
        match ranges.last_mut() {
            // 00 and 后 are one word, 00后.
            Some(last) if last.end == start && is_number_and_suffix(&folded[last.clone()], &folded[start..end]) => {
                last.end = end;
            }
            _ => ranges.push(start..end),
        }
    }
    let mut seen = HashSet::new();
    ranges.into_iter().map(|range| folded[range].to_owned()).filter(|word| seen.insert(word.clone())).collect()
}

fn is_number_and_suffix(word: &str, next: &str) -> bool {
    word.ends_with(|c: char| c.is_ascii_digit()) && next.chars().count() == 1 && next.chars().all(is_chinese)
}

/// Returns whether one thing may replace another: two of one set, or two of one form, such as 90后 and 00后, 2023 and
/// 2024, 男员工 and 女员工.
pub(super) fn may_replace(word: &str, other: &str) -> bool {
    if word == other {
        return false;
    }
    let in_one_set = |set: &&str| {
        let has = |one: &str| set.split('|').any(|member| member == one);
        has(word) && has(other)
    };
    let shape = |word: &str| {
        let number = |c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十两几".contains(c);
        let rest = word.trim_start_matches(number);
        (rest.len() < word.len()).then(|| rest.to_owned())
    };
    let numbered = shape(word).is_some() && shape(word) == shape(other);
    let (a, b): (Vec<char>, Vec<char>) = (word.chars().collect(), other.chars().collect());
    let chinese = a.iter().chain(&b).all(|c| is_chinese(*c));
    let same_tail = a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b).count();
    let tailed = chinese && a.len() == b.len() && a.len() > 2 && same_tail >= 2;
    CONTRASTS.iter().any(in_one_set) || numbered || tailed
}

/// Replaces words in a text, found in any script, width and case.
pub(super) fn replaced(text: &str, words: &str, other: &str) -> String {
    let view = View::folded(text);
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for (at, found) in view.text().match_indices(words) {
        let place = view.source_range(at..at + found.len());
        out.push_str(text.get(end..place.start).unwrap_or_default());
        out.push_str(other);
        end = place.end.max(end);
    }
    out.push_str(text.get(end..).unwrap_or_default());
    out
}

/// Joins two parts of a query.
pub(super) fn joined(a: &str, b: &str) -> String {
    format!("{a} {b}").trim().to_owned()
}
