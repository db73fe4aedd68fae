//! Lines of pages → headings, paragraphs and page furniture, only by the position and width of lines.
//! It knows no PDF.

use std::collections::HashMap;

use super::page::{PageLine, PdfPage, is_wide};
use crate::transcript::dialogue::names::{self, Likeness};
use crate::transcript::dialogue::non_speech;
use crate::transcript::dialogue::speaker_labels::{self, LabelStyle};

/// The kind of a line, or of several that belong together.
#[derive(Debug, PartialEq)]
pub(super) enum PagePart {
    /// Words larger than most.
    Heading(String),
    /// A paragraph, its lines joined.
    Words(String),
    /// Page numbers and running heads.
    Furniture(String),
}

/// The width of the margin, in points, in which no program sets text.
const EDGE: f64 = 26.0;
/// The share of a page's height at either edge where running heads stand.
const MARGIN: f64 = 0.12;
/// A longer line is speech wherever it stands.
const LONGEST_AROUND: usize = 160;
/// Letters larger by this factor are a heading.
const LARGER: f64 = 1.18;
/// Lines further apart by this factor begin a paragraph.
const APART: f64 = 1.25;
/// Lines whose starts differ by more, in units of their size, are not aligned.
const INDENT: f64 = 0.8;

/// Puts pages back into what their author wrote.
pub(super) fn parts(pages: Vec<PdfPage>) -> Vec<PagePart> {
    let running = running(&pages);
    let (mut body, mut around) = (Vec::new(), Vec::new());
    for page in pages {
        let apart = |line: &PageLine| {
            line.words.chars().count() <= LONGEST_AROUND
                && (edge(&page, line) < EDGE
                    || near(&page, line)
                        && (running.get(&shape(&line.words)).is_some_and(|pages| *pages > 1)
                            || non_speech::is_page_mark(&line.words)))
        };
        let (apart, kept): (Vec<PageLine>, Vec<PageLine>) = page.lines.iter().cloned().partition(apart);
        around.push(apart);
        body.push(kept);
    }
    let measure = Measure::of(&body);
    let mut parts: Vec<PagePart> = Vec::new();
    let mut open: Option<Paragraph> = None;
    for (lines, around) in body.into_iter().zip(around) {
        for line in lines {
            if let Some(open) = open.as_mut().filter(|open| open.goes_on(&line, &measure)) {
                open.join(line);
            } else {
                let done = open.replace(Paragraph::new(line));
                parts.extend(done.into_iter().flat_map(|done| done.parts(&measure)));
            }
        }
        let around = around.into_iter().map(|line| line.words);
        match open.as_mut() {
            // It does not interrupt a paragraph that continues over the page.
            Some(open) => {
                open.around.extend(around);
                open.turned = true;
            }
            None => parts.extend(around.map(PagePart::Furniture)),
        }
    }
    parts.extend(open.into_iter().flat_map(|done| done.parts(&measure)));
    parts
}

/// How far a line is from the nearest of the upper and the lower edge.
fn edge(page: &PdfPage, line: &PageLine) -> f64 {
    (page.top - line.base - 0.8 * line.size).min(line.base - page.bottom)
}

fn near(page: &PdfPage, line: &PageLine) -> bool {
    edge(page, line) < MARGIN * (page.top - page.bottom)
}

/// A line with its numbers replaced, so that it is the same on every page.
fn shape(words: &str) -> String {
    let mut shape = String::new();
    for c in words.chars() {
        if !c.is_ascii_digit() {
            shape.push(c);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}

/// The shapes of lines near the edges, with the number of pages of each.
fn running(pages: &[PdfPage]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for page in pages {
        let shapes: std::collections::HashSet<String> =
            page.lines.iter().filter(|line| near(page, line)).map(|line| shape(&line.words)).collect();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    counts
}

/// What most lines of a document have in common.
#[derive(Debug, Default)]
struct Measure {
    size: f64,
    /// The step from one line of a paragraph to the next.
    pitch: f64,
    left: f64,
    right: f64,
}

impl Measure {
    fn of(pages: &[Vec<PageLine>]) -> Self {
        let lines = || pages.iter().flatten();
        // Long lines count for more, because they are speech.
        let weighed = |of: &dyn Fn(&PageLine) -> f64| {
            let mut counts: HashMap<i64, usize> = HashMap::new();
            for line in lines() {
                *counts.entry((of(line) * 2.0).round() as i64).or_default() += line.words.chars().count();
            }
            counts
                .into_iter()
                .max_by_key(|(value, count)| (*count, -*value))
                .map_or(0.0, |(value, _)| value as f64 / 2.0)
        };
        let size = weighed(&|line| line.size);
        let mut steps: Vec<f64> = pages
            .iter()
            .flat_map(|page| page.windows(2))
            .filter(|two| two[0].size <= size * LARGER && two[1].size <= size * LARGER)
            .map(|two| two[0].base - two[1].base)
            .filter(|step| *step > 0.5 * size && *step < 4.0 * size)
            .collect();
        steps.sort_by(f64::total_cmp);
        // Steps within paragraphs are smaller than those between them.
        let pitch = steps.get(steps.len() / 4).copied().unwrap_or(1.2 * size);
        let mut rights: Vec<f64> = lines().map(|line| line.right).collect();
        rights.sort_by(f64::total_cmp);
        let right = rights.last().copied().unwrap_or(0.0);
        Self { size, pitch, left: weighed(&|line| line.left), right }
    }
}

/// An unfinished paragraph.
struct Paragraph {
    words: String,
    lines: usize,
    last: PageLine,
    /// The page was turned since its last line.
    turned: bool,
    around: Vec<String>,
}

impl Paragraph {
    fn new(line: PageLine) -> Self {
        Self { words: line.words.clone(), lines: 1, last: line, turned: false, around: Vec::new() }
    }

    fn join(&mut self, line: PageLine) {
        let end = self.words.chars().next_back();
        let start = line.words.chars().next();
        if end == Some('\u{ad}') {
            self.words.pop();
        } else if !(end.is_some_and(is_wide) && start.is_some_and(is_wide) || end == Some('-')) {
            self.words.push(' ');
        }
        self.words.push_str(&line.words);
        self.lines += 1;
        self.turned = false;
        self.last = line;
    }

    /// Whether `line` continues it, because its last line was full.
    fn goes_on(&self, line: &PageLine, measure: &Measure) -> bool {
        let last = &self.last;
        let size = last.size.max(0.1);
        if (line.size - last.size).abs() > 0.1 * size {
            return false;
        }
        let step = last.base - line.base;
        let pitch = if last.size > LARGER * measure.size { 1.5 * size } else { measure.pitch.max(size) };
        if !self.turned && (step <= 0.0 || step > APART * pitch) || names_a_speaker(&line.words) {
            return false;
        }
        // A page may hold several columns, and a table cells: a tab is no wrapped line.
        let right =
            if last.left > measure.left + 0.3 * (measure.right - measure.left) { last.right } else { measure.right };
        let room = right - last.right;
        if room > first_word(line) + 0.3 * size {
            return false;
        }
        let shift = line.left - last.left;
        if shift > INDENT * size {
            // Words under a hanging name are indented, and so are most lines then.
            self.lines == 1 && (line.left - measure.left).abs() < INDENT * size
        } else if shift < -INDENT * size {
            // The line follows an indented first line.
            self.lines == 1
        } else {
            // An indented first line begins a new paragraph, even if the one before is full.
            self.lines > 1 || line.left < measure.left + INDENT * size || self.last.left <= measure.left + INDENT * size
        }
    }

    fn parts(self, measure: &Measure) -> impl Iterator<Item = PagePart> {
        let heading = self.last.size > LARGER * measure.size && self.words.chars().count() <= LONGEST_AROUND;
        let own = if heading { PagePart::Heading(self.words) } else { PagePart::Words(self.words) };
        std::iter::once(own).chain(self.around.into_iter().map(PagePart::Furniture))
    }
}

/// The width of the piece that did not fit on the line before: the first word, or the first Chinese
/// character with its inseparable marks.
fn first_word(line: &PageLine) -> f64 {
    const OPENING: &str = "“‘（《「『【〈";
    const CLOSING: &str = "，。、；：？！”’）》」』】〉…—";
    let chars: Vec<char> = line.words.chars().take(8).collect();
    let opening = chars.iter().take_while(|c| OPENING.contains(**c)).count();
    let Some(first) = chars.get(opening) else { return 0.0 };
    if is_wide(*first) {
        let closing = chars[opening + 1..].iter().take_while(|c| CLOSING.contains(**c)).count();
        return (opening + 1 + closing) as f64 * line.size;
    }
    let each = (line.right - line.left) / line.words.chars().count().max(1) as f64;
    each * 1.15 * line.words.split(' ').next().map_or(0, |word| word.chars().count()) as f64
}

/// Whether a line begins by naming who speaks.
fn names_a_speaker(words: &str) -> bool {
    speaker_labels::mark(words, false).is_some_and(|mark| match mark.style {
        LabelStyle::Label => true,
        LabelStyle::Colon | LabelStyle::Timed | LabelStyle::Bracket => names::likeness(mark.name) >= Likeness::Fair,
        _ => false,
    })
}
