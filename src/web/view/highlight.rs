//! A stretch of a transcript as paragraphs of segments: cited, marked, restored. It cuts text and never
//! drops or changes a word.

use std::ops::Range;

use crate::text::script::View;
use crate::transcript::{Span, Transcript};

/// What to highlight, as spans of the restored text.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Highlight {
    /// The quote.
    pub(crate) cited: Option<Span>,
    /// The part of it that speaks to the query.
    pub(crate) marked: Option<Span>,
    /// Whether the words are cut where a time of the recording begins.
    pub(crate) timed: bool,
}

/// How strongly a segment is highlighted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HighlightTone {
    /// Not at all.
    Plain,
    /// It is part of the quote.
    Cited,
    /// It is the part that speaks to the query.
    Marked,
}

/// Neighbouring words of one tone, on one line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Segment {
    pub(crate) tone: HighlightTone,
    /// Whether a link to the citation leads here. This holds for at most one segment.
    pub(crate) anchor: bool,
    pub(crate) parts: Vec<SegmentPart>,
}

impl Segment {
    /// Whether a word of it was damaged and is uncertain.
    pub(crate) fn is_uncertain(&self) -> bool {
        self.parts.iter().any(|part| part.damage.as_ref().is_some_and(|damage| !damage.proved))
    }
}

/// Words that were restored together, or not at all.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SegmentPart {
    pub(crate) text: String,
    /// The received words, if they differ or may differ.
    pub(crate) damage: Option<Damage>,
    /// The restoration that begins here, by its position among all.
    pub(crate) begins: Option<usize>,
    /// The match of a search within the page.
    pub(crate) found: Option<FoundPart>,
    /// The time of the recording that begins here, in milliseconds.
    pub(crate) ms: Option<u32>,
}

/// A match of a search within the page, or a piece of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FoundPart {
    /// The number of the match.
    pub(crate) number: usize,
    /// Whether the match begins here.
    pub(crate) first: bool,
    /// Whether it is the current match.
    pub(crate) now: bool,
}

/// Real or apparent damage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Damage {
    pub(crate) received: String,
    pub(crate) proved: bool,
    /// Whether the displayed text differs from the received text.
    pub(crate) changed: bool,
}

/// Returns the words of a span in a view, line by line, without empty lines.
pub(crate) fn paragraphs(transcript: &Transcript, view: &View, words: Span, highlight: Highlight) -> Vec<Vec<Segment>> {
    paragraphs_finding(transcript, view, words, highlight, &[])
}

/// Returns the same as [`paragraphs`], with the ascending matches of a search. Each match is numbered by its position
/// in `found`.
pub(crate) fn paragraphs_finding(
    transcript: &Transcript,
    view: &View,
    words: Span,
    highlight: Highlight,
    found: &[Span],
) -> Vec<Vec<Segment>> {
    let mut paragraphs: Vec<Vec<Segment>> = vec![Vec::new()];
    for (tone, anchor, part) in parts(transcript, view, words, highlight, found) {
        if part.text == "\n" {
            paragraphs.push(Vec::new());
            continue;
        }
        let Some(line) = paragraphs.last_mut() else { continue };
        match line.last_mut() {
            Some(segment) if segment.tone == tone && !anchor => segment.parts.push(part),
            _ => line.push(Segment { tone, anchor, parts: vec![part] }),
        }
    }
    let blank =
        |line: &Vec<Segment>| line.iter().flat_map(|segment| &segment.parts).all(|part| part.text.trim().is_empty());
    paragraphs.retain(|line| !blank(line));
    paragraphs
}

/// Joins words into one line, because a source may break a question over several lines.
pub(crate) fn one_line(words: &str) -> String {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns the words, cut wherever a highlight, a restoration or a line begins or ends. All cuts are made in the view,
/// because a span may begin inside one of its pieces.
fn parts(
    transcript: &Transcript,
    view: &View,
    words: Span,
    highlight: Highlight,
    found: &[Span],
) -> Vec<(HighlightTone, bool, SegmentPart)> {
    let whole = view.view_range(words.range());
    let Some(text) = view.text().get(whole.clone()) else { return Vec::new() };
    let within = |span: Span| clip(view.view_range(span.range()), &whole);
    let cited = highlight.cited.map(within);
    let marked = highlight.marked.map(within);
    let (before, damages) = damages(transcript, view, words, &whole);
    let first = found.partition_point(|span| span.end() <= words.start());
    let found: Vec<Range<usize>> =
        found[first..].iter().take_while(|span| span.start() < words.end()).map(|span| within(*span)).collect();

    let times = if highlight.timed { times(transcript, view, words) } else { Vec::new() };

    let mut cuts = vec![whole.start, whole.end];
    cuts.extend(times.iter().map(|(at, _)| *at));
    let ranges = cited.iter().chain(&marked).chain(&found).chain(damages.iter().map(|(range, _)| range));
    cuts.extend(ranges.flat_map(|range| [range.start, range.end]));
    cuts.extend(text.match_indices('\n').flat_map(|(at, _)| [whole.start + at, whole.start + at + 1]));
    cuts.sort_unstable();
    cuts.dedup();

    let inside = |outer: &Range<usize>, at: usize| outer.contains(&at);
    let anchor_at = marked.as_ref().or(cited.as_ref()).filter(|range| !range.is_empty()).map(|range| range.start);
    cuts.windows(2)
        .map(|cut| {
            let (from, to) = (cut[0], cut[1]);
            let tone = if marked.as_ref().is_some_and(|range| inside(range, from)) {
                HighlightTone::Marked
            } else if cited.as_ref().is_some_and(|range| inside(range, from)) {
                HighlightTone::Cited
            } else {
                HighlightTone::Plain
            };
            let text = view.text().get(from..to).unwrap_or_default().to_owned();
            let at = |range: &Range<usize>| !range.is_empty() && range.start == from;
            let begins = damages.iter().position(|(range, _)| at(range)).map(|i| before + i);
            let found = found.iter().position(|range| range.contains(&from)).map(|i| FoundPart {
                number: first + i,
                first: found[i].start == from,
                now: false,
            });
            let ms = times.iter().find(|(at, _)| *at == from).map(|(_, ms)| *ms);
            (tone, anchor_at == Some(from), SegmentPart { text, damage: damage_at(&damages, from), begins, found, ms })
        })
        .collect()
}

/// The damaged places in some words, with the number of restorations before them.
fn damages(
    transcript: &Transcript,
    view: &View,
    words: Span,
    whole: &Range<usize>,
) -> (usize, Vec<(Range<usize>, Damage)>) {
    let restorations = transcript.restored.restorations();
    let before = restorations.partition_point(|restoration| restoration.restored_span.end <= words.start());
    let inside = restorations[before..].iter().take_while(|restoration| restoration.restored_span.start < words.end());
    let damages = inside.map(|restoration| {
        let changed = restoration.received != restoration.restored;
        let damage = Damage { received: restoration.received.clone(), proved: restoration.proved, changed };
        (clip(view.view_range(restoration.restored_span.clone()), whole), damage)
    });
    (before, damages.collect())
}

/// Times closer than this many milliseconds to the one before are left out: a transcript may time every word.
const MIN_INTERVAL_MS: u32 = 1_500;

/// The places of the view at which a time of the recording begins, ascending, with the times.
fn times(transcript: &Transcript, view: &View, words: Span) -> Vec<(usize, u32)> {
    let mut times: Vec<(usize, u32)> = Vec::new();
    for (at, ms) in transcript.times_in(words) {
        if times.last().is_none_or(|(_, last)| ms >= last.saturating_add(MIN_INTERVAL_MS)) {
            times.push((view.view_range(at..at).start, ms));
        }
    }
    times
}

/// Returns the received text at a place of the view. If several restorations are in one piece of the view, their texts
/// follow one another.
fn damage_at(damages: &[(Range<usize>, Damage)], at: usize) -> Option<Damage> {
    let here = damages.iter().filter(|(range, _)| range.contains(&at)).map(|(_, damage)| damage);
    here.cloned().reduce(|a, b| Damage {
        received: format!("{} … {}", a.received, b.received),
        proved: a.proved && b.proved,
        changed: a.changed || b.changed,
    })
}

fn clip(range: Range<usize>, to: &Range<usize>) -> Range<usize> {
    let start = range.start.clamp(to.start, to.end);
    start..range.end.clamp(start, to.end)
}

#[cfg(test)]
mod tests;
