//! One page: its drawn text as lines with positions. It follows only the text operators and does not
//! judge what a line is.

use std::collections::HashSet;

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::fonts::Fonts;
use super::objects::{dictionary, number};
use super::radicals::character;

/// A line of words on a page, in points from its lower left corner.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PageLine {
    pub(super) words: String,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    pub(super) size: f64,
}

/// The drawn text of a page.
#[derive(Debug, Clone, Default)]
pub(super) struct PdfPage {
    pub(super) bottom: f64,
    pub(super) top: f64,
    pub(super) lines: Vec<PageLine>,
}

/// The deepest nesting of drawings that is followed.
const DEEPEST: usize = 8;
/// A gap of this share of the letters' size is a space.
const SPACE: f64 = 0.18;
/// A gap of this share, between columns of a table, is a tab.
const COLUMN: f64 = 2.5;

/// The lines of a page. `left` is the number of bytes that may still be unpacked.
pub(super) fn lines(
    document: &Document,
    id: ObjectId,
    fonts: &mut Fonts<'_>,
    left: &mut usize,
) -> Result<PdfPage, lopdf::Error> {
    let content = document.get_page_content_with_limit(id, *left)?;
    *left -= content.len().min(*left);
    let (bottom, top) = height(document, id);
    let mut page = PdfPage { bottom, top, lines: Vec::new() };
    let (own, ids) = document.get_page_resources(id).unwrap_or_default();
    let resources = own.or_else(|| ids.iter().find_map(|id| document.get_dictionary(*id).ok()));
    let empty = Dictionary::new();
    let mut pen = Pen { document, fonts, left, lines: &mut page.lines, drawn: HashSet::new() };
    pen.draw(&content, resources.unwrap_or(&empty), IDENTITY, 0)?;
    for line in &mut page.lines {
        line.words = squeezed(&line.words);
    }
    page.lines.retain(|line| !line.words.is_empty());
    Ok(page)
}

/// Words with one space between them, and a tab between columns.
fn squeezed(words: &str) -> String {
    let cells = words.split('\t').map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "));
    cells.filter(|cell| !cell.is_empty()).collect::<Vec<_>>().join("\t")
}

/// The lower and the upper edge of a page, perhaps from its parents.
fn height(document: &Document, id: ObjectId) -> (f64, f64) {
    const A4: (f64, f64) = (0.0, 842.0);
    let mut node = document.get_dictionary(id).ok();
    for _ in 0..DEEPEST {
        let Some(page) = node else { break };
        for name in [&b"CropBox"[..], b"MediaBox"] {
            if let Ok(edges) = page.get_deref(name, document).and_then(Object::as_array)
                && let [_, low, _, high] = edges.as_slice()
                && let (Some(low), Some(high)) = (number(low), number(high))
            {
                return (low.min(high), low.max(high));
            }
        }
        node = page.get(b"Parent").ok().and_then(|parent| dictionary(document, parent));
    }
    A4
}

type Matrix = [f64; 6];
const IDENTITY: Matrix = [1.0, 0.0, 0.0, 1.0, 0.0, 0.0];

fn times(a: Matrix, b: Matrix) -> Matrix {
    [
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    ]
}

/// The current state of text.
#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<ObjectId>,
    size: f64,
    between: f64,
    words: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
}

struct Pen<'p, 'f, 'd> {
    document: &'d Document,
    fonts: &'p mut Fonts<'f>,
    left: &'p mut usize,
    lines: &'p mut Vec<PageLine>,
    /// The drawings that are open.
    drawn: HashSet<ObjectId>,
}

impl Pen<'_, '_, '_> {
    fn draw(&mut self, content: &[u8], resources: &Dictionary, ctm: Matrix, depth: usize) -> Result<(), lopdf::Error> {
        // A page that cannot be understood counts as empty.
        let Ok(content) = Content::decode(content) else { return Ok(()) };
        let names = self.fonts.named(resources);
        let mut state =
            State { ctm, font: None, size: 1.0, between: 0.0, words: 0.0, stretch: 1.0, leading: 0.0, rise: 0.0 };
        let mut kept: Vec<State> = Vec::new();
        let (mut text, mut line) = (IDENTITY, IDENTITY);
        for operation in &content.operations {
            let of = &operation.operands;
            let n = |at: usize| of.get(at).and_then(number).unwrap_or(0.0);
            let matrix = || [n(0), n(1), n(2), n(3), n(4), n(5)];
            let moved = |line: Matrix, x: f64, y: f64| times([1.0, 0.0, 0.0, 1.0, x, y], line);
            match operation.operator.as_str() {
                "q" if kept.len() < 1000 => kept.push(state.clone()),
                "Q" => state = kept.pop().unwrap_or(state),
                "cm" => state.ctm = times(matrix(), state.ctm),
                "BT" => (text, line) = (IDENTITY, IDENTITY),
                "Tf" => {
                    state.font = of.first().and_then(|name| names.get(name.as_name().ok()?)).copied();
                    state.size = n(1);
                }
                "Tc" => state.between = n(0),
                "Tw" => state.words = n(0),
                "Tz" => state.stretch = n(0) / 100.0,
                "TL" => state.leading = n(0),
                "Ts" => state.rise = n(0),
                "Td" | "TD" => {
                    if operation.operator == "TD" {
                        state.leading = -n(1);
                    }
                    line = moved(line, n(0), n(1));
                    text = line;
                }
                "Tm" => (text, line) = (matrix(), matrix()),
                "T*" => {
                    line = moved(line, 0.0, -state.leading);
                    text = line;
                }
                "Tj" => self.show(of.first(), &state, &mut text),
                "'" | "\"" => {
                    if operation.operator == "\"" {
                        (state.words, state.between) = (n(0), n(1));
                    }
                    line = moved(line, 0.0, -state.leading);
                    text = line;
                    self.show(of.last(), &state, &mut text);
                }
                "TJ" => {
                    for part in of.first().and_then(|parts| parts.as_array().ok()).into_iter().flatten() {
                        match number(part) {
                            Some(back) => {
                                let by = -back / 1000.0 * state.size * state.stretch;
                                text = times([1.0, 0.0, 0.0, 1.0, by, 0.0], text);
                            }
                            None => self.show(Some(part), &state, &mut text),
                        }
                    }
                }
                "Do" if depth < DEEPEST => self.form(of.first(), resources, state.ctm, depth)?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A drawing that is used like a letter. Word puts text boxes there.
    fn form(
        &mut self,
        name: Option<&Object>,
        resources: &Dictionary,
        ctm: Matrix,
        depth: usize,
    ) -> Result<(), lopdf::Error> {
        let named = || {
            let all = dictionary(self.document, resources.get(b"XObject").ok()?)?;
            let id = all.get(name?.as_name().ok()?).ok()?.as_reference().ok()?;
            Some((id, self.document.get_object(id).ok()?.as_stream().ok()?))
        };
        let Some((id, form)) = named() else { return Ok(()) };
        if !form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form")
            || !self.drawn.insert(id)
        {
            return Ok(());
        }
        let content = form.get_plain_content_with_limit(*self.left)?;
        *self.left -= content.len().min(*self.left);
        let edges = form.dict.get_deref(b"Matrix", self.document).and_then(Object::as_array).ok();
        let numbers: Vec<f64> = edges.into_iter().flatten().filter_map(number).collect();
        let matrix = <Matrix>::try_from(numbers).unwrap_or(IDENTITY);
        let own = form.dict.get(b"Resources").ok().and_then(|own| dictionary(self.document, own));
        self.draw(&content, own.unwrap_or(resources), times(matrix, ctm), depth + 1)?;
        self.drawn.remove(&id);
        Ok(())
    }

    fn show(&mut self, bytes: Option<&Object>, state: &State, text: &mut Matrix) {
        let Some(bytes) = bytes.and_then(|bytes| bytes.as_str().ok()) else { return };
        let (words, width, codes) = self.fonts.decode(state.font, bytes);
        let spaces = words.chars().filter(|c| *c == ' ').count() as f64;
        let across =
            (width / 1000.0 * state.size + state.between * codes as f64 + state.words * spaces) * state.stretch;
        let at = times([state.size, 0.0, 0.0, state.size, 0.0, state.rise], times(*text, state.ctm));
        *text = times([1.0, 0.0, 0.0, 1.0, across, 0.0], *text);
        let end = times(*text, state.ctm);
        let size = at[2].hypot(at[3]);
        let words: String = words.chars().filter(|c| !c.is_control() || *c == '\t').map(character).collect();
        if words.is_empty() || !at.iter().chain(&end).all(|n| n.is_finite()) {
            return;
        }
        let run = PageLine { words, left: at[4], right: end[4].max(at[4]), base: at[5], size };
        self.put(run);
    }

    /// Appends a run of words to the line that it continues, or begins a new one.
    fn put(&mut self, run: PageLine) {
        if let Some(line) = self.lines.last_mut() {
            let size = line.size.max(run.size).max(0.1);
            let gap = run.left - line.right;
            // Letters drawn twice are bold.
            if line.words == run.words
                && gap.abs() > 0.0
                && (line.left - run.left).hypot(line.base - run.base) < 0.1 * size
            {
                return;
            }
            let same = (run.base - line.base).abs() < 0.4 * size && gap > -0.6 * size;
            if same {
                let spaced = line.words.ends_with(char::is_whitespace) || run.words.starts_with(char::is_whitespace);
                if gap > COLUMN * size {
                    line.words.push('\t');
                } else if gap > SPACE * size && !spaced && !between_chinese(&line.words, &run.words, gap, size) {
                    line.words.push(' ');
                }
                line.words.push_str(&run.words);
                line.right = line.right.max(run.right);
                line.size = size;
                return;
            }
        }
        self.lines.push(run);
    }
}

/// A gap beside Chinese does not mean a space.
fn between_chinese(before: &str, after: &str, gap: f64, size: f64) -> bool {
    let chinese = |c: Option<char>| c.is_some_and(is_wide);
    gap < size && (chinese(before.chars().next_back()) || chinese(after.chars().next()))
}

/// Chinese characters and their marks, which stand without spaces.
pub(super) fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
        || "“”‘’…—·".contains(c)
}
