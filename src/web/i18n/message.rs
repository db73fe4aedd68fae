//! A message to a person: a title and a sentence.

/// A problem, in words for a person.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) title: &'static str,
    pub(crate) sentence: String,
}
