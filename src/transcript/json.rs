//! JSON: the longest list of objects in it that have words, or one a line.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use super::Columns;
use super::What;
use super::clock;
use super::columns::Places;
use super::extract::{Extract, Kind};
use super::limits::Limits;
use super::table::whole_seconds;
use crate::error::ReadError;
use crate::segment::is_chinese;

/// The value of a JSON text or of JSON lines; `None` when it is neither.
/// Nesting is bounded by the parser, at 128 levels.
pub(super) fn parse(text: &str) -> Result<Option<Value>, ReadError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if !text.starts_with(['{', '[']) {
        return Ok(None);
    }
    let error = match serde_json::from_str(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => return Ok(Some(value)),
        Ok(_) => return Ok(None),
        Err(error) => error,
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let rows: Vec<Value> =
        lines.iter().filter_map(|line| serde_json::from_str(line).ok()).filter(Value::is_object).collect();
    if !rows.is_empty() && rows.len() * 2 >= lines.len() {
        return Ok(Some(Value::Array(rows)));
    }
    // `[Ann] Hello` and `{laughs}` are text; a quoted key or an object in a list is not.
    let rest = text[1..].trim_start();
    if text.starts_with('{') && rest.starts_with('"') || text.starts_with('[') && rest.starts_with(['{', '"']) {
        return Err(ReadError::Malformed { format: "JSON", reason: error.to_string() });
    }
    Ok(None)
}

/// Reads the turns of a JSON value.
pub(super) fn read(value: &Value, told: &Columns, limits: Limits) -> Result<Extract, ReadError> {
    // Words one by one, each with its speaker, are put together where no list of turns has speakers.
    let joined = if told.text.is_some() { None } else { word_by_word(value) };
    let mut best: Option<(&Vec<Value>, Vec<String>, Places)> = None;
    find(value, told, &mut best);
    if let Some(turns) = joined.as_ref().filter(|_| best.as_ref().is_none_or(|(_, _, layout)| layout.speaker.is_none()))
    {
        best = None;
        find(turns, told, &mut best);
    }
    let people = speakers(value);
    let mut extract = Extract::new(limits);
    extract.title =
        value.get("title").and_then(Value::as_str).filter(|title| !title.trim().is_empty()).map(str::to_owned);
    let Some((rows, names, layout)) = best else {
        let columns =
            value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default();
        return Err(ReadError::NoColumn { columns });
    };
    let told_of = layout.told(&names);
    extract.problem(What::Columns(told_of.clone()));
    extract.columns = Some(told_of);
    for row in rows.iter().filter_map(Value::as_object) {
        let cell = |at: Option<usize>| at.and_then(|at| names.get(at)).and_then(|name| row.get(name));
        let speaker = cell(layout.speaker).and_then(name).map(|id| people.get(&id).cloned().unwrap_or(id));
        let time = cell(layout.time).and_then(seconds);
        if layout.text.is_none() {
            if let Some(question) = cell(layout.question).and_then(words) {
                extract.part();
                extract.push(Kind::Asked, &question, time)?;
            }
            let answers = match cell(layout.answer) {
                Some(Value::Array(answers)) => answers.iter().collect(),
                Some(answer) => vec![answer],
                None => Vec::new(),
            };
            for answer in answers {
                let (who, said) = one_answer(answer, told);
                if let Some(said) = said {
                    extract.part();
                    extract.answer(who.or(speaker.clone()).as_deref(), &said, time)?;
                }
            }
        } else if let Some(words) = cell(layout.text).and_then(words) {
            extract.turn(speaker.as_deref(), &words, time)?;
        }
    }
    Ok(extract)
}

fn one_answer(answer: &Value, told: &Columns) -> (Option<String>, Option<String>) {
    let Value::Object(map) = answer else { return (None, words(answer)) };
    let names: Vec<String> = map.keys().cloned().collect();
    let layout = Places::of(&names, told);
    let cell = |at: Option<usize>| at.and_then(|at| names.get(at)).and_then(|name| map.get(name));
    (cell(layout.speaker).and_then(name), cell(layout.text.or(layout.answer)).and_then(words))
}

/// Keeps the list with the most rows of words.
fn find<'a>(value: &'a Value, told: &Columns, best: &mut Option<(&'a Vec<Value>, Vec<String>, Places)>) {
    match value {
        Value::Array(rows) => {
            let (mut names, mut known) = (Vec::new(), HashSet::new());
            for row in rows.iter().filter_map(Value::as_object).take(50) {
                names.extend(fields(row).filter(|name| known.insert(name.clone())));
            }
            let mut layout = Places::of(&names, told);
            if layout.answer.is_none() && layout.question.is_some() {
                layout.answer =
                    names.iter().position(|name| ["answers", "responses", "回答列表"].contains(&name.as_str()));
            }
            // Of question and answer beside each other both are words.
            if layout.question.is_some() && layout.answer.is_some() && told.text.is_none() {
                layout.text = None;
            }
            if layout.speaks() && best.as_ref().is_none_or(|(rows_before, _, _)| rows.len() > rows_before.len()) {
                *best = Some((rows, names, layout));
            } else {
                for row in rows {
                    find(row, told, best);
                }
            }
        }
        Value::Object(map) => {
            for value in map.values() {
                find(value, told, best);
            }
        }
        _ => {}
    }
}

/// What a list of speakers calls each: `[{"id": 0, "name": "Ann"}]`.
fn speakers(value: &Value) -> HashMap<String, String> {
    let listed = value.get("speakers").and_then(Value::as_array).into_iter().flatten();
    listed
        .filter_map(|row| {
            let called = row.get("name").or(row.get("label")).and_then(Value::as_str).map(str::trim)?;
            Some((name(row.get("id")?)?, called.to_owned())).filter(|_| !called.is_empty())
        })
        .collect()
}

/// Turns out of the longest list of single words that say who speaks, as recognisers give them.
fn word_by_word(value: &Value) -> Option<Value> {
    fn longest<'a>(value: &'a Value, best: &mut Option<&'a Vec<Value>>) {
        match value {
            Value::Array(rows)
                if rows.len() >= 2
                    && best.is_none_or(|before| rows.len() > before.len())
                    && rows.iter().all(|row| one_word(row).is_some()) =>
            {
                *best = Some(rows);
            }
            Value::Array(rows) => rows.iter().for_each(|row| longest(row, best)),
            Value::Object(map) => map.values().for_each(|value| longest(value, best)),
            _ => {}
        }
    }
    let mut best = None;
    longest(value, &mut best);
    let mut turns: Vec<(String, String, Value)> = Vec::new();
    for row in best? {
        let (speaker, word) = one_word(row)?;
        if let Some((_, said, _)) = turns.last_mut().filter(|(who, _, _)| *who == speaker) {
            let wide = |c: Option<char>| c.is_some_and(|c| is_chinese(c) || "，。？！、；：".contains(c));
            if !(wide(said.chars().next_back()) && wide(word.chars().next())) {
                said.push(' ');
            }
            said.push_str(word);
        } else {
            let start = row.get("start").or(row.get("start_time")).cloned().unwrap_or(Value::Null);
            turns.push((speaker, word.to_owned(), start));
        }
    }
    let rows =
        turns.into_iter().map(|(speaker, text, start)| json!({ "speaker": speaker, "text": text, "start": start }));
    Some(Value::Array(rows.collect()))
}

/// Who says one word, and the word.
fn one_word(row: &Value) -> Option<(String, &str)> {
    let word = ["punctuated_word", "word"].iter().find_map(|key| row.get(*key)).and_then(Value::as_str)?.trim();
    let speaker = ["speaker", "speaker_label", "speakerTag"].iter().find_map(|key| row.get(*key)).and_then(name)?;
    Some((speaker, word))
}

fn fields(row: &Map<String, Value>) -> impl Iterator<Item = String> + '_ {
    row.keys().cloned()
}

fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()).filter(|words| !words.trim().is_empty()),
        Value::Array(parts) => {
            // `{"type": "punct", "value": " "}`: pieces with the spaces between them.
            let pieces: Option<String> =
                parts.iter().map(|part| part.get("type").and(part.get("value")).and_then(Value::as_str)).collect();
            if let Some(pieces) = pieces.filter(|pieces| !pieces.trim().is_empty()) {
                return Some(pieces);
            }
            let parts: Vec<String> = parts.iter().filter_map(words).collect();
            (!parts.is_empty()).then(|| parts.join("\n"))
        }
        _ => None,
    }
}

/// `"Ann"`, `3`, `{"name": "Ann"}`.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(name) => Some(name.trim().to_owned()).filter(|name| !name.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(map) => {
            ["name", "label", "displayName", "id"].iter().find_map(|key| map.get(*key)).and_then(name)
        }
        _ => None,
    }
}

fn seconds(value: &Value) -> Option<u32> {
    match value {
        Value::String(time) => clock::seconds(time).or_else(|| whole_seconds(time)),
        Value::Number(number) => whole_seconds(&number.to_string()),
        _ => None,
    }
}
