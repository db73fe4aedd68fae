//! A list of a JSON value → speech: words joined to turns, times in their unit, messages in order.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{self, JsonRow};
use super::lists::{ListItem, RowList, count};
use super::units::{self, RawTime, TimeSample, TimeUnit};
use crate::transcript::extract::{SourceTurn, TimedWord};
use crate::transcript::timestamps::Moment;

/// Reads a list. One of the other lists in `all` may have its words one by one.
pub(super) fn said(value: &Value, list: &RowList<'_>, all: &[RowList<'_>]) -> Vec<SourceTurn> {
    let duration = duration(value);
    let people = people(value);
    let mut entries: Vec<ListItem<'_>> = list.entries.clone();
    in_order(&mut entries, list.fields[2].as_deref());
    for entry in &mut entries {
        if let Some(called) = entry.speaker.as_ref().and_then(|id| people.get(id)) {
            entry.speaker = Some(called.clone());
        }
    }
    if list.is_words() {
        let unit = unit_of(&entries, duration);
        return joined(&entries, unit);
    }
    let unit = unit_of(&entries, duration);
    let mut apart = apart(list, all, duration).into_iter().peekable();
    let mut said: Vec<SourceTurn> = Vec::new();
    for entry in &entries {
        let (from, to) = moments(entry.times, unit);
        let mut timed = inner(entry.row, from, unit, duration, &entry.words);
        if timed.is_empty() {
            let mut rest = entry.words.as_str();
            while let Some(word) = apart.peek() {
                let Some(at) = rest.find(word.text.trim()) else { break };
                rest = &rest[at + word.text.trim().len()..];
                timed.extend(apart.next());
            }
        }
        let from = from.or_else(|| timed.first().map(|word| word.from));
        let to = to.or_else(|| timed.last().and_then(|word| word.to));
        let changes = turned(&entries, said.len());
        said.push(SourceTurn { speaker: entry.speaker.clone(), changes, words: entry.words.clone(), from, to, timed });
    }
    said
}

/// Whether the entry before announces another speaker.
fn turned(entries: &[ListItem<'_>], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| entries.get(before));
    before.and_then(|entry| entry.row.get("speaker_turn_next")).and_then(Value::as_bool) == Some(true)
}

/// The length of the recording according to the source.
fn duration(value: &Value) -> Option<f64> {
    let map = value.as_object()?;
    let inner = map.values().filter_map(Value::as_object);
    std::iter::once(map).chain(inner).find_map(|map| {
        ["audio_duration", "duration"]
            .iter()
            .find_map(|name| map.get(*name))
            .and_then(|value| value.as_f64().or_else(|| value.as_str()?.parse().ok()))
    })
}

/// The names in a list of people: `[{"id": 0, "name": "Ann"}]`.
fn people(value: &Value) -> HashMap<String, String> {
    let lists = ["speakers", "participants", "users", "members", "people"].iter().filter_map(|name| value.get(*name));
    let rows = lists.filter_map(Value::as_array).flatten().filter_map(Value::as_object);
    rows.filter_map(|row| {
        let called =
            ["name", "label", "display_name", "displayName", "real_name"].iter().find_map(|name| row.get(*name));
        let called = called.and_then(Value::as_str).map(str::trim).filter(|called| !called.is_empty())?;
        let id = ["id", "speaker_id", "user_id", "speaker"].iter().find_map(|name| row.get(*name))?;
        Some((fields::name(id)?, called.to_owned()))
    })
    .collect()
}

fn unit_of(entries: &[ListItem<'_>], duration: Option<f64>) -> TimeUnit {
    let number = |raw: RawTime| if let RawTime::Number(number) = raw { Some(number) } else { None };
    let samples: Vec<TimeSample> = entries
        .iter()
        .filter_map(|entry| {
            let (from, to) = entry.times?;
            Some(TimeSample { from: number(from)?, to: to.and_then(number), chars: count(&entry.words) })
        })
        .collect();
    if samples.is_empty() {
        return unit_of_words(entries, duration);
    }
    units::unit(&samples, duration)
}

/// The unit of words in entries without a time of their own.
fn unit_of_words(entries: &[ListItem<'_>], duration: Option<f64>) -> TimeUnit {
    let rows = entries.iter().filter_map(|entry| fields::each_word(entry.row)).flatten().filter_map(Value::as_object);
    let samples: Vec<TimeSample> = rows.filter_map(sample).collect();
    units::unit(&samples, duration)
}

/// What a word reveals about the unit.
fn sample(row: &JsonRow) -> Option<TimeSample> {
    let (_, RawTime::Number(from), to) = fields::times(row)? else { return None };
    let to = to.and_then(|to| if let RawTime::Number(to) = to { Some(to) } else { None });
    Some(TimeSample { from, to, chars: count(&fields::word(row).unwrap_or_default()) })
}

fn moments(times: Option<(RawTime, Option<RawTime>)>, unit: TimeUnit) -> (Option<Moment>, Option<Moment>) {
    let Some((from, to)) = times else { return (None, None) };
    (from.moment(unit), to.and_then(|to| to.moment(unit)))
}

/// The words of an entry one by one, if it holds them itself.
fn inner(row: &JsonRow, from: Option<Moment>, of_row: TimeUnit, duration: Option<f64>, said: &str) -> Vec<TimedWord> {
    let Some(rows) = fields::each_word(row) else { return each_character(row, said) };
    let rows: Vec<(&JsonRow, (RawTime, Option<RawTime>))> = rows
        .iter()
        .filter_map(Value::as_object)
        .filter_map(|row| Some((row, fields::times(row).map(|(_, a, b)| (a, b))?)))
        .collect();
    let numbers: Vec<TimeSample> = rows.iter().filter_map(|(row, _)| sample(row)).collect();
    // Few words prove less than all rows do.
    let unit = if numbers.len() >= 8 { units::unit(&numbers, duration) } else { of_row };
    let mut words: Vec<TimedWord> = rows
        .iter()
        .filter_map(|(row, times)| {
            let (from, to) = moments(Some(*times), unit);
            Some(TimedWord { text: fields::word(row)?, from: from?, to })
        })
        .filter(|word| !word.text.trim().is_empty())
        .collect();
    // These times count from the start of the sentence.
    if let (Some(from), Some(first)) = (from.filter(|from| from.ms > 0), words.first())
        && words.iter().all(|word| word.from.ms + 1 < from.ms || word.from.ms == 0)
        && first.from.ms < from.ms
    {
        let shifted = |moment: Moment| Moment { ms: moment.ms.saturating_add(from.ms), ..moment };
        words = words
            .into_iter()
            .map(|word| TimedWord { from: shifted(word.from), to: word.to.map(shifted), ..word })
            .collect();
    }
    words
}

/// `"timestamp": [[0, 120], [120, 300]]`: a time for each character or word, always in milliseconds.
fn each_character(row: &JsonRow, said: &str) -> Vec<TimedWord> {
    let pairs: Option<Vec<(u64, u64)>> = row
        .get("timestamp")
        .and_then(Value::as_array)
        .and_then(|pairs| pairs.iter().map(|pair| Some((pair.get(0)?.as_u64()?, pair.get(1)?.as_u64()?))).collect());
    let Some(pairs) = pairs.filter(|pairs| !pairs.is_empty()) else { return Vec::new() };
    let mut tokens: Vec<String> = Vec::new();
    let mut open = false;
    for c in said.chars() {
        let letter = c.is_ascii_alphanumeric() || c == '\'';
        match tokens.last_mut() {
            Some(token) if open && letter => token.push(c),
            _ if c.is_alphanumeric() => tokens.push(c.to_string()),
            _ => {}
        }
        open = letter;
    }
    if tokens.len() != pairs.len() {
        return Vec::new();
    }
    let word = |(text, (from, to)): (String, (u64, u64))| TimedWord {
        text,
        from: Moment::of_recording(from),
        to: Some(Moment::of_recording(to)),
    };
    tokens.into_iter().zip(pairs).map(word).collect()
}

/// The words one by one from another list, if they are the same as those of `list`.
fn apart(list: &RowList<'_>, all: &[RowList<'_>], duration: Option<f64>) -> Vec<TimedWord> {
    let chars = list.chars();
    let same = |other: &&RowList<'_>| {
        other.is_words()
            && other.path != list.path
            && other.chars() * 10 >= chars * 9
            && !other.path.starts_with(&list.path)
    };
    let Some(other) = all.iter().find(same) else { return Vec::new() };
    let unit = unit_of(&other.entries, duration);
    let word = |entry: &ListItem<'_>| {
        let (from, to) = moments(entry.times, unit);
        Some(TimedWord { text: fields::word(entry.row)?, from: from?, to }).filter(|word| !word.text.trim().is_empty())
    };
    other.entries.iter().filter_map(word).collect()
}

/// Words one by one, joined to turns.
fn joined(entries: &[ListItem<'_>], unit: TimeUnit) -> Vec<SourceTurn> {
    let mut turns: Vec<(Option<String>, Vec<&ListItem<'_>>)> = Vec::new();
    for entry in entries {
        let speaker = entry.speaker.clone();
        match turns.last_mut() {
            // A mark has no speaker of its own.
            Some((who, words)) if *who == speaker || speaker.is_none() => words.push(entry),
            _ => turns.push((speaker, vec![entry])),
        }
    }
    let said = turns.into_iter().map(|(speaker, words)| {
        let timed: Vec<TimedWord> = words
            .iter()
            .filter_map(|entry| {
                let (from, to) = moments(entry.times, unit);
                Some(TimedWord { text: fields::word(entry.row)?, from: from?, to })
            })
            .filter(|word| !word.text.trim().is_empty())
            .collect();
        SourceTurn {
            speaker,
            changes: false,
            words: fields::joined(words.iter().map(|entry| entry.row)),
            from: timed.first().map(|word| word.from),
            to: timed.last().and_then(|word| word.to),
            timed,
        }
    });
    said.filter(|said| !said.words.is_empty()).collect()
}

/// Some exports have the newest message first.
fn in_order(entries: &mut [ListItem<'_>], field: Option<&str>) {
    let Some(field) = field else { return };
    let sent: Option<Vec<Sent<'_>>> = entries.iter().map(|entry| Sent::of(entry.row.get(field)?)).collect();
    let Some(sent) = sent else { return };
    let falls = sent.windows(2).filter(|pair| pair[0] > pair[1]).count();
    let rises = sent.windows(2).filter(|pair| pair[0] < pair[1]).count();
    if falls > 0 && rises * 8 <= falls {
        entries.reverse();
    }
}

/// The time of a message, for comparison.
#[derive(Debug, PartialEq, PartialOrd)]
enum Sent<'a> {
    Number(f64),
    Written(&'a str),
}

impl<'a> Sent<'a> {
    fn of(value: &'a Value) -> Option<Self> {
        let number = value.as_f64().or_else(|| value.as_str()?.parse().ok());
        // A time in a recording is no date.
        number.filter(|number| *number >= 1e9).map(Self::Number).or_else(|| {
            let text = value.as_str()?;
            let year = text.get(..4).is_some_and(|year| year.bytes().all(|byte| byte.is_ascii_digit()));
            (number.is_none() && year).then_some(Self::Written(text))
        })
    }
}
