//! Advanced `SubStation` Alpha (`.ass`, `.ssa`): the `Dialogue:` lines of its events, by the columns
//! that the file names.

use super::cue_turns::{self, Cue};
use crate::error::ReadError;
use crate::transcript::extract::{Extract, LineKind};
use crate::transcript::limits::ReadLimits;
use crate::transcript::timestamps;

/// Whether a text is such subtitles.
pub(crate) fn is_ass(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').trim_start();
    let lower = first.get(..13).unwrap_or_default().to_lowercase();
    let events =
        || text.lines().filter(|line| line.starts_with("Dialogue:") && line.matches(',').count() >= 8).count() >= 2;
    lower == "[script info]" || text.contains("[Events]") && events()
}

/// The default columns.
const COLUMNS: [&str; 10] =
    ["layer", "start", "end", "style", "name", "marginl", "marginr", "marginv", "effect", "text"];

pub(crate) fn read(text: &str, limits: ReadLimits) -> Result<Extract, ReadError> {
    let mut extract = Extract::new(limits);
    let mut columns: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    let mut section = String::new();
    let (mut cues, mut comments): (Vec<(u32, Cue)>, Vec<String>) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim) {
        if line.starts_with('[') && line.ends_with(']') {
            section = line.to_lowercase();
        } else if let Some(title) = line.strip_prefix("Title:").filter(|_| section != "[events]") {
            let title = title.trim();
            extract.title =
                Some(title.to_owned()).filter(|title| !title.is_empty() && !title.starts_with("Default Aegisub"));
        } else if let Some(names) =
            line.strip_prefix("Format:").filter(|_| section != "[v4+ styles]" && section != "[v4 styles]")
        {
            columns = names.split(',').map(|name| name.trim().to_lowercase()).collect();
        } else if let Some((kind, rest)) =
            line.split_once(':').filter(|(kind, _)| ["Dialogue", "Comment"].contains(kind))
        {
            let cells: Vec<&str> = rest.trim_start().splitn(columns.len(), ',').collect();
            let cell = |names: [&str; 2]| {
                let at = columns.iter().position(|column| names.contains(&column.as_str()))?;
                cells.get(at).map(|cell| cell.trim())
            };
            let words = plain(cell(["text", "text"]).unwrap_or_default());
            if words.is_empty() {
                continue;
            }
            if kind == "Comment" {
                comments.push(words);
                continue;
            }
            let time = |name: &str| cell([name, name]).and_then(timestamps::seconds);
            let speaker = cell(["name", "actor"]).filter(|name| !name.is_empty()).map(str::to_owned);
            let (from, to) = (time("start"), time("end"));
            let cue = Cue::plain(speaker, &words, from, to);
            // Equal words in two layers are one line and its border.
            let again = |(_, other): &(u32, Cue)| {
                other.from == from
                    && other.to == to
                    && other.speaker == cue.speaker
                    && other.lines.iter().map(|line| &line.words).eq(cue.lines.iter().map(|line| &line.words))
            };
            if !cues.iter().rev().take(8).any(again) {
                cues.push((from.map_or(0, |from| from.ms), cue));
            }
        }
    }
    cues.sort_by_key(|(at, _)| *at);
    // Either every line names its speaker, or none does.
    let named = cues.iter().any(|(_, cue)| cue.speaker.is_some());
    let mut cues: Vec<Cue> = cues.into_iter().map(|(_, cue)| cue).collect();
    if named {
        for cue in &mut cues {
            cue.speaker.get_or_insert_with(String::new);
        }
    }
    cue_turns::speak(&mut extract, cues)?;
    comments.iter().try_for_each(|words| extract.push(LineKind::Aside, words, None))?;
    Ok(extract)
}

/// The words without styling such as `{\fad(200,200)}`. `\N` ends a line. A drawing has no words.
fn plain(text: &str) -> String {
    let (mut words, mut rest, mut drawing) = (String::new(), text, false);
    while let Some((before, set)) = rest.split_once('{') {
        let Some((tags, after)) = set.split_once('}') else { break };
        if !drawing {
            words.push_str(before);
        }
        for (at, _) in tags.match_indices("\\p") {
            let digits = &tags[at + 2..];
            if digits.starts_with(|c: char| c.is_ascii_digit()) {
                drawing = !digits.starts_with('0');
            }
        }
        rest = after;
    }
    if !drawing {
        words.push_str(rest);
    }
    words.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", " ").trim().to_owned()
}
