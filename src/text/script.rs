//! Simplified and Traditional: the script of a text, its display, and its folded form for matching,
//! each with a map back to the text. Pure.
//!
//! A conversion is a view. Spans and hashes always refer to the original text.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use ferrous_opencc::OpenCC;
use ferrous_opencc::config::BuiltinConfig;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::segment::is_chinese;

/// Which Chinese script a text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Script {
    /// Simplified throughout.
    Simplified,
    /// Traditional throughout.
    Traditional,
    /// Both in one text, as in a page that was converted character by character.
    Mixed,
    /// No character that differs: another language, or a short text.
    Neutral,
}

/// The script in which a reader wants Chinese shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Display {
    /// 原: the script of the restored text.
    Original,
    /// 简
    Simplified,
    /// 繁
    Traditional,
}

/// A view of a text, with a map between the two.
#[derive(Debug, Clone)]
pub struct View {
    text: String,
    /// Starts of the smallest aligned pieces, as `(in the view, in the source)`. They ascend and end
    /// with both lengths. `None` when the view equals the source.
    pieces: Option<Vec<(u32, u32)>>,
}

/// A text is consistent if stray characters of the other script are at most this share of the telling
/// ones. Traditional texts with 台, 群 or 秘 have up to 0.02 (measured on ten transcripts and DRCD). A
/// page that was converted character by character has 0.07.
const STRAYS: f64 = 0.035;
/// Strays of fewer different characters prove nothing.
const STRAY_KINDS: usize = 3;

impl Script {
    /// Determines the script from the characters that differ between the two.
    pub fn of(text: &str) -> Self {
        let simplified = convert(text, &TO_SIMPLIFIED);
        let traditional = convert(simplified.text(), &TO_TRADITIONAL);
        let (mut in_simplified, mut in_traditional) = (HashMap::new(), HashMap::new());
        for ((own, s), t) in text.chars().zip(simplified.text.chars()).zip(traditional.text.chars()) {
            if s != t {
                let script = if own == s { &mut in_simplified } else { &mut in_traditional };
                *script.entry(own).or_insert(0usize) += 1;
            }
        }
        let count = |script: &HashMap<char, usize>| script.values().sum::<usize>();
        let telling = (count(&in_simplified) + count(&in_traditional)) as f64;
        let is_stray = |script: &HashMap<char, usize>| {
            count(script) as f64 <= STRAYS * telling
                || script.len() < STRAY_KINDS && 2.0 * count(script) as f64 <= telling
        };
        match (is_stray(&in_simplified), is_stray(&in_traditional)) {
            _ if telling == 0.0 => Self::Neutral,
            (_, true) => Self::Simplified,
            (true, false) => Self::Traditional,
            (false, false) => Self::Mixed,
        }
    }

    /// The default display of a text in this script: as it is, or Simplified for mixed scripts.
    pub fn default_display(self) -> Display {
        if self == Self::Mixed { Display::Simplified } else { Display::Original }
    }
}

impl View {
    /// The text in the script of `display`.
    pub fn new(text: &str, display: Display) -> Self {
        match display {
            Display::Original => Self { text: text.to_owned(), pieces: None },
            Display::Simplified => convert(text, &TO_SIMPLIFIED),
            // The conversion goes through Simplified, so that Simplified characters of a mixed text are
            // converted by phrase.
            Display::Traditional => {
                let simplified = convert(text, &TO_SIMPLIFIED);
                let traditional = convert(&simplified.text, &TO_TRADITIONAL);
                traditional.after(&simplified)
            }
        }
    }

    /// The text for matching: NFKC, lower case, Simplified.
    pub fn folded(text: &str) -> Self {
        let plain = fold_width_and_case(text);
        convert(&plain.text, &TO_SIMPLIFIED).after(&plain)
    }

    /// The text of the view.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of the view, without the map.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The range of the view for a range of the source, widened to whole pieces.
    pub fn view_range(&self, source: Range<usize>) -> Range<usize> {
        self.map(source, |piece| (piece.1, piece.0))
    }

    /// The range of the source for a range of the view, widened to whole pieces.
    pub fn source_range(&self, view: Range<usize>) -> Range<usize> {
        self.map(view, |piece| piece)
    }

    /// The view's words for a range of the source.
    pub fn words(&self, source: Range<usize>) -> &str {
        self.text.get(self.view_range(source)).unwrap_or_default()
    }

    fn map(&self, range: Range<usize>, from_to: impl Fn((u32, u32)) -> (u32, u32)) -> Range<usize> {
        let Some(pieces) = &self.pieces else { return range };
        let from = |i: usize| from_to(pieces[i]).0 as usize;
        let to = |i: usize| from_to(pieces[i]).1 as usize;
        let last = pieces.len() - 1;
        let index = |at: usize| pieces.partition_point(|piece| from_to(*piece).0 as usize <= at);
        let first = index(range.start).saturating_sub(1);
        if range.is_empty() {
            return to(first)..to(first);
        }
        // The first piece boundary at or after the end.
        let end = index(range.end - 1).min(last);
        debug_assert!(from(end) >= range.end || end == last);
        to(first)..to(end)
    }

    /// Chains two views: this view of `earlier`'s text becomes a view of `earlier`'s source.
    fn after(self, earlier: &Self) -> Self {
        let Some(mine) = &self.pieces else { return Self { text: self.text, pieces: earlier.pieces.clone() } };
        let Some(theirs) = &earlier.pieces else { return self };
        // Keep the boundaries that both share.
        let mut pieces = Vec::with_capacity(mine.len());
        let mut at = 0;
        for (view, middle) in mine {
            while at < theirs.len() && theirs[at].0 < *middle {
                at += 1;
            }
            if let Some((shared, source)) = theirs.get(at)
                && shared == middle
            {
                pieces.push((*view, *source));
            }
        }
        Self { text: self.text, pieces: Some(pieces) }
    }
}

/// The text in Simplified, without a map.
pub fn simplified(text: &str) -> String {
    convert(text, &TO_SIMPLIFIED).text
}

/// A converter. A build may lack its tables. Text is then shown as it is, never lost.
type Converter = LazyLock<Option<OpenCC>>;
static TO_SIMPLIFIED: Converter = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::T2s).ok());
static TO_TRADITIONAL: Converter = LazyLock::new(|| OpenCC::from_config(BuiltinConfig::S2t).ok());

/// Loads the tables to Simplified, if they are not loaded yet.
pub(super) fn load_tables() {
    LazyLock::force(&TO_SIMPLIFIED);
}

/// Converts each run of Chinese characters by itself. A phrase stays whole, and a change of length
/// stays inside its run.
fn convert(text: &str, converter: &Converter) -> View {
    let mut out = Pieces::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let chinese = is_chinese(first);
        let end = rest.find(|c| is_chinese(c) != chinese).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        let other = converter.as_ref().filter(|_| chinese).map(|tables| tables.convert(run));
        match other {
            Some(other) if other.chars().count() == run.chars().count() => {
                run.chars().zip(other.chars()).for_each(|(from, to)| out.push(from.len_utf8(), to));
            }
            Some(other) => out.push_run(run.len(), &other),
            None => run.chars().for_each(|c| out.push(c.len_utf8(), c)),
        }
        rest = tail;
    }
    out.finish(text)
}

/// NFKC and lower case, one character with its combining marks at a time.
fn fold_width_and_case(text: &str) -> View {
    let mut out = Pieces::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let len = first.len_utf8();
        let end = rest[len..].find(|c| !is_combining_mark(c)).map_or(rest.len(), |marks| len + marks);
        let (cluster, tail) = rest.split_at(end);
        if cluster.len() == 1 {
            out.push(1, first.to_ascii_lowercase());
        } else {
            let folded: String = cluster.nfkc().flat_map(char::to_lowercase).collect();
            out.push_run(cluster.len(), &folded);
        }
        rest = tail;
    }
    out.finish(text)
}

/// Collects the pieces of a view.
struct Pieces {
    text: String,
    starts: Vec<(u32, u32)>,
    source: usize,
}

impl Pieces {
    fn with_capacity(bytes: usize) -> Self {
        Self { text: String::with_capacity(bytes), starts: Vec::with_capacity(bytes / 3 + 1), source: 0 }
    }

    fn start(&mut self, source_len: usize) {
        self.starts.push((self.text.len() as u32, self.source as u32));
        self.source += source_len;
    }

    fn push(&mut self, source_len: usize, to: char) {
        self.start(source_len);
        self.text.push(to);
    }

    fn push_run(&mut self, source_len: usize, to: &str) {
        self.start(source_len);
        self.text.push_str(to);
    }

    fn finish(mut self, source: &str) -> View {
        if self.text == source {
            return View { text: self.text, pieces: None };
        }
        self.starts.push((self.text.len() as u32, self.source as u32));
        View { text: self.text, pieces: Some(self.starts) }
    }
}

#[cfg(test)]
mod tests;
