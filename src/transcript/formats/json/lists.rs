//! Chooses the list in a JSON value that is the transcript. Several lists often hold the same words:
//! whole, by sentences, and word by word. The finest list that names speakers is read.

use std::collections::HashMap;

use serde_json::Value;

use super::fields::{self, JsonRow};
use super::pairs;
use super::units::RawTime;
use crate::transcript::columns::key;
use crate::transcript::dialogue::names::{self, LabelRole};

/// Lists of alternative wordings. Only the first entry was said.
const WORDINGS: [&str; 3] = ["alternatives", "nbest", "res"];
/// Lists of pieces of one text, and lists of text that nobody said.
const PIECES: [&str; 14] = [
    "textentities",
    "entities",
    "blocks",
    "attachments",
    "reactions",
    "embeds",
    "mentions",
    "richtext",
    "sentimentanalysisresults",
    "combinedrecognizedphrases",
    "combinedphrases",
    "emotions",
    "chapters",
    "highlights",
];

/// One object of a list.
#[derive(Debug, Clone)]
pub(super) struct ListItem<'a> {
    pub(super) row: &'a JsonRow,
    pub(super) words: String,
    /// Its own speaker, or that of the object around it.
    pub(super) speaker: Option<String>,
    /// Its channel, or that of the object around it.
    pub(super) channel: Option<String>,
    pub(super) times: Option<(RawTime, Option<RawTime>)>,
}

/// All objects at one place of a value, `results[].words[]`.
#[derive(Debug, Clone)]
pub(super) struct RowList<'a> {
    pub(super) path: String,
    pub(super) entries: Vec<ListItem<'a>>,
    /// The fields that hold words, speaker and time.
    pub(super) fields: [Option<String>; 3],
    /// Whether each entry lies within one that has words too, and has no time of its own.
    inner: bool,
}

#[derive(Clone, Default)]
struct Around {
    path: String,
    speaker: Option<String>,
    channel: Option<String>,
    has_words: bool,
    /// Whom the interview around is with.
    person: Option<String>,
}

impl RowList<'_> {
    /// The number of letters and digits.
    pub(super) fn chars(&self) -> usize {
        self.entries.iter().map(|entry| count(&entry.words)).sum()
    }

    fn share(&self, has: impl Fn(&ListItem<'_>) -> bool) -> f64 {
        self.entries.iter().filter(|entry| has(entry)).count() as f64 / self.entries.len().max(1) as f64
    }

    /// Whether enough entries name a speaker.
    pub(super) fn is_spoken(&self) -> bool {
        self.share(|entry| entry.speaker.is_some()) >= 0.5
    }

    fn is_timed(&self) -> bool {
        self.share(|entry| entry.times.is_some()) >= 0.5
    }

    /// Whether its entries are single words.
    pub(super) fn is_words(&self) -> bool {
        let last = self.path.trim_end_matches("[]").rsplit(['.', ']']).next().unwrap_or_default();
        let listed = [
            "words",
            "word",
            "tokens",
            "items",
            "elements",
            "wordlist",
            "wordsegments",
            "wordsinfo",
            "displaywords",
            "segs",
        ];
        let short = self.share(|entry| !entry.words.trim().contains(' ') && count(&entry.words) <= 12) >= 0.9;
        short
            && (listed.contains(&last) || self.entries.len() >= 4 && self.share(|entry| fields_word(entry.row)) >= 0.7)
    }

    /// The reasons for a list: it names speakers and times, is not word by word, and is fine.
    fn rank(&self) -> (bool, bool, bool, usize) {
        (self.is_spoken(), self.is_timed(), !self.is_words(), self.entries.len())
    }
}

/// Whether a row calls its text a word.
fn fields_word(row: &JsonRow) -> bool {
    row.keys().any(|name| ["word", "w", "punctuatedword"].contains(&key(name).as_str()))
        || row.contains_key("alternatives")
}

pub(super) fn count(words: &str) -> usize {
    words.chars().filter(|c| c.is_alphanumeric()).count()
}

/// All lists of a value that hold words.
pub(super) fn all(value: &Value) -> Vec<RowList<'_>> {
    let mut found = Found::default();
    collect(value, &Around::default(), &mut found);
    let mut lists = found.lists;
    lists.retain(|list: &RowList<'_>| list.chars() > 0 && !list.inner);
    for list in &mut lists {
        if list.is_words() {
            at_its_time(value, &mut list.entries);
        }
        only_told_apart(list);
        only_once(list);
        by_channel(&mut list.entries);
    }
    lists
}

/// The list to read as turns.
pub(super) fn best<'l, 'a>(lists: &'l [RowList<'a>]) -> Option<&'l RowList<'a>> {
    let most = lists.iter().filter(|list| list.entries.len() >= 2 || lists.len() == 1).map(RowList::chars).max()?;
    // Repeated words in other lists do not make a list longer.
    let whole = |list: &&RowList<'_>| list.chars() * 10 >= most * 7;
    lists.iter().filter(whole).max_by_key(|list| list.rank())
}

/// Lists in the order in which they were found.
#[derive(Default)]
struct Found<'a> {
    lists: Vec<RowList<'a>>,
    /// The number of each list, by its path.
    places: HashMap<String, usize>,
}

fn collect<'a>(value: &'a Value, around: &Around, found: &mut Found<'a>) {
    match value {
        Value::Array(all) => {
            let last = around.path.rsplit('.').next().unwrap_or_default();
            let read = if WORDINGS.contains(&last) { &all[..all.len().min(1)] } else { all.as_slice() };
            let inside = Around { path: format!("{}[]", around.path), ..around.clone() };
            for (index, value) in read.iter().enumerate() {
                // Each channel is recorded from one speaker.
                let several = last == "channels" && read.len() >= 2;
                let channel = if several { Some(index.to_string()) } else { inside.channel.clone() };
                let inside = Around { channel, ..inside.clone() };
                if let Value::Object(row) = value {
                    let has_words = add(row, &inside, found);
                    within(row, &Around { has_words: has_words || inside.has_words, ..inside.clone() }, found);
                } else {
                    collect(value, &inside, found);
                }
            }
        }
        Value::Object(row) => within(row, around, found),
        _ => {}
    }
}

/// The fields of an object, each of which may hold a list.
fn within<'a>(row: &'a JsonRow, around: &Around, found: &mut Found<'a>) {
    let speaker = fields::speaker_of_inner(row).or_else(|| around.speaker.clone());
    let channel = fields::channel(row).or_else(|| around.channel.clone());
    let in_list = around.path.ends_with("[]");
    let person = pairs::person_of(row, in_list).or_else(|| around.person.clone());
    for (name, value) in row {
        let folded = key(name);
        if !(value.is_array() || value.is_object()) || PIECES.contains(&folded.as_str()) {
            continue;
        }
        let path = format!("{}.{folded}", around.path);
        let person = person.clone();
        let inside =
            Around { path, speaker: speaker.clone(), channel: channel.clone(), has_words: around.has_words, person };
        collect(value, &inside, found);
    }
}

/// The speaker of a row: whoever the interview is with, where the row only says that the interviewee speaks.
fn called(name: String, around: &Around) -> String {
    let person = around.person.clone().filter(|_| names::role(&name) == Some(LabelRole::Answers));
    person.unwrap_or(name)
}

/// Adds an object to the list of its place. Returns whether it has words.
fn add<'a>(row: &'a JsonRow, around: &Around, found: &mut Found<'a>) -> bool {
    // A space between two words may be an entry.
    let space = || fields::word(row).map(|space| ("text", space));
    let Some((text, words)) = fields::text(row).or_else(space) else { return false };
    let (speaks, times) = (fields::speaker(row), fields::times(row));
    let inner = around.has_words && times.is_none();
    let lists = &mut found.lists;
    let at = *found.places.entry(around.path.clone()).or_insert_with(|| {
        lists.push(RowList { path: around.path.clone(), entries: Vec::new(), fields: Default::default(), inner });
        lists.len() - 1
    });
    let list = &mut lists[at];
    list.inner &= inner;
    let names = [Some(text), speaks.as_ref().map(|(name, _)| *name), times.as_ref().map(|(name, _, _)| *name)];
    for (field, name) in list.fields.iter_mut().zip(names) {
        if field.is_none() {
            *field = name.map(str::to_owned);
        }
    }
    list.entries.push(ListItem {
        row,
        words,
        speaker: speaks.map(|(_, name)| called(name, around)).or_else(|| around.speaker.clone()),
        channel: fields::channel(row).or_else(|| around.channel.clone()),
        times: times.map(|(_, from, to)| (from, to)),
    });
    true
}

/// Google's recogniser repeats all words at the end, with speakers. Entries without a speaker, or with
/// the number 0, are the same words.
fn only_told_apart(list: &mut RowList<'_>) {
    let tagged = list.entries.iter().any(|entry| entry.row.keys().any(|name| key(name) == "speakertag"));
    let told = |entry: &ListItem<'_>| entry.speaker.as_deref().is_some_and(|name| !tagged || name != "0");
    let with: usize = list.entries.iter().filter(|entry| told(entry)).map(|entry| count(&entry.words)).sum();
    let all = list.chars();
    if (tagged || list.is_words()) && with < all && with * 100 >= all * 45 && with * 100 <= all * 60 {
        list.entries.retain(told);
    }
}

/// The last entry repeats all others. Their words count once.
fn only_once(list: &mut RowList<'_>) {
    let letters = |words: &str| words.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let Some((end, before)) = list.entries.split_last().filter(|(_, before)| before.len() >= 2) else { return };
    if before.iter().map(|entry| letters(&entry.words)).collect::<String>() == letters(&end.words) {
        list.entries.pop();
    }
}

/// Amazon names the speakers in a list of its own, by the start time of each word.
fn at_its_time(value: &Value, entries: &mut [ListItem<'_>]) {
    if entries.iter().any(|entry| entry.speaker.is_some()) {
        return;
    }
    let segments = value.pointer("/results/speaker_labels/segments").and_then(Value::as_array);
    let items = segments.into_iter().flatten().filter_map(|segment| segment.get("items")?.as_array()).flatten();
    let by_time: HashMap<&str, &str> = items
        .filter_map(|item| Some((item.get("start_time")?.as_str()?, item.get("speaker_label")?.as_str()?)))
        .collect();
    for entry in entries {
        let start = entry.row.get("start_time").and_then(Value::as_str);
        entry.speaker = start.and_then(|start| by_time.get(start)).map(|name| (*name).to_owned());
    }
}

/// If nobody is named, each of two channels is a speaker.
fn by_channel(entries: &mut Vec<ListItem<'_>>) {
    let first = entries.first().and_then(|entry| entry.channel.clone());
    let several = entries.iter().any(|entry| entry.channel.is_some() && entry.channel != first);
    if !several || entries.iter().any(|entry| entry.speaker.is_some()) {
        return;
    }
    for entry in entries.iter_mut() {
        entry.speaker = entry.channel.clone();
    }
    // A mark has no time of its own; it stays after its word.
    let mut last = 0.0;
    let starts: Vec<f64> = entries
        .iter()
        .map(|entry| {
            last = match entry.times {
                Some((RawTime::Told(moment), _)) => f64::from(moment.ms),
                Some((RawTime::Number(number), _)) => number,
                None => last,
            };
            last
        })
        .collect();
    let mut order: Vec<usize> = (0..entries.len()).collect();
    order.sort_by(|a, b| starts[*a].total_cmp(&starts[*b]));
    let sorted: Vec<ListItem<'_>> = order.into_iter().map(|at| entries[at].clone()).collect();
    *entries = sorted;
}

/// The first message of a conversation that is outside the list: Intercom's `source`.
pub(super) fn opening(value: &Value) -> Option<(String, String)> {
    let source = value.get("source")?.as_object()?;
    value.get("conversation_parts")?;
    Some((fields::speaker(source)?.1, fields::text(source)?.1))
}
