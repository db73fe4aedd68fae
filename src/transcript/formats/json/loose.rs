//! JSON whose turns are no objects: pairs in lists (`["Ann", "Why?"]`), a list of questions beside a list of answers, and
//! numbered fields (`"Q1": …, "A1": …`). It makes objects of them and reads no words.

use serde_json::{Map, Value, json};

use crate::transcript::columns::key;
use crate::transcript::dialogue::names::{self, Likeness};

/// A value with an object for each turn, or for each question with its answer.
pub(super) fn rows(value: Value) -> Value {
    match value {
        Value::Array(all) => pairs(&all).unwrap_or(Value::Array(all)),
        Value::Object(map) => {
            let inner = |(name, value): (String, Value)| (name, if value.is_object() { rows(value) } else { value });
            let map: Map<String, Value> = map.into_iter().map(inner).collect();
            beside(&map).or_else(|| numbered(&map)).map_or(Value::Object(map), Value::Object)
        }
        value => value,
    }
}

/// `[["Ann", "Why?"], ["Bo", "Because."]]`: the name of the speaker, and the words.
fn pairs(all: &[Value]) -> Option<Value> {
    let pair = |value: &Value| match value.as_array().map(Vec::as_slice) {
        Some([Value::String(name), Value::String(words)]) => Some((name.clone(), words.clone())),
        _ => None,
    };
    let found: Vec<(String, String)> = all.iter().map(pair).collect::<Option<_>>()?;
    let likely = found.iter().filter(|(name, _)| names::likeness(name) >= Likeness::Weak).count();
    let distinct = found.iter().map(|(name, _)| name).collect::<std::collections::HashSet<_>>().len();
    let speakers = likely == found.len() && found.len() >= 2 && distinct >= 2;
    speakers.then(|| found.into_iter().map(|(name, words)| json!({ "speaker": name, "text": words })).collect())
}

/// `{"questions": ["Why?"], "answers": ["Because."]}`
fn beside(map: &Map<String, Value>) -> Option<Map<String, Value>> {
    let list = |names: [&str; 3]| {
        let found = map.iter().find(|(name, _)| names.contains(&key(name).as_str()))?;
        let words = found.1.as_array()?.iter().map(|value| value.as_str().map(str::to_owned));
        Some((found.0.clone(), words.collect::<Option<Vec<String>>>()?))
    };
    let (asked, questions) = list(["questions", "问题", "提问"])?;
    let (answered, answers) = list(["answers", "回答", "答案"])?;
    if questions.len() != answers.len() || questions.is_empty() {
        return None;
    }
    let rows =
        questions.into_iter().zip(answers).map(|(question, answer)| json!({ "question": question, "answer": answer }));
    let mut whole = map.clone();
    whole.remove(&answered);
    whole.insert(asked, rows.collect());
    Some(whole)
}

/// `{"Q1": "Why?", "A1": "Because."}`: each question beside the answer with its number.
fn numbered(map: &Map<String, Value>) -> Option<Map<String, Value>> {
    let numbered = |name: &str, words: [&str; 4]| {
        let key = key(name);
        let rest = words.iter().find_map(|word| key.strip_prefix(word))?;
        rest.parse::<usize>().ok()
    };
    let question = |name: &str| numbered(name, ["question", "问题", "问", "q"]);
    let answer = |name: &str| numbered(name, ["answer", "回答", "答", "a"]);
    let answers =
        |number: usize| map.iter().find(|(name, _)| answer(name) == Some(number)).and_then(|(_, value)| value.as_str());
    let mut found: Vec<(usize, Value)> = Vec::new();
    for (name, value) in map {
        if let (Some(number), Some(words)) = (question(name), value.as_str()) {
            found.push((number, json!({ "question": words, "answer": answers(number)? })));
        }
    }
    if found.len() < 2 {
        return None;
    }
    found.sort_by_key(|(number, _)| *number);
    let mut whole: Map<String, Value> = map.clone();
    whole.retain(|name, _| question(name).is_none() && answer(name).is_none());
    whole.insert("questions".to_owned(), found.into_iter().map(|(_, row)| row).collect());
    Some(whole)
}
