//! TEI for speech: each `<u who>` (or `<sp>` of a play or a debate) is a turn, and `<person>` gives the
//! name. Sounds and notes (`<incident>`, `<note>`) are not speech.

use std::collections::HashMap;

use super::element::Element;
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind, SourceTurn};
use crate::transcript::timestamps::{self, Moment};

/// Elements that are not said.
const UNSAID: [&str; 16] = [
    "incident",
    "kinesic",
    "vocal",
    "note",
    "pause",
    "desc",
    "stage",
    "speaker",
    "gap",
    "teiHeader",
    "fw",
    "shift",
    "writing",
    "spanGrp",
    "listAnnotation",
    "linkGrp",
];
/// Elements that are separate words, with a space between two.
const TOKENS: [&str; 2] = ["w", "pc"];

pub(super) fn read(tree: &Element, extract: &mut Extract) -> Result<(), ReadError> {
    let header = tree.first("teiHeader");
    let title = header.and_then(|header| header.first("titleStmt")).and_then(|titles| titles.first("title"));
    extract.title = title.map(plain).filter(|title| !title.is_empty());
    let names = names(tree);
    let times = timeline(tree);
    let text = tree.first("text").unwrap_or(tree);
    walk(text, &names, &times, extract)
}

/// The name of each person, by identifier.
fn names(tree: &Element) -> HashMap<String, String> {
    let people = tree.every("person").into_iter().chain(tree.every("personGrp")).chain(tree.every("participant"));
    people
        .filter_map(|person| {
            let id = person.attribute("id")?;
            let whole = |element: &Element| {
                // Words of a name are separated by one space.
                let parts: Vec<String> = element.children().map(plain).filter(|part| !part.is_empty()).collect();
                if parts.is_empty() { plain(element) } else { parts.join(" ") }
            };
            let name = ["persName", "name", "abbr"].iter().find_map(|name| person.first(name)).map(whole);
            let name = name.filter(|name| !name.is_empty()).or_else(|| person.attribute("n").map(str::to_owned));
            let name = name.or_else(|| person.attribute("role").map(str::to_owned))?;
            Some((id.to_owned(), name))
        })
        .collect()
}

/// `<timeline unit="s"><when xml:id="T1" interval="3.2" since="#T0"/>`
fn timeline(tree: &Element) -> HashMap<String, Moment> {
    let mut times: HashMap<String, Moment> = HashMap::new();
    for line in tree.every("timeline") {
        let scale = if line.attribute("unit") == Some("ms") { 0.001 } else { 1.0 };
        for when in line.every("when") {
            let Some(id) = when.attribute("id") else { continue };
            let absolute = when.attribute("absolute").and_then(timestamps::seconds);
            let interval = when.attribute("interval").and_then(|interval| {
                interval
                    .parse::<f64>()
                    .ok()
                    .and_then(|seconds| Moment::of_seconds(seconds * scale))
                    .or_else(|| timestamps::seconds(interval))
            });
            let since = when
                .attribute("since")
                .and_then(|since| times.get(since.trim_start_matches('#')))
                .map_or(0, |at| at.ms);
            let interval = interval.map(|interval| Moment { ms: interval.ms.saturating_add(since), ..interval });
            if let Some(moment) = absolute.or(interval).or_else(|| times.is_empty().then(|| Moment::of_recording(0))) {
                times.insert(id.to_owned(), moment);
            }
        }
    }
    times
}

fn walk(
    element: &Element,
    names: &HashMap<String, String>,
    times: &HashMap<String, Moment>,
    extract: &mut Extract,
) -> Result<(), ReadError> {
    match element.name.as_str() {
        "teiHeader" => return Ok(()),
        "u" | "sp" => return turn(element, names, times, extract),
        "head" => {
            extract.part();
            return extract.push(LineKind::Heading, &plain(element), None);
        }
        name if UNSAID.contains(&name) => return extract.push(LineKind::Aside, &plain(element), None),
        // Paragraphs outside a turn are the editor's.
        "p" | "ab" | "l" | "opener" | "closer" | "byline"
            if element.first("u").is_none() && element.first("sp").is_none() =>
        {
            return extract.push(LineKind::Aside, &plain(element), None);
        }
        _ => {}
    }
    element.children().try_for_each(|child| walk(child, names, times, extract))
}

fn turn(
    element: &Element,
    names: &HashMap<String, String>,
    times: &HashMap<String, Moment>,
    extract: &mut Extract,
) -> Result<(), ReadError> {
    let time = |name: &str| {
        let at = element.attribute(name)?;
        times.get(at.trim_start_matches('#')).copied().or_else(|| written(at))
    };
    let who =
        element.attribute("who").and_then(|who| who.split_whitespace().next()).map(|who| who.trim_start_matches('#'));
    let known = who.and_then(|who| names.get(who)).cloned();
    let shown = element.children().find(|child| child.name == "speaker").map(plain);
    let shown = shown.map(|name| name.trim_end_matches(['.', ':', '：']).to_owned()).filter(|name| !name.is_empty());
    let anchors: Vec<Moment> = element
        .every("anchor")
        .into_iter()
        .filter_map(|anchor| times.get(anchor.attribute("synch")?.trim_start_matches('#')).copied())
        .collect();
    let words = said(element);
    if words.is_empty() {
        return extract.push(LineKind::Aside, &plain(element), None);
    }
    extract.say(&SourceTurn {
        speaker: known.or(shown).or(who.map(str::to_owned)),
        changes: true,
        words,
        from: time("start").or(anchors.first().copied()),
        to: time("end").or(anchors.last().copied().filter(|_| anchors.len() > 1)),
        timed: Vec::new(),
    })
}

/// `00:00:02`, `2.5`, `PT2.5S`
fn written(at: &str) -> Option<Moment> {
    at.parse::<f64>()
        .ok()
        .and_then(Moment::of_seconds)
        .or_else(|| at.contains(':').then(|| timestamps::seconds(at)).flatten())
}

/// The words of a turn, one paragraph on each line.
fn said(element: &Element) -> String {
    if element.first("w").is_some() {
        return tokens(element);
    }
    element.words(&|inside| !UNSAID.contains(&inside.name.as_str()), &|inside| {
        ["p", "l", "lb", "ab"].contains(&inside.name.as_str())
    })
}

/// `<w>In</w> <pc join="left">,</pc>`: words in elements of their own.
fn tokens(element: &Element) -> String {
    let (mut words, mut glued) = (String::new(), true);
    gather(element, &mut words, &mut glued);
    words.trim().to_owned()
}

fn gather(element: &Element, words: &mut String, glued: &mut bool) {
    for child in element.children().filter(|child| !UNSAID.contains(&child.name.as_str())) {
        if !TOKENS.contains(&child.name.as_str()) {
            gather(child, words, glued);
            continue;
        }
        let word = plain(child);
        let join = child.attribute("join").unwrap_or_default();
        let mark = child.name == "pc" && !word.starts_with(['(', '“', '「', '«', '[']);
        let wide = |c: Option<char>| c.is_some_and(crate::text::segment::is_chinese);
        let joins = *glued || mark || join == "left" || join == "both";
        let unspaced = wide(words.chars().next_back()) && wide(word.chars().next());
        if !(joins || unspaced) {
            words.push(' ');
        }
        words.push_str(&word);
        *glued = join == "right" || join == "both";
    }
}

fn plain(element: &Element) -> String {
    element.words(&|_| true, &|_| false)
}
