//! The words for copying, keeping and exporting quotes.

/// The words for copying, keeping and exporting quotes.
#[derive(Debug)]
pub(crate) struct CollectionWords {
    // Copying.
    pub(crate) copy: &'static str,
    /// The forms of a copy: plain text, Markdown, HTML.
    pub(crate) kinds: [&'static str; 3],
    pub(crate) copied: &'static str,
    pub(crate) copy_failed: &'static str,

    // A permalink, and what became of its words.
    pub(crate) permalink: &'static str,
    pub(crate) here: &'static str,
    pub(crate) elsewhere: &'static str,
    pub(crate) changed: &'static str,
    pub(crate) unsaid: &'static str,
    pub(crate) withdrawn: &'static str,
    pub(crate) gone: &'static str,
    pub(crate) no_permalink: &'static str,
    pub(crate) read_source: &'static str,

    // The collection.
    pub(crate) star: &'static str,
    pub(crate) not_kept: &'static str,
    pub(crate) collection: &'static str,
    pub(crate) kept_note: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) needs_script: &'static str,
    pub(crate) missing: fn(usize) -> String,
    /// The words for moving a quote within the collection, and for its new place. `#` is the number.
    pub(crate) up: &'static str,
    pub(crate) down: &'static str,
    pub(crate) moved: &'static str,

    // Exporting.
    pub(crate) export: &'static str,
    pub(crate) conversation: fn(&str) -> String,
}
