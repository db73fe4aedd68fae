//! The layout of marks that only all lines together reveal: titles after names, times before words,
//! questions without labels, several turns on a line. It changes marks and splits no turn.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;

use super::label_words;
use super::labelled_line::{LabelledLine, unnumbered};
use super::names::{self, LabelRole, Likeness};
use super::person_name;
use super::quotation;
use super::speaker_labels::{self, LabelStyle, SpeakerLabel};
use crate::transcript::extract::LineKind;
use crate::transcript::timestamps;

/// The kind of turn that a label announces.
fn labelled(line: &LabelledLine<'_>) -> Option<LabelRole> {
    line.mark.and_then(|mark| mark.label).map(|(role, _)| role)
}

/// The longest line that can be a name and a title.
const TITLE_CHARS: usize = 110;

/// `Jane Doe -- Vice President, Investor Relations` on a line of its own: her title follows the dash,
/// not her words. Returns those who ask by their title: an analyst, a reporter.
pub(crate) fn titles(lines: &mut [LabelledLine<'_>]) -> Vec<String> {
    commas(lines);
    dashes(lines);
    let titled =
        lines.iter().filter_map(|line| Some((line.words, line.mark.filter(|mark| mark.style == LabelStyle::Titled)?)));
    titled
        .filter(|(words, _)| ["Analyst", "Reporter", "Journalist"].iter().any(|title| words.contains(title)))
        .map(|(_, mark)| names::key(mark.name))
        .collect()
}

/// Finds titles after a dash. Speakers without a title may stand among them.
fn dashes(lines: &mut [LabelledLine<'_>]) {
    let mut titles: HashMap<String, HashSet<String>> = HashMap::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut found = Vec::new();
    for at in 0..lines.len() {
        let line = &lines[at];
        let alone = line.apart && lines.get(at + 1).is_none_or(|next| next.apart);
        let Some(mark) =
            line.mark.filter(|mark| matches!(mark.style, LabelStyle::Dash | LabelStyle::Bold | LabelStyle::BareBold))
        else {
            continue;
        };
        let dashed = mark.style == LabelStyle::Dash || line.words.contains("--") || line.words.contains(" – ");
        let sentence = mark.rest.ends_with(['.', '?', '!', '。', '？', '！', '…']);
        if alone
            && dashed
            && !mark.rest.is_empty()
            && !sentence
            && line.words.chars().count() <= TITLE_CHARS
            && names::likeness(mark.name) >= Likeness::Fair
        {
            let key = names::key(mark.name);
            titles.entry(key.clone()).or_default().insert(mark.rest.to_lowercase());
            *counts.entry(key).or_default() += 1;
            found.push(at);
        }
    }
    // A speaker who comes back has the same title.
    let same = titles.iter().filter(|(name, titles)| titles.len() == 1 && counts[*name] >= 2).count();
    let other = titles.values().filter(|titles| titles.len() > 1).count();
    if same == 0 || found.len() < 2 || other > same {
        return;
    }
    for at in found {
        if let Some(mark) = lines[at].mark.as_mut() {
            mark.style = LabelStyle::Titled;
            mark.rest = &mark.rest[mark.rest.len()..];
        }
    }
    // `**Operator**` among them has no title.
    let bare = lines.iter_mut().filter_map(|line| line.mark.as_mut());
    for mark in bare.filter(|mark| mark.style == LabelStyle::BareBold && mark.rest.is_empty()) {
        mark.style = LabelStyle::Alone;
    }
}

static COMMA: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}), [^.?!]*\b(?:Officer|President|Analyst|Director|Manager|Chair(?:man|woman)?|Relations|CEO|CFO|COO|CTO|Secretary|Minister|Head|Partner|Founder|Editor|Treasurer|Counsel)\b[^.?!]*$").ok()
});

/// `Jane Doe, Vice President` on a line of its own. It counts if it comes back, or if she speaks
/// without it.
fn commas(lines: &mut [LabelledLine<'_>]) {
    let Some(pattern) = COMMA.as_ref() else { return };
    let alone =
        |at: usize, lines: &[LabelledLine<'_>]| lines[at].apart && lines.get(at + 1).is_none_or(|next| next.apart);
    let name = |line: &LabelledLine<'_>| pattern.captures(line.words).map(|found| names::key(&found["name"]));
    let all: Vec<(usize, String)> = (0..lines.len())
        .filter(|at| alone(*at, lines) && lines[*at].words.len() <= TITLE_CHARS)
        .filter_map(|at| Some((at, name(&lines[at])?)))
        .collect();
    let bare: HashSet<String> = lines
        .iter()
        .filter_map(|line| line.mark)
        .filter(|mark| mark.style == LabelStyle::Alone)
        .map(|mark| names::key(mark.name))
        .collect();
    let mut counts: HashMap<&String, usize> = HashMap::new();
    for (_, key) in &all {
        *counts.entry(key).or_default() += 1;
    }
    let back = |key: &String| bare.contains(key) || counts.get(key).is_some_and(|count| *count >= 2);
    if all.iter().filter(|(_, key)| back(key)).count() < 2 {
        return;
    }
    for (at, _) in &all {
        let words = lines[*at].words;
        if let Some(name) = pattern.captures(words).and_then(|found| found.name("name")) {
            let (style, rest) = (LabelStyle::Titled, &words[words.len()..]);
            lines[*at].mark =
                Some(SpeakerLabel { style, name: name.as_str(), rest, time: None, label: None, asks: false });
        }
    }
}

static REST_TIME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?P<time>(?:\d{1,2}[:：])?\d{1,2}[:：]\d{2})\s+(?P<rest>\S.*)$").ok());

/// `受访人：00:01 嗯……`: a bare time after a name is a time, where such times recur and rise.
pub(crate) fn times(lines: &mut [LabelledLine<'_>]) {
    let Some(pattern) = REST_TIME.as_ref() else { return };
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(mark) = line.mark.filter(|mark| {
            mark.time.is_none()
                && matches!(mark.style, LabelStyle::Colon | LabelStyle::Label | LabelStyle::Bold | LabelStyle::Bracket)
        }) else {
            continue;
        };
        if let Some(timed) = pattern.captures(mark.rest)
            && let (Some(time), Some(rest)) = (timed.name("time"), timed.name("rest"))
            && let Some(seconds) = timestamps::seconds(time.as_str())
        {
            found.push((at, seconds, rest.as_str(), time.as_str().starts_with('0')));
        }
    }
    let rising = found.windows(2).all(|pair| pair[0].1 <= pair[1].1);
    let least = if found.iter().all(|(.., padded)| *padded) { 2 } else { 3 };
    if !rising || found.len() < least {
        return;
    }
    for (at, seconds, rest, _) in found {
        if let Some(mark) = lines[at].mark.as_mut() {
            (mark.time, mark.rest) = (Some(seconds), rest);
        }
    }
}

/// Where only answers are labelled (`一、出台的背景是什么？` above `答：…`), the line above an answer is its
/// question if it asks or is numbered.
pub(crate) fn questions_above(lines: &mut [LabelledLine<'_>]) {
    let answers: Vec<usize> = (0..lines.len()).filter(|at| labelled(&lines[*at]) == Some(LabelRole::Answers)).collect();
    if answers.len() < 2 || lines.iter().any(|line| labelled(line) == Some(LabelRole::Asks)) {
        return;
    }
    let asks = |line: &LabelledLine<'_>| {
        let named = line.mark.is_some_and(|mark| {
            mark.style != LabelStyle::Alone && names::likeness(mark.name) >= Likeness::Fair && !mark.rest.is_empty()
        });
        let bare = line.words.trim_matches(['*', '_', ' ']);
        !named && (quotation::asks(bare) || unnumbered(bare).len() < bare.len())
    };
    let above: Vec<usize> = answers.iter().filter_map(|at| at.checked_sub(1)).filter(|at| asks(&lines[*at])).collect();
    if above.len() * 3 < answers.len() * 2 {
        return;
    }
    // `一、基本情况` above the first question of a part heads it.
    for at in above.iter().filter_map(|at| at.checked_sub(1)).filter(|at| !above.contains(at)) {
        if is_numbered_heading(lines[at].words) && labelled(&lines[at]).is_none() {
            lines[at].mark = None;
            lines[at].hint.kind = LineKind::Heading;
        }
    }
    for at in above {
        let bare = lines[at].words.trim_start_matches('#').trim().trim_matches(['*', '_']).trim();
        let rest = unnumbered(bare);
        let number = bare.len() - rest.len();
        let number = bare[..number].trim_matches(|c: char| !c.is_alphanumeric());
        lines[at].mark = Some(SpeakerLabel {
            style: LabelStyle::Label,
            name: &bare[..0],
            rest,
            time: None,
            label: Some((LabelRole::Asks, speaker_labels::counted(number))),
            asks: false,
        });
    }
}

static COUNTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[QＱ]|问题|問題|Question )(?P<n>\d{1,3})\s+(?P<rest>\S.*)$").ok());

/// `Q1 words` with nothing but a space after the number, above an answer without a label, if the numbers count from one
/// and one line answers each.
pub(crate) fn counted(lines: &mut [LabelledLine<'_>]) {
    let Some(pattern) = COUNTED.as_ref() else { return };
    if lines.iter().any(|line| labelled(line).is_some()) {
        return;
    }
    let found: Vec<(usize, usize)> = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| Some((at, pattern.captures(line.words)?["n"].parse().ok()?)))
        .collect();
    let in_order = found.iter().zip(1..).all(|((_, number), expected)| *number == expected);
    let next = found.iter().skip(1).map(|(at, _)| *at).chain([lines.len()]);
    let arrow = |at: usize| lines[at].words.starts_with(ARROWS);
    let answered = found.iter().zip(next).all(|((at, _), next)| *at + 1 < next && (at + 2 == next || arrow(at + 1)));
    if found.len() < 2 || !in_order || !answered {
        return;
    }
    for (at, number) in found {
        let words = lines[at].words;
        let rest = pattern.captures(words).and_then(|found| found.name("rest")).map_or(words, |rest| rest.as_str());
        for (at, rest, role) in [
            (at, rest, (LabelRole::Asks, Some(number))),
            (at + 1, lines[at + 1].words.trim_start_matches(ARROWS).trim_start(), (LabelRole::Answers, None)),
        ] {
            let name = &lines[at].words[..0];
            let label = Some(role);
            lines[at].mark =
                Some(SpeakerLabel { style: LabelStyle::Label, name, rest, time: None, label, asks: false });
        }
    }
}

/// Signs before an answer.
const ARROWS: [char; 5] = ['→', '➜', '➔', '⇒', '►'];

/// `一、基本情况`, `（二）运营困难`: a short line with a Chinese number, which is no sentence.
fn is_numbered_heading(line: &str) -> bool {
    let bare = line.trim_start_matches(['#', '*', '_', ' ', '（', '(']);
    let numbered = bare.starts_with(['一', '二', '三', '四', '五', '六', '七', '八', '九', '十']);
    let rest = unnumbered(line);
    numbered
        && rest.len() < line.len()
        && (1..=20).contains(&rest.chars().count())
        && !rest.contains(['。', '？', '?', '！', '!', '，', '；', ';', '：', ':'])
}

/// Whether a word before a full stop is a title and not the end of a sentence.
fn is_title(word: &str) -> bool {
    const TITLES: [&str; 16] =
        ["mr", "mrs", "ms", "miss", "dr", "prof", "st", "sen", "rep", "gen", "col", "capt", "lt", "rev", "hon", "vs"];
    TITLES.contains(&word.to_lowercase().as_str())
}

static INLINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?P<before>^|[。！？!?…；][”"」』）)\]】]*[\s\u{3000}]*|\.[”"」』）)\]】]*[\s\u{3000}]+|[\s\u{3000}]{2,})(?P<name>[^\s\u{3000}。！？!?…；.：:，,、“”"「」『』\[\]【】()（）<>]{1,12}(?: ?[A-Za-z0-9]{1,10})?)[:：]"#,
    )
    .ok()
});

/// Where turns begin inside a line. Returns for each line the bytes at which its further turns begin.
pub(crate) fn inline_turns(lines: &[&str]) -> Vec<Vec<usize>> {
    let mut starts = recurring(lines);
    for (starts, line) in starts.iter_mut().zip(lines) {
        starts.extend(run_in(line));
        starts.sort_unstable();
        starts.dedup();
    }
    starts
}

/// Where turns begin inside a line at a label that recurs after the ends of sentences.
fn recurring(lines: &[&str]) -> Vec<Vec<usize>> {
    let mut starts: Vec<Vec<usize>> = vec![Vec::new(); lines.len()];
    let Some(pattern) = INLINE.as_ref() else { return starts };
    let mut at_start: HashMap<String, usize> = HashMap::new();
    let mut inside: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    for (number, line) in lines.iter().enumerate() {
        for mark in pattern.captures_iter(line) {
            let Some(name) = mark.name("name") else { continue };
            let label = speaker_labels::is_label(&line[name.start()..]) || label_words::is_self(name.as_str());
            // `Dr. Chen:`, `J. Pike:`, `6. 主持人：`: the full stop ends no sentence.
            let before = line[..name.start()].trim_end();
            let word = before.trim_end_matches('.').rsplit([' ', '\u{3000}', '\t']).next().unwrap_or_default();
            if before.ends_with('.')
                && (word.chars().count() <= 1 || word.chars().all(|c| c.is_ascii_digit()) || is_title(word))
            {
                continue;
            }
            // `Q23  Chair: …`: the number counts the question.
            let counts = before.trim_start_matches(['Q', 'Ｑ', '问', '問']).chars().all(|c| c.is_ascii_digit());
            if counts && !before.is_empty() {
                continue;
            }
            if !label && names::likeness(name.as_str()) < Likeness::Fair {
                continue;
            }
            let key = names::key(name.as_str());
            if line[..name.start()].trim().is_empty() {
                *at_start.entry(key).or_default() += 1;
            } else {
                *inside.entry(key.clone()).or_default() += 1;
                found.push((number, name.start(), key));
            }
        }
    }
    let all = |key: &String| at_start.get(key).unwrap_or(&0) + inside.get(key).unwrap_or(&0);
    let nobody = HashSet::new();
    let is_speaker = |key: &String| {
        let sure = names::likeness(key) == Likeness::Sure
            || speaker_labels::is_label(&format!("{key}："))
            || label_words::is_self(key)
            || person_name::is_somebody(key, &nobody);
        // The name heads lines elsewhere, or belongs to speakers who alternate.
        sure && (all(key) >= 2 || names::role(key).is_some())
    };
    let speakers: HashSet<&String> = inside.keys().chain(at_start.keys()).filter(|key| is_speaker(key)).collect();
    let turns: usize = found.iter().filter(|(.., key)| speakers.contains(key)).count();
    let headed: usize = at_start.iter().filter(|(key, _)| speakers.contains(key)).map(|(_, count)| count).sum();
    let pasted = speakers.len() >= 2 && turns >= 2 && turns >= headed;
    for (number, start, key) in found {
        // Among turns that stand in one paragraph somebody may speak once.
        let once = pasted && !speakers.contains(&key) && person_name::is_surely(&key);
        // Where turns stand on lines, a speaker inside a line also heads lines.
        let known = at_start.get(&key).copied().unwrap_or(0) >= 2 && speakers.len() >= 2;
        if once || speakers.contains(&key) && (pasted || known) {
            starts[number].push(start);
        }
    }
    starts
}

static RUN_IN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^(?:Q|Question|问|問)[.．:：].*?(?:[?!。？！]\s*(?:[-–—]{1,2}|\s)|\.\s*[-–—]{1,2})\s*(?P<answer>(?:A|Answer|答)[.．:：]\s*\S)",
    )
    .ok()
});

/// Where the answer begins on the line of its question: `Q. How long?—A. Two years.`
fn run_in(line: &str) -> Option<usize> {
    RUN_IN
        .as_ref()?
        .captures(line.trim_start())?
        .name("answer")
        .map(|answer| answer.start() + line.len() - line.trim_start().len())
}
