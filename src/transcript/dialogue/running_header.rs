//! The line that stands at the head of each page of a printed transcript, beside the number of the page. It may cut an
//! answer in two. It looks for lines that come back and reads no turn.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::labelled_line::{self, LabelledLine};
use super::lines::ends_sentence;
use super::non_speech;

/// The longest line at the head of a page.
const LINE_CHARS: usize = 100;

static OF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\b(?:page|seite|p\.)\s*(?P<n>\d{1,4})\s*(?:of|von|/)\s*\d{1,4}|第\s*(?P<m>\d{1,4})\s*[页頁]\s*[/，,]?\s*共\s*\d{1,4}\s*[页頁])").ok()
});

/// The words of a line without numbers and white space, and the number at one of its ends.
fn parts(words: &str) -> (String, Option<u32>) {
    let words = words.trim();
    // `Interview 4    Page 2 of 7`
    if let Some(found) = OF.as_ref().and_then(|of| of.captures(words))
        && let (Some(whole), Some(own)) = (found.get(0), found.name("n").or(found.name("m")))
    {
        let rest = format!("{}{}", &words[..whole.start()], &words[whole.end()..]);
        return (rest.split_whitespace().collect(), own.as_str().parse().ok());
    }
    let number = |part: Option<&str>| {
        part.filter(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit()))
            .and_then(|part| part.parse::<u32>().ok())
    };
    let mut pieces: Vec<&str> = words.split_whitespace().collect();
    let last = number(pieces.last().copied());
    let first = number(pieces.first().copied());
    if last.is_some() {
        pieces.pop();
    } else if first.is_some() {
        pieces.remove(0);
    }
    (pieces.concat(), last.or(first))
}

/// Whether the number of a page or a line that was taken stands right above or below the line at `at`.
fn is_by_page(lines: &[LabelledLine<'_>], at: usize, taken: &HashSet<usize>) -> bool {
    let near = [at.checked_sub(1), Some(at + 1)];
    near.into_iter()
        .flatten()
        .any(|at| taken.contains(&at) || lines.get(at).is_some_and(|line| non_speech::is_page_mark(line.words)))
}

/// Takes the heads of pages out of the lines of an interview, and the numbers of pages that stand alone.
pub(crate) fn take<'a>(lines: &mut Vec<LabelledLine<'a>>) -> Vec<&'a str> {
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    let mut numbers: HashMap<usize, u32> = HashMap::new();
    for (at, line) in lines.iter().enumerate() {
        if line.words.chars().count() > LINE_CHARS || ends_sentence(line.words) || non_speech::is_page_mark(line.words)
        {
            continue;
        }
        let (words, number) = parts(line.words);
        if let Some(number) = number {
            numbers.insert(at, number);
        }
        // A speaker's name comes back too.
        let named = line.words.ends_with([':', '：']) || words.chars().count() < 5;
        if !words.is_empty() && !named {
            places.entry(words).or_default().push(at);
        }
    }
    // The foot of each page: a copyright that comes back.
    let mut feet: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| non_speech::is_footer(line.words)) {
        feet.entry(line.words).or_default().push(at);
    }
    let mut taken: HashSet<usize> = feet.into_values().filter(|all| all.len() >= 2).flatten().collect();
    let mut pages: Vec<(usize, u32)> = Vec::new();
    // Two lines may head each page. The second is known by the first.
    for all in [&places; 2].into_iter().flat_map(HashMap::values).filter(|all| all.len() >= 2) {
        let own: Vec<u32> = all.iter().filter_map(|at| numbers.get(at).copied()).collect();
        let rising = own.windows(2).all(|pair| pair[0] < pair[1]);
        let beside = all.iter().filter(|at| is_by_page(lines, **at, &taken)).count();
        // `4` alone above it, and `5` above the next.
        let alone: Vec<(usize, u32)> = all
            .iter()
            .flat_map(|at| [at.checked_sub(1), Some(at + 1)])
            .flatten()
            .filter(|at| lines.get(*at).is_some_and(|line| line.words.bytes().all(|byte| byte.is_ascii_digit())))
            .filter_map(|at| Some((at, *numbers.get(&at)?)))
            .collect();
        if alone.len() >= 2 && alone.windows(2).all(|pair| pair[1].1 == pair[0].1 + 1) {
            taken.extend(all.iter().copied().filter(|at| *at > 0));
            taken.extend(alone.iter().map(|(at, _)| *at));
        }
        // The first stands above the text and may be its title.
        if (beside > 0 || !own.is_empty() && rising) && (beside + own.len()) * 2 >= all.len() {
            taken.extend(all.iter().copied().filter(|at| *at > 0));
            pages.extend(all.iter().filter_map(|at| Some((*at, *numbers.get(at)?))));
        }
    }
    // A number alone is that of a page where the head of the next one says so.
    for (at, number) in numbers.iter().filter(|(at, _)| lines[**at].words.bytes().all(|byte| byte.is_ascii_digit())) {
        let follows =
            pages.iter().any(|(other, next)| other > at && *next == number + 1 || other < at && *next + 1 == *number);
        if follows && lines[*at].apart && lines.get(at + 1).is_none_or(|next| next.apart) {
            taken.insert(*at);
        }
    }
    labelled_line::take_out(lines, &taken)
}
