//! A notice: a title and a sentence.

use std::borrow::Cow;

/// A problem, in words for a person.
#[derive(Debug, Clone)]
pub(crate) struct Notice {
    pub(crate) title: &'static str,
    pub(crate) sentence: Cow<'static, str>,
}

impl Notice {
    /// Makes a notice with facts in its sentence.
    pub(crate) fn new(title: &'static str, sentence: String) -> Self {
        Self { title, sentence: Cow::Owned(sentence) }
    }

    /// Makes a notice that is always the same.
    pub(super) const fn fixed(title: &'static str, sentence: &'static str) -> Self {
        Self { title, sentence: Cow::Borrowed(sentence) }
    }
}
