//! JSON that is no list of rows: captions of `YouTube`, the lattice of iFlytek, the file of
//! oTranscribe. Fields identify each.

use serde_json::Value;

use super::fields;
use crate::transcript::extract::{SourceTurn, TimedWord};
use crate::transcript::formats::cue_turns::{Cue, CueLine};
use crate::transcript::timestamps::Moment;

/// Parses JSON inside the strings of a value, as some servers wrap it.
pub(super) fn unwrapped(value: Value) -> Value {
    match value {
        Value::String(text) => {
            let inner = text.trim_start();
            let wraps = inner.starts_with("{\"") || inner.starts_with("[{\"");
            match wraps.then(|| serde_json::from_str::<Value>(inner)) {
                Some(Ok(value @ (Value::Object(_) | Value::Array(_)))) => unwrapped(value),
                _ => Value::String(text),
            }
        }
        Value::Array(all) => Value::Array(all.into_iter().map(unwrapped).collect()),
        Value::Object(map) => Value::Object(map.into_iter().map(|(name, value)| (name, unwrapped(value))).collect()),
        value => value,
    }
}

/// The HTML in a file of oTranscribe.
pub(super) fn otranscribe(value: &Value) -> Option<&str> {
    let map = value.as_object()?;
    let text = map.get("text")?.as_str()?;
    let marked = ["</p>", "<br", "<span", "</div>"].iter().any(|tag| text.contains(tag));
    let media = map.keys().any(|name| name.starts_with("media"));
    (marked && (media || !map.values().any(|value| value.is_array() || value.is_object()))).then_some(text)
}

/// `YouTube`'s captions: `{"events": [{"tStartMs": 0, "segs": [{"utf8": "…", "tOffsetMs": 80}]}]}`.
pub(super) fn youtube(value: &Value) -> Option<Vec<Cue>> {
    let events = value.get("events")?.as_array()?;
    if !events.iter().any(|event| event.get("segs").is_some() && event.get("tStartMs").is_some()) {
        return None;
    }
    let mut cues: Vec<Cue> = Vec::new();
    for event in events {
        let Some(segments) = event.get("segs").and_then(Value::as_array) else { continue };
        let start = event.get("tStartMs").and_then(Value::as_u64).unwrap_or(0);
        let end = event.get("dDurationMs").and_then(Value::as_u64).map(|length| Moment::of_recording(start + length));
        let mut lines = vec![CueLine::default()];
        for segment in segments {
            let text = segment.get("utf8").and_then(Value::as_str).unwrap_or_default();
            let offset = segment.get("tOffsetMs").and_then(Value::as_u64).unwrap_or(0);
            for (index, part) in text.split('\n').enumerate() {
                if index > 0 {
                    lines.push(CueLine::default());
                }
                let Some(line) = lines.last_mut() else { continue };
                line.words.push_str(part);
                if segments.len() > 1 && !part.trim().is_empty() {
                    let from = Moment::of_recording(start + offset);
                    line.timed.push(TimedWord { text: part.trim().to_owned(), from, to: None });
                }
            }
        }
        lines.retain(|line| !line.words.trim().is_empty());
        if !lines.is_empty() {
            cues.push(Cue { from: Some(Moment::of_recording(start)), to: end, lines, ..Cue::default() });
        }
    }
    // A line stays on the screen until the next one begins.
    let starts: Vec<Option<Moment>> = cues.iter().skip(1).map(|cue| cue.from).collect();
    for (cue, next) in cues.iter_mut().zip(starts) {
        cue.to = cue.to.zip(next).map(|(to, next)| to.min(next)).or(cue.to);
    }
    for cue in &mut cues {
        let to = cue.to;
        for line in &mut cue.lines {
            let ends: Vec<Option<Moment>> = line.timed.iter().skip(1).map(|word| Some(word.from)).chain([to]).collect();
            for (word, end) in line.timed.iter_mut().zip(ends) {
                word.to = end;
            }
        }
    }
    Some(cues)
}

/// iFlytek's lattice: sentences of words of wordings, in frames of 10 ms.
pub(super) fn iflytek(value: &Value) -> Option<Vec<SourceTurn>> {
    let lattice = find(value, "lattice").or_else(|| find(value, "lattice2"))?.as_array()?;
    let number = |value: Option<&Value>| {
        value.and_then(|value| value.as_u64().or_else(|| value.as_str()?.trim().parse().ok())).unwrap_or(0)
    };
    let mut said = Vec::new();
    for sentence in lattice.iter().filter_map(|entry| entry.get("json_1best")?.get("st")) {
        let (start, end) = (number(sentence.get("bg")), number(sentence.get("ed")));
        let speaker = sentence.get("rl").and_then(fields::name).filter(|name| name != "0");
        let mut words = Vec::new();
        let parts = sentence.get("rt").and_then(Value::as_array).into_iter().flatten();
        for word in parts.filter_map(|part| part.get("ws")?.as_array()).flatten() {
            let text = word.get("cw").and_then(|all| all.get(0)?.get("w")?.as_str()).unwrap_or_default();
            let at = |frame: u64| Moment::of_recording(start + frame * 10);
            let (from, to) = (at(number(word.get("wb"))), at(number(word.get("we"))));
            words.push(TimedWord { text: text.to_owned(), from, to: Some(to) });
        }
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let mut text = String::new();
        for word in &words {
            if latin(text.chars().next_back()) && latin(word.text.chars().next()) {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        words.retain(|word| word.text.chars().any(char::is_alphanumeric));
        let (from, to) = (Some(Moment::of_recording(start)), Some(Moment::of_recording(end)).filter(|_| end > start));
        said.push(SourceTurn { speaker, changes: false, words: text.trim().to_owned(), from, to, timed: words });
    }
    said.retain(|said| !said.words.is_empty());
    (!said.is_empty()).then_some(said)
}

fn find<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    match value {
        Value::Object(map) => map.get(name).or_else(|| map.values().find_map(|value| find(value, name))),
        Value::Array(all) => all.iter().find_map(|value| find(value, name)),
        _ => None,
    }
}
