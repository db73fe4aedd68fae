//! Questions with their answers in JSON: every list of them, each with the person around it. It knows no turns.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::fields::{self, JsonRow};
use crate::transcript::columns::{self, Places};
use crate::transcript::dialogue::person_name;
use crate::transcript::formats::form;
use crate::transcript::read_options::Columns;

/// Questions with answers of one person, or of several.
#[derive(Debug)]
pub(super) struct PairList<'a> {
    pub(super) pairs: Pairs<'a>,
    /// Whoever the object around them names.
    pub(super) person: Option<String>,
}

/// How the questions are set down.
#[derive(Debug)]
pub(super) enum Pairs<'a> {
    /// `[{"question": "…", "answer": "…"}]`
    Rows { rows: &'a [Value], names: Vec<String>, layout: Places },
    /// `{"Why?": "…"}`
    Fields(Vec<(&'a str, &'a str)>),
}

/// All questions with answers in a value, in their order.
pub(super) fn all(value: &Value) -> Vec<PairList<'_>> {
    let mut lists = Vec::new();
    collect(value, None, false, &mut lists);
    lists
}

fn collect<'a>(value: &'a Value, person: Option<&str>, in_list: bool, lists: &mut Vec<PairList<'a>>) {
    match value {
        Value::Array(rows) => {
            let (names, layout) = layout(rows, &Columns::default());
            if layout.question.is_some() && layout.answer.is_some() {
                let pairs = Pairs::Rows { rows, names, layout };
                lists.push(PairList { pairs, person: person.map(str::to_owned) });
            } else {
                for row in rows {
                    collect(row, person, true, lists);
                }
            }
        }
        Value::Object(map) => {
            let own = person_of(map, in_list);
            let person = own.as_deref().or(person);
            let asked: Vec<(&str, &str)> = map
                .iter()
                .filter(|(name, _)| form::asks(name))
                .filter_map(|(name, value)| Some((name.as_str(), value.as_str()?.trim())))
                .filter(|(_, answer)| !answer.is_empty())
                .collect();
            if !asked.is_empty() {
                lists.push(PairList { pairs: Pairs::Fields(asked), person: person.map(str::to_owned) });
            }
            map.values().for_each(|value| collect(value, person, false, lists));
        }
        _ => {}
    }
}

/// The fields of the rows of a list, and their meaning.
pub(super) fn layout(rows: &[Value], told: &Columns) -> (Vec<String>, Places) {
    let (mut names, mut known) = (Vec::new(), HashSet::new());
    for row in rows.iter().filter_map(Value::as_object).take(50) {
        names.extend(fields_of(row).filter(|name| known.insert(name.clone())));
    }
    let mut layout = Places::of(&names, told);
    if layout.answer.is_none() && layout.question.is_some() {
        layout.answer = names.iter().position(|name| ["answers", "responses", "回答列表"].contains(&name.as_str()));
    }
    // Both question and answer are words.
    if layout.question.is_some() && layout.answer.is_some() && told.text.is_none() {
        layout.text = None;
    }
    (names, layout)
}

fn fields_of(row: &Map<String, Value>) -> impl Iterator<Item = String> + '_ {
    row.keys().cloned()
}

/// Whoever an object is about. The name of a whole file may be its title.
pub(super) fn person_of(row: &JsonRow, in_list: bool) -> Option<String> {
    const ANSWERS: [&str; 12] = [
        "interviewee",
        "respondent",
        "participant",
        "intervieweename",
        "participantname",
        "受访者",
        "受访人",
        "被访者",
        "被访人",
        "访谈对象",
        "受访对象",
        "采访对象",
    ];
    row.iter().filter(|(name, _)| columns::is_name(name)).find_map(|(name, value)| {
        let own = fields::name(value)?;
        // The field says whose name it is.
        let told = ANSWERS.contains(&columns::key(name).as_str()) && !own.contains(['@', '/']);
        (own.chars().count() <= 40 && (in_list || told || person_name::is_surely(&own))).then_some(own)
    })
}

/// The number of sentences of a value that `text` does not hold.
pub(super) fn unread(value: &Value, text: &str) -> usize {
    fn count(value: &Value, read: &HashSet<String>) -> usize {
        match value {
            Value::String(words) if form::is_said(words) => {
                let lines = words.lines().map(letters).filter(|line| !line.is_empty());
                lines.filter(|line| !read.contains(line)).count()
            }
            Value::Array(all) => all.iter().map(|value| count(value, read)).sum(),
            Value::Object(map) => map.values().map(|value| count(value, read)).sum(),
            _ => 0,
        }
    }
    count(value, &text.lines().map(letters).collect())
}

fn letters(words: &str) -> String {
    words.chars().filter(|c| c.is_alphanumeric()).collect()
}
