//! The words around exported quotes.

/// The number of columns of a table of quotes.
pub(crate) const EXPORT_COLUMNS: usize = 17;

/// The words around exported quotes.
#[derive(Debug)]
pub struct ExportWords {
    /// The language, as a BCP 47 tag.
    pub(crate) lang: &'static str,
    /// The marks before and after a quotation.
    pub(crate) marks: [&'static str; 2],
    /// The marks before and after the title of an interview.
    pub(crate) title_marks: [&'static str; 2],
    /// The label before the interviewer's question.
    pub(crate) asked: &'static str,
    /// The label before the received words.
    pub(crate) received: &'static str,
    /// The label of a line of the source.
    pub(crate) line: fn(usize) -> String,
    /// The note on damaged, uncertain words.
    pub(crate) uncertain: &'static str,
    /// The note after a speaker who may be the interviewer.
    pub(crate) may_ask: &'static str,
    /// The note on a quote in which words were replaced.
    pub(crate) replaced: &'static str,
    /// The note on a quote whose source has changed since it was kept.
    pub(crate) changed: &'static str,
    /// The heading above missing quotes and the reasons.
    pub(crate) left_out: &'static str,
    /// The columns of the table, in order.
    pub(crate) columns: [&'static str; EXPORT_COLUMNS],
    /// The note in the table on a cell that got an apostrophe.
    pub(crate) guarded: fn(&str) -> String,
}
