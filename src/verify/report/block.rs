//! A paragraph of a report: its words, its links, and whether it is a quotation as a whole.

use std::ops::Range;

/// The kind of a paragraph in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::verify) enum ParagraphKind {
    /// The report's own words. They may hold quotations in marks.
    #[default]
    Words,
    /// A quotation as a whole.
    Quote,
    /// The source of the quotation before it. It holds no quotation itself.
    Citation,
}

/// A paragraph.
#[derive(Debug, Clone, Default)]
pub(in crate::verify) struct Block {
    /// The line of the report where it begins, or its number among the paragraphs, from 1.
    pub(in crate::verify) line: usize,
    pub(in crate::verify) kind: ParagraphKind,
    pub(in crate::verify) text: String,
    /// The ranges of links in the text, and their addresses.
    pub(in crate::verify) links: Vec<(Range<usize>, String)>,
    /// The speaker, if a column or field names one.
    pub(in crate::verify) named: Option<String>,
}

/// Returns whether a line names a speaker: it begins with one dash and a space, or with two dashes.
pub(in crate::verify) fn is_attribution(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '　', '*', '_']);
    let dashes = line.chars().take_while(|c| matches!(c, '—' | '–' | '―' | '─')).count();
    let rest = line.trim_start_matches(['—', '–', '―', '─']);
    dashes >= 2 || dashes == 1 && rest.starts_with([' ', '\u{a0}', '　']) || line.starts_with("-- ")
}
