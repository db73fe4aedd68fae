//! A thread copied from a forum: a name, `发表于` with a date, and the words; or the date below the words. It reads text.

use std::sync::LazyLock;

use regex::Regex;

use super::form;
use crate::transcript::timestamps::{self, Moment};

/// A post of a thread.
pub(super) struct Post<'a> {
    pub(super) name: String,
    pub(super) time: Option<Moment>,
    pub(super) words: Vec<&'a str>,
}

struct Patterns {
    posted: Regex,
    floor: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    Some(Patterns {
        // `发表于 2023-9-10 20:11 | 只看该作者`, perhaps with the name before it.
        posted: Regex::new(
            r"(?i)^(?P<name>\S.{0,29}?)??\s*(?:发表于|發表於|发布于|發布於|回复于|回覆於|posted on|posted at|posted:|replied on)\s*[:：]?\s*(?P<when>\d{1,4}[-/.年]\d{1,2}[-/.月]\d{1,4}日?,?\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[AaPp][Mm])?)(?:\s*\|.*)?$",
        )
        .ok()?,
        // `3楼 `, `#3 `, `楼主`.
        floor: Regex::new(r"^(?:第?\d{1,5}\s*[楼樓层層#]\s*[:：]?|#\d{1,5}\b\s*[:：]?|沙发|板凳)\s*").ok()?,
    })
});

/// The longest name, in characters.
const NAME_CHARS: usize = 24;
/// The fewest posts of a thread.
const LEAST: usize = 2;

/// The posts of a thread, and the lines above them; `None` for any other text.
pub(super) fn posts<'a>(lines: &[&'a str]) -> Option<(Vec<&'a str>, Vec<Post<'a>>)> {
    let patterns = PATTERNS.as_ref()?;
    let lines: Vec<&str> = lines.iter().map(|line| line.trim()).filter(|line| !line.is_empty()).collect();
    let posted: Vec<usize> = (0..lines.len()).filter(|at| patterns.posted.is_match(lines[*at])).collect();
    if posted.len() < LEAST {
        return None;
    }
    // The last line is a date: dates stand below the words.
    let below = posted.last() == Some(&(lines.len() - 1));
    if below { dates_below(patterns, &lines, &posted) } else { dates_above(patterns, &lines, &posted) }
}

fn when(patterns: &Patterns, line: &str) -> Option<Moment> {
    timestamps::of_day(patterns.posted.captures(line)?.name("when")?.as_str())
}

/// `3楼 小羊：`, words, `发表于 …`.
fn dates_below<'a>(patterns: &Patterns, lines: &[&'a str], posted: &[usize]) -> Option<(Vec<&'a str>, Vec<Post<'a>>)> {
    let mut posts = Vec::new();
    let mut from = 0;
    for at in posted {
        let (first, rest) = lines[from..*at].split_first()?;
        let bare = unnumbered(patterns, first);
        let (name, words) = bare.split_once([':', '：']).unwrap_or((bare, ""));
        let words = Some(words.trim()).filter(|words| !words.is_empty()).into_iter().chain(rest.iter().copied());
        posts.push(Post { name: name_of(name)?, time: when(patterns, lines[*at]), words: words.collect() });
        from = at + 1;
    }
    Some((Vec::new(), posts))
}

/// `小羊`, `发表于 …`, words; or the name on the line of the date.
fn dates_above<'a>(patterns: &Patterns, lines: &[&'a str], posted: &[usize]) -> Option<(Vec<&'a str>, Vec<Post<'a>>)> {
    let named = |at: usize| patterns.posted.captures(lines[at])?.name("name").map(|name| name.as_str().to_owned());
    // Where each post begins.
    let starts: Vec<usize> = posted
        .iter()
        .map(|at| if named(*at).is_some() { Some(*at) } else { at.checked_sub(1) })
        .collect::<Option<_>>()?;
    let mut posts = Vec::new();
    for (index, at) in posted.iter().enumerate() {
        let own = named(*at).unwrap_or_else(|| lines[starts[index]].to_owned());
        let end = starts.get(index + 1).copied().unwrap_or(lines.len());
        let name = name_of(unnumbered(patterns, &own).trim_end_matches([':', '：']))?;
        posts.push(Post { name, time: when(patterns, lines[*at]), words: lines.get(at + 1..end)?.to_vec() });
    }
    Some((lines[..*starts.first()?].to_vec(), posts))
}

fn unnumbered<'a>(patterns: &Patterns, line: &'a str) -> &'a str {
    patterns.floor.find(line).map_or(line, |floor| &line[floor.end()..])
}

fn name_of(name: &str) -> Option<String> {
    let name = name.trim();
    ((1..=NAME_CHARS).contains(&name.chars().count()) && !form::is_said(name)).then(|| name.to_owned())
}
