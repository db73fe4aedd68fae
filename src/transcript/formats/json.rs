//! JSON: the list in it that is the transcript, or one object on each line.

mod chats;
mod fields;
mod lists;
mod loose;
mod pairs;
mod shapes;
mod talk;
pub(crate) mod units;

use std::collections::HashSet;

use serde_json::Value;

use super::cue_turns::{self, Cue};
use super::html;
use super::table::whole_seconds;
use crate::error::ReadError;
use crate::transcript::columns::{Layout, Places};
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::problem::ProblemKind;
use crate::transcript::read_options::Columns;
use crate::transcript::timestamps::{self, Moment};
use fields::{name, words};

/// The value of a JSON text or of JSON lines; `None` if it is neither. The parser limits nesting to 128
/// levels.
pub(crate) fn parse(text: &str) -> Result<Option<Value>, ReadError> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if !text.starts_with(['{', '[']) {
        return Ok(None);
    }
    let error = match serde_json::from_str::<Value>(text) {
        Ok(value @ (Value::Object(_) | Value::Array(_))) => return Ok(Some(loose::rows(shapes::unwrapped(value)))),
        Ok(_) => return Ok(None),
        Err(error) => error,
    };
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let rows: Vec<Value> =
        lines.iter().filter_map(|line| serde_json::from_str(line).ok()).filter(Value::is_object).collect();
    if !rows.is_empty() && rows.len() * 2 >= lines.len() {
        return Ok(Some(Value::Array(rows)));
    }
    // `[Ann] Hello` and `{laughs}` are text. A quoted key or an object in a list is JSON.
    let rest = text[1..].trim_start();
    if text.starts_with('{') && rest.starts_with('"') || text.starts_with('[') && rest.starts_with(['{', '"']) {
        return Err(ReadError::Malformed { format: "JSON", reason: error.to_string() });
    }
    Ok(None)
}

/// Reads the turns of a JSON value.
pub(crate) fn read(value: &Value, told: &Columns, limits: ReadLimits) -> Result<Extract, ReadError> {
    if *told == Columns::default()
        && let Some(extract) = by_shape(value, limits)?
    {
        return Ok(extract);
    }
    let mut best: Option<(&Vec<Value>, Vec<String>, Places)> = None;
    find(value, told, &mut best);
    let paired = best.as_ref().is_some_and(|(_, _, layout)| layout.text.is_none());
    let mut extract = Extract::new(limits);
    extract.title = title(value);
    if *told == Columns::default() && !paired && talk(value, &mut extract)? {
        return Ok(extract);
    }
    if *told == Columns::default() {
        let lists = pairs::all(value);
        if !lists.is_empty() {
            for list in &lists {
                read_pairs(list, &mut extract)?;
            }
            let unread = pairs::unread(value, &extract.text);
            if unread > 0 {
                extract.problem(ProblemKind::Unread(unread));
            }
            return Ok(extract);
        }
    }
    let Some((rows, names, layout)) = best else {
        let columns =
            value.as_object().map(|map| map.keys().cloned().collect::<Vec<_>>().join(", ")).unwrap_or_default();
        return Err(ReadError::NoColumn { columns });
    };
    let told_of = layout.told(&names);
    extract.problem(ProblemKind::Columns(told_of.clone()));
    extract.columns = Some(told_of);
    by_columns(rows, &names, &layout, None, told, &mut extract)?;
    Ok(extract)
}

fn title(value: &Value) -> Option<String> {
    let title = value.get("title").and_then(Value::as_str).map(str::trim);
    title.filter(|title| !title.is_empty()).map(str::to_owned)
}

/// Formats that their own fields identify.
fn by_shape(value: &Value, limits: ReadLimits) -> Result<Option<Extract>, ReadError> {
    if let Some(page) = shapes::otranscribe(value) {
        return html::read(page, &Columns::default(), limits).map(Some);
    }
    let mut extract = Extract::new(limits);
    extract.title = title(value);
    if let Some(cues) = shapes::youtube(value) {
        cue_turns::speak(&mut extract, cues)?;
        return Ok(Some(extract));
    }
    if let Some(said) = shapes::iflytek(value) {
        said.iter().try_for_each(|said| extract.say(said))?;
        return Ok(Some(extract));
    }
    Ok(None)
}

/// Reads the list that is the transcript. Returns whether there is one.
fn talk(value: &Value, extract: &mut Extract) -> Result<bool, ReadError> {
    let lists = lists::all(value);
    // The first message of a conversation stands beside the list of the others.
    let opening = lists::opening(value);
    let Some(list) = lists::best(&lists) else { return Ok(false) };
    let (mut names, mut known) = (Vec::new(), HashSet::new());
    for row in list.entries.iter().take(50).map(|entry| entry.row) {
        names.extend(row.keys().filter(|name| known.insert(name.as_str())).cloned());
    }
    let [text, speaker, time] = list.fields.clone();
    let layout = Layout { names, question: None, text, speaker, time };
    extract.problem(ProblemKind::Columns(layout.clone()));
    extract.columns = Some(layout);
    let slack = list.entries.iter().all(|entry| chats::is_slack(entry.row));
    let pages = chats::are_pages(list.entries.iter().map(|entry| entry.words.as_str()));
    let mut list = list.clone();
    let (notices, messages) = list.entries.into_iter().partition(|entry| chats::is_notice(entry.row));
    list.entries = messages;
    let notices: Vec<lists::ListItem<'_>> = notices;
    for entry in &mut list.entries {
        if slack {
            entry.words = chats::slack(&entry.words);
        } else if pages {
            entry.words = chats::without_tags(&entry.words);
        }
    }
    let said = talk::said(value, &list, &lists);
    if let Some((speaker, words)) = opening {
        extract.turn(Some(&speaker), &chats::without_tags(&words), None)?;
    }
    // If no field names the speakers, a name may stand before the words.
    if said.iter().any(|said| said.speaker.is_some()) {
        said.iter().try_for_each(|said| extract.say(said))?;
    } else {
        cue_turns::speak(extract, said.into_iter().map(Cue::of).collect())?;
    }
    for notice in notices {
        extract.push(LineKind::Aside, &notice.words, None)?;
    }
    Ok(true)
}

/// Reads questions with their answers.
fn read_pairs(list: &pairs::PairList<'_>, extract: &mut Extract) -> Result<(), ReadError> {
    let person = list.person.as_deref();
    match &list.pairs {
        pairs::Pairs::Rows { rows, names, layout } => {
            if extract.columns.is_none() {
                let told_of = layout.told(names);
                extract.problem(ProblemKind::Columns(told_of.clone()));
                extract.columns = Some(told_of);
            }
            by_columns(rows, names, layout, person, &Columns::default(), extract)
        }
        pairs::Pairs::Fields(fields) => fields.iter().try_for_each(|(question, answer)| {
            extract.part();
            extract.push(LineKind::Asked, question, None)?;
            extract.answer(person, answer, None)
        }),
    }
}

/// Reads rows by columns that a person named, or that are questions and answers.
fn by_columns(
    rows: &[Value],
    names: &[String],
    layout: &Places,
    person: Option<&str>,
    told: &Columns,
    extract: &mut Extract,
) -> Result<(), ReadError> {
    for row in rows.iter().filter_map(Value::as_object) {
        let cell = |at: Option<usize>| at.and_then(|at| names.get(at)).and_then(|name| row.get(name));
        let speaker = cell(layout.speaker).and_then(name).or_else(|| person.map(str::to_owned));
        let time = cell(layout.time).and_then(moment);
        if layout.text.is_none() {
            if let Some(question) = cell(layout.question).and_then(words) {
                extract.part();
                extract.push(LineKind::Asked, &question, time)?;
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
    Ok(())
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
            let (names, layout) = pairs::layout(rows, told);
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

fn moment(value: &Value) -> Option<Moment> {
    match value {
        Value::String(time) => timestamps::seconds(time).or_else(|| whole_seconds(time)),
        Value::Number(number) => whole_seconds(&number.to_string()),
        _ => None,
    }
}
