//! The places that a verdict names.

/// The questions of one interview that got a matching answer.
#[derive(Debug)]
pub(crate) struct Spoken {
    /// Its title, if there are several interviews.
    pub(crate) title: Option<String>,
    /// `Q1`, `Q8`
    pub(crate) labels: Vec<String>,
}

/// The most interviews that a verdict names; more are counted.
pub(crate) const NAMED_INTERVIEWS: usize = 3;
/// The most questions of one interview that a verdict names.
pub(crate) const NAMED_QUESTIONS: usize = 8;
