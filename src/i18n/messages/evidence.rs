//! The words around a table of evidence.

/// The words around a table of evidence.
#[derive(Debug)]
pub(crate) struct EvidenceWords {
    /// The count of named people who speak to the query, among those who were asked the question.
    pub(crate) of_people: fn(speaking: usize, asked: usize) -> String,
    /// The same count of answers, if not everybody has a name.
    pub(crate) of_answers: fn(speaking: usize, answers: usize) -> String,
    pub(crate) show_all: fn(usize) -> String,
    pub(crate) show_most: fn(shown: usize, of: usize) -> String,
    pub(crate) open_all: &'static str,
    pub(crate) close_all: &'static str,
    /// The note on what is not judged, if a query asks whether something is so.
    pub(crate) whether: &'static str,
    /// The caption of the two columns.
    pub(crate) side_by_side: fn(first: &str, second: &str) -> String,
    pub(crate) answer: &'static str,
    pub(crate) not_told: &'static str,
    pub(crate) contrast_not_judged: &'static str,
    /// The number of questions of the map under which nobody speaks to the query.
    pub(crate) silent_questions: fn(usize) -> String,
    pub(crate) answers: &'static str,
}
