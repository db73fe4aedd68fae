//! `SubRip` and `WebVTT`: timed cues → lines of words. Our own, as both are lines
//! with one arrow each, and the crates for them reject the files that people have.

use super::What;
use super::clock;
use super::extract::Extract;
use super::limits::Limits;
use super::marks;
use super::names::{self, Likeness};
use super::person;
use crate::error::ReadError;

/// Whether a text is cues: an arrow between two times near its top.
pub(super) fn is_cues(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with("WEBVTT")
        || text.lines().filter(|line| !line.trim().is_empty()).take(12).any(|line| cue_time(line).is_some())
}

/// Whether it is `WebVTT` rather than `SubRip`.
pub(super) fn is_vtt(text: &str) -> bool {
    text.trim_start_matches('\u{feff}').starts_with("WEBVTT")
}

fn cue_time(line: &str) -> Option<u32> {
    let (from, to) = line.split_once("-->")?;
    clock::seconds(to)?;
    clock::seconds(from).filter(|_| from.trim().chars().all(|c| c.is_ascii_digit() || ":.,".contains(c)))
}

/// One cue: its first second and its lines.
struct Cue<'a> {
    /// As its identifier names the speaker: `1 "Ann Lee" (3819247616)`.
    speaker: Option<&'a str>,
    line: usize,
    time: u32,
    lines: Vec<&'a str>,
}

/// Reads cues as one line of words each; cues of one speaker become one turn.
pub(super) fn read(text: &str, limits: Limits) -> Result<Extract, ReadError> {
    let mut extract = Extract::new(limits);
    let cues = cues(text, &mut extract);
    // `NAME: words` names a speaker where such names come back.
    let counts = cues
        .iter()
        .flat_map(|cue| &cue.lines)
        .filter_map(|line| named(plain(line).trim_start_matches(DASHES)).map(|(name, _)| name))
        .fold(std::collections::HashMap::<String, usize>::new(), |mut counts, name| {
            *counts.entry(names::key(&name)).or_default() += 1;
            counts
        });
    let words = cues.iter().flat_map(|cue| &cue.lines).flat_map(|line| line.split(|c: char| !c.is_alphanumeric()));
    let lower = words.filter(|word| word.starts_with(|c: char| c.is_ascii_lowercase())).map(str::to_owned).collect();
    let mut speaker: Option<String> = None;
    let mut said = String::new();
    let named_above = named_above(&cues);
    for cue in cues {
        let mut lines = cue.lines.iter();
        if let Some(name) = cue.speaker {
            speaker = Some(name.to_owned());
        }
        if named_above {
            speaker = lines.next().map(|name| names::clean(name).to_owned());
        }
        for line in lines {
            if let Some(voice) = voice(line) {
                speaker = Some(voice);
            }
            let words = plain(line);
            let mut words = words.trim();
            // A dash begins another, unknown speaker's words in a cue of two.
            let bare = words.trim_start_matches(DASHES).trim_start();
            if let Some((name, rest)) = named(bare).filter(|(name, _)| {
                let count = counts.get(&names::key(name)).copied().unwrap_or(0);
                names::likeness(name) == Likeness::Sure
                    || count >= 2
                    || (count == 1
                        && counts.len() > 1
                        && names::likeness(name) == Likeness::Fair
                        && person::is_somebody(name, &lower))
            }) {
                words = rest.trim();
                speaker = Some(name);
            } else if words.starts_with(">>") {
                // Somebody else, whom nobody names.
                words = bare;
                speaker = None;
            }
            // Rolling captions repeat the line before.
            if !words.is_empty() && words != said {
                extract.turn(speaker.as_deref(), words, Some(cue.time))?;
                words.clone_into(&mut said);
            }
        }
        if cue.lines.is_empty() {
            extract.problem(What::EmptyCue(cue.line));
        }
    }
    Ok(extract)
}

/// The name in quotes after the number of a cue.
fn named_by_id(line: &str) -> Option<&str> {
    let name = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start().strip_prefix('"')?;
    let (name, rest) = name.split_once('"')?;
    let rest = rest.trim();
    let plain = rest.is_empty() || rest.starts_with('(') && rest.ends_with(')');
    (plain && line.starts_with(|c: char| c.is_ascii_digit()) && !name.trim().is_empty()).then(|| name.trim())
}

/// Whether each cue has its speaker's name on a line above the words, as Word has them from Teams.
fn named_above(cues: &[Cue<'_>]) -> bool {
    let names: Vec<&str> = cues.iter().filter(|cue| cue.lines.len() >= 2).map(|cue| cue.lines[0]).collect();
    let likely = |name: &&str| names::likeness(name) >= Likeness::Fair && name.chars().count() <= 40;
    let distinct: std::collections::HashSet<String> = names.iter().map(|name| names::key(name)).collect();
    names.len() == cues.len()
        && cues.len() >= 3
        && names.iter().all(likely)
        && distinct.len() >= 2
        && distinct.len() * 3 <= cues.len() * 2
}

const DASHES: [char; 5] = ['-', '–', '—', '>', ' '];

fn cues<'a>(text: &'a str, extract: &mut Extract) -> Vec<Cue<'a>> {
    let mut cues: Vec<Cue<'a>> = Vec::new();
    let mut open = false;
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    for (index, line) in lines.iter().enumerate() {
        if let Some(time) = cue_time(line) {
            let above = index.checked_sub(1).and_then(|above| lines.get(above));
            let speaker = above.and_then(|above| named_by_id(above));
            cues.push(Cue { speaker, line: index + 1, time, lines: Vec::new() });
            open = true;
        } else if line.contains("-->") {
            extract.problem(What::BrokenArrow(index + 1));
        } else if line.is_empty() {
            open = false;
        } else if let Some(cue) = cues.last_mut() {
            let numbers_next = line.chars().all(|c| c.is_ascii_digit())
                && lines[index + 1..].iter().find(|next| !next.is_empty()).is_some_and(|next| cue_time(next).is_some());
            let names_next = !open && lines.get(index + 1).is_some_and(|next| cue_time(next).is_some());
            let block = !open && ["NOTE", "STYLE", "REGION"].iter().any(|word| line.starts_with(word));
            if block {
                open = false;
            } else if !numbers_next && !names_next {
                cue.lines.push(line);
            }
        }
    }
    cues
}

/// `<v Name>` or `<v.loud Name>`.
fn voice(line: &str) -> Option<String> {
    let at = line.find("<v")?;
    let tag = line[at + 2..].split('>').next()?;
    let name = tag.trim_start_matches(|c: char| !c.is_whitespace()).trim();
    (!name.is_empty()).then(|| unescaped(name.to_owned()))
}

/// `Name: words`, `[Name] words`: the name, and the words.
fn named(line: &str) -> Option<(String, &str)> {
    let mark = marks::mark(line, false)?;
    let names = match mark.style {
        marks::Style::Colon | marks::Style::Timed | marks::Style::Label => true,
        // `[Music]` alone is a stage direction.
        marks::Style::Bracket => !mark.rest.is_empty(),
        _ => false,
    };
    (names && names::likeness(mark.name) > Likeness::None).then(|| (mark.name.to_owned(), mark.rest))
}

/// A line without its tags and entities.
fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    // Behind the last `>` nothing is a tag, and nothing is looked for.
    let (mut rest, open) = line.rfind('>').map_or(("", line), |last| line.split_at(last + 1));
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tagged = &rest[at + 1..];
        let is_tag = tagged.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '/');
        if let Some(end) = is_tag.then(|| tagged.find('>')).flatten() {
            rest = &tagged[end + 1..];
        } else {
            out.push('<');
            rest = tagged;
        }
    }
    out.push_str(rest);
    out.push_str(open);
    // SubRip also has `{\an8}` for the place on the screen.
    if out.starts_with("{\\")
        && let Some(end) = out.find('}')
    {
        out.drain(..=end);
    }
    unescaped(out)
}

/// `R&amp;D` as `R&D`.
fn unescaped(text: String) -> String {
    [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")]
        .iter()
        .fold(text, |text, (entity, char)| text.replace(entity, char))
}
