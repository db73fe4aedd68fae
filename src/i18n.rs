//! Every sentence for a person, by language: one folder each. Pages, terminal and exported files take their sentences
//! from here, as far as there are three languages of them. This module knows the types that a sentence is about, and
//! nothing of pages or commands.
//!
//! | file | why |
//! |---|---|
//! | `messages` | what every language must say: a struct for each subject |
//! | `en`, `zh_hans`, `zh_hant` | the sentences, one folder for each language, with the same files |
//! | `language` | the list of languages, and the choice of one by a tag or a text |
//! | `notice` | a title with a sentence |
//! | `sentences`, `numbers` | what several languages need to build a sentence |
//!
//! # Why functions and not a message format
//!
//! A sentence is a `&'static str`, or a function of its facts. The compiler then finds a language without a sentence, a
//! fact that a sentence lacks, and a kind of error that no sentence tells. Fluent (`fluent-bundle`) looks messages up by
//! name when the program runs, so a missing one shows on a page, and it adds a parser, locale data and a run-time cache to
//! the build. Its plural rules are not needed: Chinese has no plural, and English has one, in `en::count`.
//!
//! # A new language
//!
//! Copy the folder of a language and its file, translate them, and add a line to the list in `language`.

pub(crate) mod en;
mod language;
mod messages;
mod notice;
mod numbers;
mod sentences;
#[cfg(test)]
mod tests;
mod zh_hans;
mod zh_hant;

pub use language::DisplayLanguage;
pub use messages::{DisclosureWords, ExportWords, Messages, SavedWords, VerifyWords};
pub(crate) use messages::{EXPORT_COLUMNS, ReportFacts, Spoken};
pub(crate) use notice::Notice;
