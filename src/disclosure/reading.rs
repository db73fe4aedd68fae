//! A text as the rules read it: in Simplified Chinese, with letters and digits in half width. The case stays. A range
//! in it can be mapped back to the original text.

use std::ops::Range;

use crate::text::script::{Display, View};

/// A text as the rules read it.
pub(super) struct Reading {
    view: View,
    text: String,
    /// The starts of the characters: in `text`, and in the view.
    starts: Vec<(usize, usize)>,
}

impl Reading {
    pub(super) fn new(text: &str) -> Self {
        let view = View::new(text, Display::Simplified);
        let mut narrow = String::with_capacity(view.text().len());
        let mut starts = Vec::with_capacity(view.text().len() / 2);
        for (at, c) in view.text().char_indices() {
            starts.push((narrow.len(), at));
            narrow.push(match c {
                '！'..='～' if !matches!(c, '，' | '：' | '；' | '？' | '！' | '（' | '）') => {
                    char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
                }
                '\u{3000}' | '\u{a0}' => ' ',
                '‐' | '‑' | '–' => '-',
                _ => c,
            });
        }
        starts.push((narrow.len(), view.text().len()));
        Self { view, text: narrow, starts }
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Returns the range of the original text for a range of the reading.
    pub(super) fn source(&self, range: &Range<usize>) -> Range<usize> {
        let in_view = |at: usize| {
            let number = self.starts.partition_point(|(start, _)| *start < at);
            self.starts.get(number).map_or(self.view.text().len(), |(_, view)| *view)
        };
        self.view.source_range(in_view(range.start)..in_view(range.end))
    }
}
