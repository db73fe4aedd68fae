//! A suggested question.

/// A question of an interview, to be asked again.
pub(crate) struct Starter {
    pub(crate) label: String,
    pub(crate) words: String,
    pub(crate) lang: &'static str,
    pub(crate) href: String,
    /// The title of the interview.
    pub(crate) title: String,
}
