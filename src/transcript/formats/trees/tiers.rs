//! Transcripts on a timeline: ELAN and `EXMARaLDA`, with one tier for each speaker, and Transcriber's
//! turns. Speech is sorted by time.

use std::collections::HashMap;

use super::element::{Element, Node};
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind, SourceTurn};
use crate::transcript::timestamps::Moment;

/// Speech of a tier at a time.
pub(crate) struct Interval {
    pub(crate) speaker: String,
    pub(crate) words: String,
    pub(crate) from: Option<Moment>,
    pub(crate) to: Option<Moment>,
}

/// Adds intervals in the order of their times. One without a time stays after the one before it.
pub(crate) fn say_in_order(extract: &mut Extract, mut intervals: Vec<Interval>) -> Result<(), ReadError> {
    let mut last = None;
    let mut keyed: Vec<(u32, Interval)> = Vec::new();
    for interval in intervals.drain(..) {
        last = interval.from.map(|from| from.ms).or(last);
        keyed.push((last.unwrap_or(0), interval));
    }
    keyed.sort_by_key(|(at, _)| *at);
    for (_, interval) in keyed {
        let words =
            interval.words.split('\n').map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        if words.is_empty() {
            continue;
        }
        extract.say(&SourceTurn {
            speaker: Some(interval.speaker),
            changes: false,
            words,
            from: interval.from,
            to: interval.to,
            timed: Vec::new(),
        })?;
    }
    Ok(())
}

/// Names of tiers whose values describe the words, folded.
const ABOUT: [&str; 20] = [
    "gesture",
    "gaze",
    "comment",
    "note",
    "gloss",
    "translation",
    "translat",
    "pos",
    "phonet",
    "phonem",
    "ipa",
    "morph",
    "annotator",
    "语码",
    "备注",
    "翻译",
    "注释",
    "手势",
    "pause",
    "syllable",
];

/// Whether a tier describes the words.
pub(crate) fn is_about(tier: &str) -> bool {
    let folded = tier.to_lowercase();
    let part = |about: &str| {
        // `pos` is in `Position` too.
        if about.len() <= 3 && about.is_ascii() {
            folded.split(|c: char| !c.is_alphanumeric()).any(|part| part == about)
        } else {
            folded.contains(about)
        }
    };
    ABOUT.into_iter().any(part)
}

struct Tier<'a> {
    name: &'a str,
    speaker: String,
    parent: Option<&'a str>,
    annotations: Vec<Interval>,
}

impl Tier<'_> {
    /// Whether its values are words, not numbers or names of sentences.
    fn is_wordy(&self) -> bool {
        let wordy = |words: &str| {
            words.contains(' ')
                || words.chars().any(crate::text::segment::is_chinese)
                || words.ends_with(['.', '?', '!', '。', '？', '！'])
        };
        let count = self.annotations.iter().filter(|annotation| wordy(annotation.words.trim())).count();
        count * 3 >= self.annotations.len() && count > 0
    }
}

/// Reads ELAN.
pub(super) fn elan(tree: &Element, extract: &mut Extract) -> Result<(), ReadError> {
    let slots: HashMap<&str, Moment> = tree
        .every("TIME_SLOT")
        .into_iter()
        .filter_map(|slot| {
            Some((slot.attribute("TIME_SLOT_ID")?, Moment::of_recording(slot.attribute("TIME_VALUE")?.parse().ok()?)))
        })
        .collect();
    let mut times: HashMap<&str, (Option<Moment>, Option<Moment>)> = HashMap::new();
    let mut tiers: Vec<Tier<'_>> = Vec::new();
    for tier in tree.every("TIER") {
        let name = tier.attribute("TIER_ID").unwrap_or_default();
        let mut annotations = Vec::new();
        for annotation in tier.every("ANNOTATION").into_iter().filter_map(|annotation| annotation.children().next()) {
            let slot = |name: &str| annotation.attribute(name).and_then(|slot| slots.get(slot)).copied();
            let of_parent = annotation.attribute("ANNOTATION_REF").and_then(|parent| times.get(parent)).copied();
            let (from, to) = of_parent.unwrap_or((slot("TIME_SLOT_REF1"), slot("TIME_SLOT_REF2")));
            if let Some(id) = annotation.attribute("ANNOTATION_ID") {
                times.insert(id, (from, to));
            }
            let words = annotation.first("ANNOTATION_VALUE").map(raw).unwrap_or_default();
            annotations.push(Interval { speaker: String::new(), words, from, to });
        }
        annotations.retain(|annotation| !annotation.words.trim().is_empty());
        let participant = tier.attribute("PARTICIPANT").map(str::trim).filter(|name| !name.is_empty());
        // `tx@Ann`: the kind of tier, and its speaker.
        let own = name.split_once('@').map_or(name, |(_, whose)| whose);
        let speaker = participant.unwrap_or(own).to_owned();
        tiers.push(Tier { name, speaker, parent: tier.attribute("PARENT_REF"), annotations });
    }
    read_tiers(extract, tiers)
}

/// One of each speaker's tiers has the words. The others describe them.
fn read_tiers(extract: &mut Extract, tiers: Vec<Tier<'_>>) -> Result<(), ReadError> {
    let mut chosen: HashMap<String, usize> = HashMap::new();
    let letters = |tier: &Tier<'_>| tier.annotations.iter().map(|annotation| annotation.words.len()).sum::<usize>();
    let rank = |tier: &Tier<'_>| (!is_about(tier.name), tier.is_wordy(), tier.parent.is_none(), letters(tier));
    let ranks: Vec<_> = tiers.iter().map(rank).collect();
    for (at, tier) in tiers.iter().enumerate().filter(|(_, tier)| !tier.annotations.is_empty()) {
        let best = chosen.entry(tier.speaker.clone()).or_insert(at);
        if ranks[at] > ranks[*best] {
            *best = at;
        }
    }
    // If others speak, nobody said a tier of comments.
    let speaks = chosen.values().filter(|at| !is_about(tiers[**at].name)).count();
    let (mut said, mut about) = (Vec::new(), Vec::new());
    for (at, tier) in tiers.into_iter().enumerate() {
        let is_said = chosen.get(&tier.speaker) == Some(&at)
            && (speaks == 0 || !is_about(tier.name))
            && (tier.parent.is_none() || tier.is_wordy());
        for annotation in tier.annotations {
            if is_said {
                said.push(Interval { speaker: tier.speaker.clone(), ..annotation });
            } else {
                about.push(annotation.words);
            }
        }
    }
    say_in_order(extract, said)?;
    about.iter().try_for_each(|words| extract.push(LineKind::Aside, words, None))
}

fn raw(element: &Element) -> String {
    let mut words = String::new();
    for node in &element.inside {
        if let Node::Words(text) = node {
            words.push_str(text);
        }
    }
    words
}

/// Reads `EXMARaLDA`: a tier of type `t` holds speech.
pub(super) fn exmaralda(tree: &Element, extract: &mut Extract) -> Result<(), ReadError> {
    let seconds = |text: &str| text.parse::<f64>().ok().and_then(Moment::of_seconds);
    let line = tree.every("tli");
    let order: HashMap<&str, usize> =
        line.iter().enumerate().filter_map(|(at, tli)| Some((tli.attribute("id")?, at))).collect();
    let times: HashMap<&str, Moment> =
        line.iter().filter_map(|tli| Some((tli.attribute("id")?, seconds(tli.attribute("time")?)?))).collect();
    let names: HashMap<&str, String> = tree
        .every("speaker")
        .into_iter()
        .filter_map(|speaker| {
            Some((speaker.attribute("id")?, speaker.first("abbreviation").map(raw)?.trim().to_owned()))
        })
        .filter(|(_, name)| !name.is_empty())
        .collect();
    let mut said: Vec<(usize, Interval)> = Vec::new();
    let mut about = Vec::new();
    for tier in tree.every("tier") {
        let whose = tier.attribute("speaker").unwrap_or_default();
        let speaker = names.get(whose).cloned().unwrap_or_else(|| whose.to_owned());
        let is_said = tier.attribute("type") == Some("t") && !whose.is_empty();
        let mut until = None;
        for event in tier.every("event") {
            let (Some(start), end) = (event.attribute("start"), event.attribute("end")) else { continue };
            let words = raw(event);
            if !is_said {
                about.push(words);
                continue;
            }
            let to = end.and_then(|end| times.get(end)).copied();
            match said.last_mut() {
                // A word may go on over the end of an event.
                Some((_, last)) if until == Some(start) && last.speaker == speaker => {
                    last.words.push_str(&words);
                    last.to = to;
                }
                _ => {
                    let at = order.get(start).copied().unwrap_or(usize::MAX);
                    said.push((at, Interval { speaker: speaker.clone(), words, from: times.get(start).copied(), to }));
                }
            }
            until = end;
        }
    }
    said.sort_by_key(|(at, _)| *at);
    for (_, interval) in said {
        let words = interval.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let Interval { speaker, from, to, .. } = interval;
        extract.say(&SourceTurn { speaker: Some(speaker), changes: false, words, from, to, timed: Vec::new() })?;
    }
    about.iter().try_for_each(|words| extract.push(LineKind::Aside, words, None))
}

/// Reads Transcriber: the words after each `<Sync>` of a `<Turn>`.
pub(super) fn transcriber(tree: &Element, extract: &mut Extract) -> Result<(), ReadError> {
    let seconds = |text: &str| text.parse::<f64>().ok().and_then(Moment::of_seconds);
    let names: HashMap<&str, &str> = tree
        .every("Speaker")
        .into_iter()
        .filter_map(|speaker| Some((speaker.attribute("id")?, speaker.attribute("name")?)))
        .collect();
    for turn in tree.every("Turn") {
        let who: Vec<&str> = turn.attribute("speaker").unwrap_or_default().split_whitespace().collect();
        let called = |at: usize| who.get(at).map(|id| names.get(id).copied().unwrap_or(id).to_owned());
        let end = turn.attribute("endTime").and_then(seconds);
        let mut said: Vec<SourceTurn> = Vec::new();
        let begin = |speaker: Option<String>, from: Option<Moment>, said: &mut Vec<SourceTurn>| {
            said.push(SourceTurn { speaker, changes: true, from, to: end, ..SourceTurn::default() });
        };
        begin(called(0), turn.attribute("startTime").and_then(seconds), &mut said);
        for node in &turn.inside {
            match node {
                Node::Words(words) => {
                    if let Some(last) = said.last_mut() {
                        last.words.push_str(words);
                    }
                }
                Node::Element(sync) if sync.name == "Sync" => {
                    let speaker = said.last().and_then(|last| last.speaker.clone());
                    begin(speaker, sync.attribute("time").and_then(seconds), &mut said);
                }
                Node::Element(one) if one.name == "Who" => {
                    let at = one.attribute("nb").and_then(|nb| nb.parse::<usize>().ok()).unwrap_or(1);
                    let from = said.last().and_then(|last| last.from);
                    begin(called(at.saturating_sub(1)), from, &mut said);
                }
                Node::Element(_) => {}
            }
        }
        let starts: Vec<Option<Moment>> = said.iter().skip(1).map(|said| said.from).collect();
        for (one, next) in said.iter_mut().zip(starts) {
            one.to = next.or(one.to);
        }
        for one in &mut said {
            one.words = one.words.split_whitespace().collect::<Vec<_>>().join(" ");
            one.changes &= one.speaker.is_none();
        }
        said.iter().filter(|said| !said.words.is_empty()).try_for_each(|said| extract.say(said))?;
    }
    Ok(())
}
