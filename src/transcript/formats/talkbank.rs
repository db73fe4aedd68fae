//! CHAT of `TalkBank` (`.cha`): `*WHO:` lines, tabbed lines that continue them, and times between two
//! control characters. `@` lines describe the recording, `%` lines the words.

use std::sync::LazyLock;

use regex::Regex;

use crate::error::ReadError;
use crate::text::segment::is_chinese;
use crate::transcript::extract::{Extract, LineKind, SourceTurn};
use crate::transcript::limits::ReadLimits;
use crate::transcript::timestamps::Moment;

/// Whether a text is a transcript in CHAT.
pub(crate) fn is_chat(text: &str) -> bool {
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).filter(|line| !line.is_empty());
    let head = lines
        .next()
        .is_some_and(|line| ["@UTF8", "@Begin", "@Font", "@Window", "@PID"].iter().any(|mark| line.starts_with(mark)));
    head && text.lines().any(|line| tier(line).is_some())
}

/// `*WHO:` and the text after it.
fn tier(line: &str) -> Option<(&str, &str)> {
    let (who, rest) = line.strip_prefix('*')?.split_once(':')?;
    let code = who.len() <= 12 && !who.is_empty() && who.chars().all(|c| c.is_alphanumeric() || "_-+".contains(c));
    code.then_some((who, rest))
}

struct Patterns {
    bullet: Regex,
    event: Regex,
    code: Regex,
    pause: Regex,
    special: Regex,
    filler: Regex,
    breaking: Regex,
    end: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| {
    let new = |pattern: &str| Regex::new(pattern).ok();
    Some(Patterns {
        bullet: new(r"\x15?(?:%snd:\S+?_)?\b(?P<from>\d+)_(?P<to>\d+)\x15?\s*$")?,
        // Sounds that are not speech: `&=laughs`, `&*MOT:mhm`
        event: new(r"&=\S+")?,
        // `[//]`, `[= the dog]`, `[* m]`, `[: gonna]`
        code: new(r"\[(?:[/*=:%?!<>+^-][^\]]*|\?)\]")?,
        pause: new(r"\((?:\.{1,3}|\d*\.?\d+:?\d*\.?)\)")?,
        // `hola@s:spa`
        special: new(r"(?P<word>\w)@[a-z]{1,2}(?::\w+)*\b")?,
        // `&-uh`, `&+fr`, `&~gaga`
        filler: new(r"&[-+~](?P<word>\w)")?,
        // `+/.`, `+...`
        breaking: new(r#"\+["/^,<]*(?P<end>\.\.\.|\.\.\?|[.?!])?"#)?,
        end: new(r"\s+(?P<mark>[.?!,;]+)")?,
    })
});

pub(crate) fn read(text: &str, limits: ReadLimits) -> Result<Extract, ReadError> {
    let mut extract = Extract::new(limits);
    let mut tiers: Vec<String> = Vec::new();
    for line in text.trim_start_matches('\u{feff}').lines() {
        match tiers.last_mut() {
            // A line that begins with a tab continues the one before.
            Some(last) if line.starts_with(['\t', ' ']) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            _ if line.trim().is_empty() => {}
            _ => tiers.push(line.trim_end().to_owned()),
        }
    }
    for line in &tiers {
        if let Some((who, words)) = tier(line) {
            let (words, from, to) = said(words);
            if words.chars().any(char::is_alphanumeric) {
                extract.say(&SourceTurn {
                    speaker: Some(who.to_owned()),
                    changes: false,
                    words,
                    from,
                    to,
                    timed: Vec::new(),
                })?;
            }
        } else if let Some(title) = line.strip_prefix("@Title:") {
            extract.title = Some(title.trim().to_owned()).filter(|title| !title.is_empty());
        } else {
            extract.push(LineKind::Aside, line, None)?;
        }
    }
    Ok(extract)
}

/// Words on one line. Chinese words lose the spaces between them.
fn joined(words: &str) -> String {
    let mut line = String::new();
    for word in words.split_whitespace() {
        let chinese = |c: Option<char>| c.is_some_and(|c| is_chinese(c) || "，。？！、".contains(c));
        let glued = chinese(line.chars().next_back()) && chinese(word.chars().next());
        if !(line.is_empty() || glued) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// The words of a tier without its codes, and their times.
fn said(line: &str) -> (String, Option<Moment>, Option<Moment>) {
    let Some(patterns) = PATTERNS.as_ref() else { return (line.trim().to_owned(), None, None) };
    let (mut line, mut from, mut to) = (line.trim(), None, None);
    while let Some(found) = patterns.bullet.captures(line) {
        let time = |name: &str| found.name(name).and_then(|ms| ms.as_str().parse().ok()).map(Moment::of_recording);
        from = time("from");
        to = to.or_else(|| time("to"));
        let start = found.get(0).map_or(0, |whole| whole.start());
        line = line[..start].trim_end();
    }
    let mut words: String = line.chars().filter(|c| !c.is_control()).collect();
    for pattern in [&patterns.event, &patterns.code, &patterns.pause] {
        words = pattern.replace_all(&words, " ").into_owned();
    }
    words = patterns.special.replace_all(&words, "$word").into_owned();
    words = patterns.filler.replace_all(&words, "$word").into_owned();
    words = patterns.breaking.replace_all(&words, "$end").into_owned();
    words = words.replace(['<', '>', '‡', '„'], " ");
    let words = joined(&words);
    (patterns.end.replace_all(&words, "$mark").into_owned(), from, to)
}
