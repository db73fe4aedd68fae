//! Captions in XML: TTML (DFXP, IMSC) and `YouTube`'s. A paragraph is a cue, `<br/>` ends a line.

use std::collections::HashMap;

use super::element::Element;
use crate::error::ReadError;
use crate::transcript::extract::{Extract, TimedWord};
use crate::transcript::formats::cue_turns::{self, Cue};
use crate::transcript::timestamps::{self, Moment};

/// Reads TTML.
pub(super) fn timed_text(tree: &Element, extract: &mut Extract) -> Result<(), ReadError> {
    let root = tree.first("tt");
    let rate = |name: &str| root.and_then(|root| root.attribute(name)).and_then(|rate| rate.parse::<f64>().ok());
    let rates = (rate("frameRate").unwrap_or(30.0), rate("tickRate").unwrap_or(1.0));
    extract.title = tree.first("title").map(spoken).filter(|title| !title.is_empty());
    let agents: HashMap<&str, String> = tree
        .every("agent")
        .into_iter()
        .filter_map(|agent| Some((agent.attribute("id")?, spoken(agent.first("name")?))))
        .collect();
    let mut cues = Vec::new();
    let body = tree.first("body").unwrap_or(tree);
    paragraphs(body, Around::default(), rates, &agents, &mut cues);
    cue_turns::speak(extract, cues)
}

/// What the elements around a paragraph say about it.
#[derive(Clone, Copy, Default)]
struct Around<'a> {
    from: u32,
    agent: Option<&'a str>,
}

fn paragraphs<'a>(
    element: &'a Element,
    around: Around<'a>,
    rates: (f64, f64),
    agents: &HashMap<&str, String>,
    cues: &mut Vec<Cue>,
) {
    let time = |name: &str| element.attribute(name).and_then(|time| moment(time, rates));
    let shifted = |moment: Moment| Moment { ms: moment.ms.saturating_add(around.from), ..moment };
    let from = time("begin").map(shifted);
    let to = time("end").map(shifted).or_else(|| {
        let (from, length) = (from?, time("dur")?);
        Some(Moment { ms: from.ms.saturating_add(length.ms), ..from })
    });
    let agent = element.attribute("agent").or(around.agent);
    if element.name == "p" {
        // A paragraph without a time has it in its spans.
        let inner = element.children().filter(|child| child.name == "span" && child.attribute("begin").is_some());
        let spans: Vec<&Element> = inner.collect();
        let speaker = agent.map(|agent| agents.get(agent).cloned().unwrap_or_else(|| agent.to_owned()));
        let mut cue = Cue::plain(speaker, &spoken(element), from, to);
        let words: Vec<TimedWord> = spans
            .iter()
            .filter_map(|span| {
                let time = |name: &str| span.attribute(name).and_then(|time| moment(time, rates));
                Some(TimedWord { text: spoken(span), from: time("begin")?, to: time("end") })
            })
            .collect();
        if let (None, Some(first)) = (cue.from, words.first()) {
            cue.from = Some(first.from);
            cue.to = words.last().and_then(|word| word.to);
        }
        if let [line] = cue.lines.as_mut_slice() {
            line.timed = words;
        }
        cues.push(cue);
        return;
    }
    let inside = Around { from: from.map_or(around.from, |from| from.ms), agent };
    for child in element.children() {
        paragraphs(child, inside, rates, agents, cues);
    }
}

/// `00:00:01.5`, `00:00:01:12` (frames), `1.5s`, `1500ms`, `45f`, `100t`.
fn moment(time: &str, (frames, ticks): (f64, f64)) -> Option<Moment> {
    let time = time.trim();
    let number = |unit: &str| time.strip_suffix(unit).and_then(|number| number.parse::<f64>().ok());
    if time.contains(':') {
        let parts: Vec<&str> = time.split(':').collect();
        let whole = timestamps::seconds(time)?;
        let frame = parts.get(3).and_then(|frame| frame.parse::<f64>().ok()).unwrap_or(0.0);
        return Some(Moment { ms: whole.ms + (frame / frames * 1000.0) as u32, ..whole });
    }
    let seconds = number("ms")
        .map(|ms| ms / 1000.0)
        .or_else(|| number("s"))
        .or_else(|| number("m").map(|minutes| minutes * 60.0))
        .or_else(|| number("h").map(|hours| hours * 3600.0))
        .or_else(|| number("f").map(|count| count / frames))
        .or_else(|| number("t").map(|count| count / ticks))
        .or_else(|| time.parse().ok())?;
    Moment::of_seconds(seconds)
}

fn spoken(element: &Element) -> String {
    element.words(&|inside| inside.name != "metadata", &|inside| inside.name == "br")
}

/// Reads `YouTube`'s captions: `<text start="1.2" dur="3">`, `<p t="1200" d="3000"><s t="80">`.
pub(super) fn youtube(tree: &Element, extract: &mut Extract) -> Result<(), ReadError> {
    let texts = tree.every("text").into_iter().filter(|text| text.attribute("start").is_some());
    let mut cues: Vec<Cue> = texts
        .filter_map(|text| {
            let number = |name: &str| text.attribute(name)?.parse::<f64>().ok();
            let from = number("start")?;
            let to = number("dur").and_then(|length| Moment::of_seconds(from + length));
            Some(Cue::plain(None, &unescaped(text), Moment::of_seconds(from), to))
        })
        .collect();
    for paragraph in tree.every("p") {
        let number = |element: &Element, name: &str| element.attribute(name).and_then(|at| at.parse::<u64>().ok());
        let Some(start) = number(paragraph, "t") else { continue };
        let to = number(paragraph, "d").map(|length| Moment::of_recording(start + length));
        let mut cue = Cue::plain(None, &unescaped(paragraph), Some(Moment::of_recording(start)), to);
        let words = paragraph.every("s").into_iter().filter(|word| !spoken(word).is_empty()).map(|word| TimedWord {
            text: unescaped(word),
            from: Moment::of_recording(start + number(word, "t").unwrap_or(0)),
            to: None,
        });
        let words: Vec<TimedWord> = words.collect();
        if let [line] = cue.lines.as_mut_slice() {
            line.timed = words;
        }
        cues.push(cue);
    }
    // A line stays on the screen until the next one comes.
    let starts: Vec<Option<Moment>> = cues.iter().skip(1).map(|cue| cue.from).collect();
    for (cue, next) in cues.iter_mut().zip(starts) {
        cue.to = cue.to.zip(next).map(|(to, next)| to.min(next)).or(cue.to);
    }
    cue_turns::speak(extract, cues)
}

/// `YouTube` escapes its words twice: `&amp;#39;`.
fn unescaped(element: &Element) -> String {
    let words = element.words(&|_| true, &|inside| inside.name == "br");
    [("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        .iter()
        .fold(words, |words, (entity, char)| words.replace(entity, char))
}
