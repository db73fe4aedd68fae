//! `SubRip`, `WebVTT` and `SubViewer`: timed cues → lines of words. This is our own code, because each
//! format is simple and the crates for them reject files that people have.

use super::cue_turns::{self, Cue, CueLine};
use crate::error::ReadError;
use crate::transcript::extract::{Extract, TimedWord};
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use crate::transcript::timestamps::{self, Moment};

/// Whether a text holds cues: an arrow between two times near its top.
pub(crate) fn is_cues(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with("WEBVTT")
        || text.lines().filter(|line| !line.trim().is_empty()).take(12).any(|line| cue_time(line).is_some())
}

/// Whether it is `WebVTT` rather than `SubRip`.
pub(crate) fn is_vtt(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with("WEBVTT")
}

/// `00:00:01,000 --> 00:00:03,000`, `0:00:01.000,0:00:03.000`
fn cue_time(line: &str) -> Option<(Moment, Option<Moment>)> {
    let digits = |part: &str| part.trim().chars().all(|c| c.is_ascii_digit() || ":.,".contains(c));
    if let Some((from, to)) = line.split_once("-->") {
        let to = timestamps::seconds(to)?;
        return timestamps::seconds(from).filter(|_| digits(from)).map(|from| (from, Some(to)));
    }
    let (from, to) = line.trim().split_once(',')?;
    let whole = |part: &str| digits(part) && part.matches(':').count() == 2 && part.contains('.');
    if !whole(from) || !whole(to) {
        return None;
    }
    Some((timestamps::seconds(from)?, timestamps::seconds(to)))
}

/// One cue, as in the file.
struct Raw<'a> {
    /// The speaker named by its identifier: `1 "Ann Lee" (3819247616)`.
    speaker: Option<&'a str>,
    line: usize,
    from: Moment,
    to: Option<Moment>,
    lines: Vec<&'a str>,
}

/// Reads each cue as one line. Cues of one speaker become one turn.
pub(crate) fn read(text: &str, limits: ReadLimits) -> Result<Extract, ReadError> {
    let mut extract = Extract::new(limits);
    let mut cues = Vec::new();
    for raw in raw_cues(text, &mut extract) {
        if raw.lines.is_empty() {
            extract.problem(ProblemKind::EmptyCue(raw.line));
        }
        let lines = raw.lines.iter().flat_map(|line| voices(line)).map(|(voice, line)| {
            let timed = timed(line, raw.from, raw.to);
            CueLine { words: plain(line), voice, timed }
        });
        let speaker = raw.speaker.map(str::to_owned);
        cues.push(Cue { speaker, from: Some(raw.from), to: raw.to, lines: lines.collect(), changes: false });
    }
    cue_turns::speak(&mut extract, cues)?;
    Ok(extract)
}

/// The name in quotes after the number of a cue, or above its times with a number of its own.
fn named_by_id(line: &str) -> Option<&str> {
    let name = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().strip_prefix('"')?;
    let (name, rest) = name.split_once('"')?;
    let rest = rest.trim();
    let plain = rest.is_empty() || rest.starts_with('(') && rest.ends_with(')');
    let own = rest.trim_matches(['(', ')']);
    let numbered = |part: &str| part.starts_with(|c: char| c.is_ascii_digit());
    (plain && (numbered(line) || numbered(own)) && !name.trim().is_empty()).then(|| name.trim())
}

fn raw_cues<'a>(text: &'a str, extract: &mut Extract) -> Vec<Raw<'a>> {
    let mut cues: Vec<Raw<'a>> = Vec::new();
    // Whether a cue continues, and whether a comment does.
    let (mut open, mut comment) = (false, false);
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for (index, line) in lines.iter().enumerate() {
        if let Some((from, to)) = cue_time(line) {
            let above = index.checked_sub(1).and_then(|above| lines.get(above));
            let speaker = above.and_then(|above| named_by_id(above));
            cues.push(Raw { speaker, line: index + 1, from, to, lines: Vec::new() });
            (open, comment) = (true, false);
        } else if line.is_empty() {
            (open, comment) = (false, false);
        } else if comment {
        } else if line.contains("-->") {
            extract.problem(ProblemKind::BrokenArrow(index + 1));
        } else if let Some(cue) = cues.last_mut() {
            let numbers_next = line.chars().all(|c| c.is_ascii_digit())
                && lines[index + 1..].iter().find(|next| !next.is_empty()).is_some_and(|next| cue_time(next).is_some());
            let names_next = !open && lines.get(index + 1).is_some_and(|next| cue_time(next).is_some());
            comment = !open && ["NOTE", "STYLE", "REGION"].iter().any(|word| is_block(line, word));
            if !comment && !numbers_next && !names_next {
                cue.lines.push(line);
            }
        }
    }
    cues
}

/// `NOTE` or `NOTE words`, not `NOTED`.
fn is_block(line: &str, word: &str) -> bool {
    line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ':']))
}

/// The parts of a line by `<v Name>`, each with its name.
fn voices(line: &str) -> Vec<(Option<String>, &str)> {
    let starts = line.match_indices("<v").map(|(at, _)| at);
    let starts: Vec<usize> = starts.filter(|at| line[at + 2..].starts_with([' ', '.', '\t'])).collect();
    let Some(first) = starts.first() else { return vec![(None, line)] };
    let mut parts = vec![(None, &line[..*first])];
    for (at, end) in starts.iter().zip(starts.iter().skip(1).copied().chain([line.len()])) {
        parts.push((voice(&line[*at..end]), &line[*at..end]));
    }
    parts.retain(|(_, part)| !plain(part).trim().is_empty());
    parts
}

/// `<v Name>` or `<v.loud Name>` at the start.
fn voice(line: &str) -> Option<String> {
    let tag = line.get(2..)?.split('>').next()?;
    let name = tag.trim_start_matches(|c: char| !c.is_whitespace()).trim();
    (!name.is_empty()).then(|| unescaped(name.to_owned()))
}

/// `word<00:00:01.200><c> word</c>`: each piece with the time before it.
fn timed(line: &str, from: Moment, to: Option<Moment>) -> Vec<TimedWord> {
    let mut words: Vec<TimedWord> = Vec::new();
    let (mut rest, mut at, mut start) = (line, 0, from);
    let push = |part: &str, start: Moment, words: &mut Vec<TimedWord>| {
        let text = plain(part);
        if !text.trim().is_empty() {
            words.push(TimedWord { text: text.trim().to_owned(), from: start, to });
        }
    };
    while let Some(open) = rest[at..].find('<').map(|open| at + open) {
        let tag = tag_of_time(&rest[open + 1..]);
        at = open + 1;
        if let Some((tag, time)) = tag.and_then(|tag| Some((tag, timestamps::seconds(tag)?))) {
            push(&rest[..open], start, &mut words);
            rest = rest.get(open + tag.len() + 2..).unwrap_or_default();
            (at, start) = (0, time);
        }
    }
    if words.is_empty() {
        return words;
    }
    push(rest, start, &mut words);
    let starts: Vec<Moment> = words.iter().skip(1).map(|word| word.from).collect();
    for (word, next) in words.iter_mut().zip(starts) {
        word.to = Some(next);
    }
    words
}

/// What stands before the next `>`, if it can be a time. The search is short, so that a line of many
/// `<` is not read to its end from each of them.
fn tag_of_time(rest: &str) -> Option<&str> {
    const LONGEST: usize = 32;
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b'>')?;
    Some(&rest[..end]).filter(|tag| tag.starts_with(|c: char| c.is_ascii_digit()))
}

/// A line without its tags and entities.
pub(crate) fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // Nothing after the last `>` is a tag, so the search does not run again from each `<`.
    let (last_angle, last_brace) = (line.rfind('>'), line.rfind('}'));
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(&rest[..at]);
        let tagged = &rest[at + 1..];
        let here = Some(line.len() - rest.len() + at);
        let (close, is_tag) = if rest[at..].starts_with('<') {
            ('>', here < last_angle && tagged.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/'))
        } else {
            // SubRip also has `{\an8}` for the place on the screen.
            ('}', here < last_brace && tagged.starts_with('\\'))
        };
        if let Some(end) = is_tag.then(|| tagged.find(close)).flatten() {
            rest = &tagged[end + 1..];
        } else {
            out.push_str(&rest[at..=at]);
            rest = tagged;
        }
    }
    out.push_str(rest);
    unescaped(out)
}

/// `R&amp;D` as `R&D`.
fn unescaped(text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, char)| text.replace(entity, char))
}
