//! Interviewees that a query names. The search then covers only their answers, and the name is removed from the query.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use pinyin::ToPinyin;
use regex::Regex;

use crate::retrieval::corpus::Corpus;
use crate::text::find::{find, folded};
use crate::text::script::View;
use crate::text::segment::is_chinese;
use crate::transcript::Transcript;

/// The longest text in brackets that counts as another name for somebody.
const ALIAS: usize = 40;
/// The fewest letters of a single name, so that short words are not taken for names.
const LETTERS: usize = 3;

/// The interviewees that a query names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct NamedInterviewees {
    /// Their names as the sources write them, each once.
    pub(super) people: Vec<String>,
    /// The query without the names: its subject.
    pub(super) about: String,
    /// Whether only their own words can answer it.
    pub(super) only: bool,
}

/// Titles that may follow a name.
const TITLES: &str =
    "(?:先生|女士|小姐|老师|教授|博士|部长|委员|政委|主任|经理|总监|总|院长|校长|医生|律师|记者|同学|女士|本人|自己)?";
/// Verbs of speech after a name.
static SAYS_AFTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"^\s*{TITLES}\s*(?:又|也|都|还|是|会|曾经?|到底|究竟|有没有|当时|后来)*(?:怎么|如何|怎样|对|觉得|认为|以为|说|提|谈|讲|聊|表示|主张|建议|回答|指出|强调|承认|解释|描述|形容|评价|相信|希望|担心|打算|喜欢|支持|反对|的(?:看法|观点|意见|态度|说法|回答|想法|建议|立场|感受|经历)|['’]s (?:view|opinion|take|thought|answer|position|reason|experience|advice|idea|attitude)|\s*(?:said|says|say|think|thinks|thought|feel|feels|felt|believe|believes|mention|mentions|mentioned|tell|told|describe|describes|described|explain|explains|explained|want|wants|see|recommend|recommends|suggest|suggests|talk|talks|argue|argues|claim|claims|regard|rate|answer|answered|respond|like|hope|worry|have to say)\b)"
    ))
    .ok()
});
/// Verbs of speech before a name.
static SAYS_BEFORE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:according to|根据|据|按照|听听?|问)\s*$").ok());

/// Returns the interviewees that a query names, if it also asks for something.
pub(super) fn of(corpus: &Corpus, query: &str) -> Option<NamedInterviewees> {
    let view = View::folded(query);
    let text = view.text();
    let mut found: Vec<(Range<usize>, String)> = Vec::new();
    for (name, also) in people(corpus) {
        let mut places: Vec<Range<usize>> = also.iter().flat_map(|called| places(text, query, &view, called)).collect();
        places.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
        found.extend(places.into_iter().map(|range| (range, name.clone())));
    }
    // 唐凤 inside 唐凤仪 is another person, so the longest name counts.
    let longest = found.iter().map(|(range, _)| range.clone()).collect::<Vec<_>>();
    found.retain(|(range, _)| {
        !longest.iter().any(|other| other != range && other.start <= range.start && range.end <= other.end)
    });
    found.sort_by_key(|(range, _)| range.start);
    let first = found.first()?;
    let says = |range: &Range<usize>| {
        SAYS_AFTER.as_ref().is_some_and(|says| says.is_match(&text[range.end..]))
            || SAYS_BEFORE.as_ref().is_some_and(|says| says.is_match(&text[..range.start]))
    };
    let only = says(&first.0) || found.iter().any(|(range, _)| says(range));
    let mut about = String::new();
    let mut end = 0;
    for (range, _) in &found {
        let place = view.source_range(range.clone());
        about.push_str(query.get(end..place.start).unwrap_or_default());
        about.push(' ');
        end = place.end.max(end);
    }
    about.push_str(query.get(end..).unwrap_or_default());
    let about = about.split_whitespace().collect::<Vec<_>>().join(" ");
    let about = about.trim_start_matches("'s ").to_owned();
    if !about.chars().any(char::is_alphanumeric) {
        return None;
    }
    let mut people: Vec<String> = Vec::new();
    for (_, name) in found {
        if !people.contains(&name) {
            people.push(name);
        }
    }
    Some(NamedInterviewees { people, about, only })
}

/// Returns the answers that one of the people gave.
pub(super) fn given_by(corpus: &Corpus, within: &[usize], people: &[String]) -> Vec<usize> {
    let by_one = |answer: &&usize| {
        let given = corpus.answers.get(**answer).and_then(|place| corpus.answer(*place));
        given.and_then(|(_, _, answer)| answer.interviewee.as_ref()).is_some_and(|name| people.contains(name))
    };
    within.iter().filter(by_one).copied().collect()
}

/// Returns every interviewee with all folded names.
fn people(corpus: &Corpus) -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, transcript) in corpus.transcripts.iter().enumerate() {
        for (name, also) in corpus.called(at, || called(transcript)) {
            let known = all.entry(name.clone()).or_default();
            known.extend(also.iter().filter(|one| !known.contains(one)).cloned().collect::<Vec<_>>());
            let told = corpus.additions.aliases.get(name).into_iter().flatten().map(|alias| folded(alias));
            known.extend(told.filter(|one| !known.contains(one)).collect::<Vec<_>>());
        }
    }
    all
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
        chinese || (latin && (1..=4).contains(&words) && other.len() <= ALIAS)
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
            let start = outer.rfind(|c: char| !(is_chinese(c) || c.is_alphabetic() || " .-'’·".contains(c)));
            let start = start.map_or(0, |start| start + outer[start..].chars().next().map_or(1, char::len_utf8));
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
        let titled = ["老师", "教授", "先生", "女士", "部长", "委员", "博士", "总", "律师", "医生", "主任", "经理"];
        let mut found: Vec<String> = Vec::new();
        if chars.len() == 3 && alone(&given) {
            found.push(given);
        }
        if (2..=3).contains(&chars.len()) && alone(&surname) {
            found.extend(titled.iter().map(|title| format!("{surname}{title}")));
        }
        return found;
    }
    let words =
        own.split_whitespace().filter(|word| word.chars().count() >= LETTERS && word.chars().all(char::is_alphabetic));
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

/// Returns the places of a name in a query. A single name in letters must have a capital.
fn places(text: &str, query: &str, view: &View, called: &str) -> Vec<Range<usize>> {
    let single = !called.contains(' ') && called.is_ascii();
    let as_name = |range: &Range<usize>| {
        let typed = query.get(view.source_range(range.clone())).unwrap_or_default();
        !single || typed.chars().next().is_some_and(|c| !c.is_lowercase())
    };
    let mut found: Vec<Range<usize>> = find(text, called).into_iter().filter(as_name).collect();
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

#[cfg(test)]
mod tests;
